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

static void compute(void *unused, TF_OpKernelContext *context) {
  (void)unused;
  const int count = TF_NumInputs(context);
  Tensor *tensors = calloc(count, sizeof *tensors);
  int64_t *first = calloc(count + 1, sizeof *first);
  TF_Status *status = TF_NewStatus();
  for (int i = 0; i < count; i++) {
    tensors[i] = input_of(context, i, status);
    first[i + 1] = first[i] + (tensors[i].count + CHUNK - 1) / CHUNK;
  }
  Call call = begin(context);
  const Tensor to = output_shape(&call, 0, FLOAT32, NULL, 0);
  if (TF_GetCode(status) == 0 && !call.failed) {
    State state = {tensors, first, count, calloc(first[count] + 1, sizeof(double))};
    parallel(first[count], unit, &state);
    double total = 0;
    for (int64_t i = 0; i < first[count]; i++) total += state.sums[i];
    *(float *)to.data = (float)total;
    free(state.sums);
  }
  end(&call);
  for (int i = 0; i < count; i++) TF_DeleteTensor(tensors[i].handle);
  TF_DeleteStatus(status);
  free(tensors);
  free(first);
}

static void shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  TF_ShapeHandle *scalar = TF_ShapeInferenceContextScalar(context);
  TF_ShapeInferenceContextSetOutput(context, 0, scalar, status);
  TF_DeleteShapeHandle(scalar);
}

void register_squares(void) {
  register_operation(&(Operation){"FoldwiseSquareSum", (const char *[]){"i:tensors: T", "o:sum: float", "a:T: list({float, bfloat16})", NULL},
                                  shape, NULL, compute, false});
}
