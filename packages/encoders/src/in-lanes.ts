/** Work of which several pieces are done at a time. */

/**
 * Does `work` for each item: in each lane one item after the other, with what the lane brings. When a piece of work
 * fails, no other is begun, and those under way are waited for.
 *
 * @throws what the piece of work threw
 */
export async function inLanes<Item, Lane>(
  lanes: readonly Lane[],
  items: Iterable<Item>,
  work: (item: Item, lane: Lane) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const ends = await Promise.allSettled(
    lanes.map(async (lane) => {
      try {
        while (queue.length > 0) await work(queue.shift()!, lane);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }),
  );
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
