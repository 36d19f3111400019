/** The record beside unpacked files by which a later run knows that all of them are there. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'wheel.json';

/** What `wheel.json` holds. */
export interface WheelManifest {
  /** File name of the wheel, which carries its version. */
  wheel: string;
  /** Size in bytes of each unpacked file, by its path in the folder. */
  files: Record<string, number>;
}

/** Writes the manifest; done last, before the folder gets its final name. */
export async function writeWheelManifest(folder: string, manifest: WheelManifest): Promise<void> {
  await writeFile(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
}

/** The manifest of a folder if each file in it is there at its full size, else undefined. Reads no file's content. */
export async function readWheelManifest(folder: string): Promise<WheelManifest | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, NAME), 'utf8')) as WheelManifest;
    for (const [file, bytes] of Object.entries(manifest.files)) {
      if ((await stat(join(folder, file))).size !== bytes) return undefined;
    }
    return manifest;
  } catch {
    return undefined;
  }
}
