import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, expect, it } from 'vitest';
import { checkFamily } from '../testing/check-family.ts';

beforeAll(async () => {
  await startEngine();
});

it('passes every check of families', async () => {
  expect(await checkFamily('distilbert')).toEqual([]);
});
