/** Batches of encodings, as a model takes them: each padded to one length, or packed one after another without padding. */
import type { Encoding } from '../encoding.ts';

/** What a compiled function is made for. */
export interface BatchShape {
  /** Encodings that go through the model: some only fill it up, so that shapes are few. */
  size: number;
  /** Tokens of an encoding at most. */
  length: number;
  /** Of all encodings, where they are packed; undefined where each is padded to `length`. */
  total?: number | undefined;
}

/** Which encodings go together. */
export interface BatchPlan extends BatchShape {
  /** Indices into the encodings; at least one, at most `size`. */
  entries: Int32Array;
}

export interface Batch extends BatchPlan {
  /** [entries]: the row that each encoding is of. */
  rows: Int32Array;
  /** Padded: [size, length]. Packed: [total], the encodings' token ids, then padding. */
  ids: Int32Array;
  /** [size, length]: 1 for tokens and 0 for the rest; also of packed encodings, as if they were padded. */
  mask: Int32Array;
  /** Token types, laid out as `ids`, 0 for padding; absent where all are 0. */
  types?: Int32Array;
  /** Packed: [total], each token's place in its encoding, from 0; 0 for padding. */
  positions?: Int32Array;
  /** Packed: [size + 1], where each encoding starts, then the end of the last one. */
  starts?: Int32Array;
}

/**
 * Lays out the encodings of a plan, in its order. Padded, copies of the first one fill it up; packed, encodings of one
 * token of padding.
 *
 * @param padId the tokenizer's padding token
 * @throws if an encoding is not there, or the encodings do not fit into the plan's shape
 */
export function layOut(plan: BatchPlan, encodings: readonly Encoding[], padId: number): Batch {
  const { entries, size, length, total } = plan;
  const chosen = Array.from(entries, (entry) => {
    const encoding = encodings[entry];
    if (!encoding) throw new Error(`There is no encoding ${entry}: ${encodings.length} were given`);
    return encoding;
  });
  const isPacked = total !== undefined;
  const filler: Encoding = isPacked ? { ids: Int32Array.of(padId), row: -1 } : chosen[0]!;
  const filled = [...chosen, ...Array<Encoding>(Math.max(0, size - chosen.length)).fill(filler)];
  checkFit(filled, plan);

  const starts = new Int32Array(size + 1);
  filled.forEach(({ ids }, i) => (starts[i + 1] = starts[i]! + ids.length));
  const startOf = (i: number) => (isPacked ? starts[i]! : i * length);
  const tokens = isPacked ? total : size * length;
  const ids = new Int32Array(tokens).fill(padId);
  const mask = new Int32Array(size * length);
  filled.forEach((encoding, i) => {
    ids.set(encoding.ids, startOf(i));
    mask.fill(1, i * length, i * length + encoding.ids.length);
  });
  const batch: Batch = { ...plan, rows: Int32Array.from(chosen, ({ row }) => row), ids, mask };
  if (filled.some(({ types }) => types)) {
    const types = (batch.types = new Int32Array(tokens));
    filled.forEach((encoding, i) => {
      if (encoding.types) types.set(encoding.types, startOf(i));
    });
  }
  if (isPacked) {
    const positions = new Int32Array(tokens);
    filled.forEach(({ ids }, i) =>
      ids.forEach((_, position) => (positions[startOf(i) + position] = position)),
    );
    Object.assign(batch, { positions, starts });
  }
  return batch;
}

function checkFit(filled: readonly Encoding[], { entries, size, length, total }: BatchPlan): void {
  let tokens = 0;
  for (const [i, { ids }] of filled.entries()) {
    tokens += ids.length;
    if (i < size && ids.length <= length && tokens <= (total ?? Infinity)) continue;
    throw new Error(
      `${entries.length} encodings, the ${i + 1}. of ${ids.length} tokens after ${tokens - ids.length} others, do not fit into ${size} of ${length}${total === undefined ? '' : ` and ${total} together`}`,
    );
  }
}

/** Batches of one set of encodings, each laid out when it is asked for. */
export class Batches implements Iterable<Batch> {
  readonly encodings: readonly Encoding[];
  readonly #plans: readonly BatchPlan[];
  readonly #padId: number;

  constructor(encodings: readonly Encoding[], plans: readonly BatchPlan[], padId: number) {
    this.encodings = encodings;
    this.#plans = plans;
    this.#padId = padId;
  }

  get shapes(): readonly BatchShape[] {
    return this.#plans.map(({ size, length, total }) => ({ size, length, total }));
  }

  get count(): number {
    return this.#plans.length;
  }

  /** @throws as `layOut` */
  at(index: number): Batch {
    const plan = this.#plans[index];
    if (!plan) throw new RangeError(`There is no batch ${index}: there are ${this.count}`);
    return layOut(plan, this.encodings, this.#padId);
  }

  *[Symbol.iterator](): Generator<Batch> {
    for (let i = 0; i < this.count; i++) yield this.at(i);
  }
}
