/*
 * FoldwiseBiasGelu: gelu(x + bias), exact or by tanh, and its gradient, the bias's too. x: [..., n] of float32 or
 * bfloat16; bias: [n]. The gradient gives the value once more where it is asked for, so that nobody has to keep it.
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
  Attributes *attributes = calloc(1, sizeof *attributes);
  attributes->approximate = int_attribute(construction, "approximate");
  return attributes;
}

static void *create_gradient(TF_OpKernelConstruction *construction) {
  Attributes *attributes = create(construction);
  attributes->again = int_attribute(construction, "again");
  return attributes;
}

static void forward(void *attributes, TF_OpKernelContext *context) {
  Call call = begin(context);
  const Tensor x = input(&call, 0), bias = input(&call, 1);
  const Tensor to = output(&call, 0, x.type, &x, 0);
  State state = {.x = &x, .bias = &bias, .to = &to, .approximate = ((Attributes *)attributes)->approximate};
  if (bias.count != x.columns) fail(&call, "FoldwiseBiasGelu: the bias has another width than x.");
  if (!call.failed) parallel(blocks_of(x.rows), forward_block, &state);
  end(&call);
}

static void backward(void *attributes, TF_OpKernelContext *context) {
  const Attributes *chosen = attributes;
  Call call = begin(context);
  const Tensor dy = input(&call, 0), x = input(&call, 1), bias = input(&call, 2);
  const Tensor dx = output(&call, 0, x.type, &x, 0), dbias = output(&call, 1, FLOAT32, &bias, 0);
  const Tensor value = chosen->again ? output(&call, 2, x.type, &x, 0) : (Tensor){0};
  if (bias.count != x.columns || dy.count != x.count) fail(&call, "FoldwiseBiasGeluGrad: the shapes do not fit.");
  if (!call.failed) {
    const int64_t blocks = blocks_of(x.rows);
    State state = {.dy = &dy, .x = &x, .bias = &bias, .to = &dx, .value = chosen->again ? &value : NULL, .approximate = chosen->approximate};
    state.partial = scratch(blocks * x.columns * sizeof(float));
    parallel(blocks, backward_block, &state);
    add_blocks(dbias.data, state.partial, blocks, x.columns);
    free(state.partial);
  }
  end(&call);
}

static void shape(TF_ShapeInferenceContext *context, TF_Status *status) { shape_as(context, 0, 0, status); }
static void gradient_shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  shape_as(context, 0, 1, status);
  shape_as(context, 1, 2, status);
  TF_Status *absent = TF_NewStatus(); /* the third output may not be there */
  shape_as(context, 2, 1, absent);
  TF_DeleteStatus(absent);
}

void register_gelu(void) {
  register_operation(&(Operation){
      "FoldwiseBiasGelu", (const char *[]){"i:x: T", "i:bias: float", "o:y: T", "a:T: {float, bfloat16}", "a:approximate: int", NULL},
      shape, create, forward, false});
  register_operation(&(Operation){"FoldwiseBiasGeluGrad",
                                  (const char *[]){"i:dy: D", "i:x: T", "i:bias: float", "o:dx: T", "o:dbias: float", "o:value: again * T",
                                                   "a:T: {float, bfloat16}", "a:D: {float, bfloat16}", "a:approximate: int", "a:again: int >= 0",
                                                   NULL},
                                  gradient_shape, create_gradient, backward, false});
}
