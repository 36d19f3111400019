/*
 * The inner loop of products of float32 with AVX2, in the processor's instructions: twelve sums, two vectors of B and the
 * factor from A take all sixteen registers, and compilers that unroll the loop put sums into memory. Four steps are
 * unrolled, and B is fetched READ_AHEAD rows before it is multiplied.
 */
#ifndef TILE_256_H
#define TILE_256_H

#define MULTIPLY(x, y, to) "vfmadd231ps %%ymm" #x ", %%ymm" #y ", %%ymm" #to "\n\t"

/* A row's two sums, with its factor by way of the register `by`. */
#define ROW(at, by, s, t) "vbroadcastss " at ", %%ymm" #by "\n\t" MULTIPLY(by, 12, s) MULTIPLY(by, 13, t)

/* One number of each row, by row q of B. */
#define STEP(AT, q)                                                                                                    \
  "vmovups " #q "*64(%[b]), %%ymm12\n\tvmovups " #q "*64+32(%[b]), %%ymm13\n\tprefetcht0 (" #q "+%c[ahead])*64(%[b])\n\t" \
  ROW(AT(0, q), 14, 0, 1) ROW(AT(1, q), 15, 2, 3) ROW(AT(2, q), 14, 4, 5)                                              \
  ROW(AT(3, q), 15, 6, 7) ROW(AT(4, q), 14, 8, 9) ROW(AT(5, q), 15, 10, 11)

#define ZERO(s) "vxorps %%ymm" #s ", %%ymm" #s ", %%ymm" #s "\n\t"
#define EACH_SUM(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)

#define STORE(s, at) "vmovups %%ymm" #s ", " at "\n\t"
#define ADD_AND_STORE(s, at) "vaddps " at ", %%ymm" #s ", %%ymm" #s "\n\t" STORE(s, at)
#define TWO_ROWS(TO, s, t, x, y)                                                                                       \
  TO(s, "(%[to])") TO(t, "32(%[to])") TO(x, "(%[to],%[stride])") TO(y, "32(%[to],%[stride])") "lea (%[to],%[stride],2), %[to]\n\t"
#define ALL_ROWS(TO) TWO_ROWS(TO, 0, 1, 2, 3) TWO_ROWS(TO, 4, 5, 6, 7) TWO_ROWS(TO, 8, 9, 10, 11)

/* FORWARD: moves what AT reads from by one step, or by four. */
#define TILE(AT, FORWARD)                                                                                              \
  EACH_SUM(ZERO)                                                                                                       \
  "sub $4, %[k]\n\tjl 2f\n\t"                                                                                          \
  ".p2align 5\n\t1:\n\t" STEP(AT, 0) STEP(AT, 1) STEP(AT, 2) STEP(AT, 3) FORWARD(4) "add $4*64, %[b]\n\t"              \
  "sub $4, %[k]\n\tjge 1b\n\t"                                                                                         \
  "2:\n\tadd $4, %[k]\n\tjz 4f\n\t"                                                                                    \
  "3:\n\t" STEP(AT, 0) FORWARD(1) "add $64, %[b]\n\tdec %[k]\n\tjnz 3b\n\t"                                            \
  "4:\n\tcmpl $0, %[add]\n\tjne 5f\n\t" ALL_ROWS(STORE)                                                                \
  "jmp 6f\n\t5:\n\t" ALL_ROWS(ADD_AND_STORE) "6:\n\t"

#define REGISTERS                                                                                                      \
  "memory", "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", \
      "xmm14", "xmm15"

/* Rows where they lie, and rows that are packed: [k, TILE_ROWS]. */
#define IN_PLACE(i, q) #q "*4(%[a" #i "],%[at],4)"
#define FORWARD_IN_PLACE(n) "add $" #n ", %[at]\n\t"
#define PACKED(i, q) #q "*24+" #i "*4(%[a])"
#define FORWARD_PACKED(n) "add $24*" #n ", %[a]\n\t"

/* As multiply_tile of tile.h. */
static inline void multiply_256(const Word *const rows[TILE_ROWS], bool packed, const Word *b, int64_t k, Target target) {
  float *to = target.to;
  const int64_t stride = target.stride * sizeof *to;
  const int add = target.add;
  if (packed) {
    const Word *a = rows[0];
    __asm__ volatile(TILE(PACKED, FORWARD_PACKED)
                     : [a] "+r"(a), [b] "+r"(b), [k] "+r"(k), [to] "+r"(to)
                     : [stride] "r"(stride), [add] "m"(add), [ahead] "i"(READ_AHEAD)
                     : REGISTERS);
  } else {
    int64_t at = 0;
    __asm__ volatile(TILE(IN_PLACE, FORWARD_IN_PLACE)
                     : [at] "+r"(at), [b] "+r"(b), [k] "+r"(k), [to] "+r"(to)
                     : [a0] "r"(rows[0]), [a1] "r"(rows[1]), [a2] "r"(rows[2]), [a3] "r"(rows[3]), [a4] "r"(rows[4]), [a5] "r"(rows[5]),
                       [stride] "r"(stride), [add] "m"(add), [ahead] "i"(READ_AHEAD)
                     : REGISTERS);
  }
}

#endif
