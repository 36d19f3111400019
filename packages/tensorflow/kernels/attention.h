/* What scaled dot-product attention (attention.c) and its gradient (attention-grad.c) have in common. */
#ifndef ATTENTION_H
#define ATTENTION_H

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
  float *partial; /* [sequences, 3, heads * size]: of the bias */
  int64_t sequences, longest, size;
  int64_t group; /* heads of a unit: all of a sequence, where there are enough for the threads to end at about the same time */
  int64_t wide; /* size in whole vectors, of zeros */
  bool pairs;
  int64_t sequence, row, tokens, long_; /* of one sequence, its first row, and its tokens in whole vectors */
} State;

/* The state of one sequence. */
static inline State state_for(const State *all, int64_t sequence) {
  State s = *all;
  const int32_t *start = s.starts->count ? (const int32_t *)s.starts->data + sequence : NULL;
  s.sequence = sequence;
  s.row = start ? start[0] : sequence * s.longest;
  s.tokens = start ? start[1] - start[0] : s.longest;
  s.long_ = whole(s.tokens);
  return s;
}

/* Queries are taken in blocks, so that long sequences stay in the caches as well. */
enum { QUERIES = 64 };

static inline float *zeros(float **at, int64_t count) { return memset(take(at, count), 0, count * sizeof(float)); }

/* See gather; `size` is s->size, or that as a constant. */
static inline __attribute__((always_inline)) void gather_rows(const State *s, const Tensor *from, int64_t stride, int64_t offset,
                                                              float scale, float *to, int64_t size) {
  const float *restrict bias = from == s->qkv && s->bias->count ? (const float *)s->bias->data + offset : NULL;
  const int64_t bytes = from->type == BFLOAT16 ? 2 : 4;
  for (int64_t t = 0; t < s->tokens; t++) {
    float *restrict row = to + t * s->wide;
    const int64_t at = (s->row + t) * stride + offset;
    for (int64_t line = 0; line < size * bytes; line += 64)
      __builtin_prefetch((const char *)from->data + (at + size) * bytes + line);
    load_row(row, from, at, size);
    if (bias)
      for (int64_t i = 0; i < size; i++) row[i] = (row[i] + bias[i]) * scale;
    else
      for (int64_t i = 0; i < size; i++) row[i] *= scale;
  }
}

/*
 * One head's part of a tensor [batch, tokens, stride] as [long, wide], plus the bias of qkv, times the scale. The next
 * head's part is fetched, since processors do not foresee steps from row to row.
 */
static inline void gather(const State *s, const Tensor *from, int64_t stride, int64_t offset, float scale, float *to) {
  const int64_t filled = s->size < s->wide ? 0 : s->tokens;
  memset(to + filled * s->wide, 0, (s->long_ - filled) * s->wide * sizeof(float));
  if (s->size == 32)
    gather_rows(s, from, stride, offset, scale, to, 32);
  else if (s->size == 64)
    gather_rows(s, from, stride, offset, scale, to, 64);
  else
    gather_rows(s, from, stride, offset, scale, to, s->size);
}

/* The highest of n numbers, whole vectors, by vectors: compilers compare one by one, since NaN would depend on the order. */
static inline float highest(const float *row, int64_t n) {
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
static inline void weigh(const State *s, float *scores, int64_t rows, const float *restrict mask) {
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

/* The mask of a sequence, as weigh takes it. */
static inline float *mask_of(const State *s, float **at) {
  float *mask = zeros(at, s->long_);
  if (s->mask->count) memcpy(mask, (const float *)s->mask->data + s->row, s->tokens * sizeof *mask);
  for (int64_t i = s->tokens; i < s->long_; i++) mask[i] = -INFINITY;
  return mask;
}

/* Random numbers for the weights of some queries of a head, [rows, tokens]; whole groups of DRAWS. */
static inline void draw_block(const State *s, int64_t unit, int64_t first, int64_t rows, uint16_t *bits) {
  if (s->attributes->rate <= 0) return;
  const uint64_t groups = draws_of(QUERIES * s->longest), blocks = (s->longest + QUERIES - 1) / QUERIES;
  const uint64_t start = (unit * blocks + first / QUERIES) * groups;
  for (uint64_t group = 0; group < draws_of(rows * s->tokens); group++) draw(s->key, start + group, bits + group * DRAWS);
}

/* Drops weights by their random numbers, and scales the others. */
static inline void drop(const State *s, float *weights, const uint16_t *bits, int64_t rows) {
  if (s->attributes->rate <= 0) return;
  const uint16_t below = drop_below(s->attributes->rate);
  const float scale = 1.0f / (1.0f - s->attributes->rate);
  for (int64_t r = 0; r < rows; r++) {
    float *restrict row = weights + r * s->long_;
    const uint16_t *restrict drawn = bits + r * s->tokens;
    for (int64_t i = 0; i < s->tokens; i++) row[i] = drawn[i] >= below ? row[i] * scale : 0.0f;
  }
}

static inline void units(const State *all, int64_t unit, void (*work)(const State *, int64_t head)) {
  const int64_t heads = all->attributes->heads;
  for (int64_t i = unit * all->group; i < (unit + 1) * all->group; i++) {
    const State s = state_for(all, i / heads);
    work(&s, i % heads);
  }
}

/* Zeros the rows of a tensor behind the last sequence. */
static inline void clear_rest(const State *s, const Tensor *tensor) {
  if (s->starts->count == 0) return;
  const int64_t end = ((const int32_t *)s->starts->data)[s->sequences];
  if (end == s->longest) return;
  const int64_t row = tensor->count / s->longest * (tensor->type == BFLOAT16 ? 2 : 4);
  memset((char *)tensor->data + end * row, 0, (s->longest - end) * row);
}

/* qkv, bias, mask, starts and seed are the operands from `first` on; `out` is the result, or its gradient. */
static inline State state_of(const Operands *operands, int first, const Tensor *out) {
  const Tensor *in = operands->in + first, *qkv = &in[0], *starts = &in[3];
  const Attributes *attributes = operands->attributes;
  State s = {.attributes = attributes, .qkv = qkv, .bias = &in[1], .mask = &in[2], .starts = starts, .out = out};
  s.key = random_key(in[4].data, attributes->call);
  s.sequences = starts->count ? starts->count - 1 : qkv->shape.dims[0];
  s.longest = qkv->shape.dims[1];
  s.size = qkv->columns / attributes->heads;
  s.wide = whole(s.size);
  s.group = s.sequences < 8 * thread_count() ? 1 : attributes->heads;
#ifdef HARDWARE_BFLOAT16
  s.pairs = qkv->type == BFLOAT16;
#endif
  return s;
}

/* What patterns do not say; qkv, bias, mask and starts are the operands from `first` on. */
static inline void check_attention(Operands *operands, int first) {
  Shapes *shapes = &operands->shapes;
  const int64_t batch = size_of(shapes, "batch"), tokens = size_of(shapes, "tokens"), width = size_of(shapes, "width");
  const bool packed = is_given(shape_of(shapes, first + 3));
  if (packed && batch != UNKNOWN && batch != 1) refuse_operand(shapes, first, "a batch of 1 since starts is given");
  const Attributes *attributes = operands->attributes;
  if (attributes && (attributes->heads < 1 || width % attributes->heads != 0))
    refuse_operand(shapes, first, "a width that its %lld heads divide", (long long)attributes->heads);
  if (packed && !shapes->refused) check_starts(operands, first + 3, tokens, tokens);
}

static inline void *create(TF_OpKernelConstruction *construction) {
  Attributes *attributes = new_attributes(construction, sizeof *attributes);
  if (!attributes) return NULL;
  attributes->heads = int_attribute(construction, "heads");
  attributes->rate = rate_attribute(construction);
  attributes->call = int_attribute(construction, "call");
  return attributes;
}

#endif
