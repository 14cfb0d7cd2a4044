#include "base/err.h"
#include "formats/cpe/cpe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same(const struct cpe *a, const struct cpe *b)
{
    for (size_t i = 0; i < CPE_FIELDS; i++)
        if (!str_eq(a->field[i], b->field[i]))
            return false;
    return true;
}

/* What parses prints in each binding and reads as the same name; a name is equal to itself unless it has wildcards. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct cpe cpe, again;
    struct str written[3];
    struct err err = { 0 };
    enum cpe_relation relation;

    if (!cpe_parse((struct str){ (const char *)data, size }, arena, &cpe, &err))
        return 0;
    written[0] = cpe_text(&cpe, arena);
    written[1] = cpe_uri(&cpe, arena);
    written[2] = cpe_wfn(&cpe, arena);
    for (size_t i = 0; i < COUNT(written); i++)
        if (written[i].len <= CPE_TEXT_MAX &&
            (!cpe_parse(written[i], arena, &again, &err) || !same(&cpe, &again)))
            __builtin_trap();
    relation = cpe_relation(&cpe, &cpe);
    if (relation != CPE_EQUAL && relation != CPE_UNDEFINED)
        __builtin_trap();
    return 0;
}
