/** Every command, in the order of a person's work: a new one is a file, a test and a line here. */
import type { Command } from './command.ts';
import { check } from './commands/check.ts';
import { cv } from './commands/cv.ts';
import { doctor } from './commands/doctor.ts';
import { encode } from './commands/encode.ts';
import { ensemble } from './commands/ensemble.ts';
import { exportCommand } from './commands/export.ts';
import { fold } from './commands/fold.ts';
import { folds } from './commands/folds.ts';
import { heads } from './commands/heads.ts';
import { newCommand } from './commands/new.ts';
import { leaderboard } from './commands/leaderboard.ts';
import { record } from './commands/record.ts';
import { reproduce } from './commands/reproduce.ts';
import { score } from './commands/score.ts';
import { submit } from './commands/submit.ts';

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
