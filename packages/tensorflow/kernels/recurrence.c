/*
 * FoldwiseRecurrence: an LSTM (Hochreiter & Schmidhuber 1997, with forget gates) or a GRU (Cho et al. 2014, in the form
 * of cuDNN and PyTorch) over texts of different lengths, and its gradient. Texts go through all their tokens in small
 * groups, each on one thread; the inputs' products, and that of the recurrent weights' gradient, are outside.
 *
 * x: [batch, tokens, gates * units] of float32 or bfloat16, the inputs' products; recurrent: [units, gates * units];
 * bias: [gates * units]; state_bias: [units], for a GRU; lengths: int32 [batch]. Four gates i, f, g, o are an LSTM, three
 * r, z, n a GRU. y: float32 [batch, tokens, units], 0 after a text's end; kept: the gates, as x; inner: an LSTM's cell,
 * or the recurrent part of a GRU's n, as y.
 */
#include "gemm.h"
#include <stdlib.h>

/* Texts in a group: the rows of one tile of `gemm`. */
enum { TEXTS = 6 };

typedef struct {
  const Tensor *x, *lengths, *dy;
  const float *bias, *state_bias, *packed, *zeros; /* zeros: [units], the state before the first */
  float *y, *kept, *inner, *drecurrent; /* as the outputs */
  const Tensor *dx;
  int64_t batch, tokens, units, gates;
  int64_t wide; /* units in whole vectors */
  bool reverse;
} State;

static inline float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

static inline float tanh_of(float x) {
  const float e = exponential(-2.0f * x);
  return (1.0f - e) / (1.0f + e);
}

static int64_t length_of(const State *s, int64_t text) {
  const int64_t length = ((const int32_t *)s->lengths->data)[text];
  return length < 0 ? 0 : length > s->tokens ? s->tokens : length;
}

/* The place of a text's step among all tokens, or -1 before the first. */
static int64_t place_of(const State *s, int64_t text, int64_t step) {
  return step < 0 ? -1 : text * s->tokens + (s->reverse ? length_of(s, text) - 1 - step : step);
}

/* z: [gates][wide], the product of the state; x: [gates][units]; writes the state to h. */
static void lstm_step(const State *s, const float *restrict z, float *restrict x, const float *restrict before,
                      float *restrict cell, float *restrict h) {
  const int64_t n = s->units, w = s->wide;
  const float *restrict b = s->bias;
  for (int64_t j = 0; j < n; j++) {
    const float i = sigmoid(x[j] + b[j] + z[j]), f = sigmoid(x[n + j] + b[n + j] + z[w + j]);
    const float g = tanh_of(x[2 * n + j] + b[2 * n + j] + z[2 * w + j]);
    const float o = sigmoid(x[3 * n + j] + b[3 * n + j] + z[3 * w + j]);
    const float c = f * before[j] + i * g;
    x[j] = i, x[n + j] = f, x[2 * n + j] = g, x[3 * n + j] = o;
    cell[j] = c;
    h[j] = o * tanh_of(c);
  }
}

static void gru_step(const State *s, const float *restrict z, float *restrict x, float *restrict inner,
                     float *restrict h) {
  const int64_t n = s->units, w = s->wide;
  const float *restrict b = s->bias;
  for (int64_t j = 0; j < n; j++) {
    const float r = sigmoid(x[j] + b[j] + z[j]), u = sigmoid(x[n + j] + b[n + j] + z[w + j]);
    inner[j] = z[2 * w + j] + s->state_bias[j];
    const float c = tanh_of(x[2 * n + j] + b[2 * n + j] + r * inner[j]);
    x[j] = r, x[n + j] = u, x[2 * n + j] = c;
    h[j] = (1.0f - u) * c + u * h[j];
  }
}

static void forward_group(int64_t group, void *opaque) {
  const State *s = opaque;
  const int64_t n = s->units, width = s->gates * n, all = s->gates * s->wide;
  const int64_t first = group * TEXTS, rows = s->batch - first < TEXTS ? s->batch - first : TEXTS;
  float *h = thread_scratch((rows * s->wide + rows * all) * sizeof(float)), *z = h + rows * s->wide;
  memset(h, 0, rows * s->wide * sizeof(float));
  int64_t steps = 0;
  for (int64_t r = 0; r < rows; r++) {
    const int64_t length = length_of(s, first + r), end = (first + r) * s->tokens + length, rest = s->tokens - length;
    steps = length > steps ? length : steps;
    memset(s->y + end * n, 0, rest * n * sizeof(float));
    memset(s->inner + end * n, 0, rest * n * sizeof(float));
    memset(s->kept + end * width, 0, rest * width * sizeof(float));
  }
  for (int64_t step = 0; step < steps; step++) {
    gemm(rows, all, n, (const uint32_t *)h, s->wide, 1, (const uint32_t *)s->packed, all, z, all, false, false);
    for (int64_t r = 0; r < rows; r++) {
      if (step >= length_of(s, first + r)) continue;
      const int64_t at = place_of(s, first + r, step), before = place_of(s, first + r, step - 1);
      float *gates = s->kept + at * width, *state = h + r * s->wide;
      load_row(gates, s->x, at * width, width);
      if (s->gates == 4)
        lstm_step(s, z + r * all, gates, before < 0 ? s->zeros : s->inner + before * n, s->inner + at * n, state);
      else
        gru_step(s, z + r * all, gates, s->inner + at * n, state);
      memcpy(s->y + at * n, state, n * sizeof(float));
    }
  }
}

/* dh: the gradient of the state; dc: of the cell, in and out; dz: [4][units]. */
static void lstm_back(const State *s, int64_t at, int64_t before, const float *restrict dh, float *restrict dc,
                      float *restrict dz) {
  const int64_t n = s->units;
  const float *restrict gates = s->kept + at * 4 * n, *restrict cell = s->inner + at * n;
  const float *restrict old = before < 0 ? s->zeros : s->inner + before * n;
  for (int64_t j = 0; j < n; j++) {
    const float i = gates[j], f = gates[n + j], g = gates[2 * n + j], o = gates[3 * n + j], t = tanh_of(cell[j]);
    const float d = dc[j] + dh[j] * o * (1.0f - t * t);
    dz[j] = d * g * i * (1.0f - i);
    dz[n + j] = d * old[j] * f * (1.0f - f);
    dz[2 * n + j] = d * i * (1.0f - g * g);
    dz[3 * n + j] = dh[j] * t * o * (1.0f - o);
    dc[j] = d * f;
  }
}

/* direct: the gradient of the state before, but for what goes through dz; dx differs from dz in n alone. */
static void gru_back(const State *s, int64_t at, int64_t before, const float *restrict dh, float *restrict direct,
                     float *restrict dz, float *restrict dx) {
  const int64_t n = s->units;
  const float *restrict gates = s->kept + at * 3 * n, *restrict inner = s->inner + at * n;
  const float *restrict old = before < 0 ? s->zeros : s->y + before * n;
  for (int64_t j = 0; j < n; j++) {
    const float r = gates[j], u = gates[n + j], c = gates[2 * n + j], d = dh[j] * (1.0f - u) * (1.0f - c * c);
    dx[j] = dz[j] = d * inner[j] * r * (1.0f - r);
    dx[n + j] = dz[n + j] = dh[j] * (old[j] - c) * u * (1.0f - u);
    dx[2 * n + j] = d;
    dz[2 * n + j] = d * r;
    direct[j] = dh[j] * u;
  }
}

static void backward_group(int64_t group, void *opaque) {
  const State *s = opaque;
  const int64_t n = s->units, w = s->wide, width = s->gates * n;
  const int64_t first = group * TEXTS, rows = s->batch - first < TEXTS ? s->batch - first : TEXTS;
  const int64_t floats = rows * (2 * w + width) + n + 2 * width;
  float *dh = thread_scratch(floats * sizeof(float)), *carry = dh + rows * w, *dz = carry + rows * w;
  float *sum = dz + rows * width, *dx = sum + n, *zeros = dx + width;
  memset(dh, 0, floats * sizeof(float));
  int64_t steps = 0;
  for (int64_t r = 0; r < rows; r++) {
    const int64_t length = length_of(s, first + r), end = (first + r) * s->tokens + length;
    steps = length > steps ? length : steps;
    memset(s->drecurrent + end * width, 0, (s->tokens - length) * width * sizeof(float));
    for (int64_t t = 0; t < s->tokens - length; t++) store_row(s->dx, (end + t) * width, zeros, width);
  }
  for (int64_t step = steps - 1; step >= 0; step--) {
    for (int64_t r = 0; r < rows; r++) {
      if (step >= length_of(s, first + r)) continue; /* dz is 0 still */
      const int64_t at = place_of(s, first + r, step), before = place_of(s, first + r, step - 1);
      float *restrict row = dz + r * width, *restrict from = dh + r * w, *restrict more = carry + r * w;
      load_row(sum, s->dy, at * n, n);
      for (int64_t j = 0; j < n; j++) sum[j] += from[j];
      if (s->gates == 4) {
        lstm_back(s, at, before, sum, more, row);
        store_row(s->dx, at * width, row, width);
      } else {
        for (int64_t j = 0; j < n; j++) sum[j] += more[j];
        gru_back(s, at, before, sum, more, row, dx);
        store_row(s->dx, at * width, dx, width);
      }
      memcpy(s->drecurrent + at * width, row, width * sizeof(float));
    }
    gemm(rows, w, width, (const uint32_t *)dz, width, 1, (const uint32_t *)s->packed, w, dh, w, false, false);
  }
}

static State state_of(Call *call, const Tensor *x, const Tensor *recurrent, const Tensor *bias,
                      const Tensor *state_bias, const Tensor *lengths, bool reverse) {
  State s = {.x = x, .lengths = lengths, .bias = bias->data, .state_bias = state_bias->data, .reverse = reverse};
  if (call->failed) return s;
  s.units = recurrent->rows;
  s.gates = s.units ? recurrent->columns / s.units : 0;
  if (x->rank != 3 || recurrent->rank != 2 || (s.gates != 3 && s.gates != 4) || x->columns != s.gates * s.units ||
      recurrent->columns != x->columns || bias->count != x->columns || lengths->count != x->dims[0] ||
      (s.gates == 3 && state_bias->count != s.units))
    fail(call, "FoldwiseRecurrence: the shapes do not fit.");
  s.batch = x->dims[0];
  s.tokens = x->dims[1];
  s.wide = whole(s.units);
  return s;
}

static int64_t groups_of(const State *s) { return (s->batch + TEXTS - 1) / TEXTS; }

static void *create(TF_OpKernelConstruction *construction) {
  int64_t *reverse = malloc(sizeof *reverse);
  *reverse = int_attribute(construction, "reverse");
  return reverse;
}

static void forward(void *reverse, TF_OpKernelContext *context) {
  Call call = begin(context);
  const Tensor x = input(&call, 0), recurrent = input(&call, 1), bias = input(&call, 2);
  const Tensor state_bias = input(&call, 3), lengths = input(&call, 4);
  State s = state_of(&call, &x, &recurrent, &bias, &state_bias, &lengths, *(int64_t *)reverse);
  if (!call.failed) {
    const int64_t dims[] = {s.batch, s.tokens, s.units}, n = s.units, all = s.gates * s.wide;
    const Tensor y = output_shape(&call, 0, FLOAT32, dims, 3), kept = output(&call, 1, FLOAT32, &x, 0);
    const Tensor inner = output_shape(&call, 2, FLOAT32, dims, 3);
    float *packed = scratch((n * all + n) * sizeof(float)); /* each gate in whole vectors */
    memset(packed, 0, (n * all + n) * sizeof(float));
    for (int64_t row = 0; row < n * s.gates; row++)
      memcpy(packed + row * s.wide, (const float *)recurrent.data + row * n, n * sizeof(float));
    s.packed = packed, s.zeros = packed + n * all, s.y = y.data, s.kept = kept.data, s.inner = inner.data;
    if (!call.failed) parallel(groups_of(&s), forward_group, &s);
    free(packed);
  }
  end(&call);
}

static void backward(void *reverse, TF_OpKernelContext *context) {
  Call call = begin(context);
  const Tensor dy = input(&call, 0), x = input(&call, 1), recurrent = input(&call, 2), lengths = input(&call, 3);
  const Tensor y = input(&call, 4), kept = input(&call, 5), inner = input(&call, 6);
  const Tensor none = {.count = x.columns};
  Tensor unit = {.count = recurrent.rows};
  State s = state_of(&call, &x, &recurrent, &none, &unit, &lengths, *(int64_t *)reverse);
  if (!call.failed && (dy.count != y.count || kept.count != x.count || inner.count != y.count ||
                       y.count != s.batch * s.tokens * s.units))
    fail(&call, "FoldwiseRecurrenceGrad: the shapes do not fit.");
  if (!call.failed) {
    const Tensor dx = output(&call, 0, x.type, &x, 0), drecurrent = output(&call, 1, FLOAT32, &x, 0);
    const int64_t n = s.units, width = s.gates * n;
    float *packed = scratch((width * s.wide + n) * sizeof(float)); /* transposed: [gates * units, units] */
    memset(packed, 0, (width * s.wide + n) * sizeof(float));
    for (int64_t i = 0; i < n; i++)
      for (int64_t j = 0; j < width; j++) packed[j * s.wide + i] = ((const float *)recurrent.data)[i * width + j];
    s.packed = packed, s.zeros = packed + width * s.wide, s.dy = &dy, s.y = y.data, s.kept = kept.data, s.inner = inner.data;
    s.dx = &dx, s.drecurrent = drecurrent.data;
    if (!call.failed) parallel(groups_of(&s), backward_group, &s);
    free(packed);
  }
  end(&call);
}

/* y and inner: [batch, tokens] of x, and the rows of recurrent. */
static void shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  TF_ShapeHandle *x = TF_NewShapeHandle(), *recurrent = TF_NewShapeHandle(), *head = TF_NewShapeHandle();
  TF_ShapeHandle *tail = TF_NewShapeHandle(), *y = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, 0, x, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextGetInput(context, 1, recurrent, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSubshape(context, x, 0, 2, head, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSubshape(context, recurrent, 0, 1, tail, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextConcatenateShapes(context, head, tail, y, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSetOutput(context, 0, y, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSetOutput(context, 2, y, status);
  TF_DeleteShapeHandle(x);
  TF_DeleteShapeHandle(recurrent);
  TF_DeleteShapeHandle(head);
  TF_DeleteShapeHandle(tail);
  TF_DeleteShapeHandle(y);
  if (TF_GetCode(status) == 0) shape_as(context, 1, 0, status);
}

static void gradient_shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  shape_as(context, 0, 1, status);
  shape_as(context, 1, 1, status);
}

void register_recurrence(void) {
  register_operation(&(Operation){
      "FoldwiseRecurrence",
      (const char *[]){"i:x: T", "i:recurrent: float", "i:bias: float", "i:state_bias: float", "i:lengths: int32", "o:y: float",
                       "o:kept: float", "o:inner: float", "a:T: {float, bfloat16}", "a:reverse: int", NULL},
      shape, create, forward, false});
  register_operation(&(Operation){
      "FoldwiseRecurrenceGrad",
      (const char *[]){"i:dy: D", "i:x: T", "i:recurrent: float", "i:lengths: int32", "i:y: float", "i:kept: float", "i:inner: float",
                       "o:dx: T", "o:drecurrent: float", "a:T: {float, bfloat16}", "a:D: {float, bfloat16}", "a:reverse: int", NULL},
      gradient_shape, create, backward, false});
}
