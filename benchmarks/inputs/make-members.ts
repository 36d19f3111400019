/** Writes members' predictions to blend, the same each time: of as many kinds as there are seeds, unlike and alike. */
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';

/**
 * Float64 numbers one after the other: the truth, then each member. A member is the truth with an error of its own, one
 * that it shares with every seventh, and one that all share.
 *
 * @param path is left alone if it is there
 */
export async function makeMembers(path: string, members: number, rows: number): Promise<void> {
  if (existsSync(path)) return;
  let state = 1;
  const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const noise = (): Float64Array =>
    Float64Array.from({ length: rows }, () => (uniform() + uniform() + uniform() - 1.5) * 2);
  const truth = noise();
  const ofAll = noise();
  const ofSome = Array.from({ length: 7 }, noise);
  const columns = [truth];
  for (let member = 0; member < members; member++) {
    const own = noise();
    const skill = 0.4 + uniform();
    const kind = ofSome[member % 7]!;
    columns.push(truth.map((y, row) => y + skill * own[row]! + 0.4 * kind[row]! + 0.3 * ofAll[row]!));
  }
  const all = new Float64Array(columns.length * rows);
  columns.forEach((column, c) => all.set(column, c * rows));
  await writeFile(`${path}.part`, all);
  await rename(`${path}.part`, path);
}
