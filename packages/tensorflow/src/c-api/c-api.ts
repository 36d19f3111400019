/**
 * TensorFlow's C API (tensorflow/c/c_api.h and tensorflow/c/eager/c_api.h) as typed functions, through koffi: what
 * eager execution, tracing and memory need, and nothing else. Pointers are bigints.
 */
import koffi from 'koffi';
import { keepLoaded } from './keep-loaded.ts';
import { loadQuietly } from './load-quietly.ts';

/** A C pointer. */
export type Pointer = bigint;

/** One output of a graph node: TF_Output. */
export interface GraphOutput {
  oper: Pointer;
  index: number;
}

const pointer = 'void *';

type Native = ReturnType<ReturnType<typeof koffi.load>['func']>;
type Call<A extends unknown[], R> = ((...args: A) => R) & Pick<Native, 'async'>;

/** The C functions of one loaded libtensorflow. */
export type CApi = ReturnType<typeof loadCApi>;

/**
 * Loads libtensorflow. The framework library goes first, since the other one's run path may not lead to it.
 * @throws if a file cannot be loaded or lacks a symbol (the message is the loader's).
 */
export function loadCApi(files: { framework: string; cc: string }) {
  loadQuietly(files.framework);
  // Lazily: it calls 156,000 functions by name, most of them never, and looking all of them up takes a tenth of a second.
  const library = koffi.load(files.cc, { lazy: true });
  keepLoaded(files.cc);
  const output = koffi.struct({ oper: pointer, index: 'int' });
  const outputs = koffi.pointer(output);
  const dims = 'int64_t *';
  const bind = <A extends unknown[], R>(name: string, result: string, args: unknown[]) =>
    library.func(name, result, args as never) as unknown as Call<A, R>;
  type P = Pointer;
  type G = GraphOutput;
  return {
    version: bind<[], string>('TF_Version', 'str', []),

    newStatus: bind<[], P>('TF_NewStatus', pointer, []),
    deleteStatus: bind<[P], undefined>('TF_DeleteStatus', 'void', [pointer]),
    getCode: bind<[P], number>('TF_GetCode', 'int', [pointer]),
    message: bind<[P], string>('TF_Message', 'str', [pointer]),

    newBuffer: bind<[], P>('TF_NewBuffer', pointer, []),
    deleteBuffer: bind<[P], undefined>('TF_DeleteBuffer', 'void', [pointer]),

    newContextOptions: bind<[], P>('TFE_NewContextOptions', pointer, []),
    setConfig: bind<[P, Uint8Array, number, P], undefined>('TFE_ContextOptionsSetConfig', 'void', [
      pointer,
      pointer,
      'size_t',
      pointer,
    ]),
    deleteContextOptions: bind<[P], undefined>('TFE_DeleteContextOptions', 'void', [pointer]),
    newContext: bind<[P, P], P>('TFE_NewContext', pointer, [pointer, pointer]),
    deleteContext: bind<[P], undefined>('TFE_DeleteContext', 'void', [pointer]),
    listDevices: bind<[P, P], P>('TFE_ContextListDevices', pointer, [pointer, pointer]),
    deviceCount: bind<[P], number>('TF_DeviceListCount', 'int', [pointer]),
    deviceName: bind<[P, number, P], string>('TF_DeviceListName', 'str', [pointer, 'int', pointer]),
    deviceType: bind<[P, number, P], string>('TF_DeviceListType', 'str', [pointer, 'int', pointer]),
    deviceMemoryBytes: bind<[P, number, P], number>('TF_DeviceListMemoryBytes', 'int64_t', [
      pointer,
      'int',
      pointer,
    ]),
    deleteDeviceList: bind<[P], undefined>('TF_DeleteDeviceList', 'void', [pointer]),

    allocateTensor: bind<[number, BigInt64Array, number, number], P>('TF_AllocateTensor', pointer, [
      'int',
      dims,
      'int',
      'size_t',
    ]),
    tensorData: bind<[P], P>('TF_TensorData', pointer, [pointer]),
    tensorByteSize: bind<[P], number>('TF_TensorByteSize', 'size_t', [pointer]),
    deleteTensor: bind<[P], undefined>('TF_DeleteTensor', 'void', [pointer]),
    stringInit: bind<[P], undefined>('TF_StringInit', 'void', [pointer]),
    stringCopy: bind<[P, Uint8Array, number], undefined>('TF_StringCopy', 'void', [
      pointer,
      pointer,
      'size_t',
    ]),
    stringData: bind<[P], P>('TF_StringGetDataPointer', pointer, [pointer]),
    stringSize: bind<[P], number>('TF_StringGetSize', 'size_t', [pointer]),

    newHandle: bind<[P, P], P>('TFE_NewTensorHandle', pointer, [pointer, pointer]),
    shareHandle: bind<[P, P], P>('TFE_TensorHandleCopySharingTensor', pointer, [pointer, pointer]),
    deleteHandle: bind<[P], undefined>('TFE_DeleteTensorHandle', 'void', [pointer]),
    resolveHandle: bind<[P, P], P>('TFE_TensorHandleResolve', pointer, [pointer, pointer]),
    handleDeviceName: bind<[P, P], string>('TFE_TensorHandleDeviceName', 'str', [pointer, pointer]),
    handleBackingDeviceName: bind<[P, P], string>('TFE_TensorHandleBackingDeviceName', 'str', [
      pointer,
      pointer,
    ]),
    handleDataType: bind<[P], number>('TFE_TensorHandleDataType', 'int', [pointer]),
    handleNumDims: bind<[P, P], number>('TFE_TensorHandleNumDims', 'int', [pointer, pointer]),
    handleDim: bind<[P, number, P], number>('TFE_TensorHandleDim', 'int64_t', [pointer, 'int', pointer]),

    newOp: bind<[P, string, P], P>('TFE_NewOp', pointer, [pointer, 'str', pointer]),
    deleteOp: bind<[P], undefined>('TFE_DeleteOp', 'void', [pointer]),
    opAddInput: bind<[P, P, P], undefined>('TFE_OpAddInput', 'void', [pointer, pointer, pointer]),
    opSetType: bind<[P, string, number], undefined>('TFE_OpSetAttrType', 'void', [pointer, 'str', 'int']),
    opSetInt: bind<[P, string, number], undefined>('TFE_OpSetAttrInt', 'void', [pointer, 'str', 'int64_t']),
    opSetFloat: bind<[P, string, number], undefined>('TFE_OpSetAttrFloat', 'void', [pointer, 'str', 'float']),
    opSetBool: bind<[P, string, number], undefined>('TFE_OpSetAttrBool', 'void', [pointer, 'str', 'uint8_t']),
    opSetString: bind<[P, string, Uint8Array, number], undefined>('TFE_OpSetAttrString', 'void', [
      pointer,
      'str',
      pointer,
      'size_t',
    ]),
    opSetShape: bind<[P, string, BigInt64Array, number, P], undefined>('TFE_OpSetAttrShape', 'void', [
      pointer,
      'str',
      dims,
      'int',
      pointer,
    ]),
    opSetInts: bind<[P, string, BigInt64Array, number], undefined>('TFE_OpSetAttrIntList', 'void', [
      pointer,
      'str',
      dims,
      'int',
    ]),
    opSetFloats: bind<[P, string, Float32Array, number], undefined>('TFE_OpSetAttrFloatList', 'void', [
      pointer,
      'str',
      'float *',
      'int',
    ]),
    opSetStrings: bind<[P, string, string[], BigUint64Array, number], undefined>(
      'TFE_OpSetAttrStringList',
      'void',
      [pointer, 'str', 'const char **', 'size_t *', 'int'],
    ),
    opSetTypes: bind<[P, string, Int32Array, number], undefined>('TFE_OpSetAttrTypeList', 'void', [
      pointer,
      'str',
      'int *',
      'int',
    ]),
    execute: bind<[P, BigUint64Array, Int32Array, P], undefined>('TFE_Execute', 'void', [
      pointer,
      pointer,
      'int *',
      pointer,
    ]),

    newGraph: bind<[], P>('TF_NewGraph', pointer, []),
    deleteGraph: bind<[P], undefined>('TF_DeleteGraph', 'void', [pointer]),
    getOpDef: bind<[P, string, P, P], undefined>('TF_GraphGetOpDef', 'void', [
      pointer,
      'str',
      pointer,
      pointer,
    ]),
    newOperation: bind<[P, string, string], P>('TF_NewOperation', pointer, [pointer, 'str', 'str']),
    finishOperation: bind<[P, P], P>('TF_FinishOperation', pointer, [pointer, pointer]),
    addInput: bind<[P, G], undefined>('TF_AddInput', 'void', [pointer, output]),
    addInputList: bind<[P, G[], number], undefined>('TF_AddInputList', 'void', [pointer, outputs, 'int']),
    addControlInput: bind<[P, P], undefined>('TF_AddControlInput', 'void', [pointer, pointer]),
    nodeSetType: bind<[P, string, number], undefined>('TF_SetAttrType', 'void', [pointer, 'str', 'int']),
    nodeSetInt: bind<[P, string, number], undefined>('TF_SetAttrInt', 'void', [pointer, 'str', 'int64_t']),
    nodeSetFloat: bind<[P, string, number], undefined>('TF_SetAttrFloat', 'void', [pointer, 'str', 'float']),
    nodeSetBool: bind<[P, string, number], undefined>('TF_SetAttrBool', 'void', [pointer, 'str', 'uint8_t']),
    nodeSetString: bind<[P, string, Uint8Array, number], undefined>('TF_SetAttrString', 'void', [
      pointer,
      'str',
      pointer,
      'size_t',
    ]),
    nodeSetShape: bind<[P, string, BigInt64Array, number], undefined>('TF_SetAttrShape', 'void', [
      pointer,
      'str',
      dims,
      'int',
    ]),
    nodeSetInts: bind<[P, string, BigInt64Array, number], undefined>('TF_SetAttrIntList', 'void', [
      pointer,
      'str',
      dims,
      'int',
    ]),
    nodeSetFloats: bind<[P, string, Float32Array, number], undefined>('TF_SetAttrFloatList', 'void', [
      pointer,
      'str',
      'float *',
      'int',
    ]),
    nodeSetStrings: bind<[P, string, string[], BigUint64Array, number], undefined>(
      'TF_SetAttrStringList',
      'void',
      [pointer, 'str', 'const char **', 'size_t *', 'int'],
    ),
    nodeSetTypes: bind<[P, string, Int32Array, number], undefined>('TF_SetAttrTypeList', 'void', [
      pointer,
      'str',
      'int *',
      'int',
    ]),
    nodeSetTensor: bind<[P, string, P, P], undefined>('TF_SetAttrTensor', 'void', [
      pointer,
      'str',
      pointer,
      pointer,
    ]),
    outputType: bind<[G], number>('TF_OperationOutputType', 'int', [output]),
    outputNumDims: bind<[P, G, P], number>('TF_GraphGetTensorNumDims', 'int', [pointer, output, pointer]),
    outputShape: bind<[P, G, BigInt64Array, number, P], undefined>('TF_GraphGetTensorShape', 'void', [
      pointer,
      output,
      dims,
      'int',
      pointer,
    ]),
    setShape: bind<[P, G, BigInt64Array, number, P], undefined>('TF_GraphSetTensorShape', 'void', [
      pointer,
      output,
      dims,
      'int',
      pointer,
    ]),
    graphToGraphDef: bind<[P, P, P], undefined>('TF_GraphToGraphDef', 'void', [pointer, pointer, pointer]),
    operationName: bind<[P], string>('TF_OperationName', 'str', [pointer]),
    graphToFunction: bind<
      [
        P,
        string,
        number,
        number,
        null,
        number,
        G[],
        number,
        G[],
        null,
        number,
        Pointer[],
        null,
        null,
        string,
        P,
      ],
      P
    >('TF_GraphToFunctionWithControlOutputs', pointer, [
      pointer,
      'str',
      'uint8_t',
      'int',
      pointer,
      'int',
      outputs,
      'int',
      outputs,
      pointer,
      'int',
      koffi.pointer(pointer),
      pointer,
      pointer,
      'str',
      pointer,
    ]),
    deleteFunction: bind<[P], undefined>('TF_DeleteFunction', 'void', [pointer]),
    addFunction: bind<[P, P, P], undefined>('TFE_ContextAddFunction', 'void', [pointer, pointer, pointer]),
    removeFunction: bind<[P, string, P], undefined>('TFE_ContextRemoveFunction', 'void', [
      pointer,
      'str',
      pointer,
    ]),
  };
}
