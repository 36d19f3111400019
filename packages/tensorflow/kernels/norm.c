/*
 * FoldwiseNorm: layer norm (Ba et al. 2016) of residual + dropout(x + bias) over the last axis, as transformers have
 * it after each part of a layer, in one pass; and its gradient in one. With a rate of 0 the seed is not read.
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
  if (!row) return;
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
  if (!dy) return;
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
  Attributes *attributes = new_attributes(construction, sizeof *attributes);
  if (!attributes) return NULL;
  attributes->epsilon = float_attribute(construction, "epsilon");
  attributes->rate = rate_attribute(construction);
  attributes->call = int_attribute(construction, "call");
  return attributes;
}

static void compute(Operands *operands, const Tensor *out, bool keep) {
  const Tensor *x = &operands->in[0], *residual = &operands->in[1], *bias = &operands->in[2];
  const Tensor *gamma = &operands->in[3], *beta = &operands->in[4], *seed = &operands->in[5];
  const Attributes *attributes = operands->attributes;
  State state = {.attributes = attributes, .key = random_key(seed->data, attributes->call), .x = x, .residual = residual, .to = &out[0],
                 .normal = keep ? &out[1] : NULL, .inverse = &out[2], .bias = bias->count ? bias->data : NULL, .gamma = gamma->data,
                 .beta = beta->data};
  parallel(blocks_of(x->rows), forward_block, &state);
}

static void forward(Operands *operands, const Tensor *out) { compute(operands, out, true); }
static void forward_only(Operands *operands, const Tensor *out) { compute(operands, out, false); }

static void backward(Operands *operands, const Tensor *out) {
  const Tensor *dy = &operands->in[0], *normal = &operands->in[1], *inverse = &operands->in[2], *gamma = &operands->in[3];
  const Tensor *seed = &operands->in[4], *dx = &out[0], *dresidual = &out[1], *dbias = &out[2], *dgamma = &out[3], *dbeta = &out[4];
  const Attributes *attributes = operands->attributes;
  const int64_t n = normal->columns, blocks = blocks_of(normal->rows);
  State state = {.attributes = attributes, .key = random_key(seed->data, attributes->call), .x = dx, .residual = dresidual,
                 .normal = normal, .inverse = inverse, .dy = dy, .gamma = gamma->data};
  if (!(state.partial = scratch((blocks + 1) * 3 * n * sizeof(float)))) return;
  float *total = state.partial + blocks * 3 * n;
  parallel(blocks, backward_block, &state);
  add_blocks(total, state.partial, blocks, 3 * n);
  memcpy(dgamma->data, total, n * sizeof(float));
  memcpy(dbeta->data, total + n, n * sizeof(float));
  memcpy(dbias->data, total + 2 * n, n * sizeof(float));
  free(state.partial);
}

static Operation norm = {"FoldwiseNorm",
                         {"i:x: T [..., n]", "i:residual: float [..., n]?", "i:bias: float [n]?", "i:gamma: float [n]", "i:beta: float [n]",
                          "i:seed: int32 [2]", "o:y: float [..., n]", "o:normal: float [..., n]", "o:inverse: float [...]",
                          "a:T: {float, bfloat16}", "a:epsilon: float", "a:rate: float", "a:call: int"},
                         .create = create,
                         .compute = forward};
static Operation only = {"FoldwiseNormOnly",
                         {"i:x: T [..., n]", "i:residual: float [..., n]?", "i:bias: float [n]?", "i:gamma: float [n]", "i:beta: float [n]",
                          "i:seed: int32 [2]", "o:y: float [..., n]", "a:T: {float, bfloat16}", "a:epsilon: float", "a:rate: float", "a:call: int"},
                         .create = create,
                         .compute = forward_only};
static Operation gradient = {"FoldwiseNormGrad",
                             {"i:dy: D [..., n]", "i:normal: float [..., n]", "i:inverse: float [...]", "i:gamma: float [n]",
                              "i:seed: int32 [2]", "o:dx: T [..., n]", "o:dresidual: float [..., n]", "o:dbias: float [n]",
                              "o:dgamma: float [n]", "o:dbeta: float [n]", "a:T: {float, bfloat16}", "a:D: {float, bfloat16}",
                              "a:epsilon: float", "a:rate: float", "a:call: int"},
                             .create = create,
                             .compute = backward};
OPERATION(norm)
OPERATION(only)
OPERATION(gradient)

void register_norm(void) {
  REGISTER(norm);
  REGISTER(only);
  REGISTER(gradient);
}
