/** The fields of a config.json, each read with a check that names file, field, what is expected and what is there. */

const isWhole = (least: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= least;
const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value < 1;

export class ConfigFields {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #file: string;

  /**
   * @param file named in errors
   * @throws if `json` is not an object
   */
  constructor(json: unknown, file: string) {
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw new Error(`${file} holds ${JSON.stringify(json)}, expected a JSON object`);
    this.#fields = json as Record<string, unknown>;
    this.#file = file;
  }

  /** A whole number; `fallback` is for what is absent. */
  whole(name: string, least: number, fallback?: number): number {
    return this.#field(name, `a whole number from ${least} on`, isWhole(least), fallback) as number;
  }

  share(name: string, fallback: number): number {
    return this.#field(name, 'a number from 0 to below 1', isShare, fallback) as number;
  }

  /** @param hint what an error says besides, of a string that is not among them */
  oneOf<T extends string>(
    name: string,
    known: readonly T[],
    fallback?: T,
    hint?: (got: string) => string,
  ): T {
    const fits = (value: unknown) => known.includes(value as T);
    return this.#field(name, `one of the supported ${known.join(', ')}`, fits, fallback, hint) as T;
  }

  /** Refuses a setting that has another value than the one that is supported, which is also what is absent. */
  only(name: string, supported: boolean, why: string): void {
    this.#field(name, `${supported}: ${why}`, (value) => value === supported, supported);
  }

  /** Refuses an object that says anything. */
  empty(name: string, why: string): void {
    const isEmpty = (value: unknown) => typeof value === 'object' && Object.keys(value!).length === 0;
    this.#field(name, `empty: ${why}`, isEmpty, {});
  }

  /** An error of two settings that contradict each other, say. */
  error(message: string): Error {
    return new Error(`${this.#file}: ${message}`);
  }

  #field(
    name: string,
    expected: string,
    fits: (value: unknown) => boolean,
    fallback?: unknown,
    hint?: (got: string) => string,
  ): unknown {
    // Python writes None as null, and reads it as the default too.
    const value = this.#fields[name] ?? fallback;
    if (fits(value)) return value;
    const got = value === undefined ? 'it is absent' : `got ${JSON.stringify(value)}`;
    const more = hint && typeof value === 'string' ? `. ${hint(value)}` : '';
    throw this.error(`"${name}" must be ${expected}; ${got}${more}`);
  }
}
