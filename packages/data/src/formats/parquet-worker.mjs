/**
 * Decodes a Parquet file by Rust's parquet crate, in WebAssembly and in a thread of its own: what a damaged file makes it do
 * ends this thread at most. `ParquetThread` is the other side. Plain JavaScript, as threads start without a loader.
 */
import { on } from 'node:events';
import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { initSync, ParquetFile } from 'parquet-wasm/esm';

/** What is told at a time. */
const BATCH_BYTES = 2 ** 22;
const BATCH_ROWS = 4096;
/** WebAssembly has 4 GiB, in which a group of rows must stand packed and unpacked. */
const GROUP_BYTES = 3.5e9;

const asked = on(parentPort, 'message');
const nextAsked = async () => (await asked.next()).value[0];

try {
  const { module, file, bytes } = workerData;
  initSync({ module });
  const parquet = await ParquetFile.fromFile(await asBlob(file, bytes));
  const metadata = parquet.metadata();
  const rows = metadata.fileMetadata().numRows();
  answer({ arrow: parquet.schema().intoIPCStream(), rows });

  const { columns } = await nextAsked();
  const batchSize = checkGroups(metadata.rowGroups(), new Set(columns));
  for await (const batch of await parquet.stream({ columns, batchSize })) {
    await nextAsked();
    answer({ arrow: batch.intoIPCStream() });
  }
  answer({});
} catch (error) {
  answer({ error: String(error?.message ?? error) });
}

function answer(message) {
  parentPort.postMessage(message, message.arrow ? [message.arrow.buffer] : []);
}

/** @returns rows of a batch of about `BATCH_BYTES`, by what the file says @throws for groups of rows that are too large */
function checkGroups(groups, names) {
  let most = 1;
  groups.forEach((group, g) => {
    const columns = group.columns().filter((column) => names.has(column.columnPath()[0]));
    const sum = (size) => columns.reduce((bytes, column) => bytes + size(column), 0);
    const unpacked = sum((column) => column.uncompressedSize());
    const bytes = unpacked + sum((column) => column.compressedSize());
    if (bytes > GROUP_BYTES)
      throw new Error(
        `its row group ${g} needs ${(bytes / 1e9).toFixed(1)} GB of memory at once, more than ${GROUP_BYTES / 1e9}; write it with fewer rows a group (pandas: to_parquet(path, row_group_size=100_000))`,
      );
    most = Math.max(most, unpacked / group.numRows() || 1);
  });
  return Math.min(BATCH_ROWS, Math.max(1, Math.round(BATCH_BYTES / most)));
}

/** What `ParquetFile` needs of a blob: Node's own from a file is an experiment. */
async function asBlob(file, bytes) {
  if (file === undefined) return blob(bytes.length, async (start, end) => bytes.slice(start, end));
  const handle = await open(file);
  const { size } = await handle.stat();
  return blob(size, async (start, end) => {
    const piece = new Uint8Array(end - start);
    for (let at = 0; at < piece.length;) {
      const { bytesRead } = await handle.read(piece, at, piece.length - at, start + at);
      if (bytesRead === 0) throw new Error('it became shorter while it was read');
      at += bytesRead;
    }
    return piece;
  });
}

function blob(size, read) {
  return {
    size,
    slice: (start, end) => ({
      arrayBuffer: async () => {
        if (!(0 <= start && start <= end && end <= size))
          throw new Error(`it tells of bytes ${start} to ${end}, but has ${size}`);
        return (await read(start, end)).buffer;
      },
    }),
  };
}
