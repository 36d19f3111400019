/** The library as `ensureLibrary` unpacks it into the cache folder. */
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import type { Library } from './library.ts';
import { libraryFiles } from './library-files.ts';
import type { LibraryPin } from './library-pins.ts';
import { readWheelManifest } from './wheels/wheel-manifest.ts';

/** The folder in the cache for a pinned release. */
export function installedFolder({ version, variant, platform, arch }: LibraryPin): string {
  return join(cacheFolder(), 'tensorflow', `${version}-${variant}-${platform}-${arch}`);
}

/** The installed library of a pinned release if all of it is there, else undefined. */
export async function installedLibrary(pin: LibraryPin): Promise<Library | undefined> {
  const folder = installedFolder(pin);
  const files = (await readWheelManifest(folder)) && libraryFiles(folder);
  return files && { ...files, version: pin.version, origin: 'cache', variant: pin.variant };
}
