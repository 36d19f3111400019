/** What an exported model tells of itself, in `model.json` under `userDefinedMetadata.foldwise`. */
import type { OutputTask } from '@foldwise/heads';

export interface ModelDescription {
  format: 1;
  /** The competition's. */
  title: string;
  task: OutputTask;
  /** The names of the target columns. */
  targets: string[];
  /** Multi-class and ordinal: the classes in the order of the outputs. */
  classes?: string[];
  /** The text columns: with a separator they are joined to one text, without one several are a pair; absent for one text. */
  texts?: { columns: string[]; separator?: string };
  /** Tokens of a text, or of a pair; longer ones are cut. */
  maxLength: number;
  /** The encoder's name on the hub, or its folder. */
  encoder: string;
  head: string;
  run: string;
  fold: number;
  /** How well the fold did on its held-out rows; null where the metric is not defined. */
  score: { metric: string; value: number | null };
}
