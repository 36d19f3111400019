/** Counts the pairs that stand in the wrong order, while it merges (Knuth, TAOCP 3, 5.2.4, exercise 21). */

/**
 * @param values sorted in place
 * @returns how many pairs i < j have values[i] > values[j]; exact to 2⁵³
 */
export function inversions(values: Uint32Array): number {
  let count = 0;
  let from = values;
  let to: Uint32Array = new Uint32Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(middle + width, values.length);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        if (right === end || (left < middle && from[left]! <= from[right]!)) to[at] = from[left++]!;
        else {
          count += middle - left;
          to[at] = from[right++]!;
        }
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
