/* bench/inventory/inventory.c: how long a list of components takes on one core, from its bytes to an inventory and to the bytes that the matcher gets;
 * beside it the parsing of the same JSON by yyjson alone, which nobody who reads it can go without. */
#include <stdio.h>
#include <time.h>
#include <yyjson.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fs.h"
#include "domain/inventory/read.h"

enum { FILE_MAX = 32 << 20, ROUNDS = 15 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double least(double a, double b) { return a < b ? a : b; }

/* FILE: prints "COMPONENTS BYTES SECONDS_TO_READ SECONDS_TO_ENCODE_AND_DECODE SECONDS_OF_PARSING", the best of the rounds. */
int main(int argc, char **argv)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(FILE_MAX * 2);
    double read = 1e9, coded = 1e9, parsed = 1e9;
    struct err err = { 0 };
    size_t components = 0;
    struct str text;

    if (argc != 2 || !fs_read_whole(argv[1], FILE_MAX, arena, &text, &err))
        return 1;
    for (int i = 0; i < ROUNDS; i++) {
        CLEANUP(arena_free_var) struct arena *inner = arena_new(1U << 30);
        struct inventory inventory, again;
        struct buf buf = buf_new(inner, 64 << 20);
        double start = now(), middle, end;

        if (!inventory_read(text, str_from_z(argv[1]), NULL, inner, &inventory, &err))
            return 2;
        middle = now();
        if (!inventory_encode(&inventory, &buf, &err) ||
            !inventory_decode(buf_str(&buf), inner, &again, &err))
            return 3;
        end = now();
        read = least(read, middle - start);
        coded = least(coded, end - middle);
        components = again.components.len;
        start = now();
        yyjson_doc_free(yyjson_read(text.ptr, text.len, 0));
        parsed = least(parsed, now() - start);
    }
    printf("%zu %zu %.6f %.6f %.6f\n", components, text.len, read, coded, parsed);
    return 0;
}
