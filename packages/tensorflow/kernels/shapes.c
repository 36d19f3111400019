/* Compares shapes with their patterns (shapes.h): binds names to sizes, and says which operand does not fit, and to what. */
#include "shapes.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 2, 3))) static void add(Phrase *phrase, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int written = vsnprintf(phrase->at + phrase->length, sizeof phrase->at - phrase->length, format, arguments);
  va_end(arguments);
  if (written > 0) phrase->length += written;
  if (phrase->length >= sizeof phrase->at) phrase->length = sizeof phrase->at - 1;
}

/* A size, and the comma before it. */
static void add_size(Phrase *phrase, int64_t size) {
  if (phrase->at[phrase->length - 1] != '[') add(phrase, ",");
  if (size == UNKNOWN)
    add(phrase, "?");
  else
    add(phrase, "%lld", (long long)size);
}

Phrase in_words(const Shape *shape) {
  Phrase phrase = {.length = 0};
  if (shape->rank == UNKNOWN) {
    add(&phrase, "of unknown rank");
  } else if (shape->rank > MAX_RANK) {
    add(&phrase, "of rank %d", shape->rank);
  } else {
    add(&phrase, "[");
    for (int i = 0; i < shape->rank; i++) add_size(&phrase, shape->dims[i]);
    add(&phrase, "]");
  }
  return phrase;
}

/* What an operand is to be, by the operands before it. */
static Phrase expectation(const Shapes *shapes, const Pattern *pattern) {
  Phrase phrase = {.length = 0};
  add(&phrase, "[");
  if (pattern->leading && shapes->leading.rank == UNKNOWN) add(&phrase, pattern->rank ? "...," : "...");
  if (pattern->leading)
    for (int i = 0; i < shapes->leading.rank; i++) add_size(&phrase, shapes->leading.dims[i]);
  for (int i = 0; i < pattern->rank; i++) {
    const Size *size = &pattern->sizes[i];
    const int64_t known = size->name == NOBODY ? 0 : shapes->sizes[size->name];
    if (known != UNKNOWN) {
      if (phrase.at[phrase.length - 1] == ',') phrase.length--;
      add_size(&phrase, known + size->plus);
      continue;
    }
    if (phrase.at[phrase.length - 1] != '[' && phrase.at[phrase.length - 1] != ',') add(&phrase, ",");
    add(&phrase, "%s", shapes->patterns->name[size->name]);
    if (size->plus) add(&phrase, "+%lld", (long long)size->plus);
  }
  add(&phrase, "]");
  if (pattern->optional) add(&phrase, ", or [0] for none,");
  return phrase;
}

static void add_reason(const Shapes *shapes, Phrase *phrase, int operand, bool told[MAX_OPERANDS]) {
  if (operand == NOBODY || told[operand]) return;
  add(phrase, "%s %s is %s", phrase->length ? " and" : " since", shapes->patterns->in[operand].name, in_words(shape_of(shapes, operand)).at);
  told[operand] = true;
}

static void refuse_shape(Shapes *shapes, int operand) {
  const Pattern *pattern = &shapes->patterns->in[operand];
  Phrase reasons = {.length = 0};
  bool told[MAX_OPERANDS] = {false};
  if (pattern->leading) add_reason(shapes, &reasons, shapes->leading_giver, told);
  for (int i = 0; i < pattern->rank; i++)
    if (pattern->sizes[i].name != NOBODY) add_reason(shapes, &reasons, shapes->givers[pattern->sizes[i].name], told);
  refuse_operand(shapes, operand, "%s%s", expectation(shapes, pattern).at, reasons.at);
}

/* Whether an operand agrees with what is known so far. */
static bool agrees(const Shapes *shapes, const Pattern *pattern, const Shape *shape) {
  const int leading = shape->rank - pattern->rank;
  if (pattern->leading ? leading < 0 : leading != 0) return false;
  if (pattern->leading && shapes->leading.rank != UNKNOWN) {
    if (leading != shapes->leading.rank) return false;
    for (int i = 0; i < leading; i++)
      if (shape->dims[i] != UNKNOWN && shapes->leading.dims[i] != UNKNOWN && shape->dims[i] != shapes->leading.dims[i]) return false;
  }
  for (int i = 0; i < pattern->rank; i++) {
    const Size *size = &pattern->sizes[i];
    const int64_t given = shape->dims[leading + i], known = size->name == NOBODY ? 0 : shapes->sizes[size->name];
    if (given == UNKNOWN) continue;
    if (given < size->plus || (known != UNKNOWN && given != known + size->plus)) return false;
  }
  return true;
}

/* Takes over what an operand tells. */
static void bind(Shapes *shapes, int operand, const Pattern *pattern, const Shape *shape) {
  const int leading = shape->rank - pattern->rank;
  if (pattern->leading) {
    if (shapes->leading.rank == UNKNOWN) {
      shapes->leading.rank = leading;
      shapes->leading_giver = operand;
      for (int i = 0; i < leading; i++) shapes->leading.dims[i] = UNKNOWN;
    }
    for (int i = 0; i < leading; i++)
      if (shapes->leading.dims[i] == UNKNOWN) shapes->leading.dims[i] = shape->dims[i];
  }
  for (int i = 0; i < pattern->rank; i++) {
    const Size *size = &pattern->sizes[i];
    if (size->name == NOBODY || shapes->sizes[size->name] != UNKNOWN || shape->dims[leading + i] == UNKNOWN) continue;
    shapes->sizes[size->name] = shape->dims[leading + i] - size->plus;
    shapes->givers[size->name] = operand;
  }
}

bool fit_operands(Shapes *shapes) {
  const Patterns *patterns = shapes->patterns;
  for (int i = 0; i < patterns->names; i++) shapes->sizes[i] = UNKNOWN, shapes->givers[i] = NOBODY;
  shapes->leading.rank = UNKNOWN;
  shapes->leading_giver = NOBODY;
  for (int i = 0; i < shapes->count; i++) {
    const Shape *shape = shape_of(shapes, i);
    if (shape->rank > MAX_RANK) {
      refuse_operand(shapes, i, "at most %d axes", MAX_RANK);
      return false;
    }
    if (i >= patterns->inputs || shape->rank == UNKNOWN) continue;
    const Pattern *pattern = &patterns->in[i];
    if (!pattern->shaped) continue;
    /* What may turn out not to be given tells nothing yet. */
    if (pattern->optional && (is_absent(shape) || (shape->rank == 1 && shape->dims[0] == UNKNOWN))) continue;
    if (!agrees(shapes, pattern, shape)) {
      refuse_shape(shapes, i);
      return false;
    }
    bind(shapes, i, pattern, shape);
  }
  return true;
}

static void refuse_by(Shapes *shapes, const char *format, va_list arguments) {
  if (shapes->refused) return;
  shapes->refused = true;
  const int length = snprintf(shapes->message, sizeof shapes->message, "%s: ", shapes->operation);
  vsnprintf(shapes->message + length, sizeof shapes->message - length, format, arguments);
}

void refuse(Shapes *shapes, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  refuse_by(shapes, format, arguments);
  va_end(arguments);
}

/* Of lists, only where there is one, it is known where it ends. */
static void name_operand(const Shapes *shapes, int operand, char *to, size_t size) {
  const Patterns *patterns = shapes->patterns;
  int list = 0;
  while (list < patterns->inputs && !patterns->in[list].list) list++;
  if (operand < list)
    snprintf(to, size, "%s", patterns->in[operand].name);
  else if (list == patterns->inputs - 1)
    snprintf(to, size, "%s[%d]", patterns->in[list].name, operand - list);
  else
    snprintf(to, size, "operand %d", operand);
}

void refuse_operand(Shapes *shapes, int operand, const char *format, ...) {
  char expected[360], name[2 * NAME_LENGTH];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(expected, sizeof expected, format, arguments);
  va_end(arguments);
  name_operand(shapes, operand, name, sizeof name);
  refuse(shapes, "%s is %s, expected %s", name, in_words(shape_of(shapes, operand)).at, expected);
}

int64_t size_of(const Shapes *shapes, const char *name) {
  for (int i = 0; i < shapes->patterns->names; i++)
    if (strcmp(shapes->patterns->name[i], name) == 0) return shapes->sizes[i];
  return UNKNOWN;
}

bool is_given(const Shape *shape) { return shape->rank != UNKNOWN && !(shape->rank == 1 && shape->dims[0] <= 0); }
bool is_absent(const Shape *shape) { return shape->rank == 1 && shape->dims[0] == 0; }

Shape result_shape(const Shapes *shapes, int output) {
  const Pattern *pattern = &shapes->patterns->out[output];
  Shape shape = {.rank = 0};
  if (pattern->leading) shape = shapes->leading;
  if (shape.rank == UNKNOWN) return shape;
  for (int i = 0; i < pattern->rank; i++) {
    const Size *size = &pattern->sizes[i];
    const int64_t known = size->name == NOBODY ? 0 : shapes->sizes[size->name];
    shape.dims[shape.rank++] = known == UNKNOWN ? UNKNOWN : known + size->plus;
  }
  return shape;
}
