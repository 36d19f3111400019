/**
 * The TensorFlow releases that Foldwise installs, one for each platform: the CPU builds, whose `libtensorflow_cc` exports
 * the C API. Windows has none: its wheel keeps the C API in a DLL that needs `python312.dll`. A CUDA build is used
 * where the user has installed one; the pins leave room for it.
 */
import type { Wheel } from './wheels/wheel.ts';

/** A TensorFlow wheel for one platform. */
export interface LibraryPin extends Wheel {
  platform: NodeJS.Platform;
  arch: NodeJS.Architecture;
  variant: 'cpu' | 'cuda';
}

const RELEASE = { version: '2.21.0', pythonVersion: '3.12', variant: 'cpu' } as const;

/** Hashes and sizes as published on the Python package index. */
export const libraryPins: readonly LibraryPin[] = [
  {
    ...RELEASE,
    platform: 'linux',
    arch: 'x64',
    name: 'tensorflow-cpu',
    platforms: ['manylinux_2_27_x86_64'],
    sha256: ['dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb'],
    bytes: 274_000_871,
    unpackedBytes: 853_800_000,
  },
  {
    ...RELEASE,
    platform: 'linux',
    arch: 'arm64',
    name: 'tensorflow',
    platforms: ['manylinux_2_27_aarch64'],
    sha256: ['b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552'],
    bytes: 281_946_471,
    unpackedBytes: 883_600_000,
  },
  {
    ...RELEASE,
    platform: 'darwin',
    arch: 'arm64',
    name: 'tensorflow',
    platforms: ['macosx_12_0_arm64'],
    sha256: ['56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712'],
    bytes: 223_488_205,
    unpackedBytes: 741_300_000,
  },
];
