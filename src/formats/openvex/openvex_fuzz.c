/* What is read prints, and reads again to the same text. */
#include "formats/openvex/openvex.h"

#include "base/err.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str again(struct str text, struct arena *arena)
{
    struct openvex_document document;
    struct buf buf = buf_new(arena, 8 << 20);
    struct json json;
    struct str out;
    struct err err = { 0 };

    if (!json_read(text, arena, &json, &err) || !openvex_read(json, arena, &document, &err))
        return STR_NONE;
    openvex_write(&document, &buf);
    return buf_done(&buf, &out, &err) ? out : STR_NONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str once = again((struct str){ (const char *)data, size }, arena);

    if (once.len > 0 && !str_eq(once, again(once, arena)))
        abort();
    return 0;
}
