/*
 * FoldwiseSumRows: the gradient of an embedding lookup without the rows that no id reads. ids: int32 [n]; rows: float32
 * or bfloat16 [n, width]. `unique`: int32 [n], each id that occurs once, in the order of its first occurrence, then -1;
 * `sums`: float32 [n, width], the sums of their rows, then zeros. An id that is not one of the `table`'s rows fails.
 */
#include "numbers.h"
#include <stdlib.h>

enum { ROWS = 32 };

typedef struct {
  const Tensor *rows, *sums;
  int64_t unique;
  const int32_t *start, *places; /* places[start[u]..start[u + 1]] are the rows of the unique id u */
} State;

static void unit(int64_t index, void *opaque) {
  const State *s = opaque;
  const int64_t n = s->sums->columns;
  float *restrict row = scratch(n * sizeof(float));
  for (int64_t u = index * ROWS; u < (index + 1) * ROWS && u < s->sums->rows; u++) {
    float *restrict sum = (float *)s->sums->data + u * n;
    memset(sum, 0, n * sizeof(float));
    if (u >= s->unique) continue;
    for (int32_t p = s->start[u]; p < s->start[u + 1]; p++) {
      load_row(row, s->rows, s->places[p] * n, n);
      for (int64_t i = 0; i < n; i++) sum[i] += row[i];
    }
  }
  free(row);
}

static void *create(TF_OpKernelConstruction *construction) {
  int64_t *table = calloc(1, sizeof *table);
  *table = int_attribute(construction, "table");
  return table;
}

static void compute(void *opaque, TF_OpKernelContext *context) {
  const int64_t table = *(int64_t *)opaque;
  Call call = begin(context);
  const Tensor ids = input(&call, 0), rows = input(&call, 1);
  const Tensor unique = output(&call, 0, INT32, &ids, 0), sums = output(&call, 1, FLOAT32, &rows, 0);
  if (rows.rank != 2 || rows.rows != ids.count) fail(&call, "FoldwiseSumRows takes ids [n] and rows [n, width].");
  for (int64_t i = 0; !call.failed && i < ids.count; i++)
    if (((const int32_t *)ids.data)[i] < 0 || ((const int32_t *)ids.data)[i] >= table)
      fail(&call, "FoldwiseSumRows: an id is out of the table's rows.");
  if (!call.failed) {
    const int64_t n = ids.count;
    const int32_t *id = ids.data;
    int32_t *to = unique.data;
    int32_t *number = malloc(table * sizeof *number), *of = malloc(n * sizeof *of);
    int32_t *start = calloc(n + 2, sizeof *start), *places = malloc(n * sizeof *places);
    memset(number, -1, table * sizeof *number);
    int32_t count = 0;
    for (int64_t i = 0; i < n; i++) {
      if (number[id[i]] < 0) to[number[id[i]] = count++] = id[i];
      start[(of[i] = number[id[i]]) + 2]++;
    }
    for (int64_t i = count; i < n; i++) to[i] = -1;
    for (int32_t u = 0; u < count; u++) start[u + 2] += start[u + 1];
    for (int64_t i = 0; i < n; i++) places[start[of[i] + 1]++] = (int32_t)i;
    State state = {&rows, &sums, count, start, places};
    parallel((n + ROWS - 1) / ROWS, unit, &state);
    free(number);
    free(of);
    free(start);
    free(places);
  }
  end(&call);
}

static void shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  shape_as(context, 0, 0, status);
  shape_as(context, 1, 1, status);
}

void register_embedding(void) {
  register_operation(&(Operation){"FoldwiseSumRows",
                                  (const char *[]){"i:ids: int32", "i:rows: T", "o:unique: int32", "o:sums: float", "a:T: {float, bfloat16}", "a:table: int", NULL},
                                  shape, create, compute, false});
}
