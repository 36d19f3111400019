/** Test support: writes a small but valid wheel with Python's own zipfile, which also writes the entries we must refuse. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryFileNames } from '../library-files.ts';
import type { LibraryPin } from '../library-pins.ts';

const WRITE = `
import json, sys, zipfile
path, entries = json.load(sys.stdin)
with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
    for name, content in entries.items():
        wheel.writestr(name, content)
`;

/** What a tiny stand-in for TensorFlow's wheel holds besides its metadata. */
export function tinyEntries(): Record<string, string> {
  const { cc, framework } = libraryFileNames();
  return {
    [`tensorflow/${cc}`]: 'the C API'.repeat(100_000),
    [`tensorflow/${framework}`]: 'the framework',
    'tensorflow/include/LICENSE': 'Apache',
    'tensorflow/THIRD_PARTY_NOTICES.txt': 'notices',
    'tensorflow/python/not_needed.so': 'not needed',
  };
}

/** Writes `<folder>/tiny_tensorflow-2.21.0-py3-none-any.whl` and returns its path and a pin for this machine. */
export function makeWheel(folder: string, entries = tinyEntries()): { path: string; pin: LibraryPin } {
  const [name, version] = ['tiny-tensorflow', '2.21.0'];
  const info = `tiny_tensorflow-${version}.dist-info`;
  const path = join(folder, `tiny_tensorflow-${version}-py3-none-any.whl`);
  const metadata = {
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  };
  execFileSync('python3', ['-c', WRITE], { input: JSON.stringify([path, { ...entries, ...metadata }]) });
  const content = readFileSync(path);
  const pin: LibraryPin = {
    name,
    version,
    pythonVersion: '3.12',
    sha256: [createHash('sha256').update(content).digest('hex')],
    bytes: content.length,
    platform: process.platform,
    arch: process.arch,
    variant: 'cpu',
  };
  return { path, pin };
}
