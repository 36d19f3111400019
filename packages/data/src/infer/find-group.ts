/** Finds a column whose equal rows belong together, where test is split off by it: then folds should be, too. */
import { missingGroups } from '../tables/missing-cells.ts';
import { cellsOf, type Finding, type Given, type Profiles, type Tables } from './tables.ts';

/** Names of what has several texts. */
const GROUP =
  /[a-z](Id|ID)$|[_-]id$|^(group|user|author|patient|student|speaker|thread|conversation|dialog(ue)?|document|doc|essay|sentence|source|session|article|book|subject|prompt)s?([_-]?(id|name))?$/i;

/** Fewer groups than these make folds that are hardly alike. */
const FEWEST = 20;
/** The share of test rows whose group may be in train. */
const SHARED = 0.05;

/**
 * @param names columns of train and test that have no other part
 * @returns undefined where there is none, or where test has train's groups, so that a model may know them
 */
export function findGroup(
  { train, test }: Tables,
  names: readonly string[],
  { given, profiles }: { given: Given; profiles: Profiles },
): { group: string | undefined; finding: Finding } | undefined {
  const found = (group: string, reason: string) => {
    const cells = cellsOf(train, group);
    const empty = cells.filter(missingGroups(new Set(cells))).length;
    const rows = `${empty} row${empty === 1 ? ' has' : 's have'}`;
    const why = empty === 0 ? reason : `${reason}; ${rows} none, each a group of its own`;
    return { group, finding: { what: 'group', value: group, why } };
  };
  if (given.group !== undefined) {
    if (!train.header.includes(given.group))
      throw new Error(`--group: there is no column ${JSON.stringify(given.group)} in ${train.path}`);
    return found(given.group, 'as given');
  }
  const split = names.filter((name) => {
    const { distinct, rows, empty } = profiles.get(name)!;
    if (!GROUP.test(name) || empty > rows / 2 || distinct < 2 || distinct > rows / 1.5) return false;
    const known = new Set(cellsOf(train, name));
    known.delete('');
    const cells = cellsOf(test, name);
    return cells.filter((cell) => known.has(cell)).length <= SHARED * cells.length;
  });
  const group = split.find((name) => profiles.get(name)!.distinct >= FEWEST);
  if (group !== undefined)
    return found(group, 'rows that share it stay in one fold, as test has others than train');
  const [few] = split;
  if (few === undefined) return undefined;
  const why = `test has others of ${few} than train, whose ${profiles.get(few)!.distinct} are few to split by: --group ${few} does it`;
  return { group: undefined, finding: { what: 'group', value: 'none', why } };
}
