/** Settings of a pipeline that depend on the data: how long texts are, how many rows there are, what targets are, and how rows are split. */
import type { PipelineConfig } from '../pipeline/parse-pipeline.ts';
import type { Task } from '../competition/manifest.ts';
import { cellsOf, type Finding, type Profiles, type Tables } from './tables.ts';

type FoldKind = NonNullable<NonNullable<PipelineConfig['folds']>['kind']>;

export interface Chosen {
  settings: Pick<PipelineConfig, 'folds' | 'training' | 'postProcessing'>;
  findings: Finding[];
}

/** Texts by which lengths are judged. */
const LOOKED_AT = 5000;
/** Time and memory grow with it; encoders like BERT end at 512. */
const LONGEST = 256;

const CLIPPED: Finding = {
  what: 'rmsle',
  value: 'keep last, postProcessing clip',
  why: 'predictions of -1 or less have none: they are clipped when all folds are done, and until then no epoch is chosen by its score; training on log(1 + target), scored by rmse, suits this metric better',
};

export function chooseSettings(
  { train }: Tables,
  {
    text,
    target,
    task,
    metric,
    group,
    profiles,
  }: {
    text: readonly string[];
    target: readonly string[];
    task: Task;
    metric: string;
    group: string | undefined;
    profiles: Profiles;
  },
): Chosen {
  const rows = train.lines.length;
  const columns = text.map((name) => cellsOf(train, name));
  const step = Math.max(1, Math.floor(rows / LOOKED_AT));
  const lengths = Array.from({ length: Math.ceil(rows / step) }, (_, i) =>
    columns.reduce((sum, cells) => sum + 1 + estimateTokens(cells[i * step]!), 1),
  ).sort((a, b) => a - b);
  const most = lengths[Math.floor(lengths.length * 0.95)]!;
  const maxLength = Math.min(LONGEST, Math.max(32, Math.ceil(most / 16) * 16));
  const cut = lengths.filter((length) => length > maxLength).length / lengths.length;

  const [epochs, batch] =
    rows < 500
      ? [10, 8]
      : rows < 2000
        ? [5, 16]
        : rows < 50_000
          ? [3, 32]
          : rows < 200_000
            ? [2, 32]
            : [1, 32];
  const apart = group === undefined ? Math.floor(rows / 2) : profiles.get(group)!.distinct;
  const k = Math.max(2, Math.min(5, apart));
  const [kind, why] = chooseFolds(task, target.length, group);
  const isRegression = task === 'regression';
  const isLogarithmic = metric === 'rmsle';
  return {
    settings: {
      folds: { kind, k },
      training: {
        epochs,
        batch,
        maxLength,
        ...(isRegression && { standardizeTargets: true }),
        // Where no epoch's score can be relied on, none can be chosen by it.
        ...(isLogarithmic && { keep: 'last' }),
      },
      ...(isLogarithmic && { postProcessing: 'clip' }),
    },
    findings: [
      { what: 'folds', value: `${k}, ${kind}`, why },
      {
        what: 'training',
        value: `${epochs} epoch${epochs === 1 ? '' : 's'}, batch ${batch}, maxLength ${maxLength}${isRegression ? ', standardizeTargets' : ''}`,
        why: `${rows} rows; 95 % of the texts have about ${most} tokens or fewer${most > maxLength ? `, ${Math.round(cut * 100)} % are cut, as longer ones take long to train on` : ''}${isRegression ? '; numbers of any scale are learnt as of mean 0 and standard deviation 1' : ''}`,
      },
      ...(isLogarithmic ? [CLIPPED] : []),
    ],
  };
}

function chooseFolds(task: Task, targets: number, group: string | undefined): [FoldKind, string] {
  // Several numbers have no common order.
  if (task === 'regression' && targets > 1)
    return group === undefined
      ? ['k-fold', 'several numbers have no common order to stratify by']
      : ['group', `by ${group}; several numbers have no common order to stratify by`];
  const like =
    task === 'regression' ? 'low and high numbers' : task === 'multi-label' ? 'each label' : 'each class';
  if (group !== undefined)
    return ['stratified-group', `by ${group}, with about the same share of ${like} in each`];
  return [task === 'multi-label' ? 'multi-label' : 'stratified', `the same share of ${like} in each`];
}

/** WordPiece takes each punctuation mark, Chinese character or Japanese kana for a token, and splits long words. */
function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECE)) tokens += piece.length <= 7 ? 1 : Math.ceil(piece.length / 6);
  return tokens;
}

const PIECE = /[\p{Script=Han}\p{Script=Hiragana}]|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;
