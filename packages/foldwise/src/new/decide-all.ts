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
import { asUse, UsageError } from '../usage-error.ts';

/** By the decision's name; columns with commas between. */
export type Answers = Partial<Record<Decision | 'group', string>>;

/** What the files do not tell for sure. */
export interface Question {
  about: Decision;
  /** What is not known, or what is likeliest. */
  why: string;
  /** Likeliest first; none where anything can be the answer. */
  choices: readonly string[];
}

export interface DecideOptions {
  answers: Answers;
  /** Answers what is not in `answers`; without it, such questions are errors, and what is likeliest is taken. */
  decide: ((question: Question) => Promise<string> | string) | undefined;
  signal: AbortSignal | undefined;
}

const roles = { train: 'train', test: 'test', sample: 'sample_submission' } as const;

/**
 * @param folder takes the files
 * @throws UsageError for what nobody can be asked
 */
export async function decideAll(
  files: Files,
  folder: string,
  { answers: given, decide, signal }: DecideOptions,
): Promise<{ taken: Record<keyof Files, Taken>; inferred: Inferred }> {
  const answers = { ...given };
  const settle = async <T>(work: () => Promise<T> | T): Promise<T> => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        const { option, choices, message } = error;
        if (!decide || answers[option] !== undefined)
          throw new UsageError(`${message}; ${flag(option, choices)}`);
        answers[option] = await decide({ about: option, why: message, choices });
      }
  };

  const taken = {} as Record<keyof Files, Taken>;
  for (const role of ['train', 'test', 'sample'] as const)
    taken[role] = await settle(() =>
      takeFile(files[role], folder, {
        name: roles[role],
        encoding: answers.encoding,
        signal,
      }),
    );
  const tables = { train: taken.train.table, test: taken.test.table, sample: taken.sample.table };
  const infer = (): Promise<Inferred> =>
    settle(() => {
      const inferred = inferCompetition(tables, columnsOf(answers, tables.train.header));
      checkMetric(inferred);
      return inferred;
    });
  let inferred = await infer();
  for (;;) {
    const unsure = inferred.findings.find(
      ({ what, others }) => others && answers[what as Decision] === undefined,
    );
    if (!decide || !unsure) return { taken, inferred };
    const { what, value, why, others } = unsure;
    answers[what as Decision] = await decide({
      about: what as Decision,
      why: `${value} is likeliest: ${why}`,
      choices: [value, ...others!],
    });
    inferred = await infer();
  }
}

function flag(option: Decision, choices: readonly string[]): string {
  const some = choices
    .slice(0, 8)
    .map((choice) => (/^[\w.-]+$/.test(choice) ? choice : JSON.stringify(choice)));
  return choices.length > 0 ? `give --${option}, such as ${some.join(', ')}` : `give --${option}`;
}

function columnsOf(answers: Answers, header: readonly string[]): Given {
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
  asUse(() => findMetric(metric, task), 'metric');
}
