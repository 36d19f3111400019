/** The bytes of a pickle, read one argument after another. */

/** What a pickle cannot mean. */
export class PickleDamage extends Error {}

export class PickleBytes {
  readonly #bytes: Buffer;
  /** Of the next byte. */
  position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Little-endian without a sign. */
  uint(bytes: 1 | 2 | 4): number {
    return this.#take(bytes).readUIntLE(0, bytes);
  }

  int32(): number {
    return this.#take(4).readInt32LE();
  }

  /** Little-endian in two's complement, of as many bytes as the first one says. */
  long(): number | bigint {
    const bytes = this.#take(this.uint(1));
    if (bytes.length === 0) return 0;
    const unsigned = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
    const value = BigInt.asIntN(8 * bytes.length, unsigned);
    return BigInt.asIntN(53, value) === value ? Number(value) : value;
  }

  float64(): number {
    return this.#take(8).readDoubleBE();
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  text(bytes: number, encoding: 'utf8' | 'latin1' = 'utf8'): string {
    return this.#take(bytes).toString(encoding);
  }

  /** To the next end of a line, without it. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end < 0) throw new PickleDamage('it ends within a line');
    const line = this.text(end - this.position);
    this.position++;
    return line;
  }

  #take(count: number): Buffer {
    const end = this.position + count;
    if (end > this.#bytes.length) throw new PickleDamage('it ends too early');
    const taken = this.#bytes.subarray(this.position, end);
    this.position = end;
    return taken;
  }
}
