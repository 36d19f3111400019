/** Refuses `Math.random` while a function is traced, since what it gives would stay the same in all of its calls. */

/** @throws where `body` calls it, also by a copy of TensorFlow.js that is not this package's */
export function withoutChance<R>(name: string, body: () => R): R {
  const { random } = Math;
  Math.random = () => {
    throw new Error(
      `Math.random was called while ${name} was compiled; its number would be the same in every call. Use tf.randomUniform and its kin of "@foldwise/tensorflow", which draw anew at each call, or pass the number as a tensor.`,
    );
  };
  try {
    return body();
  } finally {
    Math.random = random;
  }
}
