/** The part of TensorFlow's C API that runs a graph in a classic session: tensorflow/c/c_api.h. */
import koffi from 'koffi';
import type { GraphOutput, Pointer } from './c-api.ts';

type Call<A extends unknown[], R> = (...args: A) => R;

/** The C functions of sessions. */
export type SessionApi = ReturnType<typeof loadSessionApi>;

/** Takes them from the libtensorflow that is loaded already from this file. */
export function loadSessionApi(cc: string) {
  const library = koffi.load(cc);
  const pointer = 'void *';
  const outputs = koffi.pointer(koffi.struct({ oper: pointer, index: 'int' }));
  const bind = <A extends unknown[], R>(name: string, result: string, args: unknown[]) =>
    library.func(name, result, args as never) as unknown as Call<A, R>;
  type P = Pointer;
  return {
    bufferOf: bind<[Uint8Array, number], P>('TF_NewBufferFromString', pointer, [pointer, 'size_t']),
    /** (context, name, TF_Buffer for the FunctionDef, status) */
    functionDef: bind<[P, string, P, P], undefined>('TFE_ContextGetFunctionDef', 'void', [
      pointer,
      'str',
      pointer,
      pointer,
    ]),
    importFunction: bind<[Uint8Array, number, P], P>('TF_FunctionImportFunctionDef', pointer, [
      pointer,
      'size_t',
      pointer,
    ]),
    /** (graph, function, its gradient, status) */
    copyFunction: bind<[P, P, null, P], undefined>('TF_GraphCopyFunction', 'void', [
      pointer,
      pointer,
      pointer,
      pointer,
    ]),
    nodeSetFunction: bind<[P, string, string, number], undefined>('TF_SetAttrFuncName', 'void', [
      pointer,
      'str',
      'str',
      'size_t',
    ]),
    newOptions: bind<[], P>('TF_NewSessionOptions', pointer, []),
    setConfig: bind<[P, Uint8Array, number, P], undefined>('TF_SetConfig', 'void', [
      pointer,
      pointer,
      'size_t',
      pointer,
    ]),
    deleteOptions: bind<[P], undefined>('TF_DeleteSessionOptions', 'void', [pointer]),
    /** (graph, options, status) */
    newSession: bind<[P, P, P], P>('TF_NewSession', pointer, [pointer, pointer, pointer]),
    closeSession: bind<[P, P], undefined>('TF_CloseSession', 'void', [pointer, pointer]),
    deleteSession: bind<[P, P], undefined>('TF_DeleteSession', 'void', [pointer, pointer]),
    /**
     * (session, RunOptions, inputs, their values, number, outputs, room for their values, number, operations to run,
     * number, TF_Buffer for the RunMetadata, status)
     */
    run: bind<
      [
        P,
        P | null,
        GraphOutput[],
        BigUint64Array,
        number,
        GraphOutput[],
        BigUint64Array,
        number,
        BigUint64Array,
        number,
        P | null,
        P,
      ],
      undefined
    >('TF_SessionRun', 'void', [
      pointer,
      pointer,
      outputs,
      pointer,
      'int',
      outputs,
      pointer,
      'int',
      pointer,
      'int',
      pointer,
      pointer,
    ]),
  };
}
