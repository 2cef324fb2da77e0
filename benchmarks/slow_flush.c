/* benchmarks/slow_flush.c — makes every flush to disk take as long as on a plain office disk; for the benchmark alone.
 *
 * Put before a server by LD_PRELOAD. SLOW_FLUSH_US is the time added to each flush, SLOW_FLUSH_COUNTED a file of two
 * 64-bit numbers: how many flushes, and how many nanoseconds they took together.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static volatile uint64_t *counted;
static long micros;

__attribute__((constructor)) static void open_counter(void) {
    const char *path = getenv("SLOW_FLUSH_COUNTED"), *wait = getenv("SLOW_FLUSH_US");
    micros = wait ? atol(wait) : 0;
    int file = path ? open(path, O_RDWR) : -1;
    if (file < 0) return;
    void *shared = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared != MAP_FAILED) counted = shared;
}

static uint64_t nanoseconds(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (uint64_t)at.tv_sec * 1000000000u + (uint64_t)at.tv_nsec;
}

static void rest(void) {
    struct timespec left = {micros / 1000000, (micros % 1000000) * 1000};
    while (nanosleep(&left, &left) != 0) { }
}

static int note(uint64_t began, int outcome) {
    if (counted) {
        __atomic_fetch_add(&counted[0], 1, __ATOMIC_RELAXED);
        __atomic_fetch_add(&counted[1], nanoseconds() - began, __ATOMIC_RELAXED);
    }
    return outcome;
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    uint64_t began = nanoseconds();
    rest();
    return note(began, real(file));
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    uint64_t began = nanoseconds();
    rest();
    return note(began, real(file));
}

int sync_file_range(int file, off64_t from, off64_t length, unsigned int flags) {
    static int (*real)(int, off64_t, off64_t, unsigned int);
    if (!real) real = (int (*)(int, off64_t, off64_t, unsigned int))dlsym(RTLD_NEXT, "sync_file_range");
    uint64_t began = nanoseconds();
    rest();
    return note(began, real(file, from, length, flags));
}
