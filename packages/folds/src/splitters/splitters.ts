/**
 * Every splitter by the kind that a pipeline asks for: a new one is a file, a test and a line here, and a line with its
 * settings in data's `fold-settings.ts`, since pipelines are read where no rows are.
 */
import type { FoldSettings } from '@foldwise/data';
import { column } from './column-folds.ts';
import { group } from './group-k-fold.ts';
import { holdOutOnce } from './hold-out.ts';
import { plain } from './k-fold.ts';
import { eachGroup } from './leave-one-group-out.ts';
import { multiLabel } from './multi-label-k-fold.ts';
import type { Splitter } from './splitter.ts';
import { stratifiedGroup } from './stratified-group-k-fold.ts';
import { stratified } from './stratified-k-fold.ts';
import { overTime } from './time-series.ts';

export const splitters: Readonly<Record<FoldSettings['kind'], Splitter>> = {
  'k-fold': plain,
  stratified,
  group,
  'stratified-group': stratifiedGroup,
  'multi-label': multiLabel,
  'time-series': overTime,
  'leave-one-group-out': eachGroup,
  'hold-out': holdOutOnce,
  column,
};
