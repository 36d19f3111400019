/*
 * FoldwiseProduct: A B; FoldwiseProductNT: A Bᵀ; FoldwiseProductTN: Aᵀ B; FoldwiseProductGelu: gelu(A B + bias); of
 * float32, or of bfloat16 with sums in float32. The scheme of Goto & van de Geijn 2008, by threads that share little: each
 * takes some rows and columns of the result, and for each block of the sum packs its columns of B into panels, which stay
 * in its second cache while its rows of A pass by. These are read where they lie; only where A is transposed, all threads
 * pack it into tiles before. k is even in bfloat16.
 */
#include "gelu.h"
#include "gemm.h"
#include <stdlib.h>

#ifdef HAS_PRODUCTS
#include "pack.h"

/* A part of the result. */
typedef struct {
  int64_t row, column, rows, columns;
} Place;

/* Adds a tile to what the blocks before summed up, or rounds it, where it is the last, into the result. */
static inline void finish(const Product *s, bool first, bool last, float *restrict tile, int64_t stride, Place place) {
  for (int64_t i = 0; i < place.rows; i++, tile += stride) {
    const int64_t at = (place.row + i) * s->out->columns + place.column;
    if (!first) add_row(tile, s->sums + at, place.columns);
    if (last && s->bias) gelu_row(tile, s->bias + place.column, place.columns, s->approximate);
    if (last)
      store_row(s->out, at, tile, place.columns);
    else
      copy_row(s->sums + at, tile, place.columns);
  }
}

/* The rows of A from `row` on, by panels of B. */
static inline void multiply_rows(const Product *s, int64_t row, int64_t rows, int64_t column, int64_t columns, const Word *panels) {
  const int64_t block = s->end - s->start, n = s->out->columns;
  const bool packed = s->kind == LEFT_TRANSPOSED, first = s->start == 0, last = s->end == s->k;
  /* Whether sums go where they belong without a word in between. */
  const bool direct = rows == ROWS && !s->turned && !(last && (s->bias || s->out->type == BFLOAT16));
  const Word *a[ROWS];
  for (int64_t r = 0; r < ROWS; r++)
    a[r] = packed ? s->tiles + row * block + r : (const Word *)s->a + (row + least(r, rows - 1)) * s->k + s->start;
  for (int64_t j = 0; j < columns; j += PANEL) {
    float tile[ROWS * PANEL] __attribute__((aligned(64))), turned[PANEL * TURNED] __attribute__((aligned(64)));
    const int64_t width = least(PANEL, columns - j);
    const Place place = s->turned ? (Place){column + j, row, width, rows} : (Place){row, column + j, rows, width};
    const bool straight = direct && width == PANEL;
    const Target target = straight ? (Target){s->sums + row * n + column + j, n, !first} : (Target){tile, PANEL, false};
    multiply_tile(a, packed, panels + j * block, block, target, s->pairs);
    if (straight) continue;
    if (s->turned) turn((Word *)turned, TURNED, TURNED, (const Word *)tile, PANEL, ROWS, PANEL);
    finish(s, first, last, s->turned ? turned : tile, s->turned ? TURNED : PANEL, place);
  }
}

static int64_t units_along(int64_t all, int64_t each) { return (all + each - 1) / each; }

static void multiply_unit(const Product *s, int64_t unit) {
  static _Thread_local struct {
    uint64_t number;
    int64_t column;
  } packed;
  const int64_t chunks = units_along(s->m, UNIT_ROWS), start = unit % chunks * UNIT_ROWS, stop = least(start + UNIT_ROWS, s->m);
  const int64_t column = unit / chunks * s->columns, columns = least(s->columns, s->n - column);
  Word *panels = thread_scratch((s->columns * (s->end - s->start) + READ_AHEAD * PANEL) * sizeof *panels);
  if (!panels) return;
  if (packed.number != s->number || packed.column != column) {
    pack_panels(s, column, columns, panels);
    packed.number = s->number, packed.column = column;
  }
  for (int64_t row = start; row < stop; row += ROWS) multiply_rows(s, row, least(ROWS, stop - row), column, columns, panels);
}

/* A thread's own units, one after another, for which it packs columns once; then those that other threads have left. */
static void multiply_units(int64_t thread, void *opaque) {
  const Product *s = opaque;
  const int64_t units = units_along(s->m, UNIT_ROWS) * units_along(s->n, s->columns), own = thread * units / thread_count();
  for (int64_t i = 0; i < units; i++) {
    const int64_t unit = (own + i) % units;
    if (!atomic_exchange(s->taken + unit, 1)) multiply_unit(s, unit);
  }
}

/* Groups of columns that a thread's cache has room for, as many for one thread as for another where n allows it. */
static int64_t columns_of_unit(int64_t n, int64_t block) {
  const int64_t panels = units_along(n, PANEL), room = least(MOST_PACKED / ((block > 0 ? block : 1) * PANEL), panels), threads = thread_count();
  const int64_t groups = least(units_along(units_along(panels, room), threads) * threads, panels);
  return units_along(panels, groups) * PANEL;
}

/* Bᵀ A, which is Aᵀ B turned. */
static Product swapped(Product s) {
  const void *a = s.a;
  const int64_t m = s.m;
  s.a = s.b, s.b = a;
  s.m = s.n, s.n = m;
  return s;
}

/* The sum, block by block. */
static void multiply(Product *s) {
  static atomic_uint_fast64_t number;
  const int64_t blocks = s->k > 0 ? units_along(s->k, MOST_SUM) : 1, block = units_along(s->k, blocks);
  s->sums = s->out->type == FLOAT32 ? s->out->data : blocks > 1 ? scratch(s->out->count * sizeof *s->sums) : NULL;
  s->turned = s->kind == LEFT_TRANSPOSED && s->m > s->n; /* Tiles take longer to pack than panels do. */
  if (s->turned) *s = swapped(*s);
  if (s->kind == LEFT_TRANSPOSED) s->tiles = scratch(units_along(s->m, ROWS) * ROWS * block * sizeof *s->tiles);
  s->columns = columns_of_unit(s->n, block);
  const int64_t units = units_along(s->m, UNIT_ROWS) * units_along(s->n, s->columns);
  s->taken = scratch(units);
  bool goes_on = s->taken && (s->tiles || s->kind != LEFT_TRANSPOSED) && (s->sums || (s->out->type == BFLOAT16 && blocks == 1));
  while (goes_on) {
    s->end = least(s->start + block, s->k);
    s->number = ++number;
    memset(s->taken, 0, units);
    if (s->tiles) parallel(units_along(block, SLICE), pack_tiles, s);
    parallel(thread_count(), multiply_units, s);
    s->start = s->end;
    goes_on = s->start < s->k;
  }
  free(s->taken);
  free(s->tiles);
  if (s->sums != s->out->data) free(s->sums);
}

/* bias: NULL where there is neither it nor GELU. */
static void compute(Operands *operands, const Tensor *out, Kind kind, const Tensor *bias) {
  const Tensor *a = &operands->in[0], *b = &operands->in[1];
  const int64_t sum = a->shape.dims[kind != LEFT_TRANSPOSED];
  Product s = {.a = a->data, .b = b->data, .out = out, .kind = kind, .m = out->shape.dims[0], .n = out->shape.dims[1],
               .pairs = a->type == BFLOAT16};
  s.k = s.pairs ? sum / 2 : sum;
  s.bias = bias ? bias->data : NULL;
  s.approximate = bias && *(const int64_t *)operands->attributes;
  if (out->count > 0) multiply(&s);
}

static void plain(Operands *operands, const Tensor *out) { compute(operands, out, PLAIN, NULL); }
static void right(Operands *operands, const Tensor *out) { compute(operands, out, RIGHT_TRANSPOSED, NULL); }
static void left(Operands *operands, const Tensor *out) { compute(operands, out, LEFT_TRANSPOSED, NULL); }
static void with_gelu(Operands *operands, const Tensor *out) { compute(operands, out, PLAIN, &operands->in[2]); }

static void *create_gelu(TF_OpKernelConstruction *construction) {
  int64_t *approximate = new_attributes(construction, sizeof *approximate);
  if (approximate) *approximate = int_attribute(construction, "approximate");
  return approximate;
}

static void check(Operands *operands) {
  const int64_t k = size_of(&operands->shapes, "k");
  if (operands->type == BFLOAT16 && k != UNKNOWN && k % 2 != 0) refuse_operand(&operands->shapes, 0, "an even k in bfloat16, not %lld", (long long)k);
}

static Operation product = {
    "FoldwiseProduct", {"i:a: T [m, k]", "i:b: T [k, n]", "o:y: T [m, n]", "a:T: {float, bfloat16}"}, .check = check, .compute = plain};
static Operation by_rows = {
    "FoldwiseProductNT", {"i:a: T [m, k]", "i:b: T [n, k]", "o:y: T [m, n]", "a:T: {float, bfloat16}"}, .check = check, .compute = right};
static Operation by_columns = {
    "FoldwiseProductTN", {"i:a: T [k, m]", "i:b: T [k, n]", "o:y: T [m, n]", "a:T: {float, bfloat16}"}, .check = check, .compute = left};
static Operation into_gelu = {
    "FoldwiseProductGelu",
    {"i:a: T [m, k]", "i:b: T [k, n]", "i:bias: float [n]", "o:y: T [m, n]", "a:T: {float, bfloat16}", "a:approximate: int"},
    .check = check,
    .create = create_gelu,
    .compute = with_gelu};
OPERATION(product)
OPERATION(by_rows)
OPERATION(by_columns)
OPERATION(into_gelu)

#endif

/* The types that there are products of, as foldwise_products has them. */
int register_product(void) {
#ifdef HAS_PRODUCTS
  REGISTER(product);
  REGISTER(by_rows);
  REGISTER(by_columns);
  REGISTER(into_gelu);
#endif
  /* With a processor's matrix unit (AMX), oneDNN's products of bfloat16 are faster than all of this. */
#if defined(HARDWARE_BFLOAT16) && !defined(__AMX_BF16__)
  return 3;
#elif defined(HAS_PRODUCTS)
  return 1;
#else
  return 0;
#endif
}
