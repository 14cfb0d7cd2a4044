/* bench/matching/bench.h: the parts of the benchmark's program. */
#pragma once
#include "domain/matching/match.h"

enum { BENCH_ARENA = 1 << 30, BENCH_FILE = 1 << 28 };

/* Records of a packed JSONL file, one by one: "nvd", "cve", "osv". The record lives until the next call. */
typedef void bench_take(void *of, const struct catalog_record *record);
void bench_read(const char *format, const char *path, bench_take *take, void *of);

int bench_build(int argc, char **argv);
int bench_speed(int argc, char **argv);
int bench_answer(int argc, char **argv);
int bench_slow(int argc, char **argv);
int bench_memory(int argc, char **argv);

double bench_now(void);
struct str bench_file(const char *path, struct arena *arena);
struct matching_index *bench_open(const char *path);
void bench_fail(const char *what, const struct err *err);
