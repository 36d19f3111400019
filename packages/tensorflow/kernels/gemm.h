/*
 * Small matrix products for attention, out of the caches: C [m, n] = or += A [m, k] B [k, n] in float32, or on
 * bfloat16 pairs where the processor multiplies them in hardware. An "element" is one float, or two bfloat16 that
 * neighbour each other along k. A is read at a[i * row + p * step], so that a packed matrix serves as its transpose.
 */
#ifndef GEMM_H
#define GEMM_H

#include "turn.h"

typedef float Vector __attribute__((vector_size(WIDTH * 4), aligned(4)));

/* Rounds up to whole vectors. */
static inline int64_t whole(int64_t n) { return (n + WIDTH - 1) / WIDTH * WIDTH; }

static inline Vector fused(Vector sum, uint32_t a, Vector b, bool pairs) {
#ifdef HARDWARE_BFLOAT16
  if (pairs)
    return (Vector)_mm512_dpbf16_ps((__m512)sum, (__m512bh)_mm512_set1_epi32((int)a), (__m512bh)(__m512)b);
#endif
  (void)pairs;
  return sum + from_bits(a) * b;
}

/* One tile of C: rows x (vectors * WIDTH). Unrolled by the compiler, since all of these are constants. */
static inline __attribute__((always_inline)) void tile(int rows, int vectors, int64_t k, const Word *a, int64_t row,
                                                       int64_t step, const Word *b, int64_t ldb, float *c,
                                                       int64_t ldc, bool add, bool pairs) {
  Vector sums[6][MOST_VECTORS];
  for (int i = 0; i < rows; i++)
    for (int v = 0; v < vectors; v++) sums[i][v] = add ? *(const Vector *)(c + i * ldc + v * WIDTH) : (Vector){0};
  for (int64_t p = 0; p < k; p++) {
    Vector right[MOST_VECTORS];
    for (int v = 0; v < vectors; v++) right[v] = *(const Vector *)(b + p * ldb + v * WIDTH);
    for (int i = 0; i < rows; i++)
      for (int v = 0; v < vectors; v++) sums[i][v] = fused(sums[i][v], a[i * row + p * step], right[v], pairs);
  }
  for (int i = 0; i < rows; i++)
    for (int v = 0; v < vectors; v++) *(Vector *)(c + i * ldc + v * WIDTH) = sums[i][v];
}

static inline __attribute__((always_inline)) void rows_of(int vectors, int64_t m, int64_t k, const Word *a,
                                                          int64_t row, int64_t step, const Word *b, int64_t ldb,
                                                          float *c, int64_t ldc, bool add, bool pairs) {
  int64_t i = 0;
  for (; i + 6 <= m; i += 6) tile(6, vectors, k, a + i * row, row, step, b, ldb, c + i * ldc, ldc, add, pairs);
  for (; i + 2 <= m; i += 2) tile(2, vectors, k, a + i * row, row, step, b, ldb, c + i * ldc, ldc, add, pairs);
  for (; i < m; i++) tile(1, vectors, k, a + i * row, row, step, b, ldb, c + i * ldc, ldc, add, pairs);
}

static inline __attribute__((always_inline)) void gemm_as(int64_t m, int64_t n, int64_t k, const Word *a,
                                                          int64_t row, int64_t step, const Word *b, int64_t ldb,
                                                          float *c, int64_t ldc, bool add, bool pairs) {
  int64_t j = 0;
  for (; j + MOST_VECTORS * WIDTH <= n; j += MOST_VECTORS * WIDTH)
    rows_of(MOST_VECTORS, m, k, a, row, step, b + j, ldb, c + j, ldc, add, pairs);
  for (; j + 2 * WIDTH <= n; j += 2 * WIDTH) rows_of(2, m, k, a, row, step, b + j, ldb, c + j, ldc, add, pairs);
  for (; j < n; j += WIDTH) rows_of(1, m, k, a, row, step, b + j, ldb, c + j, ldc, add, pairs);
}

/* n is a whole number of vectors, k counts elements. */
static void gemm(int64_t m, int64_t n, int64_t k, const Word *a, int64_t row, int64_t step, const Word *b,
                 int64_t ldb, float *c, int64_t ldc, bool add, bool pairs) {
#ifdef HARDWARE_BFLOAT16
  if (pairs) {
    gemm_as(m, n, k, a, row, step, b, ldb, c, ldc, add, true);
    return;
  }
#endif
  (void)pairs;
  gemm_as(m, n, k, a, row, step, b, ldb, c, ldc, add, false);
}

/* Elements along k of n numbers. */
static inline int64_t elements(int64_t n, bool pairs) { return pairs ? (n + 1) / 2 : n; }

/* The next part of the memory of a unit. */
static inline float *take(float **at, int64_t count) {
  float *start = *at;
  *at += whole(count);
  return start;
}

/* A matrix [m, k] whose rows are multiplied with columns: its neighbours along k become elements. k is even. */
static inline const Word *pack_rows(float **at, const float *from, int64_t m, int64_t k, bool pairs) {
  if (!pairs) return (const Word *)from;
  float *to = take(at, m * k / 2);
  round_row((uint16_t *)to, from, m * k);
  return (const Word *)to;
}

/* A matrix [k, n] whose columns are multiplied: rows 2p and 2p + 1 become the elements of row p. k is even. */
static inline const Word *pack_columns(float **at, const float *from, int64_t k, int64_t n, bool pairs) {
  if (!pairs) return (const Word *)from;
  Word *to = (Word *)take(at, k * n / 2);
  for (int64_t p = 0; p < k / 2; p++) {
    const float *restrict even = from + 2 * p * n, *restrict odd = even + n;
    Word *restrict row = to + p * n;
    int64_t j = 0;
#ifdef HARDWARE_BFLOAT16
    for (; j + 16 <= n; j += 16) {
      const __m512i low = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(even + j)));
      const __m512i high = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(odd + j)));
      _mm512_storeu_si512(row + j, _mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
    }
#endif
    for (; j < n; j++) row[j] = to_bfloat16(even[j]) | (uint32_t)to_bfloat16(odd[j]) << 16;
  }
  return to;
}

/* Rows that were packed become packed columns: elements [m, k] to [k, m]. m is a whole number of vectors. */
static void transpose(Word *restrict to, const Word *restrict from, int64_t m, int64_t k) {
  for (int64_t i = 0; i < m; i += WIDTH) turn(to + i, m, WIDTH, from + i * k, k, WIDTH, k);
}

#endif
