/* Work in blocks on several threads: whoever is free takes the next block. The threads are made once and wait
 * for the next work, as studies have some every few milliseconds. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/parallel.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { MOST = 256 };

typedef struct job {
    void (*work)(void *, size_t, unsigned);
    void *context;
    size_t blocks;
    atomic_size_t next;
} job;

/* What the threads wait for; they are numbered from 1, as whoever has the work is number 0. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t begun, ended;
    unsigned threads; /* that there are */
    unsigned wanted;  /* for the work in hand: those with the lowest numbers */
    unsigned at_work;
    unsigned long turn;
    job *job; /* NULL: nobody has any */
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER,
           .begun = PTHREAD_COND_INITIALIZER,
           .ended = PTHREAD_COND_INITIALIZER };

static void take_blocks(job *of, unsigned number) {
    for (size_t block; (block = atomic_fetch_add(&of->next, 1)) < of->blocks;)
        of->work(of->context, block, number);
}

static void *serve(void *own) {
    const unsigned number = (unsigned)(uintptr_t)own;
    unsigned long seen = 0;
    pthread_mutex_lock(&pool.lock);
    for (;;) {
        while (pool.turn == seen || number > pool.wanted)
            pthread_cond_wait(&pool.begun, &pool.lock);
        seen = pool.turn;
        job *of = pool.job;
        pthread_mutex_unlock(&pool.lock);
        take_blocks(of, number);
        pthread_mutex_lock(&pool.lock);
        if (--pool.at_work == 0) pthread_cond_signal(&pool.ended);
    }
    return NULL;
}

/* As many as can be had. Signals are for whoever has the work, so that these never meet any. */
static void make_threads(unsigned wanted) {
    pthread_t thread;
    sigset_t all, before;
    if (pool.threads >= wanted) return;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool.threads < wanted &&
           pthread_create(&thread, NULL, serve, (void *)(uintptr_t)(pool.threads + 1)) == 0) {
        pthread_detach(thread);
        pool.threads++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* False: the threads are at other work. */
static bool begin(job *of, unsigned helpers) {
    pthread_mutex_lock(&pool.lock);
    bool free = !pool.job;
    if (free) {
        make_threads(helpers);
        pool.wanted = pool.at_work = helpers < pool.threads ? helpers : pool.threads;
        pool.job = of;
        pool.turn++;
        pthread_cond_broadcast(&pool.begun);
    }
    pthread_mutex_unlock(&pool.lock);
    return free;
}

static void end(void) {
    pthread_mutex_lock(&pool.lock);
    while (pool.at_work)
        pthread_cond_wait(&pool.ended, &pool.lock);
    pool.job = NULL;
    pool.wanted = 0;
    pthread_mutex_unlock(&pool.lock);
}

void ve_parallel(unsigned threads, size_t blocks, void (*work)(void *context, size_t block, unsigned worker),
                 void *context) {
    job all = { .work = work, .context = context, .blocks = blocks };
    unsigned most = threads < MOST ? threads : MOST;
    size_t helpers = blocks < most ? blocks : most;
    bool begun = helpers > 1 && begin(&all, (unsigned)helpers - 1);
    take_blocks(&all, 0);
    if (begun) end();
}
