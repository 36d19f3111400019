/*
 * The inner loop of products of float32 with AVX-512, in the processor's instructions. Where another thread shares the
 * core, the two together start four instructions a cycle, so each one beside the 24 multiplications of a step costs time:
 * the factor from A comes out of the memory operand of the multiplication in three rows and by an instruction of its own in
 * five (a core that shares its loads has none to spare for more), four steps are unrolled, and B is read a step ahead
 * instead of being prefetched.
 */
#ifndef TILE_512_H
#define TILE_512_H

#define MULTIPLY(from, x, to) "vfmadd231ps " from ", %%zmm" #x ", %%zmm" #to "\n\t"

/* A row's three sums, with its factor by way of the register `by`, or out of memory. */
#define ROW_BY(at, by, x, y, z, s, t, u) \
  "vbroadcastss " at ", %%zmm" #by "\n\t" MULTIPLY("%%zmm" #by, x, s) MULTIPLY("%%zmm" #by, y, t) MULTIPLY("%%zmm" #by, z, u)
#define ROW(at, x, y, z, s, t, u) \
  MULTIPLY(at "%{1to16%}", x, s) MULTIPLY(at "%{1to16%}", y, t) MULTIPLY(at "%{1to16%}", z, u)

/* A vector of B's row q + 1. */
#define NEXT(q, vector, to) "vmovups (" #q "+1)*192+64*" #vector "(%[b]), %%zmm" #to "\n\t"

/* One number, or pair, of each row, by B's row in x, y, z, while its next row is read into l, m, n. */
#define STEP(AT, q, x, y, z, l, m, n)                                                 \
  ROW_BY(AT(0, q), 30, x, y, z, 0, 1, 2)                                              \
  NEXT(q, 0, l) ROW_BY(AT(1, q), 31, x, y, z, 3, 4, 5)                                \
  ROW(AT(2, q), x, y, z, 6, 7, 8)                                                     \
  NEXT(q, 1, m) ROW_BY(AT(3, q), 30, x, y, z, 9, 10, 11)                              \
  ROW_BY(AT(4, q), 31, x, y, z, 12, 13, 14)                                           \
  NEXT(q, 2, n) ROW(AT(5, q), x, y, z, 15, 16, 17)                                    \
  ROW_BY(AT(6, q), 30, x, y, z, 18, 19, 20)                                           \
  ROW(AT(7, q), x, y, z, 21, 22, 23)

#define STEPS(AT)                                                                     \
  STEP(AT, 0, 24, 25, 26, 27, 28, 29) STEP(AT, 1, 27, 28, 29, 24, 25, 26)         \
  STEP(AT, 2, 24, 25, 26, 27, 28, 29) STEP(AT, 3, 27, 28, 29, 24, 25, 26)

#define ZERO(s) "vpxord %%zmm" #s ", %%zmm" #s ", %%zmm" #s "\n\t"
#define EACH_SUM(X)                                                                       \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)   \
  X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23)

#define STORE(s, at) "vmovups %%zmm" #s ", " at "\n\t"
#define ADD_AND_STORE(s, at) "vaddps " at ", %%zmm" #s ", %%zmm" #s "\n\t" STORE(s, at)
#define TWO_ROWS(TO, s, t, u, x, y, z)                                                    \
  TO(s, "(%[to])") TO(t, "64(%[to])") TO(u, "128(%[to])")                                 \
  TO(x, "(%[to],%[stride])") TO(y, "64(%[to],%[stride])") TO(z, "128(%[to],%[stride])")   \
  "lea (%[to],%[stride],2), %[to]\n\t"
#define ALL_ROWS(TO)                                                                      \
  TWO_ROWS(TO, 0, 1, 2, 3, 4, 5) TWO_ROWS(TO, 6, 7, 8, 9, 10, 11)                         \
  TWO_ROWS(TO, 12, 13, 14, 15, 16, 17) TWO_ROWS(TO, 18, 19, 20, 21, 22, 23)

/* FORWARD: moves what AT reads from by one step, or by four. */
#define TILE(AT, FORWARD)                                                             \
  EACH_SUM(ZERO)                                                                          \
  "vmovups (%[b]), %%zmm24\n\tvmovups 64(%[b]), %%zmm25\n\tvmovups 128(%[b]), %%zmm26\n\t" \
  "sub $4, %[k]\n\tjl 2f\n\t"                                                             \
  ".p2align 4\n\t1:\n\t" STEPS(AT) FORWARD(4) "add $4*192, %[b]\n\t"                  \
  "sub $4, %[k]\n\tjge 1b\n\t"                                                            \
  "2:\n\tadd $4, %[k]\n\tjz 4f\n\t"                                                       \
  "3:\n\t" STEP(AT, 0, 24, 25, 26, 27, 28, 29) FORWARD(1) "add $192, %[b]\n\t"        \
  "vmovaps %%zmm27, %%zmm24\n\tvmovaps %%zmm28, %%zmm25\n\tvmovaps %%zmm29, %%zmm26\n\t"  \
  "dec %[k]\n\tjnz 3b\n\t"                                                                \
  "4:\n\tcmpl $0, %[add]\n\tjne 5f\n\t" ALL_ROWS(STORE)                                    \
  "jmp 6f\n\t5:\n\t" ALL_ROWS(ADD_AND_STORE) "6:\n\t"

#define REGISTERS                                                                         \
  "memory", "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", \
      "xmm14", "xmm15", "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24", "xmm25", "xmm26", "xmm27",   \
      "xmm28", "xmm29", "xmm30", "xmm31"

/* Rows where they lie. Those whose factor is a memory operand have a pointer that moves: with an index, the processor splits them. */
#define IN_PLACE(i, q) IN_PLACE_##i(q)
#define BY_INDEX(i, q) #q "*4(%[a" #i "],%[at],4)"
#define BY_POINTER(i, q) #q "*4(%[a" #i "])"
#define IN_PLACE_0(q) BY_INDEX(0, q)
#define IN_PLACE_1(q) BY_INDEX(1, q)
#define IN_PLACE_2(q) BY_POINTER(2, q)
#define IN_PLACE_3(q) BY_INDEX(3, q)
#define IN_PLACE_4(q) BY_INDEX(4, q)
#define IN_PLACE_5(q) BY_POINTER(5, q)
#define IN_PLACE_6(q) BY_INDEX(6, q)
#define IN_PLACE_7(q) BY_POINTER(7, q)
#define FORWARD_IN_PLACE(n) \
  "add $4*" #n ", %[a2]\n\tadd $4*" #n ", %[a5]\n\tadd $4*" #n ", %[a7]\n\tadd $" #n ", %[at]\n\t"

#define MULTIPLY_ROWS(a, b, k)                                                            \
  do {                                                                                    \
    const Word *a2 = a[2], *a5 = a[5], *a7 = a[7], *panel = b;                        \
    int64_t at = 0, left = k;                                                             \
    __asm__ volatile(TILE(IN_PLACE, FORWARD_IN_PLACE)                                 \
                     : [a2] "+r"(a2), [a5] "+r"(a5), [a7] "+r"(a7), [b] "+r"(panel), [at] "+r"(at), [k] "+r"(left), [to] "+r"(to) \
                     : [a0] "r"(a[0]), [a1] "r"(a[1]), [a3] "r"(a[3]), [a4] "r"(a[4]), [a6] "r"(a[6]), [stride] "r"(stride), [add] "m"(add) \
                     : REGISTERS);                                                        \
  } while (0)

/* Rows that are packed: [k, TILE_ROWS]. */
#define PACKED(i, q) #q "*32+" #i "*4(%[a])"
#define FORWARD_PACKED(n) "add $32*" #n ", %[a]\n\t"

#define MULTIPLY_PACKED(tile, b, k)                                                       \
  do {                                                                                    \
    const Word *a = tile, *panel = b;                                                 \
    int64_t left = k;                                                                     \
    __asm__ volatile(TILE(PACKED, FORWARD_PACKED)                                     \
                     : [a] "+r"(a), [b] "+r"(panel), [k] "+r"(left), [to] "+r"(to)        \
                     : [stride] "r"(stride), [add] "m"(add)                               \
                     : REGISTERS);                                                        \
  } while (0)

/* As multiply_tile of tile.h. */
static inline void multiply_512(const Word *const rows[TILE_ROWS], bool packed, const Word *b, int64_t k, Target target) {
  float *to = target.to;
  const int64_t stride = target.stride * sizeof *to;
  const int add = target.add;
  if (packed)
    MULTIPLY_PACKED(rows[0], b, k);
  else
    MULTIPLY_ROWS(rows, b, k);
}

#endif
