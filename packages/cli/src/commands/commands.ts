/** Every command, in the order of a person's work: a new one is a file, a test and a line here. */
import type { Command } from './command.ts';
import { check } from './check.ts';
import { cv } from './cv.ts';
import { doctor } from './doctor.ts';
import { encode } from './encode.ts';
import { ensemble } from './ensemble.ts';
import { exportCommand } from './export.ts';
import { fold } from './fold.ts';
import { folds } from './folds.ts';
import { heads } from './heads.ts';
import { newCommand } from './new.ts';
import { leaderboard } from './leaderboard.ts';
import { record } from './record.ts';
import { reproduce } from './reproduce.ts';
import { score } from './score.ts';
import { submit } from './submit.ts';

export const commands: readonly Command[] = [
  newCommand,
  check,
  folds,
  fold,
  cv,
  ensemble,
  leaderboard,
  submit,
  record,
  reproduce,
  exportCommand,
  score,
  encode,
  heads,
  doctor,
];
