/** The shared libraries' file names, and where they are in a folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** File names of the two shared libraries on a platform. */
export function libraryFileNames(platform: NodeJS.Platform = process.platform) {
  const suffix = platform === 'darwin' ? '2.dylib' : 'so.2';
  return { cc: `libtensorflow_cc.${suffix}`, framework: `libtensorflow_framework.${suffix}` };
}

/** Both libraries if they are in `folder` or, where that is `site-packages`, in its `tensorflow`; else undefined. */
export function libraryFiles(folder: string): { folder: string; cc: string; framework: string } | undefined {
  const names = libraryFileNames();
  for (const place of [folder, join(folder, 'tensorflow')]) {
    const [cc, framework] = [join(place, names.cc), join(place, names.framework)];
    if (existsSync(cc) && existsSync(framework)) return { folder: place, cc, framework };
  }
  return undefined;
}
