/** A process of its own: tsx runs the TypeScript of the library and of pipelines as it is. */
import { register } from 'tsx/esm/api';

register();
await import('./src/run-step.ts');
