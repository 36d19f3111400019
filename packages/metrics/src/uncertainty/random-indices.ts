/** Whole numbers at random, the same for the same seed: sfc32 (C. Doty-Humphrey, PractRand). */

/**
 * @param seed a whole number
 * @returns a function that gives a number from 0 to below `size`, each with the same chance (Lemire 2019); size is below
 * 2³²
 */
export function randomIndices(seed: number): (size: number) => number {
  let [a, b, c, counter] = [0, seed | 0, Math.floor(seed / 2 ** 32) | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next(); // So that near seeds lead apart.
  return (size) => {
    const least = (2 ** 32 - size) % size;
    for (;;) {
      const bits = next();
      // The low half of the product tells where its high half would be given too often.
      if (Math.imul(bits, size) >>> 0 >= least) return Math.floor((bits * size) / 2 ** 32);
    }
  };
}
