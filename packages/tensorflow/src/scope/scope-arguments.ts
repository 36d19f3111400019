/**
 * A scope as one more argument of a compiled function: its plain values belong to the function's key, and its tensors
 * are inputs, so that another seed or other sequences of the same shapes need no new trace.
 */
import type { Nested } from '../compile/nested.ts';
import { defaultScope, type Scope } from './scope.ts';

/** What differs from the scope outside of all bodies; nothing does, as a rule. */
export function scopeArgument({ training, sequences, ...plain }: Scope): Nested {
  const argument: { [key: string]: Nested } = {};
  for (const key of ['precision', 'kernels'] as const)
    if (plain[key] !== defaultScope[key]) argument[key] = plain[key];
  if (training) argument['training'] = { seed: training.seed, next: training.next };
  if (sequences) argument['sequences'] = { ...sequences };
  return argument;
}

/** The scope that such an argument stands for, once its tensors are those of a trace. */
export function scopeOf(argument: Nested): Scope {
  const { training, sequences, ...plain } = argument as Partial<Scope>;
  return {
    ...defaultScope,
    ...plain,
    training: training && { ...training },
    sequences: sequences,
  };
}
