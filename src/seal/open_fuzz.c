/* Sealed bytes from a damaged or hostile file: refused without a fault; what we sealed ourselves
 * opens again. */
#include "seal/seal.h"

#include "base/err.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct str bytes = { (const char *)data, size }, out = STR_NONE;
    struct seal_key key = { { 1, 2, 3 } }, unwrapped;
    struct seal_box_keys box;
    struct err err = { 0 };

    if (!seal_start(&err))
        abort();
    box = seal_box_keys_from(&key);
    if (seal_open(&key, STR("about"), bytes, arena, &out, &err) ||
        seal_unwrap(&key, STR("about"), bytes, &unwrapped, &err))
        abort(); /* a forgery */
    if (seal_box_open(&box, bytes, arena, &out, &err) && out.len + SEAL_BOX_OVERHEAD != size)
        abort();
    if (!seal_open(&key, bytes, seal_text(&key, bytes, bytes, arena), arena, &out, &err) ||
        !str_eq(out, bytes))
        abort();
    return 0;
}
