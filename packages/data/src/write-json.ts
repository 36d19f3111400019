/** Writes a JSON file for people and machines, atomically. */
import writeFileAtomic from 'write-file-atomic';

/** Numbers that are not finite, such as a metric that is not defined, become null. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, JSON.stringify(value, null, 2) + '\n');
}
