/** `foldwise new`: makes a competition and its pipeline from the files that a competition gives. */
import type { Command } from './command.ts';

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
  async run(args, context) {
    const { createCompetition } = await import('../new/create-competition.ts');
    return createCompetition(args, context);
  },
};
