/** What every family of encoders must do, as checks that tests run on each; no part of the package's interface. */
import { tf } from '@foldwise/tensorflow';
import { memory, ofTask, saved } from './checks/checkpoint.ts';
import { dropout, inputs, longest, parameters, serialization, trainingStep } from './checks/model.ts';
import { gradients, halfPrecision, hiddenStates, paddingInside } from './checks/values.ts';
import { familyContext, type FamilyCheck } from './family-context.ts';

const checks: Readonly<Record<string, FamilyCheck>> = {
  inputs,
  'hidden states': hiddenStates,
  gradients,
  bf16: halfPrecision,
  'padding inside': paddingInside,
  'longest text': longest,
  parameters,
  'training step': trainingStep,
  dropout,
  serialization,
  saved,
  'of a task': ofTask,
  memory,
};

/**
 * Runs all checks on a family, with the tiny checkpoint `fixtures/tiny-<name>` and Python's values for it. The answer is
 * one line a fault, opening with the check's name; none if all is well.
 */
export async function checkFamily(name: string): Promise<string[]> {
  const context = await familyContext(name);
  const faults: string[] = [];
  for (const [title, check] of Object.entries(checks)) {
    const engine = tf.engine();
    if (check !== memory) engine.startScope();
    try {
      await check(context);
    } catch (error) {
      faults.push(`${title}: ${(error as Error).message}`);
    } finally {
      if (check !== memory) engine.endScope();
    }
  }
  context.encoder.model.dispose();
  return faults;
}
