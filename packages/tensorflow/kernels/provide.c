/* Memory that the system provides before it is written to, on Linux. */
#if defined(__linux__)
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/mman.h>
#include <unistd.h>
#endif
#include "foldwise.h"

#if defined(__linux__)

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14; older ones refuse it, and provide pages as they are written to */
#endif

/* What a thread provides at a time; memory of fewer bytes takes no time worth a call. */
enum { PART = 1 << 18 };

typedef struct {
  char *first, *last;
} Range;

static void provide_part(int64_t part, void *opaque) {
  const Range *range = opaque;
  char *from = range->first + part * PART;
  const ptrdiff_t left = range->last - from;
  madvise(from, left < PART ? left : PART, MADV_POPULATE_WRITE);
}

static bool is_there(char *page, size_t size) {
  unsigned char there = 1;
  return mincore(page, size, &there) != 0 || (there & 1);
}

void provide(void *memory, size_t bytes) {
  if (bytes < PART) return;
  const uintptr_t size = sysconf(_SC_PAGESIZE), start = (uintptr_t)memory;
  Range range = {(char *)((start + size - 1) / size * size), (char *)((start + bytes) / size * size)};
  /* Of memory that was in use before, all is there, as a rule. */
  if (is_there(range.first + (range.last - range.first) / size / 2 * size, size) && is_there(range.last - size, size)) return;
  parallel((range.last - range.first + PART - 1) / PART, provide_part, &range);
}

#else

void provide(void *memory, size_t bytes) {
  (void)memory;
  (void)bytes;
}

#endif
