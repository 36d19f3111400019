/** The public names of @foldwise/ensemble. */
export { alignMembers } from './members/align-members.ts';
export {
  areFixed,
  blendMembers,
  type Blend,
  type BlendMembersOptions,
  type MethodScores,
} from './blend/blend-members.ts';
export { crossFit, type CrossFit } from './cross-fit/cross-fit.ts';
export { errorCorrelation } from './members/error-correlation.ts';
export { findMethod } from './methods/find-method.ts';
export type { Member } from './members/member.ts';
export { methods } from './methods/methods.ts';
export type { Problem } from './problem/problem.ts';
export { ensembleSelection } from './methods/selection/ensemble-selection.ts';
export { evaluatorOf } from './evaluators/evaluator-of.ts';
export { selectByFold } from './cross-fit/select-by-fold.ts';
