#include "base/err.h"
#include "formats/vers/vers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read, loosely, prints as what is canonical, and that reads and prints as itself and holds the same versions. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct str text = { (const char *)data, size };
    struct vers vers, again;
    struct err err = { 0 };
    struct str canonical;

    if (!vers_parse_loose(text, arena, &vers, &err))
        return 0;
    canonical = vers_text(&vers, arena);
    if (canonical.len > VERS_TEXT_MAX)
        return 0; /* %XX makes it longer */
    if (!vers_parse(canonical, arena, &again, &err) ||
        !str_eq(canonical, vers_text(&again, arena)) ||
        again.constraints.len != vers.constraints.len)
        __builtin_trap();
    for (size_t i = 0; i < vers.constraints.len; i++)
        if (vers_contains(&vers, vers.constraints.at[i].version) !=
            vers_contains(&again, vers.constraints.at[i].version))
            __builtin_trap();
    return 0;
}
