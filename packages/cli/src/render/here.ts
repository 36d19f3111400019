/** Paths as people read them: from the folder that they are in. */
import { relative } from 'node:path';

/** @param path absolute */
export const here = (path: string): string => relative(process.cwd(), path) || '.';
