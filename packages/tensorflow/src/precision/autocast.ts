/** Brings the inputs of a traced operation to the types that the precision asks for. */
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { keyOf, type GraphTrace } from '../binding/graph-trace.ts';
import type { GraphOutput } from '../c-api/c-api.ts';
import { DataType } from '../c-api/data-type.ts';
import { hasKernels, hasProducts } from '../kernels/has-kernels.ts';
import { operationKind } from './operation-kind.ts';
import { scope } from '../scope/scope.ts';

/** The two names of the operation that TensorFlow.js's gradients add up with. */
const additions = new Set(['Add', 'AddV2']);

/** Products of two matrices, with their attributes that transpose the first and the second one. */
const matrixProducts = new Map([
  ['MatMul', ['transpose_a', 'transpose_b']],
  ['BatchMatMulV2', ['adj_x', 'adj_y']],
]);

/** Casts within one trace; each value is cast once, however often it is used. */
export class Autocast {
  readonly #trace: GraphTrace;
  readonly #cast = new Map<string, GraphOutput>();

  constructor(trace: GraphTrace) {
    this.#trace = trace;
  }

  /** The operation to add in place of this one, which TensorFlow.js means for float32. */
  apply(name: string, attributes: readonly Attribute[], inputs: readonly GraphOutput[]) {
    const same = { name, attributes, inputs };
    const kind = operationKind(name);
    if (kind === 'mixed') return { ...same, inputs: this.#fitting(name, inputs) };
    const types = inputs.map((input) => this.#trace.typeOf(input));
    const rounded = types.includes(DataType.bfloat16);
    if (kind === 'product' && !types.includes(DataType.complex64)) {
      const rounds = rounded || scope().precision === 'bf16';
      const declared = rounds ? this.#trace.inputTypes(name) : [];
      const fitting = rounds
        ? inputs.map((input, i) =>
            types[i] === DataType.float32 && declared[i] === undefined ? this.round(input) : input,
          )
        : inputs;
      const own = this.#ownProduct(name, attributes, fitting);
      return { name, attributes: rounds ? attributes.map(asBfloat16) : attributes, ...own, inputs: fitting };
    }
    if (!rounded) return same;
    if (kind === 'layout') return { name, attributes: attributes.map(asBfloat16), inputs };
    if (additions.has(name) && hasKernels() && this.#sameShape(inputs))
      return {
        name: 'FoldwiseAdd',
        attributes: types.map((value, i) => ({ name: 'AB'[i]!, type: AttributeKind.type, value })),
        inputs,
      };
    return { name, attributes, inputs: inputs.map((input) => this.widen(input)) };
  }

  /** A float32 value as bf16. */
  round(input: GraphOutput): GraphOutput {
    return this.#convert(input, DataType.float32, DataType.bfloat16);
  }

  /** A bf16 value as float32; any other as it is. */
  widen(input: GraphOutput): GraphOutput {
    if (this.#trace.typeOf(input) !== DataType.bfloat16) return input;
    return this.#convert(input, DataType.bfloat16, DataType.float32);
  }

  #convert(input: GraphOutput, from: number, to: number): GraphOutput {
    const key = keyOf(input);
    const known = this.#cast.get(key);
    if (known) return known;
    const types = [
      { name: 'SrcT', type: AttributeKind.type, value: from },
      { name: 'DstT', type: AttributeKind.type, value: to },
    ];
    const own = to === DataType.bfloat16 ? 'FoldwiseRound' : 'FoldwiseWiden';
    const oper = hasKernels() ? this.#trace.add(own, [], [input]) : this.#trace.add('Cast', types, [input]);
    const result = { oper, index: 0 };
    this.#cast.set(key, result);
    // What was bf16 once is exactly that again.
    if (from === DataType.bfloat16) this.#cast.set(keyOf(result), input);
    return result;
  }

  /** The inputs of an operation whose arguments are no lists, widened where it takes float32 only. */
  #fitting(name: string, inputs: readonly GraphOutput[]): GraphOutput[] {
    const types = this.#trace.inputTypes(name);
    return inputs.map((input, i) => (types[i] === DataType.float32 ? this.widen(input) : input));
  }

  /** This package's own kernel for a product of two matrices of one type, where there is one for it. */
  #ownProduct(name: string, attributes: readonly Attribute[], inputs: readonly GraphOutput[]) {
    const [transposeA, transposeB] = matrixProducts.get(name) ?? [];
    const type = this.#trace.typeOf(inputs[0]!);
    const rounded = type === DataType.bfloat16;
    if (!transposeA || (type !== DataType.float32 && !rounded) || !hasProducts(rounded ? 'bf16' : 'fp32'))
      return undefined;
    const [left, right] = inputs.map((input) => this.#trace.shapeOf(input, name));
    const [a, b] = [transposeA, transposeB].map((flag) =>
      attributes.some(({ name, value }) => name === flag && Boolean(value)),
    );
    // Kernels take pairs of bf16 along the axis that is summed over.
    if (left!.length !== 2 || right!.length !== 2 || (a && b) || (rounded && left![a ? 0 : 1]! % 2 !== 0))
      return undefined;
    return {
      name: a ? 'FoldwiseProductTN' : b ? 'FoldwiseProductNT' : 'FoldwiseProduct',
      attributes: [{ name: 'T', type: AttributeKind.type, value: type }],
    };
  }

  #sameShape(inputs: readonly GraphOutput[]): boolean {
    const [a, b] = inputs.map((input) => this.#trace.shapeOf(input, 'AddV2').join());
    return a === b;
  }
}

/** The attribute T, which operations of one type have, of bf16 in place of float32. */
export function asBfloat16(attribute: Attribute): Attribute {
  return attribute.name === 'T' && attribute.value === DataType.float32
    ? { ...attribute, value: DataType.bfloat16 }
    : attribute;
}
