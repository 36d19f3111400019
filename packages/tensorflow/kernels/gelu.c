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
  float *restrict row = scratch(3 * n * sizeof(float));
  float *restrict dy = row + n, *restrict value = dy + n;
  memset(sums, 0, n * sizeof(float));
  for (int64_t r = first; r < last; r++) {
    load_row(row, state->x, r * n, n);
    load_row(dy, state->dy, r * n, n);
    if (state->approximate)
      for (int64_t i = 0; i < n; i++) {
        const float z = row[i] + bias[i];
        const float t = tanh_of(0.7978845608f * (z + 0.044715f * z * z * z));
        const float slope = 0.7978845608f * (1.0f + 3.0f * 0.044715f * z * z);
        value[i] = 0.5f * z * (1.0f + t);
        row[i] = dy[i] * 0.5f * (1.0f + t + z * (1.0f - t * t) * slope);
        sums[i] += row[i];
      }
    else
      for (int64_t i = 0; i < n; i++) {
        const float z = row[i] + bias[i];
        const float phi = 0.3989422804f * exponential(-0.5f * z * z);
        const float below = 0.5f + 0.5f * error_function(z * 0.7071067812f);
        value[i] = z * below;
        row[i] = dy[i] * (below + z * phi);
        sums[i] += row[i];
      }
    store_row(state->to, r * n, row, n);
    if (state->value) store_row(state->value, r * n, value, n);
  }
  free(row);
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
