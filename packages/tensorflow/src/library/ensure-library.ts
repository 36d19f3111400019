/** Finds libtensorflow, and installs it into the cache folder where there is none. */
import { choosePin } from './choose-pin.ts';
import { findLibrary } from './find-library.ts';
import { installWheel } from './wheels/install-wheel.ts';
import { installedFolder, installedLibrary } from './installed-library.ts';
import type { Library } from './library.ts';
import { libraryFileNames } from './library-files.ts';
import { type LibraryPin, libraryPins } from './library-pins.ts';
import type { WheelOptions } from './wheels/wheel.ts';

/**
 * The library that `findLibrary` finds, else the pinned TensorFlow release, which is downloaded (some 270 MB) and
 * unpacked (some 850 MB). Safe to call in several processes at once, and to interrupt at any time.
 *
 * @throws Error where TensorFlow has no library for this platform, or the installation failed, saying what to do.
 */
export async function ensureLibrary({
  pins = libraryPins,
  ...options
}: WheelOptions & { pins?: readonly LibraryPin[] } = {}): Promise<Library> {
  const found = await findLibrary({ pins });
  if (found.library) return found.library;
  const { pin, reason } = choosePin(pins);
  if (!pin) throw new Error(reason);
  const installedNow = await installWheel(pin, installedFolder(pin), chooseFile, options);
  const library = await installedLibrary(pin);
  if (!library) throw new Error(`The wheel of ${pin.name} ${pin.version} lacks ${libraryFileNames().cc}.`);
  return installedNow ? { ...library, origin: 'installed' } : library;
}

/** The two libraries need nothing else of the wheel (their run path has `$ORIGIN`); the licences go with them. */
function chooseFile(entry: string): string | undefined {
  const { cc, framework } = libraryFileNames();
  const files: Record<string, string> = {
    [`tensorflow/${cc}`]: cc,
    [`tensorflow/${framework}`]: framework,
    'tensorflow/include/LICENSE': 'LICENSE',
    'tensorflow/THIRD_PARTY_NOTICES.txt': 'THIRD_PARTY_NOTICES.txt',
  };
  return files[entry];
}
