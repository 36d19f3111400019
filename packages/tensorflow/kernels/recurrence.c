/*
 * FoldwiseRecurrence: an LSTM (Hochreiter & Schmidhuber 1997, with forget gates) or a GRU (Cho et al. 2014, in the form
 * of cuDNN and PyTorch) over sequences of different lengths, and its gradient. Sequences go through all their tokens in
 * small groups, each on one thread; the inputs' products, and that of the recurrent weights' gradient, are outside.
 *
 * x: the inputs' products, of gates * units columns. Four gates i, f, g, o are an LSTM, three r, z, n a GRU, which takes
 * state_bias. y: 0 after a sequence's end; kept: the gates; inner: an LSTM's cell, or the recurrent part of a GRU's n.
 */
#include "gemm.h"
#include <stdlib.h>

/* Sequences in a group: the rows of one tile of `gemm`. */
enum { GROUP = 6 };

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

static int64_t length_of(const State *s, int64_t sequence) { return ((const int32_t *)s->lengths->data)[sequence]; }

/* The place of a sequence's step among all tokens, or -1 before the first. */
static int64_t place_of(const State *s, int64_t sequence, int64_t step) {
  return step < 0 ? -1 : sequence * s->tokens + (s->reverse ? length_of(s, sequence) - 1 - step : step);
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
  const int64_t first = group * GROUP, rows = s->batch - first < GROUP ? s->batch - first : GROUP;
  float *h = thread_scratch((rows * s->wide + rows * all) * sizeof(float)), *z = h + rows * s->wide;
  if (!h) return;
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
    gemm(rows, all, n, (const Word *)h, s->wide, 1, (const Word *)s->packed, all, z, all, false, false);
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
  const int64_t first = group * GROUP, rows = s->batch - first < GROUP ? s->batch - first : GROUP;
  const int64_t floats = rows * (2 * w + width) + n + 2 * width;
  float *dh = thread_scratch(floats * sizeof(float)), *carry = dh + rows * w, *dz = carry + rows * w;
  float *sum = dz + rows * width, *dx = sum + n, *zeros = dx + width;
  if (!dh) return;
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
    gemm(rows, w, width, (const Word *)dz, width, 1, (const Word *)s->packed, w, dh, w, false, false);
  }
}

static State state_of(const Operands *operands, const Tensor *x, const Tensor *recurrent, const Tensor *lengths) {
  State s = {.x = x, .lengths = lengths, .reverse = *(const int64_t *)operands->attributes};
  s.batch = x->shape.dims[0];
  s.tokens = x->shape.dims[1];
  s.units = recurrent->rows;
  s.gates = recurrent->columns / s.units;
  s.wide = whole(s.units);
  return s;
}

static int64_t groups_of(const State *s) { return (s->batch + GROUP - 1) / GROUP; }

static void *create(TF_OpKernelConstruction *construction) {
  int64_t *reverse = new_attributes(construction, sizeof *reverse);
  if (reverse) *reverse = int_attribute(construction, "reverse");
  return reverse;
}

/* recurrent, and lengths, are the operands of these numbers. */
static void check_both(Operands *operands, int recurrent, int lengths) {
  Shapes *shapes = &operands->shapes;
  const int64_t units = size_of(shapes, "units"), columns = size_of(shapes, "columns"), tokens = size_of(shapes, "tokens");
  if (units != UNKNOWN && columns != UNKNOWN && (units < 1 || (columns != 3 * units && columns != 4 * units)))
    refuse_operand(shapes, recurrent, "[units,4*units] for an LSTM or [units,3*units] for a GRU");
  if (!operands->in) return;
  for (int64_t i = 0; i < operands->in[lengths].count; i++) {
    const int32_t length = ((const int32_t *)operands->in[lengths].data)[i];
    if (length < 0 || length > tokens)
      refuse(shapes, "lengths[%lld] is %d, expected 0 to %lld, the number of tokens", (long long)i, length, (long long)tokens);
  }
}

static void check(Operands *operands) {
  check_both(operands, 1, 4);
  Shapes *shapes = &operands->shapes;
  const int64_t units = size_of(shapes, "units");
  if (units != UNKNOWN && size_of(shapes, "columns") == 3 * units && is_absent(shape_of(shapes, 3)))
    refuse_operand(shapes, 3, "[%lld] for a GRU", (long long)units);
}

static void check_gradient(Operands *operands) { check_both(operands, 2, 3); }

static void forward(Operands *operands, const Tensor *out) {
  const Tensor *in = operands->in;
  State s = state_of(operands, &in[0], &in[1], &in[4]);
  const int64_t n = s.units, all = s.gates * s.wide;
  const size_t bytes = (n * all + n) * sizeof(float);
  float *packed = scratch(bytes); /* each gate in whole vectors */
  if (!packed) return;
  memset(packed, 0, bytes);
  for (int64_t row = 0; row < n * s.gates; row++)
    memcpy(packed + row * s.wide, (const float *)in[1].data + row * n, n * sizeof(float));
  s.packed = packed, s.zeros = packed + n * all, s.bias = in[2].data, s.state_bias = in[3].data;
  s.y = out[0].data, s.kept = out[1].data, s.inner = out[2].data;
  parallel(groups_of(&s), forward_group, &s);
  free(packed);
}

static void backward(Operands *operands, const Tensor *out) {
  const Tensor *in = operands->in;
  State s = state_of(operands, &in[1], &in[2], &in[3]);
  const int64_t n = s.units, width = s.gates * n;
  const size_t bytes = (width * s.wide + n) * sizeof(float);
  float *packed = scratch(bytes); /* transposed: [gates * units, units] */
  if (!packed) return;
  memset(packed, 0, bytes);
  for (int64_t i = 0; i < n; i++)
    for (int64_t j = 0; j < width; j++) packed[j * s.wide + i] = ((const float *)in[2].data)[i * width + j];
  s.packed = packed, s.zeros = packed + width * s.wide, s.dy = &in[0], s.y = in[4].data, s.kept = in[5].data, s.inner = in[6].data;
  s.dx = &out[0], s.drecurrent = out[1].data;
  parallel(groups_of(&s), backward_group, &s);
  free(packed);
}

static Operation recurrence = {
    "FoldwiseRecurrence",
    {"i:x: T [batch, tokens, columns]", "i:recurrent: float [units, columns]", "i:bias: float [columns]", "i:state_bias: float [units]?",
     "i:lengths: int32 [batch]", "o:y: float [batch, tokens, units]", "o:kept: float [batch, tokens, columns]",
     "o:inner: float [batch, tokens, units]", "a:T: {float, bfloat16}", "a:reverse: int"},
    .check = check,
    .create = create,
    .compute = forward};
static Operation gradient = {
    "FoldwiseRecurrenceGrad",
    {"i:dy: D [batch, tokens, units]", "i:x: T [batch, tokens, columns]", "i:recurrent: float [units, columns]", "i:lengths: int32 [batch]",
     "i:y: float [batch, tokens, units]", "i:kept: float [batch, tokens, columns]", "i:inner: float [batch, tokens, units]",
     "o:dx: T [batch, tokens, columns]", "o:drecurrent: float [batch, tokens, columns]", "a:T: {float, bfloat16}",
     "a:D: {float, bfloat16}", "a:reverse: int"},
    .check = check_gradient,
    .create = create,
    .compute = backward};
OPERATION(recurrence)
OPERATION(gradient)

void register_recurrence(void) {
  REGISTER(recurrence);
  REGISTER(gradient);
}
