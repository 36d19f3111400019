/*
 * FoldwiseProduct: A B of bfloat16 matrices, summed in float32; FoldwiseProductNT: A Bᵀ; FoldwiseProductTN: Aᵀ B.
 * B is packed into panels of pairs along k once, A is read where it lies, or packed by chunks where it is transposed:
 * the scheme of Goto & van de Geijn 2008 without its outer blocks, since a transformer's k fits the second cache.
 *
 * a: [m, k], or [k, m]; b: [k, n], or [n, k]; result: bfloat16 [m, n]. k is even.
 */
#include "gemm.h"
#include <stdlib.h>

#if defined(HARDWARE_BFLOAT16) && !defined(__AMX_BF16__)

enum { PANEL = 4 * WIDTH, MOST_ROWS = 48 };
typedef enum { PLAIN, RIGHT_TRANSPOSED, LEFT_TRANSPOSED } Kind;

typedef struct {
  const uint16_t *a, *b;
  const Tensor *out;
  uint32_t *panels; /* [n / PANEL, k / 2, PANEL], of zeros behind n */
  int64_t m, n, k;
  int64_t rows; /* of a unit */
  Kind kind;
} State;

/* Rows 2p and 2p + 1 of [k, stride], `width` columns from `from` on, to the elements of row p of [k / 2, full]. */
static void interleave(uint32_t *restrict to, const uint16_t *from, int64_t k, int64_t stride, int64_t width, int64_t full) {
  for (int64_t p = 0; p < k / 2; p++, to += full) {
    const uint16_t *even = from + 2 * p * stride, *odd = even + stride;
    int64_t j = 0;
    for (; j + 16 <= width; j += 16) {
      const __m512i low = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(even + j)));
      const __m512i high = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(odd + j)));
      _mm512_storeu_si512(to + j, _mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
    }
    for (; j < width; j++) to[j] = even[j] | (uint32_t)odd[j] << 16;
    for (; j < full; j++) to[j] = 0;
  }
}

static void pack_unit(int64_t panel, void *opaque) {
  const State *s = opaque;
  const int64_t first = panel * PANEL, width = s->n - first < PANEL ? s->n - first : PANEL, half = s->k / 2;
  uint32_t *restrict to = s->panels + panel * half * PANEL;
  if (s->kind != RIGHT_TRANSPOSED) {
    interleave(to, s->b + first, s->k, s->n, width, PANEL);
    return;
  }
  const uint32_t *from = (const uint32_t *)s->b + first * half;
  if (width < PANEL) memset(to, 0, half * PANEL * sizeof *to);
  for (int64_t p = 0; p < half; p += WIDTH) {
    const int64_t end = p + WIDTH < half ? p + WIDTH : half;
    for (int64_t j = 0; j < width; j++)
      for (int64_t q = p; q < end; q++) to[q * PANEL + j] = from[j * half + q];
  }
}

static void multiply_unit(int64_t unit, void *opaque) {
  const State *s = opaque;
  const int64_t first = unit * s->rows, rows = s->m - first < s->rows ? s->m - first : s->rows, half = s->k / 2;
  float result[MOST_ROWS * PANEL] __attribute__((aligned(64)));
  const uint32_t *a = (const uint32_t *)s->a + first * half;
  int64_t row = half, step = 1;
  if (s->kind == LEFT_TRANSPOSED) {
    uint32_t *packed = thread_scratch(half * s->rows * sizeof *packed);
    interleave(packed, s->a + first, s->k, s->m, rows, s->rows);
    a = packed;
    row = 1;
    step = s->rows;
  }
  for (int64_t j = 0; j < s->n; j += PANEL) {
    const int64_t width = s->n - j < PANEL ? s->n - j : PANEL;
    gemm(rows, PANEL, half, a, row, step, s->panels + j * half, PANEL, result, PANEL, false, true);
    for (int64_t r = 0; r < rows; r++) store_row(s->out, (first + r) * s->n + j, result + r * PANEL, width);
  }
}

/* Enough units for the threads to end at about the same time; a tile of gemm.h has six rows. */
static int64_t rows_of_unit(int64_t m) {
  const int64_t rows = m / (8 * thread_count()) / 6 * 6;
  return rows < 12 ? 12 : rows > MOST_ROWS ? MOST_ROWS : rows;
}

static void compute(TF_OpKernelContext *context, Kind kind) {
  Call call = begin(context);
  const Tensor a = input(&call, 0), b = input(&call, 1);
  const bool left = kind == LEFT_TRANSPOSED, right = kind == RIGHT_TRANSPOSED;
  State s = {.a = a.data, .b = b.data, .kind = kind, .m = a.dims[left], .k = a.dims[!left], .n = b.dims[!right]};
  if (!call.failed && (a.rank != 2 || b.rank != 2 || b.dims[right] != s.k || s.k % 2))
    fail(&call, "FoldwiseProduct: the shapes do not fit.");
  const int64_t dims[] = {s.m, s.n};
  const Tensor out = output_shape(&call, 0, BFLOAT16, dims, 2);
  if (!call.failed && out.count > 0) {
    const int64_t panels = (s.n + PANEL - 1) / PANEL;
    s.out = &out;
    s.rows = rows_of_unit(s.m);
    s.panels = scratch(panels * PANEL * s.k / 2 * sizeof *s.panels);
    parallel(panels, pack_unit, &s);
    parallel((s.m + s.rows - 1) / s.rows, multiply_unit, &s);
    free(s.panels);
  }
  end(&call);
}

static void plain(void *unused, TF_OpKernelContext *context) { (void)unused, compute(context, PLAIN); }
static void right(void *unused, TF_OpKernelContext *context) { (void)unused, compute(context, RIGHT_TRANSPOSED); }
static void left(void *unused, TF_OpKernelContext *context) { (void)unused, compute(context, LEFT_TRANSPOSED); }

/* The axis `i` of a, then the axis `j` of b. */
static void shape(TF_ShapeInferenceContext *context, int64_t i, int64_t j, TF_Status *status) {
  TF_ShapeHandle *given = TF_NewShapeHandle(), *rows = TF_NewShapeHandle(), *columns = TF_NewShapeHandle(), *both = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, 0, given, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSubshape(context, given, i, i + 1, rows, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextGetInput(context, 1, given, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSubshape(context, given, j, j + 1, columns, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextConcatenateShapes(context, rows, columns, both, status);
  if (TF_GetCode(status) == 0) TF_ShapeInferenceContextSetOutput(context, 0, both, status);
  TF_DeleteShapeHandle(given);
  TF_DeleteShapeHandle(rows);
  TF_DeleteShapeHandle(columns);
  TF_DeleteShapeHandle(both);
}

static void plain_shape(TF_ShapeInferenceContext *context, TF_Status *status) { shape(context, 0, 1, status); }
static void right_shape(TF_ShapeInferenceContext *context, TF_Status *status) { shape(context, 0, 0, status); }
static void left_shape(TF_ShapeInferenceContext *context, TF_Status *status) { shape(context, 1, 1, status); }

#endif

/* oneDNN's products run on a processor's matrix unit (AMX) where it has one, which is faster than all of this. */
bool register_product(void) {
#if defined(HARDWARE_BFLOAT16) && !defined(__AMX_BF16__)
  static const char *const signature[] = {"i:a: bfloat16", "i:b: bfloat16", "o:y: bfloat16", NULL};
  register_operation(&(Operation){"FoldwiseProduct", signature, plain_shape, NULL, plain, false});
  register_operation(&(Operation){"FoldwiseProductNT", signature, right_shape, NULL, right, false});
  register_operation(&(Operation){"FoldwiseProductTN", signature, left_shape, NULL, left, false});
  return true;
#else
  return false;
#endif
}
