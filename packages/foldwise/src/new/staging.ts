/** Folders that are filled under temporary names and renamed together, so that a stop at any time leaves nothing. */
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export class Staging {
  private readonly folders: { temporary: string; final: string; parent: string }[] = [];
  private readonly onExit = (): void => this.removeAll();

  constructor() {
    // Also where a second Ctrl-C ends the process at once.
    process.on('exit', this.onExit);
  }

  /** @returns an empty folder beside `parent/name`, which it will become */
  async folder(parent: string, name: string): Promise<string> {
    await mkdir(parent, { recursive: true });
    const temporary = await mkdtemp(join(parent, `.new-${name}-`));
    this.folders.push({ temporary, final: join(parent, name), parent });
    return temporary;
  }

  /**
   * Gives all folders their names; where that fails for one, those that were new are removed again.
   *
   * @param force puts the files into a folder that is there, over those of the same names, and leaves its others
   * @throws Error for a file that is there, unless forced
   */
  async publish(force: boolean): Promise<void> {
    for (const { temporary, final } of this.folders) {
      if (force || !existsSync(final)) continue;
      const taken = (await readdir(temporary)).find((file) => existsSync(join(final, file)));
      if (taken !== undefined)
        throw new Error(`${join(final, taken)} is there already; move it, or write over it with --force`);
    }
    const made: string[] = [];
    try {
      for (const { temporary, final } of this.folders) {
        if (existsSync(final)) {
          for (const file of await readdir(temporary)) await rename(join(temporary, file), join(final, file));
          continue;
        }
        await rename(temporary, final);
        made.push(final);
      }
    } catch (error) {
      for (const folder of made) await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Removes what was not published. */
  dispose(): void {
    process.off('exit', this.onExit);
    this.removeAll();
  }

  private removeAll(): void {
    for (const { temporary } of this.folders) rmSync(temporary, { recursive: true, force: true });
  }
}
