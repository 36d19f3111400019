/** `foldwise new`: makes a competition and its pipeline from the files that a competition gives. */
import { join } from 'node:path';
import type { NewCompetition, NewCompetitionOptions } from 'foldwise';
import { bold } from '../render/format.ts';
import { here } from '../render/here.ts';
import type { Arguments, Command } from './command.ts';

const text = { type: 'string', requiresArg: true } as const;

export const newCommand: Command = {
  name: 'new',
  describe: "make a pipeline from a competition's files, working out columns, task and metric",
  positionals: {
    name: { type: 'string', demandOption: true, describe: 'of the folders in data/ and pipelines/' },
  },
  options: {
    train: { ...text, describe: 'the labelled rows: CSV, TSV, JSON, JSON Lines or Parquet; .gz or .zip' },
    test: { ...text, describe: 'the rows to predict' },
    sample: { ...text, describe: 'the sample submission' },
    from: {
      ...text,
      alias: ['zip', 'folder'],
      describe: "Kaggle's zip or a folder, in which the three are found by name",
    },
    id: { ...text, describe: 'the column of the ids' },
    text: { ...text, describe: 'the column of the texts; several with commas between' },
    target: { ...text, describe: "train's column to predict; several with commas between" },
    group: { ...text, describe: 'a column whose equal rows stay in one fold' },
    task: {
      ...text,
      choices: ['regression', 'binary', 'multi-class', 'multi-label', 'ordinal'],
      describe: 'what is asked for',
    },
    metric: { ...text, describe: 'what the competition is scored by, such as rmse or roc-auc' },
    encoder: { ...text, describe: "a model's name on the hub, or its folder" },
    head: { ...text, describe: 'how tokens become one vector; foldwise heads lists all' },
    title: { ...text, describe: "the competition's" },
    encoding: { ...text, describe: 'of files that are not UTF-8, such as windows-1252' },
    yes: { type: 'boolean', default: false, describe: 'ask nothing' },
    force: { type: 'boolean', default: false, describe: 'write over what is there' },
  },
  examples: [
    ['new movies --from competition.zip', "from Kaggle's zip; asks what the files do not tell"],
    ['new movies --train a.csv --test b.csv --sample c.csv --metric rmse --yes', 'asks nothing'],
  ],
  async run(args, { listeners, progress }) {
    const { newCompetition } = await import('foldwise');
    const canAsk = !args['yes'] && !args['json'] && process.stdin.isTTY && process.stderr.isTTY;
    const made = await newCompetition({
      ...listeners,
      ...textsOf(args),
      name: String(args['name']),
      task: args['task'] as NewCompetitionOptions['task'],
      force: Boolean(args['force']),
      ...(canAsk && {
        decide: async (question) => {
          progress.stop();
          const { ask } = await import('../prompts/ask.ts');
          return ask(question);
        },
      }),
    });
    const { name, data, pipeline, competition, settings, findings, changes } = made;
    return {
      json: { name, data, pipeline, competition, settings, findings, changes },
      text: describe(made),
    };
  },
};

const texts = [
  ...(['train', 'test', 'sample', 'from', 'id', 'text', 'target', 'group'] as const),
  ...(['metric', 'encoding', 'encoder', 'head', 'title'] as const),
];

function textsOf(args: Arguments): Partial<Record<(typeof texts)[number], string>> {
  return Object.fromEntries(texts.map((name) => [name, args[name]]));
}

function describe({ name, data, pipeline, findings, changes, rows, notes }: NewCompetition): string {
  return [
    bold(`${name}: ${rows.train} train rows, ${rows.test} test rows`),
    ...changes,
    ...findings.map(({ what, value, why, others }) => {
      const or = others ? `; or ${others.join(', ')}: --${what}` : '';
      return `  ${what.padEnd(9)} ${value} (${why}${or})`;
    }),
    `Files: ${here(join(data, 'competition.json'))}, ${here(join(pipeline, 'pipeline.ts'))}; change there what is not as it should be`,
    ...notes,
    `Next: npx foldwise cv ${name}`,
  ].join('\n');
}
