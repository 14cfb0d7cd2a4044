#include "base/record.h"

#include "base/err.h"
#include <stdio.h>
#include <string.h>

void record_put(struct buf *buf, const char *name, struct str value)
{
    size_t length = strlen(name);
    unsigned char size[4];

    if (length == 0 || length > RECORD_NAME_MAX || value.len > UINT32_MAX) {
        buf->over = true;
        return;
    }
    for (int i = 0; i < 4; i++)
        size[i] = (unsigned char)(value.len >> (24 - 8 * i));
    buf_byte(buf, (char)length);
    buf_add(buf, (struct str){ name, length });
    buf_add(buf, (struct str){ (const char *)size, sizeof size });
    buf_add(buf, value);
}

void record_put_int(struct buf *buf, const char *name, int64_t value)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%lld", (long long)value);

    record_put(buf, name, (struct str){ text, (size_t)length });
}

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'))
            return false;
    }
    return name.len > 0 && name.len <= RECORD_NAME_MAX;
}

bool record_next(struct str *rest, struct str *name, struct str *value)
{
    const unsigned char *at = (const unsigned char *)rest->ptr;
    size_t length, size = 0;

    if (rest->len < 1)
        return false;
    length = at[0];
    if (rest->len < 1 + length + 4)
        return false;
    *name = (struct str){ rest->ptr + 1, length };
    for (size_t i = 0; i < 4; i++)
        size = size << 8 | at[1 + length + i];
    if (!is_name(*name) || size > rest->len - 1 - length - 4)
        return false;
    *value = (struct str){ rest->ptr + 1 + length + 4, size };
    *rest = str_drop(*rest, 1 + length + 4 + size);
    return true;
}

bool record_is_valid(struct str record)
{
    struct str name, value;
    size_t count = 0;

    while (record_next(&record, &name, &value))
        count++;
    return record.len == 0 && count <= RECORD_FIELDS_MAX;
}

bool record_get_nth(struct str record, const char *wanted, size_t n, struct str *out)
{
    struct str name, value;

    while (record_next(&record, &name, &value)) {
        if (str_eq_z(name, wanted) && n-- == 0) {
            *out = value;
            return true;
        }
    }
    return false;
}

struct str record_get(struct str record, const char *name)
{
    struct str value = STR_NONE;

    return record_get_nth(record, name, 0, &value) ? value : STR_NONE;
}

int64_t record_get_int(struct str record, const char *name, int64_t fallback)
{
    struct err err = { 0 };
    int64_t n;

    return str_to_int(record_get(record, name), INT64_MIN, INT64_MAX, &n, &err) ? n : fallback;
}
