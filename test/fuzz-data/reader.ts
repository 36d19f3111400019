/** Reads what it is sent, in a process of its own, which may hang or die; answers with the outcome. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listTables, loadCompetition, Problems, readTable, streamTable } from '@foldwise/data';

export interface Job {
  folder: string;
  /** A table in it; undefined means that the folder is a competition. */
  read?: string;
}

export type Outcome = 'table' | 'error' | { fault: string };

process.on('message', (job: Job) => void outcomeOf(job).then((outcome) => process.send!(outcome)));

async function outcomeOf(job: Job): Promise<Outcome> {
  const before = readdirSync(job.folder).join();
  const outcome = await readAll(job).then(
    () => 'table' as const,
    (error: unknown) => asOutcome(error, job.folder),
  );
  return readdirSync(job.folder).join() === before ? outcome : { fault: 'left a file behind' };
}

async function readAll({ folder, read }: Job): Promise<void> {
  if (read === undefined) {
    await loadCompetition(folder);
    return;
  }
  const path = join(folder, read);
  await listTables(path);
  const { header, lines, cells } = await readTable(path);
  if (
    header.some(
      (name) => cells(name).length !== lines.length || !cells(name).every((cell) => typeof cell === 'string'),
    )
  )
    throw new TypeError('a table that is none');
  const problems = new Problems(path);
  let rows = 0;
  for await (const block of streamTable(path, header.slice(-1), { problems })) rows += block.lines.length;
  if (rows !== lines.length) throw new TypeError(`${rows} rows streamed, ${lines.length} read`);
}

/** An error is named if it is one of ours, and each of its lines says which file is meant. */
function asOutcome(error: unknown, folder: string): Outcome {
  const { message, stack, constructor } = error as Error;
  const isOurs =
    constructor === Error &&
    message.split('\n').every((line) => line.startsWith(folder) || /^and \d+ more$/.test(line));
  return isOurs ? 'error' : { fault: String(stack) };
}
