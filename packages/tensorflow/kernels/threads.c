/*
 * Threads of our own: the C API does not lend a kernel those of TensorFlow, which sleep while one of ours runs. A step
 * has hundreds of short jobs, so who waits looks for a while before it sleeps, about as long as waking up would take.
 */
#include "foldwise.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { LOOKS = 2000 };

static pthread_mutex_t one_job = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static pthread_cond_t done = PTHREAD_COND_INITIALIZER;
static int helpers;

static struct {
  void (*work)(int64_t, void *);
  void *state;
  int64_t units;
  uint64_t number;
  int running;
} job;
static atomic_int_fast64_t next;
/* What can be seen of the job without its lock. */
static atomic_uint_fast64_t newest;
static atomic_int working;
/* Bytes that a helper did not get. */
static atomic_size_t missing;

static inline void pause_shortly(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void take_units(void (*work)(int64_t, void *), void *state, int64_t units) {
  for (int64_t unit; (unit = atomic_fetch_add(&next, 1)) < units;) work(unit, state);
}

static void *help(void *unused) {
  (void)unused;
  uint64_t seen = 0;
  for (;;) {
    for (int i = 0; i < LOOKS && atomic_load(&newest) == seen; i++) pause_shortly();
    pthread_mutex_lock(&lock);
    while (job.number == seen || job.work == NULL) {
      seen = job.number;
      pthread_cond_wait(&wake, &lock);
    }
    seen = job.number;
    atomic_store(&working, ++job.running);
    void (*work)(int64_t, void *) = job.work;
    void *state = job.state;
    const int64_t units = job.units;
    pthread_mutex_unlock(&lock);
    missing_bytes = 0;
    take_units(work, state, units);
    if (missing_bytes > 0) atomic_store(&missing, missing_bytes);
    pthread_mutex_lock(&lock);
    atomic_store(&working, --job.running);
    if (job.running == 0) pthread_cond_signal(&done);
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

void start_threads(int count) {
  for (int i = 1; i < count; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, help, NULL) != 0) return;
    pthread_detach(thread);
    helpers++;
  }
}

int thread_count(void) { return helpers + 1; }

void parallel(int64_t units, void (*work)(int64_t, void *), void *state) {
  if (helpers == 0 || units < 2 || pthread_mutex_trylock(&one_job) != 0) {
    for (int64_t unit = 0; unit < units; unit++) work(unit, state);
    return;
  }
  pthread_mutex_lock(&lock);
  job.work = work;
  job.state = state;
  job.units = units;
  atomic_store(&newest, ++job.number);
  atomic_store(&next, 0);
  atomic_store(&missing, 0);
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
  take_units(work, state, units);
  for (int i = 0; i < LOOKS && atomic_load(&working) > 0; i++) pause_shortly();
  pthread_mutex_lock(&lock);
  job.work = NULL; /* whoever wakes up now is late */
  while (job.running > 0) pthread_cond_wait(&done, &lock);
  pthread_mutex_unlock(&lock);
  if (atomic_load(&missing) > 0) missing_bytes = atomic_load(&missing);
  pthread_mutex_unlock(&one_job);
}
