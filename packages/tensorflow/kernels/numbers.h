/* Element-wise arithmetic without branches, which compilers turn into vector instructions. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include "foldwise.h"
#include <math.h>
#include <string.h>

/* Numbers of a vector, and vectors of a row of a tile (gemm.h): six rows' sums and a row of B are to stay in registers. */
#if defined(__AVX512F__)
enum { WIDTH = 16, MOST_VECTORS = 4 };
#elif defined(__AVX2__)
enum { WIDTH = 8, MOST_VECTORS = 2 };
#elif defined(__aarch64__)
enum { WIDTH = 4, MOST_VECTORS = 4 };
#else
enum { WIDTH = 4, MOST_VECTORS = 2 };
#endif

/* A float, or a pair of bfloat16, in memory that is read as either: compilers take no other type's accesses for apart from it. */
typedef uint32_t __attribute__((may_alias)) Word;

#ifdef __AVX2__
#include <immintrin.h>
#endif
#if defined(__AVX512F__) && defined(__AVX512BF16__)
#define HARDWARE_BFLOAT16 1
#endif
/* Whether there are matrix products (product.c). */
#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))
#define HAS_PRODUCTS 1
#endif

static inline float from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

static inline uint32_t to_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return bits;
}

static inline float widen(uint16_t value) { return from_bits((uint32_t)value << 16); }

/* To the nearest, ties to even; NaN stays NaN. */
static inline uint16_t to_bfloat16(float value) {
  const uint32_t bits = to_bits(value);
  const uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  return (uint16_t)((bits & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : rounded);
}

#ifdef __AVX512F__
/* The first n of 16 lanes. */
static inline __mmask16 lanes(int64_t n) { return (__mmask16)(n < 16 ? (1u << n) - 1 : 0xffff); }
#elif defined(__AVX2__)
/* The first n of 8 lanes. */
static inline __m256i lanes(int64_t n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(n < 8 ? n : 8)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
#endif

/* As memcpy, whose call takes longer than a short row does; compilers make calls of plain loops, but not of masked ones. */
static inline void copy_row(float *restrict to, const float *restrict from, int64_t n) {
#ifdef __AVX512F__
  for (int64_t i = 0; i < n; i += 16) {
    const __mmask16 there = lanes(n - i);
    _mm512_mask_storeu_ps(to + i, there, _mm512_maskz_loadu_ps(there, from + i));
  }
#elif defined(__AVX2__)
  int64_t i = 0;
  for (; i + 8 <= n; i += 8) _mm256_storeu_ps(to + i, _mm256_loadu_ps(from + i));
  /* Some processors take dozens of cycles for a store with a mask. */
  if (n & 4) memcpy(to + i, from + i, 16), i += 4;
  if (n & 2) memcpy(to + i, from + i, 8), i += 2;
  if (n & 1) to[i] = from[i];
#else
  memcpy(to, from, n * sizeof *to);
#endif
}

/* to += from; short rows, as copy_row. */
static inline void add_row(float *restrict to, const float *restrict from, int64_t n) {
  int64_t i = 0;
#ifdef __AVX512F__
  for (; i < n; i += 16) {
    const __mmask16 there = lanes(n - i);
    _mm512_mask_storeu_ps(to + i, there, _mm512_maskz_loadu_ps(there, to + i) + _mm512_maskz_loadu_ps(there, from + i));
  }
#elif defined(__AVX2__)
  for (; i + 8 <= n; i += 8) _mm256_storeu_ps(to + i, _mm256_loadu_ps(to + i) + _mm256_loadu_ps(from + i));
  if (n & 4) _mm_storeu_ps(to + i, _mm_loadu_ps(to + i) + _mm_loadu_ps(from + i)), i += 4;
#endif
  for (; i < n; i++) to[i] += from[i];
}

static inline void round_row(uint16_t *restrict to, const float *restrict from, int64_t n) {
  int64_t i = 0;
#ifdef HARDWARE_BFLOAT16
  for (; i + 32 <= n; i += 32)
    _mm512_storeu_si512(to + i, (__m512i)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(from + i + 16), _mm512_loadu_ps(from + i)));
  for (; i < n; i += 16) {
    const __mmask16 there = lanes(n - i);
    _mm256_mask_storeu_epi16(to + i, there, (__m256i)_mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(there, from + i)));
  }
#else
  for (; i < n; i++) to[i] = to_bfloat16(from[i]);
#endif
}

/* A row of a float32 or bfloat16 tensor, as float32. */
static inline void load_row(float *restrict to, const Tensor *from, int64_t offset, int64_t n) {
  if (from->type == FLOAT32) {
    copy_row(to, (const float *)from->data + offset, n);
  } else {
    const uint16_t *restrict source = (const uint16_t *)from->data + offset;
    for (int64_t i = 0; i < n; i++) to[i] = widen(source[i]);
  }
}

/* The same where it lies, if it is float32; else in `room`. */
static inline const float *row_of(const Tensor *from, int64_t offset, int64_t n, float *restrict room) {
  if (from->type == FLOAT32) return (const float *)from->data + offset;
  load_row(room, from, offset, n);
  return room;
}

static inline void store_row(const Tensor *to, int64_t offset, const float *restrict from, int64_t n) {
  if (to->type == FLOAT32)
    copy_row((float *)to->data + offset, from, n);
  else
    round_row((uint16_t *)to->data + offset, from, n);
}

/* Where a row is to be written, in its place or in `room`, from which put_row takes it there. */
static inline float *room_for(const Tensor *to, int64_t offset, float *room) {
  return to->type == FLOAT32 ? (float *)to->data + offset : room;
}
static inline void put_row(const Tensor *to, int64_t offset, const float *restrict row, int64_t n) {
  if (to->type != FLOAT32) store_row(to, offset, row, n);
}

/* e^x to 3e-7 of it (Cephes' polynomial, whose steps the compiler may join); 0 below -87. */
static inline float exponential(float x) {
  const float low = x < -87.0f ? -87.0f : x;
  const float high = low > 88.0f ? 88.0f : low;
  const float n = rintf(high * 1.44269504f);
  const float r = high - n * 0.693359375f + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  const float power = from_bits((uint32_t)((int32_t)n + 127) << 23);
  return x < -87.0f ? 0.0f : p * power;
}

/* erf to 4e-7: the rational function that Eigen and XLA use for float32. */
static inline float error_function(float x) {
  float c = x < -4.0f ? -4.0f : x;
  c = c > 4.0f ? 4.0f : c;
  const float s = c * c;
  float a = -2.72614225801306e-10f;
  a = a * s + 2.77068142495902e-08f;
  a = a * s + -2.10102402082508e-06f;
  a = a * s + -5.69250639462346e-05f;
  a = a * s + -7.34990630326855e-04f;
  a = a * s + -2.95459980854025e-03f;
  a = a * s + -1.60960333262415e-02f;
  float b = -1.45660718464996e-05f;
  b = b * s + -2.13374055278905e-04f;
  b = b * s + -1.68282697438203e-03f;
  b = b * s + -7.37332916720468e-03f;
  b = b * s + -1.42647390514189e-02f;
  return c * a / b;
}

#endif
