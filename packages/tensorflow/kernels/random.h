/*
 * Random bits by counter: Philox 4x32 with 7 rounds (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2,
 * 3"; 7 is the least number that passes BigCrush). The same key and index give the same bits on every machine, so
 * that a backward pass draws the mask of its forward pass again instead of keeping it.
 */
#ifndef RANDOM_H
#define RANDOM_H

#include "numbers.h"

/* 16 counters at once, each of which gives 128 bits: 128 numbers of 16 bits. */
enum { LANES = 16, DRAWS = 128 };

/* Philox's factors, and what its key grows by from round to round. */
static const uint32_t PHILOX_FACTORS[2] = {0xD2511F53u, 0xCD9E8D57u}, PHILOX_STEPS[2] = {0x9E3779B9u, 0xBB67AE85u};
enum { PHILOX_ROUNDS = 7 };

typedef struct {
  uint32_t key[2];
} Key;

/* `seed` is the run's seed and the step's number, `call` the number of the random operation within the step. */
static inline Key random_key(const int32_t *seed, int64_t call) {
  const Key key = {{(uint32_t)seed[0] + (uint32_t)call * 0x9e3779b1u, (uint32_t)seed[1] + (uint32_t)call * 0x85ebca6bu}};
  return key;
}

#if defined(__AVX2__) && !defined(__AVX512F__)
/* Both halves of each number's product by one. */
static inline void multiply_words(__m256i numbers, uint32_t by, __m256i *low, __m256i *high) {
  const __m256i factor = _mm256_set1_epi64x(by);
  const __m256i even = _mm256_mul_epu32(numbers, factor), odd = _mm256_mul_epu32(_mm256_srli_epi64(numbers, 32), factor);
  *low = _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa);
  *high = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xaa);
}

/* As the one below, which compilers for AVX2 take number by number. */
static inline void draw(Key key, uint64_t index, uint16_t *restrict out) {
  const __m256i numbers = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  __m256i a[2], b[2], c[2], d[2];
  for (int i = 0; i < 2; i++) {
    a[i] = _mm256_add_epi32(_mm256_set1_epi32((int)(uint32_t)(index * LANES) + 8 * i), numbers);
    b[i] = _mm256_set1_epi32((int)(uint32_t)((index * LANES) >> 32));
    c[i] = d[i] = _mm256_setzero_si256();
  }
  uint32_t k0 = key.key[0], k1 = key.key[1];
  for (int round = 0; round < PHILOX_ROUNDS; round++) {
    for (int i = 0; i < 2; i++) {
      __m256i p, q, of_p, of_q;
      multiply_words(a[i], PHILOX_FACTORS[0], &p, &of_p);
      multiply_words(c[i], PHILOX_FACTORS[1], &q, &of_q);
      a[i] = _mm256_xor_si256(_mm256_xor_si256(of_q, b[i]), _mm256_set1_epi32((int)k0));
      c[i] = _mm256_xor_si256(_mm256_xor_si256(of_p, d[i]), _mm256_set1_epi32((int)k1));
      b[i] = q;
      d[i] = p;
    }
    k0 += PHILOX_STEPS[0];
    k1 += PHILOX_STEPS[1];
  }
  const __m256i *const words[] = {a, b, c, d};
  for (int w = 0; w < 4; w++)
    for (int i = 0; i < 2; i++) _mm256_storeu_si256((__m256i *)out + 2 * w + i, words[w][i]);
}
#else
static inline void draw(Key key, uint64_t index, uint16_t *restrict out) {
  uint32_t a[LANES], b[LANES], c[LANES], d[LANES];
  for (int i = 0; i < LANES; i++) {
    a[i] = (uint32_t)(index * LANES) + i;
    b[i] = (uint32_t)((index * LANES) >> 32);
    c[i] = 0;
    d[i] = 0;
  }
  uint32_t k0 = key.key[0], k1 = key.key[1];
  for (int round = 0; round < PHILOX_ROUNDS; round++) {
    for (int i = 0; i < LANES; i++) {
      const uint64_t p = (uint64_t)a[i] * PHILOX_FACTORS[0];
      const uint64_t q = (uint64_t)c[i] * PHILOX_FACTORS[1];
      const uint32_t na = (uint32_t)(q >> 32) ^ b[i] ^ k0;
      const uint32_t nc = (uint32_t)(p >> 32) ^ d[i] ^ k1;
      b[i] = (uint32_t)q;
      d[i] = (uint32_t)p;
      a[i] = na;
      c[i] = nc;
    }
    k0 += PHILOX_STEPS[0];
    k1 += PHILOX_STEPS[1];
  }
  memcpy(out, a, sizeof a);
  memcpy(out + 2 * LANES, b, sizeof b);
  memcpy(out + 4 * LANES, c, sizeof c);
  memcpy(out + 6 * LANES, d, sizeof d);
}
#endif

/* A number of 16 bits keeps its element if it is not below this. */
static inline uint16_t drop_below(float rate) {
  const float threshold = roundf(rate * 65536.0f);
  return (uint16_t)(threshold > 65535.0f ? 65535.0f : threshold);
}

/* Multiplies n elements by their mask and 1 / (1 - rate). `index` counts groups of DRAWS elements. */
static inline void drop_row(float *restrict row, int64_t n, Key key, uint64_t index, float rate) {
  const uint16_t below = drop_below(rate);
  const float scale = 1.0f / (1.0f - rate);
  uint16_t bits[DRAWS];
  for (int64_t at = 0; at < n; at += DRAWS, index++) {
    draw(key, index, bits);
    const int64_t width = n - at < DRAWS ? n - at : DRAWS;
    for (int64_t i = 0; i < width; i++) row[at + i] = bits[i] >= below ? row[at + i] * scale : 0.0f;
  }
}

/* How many indices a row of n elements takes. */
static inline uint64_t draws_of(int64_t n) { return (uint64_t)(n + DRAWS - 1) / DRAWS; }

#endif
