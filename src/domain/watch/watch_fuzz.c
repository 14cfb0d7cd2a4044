/* Any file of a watch: what is read is written, and reads again to the same bytes. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/watch/watch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct buf first = buf_new(arena, 32 << 20), second = buf_new(arena, 32 << 20);
    struct watch watch;
    struct err err = { 0 };

    if (!watch_read((struct str){ (const char *)data, size }, arena, &watch, &err))
        return 0;
    watch_write(&watch, &first);
    if (!watch_read(buf_str(&first), arena, &watch, &err))
        abort();
    watch_write(&watch, &second);
    if (!str_eq(buf_str(&first), buf_str(&second)))
        abort();
    return 0;
}
