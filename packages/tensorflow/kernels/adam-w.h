/* What the update of FoldwiseAdamW (adam-w.c) and the check of its operands (adam-w-operands.c) have in common. */
#ifndef ADAM_W_H
#define ADAM_W_H

#include "foldwise.h"

/* The place of the first variable among the operands. */
enum { FIRST = 4 };

typedef struct {
  int32_t count;
  float beta1, beta2;
  float *decay;  /* by variable */
  float *sparse; /* by variable: 1 where the gradient is of rows */
} AdamW;

/* Compares the shapes of the lists with each other and with the flat moments. */
void check_adam_w(Operands *operands);

#endif
