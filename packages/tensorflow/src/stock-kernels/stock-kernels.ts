/**
 * The kernels of TensorFlow.js 4.22 that tfjs-node lacks, on TensorFlow's own operations, and those that it has wrong:
 * with them this backend has every kernel that tfjs's plain one has.
 */
import { registerCorrected } from './corrected.ts';
import { bitwiseAnd, denseBincount, searchSorted } from './counting.ts';
import { draw, rotateWithOffset, transform } from './images.ts';
import { registerKernels } from './kernel.ts';
import { maxPoolWithArgmax } from './max-pool-with-argmax.ts';
import { multinomial } from './multinomial.ts';
import { raggedGather, raggedRange, raggedTensorToTensor } from './ragged.ts';
import { sparseFillEmptyRows, sparseReshape, sparseSegmentMean, sparseSegmentSum } from './sparse.ts';
import { stringNGrams, stringSplit, stringToHashBucketFast } from './strings.ts';

/** Brings them into TensorFlow.js's registry. Call it once, after tfjs-node's are registered. */
export function registerStockKernels(): void {
  registerCorrected();
  registerKernels({
    BitwiseAnd: bitwiseAnd,
    DenseBincount: denseBincount,
    Draw: draw,
    MaxPoolWithArgmax: maxPoolWithArgmax,
    Multinomial: multinomial,
    RaggedGather: raggedGather,
    RaggedRange: raggedRange,
    RaggedTensorToTensor: raggedTensorToTensor,
    RotateWithOffset: rotateWithOffset,
    SearchSorted: searchSorted,
    SparseFillEmptyRows: sparseFillEmptyRows,
    SparseReshape: sparseReshape,
    SparseSegmentMean: sparseSegmentMean,
    SparseSegmentSum: sparseSegmentSum,
    StringNGrams: stringNGrams,
    StringSplit: stringSplit,
    StringToHashBucketFast: stringToHashBucketFast,
    Transform: transform,
  });
}
