/*
 * FoldwiseProduct: A B; FoldwiseProductNT: A Bᵀ; FoldwiseProductTN: Aᵀ B, of float32, or of bfloat16 with sums in
 * float32. The scheme of Goto & van de Geijn 2008, with the loops ordered as BLIS has them (Van Zee & van de Geijn
 * 2015): the sum is cut into blocks; of each, B is packed into panels and A into tiles; a few panels stay in the second
 * cache while all tiles of some rows pass by.
 *
 * a: [m, k], or [k, m]; b: [k, n], or [n, k]; result: [m, n]; all of one type. k is even in bfloat16.
 */
#include "gemm.h"
#include <stdlib.h>

#if defined(__AVX512F__)

/* ROWS x VECTORS registers of sums, of the 32 that there are. AHEAD: rows of a panel that are fetched before their use. */
enum { ROWS = 8, VECTORS = 3, PANEL = VECTORS * WIDTH, MOST_ROWS = 6 * ROWS, SLICE = 16, AHEAD = 8 };
/* Elements of a block of the sum at most, and of the panels in the second cache. */
enum { MOST_SUM = 640, CACHED = 150000 };
typedef enum { PLAIN, RIGHT_TRANSPOSED, LEFT_TRANSPOSED } Kind;

typedef struct {
  const void *a, *b;
  const Tensor *out;
  int64_t m, n, k;      /* k in elements of gemm.h */
  int64_t start, block; /* of the sum, in elements */
  uint32_t *panels;     /* [n / PANEL, block, PANEL], of zeros behind n */
  uint32_t *tiles;      /* [m / ROWS, block, ROWS], of zeros behind m, where A is transposed */
  float *sums;          /* [m, n] of the blocks before, where the result is bfloat16 */
  int64_t rows;         /* of a unit */
  Kind kind;
  bool pairs;
} State;

/* `width` elements of row p of a matrix [k, stride] of numbers, from a column on, then zeros up to `full`. */
static inline void element_row(uint32_t *restrict to, const void *from, int64_t stride, int64_t p, int64_t column, int64_t width,
                               int64_t full, bool pairs) {
  if (pairs) {
    const uint16_t *even = (const uint16_t *)from + 2 * p * stride + column, *odd = even + stride;
    int64_t j = 0;
    for (; j + WIDTH <= width; j += WIDTH) {
      const __m512i low = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(even + j)));
      const __m512i high = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(odd + j)));
      _mm512_storeu_si512(to + j, _mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
    }
    for (; j < width; j++) to[j] = even[j] | (uint32_t)odd[j] << 16;
  } else {
    copy_row((float *)to, (const float *)from + p * stride + column, width);
  }
  for (int64_t j = width; j < full; j++) to[j] = 0;
}

static inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/* Some rows of the block of B, and of A where it is transposed: whole rows at a time, since each lies on pages of its own. */
static void pack_slice(int64_t slice, void *opaque) {
  const State *s = opaque;
  const int64_t first = slice * SLICE, last = least(first + SLICE, s->block);
  for (int64_t j = 0; j < s->n; j += PANEL)
    for (int64_t p = first; p < last; p++)
      element_row(s->panels + j * s->block + p * PANEL, s->b, s->n, s->start + p, j, least(PANEL, s->n - j), PANEL, s->pairs);
  if (s->kind != LEFT_TRANSPOSED) return;
  uint32_t row[WIDTH];
  for (int64_t i = 0; i < s->m; i += WIDTH)
    for (int64_t p = first; p < last; p++) {
      element_row(row, s->a, s->m, s->start + p, i, least(WIDTH, s->m - i), WIDTH, s->pairs);
      memcpy(s->tiles + i * s->block + p * ROWS, row, ROWS * sizeof *row);
      if (i + ROWS < s->m) memcpy(s->tiles + (i + ROWS) * s->block + p * ROWS, row + ROWS, ROWS * sizeof *row);
    }
}

/* A panel of the block of Bᵀ. */
static void pack_turned(int64_t panel, void *opaque) {
  const State *s = opaque;
  const int64_t first = panel * PANEL;
  uint32_t *to = s->panels + first * s->block;
  const uint32_t *from = (const uint32_t *)s->b + first * s->k + s->start;
  for (int64_t j = 0; j < PANEL; j += WIDTH) turn(to + j, PANEL, WIDTH, from + j * s->k, s->k, s->n - first - j, s->block);
}

/* ROWS rows of A by a panel of B, [ROWS, PANEL]. */
static inline __attribute__((always_inline)) void multiply_tile(const uint32_t *a, const uint32_t *b, int64_t k, float *result, bool pairs) {
  Vector sums[ROWS][VECTORS];
  for (int i = 0; i < ROWS; i++)
    for (int v = 0; v < VECTORS; v++) sums[i][v] = (Vector){0};
  for (int64_t p = 0; p < k; p++, a += ROWS, b += PANEL) {
    Vector right[VECTORS];
    for (int v = 0; v < VECTORS; v++) {
      __builtin_prefetch(b + AHEAD * PANEL + v * WIDTH);
      right[v] = *(const Vector *)(b + v * WIDTH);
    }
    for (int i = 0; i < ROWS; i++)
      for (int v = 0; v < VECTORS; v++) sums[i][v] = fused(sums[i][v], a[i], right[v], pairs);
  }
  for (int i = 0; i < ROWS; i++)
    for (int v = 0; v < VECTORS; v++) *(Vector *)(result + i * PANEL + v * WIDTH) = sums[i][v];
}

/* Adds a tile to what the blocks before summed up, or rounds it, where it is the last, into the result. */
static inline void finish(const State *s, float *restrict tile, int64_t row, int64_t column, int64_t rows, int64_t width) {
  const bool last = s->start + s->block == s->k;
  for (int64_t i = 0; i < rows; i++, tile += PANEL) {
    const int64_t at = (row + i) * s->n + column;
    float *sums = s->sums + at;
    if (s->start > 0)
      for (int64_t j = 0; j < width; j++) tile[j] += sums[j];
    if (last)
      store_row(s->out, at, tile, width);
    else
      copy_row(sums, tile, width);
  }
}

static void multiply_unit(int64_t unit, void *opaque) {
  const State *s = opaque;
  const int64_t first = unit * s->rows, rows = least(s->rows, s->m - first), block = s->block;
  float result[ROWS * PANEL] __attribute__((aligned(64)));
  const uint32_t *tiles = s->tiles + first * block;
  if (s->kind != LEFT_TRANSPOSED) {
    uint32_t *packed = thread_scratch(s->rows * block * sizeof *packed);
    const uint32_t *a = (const uint32_t *)s->a + first * s->k + s->start;
    for (int64_t i = 0; i < rows; i += ROWS) turn(packed + i * block, ROWS, ROWS, a + i * s->k, s->k, rows - i, block);
    tiles = packed;
  }
  const int64_t columns = CACHED / (block > 0 ? block : 1) / PANEL * PANEL;
  const int64_t size = s->out->type == BFLOAT16 && s->start + block == s->k ? 2 : 4;
  const char *target = size == 2 ? s->out->data : (const char *)s->sums;
  for (int64_t start = 0; start < s->n; start += columns)
    for (int64_t i = 0; i < rows; i += ROWS)
      for (int64_t j = start; j < least(start + columns, s->n); j += PANEL) {
        const int64_t height = least(ROWS, rows - i), width = least(PANEL, s->n - j);
        for (int64_t r = 0; r < height; r++)
          for (int64_t line = 0; line < width * size; line += 64)
            __builtin_prefetch(target + ((first + i + r) * s->n + j) * size + line, 1);
        const uint32_t *b = s->panels + j * block;
#ifdef HARDWARE_BFLOAT16
        if (s->pairs)
          multiply_tile(tiles + i * block, b, block, result, true);
        else
#endif
          multiply_tile(tiles + i * block, b, block, result, false);
        finish(s, result, first + i, j, height, width);
      }
}

/* Enough units for the threads to end at about the same time. */
static int64_t rows_of_unit(int64_t m) {
  const int64_t rows = m / (8 * thread_count()) / ROWS * ROWS;
  return rows < ROWS ? ROWS : rows > MOST_ROWS ? MOST_ROWS : rows;
}

static void compute(TF_OpKernelContext *context, Kind kind) {
  Call call = begin(context);
  const Tensor a = input(&call, 0), b = input(&call, 1);
  const bool left = kind == LEFT_TRANSPOSED, right = kind == RIGHT_TRANSPOSED;
  State s = {.a = a.data, .b = b.data, .kind = kind, .m = a.dims[left], .n = b.dims[!right], .pairs = a.type == BFLOAT16};
  const int64_t sum = a.dims[!left];
  s.k = s.pairs ? sum / 2 : sum;
  if (!call.failed && (a.rank != 2 || b.rank != 2 || a.type != b.type || b.dims[right] != sum || (s.pairs && sum % 2)))
    fail(&call, "FoldwiseProduct: the shapes do not fit.");
  const int64_t dims[] = {s.m, s.n};
  const Tensor out = output_shape(&call, 0, a.type, dims, 2);
  if (!call.failed && out.count > 0) {
    const int64_t blocks = s.k > 0 ? (s.k + MOST_SUM - 1) / MOST_SUM : 1, most = (s.k + blocks - 1) / blocks;
    const int64_t panels = (s.n + PANEL - 1) / PANEL, tiles = (s.m + ROWS - 1) / ROWS;
    s.out = &out;
    s.rows = rows_of_unit(s.m);
    /* Rows that are fetched ahead may lie behind the last panel. */
    s.panels = scratch((panels * PANEL * most + AHEAD * PANEL) * sizeof *s.panels);
    s.tiles = left ? scratch(tiles * ROWS * most * sizeof *s.tiles) : NULL;
    s.sums = s.pairs ? blocks > 1 ? scratch(out.count * sizeof *s.sums) : NULL : out.data;
    do {
      s.block = least(most, s.k - s.start);
      if (right)
        parallel(panels, pack_turned, &s);
      else
        parallel((s.block + SLICE - 1) / SLICE, pack_slice, &s);
      parallel((s.m + s.rows - 1) / s.rows, multiply_unit, &s);
    } while ((s.start += s.block) < s.k);
    free(s.panels);
    free(s.tiles);
    if (s.pairs) free(s.sums);
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

/* The types that there are products of, as foldwise_products has them. */
int register_product(void) {
#if defined(__AVX512F__)
  static const char *const signature[] = {"i:a: T", "i:b: T", "o:y: T", "a:T: {float, bfloat16}", NULL};
  register_operation(&(Operation){"FoldwiseProduct", signature, plain_shape, NULL, plain, false});
  register_operation(&(Operation){"FoldwiseProductNT", signature, right_shape, NULL, right, false});
  register_operation(&(Operation){"FoldwiseProductTN", signature, left_shape, NULL, left, false});
#endif
  /* With a processor's matrix unit (AMX), oneDNN's products of bfloat16 are faster than all of this. */
#if defined(HARDWARE_BFLOAT16) && !defined(__AMX_BF16__)
  return 3;
#elif defined(__AVX512F__)
  return 1;
#else
  return 0;
#endif
}
