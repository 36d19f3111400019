/** Orders the two values of labels: what stands for no first, and for yes second. */
import type { ColumnProfile } from './column-profile.ts';

const NO = /^(no|not|n|f|false|neg|negative|ham|normal|none|off|fail|bad|real|clean|benign|legit|human)$/i;
const YES =
  /^(yes|y|t|true|pos|positive|spam|on|pass|good|fake|toxic|hate|abusive|offensive|phishing|ai|generated)$/i;

/** @returns undefined where the columns do not share one pair of values */
export function twoClasses(
  looks: readonly Pick<ColumnProfile, 'values' | 'isNumeric'>[],
): [string, string] | undefined {
  const values = [...new Set(looks.flatMap(({ values }) => values ?? []))];
  if (values.length !== 2 || looks.some(({ values }) => values === undefined)) return undefined;
  const [a, b] = values.sort() as [string, string];
  if (looks.every(({ isNumeric }) => isNumeric)) return Number(a) < Number(b) ? [a, b] : [b, a];
  // Else as they are sorted, which any metric that matters for names is told by them.
  const isNo = (value: string, other: string): boolean => NO.test(value) || isDenial(value, other);
  return (YES.test(a) && !YES.test(b)) || (isNo(b, a) && !isNo(a, b)) ? [b, a] : [a, b];
}

/** Such as "not_funny" or "unfunny" beside "funny". */
const isDenial = (value: string, other: string): boolean =>
  /^(not|non|no|un|in|dis)[-_ ]?$/i.test(value.slice(0, Math.max(0, value.length - other.length))) &&
  value.toLowerCase().endsWith(other.toLowerCase());
