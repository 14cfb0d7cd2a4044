#include "base/err.h"
#include "formats/cyclonedx/cyclonedx.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct cyclonedx *document)
{
    for (size_t i = 0; i < document->components.len; i++)
        if (!document->components.at[i].name.ptr || document->components.at[i].parent > i)
            abort();
    for (size_t i = 0; i < document->dependencies.len; i++)
        if (str_is_empty(document->dependencies.at[i].ref))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
    struct str text = { (const char *)data, size };
    struct cyclonedx document;
    struct err err = { 0 };

    if (cyclonedx_read_json(text, arena, &document, &err) ||
        cyclonedx_read_xml(text, arena, &document, &err))
        check(&document);
    else if (err.code == ERR_NONE)
        abort();
    return 0;
}
