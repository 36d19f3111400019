/* What the update of FoldwiseAdamW (adam-w.c) and the check of its operands (adam-w-operands.c) have in common. */
#ifndef ADAM_W_H
#define ADAM_W_H

#include "foldwise.h"

/* The place of the first variable among the operands. */
enum { FIRST = 1 };

typedef struct {
  int32_t count, tables; /* variables, and those among them whose gradient is of rows */
  float beta1, beta2;
  float *rate, *decay, *sparse; /* by variable; sparse: 1 where the gradient is of rows */
} AdamW;

/* Compares the shapes of the lists with each other. */
void check_adam_w(Operands *operands);

#endif
