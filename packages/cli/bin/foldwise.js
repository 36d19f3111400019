#!/usr/bin/env node
/** Starts the command; tsx lets Node run the TypeScript of the packages and of pipelines as it is. */
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/main.ts');
await main(process.argv.slice(2));
