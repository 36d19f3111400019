/**
 * Has a model of TensorFlow.js train, evaluate and predict by compiled functions: `fit`, `fitDataset`, `trainOnBatch`,
 * `evaluate` and `predict` stay what they are, with their callbacks, but each batch is one operation of TensorFlow
 * instead of hundreds.
 */
import { tf } from '../tf.ts';
import { compile, type CompileOptions, type CompiledFunction } from './compile.ts';

type OfBatch = CompiledFunction<tf.Tensor[], tf.Tensor[]>;
type PlainOfBatch = (data: tf.Tensor[]) => tf.Tensor[];

/** What a model keeps to itself; its prototype's methods are those of TensorFlow.js. */
interface Inner {
  outputs: tf.SymbolicTensor[];
  optimizer_: tf.Optimizer;
  lossFunctions: unknown;
  metricsTensors: unknown;
  collectedTrainableWeights: unknown;
  testFunction?: PlainOfBatch;
  makeTrainFunction: () => PlainOfBatch;
  makeTestFunction: () => void;
  predictLoop: (inputs: tf.Tensor | tf.Tensor[], batchSize?: number) => tf.Tensor | tf.Tensor[];
}

/**
 * Compiles a model's functions at their first batches, and anew after `model.compile`. On other backends than this
 * package's nothing changes. `dispose` frees them, and gives the model its own functions back.
 *
 * A custom loss or metric runs at the trace only, as all of a compiled function does (see `compile`).
 */
export function compileModel(
  model: tf.LayersModel,
  options: Omit<CompileOptions, 'name'> = {},
): { dispose: () => void } {
  if (!(model instanceof tf.Sequential)) return compileInner(model, options);
  // A sequential model has another one within that does the work, which it makes anew in each `build`.
  const sequential = model as unknown as { model?: tf.LayersModel; build?: tf.Sequential['build'] };
  let made = sequential.model && compileInner(sequential.model, options);
  sequential.build = (inputShape) => {
    made?.dispose();
    tf.Sequential.prototype.build.call(model, inputShape);
    made = compileInner(sequential.model!, options);
  };
  return {
    dispose: () => {
      made?.dispose();
      delete sequential.build;
    },
  };
}

function compileInner(model: tf.LayersModel, options: CompileOptions): { dispose: () => void } {
  const inner = model as unknown as Inner;
  const stock = tf.LayersModel.prototype as unknown as Inner;
  let compiledFor: unknown[] = [];
  let train: OfBatch | undefined;
  let test: OfBatch | undefined;

  const compiled = (name: string, plain: PlainOfBatch): OfBatch =>
    compile((...data: tf.Tensor[]) => plain(data), { ...options, name: `${model.name}, ${name}` });
  const predict = compiled('prediction', (inputs) =>
    [model.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.Tensor].flat(),
  );
  const forget = () => {
    train?.dispose();
    test?.dispose();
    train = test = undefined;
  };
  /** Forgets what was compiled before the last `model.compile`. */
  const refresh = () => {
    const { optimizer_, lossFunctions, metricsTensors, collectedTrainableWeights } = inner;
    const now = [optimizer_, lossFunctions, metricsTensors, collectedTrainableWeights];
    if (now.some((part, i) => part !== compiledFor[i])) forget();
    compiledFor = now;
  };

  inner.makeTrainFunction = () => {
    refresh();
    const step = (train ??= compiled('training', stock.makeTrainFunction.call(inner)));
    return (data) => step(...data);
  };
  inner.makeTestFunction = () => {
    refresh();
    stock.makeTestFunction.call(inner);
    const step = (test ??= compiled('evaluation', inner.testFunction!));
    inner.testFunction = (data) => step(...data);
  };
  inner.predictLoop = (inputs, batchSize = 32) =>
    tf.tidy(() => {
      const all = [inputs].flat();
      const rows = all[0]!.shape[0];
      const batches = Array.from({ length: Math.ceil(rows / batchSize) }, (_, i) =>
        predict(...all.map((x) => x.slice([i * batchSize], [Math.min(batchSize, rows - i * batchSize)]))),
      );
      const outputs = inner.outputs.map((_, i) => tf.concat(batches.map((outputs) => outputs[i]!)));
      return outputs.length === 1 ? outputs[0]! : outputs;
    });

  return {
    dispose: () => {
      forget();
      predict.dispose();
      const own: Partial<Inner> = inner;
      delete own.makeTrainFunction;
      delete own.makeTestFunction;
      delete own.predictLoop;
      delete own.testFunction;
    },
  };
}
