/* Any bytes under any name: always an answer, and the name it gives is one that can stand in a header. */
#include "outside/inspect.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(8 << 20);
    size_t name_len = size > 0 ? data[0] % (size < 64 ? size : 64) : 0;
    struct str all = { (const char *)data, size };
    struct inspection out;

    inspect_file(str_drop(all, 1 + name_len), str_take(str_drop(all, 1), name_len), arena, &out);
    if (out.safe_name.len == 0 || !str_is_utf8(out.safe_name) ||
        !str_is_plain(out.safe_name, false))
        abort();
    if ((out.verdict == VERDICT_HELD) != (out.reasons != 0))
        abort();
    arena_free(arena);
    return 0;
}
