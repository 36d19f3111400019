/** Collects what is wrong with one file, so that a person sees up to 20 problems at once instead of one a run. */

const SHOWN = 20;

export class Problems {
  /** Readers correct these: they know the file better than those who asked for it. */
  path: string;
  unit: 'line' | 'row';
  private readonly shown: string[] = [];
  private count = 0;

  /** @param unit what rows are counted by */
  constructor(path: string, unit: 'line' | 'row' = 'line') {
    this.path = path;
    this.unit = unit;
  }

  /**
   * @param line 1-based line of the file on which the record starts
   * @param column the column's name; undefined where the whole record is meant
   */
  add(line: number, column: string | undefined, problem: string): void {
    this.count++;
    if (this.shown.length >= SHOWN) return;
    const where = column === undefined ? '' : `, column ${JSON.stringify(column)}`;
    this.shown.push(`${placeOf(this, line)}${where}: ${problem}`);
  }

  /**
   * @param also of another file, for the same error; or a last line that says what to do
   * @throws Error with one line a problem, the first 20 of each file, then how many more there are
   */
  throwIfAny(also?: Problems | string): void {
    const lines = [...this.lines(), ...(also instanceof Problems ? also.lines() : [])];
    if (lines.length === 0) return;
    throw new Error([...lines, ...(typeof also === 'string' ? [also] : [])].join('\n'));
  }

  lines(): string[] {
    const more = this.count - this.shown.length;
    return [...this.shown, ...(more > 0 ? [`and ${more} more`] : [])];
  }
}

/**
 * How errors and reports name a row's place: `train.csv:5`, or `train.parquet, row 5` where files have no lines.
 *
 * @param line 1-based, as the readers of tables count
 */
export const placeOf = ({ path, unit }: { path: string; unit: 'line' | 'row' }, line: number): string =>
  unit === 'line' ? `${path}:${line}` : `${path}, row ${line}`;
