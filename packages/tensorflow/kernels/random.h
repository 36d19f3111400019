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

typedef struct {
  uint32_t key[2];
} Key;

/* `seed` is the run's seed and the step's number, `call` the number of the random operation within the step. */
static inline Key random_key(const int32_t *seed, int64_t call) {
  const Key key = {{(uint32_t)seed[0] + (uint32_t)call * 0x9e3779b1u, (uint32_t)seed[1] + (uint32_t)call * 0x85ebca6bu}};
  return key;
}

static inline void draw(Key key, uint64_t index, uint16_t *restrict out) {
  uint32_t a[LANES], b[LANES], c[LANES], d[LANES];
  for (int i = 0; i < LANES; i++) {
    a[i] = (uint32_t)(index * LANES) + i;
    b[i] = (uint32_t)((index * LANES) >> 32);
    c[i] = 0;
    d[i] = 0;
  }
  uint32_t k0 = key.key[0], k1 = key.key[1];
  for (int round = 0; round < 7; round++) {
    for (int i = 0; i < LANES; i++) {
      const uint64_t p = (uint64_t)a[i] * 0xD2511F53u;
      const uint64_t q = (uint64_t)c[i] * 0xCD9E8D57u;
      const uint32_t na = (uint32_t)(q >> 32) ^ b[i] ^ k0;
      const uint32_t nc = (uint32_t)(p >> 32) ^ d[i] ^ k1;
      b[i] = (uint32_t)q;
      d[i] = (uint32_t)p;
      a[i] = na;
      c[i] = nc;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  memcpy(out, a, sizeof a);
  memcpy(out + 2 * LANES, b, sizeof b);
  memcpy(out + 4 * LANES, c, sizeof c);
  memcpy(out + 6 * LANES, d, sizeof d);
}

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
