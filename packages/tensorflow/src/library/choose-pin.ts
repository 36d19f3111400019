/** Chooses the TensorFlow release for this machine, or says why there is none. */
import { type LibraryPin, libraryPins } from './library-pins.ts';

/** The parts of a machine that decide which library runs on it. */
export interface Host {
  platform: NodeJS.Platform;
  arch: string;
  /** Version of the GNU C library, such as `2.36`; undefined where Node runs on another one (musl). */
  glibc: string | undefined;
}

/** The oldest GNU C library for which TensorFlow's wheels are built (`manylinux_2_27`). */
const OLDEST_GLIBC = 27;

/** The pin for a machine, or the reason for which it has none. */
export function choosePin(
  pins: readonly LibraryPin[] = libraryPins,
  host: Host = thisHost(),
): { pin: LibraryPin; reason?: never } | { pin?: never; reason: string } {
  const { platform, arch, glibc } = host;
  const pin = pins.find((candidate) => candidate.platform === platform && candidate.arch === arch);
  if (platform === 'linux' && pin) {
    const [major = 0, minor = 0] = (glibc ?? '').split('.').map(Number);
    if (major < 2 || (major === 2 && minor < OLDEST_GLIBC)) {
      return none(
        `TensorFlow needs the GNU C library 2.${OLDEST_GLIBC} or newer, and this system has ${glibc ?? 'another C library'}`,
      );
    }
  }
  if (pin) return { pin };
  if (platform === 'win32') {
    return none('TensorFlow for Windows needs Python to load. For native speed, run Foldwise inside WSL 2');
  }
  return none(`TensorFlow publishes no library for ${platform}-${arch}`);
}

function none(why: string): { reason: string } {
  return {
    reason: `${why}. The portable engine (WebAssembly) is used here: it works, but is many times slower.`,
  };
}

function thisHost(): Host {
  const { platform, arch } = process;
  return { platform, arch, glibc: platform === 'linux' ? glibcVersion() : undefined };
}

function glibcVersion(): string | undefined {
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean };
  const before = report.excludeNetwork;
  report.excludeNetwork = true; // Names of open connections take time.
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  report.excludeNetwork = before;
  return header.glibcVersionRuntime;
}
