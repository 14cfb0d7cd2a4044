#include "base/err.h"
#include "formats/json/json.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t walk(struct json json, unsigned depth)
{
    size_t count = 1;
    struct str key;
    struct json value;

    if (depth > JSON_DEPTH_MAX)
        abort();
    for (struct json_iter i = json_iter(json); json_next(&i, &key, &value);)
        count += walk(value, depth + 1) + key.len;
    return count + json_text(json).len + (size_t)(json_int(json, 0) == 1) +
           (size_t)(json_number(json, 0) > 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct err err = { 0 };
    struct json json;

    if (json_read((struct str){ (const char *)data, size }, arena, &json, &err) &&
        walk(json, 0) == 0)
        abort();
    return 0;
}
