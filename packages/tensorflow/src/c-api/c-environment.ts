/**
 * Environment variables as C libraries read them. In a worker thread `process.env` is a copy, which they never see; in
 * the main thread, and on Windows, it is the environment itself.
 */
import koffi from 'koffi';

const c = process.platform === 'win32' ? undefined : koffi.load(null);
const setenv = c?.func('int setenv(const char *, const char *, int)');
const unsetenv = c?.func('int unsetenv(const char *)');
const getenv = c?.func('const char *getenv(const char *)');

/** The value that C libraries of this process get. */
export function readEnvironment(name: string): string | undefined {
  if (!getenv) return process.env[name];
  return (getenv(name) as string | null) ?? undefined;
}

/** Sets it for them, in all threads; undefined takes it away. */
export function writeEnvironment(name: string, value: string | undefined): void {
  if (!setenv || !unsetenv) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  } else if (value === undefined) unsetenv(name);
  else setenv(name, value, 1);
}
