#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

/* Reads that hang on each other, all over more memory than the caches hold: nobody looks anything up faster. Prints reads a second. */
int bench_memory(int argc, char **argv)
{
    enum { COUNT_OF = 1 << 24, STEPS = 1 << 22 };
    uint32_t *next = malloc(sizeof *next * COUNT_OF), at = 0;
    uint64_t dice = 1;
    double start;

    (void)argc;
    (void)argv;
    for (uint32_t i = 0; i < COUNT_OF; i++)
        next[i] = i;
    for (uint32_t i = COUNT_OF - 1; i > 0; i--) { /* one circle (Sattolo) */
        uint32_t swap = next[i], other;

        dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        other = (uint32_t)((dice >> 33) % i);
        next[i] = next[other];
        next[other] = swap;
    }
    start = bench_now();
    for (size_t i = 0; i < STEPS; i++)
        at = next[at];
    printf("%.0f %u\n", STEPS / (bench_now() - start), at);
    free(next);
    return 0;
}
