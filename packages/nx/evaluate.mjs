/** A process of its own: tsx runs the TypeScript that evaluates a pipeline. */
import { register } from 'tsx/esm/api';

register();
await import('./src/evaluate.ts');
