/**
 * Logistic regression with an L2 penalty and a free intercept, as scikit-learn's `LogisticRegression` defines it (for
 * three classes and more the multinomial one), by Newton steps whose equations conjugate gradients solve (Lin, Weng &
 * Keerthi 2008). Targets may be shares between 0 and 1 (Papke & Wooldridge 1996).
 */
import { dot } from './dot.ts';

export interface Logistic {
  /** [outputs][features] */
  coefficients: Float64Array[];
  /** [outputs] */
  intercepts: number[];
}

/**
 * @param features [features][rows]
 * @param targets of 1, [1][rows], or of each class, [classes][rows]
 * @param c how little the coefficients are held back: the loss is c times the sum over the rows
 */
export function fitLogistic(
  features: readonly Float64Array[],
  targets: readonly Float64Array[],
  c = 1,
): Logistic {
  const width = features.length + 1;
  const outputs = targets.length;
  let x = new Float64Array(outputs * width);
  let state = evaluate(x, features, targets, c);
  const goal = 1e-10 * norm(state.gradient);
  for (let step = 0; step < 100 && norm(state.gradient) > goal; step++) {
    const direction = newtonDirection(state, features, c);
    const slope = dot(state.gradient, direction);
    let next = state;
    let length = 1;
    let moved = x;
    for (; length > 1e-10; length /= 2) {
      moved = x.map((value, i) => value + length * direction[i]!);
      next = evaluate(moved, features, targets, c);
      if (next.loss <= state.loss + 1e-4 * length * slope) break;
    }
    // Rounding hides what is left to gain.
    if (next.loss >= state.loss) break;
    [x, state] = [moved, next];
  }
  const intercepts = targets.map((_, k) => x[(k + 1) * width - 1]!);
  // Of classes, only the differences mean something.
  const middle = outputs > 1 ? intercepts.reduce((sum, value) => sum + value, 0) / outputs : 0;
  return {
    coefficients: targets.map((_, k) => x.slice(k * width, (k + 1) * width - 1)),
    intercepts: intercepts.map((value) => value - middle),
  };
}

/** @returns probabilities of 1, [1][rows], or of each class, [classes][rows] */
export function predictLogistic(model: Logistic, features: readonly Float64Array[]): Float64Array[] {
  return toProbabilities(
    model.intercepts.map((intercept, k) => linear(features, model.coefficients[k]!, intercept)),
  );
}

interface State {
  loss: number;
  gradient: Float64Array;
  probabilities: Float64Array[];
}

/** The coefficients of each output, then its intercept: [outputs · (features + 1)]. */
function evaluate(
  x: Float64Array,
  features: readonly Float64Array[],
  targets: readonly Float64Array[],
  c: number,
): State {
  const width = features.length + 1;
  const logits = targets.map((_, k) =>
    linear(features, x.subarray(k * width, (k + 1) * width - 1), x[(k + 1) * width - 1]!),
  );
  let loss = 0;
  for (let row = 0; row < targets[0]!.length; row++) {
    const most = logits.reduce((most, z) => Math.max(most, z[row]!), logits.length === 1 ? 0 : -Infinity);
    let total = logits.length === 1 ? Math.exp(-most) : 0;
    for (const z of logits) total += Math.exp(z[row]! - most);
    loss += c * (most + Math.log(total));
    for (let k = 0; k < targets.length; k++) loss -= c * targets[k]![row]! * logits[k]![row]!;
  }
  const probabilities = toProbabilities(logits);
  const gradient = new Float64Array(x.length);
  probabilities.forEach((p, k) => {
    const residual = p.map((value, row) => c * (value - targets[k]![row]!));
    features.forEach((feature, j) => {
      const at = k * width + j;
      gradient[at] = dot(residual, feature) + x[at]!;
      loss += x[at]! ** 2 / 2;
    });
    gradient[(k + 1) * width - 1] = residual.reduce((sum, value) => sum + value, 0);
  });
  return { loss, gradient, probabilities };
}

/** Conjugate gradients, preconditioned with the diagonal, until a thousandth of the gradient is left. */
function newtonDirection(
  { gradient, probabilities }: State,
  features: readonly Float64Array[],
  c: number,
): Float64Array {
  const scale = diagonal(probabilities, features, c);
  const direction = new Float64Array(gradient.length);
  const residual = gradient.map((value) => -value);
  let search = residual.map((value, i) => value / scale[i]!);
  let power = dot(residual, search);
  const goal = 1e-6 * power;
  for (let step = 0; step < 10 * gradient.length && power > goal; step++) {
    const product = hessianTimes(search, probabilities, features, c);
    const curvature = dot(search, product);
    if (!(curvature > 0)) break;
    const length = power / curvature;
    for (let i = 0; i < direction.length; i++) {
      direction[i]! += length * search[i]!;
      residual[i]! -= length * product[i]!;
    }
    const scaled = residual.map((value, i) => value / scale[i]!);
    const next = dot(residual, scaled);
    search = scaled.map((value, i) => value + (next / power) * search[i]!);
    power = next;
  }
  return direction;
}

function hessianTimes(
  vector: Float64Array,
  probabilities: readonly Float64Array[],
  features: readonly Float64Array[],
  c: number,
): Float64Array {
  const width = features.length + 1;
  const moves = probabilities.map((_, k) =>
    linear(features, vector.subarray(k * width, (k + 1) * width - 1), vector[(k + 1) * width - 1]!),
  );
  for (let row = 0; row < moves[0]!.length; row++) {
    let mean = 0;
    for (let k = 0; k < moves.length; k++) mean += probabilities[k]![row]! * moves[k]![row]!;
    for (let k = 0; k < moves.length; k++)
      moves[k]![row] = c * probabilities[k]![row]! * (moves[k]![row]! - mean);
  }
  const product = new Float64Array(vector.length);
  moves.forEach((move, k) => {
    features.forEach((feature, j) => {
      product[k * width + j] = dot(move, feature) + vector[k * width + j]!;
    });
    product[(k + 1) * width - 1] = move.reduce((sum, value) => sum + value, 0);
  });
  return product;
}

function diagonal(
  probabilities: readonly Float64Array[],
  features: readonly Float64Array[],
  c: number,
): Float64Array {
  return Float64Array.from(
    probabilities.flatMap((p) => {
      const spread = p.map((value) => c * value * (1 - value));
      const of = (feature: Float64Array): number =>
        spread.reduce((sum, value, row) => sum + value * feature[row]! ** 2, 1);
      return [...features.map(of), spread.reduce((sum, value) => sum + value, 0) + Number.MIN_VALUE];
    }),
  );
}

function linear(
  features: readonly Float64Array[],
  coefficients: Float64Array,
  intercept: number,
): Float64Array {
  const total = new Float64Array(features[0]!.length).fill(intercept);
  features.forEach((feature, j) => {
    const factor = coefficients[j]!;
    for (let row = 0; row < total.length; row++) total[row]! += factor * feature[row]!;
  });
  return total;
}

function toProbabilities(logits: readonly Float64Array[]): Float64Array[] {
  if (logits.length === 1) return [logits[0]!.map((z) => 1 / (1 + Math.exp(-z)))];
  const result = logits.map((z) => z.slice());
  for (let row = 0; row < result[0]!.length; row++) {
    const most = logits.reduce((most, z) => Math.max(most, z[row]!), -Infinity);
    let total = 0;
    for (const p of result) total += p[row] = Math.exp(p[row]! - most);
    for (const p of result) p[row]! /= total;
  }
  return result;
}

const norm = (vector: Float64Array): number => Math.sqrt(dot(vector, vector));
