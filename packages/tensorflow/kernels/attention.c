/*
 * FoldwiseAttention: scaled dot-product self-attention (Vaswani et al. 2017) of one head at a time, in the caches, and
 * its gradient, which computes the weights again instead of keeping them (as Dao et al. 2022 do).
 *
 * qkv: [batch, tokens, 3, heads * size] of float32 or bfloat16, queries, keys and values; bias: [3, heads * size], or
 * empty; mask: float32 [batch, tokens], added to the scores, or empty; starts: int32, empty, or [texts + 1] where the
 * texts follow one another in a batch of one: each one's first row, then the end of the last; seed: int32 [2], of the
 * weights' dropout; result: [batch, tokens, heads * size], zeros behind the last text.
 */
#include "attention.h"

static void forward_head(const State *s, int64_t head) {
  const int64_t heads = s->attributes->heads, unit = s->text * heads + head, width = heads * s->size;
  const int64_t n = s->long_, d = s->wide, block = n * d;
  const int64_t queries = n < QUERIES ? n : QUERIES;
  const int64_t along_d = elements(d, s->pairs), along_n = elements(n, s->pairs);
  float *at = thread_scratch((7 * block + 3 * queries * n + queries * d + n + 10 * WIDTH + DRAWS) * sizeof(float));
  float *q = take(&at, block), *k = take(&at, block), *v = take(&at, block);
  uint32_t *turned_k = (uint32_t *)take(&at, block);
  float *scores = take(&at, queries * n), *result = take(&at, queries * d);
  uint16_t *bits = (uint16_t *)take(&at, queries * n + DRAWS);
  const float *mask = mask_of(s, &at);
  gather(s, s->qkv, 3 * width, head * s->size, 1.0f / sqrtf(s->size), q);
  gather(s, s->qkv, 3 * width, width + head * s->size, 1, k);
  gather(s, s->qkv, 3 * width, 2 * width + head * s->size, 1, v);
  const uint32_t *pq = pack_rows(&at, q, n, d, s->pairs), *pv = pack_columns(&at, v, n, d, s->pairs);
  transpose(turned_k, pack_rows(&at, k, n, d, s->pairs), n, along_d);
  for (int64_t first = 0; first < s->tokens; first += QUERIES) {
    const int64_t rows = s->tokens - first < QUERIES ? s->tokens - first : QUERIES;
    gemm(rows, n, along_d, pq + first * along_d, along_d, 1, turned_k, n, scores, n, false, s->pairs);
    weigh(s, scores, rows, mask);
    draw_block(s, unit, first, rows, bits);
    drop(s, scores, bits, rows);
    float *rest = at;
    gemm(rows, d, along_n, pack_rows(&rest, scores, rows, n, s->pairs), along_n, 1, pv, d, result, d, false, s->pairs);
    for (int64_t r = 0; r < rows; r++)
      store_row(s->out, (s->row + first + r) * width + head * s->size, result + r * d, s->size);
  }
}

static void forward_unit(int64_t unit, void *opaque) { units(opaque, unit, forward_head); }

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

static void shape(TF_ShapeInferenceContext *context, TF_Status *status) { part(context, 0, 0, 2, 3, status); }

void register_attention(void) {
  register_operation(&(Operation){
      "FoldwiseAttention",
      (const char *[]){"i:qkv: T", "i:bias: float", "i:mask: float", "i:starts: int32", "i:seed: int32", "o:y: T", "a:T: {float, bfloat16}",
                       "a:heads: int", "a:rate: float", "a:call: int", NULL},
      shape, create, forward, false});
}
