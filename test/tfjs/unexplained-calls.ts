/** Compares what a compiled run met with the tables of what is known. */
import type { KernelCalls } from './compiled-kernels.ts';
import { differing, untraceable } from './untraceable.ts';

/** What the calls of a compiled run have that the tables do not say; nothing where all is as they say. */
export function unexplainedCalls({ fallbacks, disagreements }: KernelCalls): string[] {
  return [
    ...fallbacks
      .filter(({ kernel, error }) => !error.includes(untraceable[kernel]?.error ?? '\n'))
      .map(({ kernel, error }) => `${kernel} runs eagerly: ${error}`),
    ...disagreements
      .filter(({ kernel, difference }) => !difference.includes(differing[kernel]?.difference ?? '\n'))
      .map(({ kernel, difference }) => `${kernel} compiled: ${difference}`),
  ];
}
