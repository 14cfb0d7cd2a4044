#include "faces/http/url.h"

#include "base/err.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_printf(buf, "%%%02X", (unsigned char)text.ptr[i]);
}

/* A form that passes holds UTF-8 without NUL, and printed again it is read as the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str text = { (const char *)data, size };
    struct buf buf = buf_new(arena, 8 * size + 1024);
    struct fields fields, again;
    struct err err = { 0 };

    if (!url_fields(text, arena, &fields, &err))
        return 0;
    if (fields.len > HTTP_FIELDS_MAX)
        abort();
    for (size_t i = 0; i < fields.len; i++) {
        if (!str_is_utf8(fields.at[i].value) || fields.at[i].name.len > HTTP_FIELD_NAME_MAX)
            abort();
        print(&buf, fields.at[i].name);
        buf_byte(&buf, '=');
        print(&buf, fields.at[i].value);
        buf_byte(&buf, '&');
    }
    if (!url_fields(buf_str(&buf), arena, &again, &err) || again.len != fields.len)
        abort();
    for (size_t i = 0; i < fields.len; i++)
        if (!str_eq(fields.at[i].name, again.at[i].name) ||
            !str_eq(fields.at[i].value, again.at[i].value))
            abort();
    return 0;
}
