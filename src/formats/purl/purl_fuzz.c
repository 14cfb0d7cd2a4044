#include "base/err.h"
#include "formats/purl/purl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What parses has a canonical text, and that text is its own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct purl purl = { 0 }, again = { 0 };
    struct str text, text_again;
    struct err err = { 0 };

    if (!purl_parse((struct str){ (const char *)data, size }, arena, &purl, &err))
        return 0;
    if (!purl_text(&purl, arena, &text, &err))
        __builtin_trap();
    if (text.len > PURL_TEXT_MAX)
        return 0;
    if (!purl_parse(text, arena, &again, &err) || !purl_text(&again, arena, &text_again, &err) ||
        !str_eq(text, text_again))
        __builtin_trap();
    return 0;
}
