#include "faces/http/accept.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever the header says, the language is one of ours, and a weight is none above the whole. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct str text = { (const char *)data, size };
    struct request req = { .arena = arena };

    VEC_PUSH(arena, &req.headers, (struct field){ STR("Accept-Language"), text });
    accept_language(&req);
    if ((req.lang != LANG_JA && req.lang != LANG_EN) || accept_weight(text) < 0 ||
        accept_weight(text) > 1000)
        abort();
    return 0;
}
