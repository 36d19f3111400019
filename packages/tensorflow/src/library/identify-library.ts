/** Tells which TensorFlow a folder holds by the records of pip or Foldwise, without loading anything. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Library } from './library.ts';
import { readWheelManifest } from './wheels/wheel-manifest.ts';

/** Distribution and version at the start of `tensorflow_cpu-2.21.0.dist-info` and `tensorflow_cpu-2.21.0-cp312-….whl`. */
const RELEASE = /^(?<name>tensorflow(?:_cpu)?)-(?<version>\d+\.\d+\.\d+[a-z\d.]*?)(?:-|\.dist-info$)/;

/** Version and variant of the libtensorflow in the package folder `folder`; no version where nothing tells. */
export async function identifyLibrary(folder: string): Promise<Pick<Library, 'version' | 'variant'>> {
  const manifest = await readWheelManifest(folder);
  for (const record of manifest ? [manifest.wheel] : readdirSync(dirname(folder))) {
    const { name, version } = RELEASE.exec(record)?.groups ?? {};
    if (!name) continue;
    // On Linux x64 alone, the package with the plain name is the CUDA build.
    const cuda = name === 'tensorflow' && process.platform === 'linux' && process.arch === 'x64';
    return { version, variant: cuda ? 'cuda' : 'cpu' };
  }
  return { version: undefined, variant: 'cpu' };
}
