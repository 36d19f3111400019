/* The attributes of nodes, and checks of values that several kernels have in common. */
#include "foldwise.h"
#include <stdio.h>
#include <stdlib.h>

static void settle(TF_OpKernelConstruction *construction, TF_Status *status) {
  if (TF_GetCode(status) != 0) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
}

void *new_attributes(TF_OpKernelConstruction *construction, size_t size) {
  void *attributes = calloc(1, size);
  TF_Status *status = TF_NewStatus();
  if (!attributes) TF_SetStatus(status, RESOURCE_EXHAUSTED, "There is no memory for the attributes of a kernel.");
  settle(construction, status);
  return attributes;
}

float float_attribute(TF_OpKernelConstruction *construction, const char *name) {
  float value = 0;
  TF_Status *status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrFloat(construction, name, &value, status);
  settle(construction, status);
  return value;
}

int64_t int_attribute(TF_OpKernelConstruction *construction, const char *name) {
  int64_t value = 0;
  TF_Status *status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrInt64(construction, name, &value, status);
  settle(construction, status);
  return value;
}

float rate_attribute(TF_OpKernelConstruction *construction) {
  const float rate = float_attribute(construction, "rate");
  if (rate >= 0 && rate < 1) return rate;
  char message[80];
  snprintf(message, sizeof message, "The rate of dropout is %g, expected from 0 to below 1.", rate);
  TF_Status *status = TF_NewStatus();
  TF_SetStatus(status, INVALID_ARGUMENT, message);
  settle(construction, status);
  return 0;
}

void check_starts(Operands *operands, int operand, int64_t rows, int64_t longest) {
  if (!operands->in) return;
  const char *name = operands->shapes.patterns->in[operand].name;
  const int32_t *start = operands->in[operand].data;
  const int64_t sequences = operands->in[operand].count - 1;
  if (start[0] != 0) {
    refuse(&operands->shapes, "%s begins with %d, expected 0", name, start[0]);
    return;
  }
  for (int64_t i = 0; i < sequences; i++) {
    const int64_t tokens = (int64_t)start[i + 1] - start[i];
    if (tokens >= 0 && tokens <= longest) continue;
    refuse(&operands->shapes, "%s[%lld] is %d after %d, expected none less and at most %lld more", name, (long long)i + 1, start[i + 1],
           start[i], (long long)longest);
    return;
  }
  if (start[sequences] > rows)
    refuse(&operands->shapes, "%s ends with %d, expected at most %lld, the number of rows", name, start[sequences], (long long)rows);
}
