/** Work of which several pieces are done at a time. */

/**
 * Does `work` for each item, `lanes` at a time. When a piece of work fails, no other is begun, and those under way are
 * waited for.
 *
 * @throws what the piece of work threw
 */
export async function inLanes<T>(
  lanes: number,
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    try {
      while (queue.length > 0) await work(queue.shift()!);
    } catch (error) {
      queue.length = 0;
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
