#include "base/record.h"

#include <assert.h>
#include <string.h>

#include "base/err.h"

enum { LENGTH_BYTES = 4 };

static bool is_name(struct str name)
{
    if (name.len == 0 || name.len > RECORD_NAME_MAX)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.')
            return false;
    }
    return true;
}

void record_put(struct buf *buf, const char *name, struct str value)
{
    struct str key = str_from_z(name);
    char length[LENGTH_BYTES];

    assert(is_name(key));
    if (value.len > UINT32_MAX) {
        buf->over = true;
        return;
    }
    for (unsigned i = 0; i < LENGTH_BYTES; i++)
        length[i] = (char)(value.len >> 8 * (LENGTH_BYTES - 1 - i) & 0xff);
    buf_byte(buf, (char)key.len);
    buf_add(buf, key);
    buf_add(buf, (struct str){ length, sizeof length });
    buf_add(buf, value);
}

void record_put_int(struct buf *buf, const char *name, int64_t value)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)value);

    record_put(buf, name, (struct str){ digits, (size_t)len });
}

bool record_next(struct str *rest, struct str *name, struct str *value)
{
    struct str at = *rest, key;
    uint32_t len = 0;

    if (at.len == 0)
        return false;
    key = str_take(str_drop(at, 1), (unsigned char)at.ptr[0]);
    if (!is_name(key) || key.len != (unsigned char)at.ptr[0])
        return false;
    at = str_drop(at, 1 + key.len);
    if (at.len < LENGTH_BYTES)
        return false;
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        len = len << 8 | (unsigned char)at.ptr[i];
    at = str_drop(at, LENGTH_BYTES);
    if (len > at.len)
        return false;
    *name = key;
    *value = str_take(at, len);
    *rest = str_drop(at, len);
    return true;
}

bool record_is_valid(struct str record)
{
    struct str name, value;
    size_t count = 0;

    while (record_next(&record, &name, &value))
        if (++count > RECORD_FIELDS_MAX)
            return false;
    return record.len == 0;
}

bool record_get_nth(struct str record, const char *name, size_t n, struct str *value)
{
    struct str wanted = str_from_z(name), key, here;

    while (record_next(&record, &key, &here)) {
        if (!str_eq(key, wanted) || n-- > 0)
            continue;
        *value = here;
        return true;
    }
    return false;
}

struct str record_get(struct str record, const char *name)
{
    struct str value;

    return record_get_nth(record, name, 0, &value) ? value : STR_NONE;
}

int64_t record_get_int(struct str record, const char *name, int64_t fallback)
{
    struct err ignored;
    int64_t n;

    return str_to_int(record_get(record, name), INT64_MIN, INT64_MAX, &n, &ignored) ? n : fallback;
}
