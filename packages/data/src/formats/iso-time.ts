/** Writes Arrow's dates and times as ISO 8601 does, in UTC, with as many decimals as their unit has. */
const MOST_MILLIS = 8.64e15;

/** @param millis since 1970 @returns such as `2024-02-29` @throws Error beyond the years that JavaScript's dates have */
export const isoDate = (millis: number): string => iso(millis).slice(0, -'T00:00:00.000Z'.length);

/**
 * @param value since 1970
 * @param unit of the value, a second by 1000 to its power: 0 for seconds, 3 for nanoseconds
 * @returns such as `2024-05-01T12:00:00.000001Z`
 * @throws as `isoDate`
 */
export function isoTime(value: bigint, unit: number): string {
  const second = 1000n ** BigInt(unit);
  const fraction = ((value % second) + second) % second;
  const seconds = Number((value - fraction) / second);
  const decimals = unit === 0 ? '' : `.${String(fraction).padStart(3 * unit, '0')}`;
  return `${iso(seconds * 1000).slice(0, -'.000Z'.length)}${decimals}Z`;
}

function iso(millis: number): string {
  if (Math.abs(millis) > MOST_MILLIS)
    throw new Error(`a time of ${millis} milliseconds since 1970, beyond all calendars`);
  return new Date(millis).toISOString();
}
