/** The README.md of a folder that was exported for Kaggle: how to try it, and how to upload it. */
import type { KaggleDescription } from './kaggle-description.ts';
import { placeholders, type KaggleMetadata } from './kaggle-metadata.ts';

export function kaggleReadme(about: KaggleDescription, { dataset, kernel }: KaggleMetadata): string {
  const text = JSON.stringify([dataset, kernel]);
  const missing = Object.values(placeholders).filter((placeholder) => text.includes(placeholder));
  const fill =
    missing.length === 0
      ? ''
      : `
Put yours in the place of ${missing.map((name) => `\`${name}\``).join(' and ')} in \`dataset/dataset-metadata.json\` and
\`notebook/kernel-metadata.json\` first.
`;
  const models = about.runs.reduce((count, { folds }) => count + folds.length, 0);
  return `# ${about.title}: ${about.name}, for Kaggle

${models === 1 ? 'One model' : `${models} models`} of ${about.runs.map(({ name }) => name).join(', ')}, and a notebook that predicts
with TensorFlow, without a network.

Try it here, with the competition's files in DATA:

    python notebook/predict.py --data DATA --output submission.csv

\`--device\` says where it computes ("CPU:0", "GPU:0"). It needs tensorflow, tokenizers, safetensors, pandas and numpy.

Upload it:
${fill}
    kaggle datasets create -p dataset --dir-mode zip
    kaggle kernels push -p notebook

and once the notebook has run on Kaggle, submit its output there. A later version of the models goes up with
\`kaggle datasets version -p dataset --dir-mode zip -m MESSAGE\`. The data set's licence is "other": say in its
description what holds for your encoder's weights.

| file                           | what it is                                                               |
| ------------------------------ | ------------------------------------------------------------------------ |
| dataset/foldwise.json          | which models, how they are blended, what becomes of their predictions    |
| dataset/*/graph-*.pb           | a model as TensorFlow graphs, one for each length that texts are padded to |
| dataset/*/weights.safetensors  | what the graphs share, by the names of their placeholders                |
| dataset/*/model.json           | what to feed the graphs, with tokenizer.json                             |
| notebook/predict.ipynb, .py    | the same code as a notebook and as a script                              |
`;
}
