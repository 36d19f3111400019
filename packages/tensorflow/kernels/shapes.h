/*
 * The shapes of an operation's operands and results, described once, beside their types: "i:a: T [m, k]". Where shapes are
 * inferred, sizes may be unknown; where the kernel runs, all are known. Both go by the same description.
 *
 * A pattern lists the sizes of the axes: a number, a name, whose size is the same wherever it occurs, or a name plus a
 * number. "..." are the leading axes, the same wherever they occur. "[n]?" may also be [0], for an operand that is not
 * given. An operand without a pattern has any shape, as those of lists do.
 */
#ifndef SHAPES_H
#define SHAPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UNKNOWN = -1, NOBODY = -1, MAX_RANK = 8, MAX_OPERANDS = 8, MAX_NAMES = 8, NAME_LENGTH = 16 };

/* As far as it is known. */
typedef struct {
  int rank;
  int64_t dims[MAX_RANK];
} Shape;

/* The number of a name, NOBODY for none, and what is added to its size. */
typedef struct {
  int name;
  int64_t plus;
} Size;

typedef struct {
  char name[NAME_LENGTH];
  bool shaped, leading, optional, list, typed; /* typed: of type T */
  int rank; /* without the leading axes */
  Size sizes[MAX_RANK];
} Pattern;

typedef struct {
  int inputs, outputs, names;
  Pattern in[MAX_OPERANDS], out[MAX_OPERANDS];
  char name[MAX_NAMES][NAME_LENGTH];
} Patterns;

/* What is known of the operands of one call, and what is wrong with them. */
typedef struct {
  const char *operation;
  const Patterns *patterns;
  const char *first; /* the first operand's shape, and the bytes from one to the next */
  size_t stride;
  int count;
  int64_t sizes[MAX_NAMES];
  int givers[MAX_NAMES]; /* the operands that have them, or NOBODY */
  Shape leading;
  int leading_giver;
  bool refused;
  char message[400];
} Shapes;

/* A shape for a message: "[2,3]". */
typedef struct {
  char at[160];
  size_t length;
} Phrase;
Phrase in_words(const Shape *shape);

/*
 * Reads a line "i:…" or "o:…" of a signature into the patterns, and what TensorFlow is to get of it into `specification`.
 * Returns NULL, or what is wrong with it.
 */
const char *read_pattern(Patterns *patterns, const char *line, char *specification, size_t size);

/* Compares all operands with their patterns; false after the first that does not fit, which is refused. */
bool fit_operands(Shapes *shapes);

/* Says what is wrong, after the operation's name; only the first counts. */
__attribute__((format(printf, 2, 3))) void refuse(Shapes *shapes, const char *format, ...);
/* The same of an operand: "a is [2,3], expected …". */
__attribute__((format(printf, 3, 4))) void refuse_operand(Shapes *shapes, int operand, const char *format, ...);

static inline const Shape *shape_of(const Shapes *shapes, int operand) {
  return (const Shape *)(shapes->first + operand * shapes->stride);
}
/* The size of a name, or UNKNOWN. */
int64_t size_of(const Shapes *shapes, const char *name);
/* Whether an operand is known to be given, and whether it is known not to be. */
bool is_given(const Shape *shape);
bool is_absent(const Shape *shape);
/* The shape of a result. */
Shape result_shape(const Shapes *shapes, int output);

#endif
