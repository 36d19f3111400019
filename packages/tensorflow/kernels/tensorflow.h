/*
 * The part of TensorFlow's C API that the kernels call (tensorflow/c/kernels.h, ops.h, tf_tensor.h), looked up at run time
 * so that nothing is linked.
 */
#ifndef TENSORFLOW_H
#define TENSORFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct TF_Buffer TF_Buffer;
typedef struct TF_DimensionHandle TF_DimensionHandle;
typedef struct TF_Graph TF_Graph;
typedef struct TF_OpKernelConstruction TF_OpKernelConstruction;
typedef struct TF_OpKernelContext TF_OpKernelContext;
typedef struct TF_ShapeHandle TF_ShapeHandle;
typedef struct TF_ShapeInferenceContext TF_ShapeInferenceContext;
typedef struct TF_Status TF_Status;
typedef struct TF_Tensor TF_Tensor;

enum { FLOAT32 = 1, INT32 = 3, BFLOAT16 = 14 };
enum { INVALID_ARGUMENT = 3, RESOURCE_EXHAUSTED = 8 };

/* X(result, name, arguments) */
#define TENSORFLOW_FUNCTIONS(X)                                                                          \
  X(TF_Status *, TF_NewStatus, (void))                                                                   \
  X(void, TF_DeleteStatus, (TF_Status *))                                                                \
  X(void, TF_SetStatus, (TF_Status *, int code, const char *message))                                    \
  X(int, TF_GetCode, (const TF_Status *))                                                                \
  X(const char *, TF_Message, (const TF_Status *))                                                       \
  X(TF_Graph *, TF_NewGraph, (void))                                                                     \
  X(void, TF_DeleteGraph, (TF_Graph *))                                                                  \
  X(void, TF_GraphGetOpDef, (TF_Graph *, const char *name, TF_Buffer *, TF_Status *))                    \
  X(TF_Buffer *, TF_NewBuffer, (void))                                                                   \
  X(void, TF_DeleteBuffer, (TF_Buffer *))                                                                \
  X(void *, TF_NewOpDefinitionBuilder, (const char *name))                                               \
  X(void, TF_OpDefinitionBuilderAddInput, (void *, const char *))                                        \
  X(void, TF_OpDefinitionBuilderAddOutput, (void *, const char *))                                       \
  X(void, TF_OpDefinitionBuilderAddAttr, (void *, const char *))                                         \
  X(void, TF_OpDefinitionBuilderSetIsStateful, (void *, bool))                                           \
  X(void, TF_OpDefinitionBuilderSetShapeInferenceFunction,                                               \
    (void *, void (*)(TF_ShapeInferenceContext *, TF_Status *)))                                         \
  X(void, TF_RegisterOpDefinition, (void *, TF_Status *))                                                \
  X(void *, TF_NewKernelBuilder,                                                                         \
    (const char *op, const char *device, void *(*create)(TF_OpKernelConstruction *),                     \
     void (*compute)(void *, TF_OpKernelContext *), void (*destroy)(void *)))                            \
  X(void, TF_RegisterKernelBuilder, (const char *name, void *, TF_Status *))                             \
  X(void, TF_OpKernelConstruction_GetAttrFloat,                                                          \
    (TF_OpKernelConstruction *, const char *, float *, TF_Status *))                                     \
  X(void, TF_OpKernelConstruction_GetAttrInt64,                                                          \
    (TF_OpKernelConstruction *, const char *, int64_t *, TF_Status *))                                   \
  X(void, TF_OpKernelConstruction_GetAttrFloatList,                                                      \
    (TF_OpKernelConstruction *, const char *, float *, int, TF_Status *))                                \
  X(void, TF_OpKernelConstruction_GetAttrSize,                                                           \
    (TF_OpKernelConstruction *, const char *, int32_t *, int32_t *, TF_Status *))                        \
  X(void, TF_OpKernelConstruction_Failure, (TF_OpKernelConstruction *, TF_Status *))                     \
  X(void, TF_OpKernelContext_Failure, (TF_OpKernelContext *, TF_Status *))                               \
  X(int, TF_NumInputs, (TF_OpKernelContext *))                                                           \
  X(int, TF_NumOutputs, (TF_OpKernelContext *))                                                          \
  X(void, TF_GetInput, (TF_OpKernelContext *, int, TF_Tensor **, TF_Status *))                           \
  X(TF_Tensor *, TF_AllocateOutput,                                                                      \
    (TF_OpKernelContext *, int, int dtype, const int64_t *dims, int rank, size_t bytes, TF_Status *))    \
  X(int, TF_ExpectedOutputDataType, (TF_OpKernelContext *, int))                                         \
  X(int, TF_TensorType, (const TF_Tensor *))                                                             \
  X(int, TF_NumDims, (const TF_Tensor *))                                                                \
  X(int64_t, TF_Dim, (const TF_Tensor *, int))                                                           \
  X(void *, TF_TensorData, (const TF_Tensor *))                                                          \
  X(void, TF_DeleteTensor, (TF_Tensor *))                                                                \
  X(TF_ShapeHandle *, TF_NewShapeHandle, (void))                                                         \
  X(void, TF_DeleteShapeHandle, (TF_ShapeHandle *))                                                      \
  X(TF_DimensionHandle *, TF_NewDimensionHandle, (void))                                                 \
  X(void, TF_DeleteDimensionHandle, (TF_DimensionHandle *))                                              \
  X(int, TF_DimensionHandleValueKnown, (TF_DimensionHandle *))                                           \
  X(int64_t, TF_DimensionHandleValue, (TF_DimensionHandle *))                                            \
  X(int64_t, TF_ShapeInferenceContextNumInputs, (TF_ShapeInferenceContext *))                            \
  X(void, TF_ShapeInferenceContextGetInput, (TF_ShapeInferenceContext *, int, TF_ShapeHandle *, TF_Status *)) \
  X(void, TF_ShapeInferenceContextSetOutput, (TF_ShapeInferenceContext *, int, TF_ShapeHandle *, TF_Status *)) \
  X(int, TF_ShapeInferenceContextRankKnown, (TF_ShapeInferenceContext *, TF_ShapeHandle *))              \
  X(int64_t, TF_ShapeInferenceContextRank, (TF_ShapeInferenceContext *, TF_ShapeHandle *))               \
  X(void, TF_ShapeInferenceContextDim, (TF_ShapeInferenceContext *, TF_ShapeHandle *, int64_t, TF_DimensionHandle *)) \
  X(TF_ShapeHandle *, TF_ShapeInferenceContextScalar, (TF_ShapeInferenceContext *))                      \
  X(TF_ShapeHandle *, TF_ShapeInferenceContextVectorFromSize, (TF_ShapeInferenceContext *, size_t))      \
  X(void, TF_ShapeInferenceContextSetUnknownShape, (TF_ShapeInferenceContext *, TF_Status *))            \
  X(void, TF_ShapeInferenceContext_GetAttrType, (TF_ShapeInferenceContext *, const char *, int *, TF_Status *)) \
  X(void, TF_ShapeInferenceContextConcatenateShapes,                                                     \
    (TF_ShapeInferenceContext *, TF_ShapeHandle *, TF_ShapeHandle *, TF_ShapeHandle *, TF_Status *))

#define DECLARE(result, name, arguments) extern result(*name) arguments;
TENSORFLOW_FUNCTIONS(DECLARE)
#undef DECLARE

/* Looks all of them up in the TensorFlow of this process. Returns NULL, or the name of what is missing. */
const char *find_tensorflow(void);

#endif
