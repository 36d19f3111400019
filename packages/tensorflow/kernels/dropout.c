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
  Attributes *attributes = new_attributes(construction, sizeof *attributes);
  if (!attributes) return NULL;
  attributes->rate = rate_attribute(construction);
  attributes->call = int_attribute(construction, "call");
  return attributes;
}

static void compute(Operands *operands, const Tensor *out) {
  const Attributes *attributes = operands->attributes;
  const Tensor *x = &operands->in[0], *seed = &operands->in[1];
  State state = {x, out, random_key(seed->data, attributes->call), attributes->rate};
  parallel((x->count + CHUNK - 1) / CHUNK, unit, &state);
}

static Operation dropout = {
    "FoldwiseDropout",
    {"i:x: T [...]", "i:seed: int32 [2]", "o:y: T [...]", "a:T: {float, bfloat16}", "a:rate: float", "a:call: int"},
    .create = create,
    .compute = compute};
OPERATION(dropout)

void register_dropout(void) { REGISTER(dropout); }
