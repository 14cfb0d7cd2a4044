/* Codes as people type them: what is accepted is in the one shape, and stays itself when typed
 * again. */
#include "seal/seal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct str typed = { (const char *)data, size };
    struct str code = code_normal(arena, typed, 2, 4);

    if (code.ptr &&
        (code.len != 9 || code.ptr[4] != '-' || !str_eq(code_normal(arena, code, 2, 4), code)))
        abort();
    (void)public_id_is(typed);
    return 0;
}
