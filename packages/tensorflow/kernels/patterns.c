/* Reads the patterns of shapes (shapes.h) out of the lines of an operation's signature, once, when it is registered. */
#include "shapes.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_spaces(const char *at) {
  while (*at == ' ') at++;
  return at;
}

/* The number of a name, a new one where it is new; NOBODY where there are too many. */
static int number_of(Patterns *patterns, const char *name, size_t length) {
  for (int i = 0; i < patterns->names; i++)
    if (strncmp(patterns->name[i], name, length) == 0 && patterns->name[i][length] == 0) return i;
  if (patterns->names == MAX_NAMES || length >= NAME_LENGTH) return NOBODY;
  memcpy(patterns->name[patterns->names], name, length);
  return patterns->names++;
}

/* One size, from `at` on: "3", "n" or "n+1". Returns what follows, NULL where it is none. */
static const char *read_size(Patterns *patterns, const char *at, Size *size) {
  char *end = (char *)at;
  *size = (Size){NOBODY, 0};
  if (isalpha((unsigned char)*at)) {
    while (isalnum((unsigned char)*end) || *end == '_') end++;
    size->name = number_of(patterns, at, end - at);
    if (size->name == NOBODY) return NULL;
    if (*end == '+') size->plus = strtoll(end + 1, &end, 10);
    return end;
  }
  size->plus = strtoll(at, &end, 10);
  return end > at ? end : NULL;
}

static bool read_sizes(Patterns *patterns, const char *at, Pattern *pattern) {
  pattern->shaped = true;
  at = skip_spaces(at + 1);
  if (strncmp(at, "...", 3) == 0) {
    pattern->leading = true;
    at = skip_spaces(at + 3);
    if (*at == ',') at = skip_spaces(at + 1);
  }
  while (*at != ']') {
    if (pattern->rank == MAX_RANK || !(at = read_size(patterns, at, &pattern->sizes[pattern->rank++]))) return false;
    at = skip_spaces(at);
    if (*at == ',') at = skip_spaces(at + 1);
  }
  pattern->optional = at[1] == '?';
  return true;
}

const char *read_pattern(Patterns *patterns, const char *line, char *specification, size_t size) {
  int *const count = *line == 'i' ? &patterns->inputs : &patterns->outputs;
  if (*count == MAX_OPERANDS) return "it has too many operands or results";
  Pattern *const pattern = (*line == 'i' ? patterns->in : patterns->out) + (*count)++;
  const char *const name = line + 2, *const colon = strchr(name, ':'), *const bracket = strchr(name, '[');
  size_t length = bracket ? (size_t)(bracket - name) : strlen(name);
  while (length > 0 && name[length - 1] == ' ') length--;
  if (!colon || colon - name >= NAME_LENGTH || length >= size) return "a line of its signature is not of the form \"i:name: type [sizes]\"";
  memcpy(pattern->name, name, colon - name);
  snprintf(specification, size, "%.*s", (int)length, name);
  pattern->list = strchr(specification, '*') != NULL;
  pattern->typed = strcmp(skip_spaces(specification + (colon - name) + 1), "T") == 0;
  if (bracket && !read_sizes(patterns, bracket, pattern)) return "a pattern of its signature is not one";
  return NULL;
}
