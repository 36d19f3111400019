/*
 * The inner loop of matrix products: TILE_ROWS rows of A by a panel of B, whose sums stay in registers. Of float32 it is
 * written in instructions (tile-512.h, tile-256.h), of bfloat16 by the compiler.
 */
#ifndef TILE_H
#define TILE_H

#include "gemm.h"

/* Rows of A, and numbers of a row of a panel: three vectors of AVX-512, two of AVX2. */
#ifdef __AVX512F__
enum { TILE_ROWS = 8, TILE_COLUMNS = 48 };
#else
enum { TILE_ROWS = 6, TILE_COLUMNS = 16 };
#endif
/* READ_AHEAD: rows of a panel that are fetched before they are multiplied. TURNED: TILE_ROWS, in whole vectors of 8. */
enum { READ_AHEAD = 8, TURNED = 8 };

/* Where a tile goes: rows of TILE_COLUMNS numbers, `stride` from one to the next, to which it is added if `add`. */
typedef struct {
  float *to;
  int64_t stride;
  bool add;
} Target;

#ifdef __AVX512F__
#include "tile-512.h"
#else
#include "tile-256.h"
#endif

#ifdef HARDWARE_BFLOAT16
/* As multiply_tile, of bfloat16. */
static inline __attribute__((always_inline)) void multiply_pairs(const Word *const rows[TILE_ROWS], bool packed, const Word *b,
                                                                 int64_t k, Target target) {
  enum { VECTORS = TILE_COLUMNS / WIDTH };
  const Word *a[TILE_ROWS];
  Vector sums[TILE_ROWS][VECTORS];
  for (int i = 0; i < TILE_ROWS; i++) {
    a[i] = rows[i];
    for (int v = 0; v < VECTORS; v++) sums[i][v] = (Vector){0};
  }
#pragma GCC unroll 4
  for (int64_t p = 0; p < k; p++, b += TILE_COLUMNS) {
    Vector right[VECTORS];
    for (int v = 0; v < VECTORS; v++) {
      if (v * WIDTH % 16 == 0) __builtin_prefetch(b + READ_AHEAD * TILE_COLUMNS + v * WIDTH);
      right[v] = *(const Vector *)(b + v * WIDTH);
    }
    for (int i = 0; i < TILE_ROWS; i++)
      for (int v = 0; v < VECTORS; v++) sums[i][v] = fused(sums[i][v], packed ? a[0][p * TILE_ROWS + i] : a[i][p], right[v], true);
  }
  for (int i = 0; i < TILE_ROWS; i++)
    for (int v = 0; v < VECTORS; v++) {
      Vector *to = (Vector *)(target.to + i * target.stride + v * WIDTH);
      *to = target.add ? *to + sums[i][v] : sums[i][v];
    }
}
#endif

/*
 * b: [k, TILE_COLUMNS], then READ_AHEAD rows that are not used. `rows`: each row's k elements, or, where `packed`, the
 * first of them opens [k, TILE_ROWS].
 */
static inline void multiply_tile(const Word *const rows[TILE_ROWS], bool packed, const Word *b, int64_t k, Target target, bool pairs) {
#ifdef HARDWARE_BFLOAT16
  if (pairs) {
    if (packed)
      multiply_pairs(rows, true, b, k, target);
    else
      multiply_pairs(rows, false, b, k, target);
    return;
  }
#endif
  (void)pairs;
#ifdef __AVX512F__
  multiply_512(rows, packed, b, k, target);
#else
  multiply_256(rows, packed, b, k, target);
#endif
}

#endif
