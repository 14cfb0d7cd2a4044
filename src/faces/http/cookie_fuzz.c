#include "faces/http/cookie.h"

#include "base/err.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Cookies that pass can be printed again and are read as the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str text = { (const char *)data, size };
    struct fields cookies = { 0 }, again = { 0 };
    struct buf buf = buf_new(arena, 2 * size + 1024);
    struct err err = { 0 };

    if (!cookie_parse(text, arena, &cookies, &err))
        return 0;
    for (size_t i = 0; i < cookies.len; i++) {
        buf_add(&buf, cookies.at[i].name);
        buf_byte(&buf, '=');
        buf_add(&buf, cookies.at[i].value);
        buf_add_z(&buf, "; ");
    }
    if (!cookie_parse(buf_str(&buf), arena, &again, &err) || again.len != cookies.len)
        abort();
    for (size_t i = 0; i < cookies.len; i++)
        if (!str_eq(cookies.at[i].name, again.at[i].name) ||
            !str_eq(cookies.at[i].value, again.at[i].value))
            abort();
    return 0;
}
