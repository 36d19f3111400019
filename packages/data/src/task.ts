/** What competitions ask for. */
import { z } from 'zod';

export const task = z.enum(['regression', 'binary', 'multi-class', 'multi-label']);

export type Task = z.output<typeof task>;
