#include "base/shape.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utc.h"
#include "base/vec.h"

/*
 * Fields: a key (its place in the shape's table, from 1, times two, plus one when a length and bytes follow), then a number or that length
 * and those bytes. Numbers are seven bits a byte, the low ones first, the sign in the lowest bit.
 */
enum { NUMBER_BYTES = 10 };

/* Any VEC_OF. */
struct list {
    VEC_OF(void);
};
struct texts {
    VEC_OF(struct str);
};

/* ---- to bytes ---- */

static void put_unsigned(struct buf *buf, uint64_t n)
{
    char bytes[NUMBER_BYTES];
    size_t len = 0;

    if (n < 0x80) {
        buf_byte(buf, (char)n);
        return;
    }
    for (; n >= 0x80; n >>= 7)
        bytes[len++] = (char)(n | 0x80);
    bytes[len++] = (char)n;
    buf_add(buf, (struct str){ bytes, len });
}

static void put_number(struct buf *buf, uint64_t place, int64_t n)
{
    if (n == 0)
        return;
    put_unsigned(buf, place * 2);
    put_unsigned(buf, (uint64_t)n << 1 ^ (n < 0 ? UINT64_MAX : 0));
}

static bool put_text(struct buf *buf, uint64_t place, struct str text, struct err *err)
{
    /* Readers check UTF-8; JSON may still hold a zero byte, which no text of ours has. */
    if (text.len > 0 && memchr(text.ptr, 0, text.len))
        return FAIL(err, NOT_UTF8, STR("a zero byte"));
    put_unsigned(buf, place * 2 + 1);
    put_unsigned(buf, text.len);
    buf_add(buf, text);
    return true;
}

struct writing {
    struct buf *buf;
    const struct shape_limits *limits;
};

static bool put_shape(const struct writing *w, const struct shape *shape, const char *at, int depth,
                      struct err *err);

/* Its length stands before it and is known after it: a short one, and most are, has its byte kept free. */
static void put_length(struct buf *buf, size_t from)
{
    static const char room[NUMBER_BYTES];
    size_t len = buf->len - from, more = 0;

    for (size_t rest = len >> 7; rest > 0; rest >>= 7)
        more++;
    buf_add(buf, (struct str){ room, more });
    if (buf->over)
        return;
    memmove(buf->ptr + from + more, buf->ptr + from, len);
    for (size_t i = 0; i <= more; i++)
        buf->ptr[from - 1 + i] = (char)((len >> 7 * i & 0x7f) | (i < more ? 0x80 : 0));
}

/* One of a list stands even when it holds nothing; one alone is then left out. */
static bool put_part(const struct writing *w, uint64_t place, const struct shape_field *field,
                     const char *at, int depth, struct err *err)
{
    size_t before = w->buf->len, from;

    put_unsigned(w->buf, place * 2 + 1);
    buf_byte(w->buf, 0);
    from = w->buf->len;
    if (!put_shape(w, field->shape, at, depth, err))
        return PASS(err);
    if (field->kind == SHAPE_ONE && w->buf->len == from && !w->buf->over)
        w->buf->len = before;
    else
        put_length(w->buf, from);
    return true;
}

static bool put_list(const struct writing *w, uint64_t place, const struct shape_field *field,
                     const struct list *list, int depth, struct err *err)
{
    const char *at = list->at;

    depth += field->shape->nests;
    if (list->len > w->limits->entries || (list->len > 0 && depth > w->limits->depth))
        return FAIL(err, TOO_LARGE, STR("a record"));
    for (size_t i = 0; i < list->len; i++)
        if (!put_part(w, place, field, at + i * field->shape->size, depth, err))
            return PASS(err);
    return true;
}

static bool put_texts(const struct writing *w, uint64_t place, const struct texts *texts,
                      struct err *err)
{
    if (texts->len > w->limits->entries)
        return FAIL(err, TOO_LARGE, STR("a record"));
    for (size_t i = 0; i < texts->len; i++)
        if (!put_text(w->buf, place, texts->at[i], err))
            return PASS(err);
    return true;
}

static bool put_field(const struct writing *w, uint64_t place, const struct shape_field *field,
                      const char *base, int depth, struct err *err)
{
    const void *at = base + field->offset;
    const struct str *text = at;

    switch (field->kind) {
    case SHAPE_FLAG:
        put_number(w->buf, place, *(const bool *)at);
        return true;
    case SHAPE_WORD:
    case SHAPE_INT:
        put_number(w->buf, place, *(const int *)at);
        return true;
    case SHAPE_NUMBER:
        put_number(w->buf, place, *(const int64_t *)at);
        return true;
    case SHAPE_TIME:
        put_number(w->buf, place, ((const struct utc *)at)->ms);
        return true;
    case SHAPE_TEXT:
        return text->len == 0 || put_text(w->buf, place, *text, err) ? true : PASS(err);
    case SHAPE_TEXTS:
        return put_texts(w, place, at, err) ? true : PASS(err);
    case SHAPE_ONE:
        return put_part(w, place, field, at, depth, err) ? true : PASS(err);
    case SHAPE_MANY:
        break;
    }
    return put_list(w, place, field, at, depth, err) ? true : PASS(err);
}

static bool put_shape(const struct writing *w, const struct shape *shape, const char *at, int depth,
                      struct err *err)
{
    for (size_t i = 0; i < shape->count; i++)
        if (!put_field(w, i + 1, &shape->fields[i], at, depth, err))
            return PASS(err);
    return true;
}

bool shape_write(const struct shape *shape, const void *value, const struct shape_limits *limits,
                 struct buf *buf, struct err *err)
{
    return put_shape(&(struct writing){ buf, limits }, shape, value, 0, err) ? true : PASS(err);
}

/* ---- from bytes ---- */

struct reading {
    struct arena *arena;
    const struct shape_limits *limits;
    size_t
        entries; /* of all lists so far: what lists may take stays bounded, however the bytes nest them */
};

static bool take_unsigned(struct str *rest, uint64_t *out)
{
    uint64_t n = 0;

    if (rest->len > 0 && (unsigned char)rest->ptr[0] < 0x80) {
        *out = (unsigned char)rest->ptr[0];
        *rest = (struct str){ rest->ptr + 1, rest->len - 1 };
        return true;
    }
    for (size_t i = 0; i < NUMBER_BYTES && i < rest->len; i++) {
        unsigned char byte = (unsigned char)rest->ptr[i];

        if (i == NUMBER_BYTES - 1 && byte > 1)
            return false;
        n |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (byte < 0x80) {
            *rest = str_drop(*rest, i + 1);
            *out = n;
            return true;
        }
    }
    return false;
}

static bool take_number(struct str *rest, int64_t *out)
{
    uint64_t n;

    if (!take_unsigned(rest, &n))
        return false;
    *out = (int64_t)(n >> 1 ^ (n & 1 ? UINT64_MAX : 0));
    return true;
}

static bool take_bytes(struct str *rest, struct str *out)
{
    uint64_t len;

    if (!take_unsigned(rest, &len) || len > rest->len)
        return false;
    *out = str_take(*rest, (size_t)len);
    *rest = str_drop(*rest, (size_t)len);
    return true;
}

static bool set_number(const struct shape_field *field, void *at, int64_t n)
{
    switch (field->kind) {
    case SHAPE_FLAG:
        *(bool *)at = n;
        return n == 0 || n == 1;
    case SHAPE_WORD:
        *(int *)at = (int)n;
        return n >= 0 && n < field->words;
    case SHAPE_INT:
        *(int *)at = (int)n;
        return n >= INT32_MIN && n <= INT32_MAX;
    case SHAPE_NUMBER:
        *(int64_t *)at = n;
        return true;
    case SHAPE_TIME:
        ((struct utc *)at)->ms = n;
        return true;
    default:
        return false;
    }
}

static bool set_shape(struct reading *reading, const struct shape *shape, struct str bytes,
                      char *at, int depth);

/* Entries of a list stand one behind the other: how many follow, but for those beyond most. */
static size_t count_more(struct str rest, uint64_t key, size_t most)
{
    struct str part;
    uint64_t next;
    size_t n = 0;

    while (n < most && take_unsigned(&rest, &next) && next == key && take_bytes(&rest, &part))
        n++;
    return n;
}

/* rest: what stands behind the entry. */
static bool set_entry(struct reading *reading, const struct shape_field *field, struct list *list,
                      struct str bytes, struct str rest, uint64_t key, int depth)
{
    size_t size = field->shape->size;

    depth += field->shape->nests;
    if (++reading->entries > reading->limits->entries || depth > reading->limits->depth)
        return false;
    if (list->cap == 0) {
        list->cap = 1 + count_more(rest, key, reading->limits->entries - reading->entries);
        list->at = arena_alloc_n(reading->arena, list->cap, size);
    }
    if (list->len == list->cap)
        list->at = vec_grow(reading->arena, list->at, list->len, &list->cap, size);
    return set_shape(reading, field->shape, bytes, (char *)list->at + size * list->len++, depth);
}

static bool set_bytes(struct reading *reading, const struct shape_field *field, void *at,
                      struct str bytes, struct str rest, uint64_t key, int depth)
{
    struct texts *texts = at;

    switch (field->kind) {
    case SHAPE_TEXT:
        *(struct str *)at = bytes;
        return str_is_utf8(bytes);
    case SHAPE_TEXTS:
        if (++reading->entries > reading->limits->entries || !str_is_utf8(bytes))
            return false;
        VEC_PUSH(reading->arena, texts, bytes);
        return true;
    case SHAPE_ONE:
        return set_shape(reading, field->shape, bytes, at, depth);
    case SHAPE_MANY:
        return set_entry(reading, field, at, bytes, rest, key, depth);
    default:
        return false;
    }
}

static bool set_shape(struct reading *reading, const struct shape *shape, struct str bytes,
                      char *at, int depth)
{
    uint64_t key;
    int64_t n;
    struct str part;

    while (bytes.len > 0) {
        const struct shape_field *field;

        if (!take_unsigned(&bytes, &key) || key < 2)
            return false;
        field = key / 2 <= shape->count ? &shape->fields[key / 2 - 1] : NULL;
        if (key % 2 == 0) {
            if (!take_number(&bytes, &n) || (field && !set_number(field, at + field->offset, n)))
                return false;
        } else if (!take_bytes(&bytes, &part) ||
                   (field &&
                    !set_bytes(reading, field, at + field->offset, part, bytes, key, depth))) {
            return false;
        }
    }
    return true;
}

bool shape_read(const struct shape *shape, struct str bytes, const struct shape_limits *limits,
                struct arena *arena, void *out)
{
    return set_shape(&(struct reading){ .arena = arena, .limits = limits }, shape, bytes, out, 0);
}
