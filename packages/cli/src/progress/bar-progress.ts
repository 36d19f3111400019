/** Progress on a terminal: one bar that moves. */
import { SingleBar } from 'cli-progress';
import { print } from '../render/print.ts';
import type { Progress } from './progress.ts';

export class BarProgress implements Progress {
  private bar: SingleBar | undefined;

  update(what: string, done: number, total: number, details: string[] = []): void {
    const payload = { what, details: details.join('  ') };
    if (this.bar && this.bar.getTotal() === total) {
      this.bar.update(done, payload);
      return;
    }
    this.stop();
    this.bar = new SingleBar({
      format: '{what} {bar} {percentage} %  {details}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      fps: 10,
    });
    this.bar.start(total, done, payload);
  }

  note(text: string): void {
    this.stop();
    print.note(text);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}
