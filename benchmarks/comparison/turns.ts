/** Lets contenders run in turns, so that what else goes on at the machine meets all of them alike. */

/** What one process measured: numbers by name, and whose they are. */
export interface Measured {
  engine: string;
  /** Such as "bf16, compiled". */
  precision: string;
  ours: boolean;
  values: Record<string, number>;
}

/** Each contender once, then each again, `runs` times; in the order in which they ran. What runs is told on stderr. */
export async function takeTurns(
  contenders: readonly (() => Promise<Measured>)[],
  runs: number,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (let run = 1; run <= runs; run++)
    for (const contender of contenders) {
      const one = await contender();
      measured.push(one);
      const values = Object.entries(one.values).map(([name, value]) => `${name} ${round(value)}`);
      console.error(`${run}/${runs} ${one.engine} ${one.precision}: ${values.join(', ')}`);
    }
  return measured;
}

/** Four digits are more than repeat. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}
