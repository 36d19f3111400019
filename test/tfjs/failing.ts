/**
 * The specs of TensorFlow.js's suites that fail on this engine though they pass on the plain backend, by parts of their
 * full names, with the reason of each part. A run fails if another spec does, or if one of these passes.
 */
import type { SuiteReport } from './run-suite.ts';
import type { Suite } from './suites.ts';

type Reasons = Readonly<Record<string, string>>;

const otherWords = 'TensorFlow refuses it as well; its message begins with the name of the operation';
const plainLeniency =
  'the inputs make no sense, which the plain backend does not look at; TensorFlow refuses them';
const ordersTexts = 'TensorFlow compares texts for equality only';
const addsList =
  'its decoder adds a list of one tensor, for which the plain backend takes NaN; here there is no such tensor';
const nan = 'TensorFlow gives NaN for NaN';

/** Those that fail eagerly, and compiled as well. */
const failing: Readonly<Record<Suite, Reasons>> = {
  'tfjs-core': {
    'avgPool test-tensorflow {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit':
      'the gradient divides by the values in each window, as the mean does; the plain backend divides by nine',
    'avgPool3d test-tensorflow {} x=[1,1,1,1,1] f=[1,1,3] s=1 p=valid': plainLeniency,
    'conv2dTranspose test-tensorflow {} input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4':
      plainLeniency,
    'einsum test-tensorflow {} 2d matrix calculate trace': 'TensorFlow takes an axis twice',
    'greater test-tensorflow {} should support string comparison': ordersTexts,
    'greaterEqual test-tensorflow {} should support string comparison': ordersTexts,
    'less test-tensorflow {} should support string comparison': ordersTexts,
    'lessEqual test-tensorflow {} should support string comparison': ordersTexts,
    'maxPoolWithArgmax test-tensorflow {} [x=[1,3,3,1] f=[2,2] s=1 ignores NaNs': nan,
    'pool test-tensorflow {} max x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding':
      'windows lie in the padding; the plain backend gives its input back where that has the shape of the result',
    'pool test-tensorflow {} avg x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding':
      'windows lie in the padding; the plain backend gives its input back where that has the shape of the result',
    'raggedGather  test-tensorflow {} OutOfBounds': otherWords,
    'raggedGather  test-tensorflow {} InvalidSplits': otherWords,
    'raggedGather  test-tensorflow {} BadValuesShape': otherWords,
    'raggedRange  test-tensorflow {} RangeSizeOverflow': otherWords,
    'raggedRange  test-tensorflow {} InvalidArgs': otherWords,
    'sign test-tensorflow {} basic': nan,
    'sign test-tensorflow {} does not propagate NaNs': nan,
    'sign test-tensorflow {} accepts a tensor-like object': nan,
    'sparseFillEmptyRows test-tensorflow {} throw error if negative row': otherWords,
    'sparseFillEmptyRows test-tensorflow {} throw error if row exceeds': otherWords,
    'sparseReshape test-tensorflow {} throw error if negative output dim': otherWords,
    'sparseSegmentMean test-tensorflow {} throw error if segment id': otherWords,
    'sparseSegmentSum test-tensorflow {} segments invalid 2': otherWords,
    'sparseSegmentSum test-tensorflow {} segments invalid 3': otherWords,
    'sparseSegmentSum test-tensorflow {} segments invalid 4': otherWords,
    'sparseSegmentSum test-tensorflow {} segments invalid 6': otherWords,
    'sparseSegmentSum test-tensorflow {} segments invalid 7': otherWords,
    'tan test-tensorflow {} numbers exceed float32 precision': 'the last bit of a float32 differs',
    'unique test-tensorflow {} 1d tensor with NaN and Infinity': 'for TensorFlow no NaN is like another',
  },
  'tfjs-layers': {
    'GPT2Backbone call': addsList,
    'GPT2Backbone variable sequence length': addsList,
    'GPT2Backbone predict': addsList,
    'GPT2Backbone does not leak memory': addsList,
  },
  'tfjs-data': {},
  'tfjs-converter': {
    'reduction executeOp Cumprod should call tfOps.cumprod': plainLeniency,
    'reduction executeOp Cumsum should call tfOps.cumsum': plainLeniency,
  },
};

/** Those that fail compiled only. */
const failingCompiled: Readonly<Partial<Record<Suite, Reasons>>> = {
  'tfjs-core': {
    'softmax test-tensorflow {} Propagates NaNs':
      "in functions TensorFlow takes oneDNN's softmax, which leaves NaN at the NaN and gives 0 to the rest of its row",
  },
};

/** Why specs of a suite fail, by parts of their names. */
export function reasonsOf(suite: Suite, compiled: boolean): Reasons {
  return { ...failing[suite], ...(compiled && failingCompiled[suite]) };
}

/** What a report has that the reasons do not say, in words; nothing where all is as they say. */
export function unexplained(
  { passed, failed }: Pick<SuiteReport, 'passed' | 'failed'>,
  suite: Suite,
  compiled: boolean,
): string[] {
  const parts = Object.keys(reasonsOf(suite, compiled));
  const names = failed.map(({ name }) => name);
  return [
    ...failed
      .filter(({ name }) => !parts.some((part) => name.includes(part)))
      .map(({ name, message }) => `${name} fails: ${message}`),
    // Some specs share their names.
    ...passed
      .filter((name) => !names.includes(name) && parts.some((part) => name.includes(part)))
      .map((name) => `${name} passes`),
    ...parts
      .filter((part) => ![...names, ...passed].some((name) => name.includes(part)))
      .map((part) => `${part} is in no spec's name`),
  ];
}
