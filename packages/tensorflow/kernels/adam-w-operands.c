/* Whether the operands of FoldwiseAdamW fit each other: its lists, which patterns do not describe. */
#include "adam-w.h"
#include <stdio.h>

static bool may_be(int64_t size, int64_t other) { return size == UNKNOWN || other == UNKNOWN || size == other; }

static bool is_alike(const Shape *a, const Shape *b) {
  if (a->rank == UNKNOWN || b->rank == UNKNOWN) return true;
  bool alike = a->rank == b->rank;
  for (int i = 0; alike && i < a->rank; i++) alike = may_be(a->dims[i], b->dims[i]);
  return alike;
}

/* Whether a gradient is of rows of a table. */
static bool is_of_rows(const Shape *gradient, const Shape *value) {
  if (gradient->rank == UNKNOWN || value->rank == UNKNOWN) return true;
  return gradient->rank == 2 && value->rank == 2 && value->dims[1] != 0 && may_be(gradient->dims[1], value->dims[1]);
}

/*
 * The number of variables, which attributes tell, and where shapes are inferred, only the moments' size: as many as that has
 * room for. UNKNOWN where a size is, or where it leaves open whether a value without elements is one more.
 */
static int variables_of(const Operands *operands) {
  const Shapes *shapes = &operands->shapes;
  if (operands->attributes) return ((const AdamW *)operands->attributes)->count;
  const int64_t size = size_of(shapes, "size");
  int64_t total = 0;
  int count = 0;
  for (; size != UNKNOWN && FIRST + count < shapes->count && total < size; count++) {
    const int64_t more = count_of(shape_of(shapes, FIRST + count));
    if (more == UNKNOWN) return UNKNOWN;
    total += more;
  }
  const bool is_open = size == UNKNOWN || size == 0 || (FIRST + count < shapes->count && count_of(shape_of(shapes, FIRST + count)) == 0);
  return is_open ? UNKNOWN : count;
}

/* How many gradients have another shape than their value. */
static int unlike_gradients(const Shapes *shapes, int count) {
  int unlike = 0;
  for (int i = 0; i < count; i++) unlike += !is_alike(shape_of(shapes, FIRST + i), shape_of(shapes, FIRST + count + i));
  return unlike;
}

static void refuse_member(Operands *operands, const char *list, int i, int operand, const char *expected) {
  refuse(&operands->shapes, "%s[%d] is %s, expected %s", list, i, in_words(shape_of(&operands->shapes, operand)).at, expected);
}

void check_adam_w(Operands *operands) {
  Shapes *shapes = &operands->shapes;
  const AdamW *attributes = operands->attributes;
  const int count = variables_of(operands), ids = FIRST + 2 * count;
  if (count == UNKNOWN) return;
  int64_t total = 0, rows = 0;
  int number = 0;
  for (int i = 0; i < count && FIRST + i < shapes->count; i++) {
    const Shape *value = shape_of(shapes, FIRST + i);
    const int64_t more = count_of(value), of_table = value->rank == 2 ? value->dims[0] : value->rank == UNKNOWN ? UNKNOWN : 0;
    total = total == UNKNOWN || more == UNKNOWN ? UNKNOWN : total + more;
    rows = rows == UNKNOWN || of_table == UNKNOWN ? UNKNOWN : rows + of_table;
  }
  if (!may_be(total, size_of(shapes, "size")))
    refuse(shapes, "values have %lld elements together, expected %lld since mean is [%lld]", (long long)total,
           (long long)size_of(shapes, "size"), (long long)size_of(shapes, "size"));
  else if (!may_be(rows, size_of(shapes, "rows")))
    refuse(shapes, "seen is [%lld], expected [%lld], the rows of all values that are matrices", (long long)size_of(shapes, "rows"), (long long)rows);
  else if (shapes->count < ids)
    refuse(shapes, "there are %d gradients, expected %d, one for each of the values", shapes->count - FIRST - count, count);
  if (shapes->refused) return;
  /* Where shapes are inferred, a gradient of as many rows as its value has may be of rows, or not. */
  const bool certain = attributes || unlike_gradients(shapes, count) == shapes->count - ids;
  for (int i = 0; i < count && !shapes->refused; i++) {
    const Shape *value = shape_of(shapes, FIRST + i), *gradient = shape_of(shapes, FIRST + count + i);
    const bool sparse = attributes ? attributes->sparse[i] != 0 : !is_alike(gradient, value);
    if (!sparse && !is_alike(gradient, value)) {
      refuse_member(operands, "gradients", i, FIRST + count + i, in_words(value).at);
    } else if (sparse && !is_of_rows(gradient, value)) {
      refuse_member(operands, "gradients", i, FIRST + count + i, "the shape of its value, or rows as wide as that of a matrix");
    } else if (sparse && ids + number >= shapes->count) {
      refuse(shapes, "there are %d ids, expected more, since gradients[%d] is of rows", shapes->count - ids, i);
    } else if (sparse && certain) {
      const Shape *places = shape_of(shapes, ids + number), rows_of_it = {.rank = 1, .dims = {gradient->dims[0]}};
      if (gradient->rank != UNKNOWN && !is_alike(places, &rows_of_it)) {
        char expected[80];
        snprintf(expected, sizeof expected, "%s since gradients[%d] is of as many rows", in_words(&rows_of_it).at, i);
        refuse_member(operands, "ids", number, ids + number, expected);
      }
    }
    number += sparse;
  }
  if (certain && !shapes->refused && ids + number < shapes->count)
    refuse(shapes, "there are %d ids, expected %d, as many as gradients of rows", shapes->count - ids, number);
}
