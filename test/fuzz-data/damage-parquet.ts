/**
 * Damages a Parquet file where it stands: as its length and its footer's place stay, readers go on to headers, run lengths,
 * counts and values, which few other mutations leave to be reached.
 */

/** What stands for numbers in pages and in the footer: varints at the limits of 32 and 64 bits, 0, -1 and fixed widths. */
const NUMBERS = [
  [0],
  [1],
  [0x7f],
  [0x80, 0x80, 0x80, 0x80, 0x08],
  [0xff, 0xff, 0xff, 0xff, 0x07],
  [0xfe, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x80, 0x94, 0xeb, 0xdc, 0x03],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0xff, 0xff, 0xff, 0x7f],
  [0, 0, 0, 0x80],
].map((bytes) => Buffer.from(bytes));

/** The magic and the footer's length. */
const TAIL = 8;

/** @param bytes a whole Parquet file, which stays as it is */
export function damageParquet(bytes: Buffer, random: () => number): Buffer {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const result = Buffer.from(bytes);
  const end = bytes.length - TAIL;
  const footer = end - bytes.readUInt32LE(end);
  for (let left = 1 + upTo(4); left > 0; left--) {
    const [from, to] = random() < 0.7 ? [4, footer] : [footer, end];
    const at = from + upTo(to - from);
    const changes = [
      () => (result[at]! ^= 1 << upTo(8)),
      () => (result[at] = upTo(256)),
      () => (result[at]! += random() < 0.5 ? 1 : -1),
      () => NUMBERS[upTo(NUMBERS.length)]!.copy(result, at, 0, to - at),
      () => bytes.copy(result, at, from + upTo(to - from), Math.min(to, from + upTo(to - from) + upTo(40))),
      () => result.fill(random() < 0.5 ? 0 : 0xff, at, Math.min(to, at + upTo(40))),
    ];
    changes[upTo(changes.length)]!();
  }
  // Pieces that were copied may have reached beyond.
  bytes.copy(result, end, end);
  return result;
}
