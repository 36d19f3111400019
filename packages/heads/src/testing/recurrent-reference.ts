/** LSTM and GRU in plain JavaScript by the equations of PyTorch's documentation, for tests. */
import type { Cell } from '../sequence/recurrent-weights.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * The last state. tokens: [tokens][inputs]; weights, each flat: kernel [inputs, gates * units], recurrent kernel [units,
 * gates * units], bias [gates * units] and a GRU's recurrent bias [units].
 */
export function lastState(cell: Cell, tokens: number[][], weights: number[][]): number[] {
  const [kernel, recurrent, bias, stateBias] = weights as [number[], number[], number[], number[]?];
  const columns = bias.length;
  const units = columns / (cell === 'lstm' ? 4 : 3);
  const times = (x: number[], matrix: number[], column: number) =>
    x.reduce((sum, value, i) => sum + value * matrix[i * columns + column]!, 0);
  let h = new Array<number>(units).fill(0);
  let c = h;
  for (const token of tokens) {
    const x = bias.map((b, column) => b + times(token, kernel, column));
    const s = bias.map((_, column) => times(h, recurrent, column));
    const gate = (k: number, j: number) => x[k * units + j]! + s[k * units + j]!;
    if (cell === 'lstm') {
      c = c.map((old, j) => sigmoid(gate(1, j)) * old + sigmoid(gate(0, j)) * Math.tanh(gate(2, j)));
      h = c.map((value, j) => sigmoid(gate(3, j)) * Math.tanh(value));
    } else
      h = h.map((old, j) => {
        const n = Math.tanh(x[2 * units + j]! + sigmoid(gate(0, j)) * (s[2 * units + j]! + stateBias![j]!));
        const z = sigmoid(gate(1, j));
        return (1 - z) * n + z * old;
      });
  }
  return h;
}
