/** Nothing in the files tells: a person must, by an option of the command line or an answer. */
export class Undecided extends Error {
  /** The option that settles it, such as `target`. */
  readonly option: Decision;
  /** What may be meant, likeliest first. */
  readonly choices: readonly string[];

  /** @param message what is not known and why, without what to do */
  constructor(option: Decision, message: string, choices: readonly string[]) {
    super(message);
    this.option = option;
    this.choices = choices;
  }
}

export type Decision = 'id' | 'text' | 'target' | 'task' | 'metric' | 'encoding';
