/** Looks for a libtensorflow in the places where one may be, without installing anything. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { choosePin } from './choose-pin.ts';
import { identifyLibrary } from './identify-library.ts';
import { installedFolder, installedLibrary } from './installed-library.ts';
import type { Library } from './library.ts';
import { libraryFileNames, libraryFiles } from './library-files.ts';
import { type LibraryPin, libraryPins } from './library-pins.ts';
import { nvidiaDriver } from './nvidia-driver.ts';
import { namedPython, pythonLibrary } from './python-library.ts';

/** What was found, and one line for each place that was looked at. */
export interface FoundLibrary {
  library: Library | undefined;
  looked: string[];
}

/**
 * The first libtensorflow of: the folder `FOLDWISE_TENSORFLOW`; the TensorFlow of the Python that is named or whose
 * environment is active; the cache folder; the TensorFlow of `python3`. To ask Python takes a fifth of a second, so
 * `python3` is asked before the cache only where its TensorFlow may be one for the GPU that is there. Loads nothing and
 * needs no network.
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

  const installed = async () => {
    const library = await installedLibrary(pin);
    const folder = installedFolder(pin);
    const state = library ? 'is installed' : existsSync(folder) ? 'is incomplete' : 'is not installed';
    return { library, reason: `TensorFlow ${pin.version} ${state} in ${folder}` };
  };
  const pythonFirst = namedPython() !== undefined || nvidiaDriver() !== undefined;
  for (const look of pythonFirst ? [pythonLibrary, installed] : [installed, pythonLibrary]) {
    const { library, reason } = await look();
    looked.push(reason);
    if (library) return { library, looked };
  }
  return { library: undefined, looked };
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
