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

static void run(TF_OpKernelContext *context, int type, bool add) {
  Call call = begin(context);
  const Tensor a = input(&call, 0);
  const Tensor b = add ? input(&call, 1) : a;
  const Tensor to = output(&call, 0, type, &a, 0);
  const State state = {&a, &b, &to};
  if (add && a.count != b.count) fail(&call, "FoldwiseAdd takes two tensors of one shape.");
  if (!call.failed) parallel((to.count + CHUNK - 1) / CHUNK, add ? add_unit : convert_unit, (void *)&state);
  end(&call);
}

static void round_compute(void *unused, TF_OpKernelContext *context) { (void)unused, run(context, BFLOAT16, false); }
static void widen_compute(void *unused, TF_OpKernelContext *context) { (void)unused, run(context, FLOAT32, false); }
static void add_compute(void *unused, TF_OpKernelContext *context) { (void)unused, run(context, FLOAT32, true); }
static void shape(TF_ShapeInferenceContext *context, TF_Status *status) { shape_as(context, 0, 0, status); }

void register_convert(void) {
  register_operation(&(Operation){"FoldwiseRound", (const char *[]){"i:x: float", "o:y: bfloat16", NULL}, shape, NULL, round_compute, false});
  register_operation(&(Operation){"FoldwiseWiden", (const char *[]){"i:x: bfloat16", "o:y: float", NULL}, shape, NULL, widen_compute, false});
  register_operation(&(Operation){"FoldwiseAdd",
                                  (const char *[]){"i:a: A", "i:b: B", "o:y: float", "a:A: {float, bfloat16}", "a:B: {float, bfloat16}", NULL},
                                  shape, NULL, add_compute, false});
}
