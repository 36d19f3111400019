/** Fits a method to each target by itself, so that each has weights of its own. */
import type { Columns } from '@foldwise/metrics';
import type { BlendMethod, Blender } from '../methods/blend-method.ts';
import type { Problem } from '../problem/problem.ts';

/** A method fitted to all targets. */
export interface TargetBlender {
  /** [members][columns][rows] to [columns][rows] */
  blend: (members: readonly Columns[]) => Float64Array[];
  /** What was fitted to each target: [targets]. */
  targets: readonly Blender[];
}

/** @param shared whether all targets share the weights */
export async function fitByTarget(
  method: BlendMethod,
  problem: Problem,
  shared = false,
): Promise<TargetBlender> {
  const { task, truth } = problem;
  const single = shared || truth.length === 1 || task === 'multi-class' || task === 'ordinal';
  if (single) {
    const blender = await method.fit(problem);
    return { blend: (members) => blender.blend(members), targets: truth.map(() => blender) };
  }
  const targets: Blender[] = [];
  for (const [t, target] of truth.entries())
    targets.push(await method.fit({ ...problem, truth: [target], members: ofColumn(problem.members, t) }));
  return {
    blend: (members) => targets.flatMap((blender, t) => blender.blend(ofColumn(members, t))),
    targets,
  };
}

const ofColumn = (members: readonly Columns[], c: number): Columns[] =>
  members.map((columns) => [columns[c]!]);
