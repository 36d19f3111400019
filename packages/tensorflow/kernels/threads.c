/* Threads of our own: the C API does not lend a kernel those of TensorFlow, which sleep while one of ours runs. */
#include "foldwise.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

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

static void take_units(void (*work)(int64_t, void *), void *state, int64_t units) {
  for (int64_t unit; (unit = atomic_fetch_add(&next, 1)) < units;) work(unit, state);
}

static void *help(void *unused) {
  (void)unused;
  uint64_t seen = 0;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (job.number == seen || job.work == NULL) {
      seen = job.number;
      pthread_cond_wait(&wake, &lock);
    }
    seen = job.number;
    job.running++;
    void (*work)(int64_t, void *) = job.work;
    void *state = job.state;
    const int64_t units = job.units;
    pthread_mutex_unlock(&lock);
    take_units(work, state, units);
    pthread_mutex_lock(&lock);
    if (--job.running == 0) pthread_cond_signal(&done);
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

void parallel(int64_t units, void (*work)(int64_t, void *), void *state) {
  if (helpers == 0 || units < 2 || pthread_mutex_trylock(&one_job) != 0) {
    for (int64_t unit = 0; unit < units; unit++) work(unit, state);
    return;
  }
  pthread_mutex_lock(&lock);
  job.work = work;
  job.state = state;
  job.units = units;
  job.number++;
  atomic_store(&next, 0);
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
  take_units(work, state, units);
  pthread_mutex_lock(&lock);
  job.work = NULL; /* whoever wakes up now is late */
  while (job.running > 0) pthread_cond_wait(&done, &lock);
  pthread_mutex_unlock(&lock);
  pthread_mutex_unlock(&one_job);
}
