/*
 * FoldwiseAttention: scaled dot-product self-attention (Vaswani et al. 2017) of one head at a time, in the caches, and
 * its gradient, which computes the weights again instead of keeping them (as Dao et al. 2022 do).
 *
 * qkv: queries, keys and values, each of all heads; mask: added to the scores; starts: given where sequences follow one
 * another in a batch of one, each one's first row, then the end of the last; seed: of the weights' dropout; result: zeros
 * behind the last sequence.
 */
#include "attention.h"

static void forward_head(const State *s, int64_t head) {
  const int64_t heads = s->attributes->heads, unit = s->sequence * heads + head, width = heads * s->size;
  const int64_t n = s->long_, d = s->wide, block = n * d;
  const int64_t queries = n < QUERIES ? n : QUERIES;
  const int64_t along_d = elements(d, s->pairs), along_n = elements(n, s->pairs);
  float *at = thread_scratch((7 * block + 3 * queries * n + queries * d + n + 10 * WIDTH + DRAWS) * sizeof(float));
  if (!at) return;
  float *q = take(&at, block), *k = take(&at, block), *v = take(&at, block);
  Word *turned_k = (Word *)take(&at, block);
  float *scores = take(&at, queries * n), *result = take(&at, queries * d);
  uint16_t *bits = (uint16_t *)take(&at, queries * n + DRAWS);
  const float *mask = mask_of(s, &at);
  gather(s, s->qkv, 3 * width, head * s->size, 1.0f / sqrtf(s->size), q);
  gather(s, s->qkv, 3 * width, width + head * s->size, 1, k);
  gather(s, s->qkv, 3 * width, 2 * width + head * s->size, 1, v);
  const Word *pq = pack_rows(&at, q, n, d, s->pairs), *pv = pack_columns(&at, v, n, d, s->pairs);
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

static void forward(Operands *operands, const Tensor *out) {
  State state = state_of(operands, 0, out);
  parallel(state.sequences * state.attributes->heads / state.group, forward_unit, &state);
  clear_rest(&state, out);
}

static void check(Operands *operands) { check_attention(operands, 0); }

static Operation attention = {
    "FoldwiseAttention",
    {"i:qkv: T [batch, tokens, 3, width]", "i:bias: float [3, width]?", "i:mask: float [batch, tokens]?", "i:starts: int32 [sequences+1]?",
     "i:seed: int32 [2]", "o:y: T [batch, tokens, width]", "a:T: {float, bfloat16}", "a:heads: int", "a:rate: float", "a:call: int"},
    .check = check,
    .create = create,
    .compute = forward};
OPERATION(attention)

void register_attention(void) { REGISTER(attention); }
