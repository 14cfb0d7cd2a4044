#include "domain/catalog/record.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever is read can be written, and what was written reads the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(CATALOG_WORK_MAX);
    struct buf first = buf_new(arena, CATALOG_RECORD_MAX), second = first;
    struct catalog_record record;
    struct err err = { 0 };

    if (!catalog_record_decode((struct str){ (const char *)data, size }, arena, &record, &err))
        return 0;
    if (!catalog_record_encode(&record, &first, &err) ||
        !catalog_record_decode(buf_str(&first), arena, &record, &err) ||
        !catalog_record_encode(&record, &second, &err) ||
        !str_eq(buf_str(&first), buf_str(&second)))
        abort();
    return 0;
}
