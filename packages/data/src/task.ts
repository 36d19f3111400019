/** What competitions ask for. */
import { z } from 'zod';

/** Ordinal: classes that have an order, such as grades. */
export const task = z.enum(['regression', 'binary', 'multi-class', 'multi-label', 'ordinal']);

export type Task = z.output<typeof task>;
