/** The zip archive that `torch.save` writes: records in one folder, none of them compressed. */
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { readExactly } from '../read-exactly.ts';
import { findBytes, readZipDirectory } from './zip-directory.ts';

/** Where the bytes of a record lie in the file. */
export interface PytorchRecord {
  begin: number;
  size: number;
  /** @throws where the checksum of the record is another one than that of its bytes, which are given in pieces */
  checksum: () => { update: (bytes: Uint8Array) => void; check: (what: string) => void };
}

export interface PytorchArchive {
  /** `data.pkl`. */
  pickle: Buffer;
  /** The bytes of a storage by its key; undefined where there is no such record. */
  storage: (key: string) => Promise<PytorchRecord | undefined>;
}

/** No model has as large a one. */
const largestPickle = 100_000_000;

const convert = `In Python: torch.save(torch.load(file, map_location="cpu", weights_only=True), file).`;

/**
 * @throws for another format (the message says what to do), and for a damaged archive; the message names the file
 * @see https://docs.pytorch.org/docs/stable/notes/serialization.html
 */
export async function openPytorchArchive(handle: FileHandle, file: string): Promise<PytorchArchive> {
  await checkStart(handle, file);
  const damaged = (why: string, cause?: unknown) =>
    new Error(`${file} is truncated or damaged: ${why}; download it again`, { cause });
  const entries = await readZipDirectory(handle, file).catch((error: unknown) => {
    throw damaged((error as Error).message, error);
  });
  const pickles = [...entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickles.length !== 1)
    throw new Error(
      `${file} is a zip archive, but not of PyTorch: it has no data.pkl, which torch.save writes; take the model's own pytorch_model.bin or model.safetensors`,
    );
  const folder = pickles[0]!.slice(0, -'data.pkl'.length);
  if (entries.has(`${folder}constants.pkl`))
    throw new Error(
      `${file} is a TorchScript archive, a program with its weights, which is not read. In Python: torch.save(torch.jit.load(file, map_location="cpu").state_dict(), file).`,
    );

  const record = async (name: string): Promise<PytorchRecord | undefined> => {
    const entry = entries.get(folder + name);
    if (!entry) return undefined;
    if (!entry.isPlain)
      throw new Error(
        `${file}: its record ${name} is compressed or encrypted, as PyTorch does not write it. ${convert}`,
      );
    const begin = await findBytes(handle, file, entry).catch((error: unknown) => {
      throw damaged(`record ${name}: ${(error as Error).message}`, error);
    });
    return {
      begin,
      size: entry.size,
      checksum: () => {
        let crc = 0;
        return {
          update: (bytes) => (crc = crc32(bytes, crc)),
          check: (what) => {
            // Where PyTorch is told to do without checksums, it writes 0.
            if (entry.crc32 !== 0 && crc !== entry.crc32)
              throw damaged(`the bytes of ${what} have another checksum than the archive says`);
          },
        };
      },
    };
  };
  const read = async (name: string, largest: number): Promise<Buffer | undefined> => {
    const found = await record(name);
    if (!found) return undefined;
    if (found.size > largest)
      throw damaged(`its record ${name} has ${found.size} bytes (at most ${largest})`);
    const bytes = Buffer.alloc(found.size);
    await readExactly(handle, file, found.begin, bytes);
    const { update, check } = found.checksum();
    update(bytes);
    check(name);
    return bytes;
  };

  const order = (await read('byteorder', 16))?.toString() ?? 'little';
  if (order !== 'little')
    throw new Error(
      `${file} has numbers in the byte order "${order}", expected little. Save it on another machine.`,
    );
  return { pickle: (await read('data.pkl', largestPickle))!, storage: (key) => record(`data/${key}`) };
}

/** Refuses what is no zip archive. */
async function checkStart(handle: FileHandle, file: string): Promise<void> {
  const start = Buffer.alloc(64);
  const { bytesRead } = await handle.read(start, 0, start.length, 0);
  const text = start.toString('latin1', 0, bytesRead);
  if (text.startsWith('PK')) return;
  if (text.startsWith('version https://git-lfs'))
    throw new Error(
      `${file} is a git-lfs pointer, not the weights: run "git lfs pull", or download the file itself`,
    );
  if (text.trimStart().startsWith('<'))
    throw new Error(`${file} is a web page (HTML or XML), not the weights: download the file again`);
  // A pickle of protocol 2 and up; PyTorch before 1.6 wrote a number of its own first.
  if (text.startsWith('\x80'))
    throw new Error(
      `${file} has the format of PyTorch before 1.6, a pickle that is not in a zip archive, which is not read. ${convert}`,
    );
  throw new Error(
    `${file} is no zip archive, which torch.save writes: is it truncated, damaged or something else? Download it again`,
  );
}
