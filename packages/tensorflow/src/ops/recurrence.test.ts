import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { recurrence } from './recurrence.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';
import { wave } from './testing/wave.ts';

interface Case {
  kind: 'lstm' | 'gru';
  lengths: number[];
  tokens: number;
  inputs: number;
  units: number;
  reverse: boolean;
  /** Which of the numbers the fixture holds. */
  every: number;
  y: number[];
  dx: number[];
  dkernel: number[];
  drecurrent: number[];
  dbias: number[];
  dstate_bias: number[];
}

const cases = readFixture('recurrence') as Case[];

/** All six inputs of a case, and what they give: the states, then the gradients. */
function prepare({ kind, lengths, tokens, inputs, units, reverse }: Case) {
  const columns = (kind === 'lstm' ? 4 : 3) * units;
  const run = (lengths: tf.Tensor, x: tf.Tensor, ...weights: tf.Tensor[]) => {
    const [kernel, recurrent, bias, stateBias] = weights as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor1D,
      tf.Tensor1D,
    ];
    const all = kind === 'gru' ? { kernel, recurrent, bias, stateBias } : { kernel, recurrent, bias };
    return recurrence(x as tf.Tensor3D, lengths as tf.Tensor1D, all, reverse);
  };
  const operation = (lengths: tf.Tensor, dy: tf.Tensor, ...rest: tf.Tensor[]) => {
    const [x, ...weights] = rest;
    const used = kind === 'gru' ? rest : rest.slice(0, 4);
    return [
      run(lengths, x!, ...weights),
      ...tf.grads((...used: tf.Tensor[]) => run(lengths, used[0]!, ...used.slice(1)))(used, dy),
    ];
  };
  const given = [
    tf.tensor1d(lengths, 'int32'),
    wave([lengths.length, tokens, units], 5),
    wave([lengths.length, tokens, inputs], 0, 2),
    wave([inputs, columns], 1, 0.6),
    wave([units, columns], 2, 0.8),
    wave([columns], 3, 0.5),
    wave([units], 4, 0.5),
  ] as const;
  return { operation, given };
}

describe('recurrence', () => {
  everyWay((evaluate) => {
    it.each(
      cases.map(
        (fixture) =>
          [`${fixture.kind} of ${fixture.lengths} ${fixture.reverse ? 'in reverse' : ''}`, fixture] as const,
      ),
    )(
      // prettier-ignore
      "gives PyTorch's states and gradients: %s",
      (_, fixture) => {
        const { operation, given } = prepare(fixture);
        const found = evaluate(operation, ...given);
        const { y, dx, dkernel, drecurrent, dbias, dstate_bias } = fixture;
        const expected = [y, dx, dkernel, drecurrent, dbias];
        if (fixture.kind === 'gru') expected.push(dstate_bias);
        expected.forEach((values, i) =>
          expectClose(
            found[i]!.filter((_, at) => at % fixture.every === 0),
            values,
            i === 0 ? 2e-6 : 1e-5, // gradients add up over the tokens
          ),
        );
      },
    );

    it('is 0 for a row without a token', () => {
      const fixture = { ...cases[0]!, lengths: [0, 2] };
      const { operation, given } = prepare(fixture);
      const [y, dx] = evaluate(operation, ...given);
      const { tokens, units, inputs } = fixture;
      expect(y!.slice(0, tokens * units).map(Math.abs)).toEqual(new Array(tokens * units).fill(0));
      expect(dx!.slice(0, tokens * inputs).map(Math.abs)).toEqual(new Array(tokens * inputs).fill(0));
    });
  });
});
