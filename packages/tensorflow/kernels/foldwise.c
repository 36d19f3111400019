/* The helpers of foldwise.h, and the start of the library. */
#include "foldwise.h"
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define DEFINE(result, name, arguments) result(*name) arguments;
TENSORFLOW_FUNCTIONS(DEFINE)
#undef DEFINE

int register_kernels(void);

static int products;

/* The types of FoldwiseProduct and its kin: 1 for float32, 2 for bfloat16, 3 for both, 0 where there are none. */
int foldwise_products(void) { return products; }

/*
 * Finds TensorFlow's functions in the libraries of these paths, which are loaded, and registers the operations.
 * Returns NULL, or the name of a function that is missing.
 */
const char *foldwise_start(const char *framework, const char *cc, int threads) {
  static atomic_bool started; /* by another thread of JavaScript: TensorFlow ends a process that registers twice */
  if (atomic_exchange(&started, true)) return NULL;
  void *libraries[] = {dlopen(framework, RTLD_NOW | RTLD_NOLOAD), dlopen(cc, RTLD_NOW | RTLD_NOLOAD)};
  void *symbol;
#define FIND(result, name, arguments)                             \
  symbol = libraries[1] ? dlsym(libraries[1], #name) : NULL;      \
  if (!symbol && libraries[0]) symbol = dlsym(libraries[0], #name); \
  if (!symbol) return #name;                                      \
  memcpy(&name, &symbol, sizeof symbol);
  TENSORFLOW_FUNCTIONS(FIND)
#undef FIND
  start_threads(threads);
  products = register_kernels();
  return NULL;
}

Call begin(TF_OpKernelContext *context) {
  Call call = {.context = context, .status = TF_NewStatus()};
  return call;
}

static Tensor describe(TF_Tensor *handle) {
  Tensor tensor = {.handle = handle};
  tensor.data = TF_TensorData(handle);
  tensor.type = TF_TensorType(handle);
  tensor.rank = TF_NumDims(handle);
  tensor.count = 1;
  for (int i = 0; i < tensor.rank; i++) tensor.count *= tensor.dims[i] = TF_Dim(handle, i);
  tensor.columns = tensor.rank ? tensor.dims[tensor.rank - 1] : 1;
  tensor.rows = tensor.columns ? tensor.count / tensor.columns : 0;
  return tensor;
}

Tensor input_of(TF_OpKernelContext *context, int index, TF_Status *status) {
  TF_Tensor *handle = NULL;
  TF_GetInput(context, index, &handle, status);
  return handle ? describe(handle) : (Tensor){0};
}

/* Notes what to delete at the end of the call. */
static Tensor hold(Call *call, Tensor tensor) {
  if (tensor.handle)
    call->handles[call->held++] = tensor.handle;
  else
    call->failed = true;
  return tensor;
}

Tensor input(Call *call, int index) { return hold(call, input_of(call->context, index, call->status)); }

Tensor output_shape(Call *call, int index, int type, const int64_t *dims, int rank) {
  size_t bytes = type == BFLOAT16 ? 2 : 4;
  for (int i = 0; i < rank; i++) bytes *= dims[i];
  TF_Tensor *handle = TF_AllocateOutput(call->context, index, type, dims, rank, bytes, call->status);
  if (!handle) return hold(call, (Tensor){0});
  const Tensor tensor = describe(handle);
  provide(tensor.data, bytes);
  return hold(call, tensor);
}

Tensor output(Call *call, int index, int type, const Tensor *like, int drop) {
  return output_shape(call, index, type, like->dims, like->rank - drop);
}

bool are_starts(const Tensor *starts, int64_t rows, int64_t longest) {
  if (starts->type != INT32 || starts->rank != 1 || starts->count < 1) return false;
  const int32_t *start = starts->data;
  for (int64_t i = 0; i + 1 < starts->count; i++)
    if (start[i + 1] < start[i] || start[i + 1] - start[i] > longest) return false;
  return start[0] >= 0 && start[starts->count - 1] <= rows;
}

void fail(Call *call, const char *message) {
  call->failed = true;
  TF_SetStatus(call->status, 3 /* invalid argument */, message);
}

void end(Call *call) {
  if (call->failed) TF_OpKernelContext_Failure(call->context, call->status);
  for (int i = 0; i < call->held; i++) TF_DeleteTensor(call->handles[i]);
  TF_DeleteStatus(call->status);
}

static void settle(TF_OpKernelConstruction *construction, TF_Status *status) {
  if (TF_GetCode(status) != 0) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
}

float float_attribute(TF_OpKernelConstruction *construction, const char *name) {
  float value = 0;
  TF_Status *status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrFloat(construction, name, &value, status);
  settle(construction, status);
  return value;
}

int64_t int_attribute(TF_OpKernelConstruction *construction, const char *name) {
  int64_t value = 0;
  TF_Status *status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrInt64(construction, name, &value, status);
  settle(construction, status);
  return value;
}

void *scratch(size_t bytes) { return aligned_alloc(64, (bytes + 63) / 64 * 64 + 64); }

void *thread_scratch(size_t bytes) {
  static __thread void *memory;
  static __thread size_t size;
  if (bytes > size) {
    free(memory);
    memory = scratch(size = bytes);
  }
  return memory;
}

void add_blocks(float *total, const float *partial, int64_t blocks, int64_t columns) {
  memset(total, 0, columns * sizeof(float));
  for (int64_t b = 0; b < blocks; b++)
    for (int64_t i = 0; i < columns; i++) total[i] += partial[b * columns + i];
}

void shape_as(TF_ShapeInferenceContext *context, int output, int input, TF_Status *status) {
  TF_ShapeHandle *shape = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, input, shape, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSetOutput(context, output, shape, status);
  TF_DeleteShapeHandle(shape);
}

void shape_without_last(TF_ShapeInferenceContext *context, int output, int input, TF_Status *status) {
  TF_ShapeHandle *shape = TF_NewShapeHandle();
  TF_ShapeHandle *rest = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, input, shape, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSubshape(context, shape, 0, -1, rest, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSetOutput(context, output, rest, status);
  TF_DeleteShapeHandle(shape);
  TF_DeleteShapeHandle(rest);
}

void register_operation(const Operation *operation) {
  TF_Status *status = TF_NewStatus();
  void *definition = TF_NewOpDefinitionBuilder(operation->name);
  for (const char *const *line = operation->signature; *line; line++) {
    const char *specification = *line + 2;
    if (**line == 'i') TF_OpDefinitionBuilderAddInput(definition, specification);
    if (**line == 'o') TF_OpDefinitionBuilderAddOutput(definition, specification);
    if (**line == 'a') TF_OpDefinitionBuilderAddAttr(definition, specification);
  }
  if (operation->stateful) TF_OpDefinitionBuilderSetIsStateful(definition, true);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, operation->shape);
  TF_RegisterOpDefinition(definition, status);
  void *kernel = TF_NewKernelBuilder(operation->name, "CPU", operation->create, operation->compute, free);
  TF_RegisterKernelBuilder(operation->name, kernel, status);
  TF_DeleteStatus(status);
}
