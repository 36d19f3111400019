/** What every head must do, as checks that tests run on each of them; no part of the package's interface. */
import { tf } from '@foldwise/tensorflow';
import { compiled, halfPrecision } from './checks/compiled.ts';
import { gradientOfTokens, training } from './checks/gradients.ts';
import { memory } from './checks/memory.ts';
import { names, outputShape, seed, serialization } from './checks/model.ts';
import { batchOfOne, inference, noToken, oneToken, padding, reference } from './checks/values.ts';
import { headModel, randomize } from './head-model.ts';
import type { Check, Context, HeadSubject } from './head-subject.ts';
import { createTexts } from './texts.ts';

const checks: Readonly<Record<string, Check>> = {
  reference,
  padding,
  'batch of one': batchOfOne,
  'one token': oneToken,
  'no token': noToken,
  inference,
  'gradient of tokens': gradientOfTokens,
  training,
  compiled,
  bf16: halfPrecision,
  'output shape': outputShape,
  names,
  seed,
  serialization,
  memory,
};

/**
 * Runs all checks on a head, in a model whose inputs are five hidden states of 4 features and the mask. The answer is
 * one line a fault, opening with the check's name; none if all is well.
 */
export function checkHead(subject: HeadSubject): string[] {
  const build = (seed?: number) => headModel(subject, seed);
  const model = build();
  randomize(model);
  const context: Context = { ...subject, model, texts: createTexts(), build };
  const faults: string[] = [];
  for (const [name, check] of Object.entries(checks))
    try {
      if (check === memory) check(context);
      else tf.tidy(() => check(context));
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
    }
  model.dispose();
  return faults;
}
