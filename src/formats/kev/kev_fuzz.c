#include "base/err.h"
#include "formats/kev/kev.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct kev_catalog catalog;
    struct err err = { 0 };
    struct json json;

    if (!kev_read((struct str){ (const char *)data, size }, arena, &catalog, &err))
        return 0;
    for (struct json_iter i = json_iter(catalog.items); json_next(&i, NULL, &json);) {
        struct kev_item item;

        if (kev_item_read(json, arena, &item, &err) && item.cve.len == 0)
            __builtin_trap();
    }
    return 0;
}
