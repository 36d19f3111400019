/** Finds a pip to run, and runs it such that it never outlives this process. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs pip inside Python, and ends it when standard input closes. That happens however this process ends, SIGKILL
 * included; an orphaned pip would otherwise go on downloading into a folder that the next installer is clearing.
 */
const RUN_PIP = `
import os, runpy, sys, threading
def end_with_parent():
    os.read(0, 1)
    os._exit(1)
threading.Thread(target=end_with_parent, daemon=True).start()
sys.path = [folder for folder in sys.path if folder]
runpy.run_module("pip", run_name="__main__", alter_sys=True)
`;

/** How to start pip: its own arguments go after `args`. */
export interface Pip {
  command: string;
  args: string[];
  /** What `pip --version` prints. */
  version: string;
}

/**
 * The first pip that answers of `python3`, `python`, `pip3`, `pip` and `py -3`; only that of `FOLDWISE_PYTHON` if set.
 *
 * @throws Error that says whether Python or only its pip is missing, and how to get it.
 */
export async function findPip(): Promise<Pip> {
  const chosen = process.env['FOLDWISE_PYTHON'];
  const candidates: { command: string; args: string[] }[] = chosen
    ? [{ command: chosen, args: ['-c', RUN_PIP] }]
    : [
        { command: 'python3', args: ['-c', RUN_PIP] },
        { command: 'python', args: ['-c', RUN_PIP] },
        { command: 'pip3', args: [] },
        { command: 'pip', args: [] },
        { command: 'py', args: ['-3', '-c', RUN_PIP] },
      ];
  let withoutPip: string | undefined;
  for (const { command, args } of candidates) {
    try {
      const { stdout } = await run(command, [...args, '--version'], { timeout: 60_000, windowsHide: true });
      return { command, args, version: stdout.trim() };
    } catch (error) {
      if (/No module named '?pip/.test(String((error as { stderr?: string }).stderr))) withoutPip ??= command;
    }
  }
  if (withoutPip) {
    throw new Error(
      `${withoutPip} has no pip, which does the download. Run \`${withoutPip} -m ensurepip\` ` +
        '(on Debian and Ubuntu: `sudo apt install python3-pip`), or set FOLDWISE_PYTHON to a Python that has pip.',
    );
  }
  throw new Error(
    chosen
      ? `FOLDWISE_PYTHON is ${chosen}, but that does not run. Set it to the path of a Python 3 with pip, or unset it.`
      : 'Found no Python (tried python3, python, pip3, pip and py), whose pip does the download. ' +
          'Install Python 3 from https://www.python.org/downloads, or set FOLDWISE_PYTHON to the path of one.',
  );
}
