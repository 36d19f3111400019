/* GELU (Hendrycks & Gimpel 2016): x Phi(x), exact by erf or by its tanh approximation. */
#ifndef GELU_H
#define GELU_H

#include "numbers.h"

static inline float tanh_of(float x) {
  const float e = exponential(-2.0f * x);
  return (1.0f - e) / (1.0f + e);
}

static inline __attribute__((always_inline)) float gelu_of(float z, bool approximate) {
  if (approximate) return 0.5f * z * (1.0f + tanh_of(0.7978845608f * (z + 0.044715f * z * z * z)));
  return z * (0.5f + 0.5f * error_function(z * 0.7071067812f));
}

/* row: [n], to gelu(row + bias). */
static inline void gelu_row(float *restrict row, const float *restrict bias, int64_t n, bool approximate) {
  if (approximate)
    for (int64_t i = 0; i < n; i++) row[i] = gelu_of(row[i] + bias[i], true);
  else
    for (int64_t i = 0; i < n; i++) row[i] = gelu_of(row[i] + bias[i], false);
}

#endif
