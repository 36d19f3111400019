/** Makes a Jupyter notebook of a Python script whose cells begin with `# %%`, as editors and Jupytext have them. */

interface Cell {
  cell_type: 'code' | 'markdown';
  metadata: object;
  source: string[];
  execution_count?: null;
  outputs?: [];
}

/** @returns the notebook's JSON (nbformat 4.4) */
export function notebookOf(script: string): string {
  const parts = script.split(/^# %%(.*)\n/m).slice(1);
  const cells: Cell[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const source = parts[i + 1]!.trim();
    if (parts[i]!.includes('[markdown]')) {
      const text = source.replaceAll(/^# ?/gm, '');
      cells.push({ cell_type: 'markdown', metadata: {}, source: linesOf(text) });
    } else
      cells.push({
        cell_type: 'code',
        metadata: {},
        source: linesOf(source),
        execution_count: null,
        outputs: [],
      });
  }
  const notebook = {
    cells,
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 4,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** Each line with its end, as the format has them. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/);
