/** The public names of @foldwise/ensemble. */
export { blendMean, type Blend } from './blend-mean.ts';
export type { Member } from './member.ts';
