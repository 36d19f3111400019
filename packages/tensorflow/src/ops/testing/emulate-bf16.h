/* Instructions of AVX-512 BF16 by those of AVX-512: include it before all else, and the kernels compile for both. */
#include <immintrin.h>

static inline __m512 emulated_dot(__m512 sums, __m512bh a, __m512bh b) {
  const __m512i x = (__m512i)a, y = (__m512i)b, high = _mm512_set1_epi32((int)0xffff0000);
  sums = _mm512_fmadd_ps((__m512)_mm512_slli_epi32(x, 16), (__m512)_mm512_slli_epi32(y, 16), sums);
  return _mm512_fmadd_ps((__m512)_mm512_and_si512(x, high), (__m512)_mm512_and_si512(y, high), sums);
}

/* To the nearest, ties to even; NaN stays NaN. */
static inline __m256i emulated_round(__m512 values) {
  const __m512i bits = (__m512i)values, odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
  const __m512i half = _mm512_add_epi32(_mm512_set1_epi32(0x7fff), odd);
  const __m512i rounded = _mm512_srli_epi32(_mm512_add_epi32(bits, half), 16);
  const __mmask16 nan = _mm512_cmp_ps_mask(values, values, _CMP_UNORD_Q);
  return _mm512_cvtepi32_epi16(_mm512_mask_set1_epi32(rounded, nan, 0x7fc0));
}

static inline __m512i emulated_round_two(__m512 high, __m512 low) {
  return _mm512_inserti64x4(_mm512_castsi256_si512(emulated_round(low)), emulated_round(high), 1);
}

#define _mm512_dpbf16_ps emulated_dot
#define _mm512_cvtneps_pbh emulated_round
#define _mm512_cvtne2ps_pbh emulated_round_two
#define __AVX512BF16__ 1
