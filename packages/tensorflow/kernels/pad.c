/*
 * FoldwisePad: texts whose tokens follow one another get equally many places each, zeros behind their tokens; and
 * FoldwiseUnpad, its gradient, the way back.
 *
 * rows: [1, tokens, width] of float32 or bfloat16, where what lies behind the last text belongs to none, and is zero on
 * the way back; starts: int32 [texts + 1], each text's first row, then the end of the last; padded: [texts, places,
 * width]; like: [texts, places], or [1, tokens], read for its shape.
 */
#include "foldwise.h"
#include <string.h>

typedef struct {
  const Tensor *from, *to, *starts;
  int64_t places, bytes; /* of a row */
} State;

static char *row_of(const State *s, const Tensor *tensor, int64_t row) { return (char *)tensor->data + row * s->bytes; }

/* Copies the rows of a text to their places. */
static void pad_text(int64_t text, void *opaque) {
  const State *s = opaque;
  const int32_t *start = (const int32_t *)s->starts->data + text;
  const int64_t tokens = start[1] - start[0];
  memcpy(row_of(s, s->to, text * s->places), row_of(s, s->from, start[0]), tokens * s->bytes);
  memset(row_of(s, s->to, text * s->places + tokens), 0, (s->places - tokens) * s->bytes);
}

static void unpad_text(int64_t text, void *opaque) {
  const State *s = opaque;
  const int32_t *start = (const int32_t *)s->starts->data + text;
  memcpy(row_of(s, s->to, start[0]), row_of(s, s->from, text * s->places), (start[1] - start[0]) * s->bytes);
}

static void compute(TF_OpKernelContext *context, bool pads) {
  Call call = begin(context);
  const Tensor from = input(&call, 0), starts = input(&call, 1), like = input(&call, 2);
  const int64_t dims[] = {like.dims[0], like.dims[1], from.columns};
  const Tensor to = output_shape(&call, 0, from.type, dims, 3);
  const Tensor *padded = pads ? &to : &from, *rows = pads ? &from : &to;
  const int64_t texts = starts.count - 1;
  State state = {&from, &to, &starts, padded->dims[1], from.columns * (from.type == BFLOAT16 ? 2 : 4)};
  if (!call.failed && (from.rank != 3 || like.rank != 2 || padded->dims[0] != texts || !are_starts(&starts, rows->rows, state.places)))
    fail(&call, pads ? "FoldwisePad: the shapes do not fit." : "FoldwiseUnpad: the shapes do not fit.");
  if (!call.failed) {
    parallel(texts, pads ? pad_text : unpad_text, &state);
    const int64_t end = ((const int32_t *)starts.data)[texts];
    if (!pads) memset(row_of(&state, &to, end), 0, (to.rows - end) * state.bytes);
  }
  end(&call);
}

static void pad(void *unused, TF_OpKernelContext *context) { (void)unused, compute(context, true); }
static void unpad(void *unused, TF_OpKernelContext *context) { (void)unused, compute(context, false); }

/* As `like`, with the last axis of the first input. */
static void shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  TF_ShapeHandle *from = TF_NewShapeHandle(), *like = TF_NewShapeHandle(), *width = TF_NewShapeHandle(), *both = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, 0, from, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSubshape(context, from, 2, 3, width, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextGetInput(context, 2, like, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextConcatenateShapes(context, like, width, both, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSetOutput(context, 0, both, status);
  TF_DeleteShapeHandle(from);
  TF_DeleteShapeHandle(like);
  TF_DeleteShapeHandle(width);
  TF_DeleteShapeHandle(both);
}

void register_pad(void) {
  static const char *const signature[] = {"i:x: T", "i:starts: int32", "i:like: int32", "o:y: T", "a:T: {float, bfloat16}", NULL};
  register_operation(&(Operation){"FoldwisePad", signature, shape, NULL, pad, false});
  register_operation(&(Operation){"FoldwiseUnpad", signature, shape, NULL, unpad, false});
}
