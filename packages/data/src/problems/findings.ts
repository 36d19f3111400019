/** Runs checks that do not need each other, so that a person sees what is wrong in all files at once. */
export class Findings {
  private readonly errors: Error[] = [];

  /** @returns what the check gives; undefined where it threw, for those that need it to be left out */
  async attempt<Value>(check: () => Value | Promise<Value>): Promise<Value | undefined> {
    try {
      return await check();
    } catch (error) {
      this.errors.push(error as Error);
      return undefined;
    }
  }

  /** @throws the error, or one with the messages of all */
  throwIfAny(): void {
    const [first, ...others] = this.errors;
    if (first && others.length === 0) throw first;
    if (first) throw new Error(this.errors.map(({ message }) => message).join('\n'), { cause: first });
  }
}
