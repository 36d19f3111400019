/* FoldwiseDropout: x with elements dropped and the rest scaled (Srivastava et al. 2014); its gradient is itself. */
#include "random.h"
#include <stdlib.h>

enum { CHUNK = 64 * DRAWS };

typedef struct {
  float rate;
  int64_t call;
} Attributes;

typedef struct {
  const Tensor *x, *to;
  Key key;
  float rate;
} State;

static void unit(int64_t index, void *opaque) {
  const State *state = opaque;
  const int64_t at = index * CHUNK, left = state->x->count - at, n = left < CHUNK ? left : CHUNK;
  float row[CHUNK];
  load_row(row, state->x, at, n);
  drop_row(row, n, state->key, at / DRAWS, state->rate);
  store_row(state->to, at, row, n);
}

static void *create(TF_OpKernelConstruction *construction) {
  Attributes *attributes = calloc(1, sizeof *attributes);
  attributes->rate = float_attribute(construction, "rate");
  attributes->call = int_attribute(construction, "call");
  return attributes;
}

static void compute(void *opaque, TF_OpKernelContext *context) {
  const Attributes *attributes = opaque;
  Call call = begin(context);
  const Tensor x = input(&call, 0), seed = input(&call, 1);
  const Tensor to = output(&call, 0, x.type, &x, 0);
  if (seed.count != 2) fail(&call, "FoldwiseDropout: the seed is not of two numbers.");
  if (!call.failed) {
    State state = {&x, &to, random_key(seed.data, attributes->call), attributes->rate};
    parallel((x.count + CHUNK - 1) / CHUNK, unit, &state);
  }
  end(&call);
}

static void shape(TF_ShapeInferenceContext *context, TF_Status *status) { shape_as(context, 0, 0, status); }

void register_dropout(void) {
  register_operation(&(Operation){
      "FoldwiseDropout",
      (const char *[]){"i:x: T", "i:seed: int32", "o:y: T", "a:T: {float, bfloat16}", "a:rate: float", "a:call: int", NULL},
      shape, create, compute, false});
}
