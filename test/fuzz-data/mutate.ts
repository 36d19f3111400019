/** Damages bytes as disks, programs and people do, by a seed. */

/** Bytes on which readers decide. */
const TOKENS = [
  ...['"', '""', ',', ';', '\t', '\n', '\r', '\r\n', '\0', '\ufeff', '\ufffd', '../', '/', 'C:', '__proto__'],
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    'null',
    '1e999',
    '-',
    'NaN',
    '\\ud800',
    '\\',
    'PAR1',
    'PK\x03\x04',
    'PK\x05\x06',
  ],
].map((token) => Buffer.from(token));
const BYTES = [
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0xe9],
  [0xc3],
  [0x1f, 0x8b],
  [0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0x80],
  [0x7f, 0xff],
];
const INTERESTING = [...TOKENS, ...BYTES.map((bytes) => Buffer.from(bytes))];

/**
 * Half of all files are damaged a little, such that a text stays one, to come past the checks of encoding; the others are
 * damaged in any way.
 *
 * @param other a file to take pieces from
 */
export function mutate(bytes: Buffer, other: Buffer, random: () => number): Buffer {
  const isLittle = random() < 0.5;
  const upTo = (limit: number): number => Math.floor(random() * limit);
  let result = bytes;
  for (let left = 1 + upTo(isLittle ? 2 : 6); left > 0; left--) {
    const at = upTo(result.length + 1);
    const end = Math.min(result.length, at + 1 + upTo(isLittle || random() < 0.8 ? 8 : result.length));
    const [before, piece, after] = [result.subarray(0, at), result.subarray(at, end), result.subarray(end)];
    const from = upTo(other.length);
    const little: (() => Buffer[])[] = [
      () => [before, TOKENS[upTo(TOKENS.length)]!, piece, after],
      () => [before, TOKENS[upTo(TOKENS.length)]!, after],
      () => [before, after],
      () => [before, ...Array<Buffer>(2 + upTo(20)).fill(piece), after],
      () => [before, Buffer.from(piece.map(() => 32 + upTo(95))), after],
    ];
    const any: (() => Buffer[])[] = [
      () => [before, piece.map((byte) => byte ^ (1 << upTo(8))) as Buffer, after],
      () => [before, Buffer.from(piece.map(() => upTo(256))), after],
      () => [before, after],
      () => [before, INTERESTING[upTo(INTERESTING.length)]!, piece, after],
      () => [before, INTERESTING[upTo(INTERESTING.length)]!, after],
      () => [before, ...Array<Buffer>(2 + upTo(20)).fill(piece), after],
      () => [before, other.subarray(from, from + 1 + upTo(64)), piece, after],
      () => [before],
      () => [after, before],
    ];
    const changes = isLittle ? little : any;
    result = Buffer.concat(changes[upTo(changes.length)]!());
  }
  return result;
}
