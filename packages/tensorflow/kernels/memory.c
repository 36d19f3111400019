/* Memory of calls and of threads, and sums by blocks. */
#include "foldwise.h"
#include <stdlib.h>
#include <string.h>

__thread size_t missing_bytes;

void *scratch(size_t bytes) {
  void *memory = bytes < SIZE_MAX - 128 ? aligned_alloc(64, (bytes + 63) / 64 * 64 + 64) : NULL;
  if (!memory) missing_bytes = bytes;
  return memory;
}

void *thread_scratch(size_t bytes) {
  static __thread void *memory;
  static __thread size_t size;
  if (bytes > size) {
    free(memory);
    memory = scratch(bytes);
    size = memory ? bytes : 0;
  }
  return memory;
}

void add_blocks(float *total, const float *partial, int64_t blocks, int64_t columns) {
  memset(total, 0, columns * sizeof(float));
  for (int64_t b = 0; b < blocks; b++)
    for (int64_t i = 0; i < columns; i++) total[i] += partial[b * columns + i];
}
