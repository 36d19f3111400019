/* Whether the operands of FoldwiseAdamW fit each other: its lists, which patterns do not describe. */
#include "adam-w.h"

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

/* The place of each list's first operand, among those of `count` variables, of which `tables` have gradients of rows. */
typedef struct {
  int count, tables, means, squares, seen, gradients, ids, end;
} Places;

static Places places_of(int count, int tables) {
  Places p = {.count = count, .tables = tables, .means = FIRST + count};
  p.squares = p.means + count, p.seen = p.squares + count, p.gradients = p.seen + tables, p.ids = p.gradients + count, p.end = p.ids + tables;
  return p;
}

/* That member `i` of a list is not as it should be, since another list's is as it is. */
static void refuse_member(Shapes *shapes, const char *list, int i, int operand, const Shape *expected, const char *other, int of) {
  refuse(shapes, "%s[%d] is %s, expected %s, which goes with %s[%d]", list, i, in_words(shape_of(shapes, operand)).at, in_words(expected).at, other, of);
}

/* A vector of a table's list, whose size is that of the first axis of another operand. */
static void check_vector(Shapes *shapes, const char *list, int number, int operand, const Shape *like, const char *other, int of) {
  if (like->rank == UNKNOWN || shapes->refused) return;
  const Shape vector = {.rank = 1, .dims = {like->dims[0]}};
  if (!is_alike(shape_of(shapes, operand), &vector)) refuse_member(shapes, list, number, operand, &vector, other, of);
}

/* sparse: by variable, whether its gradient is of rows; NULL where shapes alone can tell. */
static void check_places(Shapes *shapes, Places p, const float *sparse) {
  if (shapes->count != p.end) {
    refuse(shapes, "there are %d operands, expected %d for %d variables, %d of them with gradients of rows", shapes->count, p.end, p.count, p.tables);
    return;
  }
  int unlike = 0;
  for (int i = 0; i < p.count; i++) unlike += !is_alike(shape_of(shapes, p.gradients + i), shape_of(shapes, FIRST + i));
  if (!sparse && unlike > p.tables) {
    refuse(shapes, "%d gradients have another shape than their values, but there are ids for %d", unlike, p.tables);
    return;
  }
  /* Where shapes are inferred, a gradient of as many rows as its value has may be of rows, or not. */
  const bool certain = sparse || unlike == p.tables;
  for (int i = 0, number = 0; i < p.count && !shapes->refused; i++) {
    const Shape *value = shape_of(shapes, FIRST + i), *gradient = shape_of(shapes, p.gradients + i);
    const bool of_rows = sparse ? sparse[i] != 0 : !is_alike(gradient, value);
    if (!is_alike(shape_of(shapes, p.means + i), value)) {
      refuse_member(shapes, "means", i, p.means + i, value, "values", i);
    } else if (!is_alike(shape_of(shapes, p.squares + i), value)) {
      refuse_member(shapes, "squares", i, p.squares + i, value, "values", i);
    } else if (!of_rows && !is_alike(gradient, value)) {
      refuse_member(shapes, "gradients", i, p.gradients + i, value, "values", i);
    } else if (of_rows && !is_of_rows(gradient, value)) {
      refuse(shapes, "gradients[%d] is %s, expected %s as its value, or rows of that if it is a matrix", i, in_words(gradient).at, in_words(value).at);
    } else if (of_rows && certain) {
      check_vector(shapes, "seen", number, p.seen + number, value, "values", i);
      check_vector(shapes, "ids", number, p.ids + number, gradient, "gradients", i);
    }
    number += of_rows;
  }
}

/*
 * Attributes tell how many variables there are. Where shapes are inferred, there are none: then the lists are refused if
 * no numbers of variables and of tables fit them, with what is wrong for the fewest tables.
 */
void check_adam_w(Operands *operands) {
  Shapes *shapes = &operands->shapes;
  const AdamW *attributes = operands->attributes;
  if (attributes) {
    check_places(shapes, places_of(attributes->count, attributes->tables), attributes->sparse);
    return;
  }
  const int given = shapes->count - FIRST;
  const Shapes before = *shapes;
  Shapes first = before;
  for (int count = given / 4; count > 0; count--) {
    const int rest = given - 4 * count, tables = rest / 2;
    if (rest % 2 || tables > count) continue;
    *shapes = before;
    check_places(shapes, places_of(count, tables), NULL);
    if (!shapes->refused) return;
    if (!first.refused) first = *shapes;
  }
  *shapes = first;
}
