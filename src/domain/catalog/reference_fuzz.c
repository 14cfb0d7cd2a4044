/* Entries of CWE in both forms, from strangers: what is understood can be kept and comes back. */
#include <stdlib.h>

#include "base/err.h"
#include "base/shape.h"
#include "domain/catalog/reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(CATALOG_WORK_MAX);
    struct buf buf = buf_new(arena, CATALOG_RECORD_MAX);
    struct catalog_weakness weakness, again = { 0 };
    enum reference_form form;
    struct err err = { 0 };
    struct json json;

    if (!json_read((struct str){ (const char *)data, size }, arena, &json, &err) ||
        !reference_is_weakness(json, &form))
        return 0;
    if (!reference_weakness_from(json, form, arena, &weakness, &err)) {
        if (err.code != ERR_CATALOG_RECORD)
            abort();
        return 0;
    }
    if (!shape_write(reference_shape(form), &weakness, &reference_limits, &buf, &err))
        return 0; /* larger than is kept */
    if (!shape_read(reference_shape(form), buf_str(&buf), &reference_limits, arena, &again))
        abort();
    return 0;
}
