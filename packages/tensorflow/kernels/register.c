/*
 * Registers all operations of the library when TensorFlow loads it (TF_LoadLibrary), which reports a definition that it
 * refuses to its caller; where a definition is registered later, TensorFlow ends the process.
 */
#include "foldwise.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

void register_convert(void);
void register_gelu(void);
void register_norm(void);
void register_dropout(void);
void register_attention(void);
void register_attention_grad(void);
void register_pad(void);
void register_squares(void);
void register_embedding(void);
void register_adam_w(void);
void register_recurrence(void);
int register_product(void);

enum { MOST_OPERATIONS = 40 };

static const char *registered[MOST_OPERATIONS];
static int count, products;
/* The first thing that went wrong. */
static char failure[600];

static void fail(const char *what, const char *message) {
  if (!failure[0]) snprintf(failure, sizeof failure, "%s: %s", what, message);
}

void register_operation(Operation *operation, void (*compute)(void *, TF_OpKernelContext *),
                        void (*shape)(TF_ShapeInferenceContext *, TF_Status *)) {
  if (count == MOST_OPERATIONS) {
    fail(operation->name, "there are more operations than register.c has room for");
    return;
  }
  registered[count++] = operation->name;
  TF_Status *status = TF_NewStatus();
  void *definition = TF_NewOpDefinitionBuilder(operation->name);
  for (const char *const *line = operation->signature; *line; line++) {
    char specification[64];
    const char *wrong = **line == 'a' ? NULL : read_pattern(&operation->patterns, *line, specification, sizeof specification);
    if (wrong) fail(operation->name, wrong);
    if (**line == 'i') TF_OpDefinitionBuilderAddInput(definition, specification);
    if (**line == 'o') TF_OpDefinitionBuilderAddOutput(definition, specification);
    if (**line == 'a') TF_OpDefinitionBuilderAddAttr(definition, *line + 2);
  }
  if (operation->stateful) TF_OpDefinitionBuilderSetIsStateful(definition, true);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, shape);
  TF_RegisterOpDefinition(definition, status);
  if (TF_GetCode(status) != 0) fail(operation->name, TF_Message(status));
  TF_SetStatus(status, 0, "");
  void *kernel = TF_NewKernelBuilder(operation->name, "CPU", operation->create, compute, free);
  TF_RegisterKernelBuilder(operation->name, kernel, status);
  if (TF_GetCode(status) != 0) fail(operation->name, TF_Message(status));
  TF_DeleteStatus(status);
}

__attribute__((constructor)) static void register_all(void) {
  const char *missing = find_tensorflow();
  if (missing) {
    snprintf(failure, sizeof failure, "This libtensorflow has no %s, which the fused kernels call.", missing);
    return;
  }
  register_convert();
  register_gelu();
  register_norm();
  register_dropout();
  register_attention();
  register_attention_grad();
  register_pad();
  register_squares();
  register_embedding();
  register_adam_w();
  register_recurrence();
  products = register_product();
}

/* Definitions are taken after the library is loaded, all or those before the first that is refused. */
static void look_for_operations(void) {
  TF_Graph *graph = TF_NewGraph();
  TF_Status *status = TF_NewStatus();
  for (int i = 0; i < count && !failure[0]; i++) {
    TF_Buffer *definition = TF_NewBuffer();
    TF_GraphGetOpDef(graph, registered[i], definition, status);
    if (TF_GetCode(status) != 0) fail(registered[i], TF_Message(status));
    TF_DeleteBuffer(definition);
  }
  TF_DeleteStatus(status);
  TF_DeleteGraph(graph);
}

/* The types of FoldwiseProduct and its kin: 1 for float32, 2 for bfloat16, 3 for both, 0 where there are none. */
int foldwise_products(void) { return products; }

/* Starts the threads. Returns NULL, or a sentence on what kept an operation from being registered. */
const char *foldwise_start(int threads) {
  static atomic_bool started; /* by another thread of JavaScript */
  if (!failure[0]) look_for_operations();
  if (failure[0]) return failure;
  if (!atomic_exchange(&started, true)) start_threads(threads);
  return NULL;
}
