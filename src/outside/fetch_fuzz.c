/* Any file of checksums, asked for any name: nothing, or 64 or 128 hex digits in lower case. */
#include "outside/fetch.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(8 << 20);
    size_t name_len = size > 0 ? data[0] % (size < 32 ? size : 32) : 0;
    struct str all = { (const char *)data, size };
    struct str sum =
        fetch_sum_for(str_drop(all, 1 + name_len), str_take(str_drop(all, 1), name_len), arena);

    if (sum.len != 0 && sum.len != 64 && sum.len != 128)
        abort();
    for (size_t i = 0; i < sum.len; i++)
        if (!(sum.ptr[i] >= '0' && sum.ptr[i] <= '9') && !(sum.ptr[i] >= 'a' && sum.ptr[i] <= 'f'))
            abort();
    arena_free(arena);
    return 0;
}
