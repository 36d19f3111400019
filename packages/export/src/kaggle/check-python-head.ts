/** Whether the Python script of an export can compute a head. */

/** The heads that `predict.py` has; its parity with ours is tested by `npx nx run end-to-end:kaggle`. */
const known = new Set([
  ...['cls', 'pooler', 'token', 'mean', 'mean-sqrt', 'weighted-mean', 'max', 'min', 'mean-max', 'gem'],
  ...['attention', 'multi-head-attention', 'concat', 'weighted-layers', 'layers', 'last-4-mean'],
  ...['last-4-concat', 'layer-lstm', 'layer-gru', 'lstm', 'bilstm', 'gru', 'bigru', 'conv1d'],
]);

/** @throws Error that names the first head of the spec, or within it, that the script lacks */
export function checkPythonHead(spec: string): void {
  const [, name, argument = ''] = /^([^:]*)(?::(.*))?$/s.exec(spec)!;
  if (!known.has(name!))
    throw new Error(
      `the head "${name}" cannot be exported to Kaggle: the Python script has ${[...known].join(', ')}`,
    );
  for (const inner of headsWithin(name!, argument)) checkPythonHead(inner);
}

function headsWithin(name: string, argument: string): string[] {
  if (argument === '') return [];
  switch (name) {
    case 'concat':
      return argument.split('+');
    case 'layers':
      return argument.split(':').slice(1, 2).length > 0 ? [argument.slice(argument.indexOf(':') + 1)] : [];
    case 'weighted-layers':
    case 'last-4-mean':
    case 'last-4-concat':
      return [argument];
    default:
      return [];
  }
}
