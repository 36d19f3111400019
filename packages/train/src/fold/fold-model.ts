/** The model of a fold, and the compiled functions that train it and predict with it. */
import { takesPairs, type Competition, type HeadRecord, type Pipeline } from '@foldwise/data';
import type { FoldRows } from '@foldwise/folds';
import { loadEncoder } from '@foldwise/encoders';
import { findHead, taskOutput } from '@foldwise/heads';
import { allowTf32, fastestPrecision, type Precision, type tf } from '@foldwise/tensorflow';
import { predictor, type Predictor } from '../predict/predictor.ts';
import { disposeModel } from '../model/dispose-model.ts';
import { outputBias } from '../model/output-bias.ts';
import { saveTextModel } from '../model/save-text-model.ts';
import { targetScale, type TargetScale } from '../model/target-scale.ts';
import { textModel } from '../model/text-model.ts';
import { freezeLayers, groupSettings } from '../step/parameter-settings.ts';
import { trainStep, type TrainStep } from '../step/train-step.ts';

export interface FoldModel {
  model: tf.LayersModel;
  stepper: TrainStep;
  forward: Predictor;
  /** Of matrix products, as it is. */
  precision: Precision;
  /** Where targets are standardized. */
  scale: TargetScale | undefined;
  /** As the model learns them: [columns][train rows]. */
  targets: readonly Float64Array[];
  /** Writes the checkpoint. */
  save: (folder: string) => Promise<void>;
  /** Frees what trains and predicts; the model stays. */
  disposeFunctions: () => void;
  dispose: () => void;
}

export interface FoldModelOptions {
  pipeline: Pipeline;
  competition: Competition;
  rows: FoldRows;
  /** Folder of the encoder's checkpoint. */
  model: string;
}

/** @throws for an unknown head, or a damaged checkpoint; nothing is left in memory then */
export async function foldModel({
  pipeline,
  competition: { manifest, train, classes },
  rows,
  model: original,
}: FoldModelOptions): Promise<FoldModel> {
  const { training } = pipeline;
  const { task } = manifest;
  const head = findHead(pipeline.head);
  const output = taskOutput(task, classes?.length ?? train.targets.length);
  const scale = training.standardizeTargets ? targetScale(train.targets, rows.train) : undefined;
  const targets = scale?.standardize(train.targets) ?? train.targets;
  const bias = outputBias(task, targets, rows.train, output.outputs);
  const { text, separator, target } = manifest.columns;
  const record: HeadRecord = {
    head: pipeline.head,
    output: pipeline.output,
    task,
    targets: target,
    classes,
    texts: { columns: [text].flat(), separator },
    maxLength: training.maxLength,
  };
  const encoder = await loadEncoder(original, { dropout: training.dropout, types: takesPairs(record) });
  const parts: Parameters<typeof disposeModel>[0] = { encoder };
  try {
    const { weightDecay, clipNorm, seed } = training;
    const model = textModel({ encoder, head, settings: pipeline.output, output, seed, bias });
    parts.model = model;
    if (training.frozenLayers !== undefined) freezeLayers(model.weights, training.frozenLayers);
    const precision = training.precision === 'auto' ? fastestPrecision() : training.precision;
    allowTf32(precision === 'tf32');
    const parameter = groupSettings(training, encoder.config.numHiddenLayers);
    const stepper = trainStep({ model, output, weightDecay, clipNorm, parameter, seed, precision });
    const forward = predictor(model, output, precision);
    const disposeFunctions = () => {
      stepper.dispose();
      forward.dispose();
    };
    return {
      ...{ model, stepper, forward, precision, scale, targets, disposeFunctions },
      save: (folder) => saveTextModel(folder, { model, encoder, original, record }),
      dispose: () => disposeModel(parts),
    };
  } catch (error) {
    disposeModel(parts);
    throw error;
  }
}
