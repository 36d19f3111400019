/*
 * FoldwiseAdamW: AdamW (Loshchilov & Hutter 2019) over many variables at once, in place, in one pass over the memory.
 * Inputs: rates float32 [4] (learning rate; learning rate with both corrections for the moments' start; epsilon,
 * corrected as well; factor of the gradients); the variables' values; the means of their gradients, then of these's squares;
 * `seen`; their gradients, float32 or bfloat16; `ids`. The caller owns the memory of all but the first and the last two alone.
 * A variable's `rate` is times both learning rates, and its `decay` times the first.
 *
 * A gradient of rows [n, width] goes with `ids` int32 [n] (FoldwiseSumRows) and `seen` float32 [rows]: the other rows of its
 * variable, whose gradient is 0, are only updated once they have been read for the first time, which `seen` keeps; until
 * then their moments are 0, and they just decay.
 */
#include "numbers.h"
#include <stdlib.h>

enum { CHUNK = 32768 };

typedef struct {
  int32_t count;
  float beta1, beta2;
  float *rate, *decay; /* by variable */
  float *sparse; /* by variable: 1 where the gradient is of rows */
} Attributes;

typedef struct {
  float *value, *mean, *square, *seen;
  Tensor gradient;
  int64_t count, width, first_unit;
  int32_t *place; /* by row: of its gradient, or -1; NULL where the gradient is dense */
  float rate, decay;
} Variable;

typedef struct {
  const Attributes *attributes;
  const float *rates;
  Variable *variables;
  int32_t count;
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
  float *none = calloc(v->width, sizeof(float));
  for (int64_t r = unit * step; r < last && r < rows; r++) {
    if (v->place[r] >= 0) {
      if (v->seen[r] == 0) { /* what is read before it is written to takes the system twice the work */
        memset(v->mean + r * v->width, 0, v->width * sizeof(float));
        memset(v->square + r * v->width, 0, v->width * sizeof(float));
      }
      v->seen[r] = 1;
      update(s, v, r * v->width, (const float *)v->gradient.data + v->place[r] * v->width, v->width);
    } else if (v->seen[r] != 0) {
      update(s, v, r * v->width, none, v->width);
    } else if (kept != 1.0f) {
      for (int64_t i = 0; i < v->width; i++) v->value[r * v->width + i] *= kept;
    }
  }
  free(none);
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

/* Where each row's gradient is. */
static int32_t *places(const Tensor *ids, int64_t rows) {
  int32_t *place = malloc(rows * sizeof *place);
  memset(place, -1, rows * sizeof *place);
  for (int64_t i = 0; i < ids->count; i++) {
    const int32_t id = ((const int32_t *)ids->data)[i];
    if (id >= 0 && id < rows) place[id] = (int32_t)i;
  }
  return place;
}

/*
 * A copy of a gradient that lies in the memory of a variable, or NULL. The gradient of a factor is the other factor,
 * and TensorFlow hands on the same memory where all that is left to do is a product with 1.
 */
static void *apart(const Tensor *gradient, const Tensor *values, int32_t count) {
  const size_t bytes = gradient->count * (gradient->type == BFLOAT16 ? 2 : 4);
  const char *start = gradient->data;
  for (int32_t i = 0; i < count; i++) {
    const char *value = values[i].data;
    if (start >= value + values[i].count * sizeof(float) || value >= start + bytes) continue;
    return memcpy(scratch(bytes), start, bytes);
  }
  return NULL;
}

/* Those of dense gradients; of tables only the rows that occur are written to. */
static void provide_moments(const Variable *variables, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (variables[i].place) continue;
    provide(variables[i].mean, variables[i].count * sizeof(float));
    provide(variables[i].square, variables[i].count * sizeof(float));
  }
}

static void compute(void *opaque, TF_OpKernelContext *context) {
  const Attributes *attributes = opaque;
  const int32_t count = attributes->count;
  const int inputs = TF_NumInputs(context);
  TF_Status *status = TF_NewStatus();
  Tensor *tensors = calloc(inputs, sizeof *tensors);
  for (int i = 0; i < inputs; i++) tensors[i] = input_of(context, i, status);
  Variable *variables = calloc(count, sizeof *variables);
  void **copies = calloc(count, sizeof *copies);
  int64_t units = 0;
  int32_t tables = 0, sparse_count = 0;
  for (int32_t i = 0; i < count; i++) sparse_count += attributes->sparse[i] != 0;
  bool fits = inputs == 1 + 4 * count + 2 * sparse_count;
  const Tensor *values = tensors + 1, *means = values + count, *squares = means + count, *seen = squares + count;
  const Tensor *gradients = seen + sparse_count, *ids = gradients + count;
  for (int32_t i = 0; fits && i < count; i++) {
    const Tensor *value = &values[i], *gradient = &gradients[i];
    const bool sparse = attributes->sparse[i] != 0;
    Variable *v = &variables[i];
    *v = (Variable){.value = value->data, .mean = means[i].data, .square = squares[i].data, .gradient = *gradient, .count = value->count,
                    .width = value->columns, .first_unit = units, .rate = attributes->rate[i], .decay = attributes->decay[i]};
    fits = means[i].count == value->count && squares[i].count == value->count &&
           (sparse ? value->rank == 2 && value->columns > 0 && gradient->columns == value->columns && seen[tables].count == value->rows
                   : gradient->count == value->count);
    if (!fits) break;
    if ((copies[i] = apart(gradient, values, count))) v->gradient.data = copies[i];
    if (sparse) {
      v->seen = seen[tables].data;
      v->place = places(&ids[tables++], value->rows);
      units += (value->rows + CHUNK / v->width) / (CHUNK / v->width + 1);
    } else {
      units += (value->count + CHUNK - 1) / CHUNK;
    }
  }
  if (!fits || tensors[0].count != 4) {
    TF_SetStatus(status, 3, "FoldwiseAdamW: the inputs do not fit each other.");
    TF_OpKernelContext_Failure(context, status);
  } else {
    State state = {attributes, tensors[0].data, variables, count};
    provide_moments(variables, count);
    parallel(units, unit, &state);
  }
  for (int32_t i = 0; i < count; i++) {
    free(variables[i].place);
    free(copies[i]);
  }
  for (int i = 0; i < inputs; i++) TF_DeleteTensor(tensors[i].handle);
  TF_DeleteStatus(status);
  free(variables);
  free(copies);
  free(tensors);
}

static void *create(TF_OpKernelConstruction *construction) {
  Attributes *a = calloc(1, sizeof *a);
  TF_Status *status = TF_NewStatus();
  int32_t bytes;
  TF_OpKernelConstruction_GetAttrSize(construction, "decay", &a->count, &bytes, status);
  a->rate = calloc(3 * a->count + 1, sizeof(float)); /* lives as long as the process: few are made */
  a->decay = a->rate + a->count, a->sparse = a->decay + a->count;
  TF_OpKernelConstruction_GetAttrFloatList(construction, "rate", a->rate, a->count, status);
  TF_OpKernelConstruction_GetAttrFloatList(construction, "decay", a->decay, a->count, status);
  TF_OpKernelConstruction_GetAttrFloatList(construction, "sparse", a->sparse, a->count, status);
  a->beta1 = float_attribute(construction, "beta1");
  a->beta2 = float_attribute(construction, "beta2");
  TF_DeleteStatus(status);
  return a;
}

static void shape(TF_ShapeInferenceContext *context, TF_Status *status) {
  (void)context;
  (void)status;
}

void register_adam_w(void) {
  register_operation(&(Operation){
      "FoldwiseAdamW",
      (const char *[]){"i:rates: float", "i:values: N * float", "i:means: N * float", "i:squares: N * float", "i:seen: S * float",
                       "i:gradients: T", "i:ids: S * int32", "a:N: int", "a:S: int >= 0", "a:T: list({float, bfloat16})",
                       "a:rate: list(float)", "a:decay: list(float)",
                       "a:sparse: list(float)", "a:beta1: float", "a:beta2: float", NULL},
      shape, create, compute, true});
}
