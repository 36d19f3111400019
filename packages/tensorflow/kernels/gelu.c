/*
 * FoldwiseBiasGelu: gelu(x + bias), exact or by tanh, and its gradient, the bias's too. x: [..., n] of float32 or
 * bfloat16; bias: [n].
 */
#include "gelu.h"
#include <stdlib.h>

typedef struct {
  int64_t approximate;
} Attributes;

typedef struct {
  const Tensor *dy, *x, *bias, *to;
  float *partial; /* [blocks, n] */
  bool approximate;
} State;

static void forward_block(int64_t block, void *opaque) {
  const State *state = opaque;
  const int64_t n = state->x->columns, first = block * BLOCK_ROWS;
  const int64_t last = first + BLOCK_ROWS < state->x->rows ? first + BLOCK_ROWS : state->x->rows;
  const float *restrict bias = state->bias->data;
  float *restrict row = scratch(n * sizeof(float));
  for (int64_t r = first; r < last; r++) {
    load_row(row, state->x, r * n, n);
    gelu_row(row, bias, n, state->approximate);
    store_row(state->to, r * n, row, n);
  }
  free(row);
}

static void backward_block(int64_t block, void *opaque) {
  const State *state = opaque;
  const int64_t n = state->x->columns, first = block * BLOCK_ROWS;
  const int64_t last = first + BLOCK_ROWS < state->x->rows ? first + BLOCK_ROWS : state->x->rows;
  const float *restrict bias = state->bias->data;
  float *restrict sums = state->partial + block * n;
  float *restrict row = scratch(2 * n * sizeof(float));
  float *restrict dy = row + n;
  memset(sums, 0, n * sizeof(float));
  for (int64_t r = first; r < last; r++) {
    load_row(row, state->x, r * n, n);
    load_row(dy, state->dy, r * n, n);
    if (state->approximate)
      for (int64_t i = 0; i < n; i++) {
        const float z = row[i] + bias[i];
        const float t = tanh_of(0.7978845608f * (z + 0.044715f * z * z * z));
        const float slope = 0.7978845608f * (1.0f + 3.0f * 0.044715f * z * z);
        row[i] = dy[i] * 0.5f * (1.0f + t + z * (1.0f - t * t) * slope);
        sums[i] += row[i];
      }
    else
      for (int64_t i = 0; i < n; i++) {
        const float z = row[i] + bias[i];
        const float phi = 0.3989422804f * exponential(-0.5f * z * z);
        row[i] = dy[i] * (0.5f + 0.5f * error_function(z * 0.7071067812f) + z * phi);
        sums[i] += row[i];
      }
    store_row(state->to, r * n, row, n);
  }
  free(row);
}

static void *create(TF_OpKernelConstruction *construction) {
  Attributes *attributes = malloc(sizeof *attributes);
  attributes->approximate = int_attribute(construction, "approximate");
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
  Call call = begin(context);
  const Tensor dy = input(&call, 0), x = input(&call, 1), bias = input(&call, 2);
  const Tensor dx = output(&call, 0, x.type, &x, 0), dbias = output(&call, 1, FLOAT32, &bias, 0);
  if (bias.count != x.columns || dy.count != x.count) fail(&call, "FoldwiseBiasGeluGrad: the shapes do not fit.");
  if (!call.failed) {
    const int64_t blocks = blocks_of(x.rows);
    State state = {.dy = &dy, .x = &x, .bias = &bias, .to = &dx, .approximate = ((Attributes *)attributes)->approximate};
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
}

void register_gelu(void) {
  register_operation(&(Operation){
      "FoldwiseBiasGelu", (const char *[]){"i:x: T", "i:bias: float", "o:y: T", "a:T: {float, bfloat16}", "a:approximate: int", NULL},
      shape, create, forward, false});
  register_operation(&(Operation){"FoldwiseBiasGeluGrad",
                                  (const char *[]){"i:dy: D", "i:x: T", "i:bias: float", "o:dx: T", "o:dbias: float", "a:T: {float, bfloat16}",
                                                   "a:D: {float, bfloat16}", "a:approximate: int", NULL},
                                  gradient_shape, create, backward, false});
}
