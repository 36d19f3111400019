/*
 * FoldwiseBiasGelu: gelu(x + bias), exact or by tanh, and its gradient, the bias's too. The gradient
 * gives the value once more where it is asked for, so that nobody has to keep it.
 */
#include "gelu.h"
#include <stdlib.h>

typedef struct {
  int64_t approximate;
  bool again; /* whether the gradient gives the value */
} Attributes;

typedef struct {
  const Tensor *dy, *x, *bias, *to;
  const Tensor *value; /* of the gradient; NULL where nobody asks for it */
  float *partial;      /* [blocks, n] */
  bool approximate;
} State;

static void forward_block(int64_t block, void *opaque) {
  const State *state = opaque;
  const int64_t n = state->x->columns, first = block * BLOCK_ROWS;
  const int64_t last = first + BLOCK_ROWS < state->x->rows ? first + BLOCK_ROWS : state->x->rows;
  const float *restrict bias = state->bias->data;
  float *room = scratch(2 * n * sizeof(float));
  if (!room) return;
  for (int64_t r = first; r < last; r++) {
    const float *restrict x = row_of(state->x, r * n, n, room);
    float *restrict to = room_for(state->to, r * n, room + n);
    if (state->approximate)
      for (int64_t i = 0; i < n; i++) to[i] = gelu_of(x[i] + bias[i], true);
    else
      for (int64_t i = 0; i < n; i++) to[i] = gelu_of(x[i] + bias[i], false);
    put_row(state->to, r * n, to, n);
  }
  free(room);
}

/* Of one row: dx, the value, and what the bias's sums get. All [n]. */
static inline __attribute__((always_inline)) void backward_row(const float *restrict x, const float *restrict dy, const float *restrict bias,
                                                               float *restrict dx, float *restrict value, float *restrict sums, int64_t n,
                                                               bool approximate) {
  for (int64_t i = 0; i < n; i++) {
    const float z = x[i] + bias[i];
    float below, slope; /* gelu(z) = z below(z), with the derivative below(z) + z slope(z) */
    if (approximate) {
      const float t = tanh_of(0.7978845608f * (z + 0.044715f * z * z * z));
      below = 0.5f + 0.5f * t;
      slope = 0.5f * (1.0f - t * t) * 0.7978845608f * (1.0f + 3.0f * 0.044715f * z * z);
    } else {
      below = 0.5f + 0.5f * error_function(z * 0.7071067812f);
      slope = 0.3989422804f * exponential(-0.5f * z * z);
    }
    value[i] = z * below;
    dx[i] = dy[i] * (below + z * slope);
    sums[i] += dx[i];
  }
}

static void backward_block(int64_t block, void *opaque) {
  const State *state = opaque;
  const int64_t n = state->x->columns, first = block * BLOCK_ROWS;
  const int64_t last = first + BLOCK_ROWS < state->x->rows ? first + BLOCK_ROWS : state->x->rows;
  const float *bias = state->bias->data;
  float *sums = state->partial + block * n, *room = scratch(4 * n * sizeof(float));
  if (!room) return;
  memset(sums, 0, n * sizeof(float));
  for (int64_t r = first; r < last; r++) {
    const float *x = row_of(state->x, r * n, n, room), *dy = row_of(state->dy, r * n, n, room + n);
    float *dx = room_for(state->to, r * n, room + 2 * n);
    float *value = state->value ? room_for(state->value, r * n, room + 3 * n) : room + 3 * n;
    if (state->approximate)
      backward_row(x, dy, bias, dx, value, sums, n, true);
    else
      backward_row(x, dy, bias, dx, value, sums, n, false);
    put_row(state->to, r * n, dx, n);
    if (state->value) put_row(state->value, r * n, value, n);
  }
  free(room);
}

static void *create(TF_OpKernelConstruction *construction) {
  Attributes *attributes = new_attributes(construction, sizeof *attributes);
  if (attributes) attributes->approximate = int_attribute(construction, "approximate");
  return attributes;
}

static void *create_gradient(TF_OpKernelConstruction *construction) {
  Attributes *attributes = create(construction);
  if (attributes) attributes->again = int_attribute(construction, "again");
  return attributes;
}

static void forward(Operands *operands, const Tensor *out) {
  const Attributes *attributes = operands->attributes;
  State state = {.x = &operands->in[0], .bias = &operands->in[1], .to = out, .approximate = attributes->approximate};
  parallel(blocks_of(state.x->rows), forward_block, &state);
}

static void backward(Operands *operands, const Tensor *out) {
  const Attributes *attributes = operands->attributes;
  const Tensor *in = operands->in;
  const int64_t n = in[1].columns, blocks = blocks_of(in[1].rows);
  State state = {.dy = &in[0], .x = &in[1], .bias = &in[2], .to = &out[0], .approximate = attributes->approximate};
  state.value = attributes->again ? &out[2] : NULL;
  if (!(state.partial = scratch(blocks * n * sizeof(float)))) return;
  parallel(blocks, backward_block, &state);
  add_blocks(out[1].data, state.partial, blocks, n);
  free(state.partial);
}

static Operation bias_gelu = {
    "FoldwiseBiasGelu",
    {"i:x: T [..., n]", "i:bias: float [n]", "o:y: T [..., n]", "a:T: {float, bfloat16}", "a:approximate: int"},
    .create = create,
    .compute = forward};
static Operation gradient = {"FoldwiseBiasGeluGrad",
                             {"i:dy: D [..., n]", "i:x: T [..., n]", "i:bias: float [n]", "o:dx: T [..., n]", "o:dbias: float [n]",
                              "o:value: again * T [..., n]", "a:T: {float, bfloat16}", "a:D: {float, bfloat16}", "a:approximate: int",
                              "a:again: int >= 0"},
                             .create = create_gradient,
                             .compute = backward};
OPERATION(bias_gelu)
OPERATION(gradient)

void register_gelu(void) {
  REGISTER(bias_gelu);
  REGISTER(gradient);
}
