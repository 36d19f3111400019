/** The public names of @foldwise/cli. */
export { main } from './main.ts';
