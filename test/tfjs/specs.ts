/** The specs to run: bundle-suite.ts puts the imports of a suite's spec files in the place of what stands here. */
throw new Error('Specs are run in a bundle that bundle-suite.ts made.');
export {};
