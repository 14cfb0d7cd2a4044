/* Bytes from another process: what is valid prints to the same bytes again; nothing reads past the
 * end. */
#include "base/record.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct str record = { (const char *)data, size }, rest = record, name, value, again = STR_NONE;
    struct buf buf = buf_new(arena, size + 1);
    struct err err = { 0 };

    while (record_next(&rest, &name, &value))
        record_put(&buf, arena_z(arena, name), value);
    if (record_is_valid(record)) {
        if (!buf_done(&buf, &again, &err) || !str_eq(again, record))
            abort();
    }
    (void)record_get_int(record, "a", 0);
    (void)record_get_nth(record, "a", 3, &value);
    return 0;
}
