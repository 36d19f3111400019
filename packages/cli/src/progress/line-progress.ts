/** Progress in a log: a line now and then. */
import { print } from '../render/print.ts';
import type { Progress } from './progress.ts';

/** The least time between two lines of progress. */
const EVERY_MS = 10_000;

export class LineProgress implements Progress {
  private next = -Infinity;
  private readonly now: () => number;
  private readonly write: (line: string) => void;

  /** @param now a clock in milliseconds */
  constructor(write = print.note, now = (): number => performance.now()) {
    this.write = write;
    this.now = now;
  }

  update(what: string, done: number, total: number, details: string[] = []): void {
    if (this.now() < this.next) return;
    this.next = this.now() + EVERY_MS;
    const percentage = total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
    this.write([what, percentage, ...details].filter(Boolean).join(', '));
  }

  note(text: string): void {
    this.write(text);
  }

  stop(): void {
    // A line stays as it is.
  }
}
