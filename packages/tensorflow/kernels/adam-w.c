/*
 * FoldwiseAdamW: AdamW (Loshchilov & Hutter 2019) over many variables at once, in place, in one pass over the memory.
 * Inputs: rates float32 [4] (learning rate; learning rate with both corrections for the moments' start; epsilon,
 * corrected as well; factor of the gradients); the variables' values; the means of their gradients, and of the squares of
 * these; `seen`; the gradients, float32 or bfloat16; `ids`. The caller owns the memory of values, means, squares and `seen`
 * alone. A variable's `rate` is times both learning rates, its `decay` times the first of them.
 *
 * A gradient of rows [n, width] goes with `ids` int32 [n] (FoldwiseSumRows) and `seen` float32 [rows]: the other rows of its
 * variable, whose gradient is 0, are only updated once they have been read for the first time, which `seen` keeps; until
 * then their moments are 0, and they just decay.
 */
#include "adam-w.h"
#include "numbers.h"
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK = 32768 };

typedef struct {
  float *value, *mean, *square, *seen;
  Tensor gradient;
  int64_t count, width, first_unit;
  int32_t *place; /* by row: of its gradient, or -1; NULL where the gradient is dense */
  float rate, decay;
} Variable;

typedef struct {
  const AdamW *attributes;
  const float *rates;
  Variable *variables;
  int32_t count;
  float *zeros; /* [widest]: a gradient */
} State;

/* The share of a value that decay leaves. */
static inline float kept_of(const State *s, const Variable *v) { return 1.0f - s->rates[0] * v->rate * v->decay; }

static void update(const State *s, const Variable *v, int64_t at, const float *restrict gradient, int64_t n) {
  const float rate = s->rates[1] * v->rate, epsilon = s->rates[2], factor = s->rates[3], kept = kept_of(s, v);
  const float beta1 = s->attributes->beta1, beta2 = s->attributes->beta2;
  float *restrict value = v->value + at, *restrict mean = v->mean + at, *restrict square = v->square + at;
  for (int64_t i = 0; i < n; i++) {
    const float g = gradient[i] * factor;
    const float m = mean[i] + (g - mean[i]) * (1.0f - beta1);
    const float q = square[i] + (g * g - square[i]) * (1.0f - beta2);
    mean[i] = m;
    square[i] = q;
    value[i] = value[i] * kept - rate * m / (sqrtf(q) + epsilon);
  }
}

static void dense_unit(const State *s, const Variable *v, int64_t unit) {
  float row[1024];
  const int64_t first = unit * CHUNK, last = first + CHUNK < v->count ? first + CHUNK : v->count;
  for (int64_t at = first; at < last; at += 1024) {
    const int64_t n = last - at < 1024 ? last - at : 1024;
    if (v->gradient.type == FLOAT32) {
      update(s, v, at, (const float *)v->gradient.data + at, n);
    } else {
      load_row(row, &v->gradient, at, n);
      update(s, v, at, row, n);
    }
  }
}

static void sparse_unit(const State *s, const Variable *v, int64_t unit) {
  const int64_t rows = v->count / v->width, step = CHUNK / v->width + 1, last = (unit + 1) * step;
  const float kept = kept_of(s, v);
  for (int64_t r = unit * step; r < last && r < rows; r++) {
    if (v->place[r] >= 0) {
      if (v->seen[r] == 0) { /* what is read before it is written to takes the system twice the work */
        memset(v->mean + r * v->width, 0, v->width * sizeof(float));
        memset(v->square + r * v->width, 0, v->width * sizeof(float));
      }
      v->seen[r] = 1;
      update(s, v, r * v->width, (const float *)v->gradient.data + v->place[r] * v->width, v->width);
    } else if (v->seen[r] != 0) {
      update(s, v, r * v->width, s->zeros, v->width);
    } else if (kept != 1.0f) {
      for (int64_t i = 0; i < v->width; i++) v->value[r * v->width + i] *= kept;
    }
  }
}

static void unit(int64_t index, void *opaque) {
  const State *s = opaque;
  int32_t low = 0, high = s->count - 1;
  while (low < high) {
    const int32_t middle = (low + high + 1) / 2;
    if (s->variables[middle].first_unit <= index)
      low = middle;
    else
      high = middle - 1;
  }
  const Variable *v = &s->variables[low];
  (v->place ? sparse_unit : dense_unit)(s, v, index - v->first_unit);
}

/* Where each row's gradient is; NULL without memory, or after an id is refused. */
static int32_t *places(Operands *operands, const Tensor *ids, int number, int64_t rows) {
  int32_t *place = scratch(rows * sizeof *place);
  if (place) memset(place, -1, rows * sizeof *place);
  for (int64_t i = 0; place && i < ids->count; i++) {
    const int32_t id = ((const int32_t *)ids->data)[i];
    if (id == -1) continue;
    if (id < 0 || id >= rows)
      refuse(&operands->shapes, "ids[%d] has %d, which is out of the table's %lld rows", number, id, (long long)rows);
    else if (place[id] >= 0)
      refuse(&operands->shapes, "ids[%d] has %d at %d and at %lld, expected each id once", number, id, place[id], (long long)i);
    else
      place[id] = (int32_t)i;
  }
  if (!operands->shapes.refused) return place;
  free(place);
  return NULL;
}

/*
 * Whether a gradient lies apart from the memory of all variables. The gradient of a factor is the other factor, and
 * TensorFlow hands on the same memory where all that is left to do is a product with 1.
 */
static bool is_apart(const Tensor *gradient, const Tensor *values, int32_t count) {
  const char *start = gradient->data, *end = start + gradient->count * (gradient->type == BFLOAT16 ? 2 : 4);
  for (int32_t i = 0; i < count; i++) {
    const char *value = values[i].data;
    if (start < value + values[i].count * sizeof(float) && value < end) return false;
  }
  return true;
}

static void *copy(const Tensor *gradient) {
  const size_t bytes = gradient->count * (gradient->type == BFLOAT16 ? 2 : 4);
  void *memory = scratch(bytes);
  return memory ? memcpy(memory, gradient->data, bytes) : NULL;
}

/* Those of dense gradients; of tables only the rows that occur are written to. */
static void provide_moments(const Variable *variables, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (variables[i].place) continue;
    provide(variables[i].mean, variables[i].count * sizeof(float));
    provide(variables[i].square, variables[i].count * sizeof(float));
  }
}

/* All that the update needs beside the variables' own memory, before anything is written: false where something is missing. */
static bool prepare(Operands *operands, Variable *variables, void **copies, int64_t *units) {
  const AdamW *attributes = operands->attributes;
  const int32_t count = attributes->count;
  const Tensor *values = operands->in + FIRST, *means = values + count, *squares = means + count, *seen = squares + count;
  const Tensor *gradients = seen + attributes->tables, *ids = gradients + count;
  for (int32_t i = 0, number = 0; i < count; i++) {
    Variable *v = &variables[i];
    *v = (Variable){.value = values[i].data, .mean = means[i].data, .square = squares[i].data, .gradient = gradients[i],
                    .count = values[i].count, .width = values[i].columns, .first_unit = *units, .rate = attributes->rate[i],
                    .decay = attributes->decay[i]};
    if (!is_apart(&gradients[i], values, count) && !(v->gradient.data = copies[i] = copy(&gradients[i]))) return false;
    if (attributes->sparse[i] != 0) {
      v->seen = seen[number].data;
      v->place = places(operands, &ids[number], number, values[i].rows);
      if (!v->place) return false;
      number++;
      *units += (values[i].rows + CHUNK / v->width) / (CHUNK / v->width + 1);
    } else {
      *units += (values[i].count + CHUNK - 1) / CHUNK;
    }
  }
  return true;
}

static void compute(Operands *operands, const Tensor *out) {
  (void)out;
  const AdamW *attributes = operands->attributes;
  const int32_t count = attributes->count;
  int64_t units = 0, widest = 0;
  for (int32_t i = 0; i < count; i++)
    if (attributes->sparse[i] != 0 && operands->in[FIRST + i].columns > widest) widest = operands->in[FIRST + i].columns;
  Variable *variables = scratch(count * sizeof *variables);
  void **copies = scratch(count * sizeof *copies);
  float *zeros = scratch(widest * sizeof *zeros);
  if (variables && copies && zeros) {
    memset(variables, 0, count * sizeof *variables);
    memset(copies, 0, count * sizeof *copies);
    memset(zeros, 0, widest * sizeof *zeros);
    if (prepare(operands, variables, copies, &units)) {
      State state = {attributes, operands->in[0].data, variables, count, zeros};
      provide_moments(variables, count);
      parallel(units, unit, &state);
    }
    for (int32_t i = 0; i < count; i++) {
      free(variables[i].place);
      free(copies[i]);
    }
  }
  free(variables);
  free(copies);
  free(zeros);
}

/* A list of numbers, one for each variable; a node with another number of them fails. */
static float *numbers(TF_OpKernelConstruction *construction, const char *name, int32_t count) {
  int32_t length = 0, bytes;
  float *list = calloc(count + 1, sizeof *list); /* lives as long as the process: few are made */
  TF_Status *status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrSize(construction, name, &length, &bytes, status);
  if (TF_GetCode(status) == 0 && list && length == count) TF_OpKernelConstruction_GetAttrFloatList(construction, name, list, count, status);
  if (TF_GetCode(status) == 0 && (!list || length != count)) {
    char message[100];
    snprintf(message, sizeof message, "FoldwiseAdamW: %s has %d numbers, expected %d, one for each variable", name, length, count);
    TF_SetStatus(status, INVALID_ARGUMENT, message);
  }
  if (TF_GetCode(status) != 0) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
  return list;
}

static void *create(TF_OpKernelConstruction *construction) {
  AdamW *attributes = new_attributes(construction, sizeof *attributes);
  if (!attributes) return NULL;
  attributes->count = (int32_t)int_attribute(construction, "N");
  attributes->rate = numbers(construction, "rate", attributes->count);
  attributes->decay = numbers(construction, "decay", attributes->count);
  attributes->sparse = numbers(construction, "sparse", attributes->count);
  for (int32_t i = 0; attributes->sparse && i < attributes->count; i++) attributes->tables += attributes->sparse[i] != 0;
  attributes->beta1 = float_attribute(construction, "beta1");
  attributes->beta2 = float_attribute(construction, "beta2");
  return attributes;
}

static Operation adam_w = {"FoldwiseAdamW",
                           {"i:rates: float [4]", "i:values: N * float", "i:means: N * float", "i:squares: N * float",
                            "i:seen: S * float", "i:gradients: T", "i:ids: S * int32", "a:N: int", "a:S: int >= 0",
                            "a:T: list({float, bfloat16})", "a:rate: list(float)", "a:decay: list(float)",
                            "a:sparse: list(float)", "a:beta1: float", "a:beta2: float"},
                           .check = check_adam_w,
                           .create = create,
                           .compute = compute,
                           .stateful = true};
OPERATION(adam_w)

void register_adam_w(void) { REGISTER(adam_w); }
