/* FoldwiseAttentionGrad: the gradient of FoldwiseAttention (attention.c) by qkv and by the bias. */
#include "attention.h"

/* Writes one head's gradient of the queries, keys or values, and adds it up for the bias. */
static void scatter(const State *s, int64_t offset, float scale, float *from) {
  const int64_t stride = 3 * s->qkv->columns;
  float *restrict sums = s->partial + s->sequence * stride + offset;
  memset(sums, 0, s->size * sizeof(float));
  for (int64_t t = 0; t < s->tokens; t++) {
    float *restrict row = from + t * s->wide;
    for (int64_t i = 0; i < s->size; i++) sums[i] += row[i] *= scale;
    store_row(s->dqkv, (s->row + t) * stride + offset, row, s->size);
  }
}

static void backward_head(const State *s, int64_t head) {
  const int64_t heads = s->attributes->heads, unit = s->sequence * heads + head, width = heads * s->size;
  const int64_t n = s->long_, d = s->wide, block = n * d;
  const float scale = 1.0f / sqrtf(s->size);
  const int64_t queries = n < QUERIES ? n : QUERIES;
  const int64_t along_d = elements(d, s->pairs), along_n = elements(n, s->pairs);
  float *at = thread_scratch((16 * block + 5 * queries * n + n + 20 * WIDTH + DRAWS) * sizeof(float));
  if (!at) return;
  float *q = take(&at, block), *k = take(&at, block), *v = take(&at, block), *dout = take(&at, block);
  float *dq = take(&at, block), *dk = zeros(&at, block), *dv = zeros(&at, block);
  Word *turned_k = (Word *)take(&at, block), *turned_v = (Word *)take(&at, block);
  float *weights = take(&at, queries * n), *kept = take(&at, queries * n), *dweights = take(&at, queries * n);
  uint16_t *bits = (uint16_t *)take(&at, queries * n + DRAWS);
  const float *mask = mask_of(s, &at);
  gather(s, s->qkv, 3 * width, head * s->size, scale, q);
  gather(s, s->qkv, 3 * width, width + head * s->size, 1, k);
  gather(s, s->qkv, 3 * width, 2 * width + head * s->size, 1, v);
  gather(s, s->out, width, head * s->size, 1, dout);
  const Word *rows_q = pack_rows(&at, q, n, d, s->pairs), *rows_dout = pack_rows(&at, dout, n, d, s->pairs);
  const Word *columns_q = pack_columns(&at, q, n, d, s->pairs), *columns_k = pack_columns(&at, k, n, d, s->pairs);
  const Word *columns_dout = pack_columns(&at, dout, n, d, s->pairs);
  transpose(turned_k, pack_rows(&at, k, n, d, s->pairs), n, along_d);
  transpose(turned_v, pack_rows(&at, v, n, d, s->pairs), n, along_d);
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
    float *rest = at;
    gemm(n, d, along_rows, pack_columns(&rest, kept, even, n, s->pairs), 1, n, columns_dout + row, d, dv, d, true, s->pairs);
    for (int64_t r = 0; r < rows; r++) {
      const float *restrict w = weights + r * n;
      float *restrict dw = dweights + r * n;
      float sum = 0;
      for (int64_t i = 0; i < n; i++) sum += w[i] * dw[i];
      for (int64_t i = 0; i < n; i++) dw[i] = w[i] * (dw[i] - sum);
    }
    if (even > rows) memset(dweights + rows * n, 0, n * sizeof(float));
    rest = at;
    gemm(rows, d, along_n, pack_rows(&rest, dweights, rows, n, s->pairs), along_n, 1, columns_k, d, dq + first * d, d, false, s->pairs);
    rest = at;
    gemm(n, d, along_rows, pack_columns(&rest, dweights, even, n, s->pairs), 1, n, columns_q + row, d, dk, d, true, s->pairs);
  }
  scatter(s, head * s->size, scale, dq);
  scatter(s, width + head * s->size, 1, dk);
  scatter(s, 2 * width + head * s->size, 1, dv);
}

static void backward_unit(int64_t unit, void *opaque) { units(opaque, unit, backward_head); }

static void backward(Operands *operands, const Tensor *out) {
  State state = state_of(operands, 1, &operands->in[0]);
  const int64_t columns = 3 * state.qkv->columns;
  state.dqkv = &out[0];
  if (!(state.partial = scratch(state.sequences * columns * sizeof(float)))) return;
  parallel(state.sequences * state.attributes->heads / state.group, backward_unit, &state);
  clear_rest(&state, &out[0]);
  add_blocks(out[1].data, state.partial, state.sequences, columns);
  free(state.partial);
}

static void check(Operands *operands) { check_attention(operands, 1); }

static Operation gradient = {
    "FoldwiseAttentionGrad",
    {"i:dy: D [batch, tokens, width]", "i:qkv: T [batch, tokens, 3, width]", "i:bias: float [3, width]?", "i:mask: float [batch, tokens]?",
     "i:starts: int32 [sequences+1]?", "i:seed: int32 [2]", "o:dqkv: T [batch, tokens, 3, width]", "o:dbias: float [3, width]",
     "a:T: {float, bfloat16}", "a:D: {float, bfloat16}", "a:heads: int", "a:rate: float", "a:call: int"},
    .check = check,
    .create = create,
    .compute = backward};
OPERATION(gradient)

void register_attention_grad(void) { REGISTER(gradient); }
