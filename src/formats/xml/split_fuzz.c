#include <stdlib.h>

#include "formats/xml/split_testing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Part by part a document says the same as whole, and neither way reads what the other refuses; but for limits, which count for each part. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 30);
    struct str text = { (const char *)data, size };
    struct buf whole = buf_new(arena, 256 << 20), parts = buf_new(arena, 256 << 20);
    const struct xml_node *root;
    struct err err = { 0 }, again = { 0 };
    bool is_read = xml_read(text, arena, &root, &err);
    bool is_split = split_tell_parts(text, size > 0 ? 1 + data[size / 2] % 64 : 1, &parts, &again);

    if (!is_read && err.code != ERR_TOO_LARGE && is_split)
        abort();
    if (!is_read)
        return 0;
    split_tell_whole(root, &whole);
    if (!is_split || !str_eq(buf_str(&whole), buf_str(&parts)))
        abort();
    return 0;
}
