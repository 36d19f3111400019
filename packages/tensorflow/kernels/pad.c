/*
 * FoldwisePad: sequences whose rows follow one another get equally many places each, zeros behind their rows; and
 * FoldwiseUnpad, its gradient, the way back. Rows behind the last sequence belong to none, and are zero on the way back;
 * starts: each sequence's first row, then the end of the last; like: read for its shape.
 */
#include "foldwise.h"
#include <string.h>

typedef struct {
  const Tensor *from, *to, *starts;
  int64_t places, bytes; /* of a row */
} State;

static char *row_of(const State *s, const Tensor *tensor, int64_t row) { return (char *)tensor->data + row * s->bytes; }

/* Copies the rows of a sequence to their places. */
static void pad_sequence(int64_t sequence, void *opaque) {
  const State *s = opaque;
  const int32_t *start = (const int32_t *)s->starts->data + sequence;
  const int64_t tokens = start[1] - start[0];
  memcpy(row_of(s, s->to, sequence * s->places), row_of(s, s->from, start[0]), tokens * s->bytes);
  memset(row_of(s, s->to, sequence * s->places + tokens), 0, (s->places - tokens) * s->bytes);
}

static void unpad_sequence(int64_t sequence, void *opaque) {
  const State *s = opaque;
  const int32_t *start = (const int32_t *)s->starts->data + sequence;
  memcpy(row_of(s, s->to, start[0]), row_of(s, s->from, sequence * s->places), (start[1] - start[0]) * s->bytes);
}

static void pad(Operands *operands, const Tensor *out) {
  const Tensor *x = &operands->in[0], *starts = &operands->in[1];
  State state = {x, out, starts, out->shape.dims[1], x->columns * (x->type == BFLOAT16 ? 2 : 4)};
  parallel(starts->count - 1, pad_sequence, &state);
}

static void unpad(Operands *operands, const Tensor *out) {
  const Tensor *x = &operands->in[0], *starts = &operands->in[1];
  State state = {x, out, starts, x->shape.dims[1], x->columns * (x->type == BFLOAT16 ? 2 : 4)};
  parallel(starts->count - 1, unpad_sequence, &state);
  const int64_t end = ((const int32_t *)starts->data)[starts->count - 1];
  memset(row_of(&state, out, end), 0, (out->rows - end) * state.bytes);
}

static void check(Operands *operands) {
  check_starts(operands, 1, size_of(&operands->shapes, "rows"), size_of(&operands->shapes, "places"));
}

static Operation padding = {"FoldwisePad",
                            {"i:x: T [1, rows, width]", "i:starts: int32 [sequences+1]", "i:like: int32 [sequences, places]",
                             "o:y: T [sequences, places, width]", "a:T: {float, bfloat16}"},
                            .check = check,
                            .compute = pad};
static Operation back = {"FoldwiseUnpad",
                         {"i:x: T [sequences, places, width]", "i:starts: int32 [sequences+1]", "i:like: int32 [1, rows]",
                          "o:y: T [1, rows, width]", "a:T: {float, bfloat16}"},
                         .check = check,
                         .compute = unpad};
OPERATION(padding)
OPERATION(back)

void register_pad(void) {
  REGISTER(padding);
  REGISTER(back);
}
