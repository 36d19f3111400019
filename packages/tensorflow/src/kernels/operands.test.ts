/** Changes one operand of each operation of our own at a time: whatever does not fit is refused, in every way of running. */
import koffi from 'koffi';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBuffer, type Context } from '../c-api/context.ts';
import { readProtobuf } from '../c-api/read-protobuf.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { startEngine } from '../engine/start-engine.ts';
import type { Operand, OperandCase, Refusal } from '../ops/testing/operands/operand-case.ts';
import { operandCases } from '../ops/testing/operands/operand-cases.ts';
import { callTraced, runEagerly, type Attempt } from '../ops/testing/operands/run-operands.ts';
import { hasProducts } from './has-kernels.ts';

interface Change {
  label: string;
  attempt: Attempt;
  outcome: 'valid' | Refusal;
  /** Whether TensorFlow itself refuses it, by the operand's number. */
  byNumber?: number;
}

/** A shape with one axis more, fewer, larger or smaller, by what that is. */
function otherShapes(shape: readonly number[]): Map<string, number[]> {
  const changes: [string, number[] | undefined][] = [
    ...shape.flatMap((n, axis): [string, number[] | undefined][] => [
      [`axis ${axis} larger`, shape.with(axis, n + 1)],
      [`axis ${axis} smaller`, n > 0 ? shape.with(axis, n - 1) : undefined],
    ]),
    ['an axis before', [1, ...shape]],
    ['an axis behind', [...shape, 1]],
    ['an axis less', shape.length > 1 ? shape.slice(1) : undefined],
    ['a scalar', []],
    ['empty', [0]],
  ];
  const others = new Map<string, number[]>();
  for (const [label, other] of changes) if (other && other.join() !== shape.join()) others.set(label, other);
  return others;
}

function changesOf({ operands, attributes, exceptions = {}, refused = {}, ...rest }: OperandCase): Change[] {
  const attempt = (changed: Record<string, Partial<Operand>>, other = attributes): Attempt => ({
    ...rest,
    attributes: attributes.map((one) => other.find(({ name }) => name === one.name) ?? one),
    operands: Object.entries(operands).map(([name, operand]) => ({ ...operand, ...changed[name] })),
  });
  const changes: Change[] = [];
  for (const [at, [name, operand]] of Object.entries(operands).entries()) {
    const names = name.replace(/\[\d\]/, '');
    for (const [label, shape] of otherShapes(operand.shape)) {
      const outcome = exceptions[`${name}: ${label}`] ?? { names };
      changes.push({ label: `${name}: ${label}`, attempt: attempt({ [name]: { shape } }), outcome });
    }
    const type = operand.type === 'int32' ? 'float32' : 'int32';
    changes.push({ label: `${name}: ${type}`, attempt: attempt({ [name]: { type } }), outcome: { names }, byNumber: at });
  } // prettier-ignore
  for (const [label, { operands: changed = {}, attributes: other, ...outcome }] of Object.entries(refused))
    changes.push({ label, attempt: attempt(changed, other), outcome });
  return changes;
}

/** What is wrong with the outcome of an attempt: nothing, if it is as expected. */
function fault({ outcome, byNumber, attempt }: Change, run: () => unknown): string | undefined {
  let message: string;
  try {
    run();
    return outcome === 'valid' ? undefined : 'was not refused';
  } catch (error) {
    message = (error as Error).message;
  }
  if (outcome === 'valid') return `was refused: ${message}`;
  const told = new RegExp(`\\b${outcome.names}\\b`).test(message) || (byNumber !== undefined && message.includes(`input #${byNumber}`)); // prettier-ignore
  return told && message.includes(attempt.operation) ? undefined : `was refused, but with: ${message}`;
}

const titled = operandCases.map((one): [string, OperandCase] => [
  [one.operation, one.note].filter(Boolean).join(', '),
  one,
]);
let context: Context;
let registered: string[];

beforeAll(async () => {
  const { name } = await startEngine({ engine: 'tensorflow' });
  expect(name).toBe('tensorflow');
  context = nativeBackend()!.binding.context;
  registered = registeredOperations(context);
});

/** The names of all operations in TensorFlow that are ours. */
function registeredOperations({ cc, api }: Context): string[] {
  const list = koffi.load(cc, { lazy: true }).func('TF_GetAllOpList', 'void *', [])() as bigint;
  try {
    return [...readProtobuf(readBuffer(list))]
      .map(({ value }) => [...readProtobuf(value as Uint8Array)].find(({ field }) => field === 1)!.value)
      .map((name) => Buffer.from(name as Uint8Array).toString())
      .filter((name) => name.startsWith('Foldwise'))
      .sort();
  } finally {
    api.deleteBuffer(list);
  }
}

it('has operands of all operations of our own', () => {
  const covered = [...new Set(operandCases.map(({ operation }) => operation))].sort();
  const has = covered.filter((name) => hasProducts('fp32') || !name.startsWith('FoldwiseProduct'));
  expect(has).toEqual(registered);
});

describe.each(titled)('%s', (_, entry) => {
  const attempt = { ...entry, operands: Object.values(entry.operands) };
  const changes = changesOf(entry);
  /** What is not as expected, by the change. */
  const faults = (run: (change: Change) => string | undefined) =>
    changes.flatMap((change) => {
      const found = run(change);
      return found === undefined ? [] : [`${change.label} ${found}`];
    });

  it('runs with the operands that it is given', ({ skip }) => {
    if (!registered.includes(entry.operation)) skip('not on this processor');
    runEagerly(context, attempt);
    callTraced(context, attempt, 'known');
    callTraced(context, attempt, 'unknown sizes');
    callTraced(context, attempt, 'unknown ranks');
  });

  it('has no exception for what it does not test', () => {
    const labels = changes.map(({ label }) => label);
    expect(Object.keys(entry.exceptions ?? {}).filter((label) => !labels.includes(label))).toEqual([]);
  });

  it('refuses all others, eager', ({ skip }) => {
    if (!registered.includes(entry.operation)) skip('not on this processor');
    expect(faults((change) => fault(change, () => runEagerly(context, change.attempt)))).toEqual([]);
  });

  it('refuses them at the trace, where shapes are known', ({ skip }) => {
    if (!registered.includes(entry.operation)) skip('not on this processor');
    const found = faults((change) => {
      let traces = 0;
      const fails = fault(change, () => callTraced(context, change.attempt, 'known', () => traces++));
      const early = change.outcome !== 'valid' && !change.outcome.late;
      return fails ?? (early && traces > 0 ? 'was refused at the call only' : undefined);
    });
    expect(found).toEqual([]);
  });

  it.for(['unknown sizes', 'unknown ranks'] as const)('refuses them at the call: %s', (known, { skip }) => {
    if (!registered.includes(entry.operation)) skip('not on this processor');
    // Types are known at any trace.
    expect(faults((change) => fault(change, () => callTraced(context, change.attempt, known)))).toEqual([]);
  });
});
