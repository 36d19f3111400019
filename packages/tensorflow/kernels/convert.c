/* FoldwiseRound, FoldwiseWiden: between float32 and bfloat16. FoldwiseAdd: a sum of either into float32. */
#include "numbers.h"

enum { CHUNK = 8192 };

typedef struct {
  const Tensor *a, *b, *to;
} State;

static int64_t from(int64_t unit) { return unit * CHUNK; }
static int64_t width(int64_t unit, int64_t count) { return count - from(unit) < CHUNK ? count - from(unit) : CHUNK; }

static void convert_unit(int64_t unit, void *opaque) {
  const State *state = opaque;
  const int64_t at = from(unit), n = width(unit, state->to->count);
  if (state->to->type == FLOAT32)
    load_row((float *)state->to->data + at, state->a, at, n);
  else
    store_row(state->to, at, (const float *)state->a->data + at, n);
}

static void add_unit(int64_t unit, void *opaque) {
  const State *state = opaque;
  const int64_t at = from(unit), n = width(unit, state->to->count);
  float a[1024], b[1024];
  float *to = (float *)state->to->data + at;
  for (int64_t i = 0; i < n; i += 1024) {
    const int64_t m = n - i < 1024 ? n - i : 1024;
    load_row(a, state->a, at + i, m);
    load_row(b, state->b, at + i, m);
    for (int64_t j = 0; j < m; j++) to[i + j] = a[j] + b[j];
  }
}

static void convert(Operands *operands, const Tensor *out) {
  State state = {&operands->in[0], NULL, out};
  parallel((out->count + CHUNK - 1) / CHUNK, convert_unit, &state);
}

static void sum(Operands *operands, const Tensor *out) {
  State state = {&operands->in[0], &operands->in[1], out};
  parallel((out->count + CHUNK - 1) / CHUNK, add_unit, &state);
}

static Operation narrow = {"FoldwiseRound", {"i:x: float [...]", "o:y: bfloat16 [...]"}, .compute = convert};
static Operation wide = {"FoldwiseWiden", {"i:x: bfloat16 [...]", "o:y: float [...]"}, .compute = convert};
static Operation add = {"FoldwiseAdd",
                        {"i:a: A [...]", "i:b: B [...]", "o:y: float [...]", "a:A: {float, bfloat16}", "a:B: {float, bfloat16}"},
                        .compute = sum};
OPERATION(narrow)
OPERATION(wide)
OPERATION(add)

void register_convert(void) {
  REGISTER(narrow);
  REGISTER(wide);
  REGISTER(add);
}
