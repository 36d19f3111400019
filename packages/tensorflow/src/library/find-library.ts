/** Looks for a libtensorflow in the places where one may be, without installing anything. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { choosePin } from './choose-pin.ts';
import { identifyLibrary } from './identify-library.ts';
import { installedFolder, installedLibrary } from './installed-library.ts';
import type { Library } from './library.ts';
import { libraryFileNames, libraryFiles } from './library-files.ts';
import { type LibraryPin, libraryPins } from './library-pins.ts';
import { pythonLibrary } from './python-library.ts';

/** What was found, and one line for each place that was looked at. */
export interface FoundLibrary {
  library: Library | undefined;
  looked: string[];
}

/**
 * The first libtensorflow of: the folder `FOLDWISE_TENSORFLOW`; the TensorFlow of the active Python; the cache folder.
 * Loads nothing and needs no network.
 *
 * @throws Error where `FOLDWISE_TENSORFLOW` is set and holds no libtensorflow: what was asked for is not replaced by
 * something else.
 */
export async function findLibrary({
  pins = libraryPins,
}: { pins?: readonly LibraryPin[] } = {}): Promise<FoundLibrary> {
  const chosen = process.env['FOLDWISE_TENSORFLOW'];
  if (chosen) {
    const library = await chosenLibrary(resolve(chosen));
    return { library, looked: [`FOLDWISE_TENSORFLOW is ${library.folder}`] };
  }
  const looked = ['FOLDWISE_TENSORFLOW is not set'];
  const { pin, reason } = choosePin(pins);
  if (!pin) return { library: undefined, looked: [...looked, reason] };

  const python = await pythonLibrary();
  looked.push(python.reason);
  if (python.library) return { library: python.library, looked };

  const library = await installedLibrary(pin);
  const folder = installedFolder(pin);
  const state = library ? 'is installed' : existsSync(folder) ? 'is incomplete' : 'is not installed';
  looked.push(`TensorFlow ${pin.version} ${state} in ${folder}`);
  return { library, looked };
}

async function chosenLibrary(folder: string): Promise<Library> {
  const files = libraryFiles(folder);
  if (!files) {
    const { cc, framework } = libraryFileNames();
    throw new Error(
      `FOLDWISE_TENSORFLOW is ${folder}, but ${cc} and ${framework} are not there. ` +
        'Set it to the folder that holds both (the folder of the Python package tensorflow), or unset it.',
    );
  }
  return { ...files, ...(await identifyLibrary(files.folder)), origin: 'env' };
}
