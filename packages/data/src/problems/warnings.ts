/** Collects what looks wrong with a competition's files but need not be: all are counted, the first of each kind kept. */
export interface WarningKind {
  /** What is wrong, such as "texts in train and test". */
  title: string;
  /** What it does, and what can be done. */
  advice: string;
  count: number;
  /** The first ones, such as `test.csv:5, column "text": nearly the text of train.csv:9`. */
  shown: string[];
}

/** Of one kind; enough to see what is going on. */
const SHOWN = 100;

export class Warnings {
  private readonly kinds = new Map<string, WarningKind>();

  /** @param line one warning: where, and what */
  add({ title, advice }: Pick<WarningKind, 'title' | 'advice'>, line: string): void {
    let kind = this.kinds.get(title);
    if (!kind) this.kinds.set(title, (kind = { title, advice, count: 0, shown: [] }));
    kind.count++;
    if (kind.shown.length < SHOWN) kind.shown.push(line);
  }

  /** In the order in which they were first added. */
  list(): WarningKind[] {
    return [...this.kinds.values()];
  }
}
