/*
 * FoldwiseSumRows: the gradient of an embedding lookup without the rows that no id reads. `unique`: each id that
 * occurs once, in the order of its first occurrence, then -1; `sums`: the sums of their rows, then zeros. An id that is not one of the `table`'s rows fails.
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
  if (!row) return;
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
  int64_t *table = new_attributes(construction, sizeof *table);
  if (table) *table = int_attribute(construction, "table");
  return table;
}

static void check(Operands *operands) {
  if (!operands->in) return;
  const int64_t table = *(const int64_t *)operands->attributes;
  const Tensor *ids = &operands->in[0];
  for (int64_t i = 0; i < ids->count; i++) {
    const int32_t id = ((const int32_t *)ids->data)[i];
    if (id >= 0 && id < table) continue;
    refuse(&operands->shapes, "ids[%lld] is %d, which is out of the table's %lld rows", (long long)i, id, (long long)table);
    return;
  }
}

/* Sorts the rows by id, in the order of the ids' first occurrence. Takes what `memory` has room for: zeroed, 3 n + 2 numbers. */
static State sort(const Tensor *ids, int32_t *to, int32_t *number, int32_t *memory) {
  const int64_t n = ids->count;
  const int32_t *id = ids->data;
  int32_t *start = memory, *of = start + n + 2, *places = of + n;
  int32_t count = 0;
  for (int64_t i = 0; i < n; i++) {
    if (number[id[i]] < 0) to[number[id[i]] = count++] = id[i];
    start[(of[i] = number[id[i]]) + 2]++;
  }
  for (int64_t i = count; i < n; i++) to[i] = -1;
  for (int32_t u = 0; u < count; u++) start[u + 2] += start[u + 1];
  for (int64_t i = 0; i < n; i++) places[start[of[i] + 1]++] = (int32_t)i;
  return (State){.unique = count, .start = start, .places = places};
}

static void compute(Operands *operands, const Tensor *out) {
  const int64_t n = operands->in[0].count, table = *(const int64_t *)operands->attributes;
  const size_t numbers = n > 0 ? table * sizeof(int32_t) : 0, memory = (3 * n + 2) * sizeof(int32_t);
  int32_t *number = scratch(numbers), *sorted = scratch(memory);
  if (number && sorted) {
    memset(number, -1, numbers);
    memset(sorted, 0, memory);
    State state = sort(&operands->in[0], out[0].data, number, sorted);
    state.rows = &operands->in[1], state.sums = &out[1];
    parallel((n + ROWS - 1) / ROWS, unit, &state);
  }
  free(number);
  free(sorted);
}

static Operation sum_rows = {"FoldwiseSumRows",
                             {"i:ids: int32 [n]", "i:rows: T [n, width]", "o:unique: int32 [n]", "o:sums: float [n, width]",
                              "a:T: {float, bfloat16}", "a:table: int >= 0"},
                             .check = check,
                             .create = create,
                             .compute = compute};
OPERATION(sum_rows)

void register_embedding(void) { REGISTER(sum_rows); }
