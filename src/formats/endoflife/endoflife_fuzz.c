#include "base/err.h"
#include "formats/endoflife/endoflife.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str text = { (const char *)data, size };
    struct endoflife told;
    struct err err = { 0 };
    struct json json;

    if (endoflife_read_page(text, arena, &told, &err) && told.title.len == 0)
        __builtin_trap();
    if (!json_read(text, arena, &json, &err) || !endoflife_read_json(json, arena, &told, &err))
        return 0;
    for (size_t i = 0; i < told.cycles.len; i++)
        if (told.cycles.at[i].name.len == 0)
            __builtin_trap();
    return 0;
}
