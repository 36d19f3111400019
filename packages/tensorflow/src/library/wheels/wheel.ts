/** What identifies a Python wheel to download, and how its installation reports progress. */

/** One release of a Python package, pinned by version and by the hashes of the files that are acceptable. */
export interface Wheel {
  /** Name on the package index, such as `tensorflow-cpu`. */
  name: string;
  version: string;
  /** Hexadecimal SHA-256 of each acceptable file. */
  sha256: string[];
  /** The Python version that the wheel is for, such as `3.12`. The Python that runs pip may be another. */
  pythonVersion: string;
  /** pip platform tags, such as `manylinux_2_27_x86_64`. Left out: those of the machine. */
  platforms?: string[];
  /** Size of the file in bytes, so that progress has an end. */
  bytes?: number;
  /** Size in bytes of what is unpacked from it, so that a full disk is noticed before the download. */
  unpackedBytes?: number;
}

/** A step of an installation. */
export interface InstallProgress {
  /** `waiting`: another process is installing the same thing. */
  phase: 'waiting' | 'downloading' | 'verifying' | 'unpacking';
  /** For people, such as `tensorflow-cpu 2.21.0`. */
  what: string;
  /** Bytes done in this phase. */
  done: number;
  /** Bytes in this phase, if known. */
  total?: number;
}

/** Callbacks and cancellation that all steps of an installation take. */
export interface WheelOptions {
  onProgress?: (progress: InstallProgress) => void;
  signal?: AbortSignal;
}
