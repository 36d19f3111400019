/** Loads an exported model and its tokenizer, and predicts single texts, or pairs of them. */
import { inOrder } from '@foldwise/encoders'; // It registers the layers that model.json names, as the heads do.
import { taskOutput } from '@foldwise/heads';
import { tf } from '@foldwise/tensorflow';
import { Batches } from '@foldwise/tokens';
import type { ModelDescription } from '../model-description.ts';
import { loadTokenizer } from './load-tokenizer.ts';
import { useBackend, type Backend } from './use-backend.ts';

export interface LoadPredictorOptions {
  /** Address of the exported folder; by default the one that this script is in. */
  folder?: string | URL;
  /** Default: wasm. */
  backend?: Backend;
  /** The share of the weights that is here, from 0 to 1. */
  onProgress?: (fraction: number) => void;
}

export interface Output {
  /** Of the target column, or of the class. */
  name: string;
  /** A number for regression, a probability otherwise. */
  value: number;
}

export interface Prediction {
  outputs: Output[];
  /** Of the texts as the model read them, special tokens included. */
  tokens: number;
  /** Whether the texts were longer than the model reads. */
  cut: boolean;
  /** What it took, without the tokenizer. */
  milliseconds: number;
}

export interface Predictor {
  description: ModelDescription;
  /**
   * Predictions wait for each other.
   *
   * @param texts as many as `description.texts` has columns, in their order; else one
   * @throws for another number of texts, and where all are blank
   */
  predict: (...texts: string[]) => Promise<Prediction>;
  /** Computes on another backend from now on. @throws where the browser does not have it */
  use: (backend: Backend) => Promise<void>;
  dispose: () => void;
}

/** @throws where a file is missing, or the browser does not have the backend */
export async function loadPredictor({
  folder = new URL('.', import.meta.url),
  backend = 'wasm',
  onProgress,
}: LoadPredictorOptions = {}): Promise<Predictor> {
  const address = new URL(folder, location.href).href.replace(/\/?$/, '/');
  await useBackend(backend);
  const [tokenizer, model] = await Promise.all([
    loadTokenizer(address),
    tf.loadLayersModel(`${address}model.json`, { onProgress }),
  ]);
  const { foldwise } = model.getUserDefinedMetadata() as { foldwise: ModelDescription };
  const { task, targets, classes, maxLength } = foldwise;
  const names = classes ?? targets;
  const output = taskOutput(task, names.length);
  // Few lengths, as WebGL compiles some of its programs anew for each.
  const paddedLength = (tokens: number) => Math.min(maxLength, 8 * Math.ceil(tokens / 8));

  const { columns = ['text'], separator } = foldwise.texts ?? {};
  const encode = (texts: string[], maxLength: number) => {
    const given = separator === undefined ? texts : [texts.join(separator)];
    return tokenizer.encodeColumns(
      given.map((text) => [text]),
      { maxLength },
    )[0]!;
  };

  async function predict(texts: string[]): Promise<Prediction> {
    if (texts.length !== columns.length)
      throw new Error(
        `The model takes ${columns.length} texts (${columns.join(', ')}); got ${texts.length}.`,
      );
    if (texts.every((text) => text.trim() === ''))
      throw new Error(texts.length === 1 ? 'The text is blank.' : 'The texts are blank.');
    const longer = encode(texts, maxLength + 1);
    const cut = longer.ids.length > maxLength;
    const encoding = cut ? encode(texts, maxLength) : longer;
    const tokens = encoding.ids.length;
    const length = paddedLength(tokens);
    const start = performance.now();
    const result = tf.tidy(() => {
      const plan = { entries: Int32Array.of(0), size: 1, length };
      const { ids, mask, types } = new Batches([encoding], [plan], tokenizer.padId).at(0);
      const tensor = (values: ArrayLike<number>) =>
        tf.tensor2d(Int32Array.from(values), [1, length], 'int32');
      const inputs = inOrder(model, {
        input_ids: tensor(ids),
        attention_mask: tensor(mask),
        token_type_ids: tensor(types ?? new Uint8Array(length)),
      });
      return output.predict(model.apply(inputs) as tf.Tensor2D);
    });
    const values = await result.data();
    result.dispose();
    const milliseconds = performance.now() - start;
    const outputs = names.map((name, i) => ({ name, value: values[i]! }));
    return { outputs, tokens, cut, milliseconds };
  }

  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const next = last.then(run);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    description: foldwise,
    predict: (...texts) => inTurn(() => predict(texts)),
    use: (backend) => inTurn(() => useBackend(backend)),
    dispose: () => void model.dispose(),
  };
}
