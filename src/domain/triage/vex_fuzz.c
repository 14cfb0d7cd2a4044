/* Any VEX document: what is read crosses the border to the process that matches unchanged, and applies without harm. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/triage/vex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
    struct buf once = buf_new(arena, 16 << 20), twice = buf_new(arena, 16 << 20);
    struct component component = {
        .ref = STR("a"), .name = STR("lodash"), .version = STR("1"), .purl = STR("pkg:npm/lodash@1")
    };
    struct str id = STR("CVE-2021-44228");
    struct finding finding = { .id = id, .ids = { &id, 1, 1 } };
    const struct inventory inventory = { .components = { &component, 1, 1 } };
    struct findings findings = { &finding, 1, 1 };
    struct vex vex, again;
    struct err err = { 0 };

    if (!vex_read((struct str){ (const char *)data, size }, arena, &vex, &err))
        return 0;
    if (!vex_encode(&vex, &once, &err))
        return 0; /* a zero byte in a text */
    if (!vex_decode(buf_str(&once), arena, &again, &err) || !vex_encode(&again, &twice, &err) ||
        !str_eq(buf_str(&once), buf_str(&twice)))
        abort();
    vex_apply(&again, STR("file"), &inventory, &findings, arena);
    return 0;
}
