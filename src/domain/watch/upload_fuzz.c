/* Any answer of the worker that is a record: refused, or products that may be kept. */
#include <stdlib.h>

#include "base/err.h"
#include "base/record.h"
#include "domain/watch/upload.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str reply = { (const char *)data, size };
    struct watch_upload found;
    struct err err = { 0 };

    if (!record_is_valid(reply) || !watch_from_answer(reply, arena, &found, &err))
        return 0;
    for (size_t i = 0; i < found.keys.len; i++)
        if (found.keys.at[i].len == 0 || !str_is_plain(found.keys.at[i], false) ||
            str_index(found.keys.at[i], ':') == found.keys.at[i].len)
            abort();
    return 0;
}
