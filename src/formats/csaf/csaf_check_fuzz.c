#include "base/err.h"
#include "formats/csaf/csaf_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const struct csaf_result *result)
{
    for (size_t i = 0; i < result->findings.len; i++)
        if (result->findings.at[i].test.len == 0 || !result->findings.at[i].message)
            __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
    struct csaf_result result;
    struct err err = { 0 };
    struct json json;

    if (!json_read((struct str){ (const char *)data, size }, arena, &json, &err))
        return 0;
    csaf_check(json, arena, &result);
    look(&result);
    csaf_advise(json, arena, &result);
    look(&result);
    return 0;
}
