/* Transposition, by squares that stay in registers. An "element" is 32 bits: one float, or two bfloat16. */
#ifndef TURN_H
#define TURN_H

#include "numbers.h"

#if defined(__AVX512F__)
/* 16 rows of 16 elements to 16 columns. */
static inline void turn_square(__m512i rows[16]) {
  __m512i a[16], b[16];
  for (int i = 0; i < 16; i += 2) {
    a[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    a[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
  for (int i = 0; i < 16; i += 4)
    for (int j = 0; j < 2; j++) {
      b[i + 2 * j] = _mm512_unpacklo_epi64(a[i + j], a[i + j + 2]);
      b[i + 2 * j + 1] = _mm512_unpackhi_epi64(a[i + j], a[i + j + 2]);
    }
  /* Part q of b[4 i + j] is column 4 q + j of the rows from 4 i on. */
  for (int j = 0; j < 4; j++) {
    const __m512i even = _mm512_shuffle_i32x4(b[j], b[4 + j], 0x88), odd = _mm512_shuffle_i32x4(b[j], b[4 + j], 0xdd);
    const __m512i even2 = _mm512_shuffle_i32x4(b[8 + j], b[12 + j], 0x88), odd2 = _mm512_shuffle_i32x4(b[8 + j], b[12 + j], 0xdd);
    rows[j] = _mm512_shuffle_i32x4(even, even2, 0x88);
    rows[4 + j] = _mm512_shuffle_i32x4(odd, odd2, 0x88);
    rows[8 + j] = _mm512_shuffle_i32x4(even, even2, 0xdd);
    rows[12 + j] = _mm512_shuffle_i32x4(odd, odd2, 0xdd);
  }
}
#elif defined(__AVX2__)
/* 8 rows of 8 elements to 8 columns. */
static inline void turn_square(__m256i rows[8]) {
  __m256i a[8], b[8];
  for (int i = 0; i < 8; i += 2) {
    a[i] = _mm256_unpacklo_epi32(rows[i], rows[i + 1]);
    a[i + 1] = _mm256_unpackhi_epi32(rows[i], rows[i + 1]);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = 0; j < 2; j++) {
      b[i + 2 * j] = _mm256_unpacklo_epi64(a[i + j], a[i + j + 2]);
      b[i + 2 * j + 1] = _mm256_unpackhi_epi64(a[i + j], a[i + j + 2]);
    }
  /* Half h of b[4 i + j] is column 4 h + j of the rows from 4 i on. */
  for (int j = 0; j < 4; j++) {
    rows[j] = _mm256_permute2x128_si256(b[j], b[4 + j], 0x20);
    rows[4 + j] = _mm256_permute2x128_si256(b[j], b[4 + j], 0x31);
  }
}
#endif

/*
 * Elements [rows, k] at from[i * stride + p] to to[p * width + i] for i below `most`, which is WIDTH, or 8 with vectors of
 * 16; zeros where there is no such row.
 */
static inline __attribute__((always_inline)) void turn(Word *restrict to, int64_t width, int most, const Word *restrict from,
                                                       int64_t stride, int64_t rows, int64_t k) {
#if defined(__AVX512F__)
  for (int64_t p = 0; p < k; p += 16) {
    const int64_t count = k - p < 16 ? k - p : 16;
    const __mmask16 there = lanes(count);
    __m512i square[16];
    for (int i = 0; i < 16; i++)
      square[i] = i < most && i < rows ? _mm512_maskz_loadu_epi32(there, from + i * stride + p) : _mm512_setzero_si512();
    turn_square(square);
    for (int q = 0; q < 16; q++) {
      if (q >= count) break;
      if (most == 16)
        _mm512_storeu_si512(to + (p + q) * width, square[q]);
      else
        _mm256_storeu_si256((__m256i *)(to + (p + q) * width), _mm512_castsi512_si256(square[q]));
    }
  }
#elif defined(__AVX2__)
  (void)most;
  for (int64_t p = 0; p < k; p += 8) {
    const int64_t count = k - p < 8 ? k - p : 8;
    const __m256i there = lanes(count);
    __m256i square[8];
    for (int i = 0; i < 8; i++)
      square[i] = i < rows ? _mm256_maskload_epi32((const int *)from + i * stride + p, there) : _mm256_setzero_si256();
    turn_square(square);
    for (int q = 0; q < 8; q++) {
      if (q >= count) break;
      _mm256_storeu_si256((__m256i *)(to + (p + q) * width), square[q]);
    }
  }
#else
  for (int64_t p = 0; p < k; p++)
    for (int i = 0; i < most; i++) to[p * width + i] = i < rows ? from[i * stride + p] : 0;
#endif
}

#endif
