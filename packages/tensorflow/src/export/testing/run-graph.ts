/** Runs a serialized graph in a session of its own, as another program would; for tests. */
import koffi from 'koffi';
import { nativeBackend } from '../../backend/native-backend.ts';
import { readTensor, writeTensor, type TensorValues } from '../../binding/tensor-memory.ts';
import type { GraphOutput, Pointer } from '../../c-api/c-api.ts';
import { DataType } from '../../c-api/data-type.ts';
import { loadSessionApi } from '../../c-api/session-api.ts';

export interface Feed {
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool';
  values: TensorValues;
}

/** The values of these nodes' first outputs. */
export function runGraph(
  graphDef: Uint8Array,
  feeds: Readonly<Record<string, Feed>>,
  fetches: readonly string[],
): number[][] {
  const { context } = nativeBackend()!.binding;
  const { api, checked, cc } = context;
  const sessions = loadSessionApi(cc);
  const library = koffi.load(cc);
  const newOptions = library.func('void *TF_NewImportGraphDefOptions()') as unknown as () => Pointer;
  const deleteOptions = library.func('void TF_DeleteImportGraphDefOptions(void *)');
  const importGraph = library.func('void TF_GraphImportGraphDef(void *, void *, void *, void *)');
  const find = library.func('void *TF_GraphOperationByName(void *, str)') as unknown as (
    graph: Pointer,
    name: string,
  ) => Pointer | null;
  const graph = api.newGraph();
  const options = newOptions();
  const sessionOptions = sessions.newOptions();
  const buffer = sessions.bufferOf(graphDef, graphDef.length);
  const tensors: Pointer[] = [];
  try {
    checked('import', (status) => importGraph(graph, buffer, options, status) as undefined);
    const nodeOf = (name: string): GraphOutput => {
      const oper = find(graph, name);
      if (oper === null) throw new Error(`the graph has no node ${name}`);
      return { oper, index: 0 };
    };
    for (const { shape, dtype, values } of Object.values(feeds))
      tensors.push(writeTensor(context, shape, DataType[dtype], values));
    const outputs = fetches.map(nodeOf);
    const results = new BigUint64Array(outputs.length);
    const session = checked('session', (status) => sessions.newSession(graph, sessionOptions, status));
    try {
      const inputs = Object.keys(feeds).map(nodeOf);
      const values = BigUint64Array.from(tensors);
      checked('session', (status) =>
        sessions.run(
          ...([session, null, inputs, values, inputs.length] as const),
          ...([outputs, results, outputs.length] as const),
          ...([new BigUint64Array(1), 0, null, status] as const),
        ),
      );
    } finally {
      checked('session', (status) => sessions.deleteSession(session, status));
    }
    tensors.push(...results);
    return outputs.map((output, i) =>
      Array.from(readTensor(context, results[i]!, api.outputType(output)) as Float32Array),
    );
  } finally {
    for (const tensor of tensors) api.deleteTensor(tensor);
    api.deleteBuffer(buffer);
    deleteOptions(options);
    sessions.deleteOptions(sessionOptions);
    api.deleteGraph(graph);
  }
}
