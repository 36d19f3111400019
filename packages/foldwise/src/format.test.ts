import { expect, it } from 'vitest';
import { formatDuration } from './format.ts';

it.each([
  [0.4, '0:00'],
  [59.6, '1:00'],
  [754, '12:34'],
  [3723, '1:02:03'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
