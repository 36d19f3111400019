/** What `foldwise doctor` tells about libtensorflow. */
import { statSync } from 'node:fs';
import { cacheFolder } from './cache-folder.ts';
import { choosePin } from './choose-pin.ts';
import { findLibrary, type FoundLibrary } from './find-library.ts';
import { findPip } from './wheels/find-pip.ts';
import { installedFolder } from './installed-library.ts';
import type { Library } from './library.ts';
import { type LibraryPin, libraryPins } from './library-pins.ts';
import { nvidiaDriver } from './nvidia-driver.ts';

/** Plain data, ready for printing or JSON. */
export interface LibraryReport {
  /** Such as `linux-x64`. */
  platform: string;
  cacheFolder: string;
  /** The library that will be used, with its size on disk in bytes. */
  library: (Library & { bytes: number }) | undefined;
  /** One line for each place that was looked at, in order. */
  looked: string[];
  /** What `pip --version` says; looked for only where the library must be installed. */
  pip: string | undefined;
  nvidiaDriver: string | undefined;
  /** One sentence for each thing that is missing or could be better, saying what to do. */
  advice: string[];
}

/** Looks for libtensorflow and what its installation needs; installs and loads nothing, and never throws. */
export async function libraryReport({
  pins = libraryPins,
}: { pins?: readonly LibraryPin[] } = {}): Promise<LibraryReport> {
  const advice: string[] = [];
  let found: FoundLibrary = { library: undefined, looked: [] };
  let pip: string | undefined;
  try {
    found = await findLibrary({ pins });
    const { pin, reason } = choosePin(pins);
    if (!found.library && !pin) advice.push(reason);
    if (!found.library && pin) {
      pip = (await findPip()).version;
      const size = pin.bytes ? ` (${Math.round(pin.bytes / 1e6)} MB)` : '';
      advice.push(`The first run downloads TensorFlow ${pin.version}${size} into ${installedFolder(pin)}.`);
    }
  } catch (error) {
    advice.push((error as Error).message);
  }
  const { library, looked } = found;
  const driver = nvidiaDriver();
  if (driver && library?.variant === 'cpu') {
    advice.push(
      `An NVIDIA driver is here, but this TensorFlow is built for the CPU. For the GPU, run ` +
        "`python3 -m pip install 'tensorflow[and-cuda]==2.21.0'` in the active Python environment.",
    );
  }
  return {
    platform: `${process.platform}-${process.arch}`,
    cacheFolder: cacheFolder(),
    library: library && { ...library, bytes: statSync(library.cc).size + statSync(library.framework).size },
    looked,
    pip,
    nvidiaDriver: driver,
    advice,
  };
}
