/** The names of the columns of vectors, the same in every format that has names: v0, v1 and so on. */
export const featureNames = (features: number): string[] =>
  Array.from({ length: features }, (_, feature) => `v${feature}`);
