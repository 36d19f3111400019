/** Finds the TensorFlow that the user has installed in Python, without importing it (which takes seconds). */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { identifyLibrary } from './identify-library.ts';
import type { Library } from './library.ts';
import { libraryFiles } from './library-files.ts';

const run = promisify(execFile);

/** The releases whose C API Foldwise is tested with. */
const SUPPORTED = /^2\.21\./;

/** A Python that takes longer than this (a cold network disk) is not worth waiting for. */
const TIMEOUT_MS = 1000;

/** A folder `tensorflow` in the working directory is not the package, so that is not searched. */
const ASK = `
import importlib.util, sys
sys.path = [folder for folder in sys.path if folder]
spec = importlib.util.find_spec("tensorflow")
if spec and spec.origin:
    print(spec.submodule_search_locations[0])
`;

/**
 * The library of the active Python's TensorFlow: that of `FOLDWISE_PYTHON`, else of the active virtual or conda
 * environment, else of `python3`. Without one of a supported version, the reason says what was there instead.
 */
export async function pythonLibrary(): Promise<{ library?: Library; reason: string }> {
  const python = namedPython() ?? 'python3';
  const says = `the active Python (${python})`;
  let folder: string;
  try {
    folder = (await run(python, ['-c', ASK], { timeout: TIMEOUT_MS, windowsHide: true })).stdout.trim();
  } catch (error) {
    const { killed, code } = error as { killed?: boolean; code?: unknown };
    if (killed) return { reason: `${says} did not answer within ${TIMEOUT_MS / 1000} s` };
    return { reason: `${says} ${code === 'ENOENT' ? 'is not there' : 'does not work'}` };
  }
  if (!folder) return { reason: `${says} has no TensorFlow` };
  const files = libraryFiles(folder);
  if (!files) return { reason: `${says} has TensorFlow in ${folder}, but no libtensorflow_cc` };
  const { version, variant } = await identifyLibrary(folder);
  if (!version || !SUPPORTED.test(version)) {
    return {
      reason: `${says} has TensorFlow ${version ?? 'of an unknown version'}; Foldwise works with 2.21`,
    };
  }
  return {
    library: { ...files, version, variant, origin: 'python' },
    reason: `${says} has TensorFlow ${version}`,
  };
}

/** The Python of `FOLDWISE_PYTHON`, else of the active virtual or conda environment. */
export function namedPython(): string | undefined {
  const { FOLDWISE_PYTHON, VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  if (FOLDWISE_PYTHON) return FOLDWISE_PYTHON;
  const environment = VIRTUAL_ENV || CONDA_PREFIX;
  return environment ? join(environment, 'bin', 'python') : undefined;
}
