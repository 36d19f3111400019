import type { Competition, Pipeline, Task } from '@foldwise/data';
import { describe, expect, it } from 'vitest';
import { scaleNote } from './scale-note.ts';

function note(
  targets: number[][],
  { standardizeTargets, task = 'regression' }: { standardizeTargets?: true; task?: Task } = {},
) {
  const manifest = { task, columns: { target: targets.map((_, i) => `y${i}`) } };
  const train = { targets: targets.map((column) => Float64Array.from(column)) };
  return scaleNote(
    { training: { standardizeTargets } } as Pick<Pipeline, 'training'>,
    { manifest, train } as unknown as Pick<Competition, 'manifest' | 'train'>,
  );
}

describe('scaleNote', () => {
  it('names the target that is spread most widely', () => {
    // Standard deviations of 1, of 200 and of 50, whatever the mean.
    expect(note([[0, 2], [1e6 - 200, 1e6 + 200], [0, 100]])).toMatch(/^y1 has a standard deviation of 200, .*--training\.standardizeTargets true/); // prettier-ignore
  });

  it('says nothing where there is nothing to say', () => {
    expect(note([[1e6, 1e6 + 2]])).toBeUndefined();
    expect(note([[0, 400]], { standardizeTargets: true })).toBeUndefined();
    expect(note([[0, 400]], { task: 'multi-class' })).toBeUndefined();
  });
});
