/** Which of two scores is the better one; one that is not defined is never better, and always worse. */
import type { Metric } from '../metric.ts';

export function isBetter({ direction }: Pick<Metric, 'direction'>, score: number, than: number): boolean {
  if (Number.isNaN(score)) return false;
  if (Number.isNaN(than)) return true;
  return direction === 'higher' ? score > than : score < than;
}
