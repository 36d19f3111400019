/** Reads the files and works out what they are; asks a person what they do not tell, or says which option does. */
import {
  inferCompetition,
  takeFile,
  Undecided,
  type Decision,
  type Files,
  type Given,
  type Inferred,
  type Taken,
} from '@foldwise/data';
import { findMetric } from '@foldwise/metrics';
import type { Arguments, Context } from '../commands/command.ts';
import { UsageError } from '../usage-error.ts';

type Answers = Partial<Record<Decision | 'group', string>>;

const roles = { train: 'train', test: 'test', sample: 'sample_submission' } as const;

/**
 * @param folder takes the files
 * @throws UsageError for what nobody can be asked; Interruption where a person leaves the question
 */
export async function decideAll(
  files: Files,
  folder: string,
  { args, context }: { args: Arguments; context: Context },
): Promise<{ taken: Record<keyof Files, Taken>; inferred: Inferred }> {
  const answers: Answers = Object.fromEntries(
    ['id', 'text', 'target', 'group', 'task', 'metric', 'encoding'].flatMap((option) =>
      args[option] === undefined ? [] : [[option, String(args[option])]],
    ),
  );
  const canAsk = !args['yes'] && !args['json'] && process.stdin.isTTY && process.stderr.isTTY;
  const settle = async <T>(work: () => Promise<T> | T): Promise<T> => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        const { option, choices, message } = error;
        if (!canAsk || answers[option] !== undefined)
          throw new UsageError(`${message}; ${flag(option, choices)}`);
        context.progress.stop();
        const { ask } = await import('./ask.ts');
        answers[option] = await ask(option, message, choices);
      }
  };

  const taken = {} as Record<keyof Files, Taken>;
  for (const role of ['train', 'test', 'sample'] as const)
    taken[role] = await settle(() =>
      takeFile(files[role], folder, {
        name: roles[role],
        encoding: answers.encoding,
        signal: context.signal,
      }),
    );
  const tables = { train: taken.train.table, test: taken.test.table, sample: taken.sample.table };
  const infer = (): Promise<Inferred> =>
    settle(() => {
      const inferred = inferCompetition(tables, given(answers, tables.train.header));
      checkMetric(inferred);
      return inferred;
    });
  let inferred = await infer();
  for (;;) {
    const unsure = inferred.findings.find(
      ({ what, others }) => others && answers[what as Decision] === undefined,
    );
    if (!canAsk || !unsure) return { taken, inferred };
    context.progress.stop();
    const { ask } = await import('./ask.ts');
    const { what, value, why, others } = unsure;
    answers[what as Decision] = await ask(what as Decision, `${value} is likeliest: ${why}`, [
      value,
      ...others!,
    ]);
    inferred = await infer();
  }
}

function flag(option: Decision, choices: readonly string[]): string {
  const some = choices
    .slice(0, 8)
    .map((choice) => (/^[\w.-]+$/.test(choice) ? choice : JSON.stringify(choice)));
  return choices.length > 0 ? `give --${option}, such as ${some.join(', ')}` : `give --${option}`;
}

function given(answers: Answers, header: readonly string[]): Given {
  const { id, text, target, group, task, metric } = answers;
  const columns = (list: string | undefined): string[] | undefined =>
    list === undefined
      ? undefined
      : header.includes(list)
        ? [list]
        : list.split(',').map((name) => name.trim());
  return { id, text: columns(text), target: columns(target), group, task: task as Given['task'], metric };
}

/** @throws UsageError for a metric that there is not, or not for the task */
function checkMetric({ manifest: { metric, task } }: Inferred): void {
  try {
    findMetric(metric, task);
  } catch (error) {
    throw new UsageError(`--metric: ${(error as Error).message}`, { cause: error });
  }
}
