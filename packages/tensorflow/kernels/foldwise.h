/*
 * What the kernels share: the part of TensorFlow's C API that they call (tensorflow/c/kernels.h, ops.h, tf_tensor.h),
 * looked up at run time so that nothing is linked, and helpers around it. Shapes are in the comments as in the
 * TypeScript that calls the operations.
 */
#ifndef FOLDWISE_H
#define FOLDWISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct TF_Tensor TF_Tensor;
typedef struct TF_Status TF_Status;
typedef struct TF_OpKernelContext TF_OpKernelContext;
typedef struct TF_OpKernelConstruction TF_OpKernelConstruction;
typedef struct TF_ShapeInferenceContext TF_ShapeInferenceContext;
typedef struct TF_ShapeHandle TF_ShapeHandle;

enum { FLOAT32 = 1, INT32 = 3, BFLOAT16 = 14 };

/* X(result, name, arguments) */
#define TENSORFLOW_FUNCTIONS(X)                                                                          \
  X(TF_Status *, TF_NewStatus, (void))                                                                   \
  X(void, TF_DeleteStatus, (TF_Status *))                                                                \
  X(void, TF_SetStatus, (TF_Status *, int code, const char *message))                                    \
  X(int, TF_GetCode, (const TF_Status *))                                                                \
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
  X(void, TF_ShapeInferenceContextGetInput, (TF_ShapeInferenceContext *, int, TF_ShapeHandle *, TF_Status *)) \
  X(void, TF_ShapeInferenceContextSetOutput, (TF_ShapeInferenceContext *, int, TF_ShapeHandle *, TF_Status *)) \
  X(TF_ShapeHandle *, TF_ShapeInferenceContextScalar, (TF_ShapeInferenceContext *))                      \
  X(void, TF_ShapeInferenceContextSubshape,                                                              \
    (TF_ShapeInferenceContext *, TF_ShapeHandle *, int64_t start, int64_t end, TF_ShapeHandle *, TF_Status *)) \
  X(void, TF_ShapeInferenceContextConcatenateShapes,                                                     \
    (TF_ShapeInferenceContext *, TF_ShapeHandle *, TF_ShapeHandle *, TF_ShapeHandle *, TF_Status *))

#define DECLARE(result, name, arguments) extern result(*name) arguments;
TENSORFLOW_FUNCTIONS(DECLARE)
#undef DECLARE

/* A tensor as the kernels see it: [rows, columns], where the columns are the last axis. */
typedef struct {
  void *data;
  int type;
  int rank;
  int64_t dims[8];
  int64_t rows, columns, count;
  TF_Tensor *handle;
} Tensor;

enum { MAX_INPUTS = 16 };

/* One call of a kernel. After a failure, `failed` is set, and outputs have no data. */
typedef struct {
  TF_OpKernelContext *context;
  TF_Status *status;
  bool failed;
  int held;
  TF_Tensor *handles[MAX_INPUTS + 8];
} Call;

Call begin(TF_OpKernelContext *context);
Tensor input(Call *call, int index);
/* An input outside of a call, for kernels of many inputs: delete its handle. Empty where the status is bad. */
Tensor input_of(TF_OpKernelContext *context, int index, TF_Status *status);
/* An output with the shape of `like` without its last `drop` axes. */
Tensor output(Call *call, int index, int type, const Tensor *like, int drop);
Tensor output_shape(Call *call, int index, int type, const int64_t *dims, int rank);
/* Whether texts can start at these rows: int32 [texts + 1], ascending, none longer than `longest`, the last one's end within the rows. */
bool are_starts(const Tensor *starts, int64_t rows, int64_t longest);
void fail(Call *call, const char *message);
void end(Call *call);

/* Memory for the time of a call; 64-byte aligned, not zeroed. */
void *scratch(size_t bytes);
/* The calling thread's own memory, 64-byte aligned, not zeroed; the next call of the thread takes the same. */
void *thread_scratch(size_t bytes);

/* Has the system provide memory that nothing was written to yet, at once and by all threads: page by page takes it twice as long. */
void provide(void *memory, size_t bytes);

/* An attribute of the node that a kernel is made for; a node without it fails. */
float float_attribute(TF_OpKernelConstruction *construction, const char *name);
int64_t int_attribute(TF_OpKernelConstruction *construction, const char *name);

/* Runs work(0..units) on the engine's threads; which thread runs which unit is not fixed. */
void parallel(int64_t units, void (*work)(int64_t unit, void *state), void *state);
void start_threads(int count);
int thread_count(void);

/* Registration of an operation and its kernel on the CPU. `signature` lists "i:input", "o:output", "a:attribute". */
typedef struct {
  const char *name;
  const char *const *signature;
  void (*shape)(TF_ShapeInferenceContext *, TF_Status *);
  void *(*create)(TF_OpKernelConstruction *);
  void (*compute)(void *, TF_OpKernelContext *);
  bool stateful;
} Operation;
void register_operation(const Operation *operation);

/* Shapes: output o is as input i. */
void shape_as(TF_ShapeInferenceContext *context, int output, int input, TF_Status *status);
/* Output o is as input i without its last axis. */
void shape_without_last(TF_ShapeInferenceContext *context, int output, int input, TF_Status *status);

/* Column sums of a matrix whose rows come in blocks: deterministic, whatever the number of threads. */
enum { BLOCK_ROWS = 64 };
static inline int64_t blocks_of(int64_t rows) { return (rows + BLOCK_ROWS - 1) / BLOCK_ROWS; }
/* total[columns] = sum over blocks of partial[block][columns] */
void add_blocks(float *total, const float *partial, int64_t blocks, int64_t columns);

#endif
