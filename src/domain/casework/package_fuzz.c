#include "domain/casework/package.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/record.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read is a record, and goes through an answer unharmed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)256 << 20);
    struct buf question = buf_new(arena, size + 64);
    struct package_notice n;
    struct err err = { 0 };
    struct str reply;

    record_put(&question, "bytes", (struct str){ (const char *)data, size });
    if (package_answer(buf_str(&question), arena, &reply, &err) &&
        !package_from_answer(reply, arena, &n, &err) && err.code != ERR_TOO_LARGE)
        abort();
    return 0;
}
