/* Elements of NVD's dictionary of CPE names and of its match criteria, from strangers. */
#include <stdlib.h>

#include "base/err.h"
#include "domain/catalog/cpe_names.h"
#include "formats/cpe/cpe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(CATALOG_WORK_MAX);
    struct cpe_entry entry;
    struct err err = { 0 };
    struct json json;
    struct cpe cpe;

    if (!json_read((struct str){ (const char *)data, size }, arena, &json, &err))
        return 0;
    if (!cpe_entry_from(json, arena, &entry, &err)) {
        if (err.code != ERR_CATALOG_RECORD)
            abort();
        return 0;
    }
    /* What is taken has an id, and a name that can be read. */
    if (entry.id.len == 0 || !cpe_parse(entry.name, arena, &cpe, &err))
        abort();
    return 0;
}
