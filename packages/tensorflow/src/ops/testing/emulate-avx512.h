/*
 * AVX-512 and AVX-512 BF16, as far as the kernels use them, by what compilers make of vectors without them: include it
 * before all else, and the kernels compile for both. The loop in instructions of tile-512.h is one in C here.
 */
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

typedef int32_t Words __attribute__((vector_size(64)));
typedef int64_t Doubles __attribute__((vector_size(64)));

static inline __m512 emulated_load(const void *from) {
  __m512 x;
  memcpy(&x, from, sizeof x);
  return x;
}

static inline void emulated_store(void *to, __m512i x) { memcpy(to, &x, sizeof x); }

static inline __m512 emulated_masked_load(__mmask16 there, const float *from) {
  __m512 x = {0};
  for (int i = 0; i < 16; i++)
    if (there >> i & 1) x[i] = from[i];
  return x;
}

static inline __m512i emulated_masked_load_words(__mmask16 there, const void *from) {
  return (__m512i)emulated_masked_load(there, (const float *)from);
}

static inline void emulated_masked_store(float *to, __mmask16 there, __m512 x) {
  for (int i = 0; i < 16; i++)
    if (there >> i & 1) to[i] = x[i];
}

static inline void emulated_masked_store_halves(void *to, __mmask16 there, __m256i x) {
  uint16_t halves[16];
  memcpy(halves, &x, sizeof halves);
  for (int i = 0; i < 16; i++)
    if (there >> i & 1) ((uint16_t *)to)[i] = halves[i];
}

static inline __m512i emulated_widen(__m256i x) {
  uint16_t halves[16];
  Words words;
  memcpy(halves, &x, sizeof halves);
  for (int i = 0; i < 16; i++) words[i] = halves[i];
  return (__m512i)words;
}

/* Two quarters of a, then two of b, by two bits of `which` each. */
static inline __m512i emulated_quarters(__m512i a, __m512i b, int which) {
  Words x;
  for (int i = 0; i < 16; i++) x[i] = ((Words)(i < 8 ? a : b))[4 * (which >> i / 4 * 2 & 3) + i % 4];
  return (__m512i)x;
}

/* Of each quarter the words of a and b in turns, from word `first` on. */
static inline __m512i emulated_turns(__m512i a, __m512i b, int first) {
  Words x;
  for (int i = 0; i < 16; i++) x[i] = ((Words)(i % 2 ? b : a))[i / 4 * 4 + first + i % 4 / 2];
  return (__m512i)x;
}

static inline __m512i emulated_turns_by_two(__m512i a, __m512i b, int first) {
  Doubles x;
  for (int i = 0; i < 8; i++) x[i] = ((Doubles)(i % 2 ? b : a))[i / 2 * 2 + first];
  return (__m512i)x;
}

static inline float emulated_half(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline __m512 emulated_dot(__m512 sums, __m512bh a, __m512bh b) {
  uint32_t x[16], y[16];
  memcpy(x, &a, sizeof x);
  memcpy(y, &b, sizeof y);
  for (int i = 0; i < 16; i++) {
    sums[i] = __builtin_fmaf(emulated_half(x[i] << 16), emulated_half(y[i] << 16), sums[i]);
    sums[i] = __builtin_fmaf(emulated_half(x[i] & 0xffff0000), emulated_half(y[i] & 0xffff0000), sums[i]);
  }
  return sums;
}

/* To the nearest, ties to even; NaN stays NaN. */
static inline __m256i emulated_round(__m512 x) {
  uint32_t bits[16];
  uint16_t halves[16];
  __m256i rounded;
  memcpy(bits, &x, sizeof bits);
  for (int i = 0; i < 16; i++)
    halves[i] = (bits[i] & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : (uint16_t)((bits[i] + 0x7fff + (bits[i] >> 16 & 1)) >> 16);
  memcpy(&rounded, halves, sizeof rounded);
  return rounded;
}

static inline __m512i emulated_round_two(__m512 high, __m512 low) {
  const __m256i halves[2] = {emulated_round(low), emulated_round(high)};
  __m512i x;
  memcpy(&x, halves, sizeof x);
  return x;
}

static inline __m256i emulated_lower(__m512i x) {
  __m256i lower;
  memcpy(&lower, &x, sizeof lower);
  return lower;
}

/* As multiply_512 of tile-512.h. */
static inline void emulated_tile(const uint32_t *const *rows, _Bool packed, const uint32_t *b, int64_t k, float *to, int64_t stride, _Bool add) {
  float sums[8][48] = {{0}};
  for (int64_t p = 0; p < k; p++)
    for (int i = 0; i < 8; i++)
      for (int j = 0; j < 48; j++)
        sums[i][j] = __builtin_fmaf(emulated_half(packed ? rows[0][8 * p + i] : rows[i][p]), emulated_half(b[48 * p + j]), sums[i][j]);
  for (int i = 0; i < 8; i++)
    for (int j = 0; j < 48; j++) to[i * stride + j] = (add ? to[i * stride + j] : 0) + sums[i][j];
}

#define _mm512_loadu_ps emulated_load
#define _mm512_storeu_si512 emulated_store
#define _mm512_maskz_loadu_ps emulated_masked_load
#define _mm512_maskz_loadu_epi32 emulated_masked_load_words
#define _mm512_mask_storeu_ps emulated_masked_store
#define _mm256_mask_storeu_epi16 emulated_masked_store_halves
#define _mm512_cvtepu16_epi32 emulated_widen
#define _mm512_slli_epi32(x, bits) ((__m512i)((Words)(x) << (bits)))
#define _mm512_or_si512(x, y) ((x) | (y))
#define _mm512_set1_epi32(x) ((__m512i)((Words){0} + (x)))
#define _mm512_setzero_si512() ((__m512i)(Words){0})
#define _mm512_castsi512_si256 emulated_lower
#define _mm512_shuffle_i32x4 emulated_quarters
#define _mm512_unpacklo_epi32(a, b) emulated_turns(a, b, 0)
#define _mm512_unpackhi_epi32(a, b) emulated_turns(a, b, 2)
#define _mm512_unpacklo_epi64(a, b) emulated_turns_by_two(a, b, 0)
#define _mm512_unpackhi_epi64(a, b) emulated_turns_by_two(a, b, 1)
#define _mm512_dpbf16_ps emulated_dot
#define _mm512_cvtneps_pbh emulated_round
#define _mm512_cvtne2ps_pbh emulated_round_two
#define TILE_512_H
#define multiply_512(rows, packed, b, k, target) emulated_tile(rows, packed, b, k, (target).to, (target).stride, (target).add)
#define __AVX512F__ 1
#define __AVX512BF16__ 1
