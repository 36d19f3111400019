/*
 * FoldwiseAttention: scaled dot-product self-attention (Vaswani et al. 2017) of one head at a time, in the caches, and
 * its gradient, which computes the weights again instead of keeping them (as Dao et al. 2022 do).
 *
 * qkv: [batch, tokens, 3, heads * size] of float32 or bfloat16, queries, keys and values; bias: [3, heads * size], or
 * empty; mask: float32 [batch, tokens], added to the scores, or empty; starts: int32, empty, or [texts + 1] where the
 * texts follow one another in a batch of one: each one's first row, then the end of the last; seed: int32 [2], of the
 * weights' dropout; result: [batch, tokens, heads * size], zeros behind the last text.
 */
#include "gemm.h"
#include "random.h"
#include <stdlib.h>

typedef struct {
  int64_t heads, call;
  float rate;
} Attributes;

typedef struct {
  const Attributes *attributes;
  Key key;
  const Tensor *qkv, *bias, *mask, *starts, *out; /* out: the result, or its gradient */
  const Tensor *dqkv;
  float *partial; /* [texts, 3, heads * size]: of the bias */
  int64_t texts, longest, size;
  int64_t group; /* heads of a unit: all of a text, where there are enough texts for the threads to end at about the same time */
  int64_t wide; /* size in whole vectors, of zeros */
  bool pairs;
  int64_t text, row, tokens, long_; /* of one text, its first row, and its tokens in whole vectors */
} State;

/* The state of one text. */
static State state_for(const State *all, int64_t text) {
  State s = *all;
  const int32_t *start = s.starts->count ? (const int32_t *)s.starts->data + text : NULL;
  s.text = text;
  s.row = start ? start[0] : text * s.longest;
  s.tokens = start ? start[1] - start[0] : s.longest;
  s.long_ = whole(s.tokens);
  return s;
}

/* Queries are taken in blocks, so that long texts stay in the caches as well. */
enum { QUERIES = 64 };

/* The next part of the memory of a unit. */
static float *take(float **at, int64_t count) {
  float *start = *at;
  *at += whole(count);
  return start;
}

static float *zeros(float **at, int64_t count) { return memset(take(at, count), 0, count * sizeof(float)); }

/*
 * One head's part of a tensor [batch, tokens, stride] as [long, wide], plus the bias of qkv, times the scale. The next
 * head's part is fetched, since processors do not foresee steps from row to row.
 */
static void gather(const State *s, const Tensor *from, int64_t stride, int64_t offset, float scale, float *to) {
  if (s->tokens < s->long_ || s->size < s->wide) memset(to, 0, s->long_ * s->wide * sizeof(float));
  const float *bias = from == s->qkv && s->bias->count ? (const float *)s->bias->data + offset : NULL;
  const int64_t bytes = from->type == BFLOAT16 ? 2 : 4;
  for (int64_t t = 0; t < s->tokens; t++) {
    float *row = to + t * s->wide;
    const int64_t at = (s->row + t) * stride + offset;
    for (int64_t line = 0; line < s->size * bytes; line += 64)
      __builtin_prefetch((const char *)from->data + (at + s->size) * bytes + line);
    load_row(row, from, at, s->size);
    if (bias)
      for (int64_t i = 0; i < s->size; i++) row[i] += bias[i];
    for (int64_t i = 0; i < s->size; i++) row[i] *= scale;
  }
}

/* The highest of n numbers, whole vectors, by vectors: compilers compare one by one, since NaN would depend on the order. */
static float highest(const float *row, int64_t n) {
  typedef int32_t Bits __attribute__((vector_size(WIDTH * 4)));
  Vector tops = *(const Vector *)row;
  for (int64_t i = WIDTH; i < n; i += WIDTH) {
    const Vector next = *(const Vector *)(row + i);
    const Bits higher = next > tops;
    tops = (Vector)((higher & (Bits)next) | (~higher & (Bits)tops));
  }
  for (int half = WIDTH / 2; half > 0; half /= 2)
    for (int l = 0; l < half; l++) tops[l] = tops[l + half] > tops[l] ? tops[l + half] : tops[l];
  return tops[0];
}

/* scores [rows, long] to weights: softmax over the tokens; mask: [long], of minus infinity behind them. */
static void weigh(const State *s, float *scores, int64_t rows, const float *restrict mask) {
  const int64_t n = s->long_ / WIDTH * WIDTH; /* so that compilers leave out the rest of a vector */
  for (int64_t r = 0; r < rows; r++) {
    float *restrict row = scores + r * n;
    for (int64_t i = 0; i < n; i++) row[i] += mask[i];
    const float top = highest(row, n);
    float sum = 0;
    for (int64_t i = 0; i < n; i++) sum += row[i] = exponential(row[i] - top);
    const float inverse = 1.0f / sum;
    for (int64_t i = 0; i < n; i++) row[i] *= inverse;
  }
}

/* The mask of a text, as weigh takes it. */
static float *mask_of(const State *s, float **at) {
  float *mask = zeros(at, s->long_);
  if (s->mask->count) memcpy(mask, (const float *)s->mask->data + s->row, s->tokens * sizeof *mask);
  for (int64_t i = s->tokens; i < s->long_; i++) mask[i] = -INFINITY;
  return mask;
}

/* Random numbers for the weights of some queries of a head, [rows, tokens]; whole groups of DRAWS. */
static void draw_block(const State *s, int64_t unit, int64_t first, int64_t rows, uint16_t *bits) {
  if (s->attributes->rate <= 0) return;
  const uint64_t groups = draws_of(QUERIES * s->longest), blocks = (s->longest + QUERIES - 1) / QUERIES;
  const uint64_t start = (unit * blocks + first / QUERIES) * groups;
  for (uint64_t group = 0; group < draws_of(rows * s->tokens); group++) draw(s->key, start + group, bits + group * DRAWS);
}

/* Drops weights by their random numbers, and scales the others. */
static void drop(const State *s, float *weights, const uint16_t *bits, int64_t rows) {
  if (s->attributes->rate <= 0) return;
  const uint16_t below = drop_below(s->attributes->rate);
  const float scale = 1.0f / (1.0f - s->attributes->rate);
  for (int64_t r = 0; r < rows; r++) {
    float *restrict row = weights + r * s->long_;
    const uint16_t *restrict drawn = bits + r * s->tokens;
    for (int64_t i = 0; i < s->tokens; i++) row[i] = drawn[i] >= below ? row[i] * scale : 0.0f;
  }
}

static void forward_head(const State *s, int64_t head) {
  const int64_t heads = s->attributes->heads, unit = s->text * heads + head, width = heads * s->size;
  const int64_t n = s->long_, d = s->wide, block = n * d;
  const int64_t queries = n < QUERIES ? n : QUERIES;
  const int64_t along_d = elements(d, s->pairs), along_n = elements(n, s->pairs);
  float *at = thread_scratch((7 * block + 3 * queries * n + queries * d + n + 10 * WIDTH + DRAWS) * sizeof(float));
  float *q = take(&at, block), *k = take(&at, block), *v = take(&at, block);
  uint32_t *pq = (uint32_t *)take(&at, block), *pk = (uint32_t *)take(&at, block), *pv = (uint32_t *)take(&at, block);
  uint32_t *turned_k = (uint32_t *)take(&at, block), *packed = (uint32_t *)take(&at, queries * n);
  float *scores = take(&at, queries * n), *result = take(&at, queries * d);
  uint16_t *bits = (uint16_t *)take(&at, queries * n + DRAWS);
  const float *mask = mask_of(s, &at);
  gather(s, s->qkv, 3 * width, head * s->size, 1.0f / sqrtf(s->size), q);
  gather(s, s->qkv, 3 * width, width + head * s->size, 1, k);
  gather(s, s->qkv, 3 * width, 2 * width + head * s->size, 1, v);
  pack_rows(pq, q, n, d, s->pairs);
  pack_rows(pk, k, n, d, s->pairs);
  transpose(turned_k, pk, n, along_d);
  pack_columns(pv, v, n, d, s->pairs);
  for (int64_t first = 0; first < s->tokens; first += QUERIES) {
    const int64_t rows = s->tokens - first < QUERIES ? s->tokens - first : QUERIES;
    gemm(rows, n, along_d, pq + first * along_d, along_d, 1, turned_k, n, scores, n, false, s->pairs);
    weigh(s, scores, rows, mask);
    draw_block(s, unit, first, rows, bits);
    drop(s, scores, bits, rows);
    pack_rows(packed, scores, rows, n, s->pairs);
    gemm(rows, d, along_n, packed, along_n, 1, pv, d, result, d, false, s->pairs);
    for (int64_t r = 0; r < rows; r++)
      store_row(s->out, (s->row + first + r) * width + head * s->size, result + r * d, s->size);
  }
}

/* Writes one head's gradient of the queries, keys or values, and adds it up for the bias. */
static void scatter(const State *s, int64_t offset, float scale, float *from) {
  const int64_t stride = 3 * s->qkv->columns;
  float *restrict sums = s->partial + s->text * stride + offset;
  memset(sums, 0, s->size * sizeof(float));
  for (int64_t t = 0; t < s->tokens; t++) {
    float *restrict row = from + t * s->wide;
    for (int64_t i = 0; i < s->size; i++) sums[i] += row[i] *= scale;
    store_row(s->dqkv, (s->row + t) * stride + offset, row, s->size);
  }
}

static void backward_head(const State *s, int64_t head) {
  const int64_t heads = s->attributes->heads, unit = s->text * heads + head, width = heads * s->size;
  const int64_t n = s->long_, d = s->wide, block = n * d;
  const float scale = 1.0f / sqrtf(s->size);
  const int64_t queries = n < QUERIES ? n : QUERIES;
  const int64_t along_d = elements(d, s->pairs), along_n = elements(n, s->pairs);
  float *at = thread_scratch((16 * block + 5 * queries * n + n + 20 * WIDTH + DRAWS) * sizeof(float));
  float *q = take(&at, block), *k = take(&at, block), *v = take(&at, block), *dout = take(&at, block);
  float *dq = take(&at, block), *dk = zeros(&at, block), *dv = zeros(&at, block);
  uint32_t *rows_q = (uint32_t *)take(&at, block), *rows_k = (uint32_t *)take(&at, block);
  uint32_t *rows_v = (uint32_t *)take(&at, block), *rows_dout = (uint32_t *)take(&at, block);
  uint32_t *columns_q = (uint32_t *)take(&at, block), *columns_dout = (uint32_t *)take(&at, block);
  uint32_t *columns_k = (uint32_t *)take(&at, block), *turned_k = (uint32_t *)take(&at, block);
  uint32_t *turned_v = (uint32_t *)take(&at, block), *packed = (uint32_t *)take(&at, queries * n);
  float *weights = take(&at, queries * n), *kept = take(&at, queries * n), *dweights = take(&at, queries * n);
  uint16_t *bits = (uint16_t *)take(&at, queries * n + DRAWS);
  const float *mask = mask_of(s, &at);
  gather(s, s->qkv, 3 * width, head * s->size, scale, q);
  gather(s, s->qkv, 3 * width, width + head * s->size, 1, k);
  gather(s, s->qkv, 3 * width, 2 * width + head * s->size, 1, v);
  gather(s, s->out, width, head * s->size, 1, dout);
  pack_rows(rows_q, q, n, d, s->pairs);
  pack_rows(rows_k, k, n, d, s->pairs);
  pack_rows(rows_v, v, n, d, s->pairs);
  pack_rows(rows_dout, dout, n, d, s->pairs);
  pack_columns(columns_q, q, n, d, s->pairs);
  pack_columns(columns_dout, dout, n, d, s->pairs);
  pack_columns(columns_k, k, n, d, s->pairs);
  transpose(turned_k, rows_k, n, along_d);
  transpose(turned_v, rows_v, n, along_d);
  for (int64_t first = 0; first < s->tokens; first += QUERIES) {
    const int64_t rows = s->tokens - first < QUERIES ? s->tokens - first : QUERIES;
    /* Rows up to an even number, of zeros, since they are summed over in pairs. */
    const int64_t even = rows + (rows & 1), along_rows = elements(even, s->pairs), row = elements(first, s->pairs) * d;
    gemm(rows, n, along_d, rows_q + first * along_d, along_d, 1, turned_k, n, weights, n, false, s->pairs);
    weigh(s, weights, rows, mask);
    gemm(rows, n, along_d, rows_dout + first * along_d, along_d, 1, turned_v, n, dweights, n, false, s->pairs);
    memcpy(kept, weights, rows * n * sizeof(float));
    draw_block(s, unit, first, rows, bits);
    drop(s, kept, bits, rows);
    drop(s, dweights, bits, rows);
    if (even > rows) memset(kept + rows * n, 0, n * sizeof(float));
    pack_columns(packed, kept, even, n, s->pairs);
    gemm(n, d, along_rows, packed, 1, n, columns_dout + row, d, dv, d, true, s->pairs);
    for (int64_t r = 0; r < rows; r++) {
      const float *restrict w = weights + r * n;
      float *restrict dw = dweights + r * n;
      float sum = 0;
      for (int64_t i = 0; i < n; i++) sum += w[i] * dw[i];
      for (int64_t i = 0; i < n; i++) dw[i] = w[i] * (dw[i] - sum);
    }
    if (even > rows) memset(dweights + rows * n, 0, n * sizeof(float));
    pack_rows(packed, dweights, rows, n, s->pairs);
    gemm(rows, d, along_n, packed, along_n, 1, columns_k, d, dq + first * d, d, false, s->pairs);
    pack_columns(packed, dweights, even, n, s->pairs);
    gemm(n, d, along_rows, packed, 1, n, columns_q + row, d, dk, d, true, s->pairs);
  }
  scatter(s, head * s->size, scale, dq);
  scatter(s, width + head * s->size, 1, dk);
  scatter(s, 2 * width + head * s->size, 1, dv);
}

static void units(const State *all, int64_t unit, void (*work)(const State *, int64_t head)) {
  const int64_t heads = all->attributes->heads;
  for (int64_t i = unit * all->group; i < (unit + 1) * all->group; i++) {
    const State s = state_for(all, i / heads);
    work(&s, i % heads);
  }
}

static void forward_unit(int64_t unit, void *opaque) { units(opaque, unit, forward_head); }
static void backward_unit(int64_t unit, void *opaque) { units(opaque, unit, backward_head); }

/* Zeros the rows of a tensor behind the last text. */
static void clear_rest(const State *s, const Tensor *tensor) {
  if (s->starts->count == 0) return;
  const int64_t end = ((const int32_t *)s->starts->data)[s->texts], row = tensor->count / s->longest;
  const int64_t size = tensor->type == BFLOAT16 ? 2 : 4;
  memset((char *)tensor->data + end * row * size, 0, (s->longest - end) * row * size);
}

static State state_of(const Attributes *attributes, Call *call, const Tensor *qkv, const Tensor *bias, const Tensor *mask,
                      const Tensor *starts, const Tensor *seed, const Tensor *out) {
  State s = {.attributes = attributes, .qkv = qkv, .bias = bias, .mask = mask, .starts = starts, .out = out};
  if (call->failed) return s;
  if (attributes->heads < 1 || qkv->rank != 4 || qkv->dims[2] != 3 || qkv->columns % attributes->heads ||
      (mask->count && 3 * mask->count != qkv->rows) || seed->count != 2 || (bias->count && bias->count != 3 * qkv->columns) ||
      3 * out->count != qkv->count || (starts->count && (qkv->dims[0] != 1 || !are_starts(starts, qkv->dims[1], qkv->dims[1]))))
    fail(call, "FoldwiseAttention: the shapes do not fit.");
  if (call->failed) return s;
  s.key = random_key(seed->data, attributes->call);
  s.texts = starts->count ? starts->count - 1 : qkv->dims[0];
  s.longest = qkv->dims[1];
  s.size = qkv->columns / attributes->heads;
  s.wide = whole(s.size);
  s.group = s.texts < 8 * thread_count() ? 1 : attributes->heads;
#ifdef HARDWARE_BFLOAT16
  s.pairs = qkv->type == BFLOAT16;
#endif
  return s;
}

static void *create(TF_OpKernelConstruction *construction) {
  Attributes *attributes = calloc(1, sizeof *attributes);
  attributes->heads = int_attribute(construction, "heads");
  attributes->rate = float_attribute(construction, "rate");
  attributes->call = int_attribute(construction, "call");
  return attributes;
}

static void forward(void *opaque, TF_OpKernelContext *context) {
  const Attributes *attributes = opaque;
  Call call = begin(context);
  const Tensor qkv = input(&call, 0), bias = input(&call, 1), mask = input(&call, 2), starts = input(&call, 3);
  const Tensor seed = input(&call, 4);
  const int64_t dims[] = {qkv.dims[0], qkv.dims[1], qkv.columns};
  const Tensor out = output_shape(&call, 0, qkv.type, dims, 3);
  State state = state_of(attributes, &call, &qkv, &bias, &mask, &starts, &seed, &out);
  if (!call.failed) {
    parallel(state.texts * attributes->heads / state.group, forward_unit, &state);
    clear_rest(&state, &out);
  }
  end(&call);
}

static void backward(void *opaque, TF_OpKernelContext *context) {
  const Attributes *attributes = opaque;
  Call call = begin(context);
  const Tensor dy = input(&call, 0), qkv = input(&call, 1), bias = input(&call, 2), mask = input(&call, 3);
  const Tensor starts = input(&call, 4), seed = input(&call, 5);
  const Tensor dqkv = output(&call, 0, qkv.type, &qkv, 0), dbias = output_shape(&call, 1, FLOAT32, qkv.dims + 2, 2);
  State state = state_of(attributes, &call, &qkv, &bias, &mask, &starts, &seed, &dy);
  if (!call.failed) {
    state.dqkv = &dqkv;
    state.partial = scratch(state.texts * 3 * qkv.columns * sizeof(float));
    parallel(state.texts * attributes->heads / state.group, backward_unit, &state);
    clear_rest(&state, &dqkv);
    add_blocks(dbias.data, state.partial, state.texts, 3 * qkv.columns);
    free(state.partial);
  }
  end(&call);
}

/* Output `index` takes the axes from `start` of qkv, after those up to `first`. */
static void part(TF_ShapeInferenceContext *context, int index, int input, int64_t first, int64_t start, TF_Status *status) {
  TF_ShapeHandle *qkv = TF_NewShapeHandle(), *head = TF_NewShapeHandle(), *tail = TF_NewShapeHandle(), *whole_shape = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, input, qkv, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSubshape(context, qkv, 0, first, head, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSubshape(context, qkv, start, 4, tail, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextConcatenateShapes(context, head, tail, whole_shape, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSetOutput(context, index, whole_shape, status);
  TF_DeleteShapeHandle(qkv);
  TF_DeleteShapeHandle(head);
  TF_DeleteShapeHandle(tail);
  TF_DeleteShapeHandle(whole_shape);
}

static void shape(TF_ShapeInferenceContext *context, TF_Status *status) { part(context, 0, 0, 2, 3, status); }
static void gradient_shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  shape_as(context, 0, 1, status);
  part(context, 1, 1, 0, 2, status);
}

void register_attention(void) {
  register_operation(&(Operation){
      "FoldwiseAttention",
      (const char *[]){"i:qkv: T", "i:bias: float", "i:mask: float", "i:starts: int32", "i:seed: int32", "o:y: T", "a:T: {float, bfloat16}",
                       "a:heads: int", "a:rate: float", "a:call: int", NULL},
      shape, create, forward, false});
  register_operation(&(Operation){
      "FoldwiseAttentionGrad",
      (const char *[]){"i:dy: D", "i:qkv: T", "i:bias: float", "i:mask: float", "i:starts: int32", "i:seed: int32", "o:dqkv: T", "o:dbias: float",
                       "a:T: {float, bfloat16}", "a:D: {float, bfloat16}", "a:heads: int", "a:rate: float", "a:call: int", NULL},
      gradient_shape, create, backward, false});
}
