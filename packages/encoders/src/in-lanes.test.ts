import { describe, expect, it } from 'vitest';
import { inLanes } from './in-lanes.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('inLanes', () => {
  it('does each item once, one at a time in each lane', async () => {
    const done: number[] = [];
    const busy = new Set<string>();
    let most = 0;
    await inLanes(['a', 'b'], [1, 2, 3, 4, 5], async (item, lane) => {
      expect(busy).not.toContain(lane);
      busy.add(lane);
      most = Math.max(most, busy.size);
      await soon();
      busy.delete(lane);
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('begins nothing after a failure, and waits for what is under way', async () => {
    const events: string[] = [];
    const all = inLanes([0, 1], ['bad', 'slow', 'never'], async (item) => {
      events.push(item);
      if (item === 'bad') throw new Error('EIO');
      await soon();
      events.push(`${item} ended`);
    });
    await expect(all).rejects.toThrow('EIO');
    expect(events).toEqual(['bad', 'slow', 'slow ended']);
  });
});
