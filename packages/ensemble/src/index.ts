/** The public names of @foldwise/ensemble. */
export { alignMembers } from './align-members.ts';
export type { BlendMethod } from './blend-method.ts';
export { crossFit, type CrossFit } from './cross-fit.ts';
export { errorCorrelation } from './error-correlation.ts';
export { findMethod } from './find-method.ts';
export type { Member } from './member.ts';
export { methods } from './methods.ts';
export type { Problem } from './problem.ts';
export { ensembleSelection, type Selection } from './select/ensemble-selection.ts';
export { evaluatorOf } from './select/evaluator-of.ts';
export { selectByFold } from './select-by-fold.ts';
