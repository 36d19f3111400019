/** How many tokens of two texts are left where there is not room for all. */

/**
 * As `longest_first` of Hugging Face's tokenizers: the longer text is cut to what the shorter one leaves, but neither
 * below half of the room; where both are cut, the longer one has the odd token, or the second of two of one length.
 *
 * @param first tokens of the first text
 * @param second of the second one
 * @param room for both together
 */
export function longestFirst(first: number, second: number, room: number): [number, number] {
  if (first + second <= room) return [first, second];
  const shorter = Math.min(first, second, Math.floor(room / 2));
  return first > second ? [room - shorter, shorter] : [shorter, room - shorter];
}
