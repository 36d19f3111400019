/*
 * One call of a kernel: its operands are compared with their patterns and checked, its outputs allocated by the same
 * patterns, and only then it runs. A failure ends the call where it is found, so that nothing that follows hides it.
 */
#include "foldwise.h"
#include <stdio.h>
#include <stdlib.h>

enum { FEW = MAX_OPERANDS };

/* A tensor of the handle, with its first MAX_RANK sizes; with more, the operand is refused. */
static Tensor describe(TF_Tensor *handle) {
  Tensor tensor = {.handle = handle, .data = TF_TensorData(handle), .type = TF_TensorType(handle), .rows = 1, .columns = 1};
  const int rank = tensor.shape.rank = TF_NumDims(handle);
  for (int i = 0; i < rank && i < MAX_RANK; i++) {
    tensor.rows *= i > 0 ? tensor.columns : 1;
    tensor.columns = tensor.shape.dims[i] = TF_Dim(handle, i);
  }
  tensor.count = tensor.rows * tensor.columns;
  return tensor;
}

static void report(TF_OpKernelContext *context, TF_Status *status, int code, const char *message) {
  if (message) TF_SetStatus(status, code, message);
  TF_OpKernelContext_Failure(context, status);
}

static void report_memory(const char *operation, size_t bytes, TF_OpKernelContext *context, TF_Status *status) {
  char message[160];
  snprintf(message, sizeof message, "%s: there is no memory of %zu bytes.", operation, bytes);
  report(context, status, RESOURCE_EXHAUSTED, message);
}

/* False after a failure, which is reported. */
static bool get_inputs(TF_OpKernelContext *context, Tensor *in, int count, TF_Status *status) {
  for (int i = 0; i < count; i++) {
    TF_Tensor *handle = NULL;
    TF_GetInput(context, i, &handle, status);
    if (!handle || TF_GetCode(status) != 0) {
      report(context, status, INVALID_ARGUMENT, TF_GetCode(status) != 0 ? NULL : "A kernel of Foldwise got no tensor.");
      return false;
    }
    in[i] = describe(handle);
  }
  return true;
}

/* The same, where memory that was not there yet is provided. */
static bool allocate_outputs(TF_OpKernelContext *context, const Operands *operands, Tensor *out, int count, TF_Status *status) {
  for (int i = 0; i < count; i++) {
    const Shape shape = result_shape(&operands->shapes, i);
    const int type = TF_ExpectedOutputDataType(context, i);
    size_t bytes = type == BFLOAT16 ? 2 : 4;
    for (int j = 0; j < shape.rank; j++) bytes *= shape.dims[j];
    TF_Tensor *handle = TF_AllocateOutput(context, i, type, shape.dims, shape.rank, bytes, status);
    if (!handle || TF_GetCode(status) != 0) {
      if (handle) TF_DeleteTensor(handle);
      report(context, status, RESOURCE_EXHAUSTED, TF_GetCode(status) != 0 ? NULL : "A kernel of Foldwise got no memory for its result.");
      return false;
    }
    out[i] = describe(handle);
    provide(out[i].data, bytes);
  }
  return true;
}

static void compute(const Operation *operation, Operands *operands, TF_OpKernelContext *context, TF_Status *status) {
  const Patterns *patterns = &operation->patterns;
  for (int i = 0; i < patterns->inputs && !operands->type; i++)
    if (patterns->in[i].typed) operands->type = operands->in[i].type;
  if (fit_operands(&operands->shapes) && operation->check) operation->check(operands);
  if (operands->shapes.refused) {
    report(context, status, INVALID_ARGUMENT, operands->shapes.message);
    return;
  }
  Tensor out[MAX_OPERANDS] = {{.handle = NULL}};
  const int outputs = TF_NumOutputs(context);
  if (allocate_outputs(context, operands, out, outputs, status)) {
    missing_bytes = 0;
    operation->compute(operands, out);
    if (operands->shapes.refused)
      report(context, status, INVALID_ARGUMENT, operands->shapes.message);
    else if (missing_bytes > 0)
      report_memory(operation->name, missing_bytes, context, status);
  }
  for (int i = 0; i < outputs; i++)
    if (out[i].handle) TF_DeleteTensor(out[i].handle);
}

void run(const Operation *operation, void *attributes, TF_OpKernelContext *context) {
  TF_Status *status = TF_NewStatus();
  const int count = TF_NumInputs(context);
  Tensor few[FEW], *in = count <= FEW ? few : calloc(count, sizeof *in);
  for (int i = 0; i < FEW; i++) few[i].handle = NULL;
  if (!in) {
    report_memory(operation->name, count * sizeof *in, context, status);
  } else if (get_inputs(context, in, count, status)) {
    Operands operands = {.type = 0, .attributes = attributes, .in = in};
    operands.shapes.operation = operation->name, operands.shapes.patterns = &operation->patterns;
    operands.shapes.first = (const char *)in, operands.shapes.stride = sizeof *in, operands.shapes.count = count;
    compute(operation, &operands, context, status);
  }
  for (int i = 0; in && i < count; i++)
    if (in[i].handle) TF_DeleteTensor(in[i].handle);
  if (in != few) free(in);
  TF_DeleteStatus(status);
}
