#include "domain/catalog/bits.h"

/* The same twice, as what the processor can do decides when it runs: one instruction a word, or a dozen. */
#define COMMON(a, b, count)                                           \
    do {                                                              \
        for (size_t i = 0; i < bits_words(a.count); i++)              \
            count += (size_t)__builtin_popcountll(a.at[i] & b.at[i]); \
    } while (0)

#if defined(__x86_64__)
__attribute__((target("popcnt"))) static size_t common_quickly(struct bits a, struct bits b)
{
    size_t count = 0;

    COMMON(a, b, count);
    return count;
}
#endif

size_t bits_common(struct bits a, struct bits b)
{
    size_t count = 0;

#if defined(__x86_64__)
    if (__builtin_cpu_supports("popcnt"))
        return common_quickly(a, b);
#endif
    COMMON(a, b, count);
    return count;
}
