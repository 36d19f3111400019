/* Finds TensorFlow's libraries, which are loaded, and the functions of its C API in them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tensorflow.h"
#include <dlfcn.h>
#include <string.h>

#if defined(__APPLE__)
#include <mach-o/dyld.h>
#else
#include <link.h>
#endif

#define DEFINE(result, name, arguments) result(*name) arguments;
TENSORFLOW_FUNCTIONS(DEFINE)
#undef DEFINE

typedef struct {
  const char *name; /* what the file's name begins with */
  void *library;
} Search;

/* Takes a library if it is the one: a handle to what is loaded, without resolving what it has not called yet. */
static bool take_library(Search *search, const char *path) {
  const char *slash = path ? strrchr(path, '/') : NULL;
  if (!slash || strncmp(slash + 1, search->name, strlen(search->name)) != 0) return false;
  search->library = dlopen(path, RTLD_LAZY | RTLD_NOLOAD);
  return search->library != NULL;
}

#if defined(__APPLE__)
static void *loaded(const char *name) {
  Search search = {name, NULL};
  for (uint32_t i = 0; i < _dyld_image_count(); i++)
    if (take_library(&search, _dyld_get_image_name(i))) break;
  return search.library;
}
#else
static int look_at(struct dl_phdr_info *info, size_t size, void *search) {
  (void)size;
  return take_library(search, info->dlpi_name);
}

static void *loaded(const char *name) {
  Search search = {name, NULL};
  dl_iterate_phdr(look_at, &search);
  return search.library;
}
#endif

const char *find_tensorflow(void) {
  void *const cc = loaded("libtensorflow_cc."), *const framework = loaded("libtensorflow_framework.");
  void *symbol;
#define FIND(result, name, arguments)                     \
  symbol = cc ? dlsym(cc, #name) : NULL;                  \
  if (!symbol && framework) symbol = dlsym(framework, #name); \
  if (!symbol) return #name;                              \
  memcpy(&name, &symbol, sizeof symbol);
  TENSORFLOW_FUNCTIONS(FIND)
#undef FIND
  return NULL;
}
