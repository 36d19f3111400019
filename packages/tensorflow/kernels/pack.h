/* What a matrix product works on, and how its factors are packed (product.c). */
#ifndef PACK_H
#define PACK_H

#include "tile.h"
#include <stdatomic.h>

/* FETCHED: rows of B that are fetched before they are packed. */
enum { ROWS = TILE_ROWS, PANEL = TILE_COLUMNS, FETCHED = 4, SLICE = 32 };
/*
 * Elements of a block of the sum at most, and of a thread's panels, which fill somewhat more than half of its second cache
 * of 1 MB, or of 512 KB where there is no AVX-512.
 */
enum { MOST_SUM = 1536, MOST_PACKED = 6 * MOST_SUM * WIDTH };
/* Rows of a unit: few, so that threads end at about the same time. */
enum { UNIT_ROWS = 64 / ROWS * ROWS };
typedef enum { PLAIN, RIGHT_TRANSPOSED, LEFT_TRANSPOSED } Kind;

typedef struct {
  const void *a, *b;
  const Tensor *out;
  int64_t m, n, k;       /* k in elements of gemm.h */
  int64_t start, end;    /* of the block of the sum that is taken now */
  int64_t columns;       /* of a unit */
  atomic_char *taken;    /* the units that some thread has */
  uint64_t number;       /* of this block, of all blocks of all products */
  Word *tiles;       /* [m / ROWS, end - start, ROWS], of zeros behind m: a block of A, where it is transposed */
  float *sums;           /* as the result, of the blocks before: the result itself, where that is float32 */
  const float *bias;     /* NULL where there is no GELU */
  bool approximate;
  Kind kind;
  bool pairs, turned; /* turned: A and B changed places, so that the result is [n, m] */
} Product;

/* `width` elements of row p of a matrix [k, stride] of numbers, from a column on, then zeros up to `full`. */
static inline void element_row(Word *restrict to, const void *from, int64_t stride, int64_t p, int64_t column, int64_t width,
                               int64_t full, bool pairs) {
  if (pairs) {
#ifdef HARDWARE_BFLOAT16
    const uint16_t *even = (const uint16_t *)from + 2 * p * stride + column, *odd = even + stride;
    int64_t j = 0;
    for (; j + WIDTH <= width; j += WIDTH) {
      const __m512i low = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(even + j)));
      const __m512i high = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(odd + j)));
      _mm512_storeu_si512(to + j, _mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
    }
    for (; j < width; j++) to[j] = even[j] | (uint32_t)odd[j] << 16;
#endif
  } else {
    copy_row((float *)to, (const float *)from + p * stride + column, width);
  }
  for (int64_t j = width; j < full; j++) to[j] = 0;
}

static inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/* Some rows of a block of A, where it is transposed: whole rows at a time, since each lies on pages of its own. */
static inline void pack_tiles(int64_t slice, void *opaque) {
  const Product *s = opaque;
  const int64_t part = s->end - s->start, first = slice * SLICE, last = least(first + SLICE, part);
  for (int64_t i = 0; i < s->m; i += 2 * ROWS)
    for (int64_t p = first; p < last; p++) {
      Word row[2 * ROWS], *to = s->tiles + i * part + p * ROWS;
      const Word *from = row;
      if (s->pairs || i + 2 * ROWS > s->m)
        element_row(row, s->a, s->m, s->start + p, i, least(2 * ROWS, s->m - i), 2 * ROWS, s->pairs);
      else
        from = (const Word *)s->a + (s->start + p) * s->m + i;
      memcpy(to, from, ROWS * sizeof *to);
      if (i + ROWS < s->m) memcpy(to + ROWS * part, from + ROWS, ROWS * sizeof *to);
    }
}

/* A block of some columns of B, of zeros behind them: [columns / PANEL, block, PANEL]. */
static inline void pack_panels(const Product *s, int64_t column, int64_t columns, Word *panels) {
  const int64_t start = s->start, block = s->end - start;
  if (s->kind == RIGHT_TRANSPOSED) {
    const Word *from = (const Word *)s->b + column * s->k + start;
    for (int64_t j = 0; j < columns; j += PANEL)
      for (int64_t l = j; l < j + PANEL; l += WIDTH)
        turn(panels + j * block + l - j, PANEL, WIDTH, from + l * s->k, s->k, columns - l, block);
    return;
  }
  const int64_t size = s->pairs ? 2 : 4, rows = s->pairs ? 2 : 1;
  for (int64_t p = 0; p < block; p++) {
    const char *ahead = (const char *)s->b + ((start + p + FETCHED) * rows * s->n + column) * size;
    for (int64_t r = 0; r < rows; r++)
      for (int64_t at = 0; at < columns * size; at += 64) __builtin_prefetch(ahead + r * s->n * size + at);
    for (int64_t j = 0; j < columns; j += PANEL)
      element_row(panels + j * block + p * PANEL, s->b, s->n, start + p, column + j, least(PANEL, columns - j), PANEL, s->pairs);
  }
}

#endif
