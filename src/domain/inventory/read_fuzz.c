#include "base/buf.h"
#include "base/err.h"
#include "domain/inventory/read.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct inventory *inventory, struct arena *arena)
{
    struct buf buf = buf_new(arena, 64 << 20);
    struct inventory again;
    struct err err = { 0 };

    for (size_t i = 0; i < inventory->dependencies.len; i++)
        if (inventory->dependencies.at[i].from >= inventory->components.len ||
            inventory->dependencies.at[i].to >= inventory->components.len)
            abort();
    for (size_t i = 0; i < inventory->components.len; i++)
        if (str_is_empty(inventory->components.at[i].ref) &&
            !str_is_empty(inventory->components.at[i].name))
            abort();
    if (!inventory_encode(inventory, &buf, &err) ||
        !inventory_decode(buf_str(&buf), arena, &again, &err) ||
        again.components.len != inventory->components.len ||
        again.problems.len != inventory->problems.len)
        abort();
}

/* The first byte chooses the format, so that each reader is reached whatever the recogniser thinks. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
    struct inventory_options options = { 0 };
    struct inventory inventory;
    struct err err = { 0 };

    if (size == 0)
        return 0;
    options.format = (enum inventory_format)(data[0] % INVENTORY_FORMATS);
    if (inventory_read((struct str){ (const char *)data + 1, size - 1 }, STR_NONE, &options, arena,
                       &inventory, &err))
        check(&inventory, arena);
    else if (err.code == ERR_NONE)
        abort();
    return 0;
}
