/* domain/catalog/from_fuzzing.h: what the fuzz targets of the readers share. */
#pragma once
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/catalog/from.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is understood can be kept and comes back; what is not has a reason. */
static inline int fuzz_from(catalog_from *from, const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(CATALOG_WORK_MAX);
    struct buf buf = buf_new(arena, CATALOG_RECORD_MAX);
    struct catalog_record record;
    struct err err = { 0 };
    struct json json;

    if (!json_read((struct str){ (const char *)data, size }, arena, &json, &err))
        return 0;
    if (!from(json, arena, &record, &err)) {
        if (err.code != ERR_CATALOG_RECORD)
            abort();
        return 0;
    }
    if (!catalog_record_encode(&record, &buf, &err)) {
        if (err.code != ERR_NOT_UTF8 && err.code != ERR_TOO_LARGE)
            abort();
        return 0;
    }
    if (!catalog_record_decode(buf_str(&buf), arena, &record, &err))
        abort();
    return 0;
}
