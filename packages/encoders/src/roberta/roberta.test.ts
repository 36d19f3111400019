import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, expect, it } from 'vitest';
import { checkFamily } from '../testing/check-family.ts';

beforeAll(async () => {
  await startEngine();
});

// The second has other activations and sizes, the third token types.
it.each(['roberta', 'xlm-roberta', 'camembert'])('passes every check of families: %s', async (name) => {
  expect(await checkFamily(name)).toEqual([]);
});
