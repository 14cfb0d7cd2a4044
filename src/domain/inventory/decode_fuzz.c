#include "base/err.h"
#include "domain/inventory/component.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1024U << 20);
    struct inventory inventory;
    struct err err = { 0 };

    if (!inventory_decode((struct str){ (const char *)data, size }, arena, &inventory, &err))
        return 0;
    for (size_t i = 0; i < inventory.dependencies.len; i++)
        if (inventory.dependencies.at[i].to >= inventory.components.len)
            abort();
    for (size_t i = 0; i < inventory.components.len; i++)
        if (!str_is_utf8(inventory.components.at[i].name))
            abort();
    return 0;
}
