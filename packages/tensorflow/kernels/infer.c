/* Infers the shapes of an operation's results, as far as those of its operands are known, by the patterns that its kernel goes by. */
#include "foldwise.h"
#include <stdlib.h>

static Shape read_shape(TF_ShapeInferenceContext *context, int operand, TF_ShapeHandle *handle, TF_DimensionHandle *size, TF_Status *status) {
  Shape shape = {.rank = UNKNOWN};
  TF_ShapeInferenceContextGetInput(context, operand, handle, status);
  if (TF_GetCode(status) != 0 || !TF_ShapeInferenceContextRankKnown(context, handle)) return shape;
  shape.rank = (int)TF_ShapeInferenceContextRank(context, handle);
  for (int i = 0; i < shape.rank && i < MAX_RANK; i++) {
    TF_ShapeInferenceContextDim(context, handle, i, size);
    shape.dims[i] = TF_DimensionHandleValueKnown(size) ? TF_DimensionHandleValue(size) : UNKNOWN;
  }
  return shape;
}

static void read_shapes(TF_ShapeInferenceContext *context, Shape *shapes, int count, TF_Status *status) {
  TF_ShapeHandle *handle = TF_NewShapeHandle();
  TF_DimensionHandle *size = TF_NewDimensionHandle();
  for (int i = 0; i < count && TF_GetCode(status) == 0; i++) shapes[i] = read_shape(context, i, handle, size, status);
  TF_DeleteDimensionHandle(size);
  TF_DeleteShapeHandle(handle);
}

/* An unknown size is one of -1. */
static void set_output(TF_ShapeInferenceContext *context, int output, const Shape *shape, TF_Status *status) {
  TF_ShapeHandle *whole = TF_ShapeInferenceContextScalar(context);
  for (int i = 0; i < shape->rank && TF_GetCode(status) == 0; i++) {
    TF_ShapeHandle *size = TF_ShapeInferenceContextVectorFromSize(context, (size_t)shape->dims[i]), *longer = TF_NewShapeHandle();
    TF_ShapeInferenceContextConcatenateShapes(context, whole, size, longer, status);
    TF_DeleteShapeHandle(size);
    TF_DeleteShapeHandle(whole);
    whole = longer;
  }
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSetOutput(context, output, whole, status);
  TF_DeleteShapeHandle(whole);
}

/* A list of results may be empty, which TensorFlow does not tell but by refusing its shape. */
static void set_outputs(const Operation *operation, TF_ShapeInferenceContext *context, const Shapes *shapes, TF_Status *status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
  for (int i = 0; i < operation->patterns.outputs && TF_GetCode(status) == 0; i++) {
    const Shape shape = result_shape(shapes, i);
    TF_Status *own = operation->patterns.out[i].list ? TF_NewStatus() : status;
    if (shape.rank != UNKNOWN) set_output(context, i, &shape, own);
    if (own != status) TF_DeleteStatus(own);
  }
}

static int type_of(const Operation *operation, TF_ShapeInferenceContext *context) {
  int type = 0;
  bool typed = false;
  for (int i = 0; i < operation->patterns.inputs; i++) typed = typed || operation->patterns.in[i].typed;
  if (!typed) return 0;
  TF_Status *status = TF_NewStatus();
  TF_ShapeInferenceContext_GetAttrType(context, "T", &type, status);
  const bool known = TF_GetCode(status) == 0;
  TF_DeleteStatus(status);
  return known ? type : 0;
}

void infer(const Operation *operation, TF_ShapeInferenceContext *context, TF_Status *status) {
  const int count = (int)TF_ShapeInferenceContextNumInputs(context);
  Shape *given = calloc(count + 1, sizeof *given);
  if (given) read_shapes(context, given, count, status);
  if (given && TF_GetCode(status) == 0) {
    Operands operands = {.type = type_of(operation, context), .attributes = NULL, .in = NULL};
    Shapes *shapes = &operands.shapes;
    shapes->operation = operation->name, shapes->patterns = &operation->patterns;
    shapes->first = (const char *)given, shapes->stride = sizeof *given, shapes->count = count;
    if (fit_operands(shapes) && operation->check) operation->check(&operands);
    if (shapes->refused)
      TF_SetStatus(status, INVALID_ARGUMENT, shapes->message);
    else
      set_outputs(operation, context, shapes, status);
  }
  if (!given) TF_SetStatus(status, RESOURCE_EXHAUSTED, "There is no memory for the shapes of a kernel's operands.");
  free(given);
}
