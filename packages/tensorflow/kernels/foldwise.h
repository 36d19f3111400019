/*
 * What the kernels share: tensors, calls, memory, threads and registration. Shapes are in the signatures, by the names
 * that the TypeScript that calls the operations has, too.
 */
#ifndef FOLDWISE_H
#define FOLDWISE_H

#include "shapes.h"
#include "tensorflow.h"

/* A tensor as the kernels see it: [rows, columns], where the columns are the last axis. */
typedef struct {
  Shape shape; /* the first member: shapes of tensors are a list of shapes */
  void *data;
  int type;
  int64_t rows, columns, count;
  TF_Tensor *handle;
} Tensor;

/* The operands of an operation, where its shapes are inferred, and where it runs. */
typedef struct {
  Shapes shapes;
  int type;               /* of the operands of type T; 0 where it is not known */
  const void *attributes; /* what `create` made; NULL where shapes are inferred */
  const Tensor *in;       /* NULL where shapes are inferred */
} Operands;

/*
 * An operation. `signature` lists "i:input", "o:output", "a:attribute" as TensorFlow has them, with the shapes of inputs and
 * outputs (shapes.h). A kernel runs once its operands fit them, and its outputs are there.
 */
typedef struct {
  const char *name;
  const char *signature[20];
  /* What else there is to check, which may be NULL: of what is known only, since it runs where shapes are inferred as well. */
  void (*check)(Operands *operands);
  void *(*create)(TF_OpKernelConstruction *);
  void (*compute)(Operands *operands, const Tensor *out);
  bool stateful;
  Patterns patterns; /* read from the signature */
} Operation;

/* Runs the kernel of an operation, or reports what is wrong with its operands. */
void run(const Operation *operation, void *attributes, TF_OpKernelContext *context);
/* Infers the shapes of its results, or reports the same. */
void infer(const Operation *operation, TF_ShapeInferenceContext *context, TF_Status *status);
/* Failures are kept for foldwise_start. */
void register_operation(Operation *operation, void (*compute)(void *, TF_OpKernelContext *),
                        void (*shape)(TF_ShapeInferenceContext *, TF_Status *));

/* Registers an operation; TensorFlow hands its functions nothing that would tell them which it is. */
#define REGISTER(operation) register_operation(&operation, operation##_run, operation##_infer)
/* What REGISTER needs. */
#define OPERATION(operation)                                                                                                  \
  static void operation##_run(void *attributes, TF_OpKernelContext *context) { run(&operation, attributes, context); }      \
  static void operation##_infer(TF_ShapeInferenceContext *context, TF_Status *status) { infer(&operation, context, status); }

/* Where sequences start: ascending from 0, none longer than `longest`, the last one's end within the rows. */
void check_starts(Operands *operands, int operand, int64_t rows, int64_t longest);

/*
 * Memory for the time of a call; 64-byte aligned, not zeroed. NULL where there is none, and then the call fails at its end,
 * whichever of its threads found that out, so that work without memory may just return.
 */
void *scratch(size_t bytes);
/* The calling thread's own memory, 64-byte aligned, not zeroed; the next call of the thread takes the same. */
void *thread_scratch(size_t bytes);
/* The bytes that the calling thread, or one that worked for it, did not get since it was 0. */
extern __thread size_t missing_bytes;

/* Has the system provide memory that nothing was written to yet, at once and by all threads: page by page takes it twice as long. */
void provide(void *memory, size_t bytes);

/* Zeroed attributes of a node that a kernel is made for; the node fails without memory, as it does below. */
void *new_attributes(TF_OpKernelConstruction *construction, size_t size);
/* An attribute of the node; a node without it fails. */
float float_attribute(TF_OpKernelConstruction *construction, const char *name);
int64_t int_attribute(TF_OpKernelConstruction *construction, const char *name);
/* The rate of a dropout; a node whose rate is not from 0 to below 1 fails. */
float rate_attribute(TF_OpKernelConstruction *construction);

/* Runs work(0..units) on the engine's threads; which thread runs which unit is not fixed. */
void parallel(int64_t units, void (*work)(int64_t unit, void *state), void *state);
void start_threads(int count);
int thread_count(void);

/* Column sums of a matrix whose rows come in blocks: deterministic, whatever the number of threads. */
enum { BLOCK_ROWS = 64 };
static inline int64_t blocks_of(int64_t rows) { return (rows + BLOCK_ROWS - 1) / BLOCK_ROWS; }
/* total[columns] = sum over blocks of partial[block][columns] */
void add_blocks(float *total, const float *partial, int64_t blocks, int64_t columns);

#endif
