/** What the searches ask: how good the blend so far would be with more or less of one member. */

export interface BlendEvaluator {
  members: number;
  /** Forgets the blend. */
  reset(): void;
  /** The loss of `keep` times the blend so far and `add` times a member; the two add up to 1. */
  loss(member: number, keep: number, add: number): number;
  /** Makes that the blend. */
  move(member: number, keep: number, add: number): void;
}
