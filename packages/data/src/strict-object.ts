/** A strict zod object whose error on an unknown key names the nearest known one. */
import { z } from 'zod';
import { nearestName } from './nearest-name.ts';

/** `z.strictObject(shape)` with errors such as `unknown key "epoch"; the nearest known one is "epochs"`. */
export function strictObject<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .map(
              (key) =>
                `unknown key "${key}"; the nearest known one is "${nearestName(key, Object.keys(shape))}"`,
            )
            .join('; ')
        : undefined,
  });
}
