/** How a command tells people what it is doing; all of it goes to stderr. */

export interface Progress {
  /**
   * @param what such as `fold 1 of 5, training, epoch 2 of 3`
   * @param details such as `["loss 0.512", "830 rows/s"]`
   */
  update(what: string, done: number, total: number, details?: string[]): void;
  /** A line that stays. */
  note(text: string): void;
  /** Clears what moves. */
  stop(): void;
}
