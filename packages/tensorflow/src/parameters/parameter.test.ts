import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { addParameter, parameterOf, variableOf } from './parameter.ts';

beforeAll(async () => {
  await startEngine();
});

class Scaled extends tf.layers.Layer {
  static readonly className = 'ScaledByParameter';

  override build(): void {
    const initializer = tf.initializers.ones();
    addParameter(this, 'bias_of_tables', [2, 2], { initializer, group: 'encoder', depth: 3 });
    addParameter(this, 'kernel', [2], { initializer, decay: false, trainable: false });
    this.built = true;
  }
}

describe('addParameter', () => {
  const layer = () => {
    const made = new Scaled({ name: 'scaled' });
    made.build();
    return made;
  };

  it('says what an optimizer should know, whatever the weight is called', () => {
    const [table, kernel] = layer().weights.map((weight) => parameterOf(variableOf(weight)));
    expect(table).toEqual({ decay: true, group: 'encoder', depth: 3 });
    expect(kernel).toEqual({ decay: false, group: 'head', depth: undefined });
  });

  it('leaves out of training what is not trainable', () => {
    expect(layer().trainableWeights.map(({ originalName }) => originalName)).toEqual(['bias_of_tables']);
  });
});

describe('parameterOf', () => {
  it('lets kernels of stock layers decay, and their biases not', () => {
    const dense = tf.layers.dense({ units: 3, inputShape: [2] });
    tf.sequential({ layers: [dense] });
    const decays = dense.weights.map((weight) => parameterOf(variableOf(weight)).decay);
    expect(decays).toEqual([true, false]);
  });
});
