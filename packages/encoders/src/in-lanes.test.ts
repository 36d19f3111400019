import { describe, expect, it } from 'vitest';
import { inLanes } from './in-lanes.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('inLanes', () => {
  it('does each item once, as many at a time as there are lanes', async () => {
    const done: number[] = [];
    const busy: number[] = [];
    let now = 0;
    await inLanes(2, [1, 2, 3, 4, 5], async (item) => {
      busy.push(++now);
      await soon();
      now--;
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(Math.max(...busy)).toBe(2);
  });

  it('begins nothing after a failure, and waits for what is under way', async () => {
    const events: string[] = [];
    const all = inLanes(2, ['bad', 'slow', 'never'], async (item) => {
      events.push(item);
      if (item === 'bad') throw new Error('EIO');
      await soon();
      events.push(`${item} ended`);
    });
    await expect(all).rejects.toThrow('EIO');
    expect(events).toEqual(['bad', 'slow', 'slow ended']);
  });
});
