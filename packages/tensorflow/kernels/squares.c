/* FoldwiseSquareSum: the sum of the squares of all elements of several tensors, for clipping by global norm. */
#include "numbers.h"
#include <stdlib.h>

enum { CHUNK = 65536, SMALL = 1024 };

typedef struct {
  const Tensor *tensors;
  const int64_t *first; /* the first unit of each tensor, and their number after the last */
  int tensor_count;
  double *sums;
} State;

static void unit(int64_t index, void *opaque) {
  const State *state = opaque;
  int t = 0;
  while (state->first[t + 1] <= index) t++;
  const int64_t at = (index - state->first[t]) * CHUNK, left = state->tensors[t].count - at;
  const int64_t n = left < CHUNK ? left : CHUNK;
  float row[SMALL];
  double total = 0;
  for (int64_t i = 0; i < n; i += SMALL) {
    const int64_t m = n - i < SMALL ? n - i : SMALL;
    load_row(row, &state->tensors[t], at + i, m);
    float sum = 0;
    for (int64_t j = 0; j < m; j++) sum += row[j] * row[j];
    total += sum;
  }
  state->sums[index] = total;
}

static void compute(Operands *operands, const Tensor *out) {
  const int count = operands->shapes.count;
  int64_t *first = scratch((count + 1) * sizeof *first);
  if (!first) return;
  first[0] = 0;
  for (int i = 0; i < count; i++) first[i + 1] = first[i] + (operands->in[i].count + CHUNK - 1) / CHUNK;
  State state = {operands->in, first, count, scratch(first[count] * sizeof(double))};
  if (state.sums) {
    parallel(first[count], unit, &state);
    double total = 0;
    for (int64_t i = 0; i < first[count]; i++) total += state.sums[i];
    *(float *)out->data = (float)total;
  }
  free(state.sums);
  free(first);
}

static Operation square_sum = {
    "FoldwiseSquareSum", {"i:tensors: T", "o:sum: float []", "a:T: list({float, bfloat16})"}, .compute = compute};
OPERATION(square_sum)

void register_squares(void) { REGISTER(square_sum); }
