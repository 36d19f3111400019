/*
 * FoldwiseNorm: layer norm (Ba et al. 2016) of residual + dropout(x + bias) over the last axis, as transformers have
 * it after each part of a layer, in one pass; and its gradient in one. x: [..., n] of float32 or bfloat16; residual:
 * [..., n], or empty; bias: [n], or empty; gamma, beta: [n]; seed: int32 [2]. With a rate of 0 the seed is not read.
 * FoldwiseNormOnly leaves out what only the gradient needs.
 */
#include "random.h"
#include <stdlib.h>

typedef struct {
  float epsilon, rate;
  int64_t call;
} Attributes;

typedef struct {
  const Attributes *attributes;
  Key key;
  const Tensor *x, *residual, *to, *normal, *inverse, *dy; /* normal: NULL where it and inverse are not kept */
  const float *bias, *gamma, *beta;
  float *partial; /* [blocks, 3, n]: of gamma, beta, bias */
} State;

static void forward_block(int64_t block, void *opaque) {
  const State *s = opaque;
  const int64_t n = s->to->columns, rows = s->to->rows, first = block * BLOCK_ROWS;
  const int64_t last = first + BLOCK_ROWS < rows ? first + BLOCK_ROWS : rows;
  const float *restrict bias = s->bias, *restrict gamma = s->gamma, *restrict beta = s->beta;
  float *restrict row = scratch(n * sizeof(float));
  for (int64_t r = first; r < last; r++) {
    float *restrict normal = s->normal ? (float *)s->normal->data + r * n : NULL, *restrict to = (float *)s->to->data + r * n;
    load_row(row, s->x, r * n, n);
    if (bias)
      for (int64_t i = 0; i < n; i++) row[i] += bias[i];
    if (s->attributes->rate > 0) drop_row(row, n, s->key, r * draws_of(n), s->attributes->rate);
    if (s->residual->count) {
      const float *restrict residual = (const float *)s->residual->data + r * n;
      for (int64_t i = 0; i < n; i++) row[i] += residual[i];
    }
    float sum = 0;
    for (int64_t i = 0; i < n; i++) sum += row[i];
    const float mean = sum / n;
    float squares = 0;
    for (int64_t i = 0; i < n; i++) squares += (row[i] - mean) * (row[i] - mean);
    const float inverse = 1.0f / sqrtf(squares / n + s->attributes->epsilon);
    if (normal) ((float *)s->inverse->data)[r] = inverse;
    for (int64_t i = 0; i < n; i++) {
      const float value = (row[i] - mean) * inverse;
      if (normal) normal[i] = value;
      to[i] = value * gamma[i] + beta[i];
    }
  }
  free(row);
}

static void backward_block(int64_t block, void *opaque) {
  const State *s = opaque;
  const int64_t n = s->normal->columns, rows = s->normal->rows, first = block * BLOCK_ROWS;
  const int64_t last = first + BLOCK_ROWS < rows ? first + BLOCK_ROWS : rows;
  const float *restrict gamma = s->gamma;
  float *restrict dgamma = s->partial + block * 3 * n, *restrict dbeta = dgamma + n, *restrict dbias = dbeta + n;
  memset(dgamma, 0, 3 * n * sizeof(float));
  float *restrict dy = scratch(n * sizeof(float));
  for (int64_t r = first; r < last; r++) {
    const float *restrict normal = (const float *)s->normal->data + r * n;
    const float inverse = ((const float *)s->inverse->data)[r];
    float *restrict dresidual = (float *)s->residual->data + r * n;
    load_row(dy, s->dy, r * n, n);
    float sum = 0, product = 0;
    for (int64_t i = 0; i < n; i++) {
      dgamma[i] += dy[i] * normal[i];
      dbeta[i] += dy[i];
      dy[i] *= gamma[i];
      sum += dy[i];
      product += dy[i] * normal[i];
    }
    sum /= n;
    product /= n;
    for (int64_t i = 0; i < n; i++) dresidual[i] = dy[i] = (dy[i] - sum - normal[i] * product) * inverse;
    if (s->attributes->rate > 0) drop_row(dy, n, s->key, r * draws_of(n), s->attributes->rate);
    for (int64_t i = 0; i < n; i++) dbias[i] += dy[i];
    store_row(s->x, r * n, dy, n);
  }
  free(dy);
}

static void *create(TF_OpKernelConstruction *construction) {
  Attributes *attributes = calloc(1, sizeof *attributes);
  attributes->epsilon = float_attribute(construction, "epsilon");
  attributes->rate = float_attribute(construction, "rate");
  attributes->call = int_attribute(construction, "call");
  return attributes;
}

static void compute(const Attributes *attributes, TF_OpKernelContext *context, bool keep) {
  Call call = begin(context);
  const Tensor x = input(&call, 0), residual = input(&call, 1), bias = input(&call, 2), gamma = input(&call, 3);
  const Tensor beta = input(&call, 4), seed = input(&call, 5);
  const Tensor y = output(&call, 0, FLOAT32, &x, 0);
  const Tensor normal = keep ? output(&call, 1, FLOAT32, &x, 0) : (Tensor){0}, inverse = keep ? output(&call, 2, FLOAT32, &x, 1) : (Tensor){0};
  const int64_t n = x.columns;
  if ((residual.count && residual.count != x.count) || (bias.count && bias.count != n) || gamma.count != n || beta.count != n || seed.count != 2)
    fail(&call, "FoldwiseNorm: the shapes do not fit.");
  if (!call.failed) {
    State state = {.attributes = attributes, .key = random_key(seed.data, attributes->call), .x = &x, .residual = &residual, .to = &y,
                   .normal = keep ? &normal : NULL, .inverse = &inverse, .bias = bias.count ? bias.data : NULL, .gamma = gamma.data, .beta = beta.data};
    parallel(blocks_of(x.rows), forward_block, &state);
  }
  end(&call);
}

static void forward(void *attributes, TF_OpKernelContext *context) { compute(attributes, context, true); }
static void forward_only(void *attributes, TF_OpKernelContext *context) { compute(attributes, context, false); }

static void backward(void *attributes, TF_OpKernelContext *context) {
  Call call = begin(context);
  const Tensor dy = input(&call, 0), normal = input(&call, 1), inverse = input(&call, 2), gamma = input(&call, 3);
  const Tensor seed = input(&call, 4);
  const int64_t n = normal.columns, blocks = blocks_of(normal.rows);
  const Tensor dx = output(&call, 0, TF_ExpectedOutputDataType(context, 0), &normal, 0), dresidual = output(&call, 1, FLOAT32, &normal, 0);
  const Tensor dbias = output(&call, 2, FLOAT32, &gamma, 0), dgamma = output(&call, 3, FLOAT32, &gamma, 0);
  const Tensor dbeta = output(&call, 4, FLOAT32, &gamma, 0);
  if (dy.count != normal.count || gamma.count != n || seed.count != 2) fail(&call, "FoldwiseNormGrad: the shapes do not fit.");
  if (!call.failed) {
    const Attributes *chosen = attributes;
    State state = {.attributes = chosen, .key = random_key(seed.data, chosen->call), .x = &dx, .residual = &dresidual,
                   .normal = &normal, .inverse = &inverse, .dy = &dy, .gamma = gamma.data};
    state.partial = scratch((blocks + 1) * 3 * n * sizeof(float));
    float *total = state.partial + blocks * 3 * n;
    parallel(blocks, backward_block, &state);
    add_blocks(total, state.partial, blocks, 3 * n);
    memcpy(dgamma.data, total, n * sizeof(float));
    memcpy(dbeta.data, total + n, n * sizeof(float));
    memcpy(dbias.data, total + 2 * n, n * sizeof(float));
    free(state.partial);
  }
  end(&call);
}

static void shape_only(TF_ShapeInferenceContext *context, TF_Status *status) { shape_as(context, 0, 0, status); }
static void shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  shape_only(context, status);
  shape_as(context, 1, 0, status);
  shape_without_last(context, 2, 0, status);
}
static void gradient_shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  shape_as(context, 0, 1, status);
  shape_as(context, 1, 1, status);
  for (int i = 2; i < 5; i++) shape_as(context, i, 3, status);
}

void register_norm(void) {
  register_operation(&(Operation){
      "FoldwiseNorm",
      (const char *[]){"i:x: T", "i:residual: float", "i:bias: float", "i:gamma: float", "i:beta: float", "i:seed: int32", "o:y: float",
                       "o:normal: float", "o:inverse: float", "a:T: {float, bfloat16}", "a:epsilon: float", "a:rate: float", "a:call: int", NULL},
      shape, create, forward, false});
  register_operation(&(Operation){
      "FoldwiseNormOnly",
      (const char *[]){"i:x: T", "i:residual: float", "i:bias: float", "i:gamma: float", "i:beta: float", "i:seed: int32", "o:y: float",
                       "a:T: {float, bfloat16}", "a:epsilon: float", "a:rate: float", "a:call: int", NULL},
      shape_only, create, forward_only, false});
  register_operation(&(Operation){
      "FoldwiseNormGrad",
      (const char *[]){"i:dy: D", "i:normal: float", "i:inverse: float", "i:gamma: float", "i:seed: int32", "o:dx: T",
                       "o:dresidual: float", "o:dbias: float", "o:dgamma: float", "o:dbeta: float", "a:T: {float, bfloat16}",
                       "a:D: {float, bfloat16}", "a:epsilon: float", "a:rate: float", "a:call: int", NULL},
      gradient_shape, create, backward, false});
}
