import { expect, it } from 'vitest';
import { LineProgress } from './line-progress.ts';

it('writes the first line at once, then one every ten seconds, and notes always', () => {
  const lines: string[] = [];
  let now = 0;
  const progress = new LineProgress(
    (line) => lines.push(line),
    () => now,
  );
  progress.update('fold 0 of 5, tokens', 0, 0);
  for (now = 1000; now <= 21_000; now += 1000)
    progress.update('fold 0 of 5, epoch 1 of 3', now, 40_000, ['loss 0.5000', '0:19 left']);
  progress.note('done');
  expect(lines).toEqual([
    'fold 0 of 5, tokens',
    'fold 0 of 5, epoch 1 of 3, 25 %, loss 0.5000, 0:19 left',
    'fold 0 of 5, epoch 1 of 3, 50 %, loss 0.5000, 0:19 left',
    'done',
  ]);
});
