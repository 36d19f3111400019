/** The header of a safetensors file, checked as the reference implementation does: it must describe every byte of the file, once. */
import type { FileHandle } from 'node:fs/promises';
import { safetensorsDtypes, type SafetensorsDtype } from './dtypes.ts';
import { readExactly } from './read-exactly.ts';

/** Where one tensor lies: `begin` and `end` count bytes from the start of the file. */
export interface SafetensorsEntry {
  name: string;
  dtype: SafetensorsDtype;
  shape: number[];
  begin: number;
  end: number;
}

/** The reference's own limit; a larger length means that the file is something else. */
const largestHeader = 100_000_000;

const lookAlikes: [start: string, meaning: string][] = [
  [
    'version https://git-lfs',
    'a git-lfs pointer, not the weights: run "git lfs pull", or download the file itself',
  ],
  ['<', 'a web page (HTML or XML), not the weights: download the file again'],
  ['PK\x03\x04', 'a zip file, perhaps a PyTorch checkpoint: call it pytorch_model.bin'],
];

/**
 * Reads and checks the header of an open safetensors file.
 *
 * @returns the metadata and the tensors in the order of their bytes
 * @throws if the file is truncated, is something else, or contradicts itself; the message has the file's and the tensor's name
 * @see https://github.com/huggingface/safetensors#format
 */
export async function readSafetensorsHeader(
  handle: FileHandle,
  file: string,
): Promise<{ metadata: Record<string, string>; entries: SafetensorsEntry[] }> {
  const { size } = await handle.stat();
  const start = Buffer.alloc(64);
  const { bytesRead } = await handle.read(start, 0, start.length, 0);
  const text = start.toString('latin1', 0, bytesRead).trimStart();
  const lookAlike = lookAlikes.find(([prefix]) => text.startsWith(prefix));
  if (lookAlike) throw new Error(`${file} is ${lookAlike[1]}`);
  if (size < 8)
    throw new Error(
      `${file} is not a safetensors file: it holds ${size} bytes, and the header's length alone takes 8`,
    );

  const length = Number(start.readBigUInt64LE(0));
  if (length > largestHeader) {
    throw new Error(
      `${file} is not a safetensors file: its first 8 bytes claim a header of ${length} bytes (at most ${largestHeader})`,
    );
  }
  if (8 + length > size) {
    throw new Error(
      `${file}: the header alone takes ${8 + length} bytes, but the file holds ${size}: it is truncated; download it again`,
    );
  }
  const json = Buffer.alloc(length);
  await readExactly(handle, file, 8, json);
  let header: unknown;
  try {
    header = JSON.parse(json.toString('utf8'));
  } catch (error) {
    throw new Error(
      `${file} is not a safetensors file: its header is not JSON (${(error as Error).message})`,
      { cause: error },
    );
  }
  if (!isRecord(header))
    throw new Error(`${file} is not a safetensors file: its header is not a JSON object`);

  const { __metadata__: metadata = {}, ...tensors } = header;
  const entries = Object.entries(tensors).map(([name, value]) => parseEntry(file, name, value, 8 + length));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCoverage(file, entries, 8 + length, size);
  return { metadata: metadata as Record<string, string>, entries };
}

function parseEntry(file: string, name: string, value: unknown, dataStart: number): SafetensorsEntry {
  const fail = (why: string) => new Error(`${file}: tensor "${name}" ${why}`);
  if (!isRecord(value))
    throw fail(`is described by ${JSON.stringify(value)}, expected {dtype, shape, data_offsets}`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !Object.hasOwn(safetensorsDtypes, dtype)) {
    throw fail(
      `has dtype ${JSON.stringify(dtype)}; supported are ${Object.keys(safetensorsDtypes).join(', ')}`,
    );
  }
  if (!isSizes(shape)) throw fail(`has shape ${JSON.stringify(shape)}, expected a list of whole numbers`);
  if (!isSizes(offsets) || offsets.length !== 2)
    throw fail(`has data_offsets ${JSON.stringify(offsets)}, expected [begin, end]`);
  const [begin, end] = offsets as [number, number];
  const known = dtype as SafetensorsDtype;
  const expected = shape.reduce((product, n) => product * n, safetensorsDtypes[known].bytes);
  if (end - begin !== expected) {
    throw fail(`takes ${end - begin} bytes, but ${dtype} of shape [${shape.join(', ')}] needs ${expected}`);
  }
  return { name, dtype: known, shape, begin: dataStart + begin, end: dataStart + end };
}

/** Throws unless the tensors, in order, follow each other without a gap from the header to the end of the file. */
function checkCoverage(file: string, entries: SafetensorsEntry[], dataStart: number, size: number): void {
  let position = dataStart;
  let previous = 'the header';
  for (const { name, begin, end } of entries) {
    if (begin !== position) {
      const what = begin < position ? 'overlaps' : 'leaves a gap after';
      throw new Error(
        `${file}: tensor "${name}" ${what} ${previous}: it starts at byte ${begin}, expected ${position}`,
      );
    }
    position = end;
    previous = `tensor "${name}"`;
  }
  if (position > size) {
    const cut = entries.find(({ end }) => end > size)!;
    throw new Error(
      `${file}: the header claims ${position} bytes, but the file holds ${size}: it is truncated within tensor "${cut.name}"; download it again`,
    );
  }
  if (position < size) {
    throw new Error(
      `${file}: the header claims ${position} bytes, but the file holds ${size}: it is damaged; download it again`,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
