/** Asks a person on the terminal, on stderr; Ctrl-C there ends the command as it does elsewhere. */
import type { Question } from 'foldwise';
import { Interruption } from '../interruption.ts';

const questions: Record<Question['about'], string> = {
  id: 'Which column names the rows?',
  text: 'Which column holds the texts?',
  target: 'Which column is to be predicted?',
  task: 'What is asked for?',
  metric: 'By which metric is the competition scored?',
  encoding: 'In which encoding are the files?',
};

/**
 * Without choices, the answer is typed.
 *
 * @throws Interruption where the person leaves with Ctrl-C or Escape
 */
export async function ask({ about, why, choices }: Question): Promise<string> {
  const { isCancel, log, select, text } = await import('@clack/prompts');
  const output = process.stderr;
  log.info(why, { output });
  const message = `${questions[about]} (--${about})`;
  const answer =
    choices.length > 0
      ? await select({
          message,
          options: choices.map((value) => ({ value, label: value })),
          output,
          maxItems: 12,
        })
      : await text({
          message,
          output,
          validate: (typed) => (typed?.trim() ? undefined : 'An answer is needed.'),
        });
  if (isCancel(answer)) throw new Interruption('SIGINT');
  return answer.trim();
}
