#include "faces/http/form.h"

#include "base/err.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print_field(struct buf *buf, struct str boundary, const struct field *field)
{
    buf_printf(buf, "--%.*s\r\nContent-Disposition: form-data; name=\"", STR_ARG(boundary));
    for (size_t i = 0; i < field->name.len; i++) {
        if (field->name.ptr[i] == '"')
            buf_add_z(buf, "%22");
        else
            buf_byte(buf, field->name.ptr[i]);
    }
    buf_add_z(buf, "\"\r\n\r\n");
    buf_add(buf, field->value);
    buf_add_z(buf, "\r\n");
}

/* The first line is the Content-Type, the rest the body. What passes points into the body; its
 * fields, printed again, are read as the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str text = { (const char *)data, size }, type = str_take(text, str_index(text, '\n'));
    struct str body = str_drop(text, type.len + 1), boundary;
    struct fields fields, again;
    struct uploads uploads, none;
    struct buf buf = buf_new(arena, 4 * size + HTTP_FIELDS_MAX * 256);
    struct err err = { 0 };

    if (!form_boundary(type, &boundary) ||
        !form_multipart(body, boundary, arena, &fields, &uploads, &err))
        return 0;
    if (fields.len > HTTP_FIELDS_MAX || uploads.len > HTTP_FILES_MAX)
        abort();
    for (size_t i = 0; i < uploads.len; i++) {
        struct str bytes = uploads.at[i].bytes;

        if (bytes.ptr < body.ptr || bytes.ptr + bytes.len > body.ptr + body.len ||
            !str_is_utf8(uploads.at[i].name) ||
            str_index(uploads.at[i].name, '/') != uploads.at[i].name.len)
            abort();
    }
    for (size_t i = 0; i < fields.len; i++) {
        if (!str_is_utf8(fields.at[i].value))
            abort();
        print_field(&buf, boundary, &fields.at[i]);
    }
    buf_printf(&buf, "--%.*s--", STR_ARG(boundary));
    if (fields.len == 0)
        return 0;
    if (!form_multipart(buf_str(&buf), boundary, arena, &again, &none, &err) ||
        again.len != fields.len)
        abort();
    for (size_t i = 0; i < fields.len; i++)
        if (!str_eq(fields.at[i].name, again.at[i].name) ||
            !str_eq(fields.at[i].value, again.at[i].value))
            abort();
    return 0;
}
