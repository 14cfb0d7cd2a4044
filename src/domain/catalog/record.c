#include "domain/catalog/record.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * The bytes: one that says the layout, then fields. A field is a key (its place in the shape's table, from 1, times two, plus one when a
 * length and bytes follow), then a number or that length and those bytes. Numbers are seven bits a byte, the low ones first, the sign in
 * the lowest bit. What is zero or empty is left out, so the same record gives the same bytes. A field keeps its place for ever: new ones
 * go to the end of their table.
 */
enum { LAYOUT = 1, NUMBER_BYTES = 10 };

enum kind {
    FLAG,  /* bool */
    WORD,  /* an enum below `words` */
    WHOLE, /* int */
    TIME,  /* struct utc */
    TEXT,  /* struct str */
    TEXTS, /* a list of them */
    ONE,   /* a struct of its own shape */
    MANY   /* a list of them */
};
struct shape;
struct field {
    enum kind kind;
    size_t offset;
    int words;
    const struct shape *shape;
};
struct shape {
    size_t size, count;
    const struct field *fields;
};
/* Any VEC_OF. */
struct list {
    VEC_OF(void);
};

#define FIELD(type, member, kind)                    \
    {                                                \
        kind, offsetof(struct type, member), 0, NULL \
    }
#define FIELD_WORD(type, member, most)                  \
    {                                                   \
        WORD, offsetof(struct type, member), most, NULL \
    }
#define FIELD_OF(type, member, kind, s)              \
    {                                                \
        kind, offsetof(struct type, member), 0, &(s) \
    }
#define SHAPE(type, fields)                        \
    {                                              \
        sizeof(struct type), COUNT(fields), fields \
    }

/* clang-format off */
static const struct field text_fields[] = {
    FIELD_WORD(catalog_text, kind, TEXT_WORKAROUND + 1), FIELD(catalog_text, lang, TEXT), FIELD(catalog_text, text, TEXT), FIELD(catalog_text, by, TEXT),
};
static const struct shape text_shape = SHAPE(catalog_text, text_fields);

static const struct field score_fields[] = {
    FIELD(catalog_score, by, TEXT), FIELD(catalog_score, vector, TEXT), FIELD(catalog_score, version, TEXT), FIELD(catalog_score, tenths, WHOLE),
    FIELD(catalog_score, is_primary, FLAG),
};
static const struct shape score_shape = SHAPE(catalog_score, score_fields);

static const struct field reference_fields[] = { FIELD(catalog_reference, url, TEXT), FIELD(catalog_reference, kind, TEXT) };
static const struct shape reference_shape = SHAPE(catalog_reference, reference_fields);

static const struct field span_fields[] = {
    FIELD_WORD(span, status, SPAN_UNKNOWN + 1), FIELD_WORD(span, scheme, VERSION_SCHEMES), FIELD(span, is_git, FLAG), FIELD(span, from_is_excluded, FLAG),
    FIELD(span, to_is_included, FLAG), FIELD(span, to_is_fix, FLAG), FIELD(span, from, TEXT), FIELD(span, to, TEXT),
};
static const struct shape span_shape = SHAPE(span, span_fields);

static const struct field affected_fields[] = {
    FIELD(affected, ecosystem, TEXT), FIELD(affected, release, TEXT), FIELD(affected, name, TEXT), FIELD(affected, purl, TEXT), FIELD(affected, vendor, TEXT),
    FIELD(affected, product, TEXT), FIELD(affected, severity, TEXT), FIELD_WORD(affected, default_status, SPAN_UNKNOWN + 1),
    FIELD_OF(affected, spans, MANY, span_shape), FIELD(affected, platforms, TEXTS),
};
static const struct shape affected_shape = SHAPE(affected, affected_fields);

static const struct field criterion_fields[] = {
    FIELD(criterion, cpe, TEXT), FIELD(criterion, id, TEXT), FIELD(criterion, is_vulnerable, FLAG), FIELD(criterion, from_is_excluded, FLAG),
    FIELD(criterion, to_is_included, FLAG), FIELD(criterion, from, TEXT), FIELD(criterion, to, TEXT),
};
static const struct shape criterion_shape = SHAPE(criterion, criterion_fields);

static const struct shape configuration_shape;
static const struct field configuration_fields[] = {
    FIELD(configuration, is_and, FLAG), FIELD(configuration, is_negated, FLAG), FIELD_OF(configuration, criteria, MANY, criterion_shape),
    FIELD_OF(configuration, nodes, MANY, configuration_shape),
};
static const struct shape configuration_shape = SHAPE(configuration, configuration_fields);

static const struct field ssvc_fields[] = {
    FIELD(ssvc_points, exploitation, TEXT), FIELD(ssvc_points, automatable, TEXT), FIELD(ssvc_points, technical_impact, TEXT),
};
static const struct shape ssvc_shape = SHAPE(ssvc_points, ssvc_fields);

static const struct field record_fields[] = {
    FIELD_WORD(catalog_record, source, CATALOG_SOURCES), FIELD(catalog_record, id, TEXT), FIELD(catalog_record, origin, TEXT),
    FIELD(catalog_record, status, TEXT), FIELD_WORD(catalog_record, state, CATALOG_WITHDRAWN + 1), FIELD(catalog_record, is_disputed, FLAG),
    FIELD(catalog_record, published, TIME), FIELD(catalog_record, modified, TIME), FIELD(catalog_record, withdrawn, TIME),
    FIELD(catalog_record, aliases, TEXTS), FIELD(catalog_record, upstream, TEXTS), FIELD(catalog_record, related, TEXTS),
    FIELD(catalog_record, weaknesses, TEXTS), FIELD_OF(catalog_record, texts, MANY, text_shape), FIELD_OF(catalog_record, scores, MANY, score_shape),
    FIELD_OF(catalog_record, references, MANY, reference_shape), FIELD_OF(catalog_record, affected, MANY, affected_shape),
    FIELD_OF(catalog_record, configurations, MANY, configuration_shape), FIELD_OF(catalog_record, ssvc, ONE, ssvc_shape),
};
static const struct shape record_shape = SHAPE(catalog_record, record_fields);

static const struct str source_names[CATALOG_SOURCES] = {
    [SOURCE_NVD] = STR_INIT("nvd"), [SOURCE_CVE] = STR_INIT("cve"), [SOURCE_OSV] = STR_INIT("osv"),
    [SOURCE_CSAF] = STR_INIT("csaf"), [SOURCE_JVN] = STR_INIT("jvn"), [SOURCE_OURS] = STR_INIT("ours"),
};
/* clang-format on */

struct str catalog_source_name(enum catalog_source source) { return source_names[source]; }

bool catalog_source_from_name(struct str name, enum catalog_source *out)
{
    for (size_t i = 0; i < CATALOG_SOURCES; i++) {
        if (str_eq(name, source_names[i])) {
            *out = (enum catalog_source)i;
            return true;
        }
    }
    return false;
}

static bool has_id(const struct catalog_record *record)
{
    return record->id.len > 0 && record->id.len <= CATALOG_ID_MAX;
}

/* ---- to bytes ---- */

static void put_unsigned(struct buf *buf, uint64_t n)
{
    char bytes[NUMBER_BYTES];
    size_t len = 0;

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

static bool put_shape(struct buf *buf, const struct shape *shape, const char *at, int depth,
                      struct err *err);

/* Its length stands before it and is known after it: a short one, and most are, has its byte kept free. */
static bool put_part(struct buf *buf, uint64_t place, const struct shape *shape, const char *at,
                     int depth, struct err *err)
{
    static const char room[NUMBER_BYTES];
    size_t from, len, more = 0;

    put_unsigned(buf, place * 2 + 1);
    buf_byte(buf, 0);
    from = buf->len;
    if (!put_shape(buf, shape, at, depth, err))
        return PASS(err);
    len = buf->len - from;
    for (size_t rest = len >> 7; rest > 0; rest >>= 7)
        more++;
    buf_add(buf, (struct str){ room, more });
    if (buf->over)
        return true;
    memmove(buf->ptr + from + more, buf->ptr + from, len);
    for (size_t i = 0; i <= more; i++)
        buf->ptr[from - 1 + i] = (char)((len >> 7 * i & 0x7f) | (i < more ? 0x80 : 0));
    return true;
}

static bool put_list(struct buf *buf, uint64_t place, const struct field *field,
                     const struct list *list, int depth, struct err *err)
{
    const char *at = list->at;

    depth += field->shape == &configuration_shape;
    if (list->len > CATALOG_LIST_MAX || (list->len > 0 && depth > CATALOG_DEPTH_MAX))
        return FAIL(err, TOO_LARGE, STR("a record"));
    for (size_t i = 0; i < list->len; i++)
        if (!put_part(buf, place, field->shape, at + i * field->shape->size, depth, err))
            return PASS(err);
    return true;
}

static bool put_texts(struct buf *buf, uint64_t place, const struct catalog_strings *texts,
                      struct err *err)
{
    if (texts->len > CATALOG_LIST_MAX)
        return FAIL(err, TOO_LARGE, STR("a record"));
    for (size_t i = 0; i < texts->len; i++)
        if (!put_text(buf, place, texts->at[i], err))
            return PASS(err);
    return true;
}

static bool is_blank(const struct shape *shape, const char *at)
{
    for (size_t i = 0; i < shape->count; i++)
        if (((const struct str *)(const void *)(at + shape->fields[i].offset))->len > 0)
            return false;
    return true;
}

static bool put_field(struct buf *buf, uint64_t place, const struct field *field, const char *base,
                      int depth, struct err *err)
{
    const void *at = base + field->offset;
    const struct str *text = at;

    switch (field->kind) {
    case FLAG:
        put_number(buf, place, *(const bool *)at);
        return true;
    case WORD:
    case WHOLE:
        put_number(buf, place, *(const int *)at);
        return true;
    case TIME:
        put_number(buf, place, ((const struct utc *)at)->ms);
        return true;
    case TEXT:
        return text->len == 0 || put_text(buf, place, *text, err) ? true : PASS(err);
    case TEXTS:
        return put_texts(buf, place, at, err) ? true : PASS(err);
    case ONE: /* of texts alone */
        return is_blank(field->shape, at) || put_part(buf, place, field->shape, at, depth, err)
                   ? true
                   : PASS(err);
    case MANY:
        break;
    }
    return put_list(buf, place, field, at, depth, err) ? true : PASS(err);
}

static bool put_shape(struct buf *buf, const struct shape *shape, const char *at, int depth,
                      struct err *err)
{
    for (size_t i = 0; i < shape->count; i++)
        if (!put_field(buf, i + 1, &shape->fields[i], at, depth, err))
            return PASS(err);
    return true;
}

bool catalog_record_encode(const struct catalog_record *record, struct buf *buf, struct err *err)
{
    size_t from = buf->len;

    if (!has_id(record))
        return FAIL(err, CATALOG_RECORD, STR("it has no usable id"));
    buf_byte(buf, LAYOUT);
    if (!put_shape(buf, &record_shape, (const char *)record, 0, err)) {
        buf->len = from;
        return PASS(err);
    }
    if (buf->over || buf->len - from > CATALOG_RECORD_MAX) {
        buf->len = from;
        return FAIL(err, TOO_LARGE, record->id);
    }
    return true;
}

/* ---- from bytes ---- */

struct reading {
    struct arena *arena;
    size_t
        entries; /* of all lists so far: what lists may take stays bounded, however the bytes nest them */
};

static bool take_unsigned(struct str *rest, uint64_t *out)
{
    uint64_t n = 0;

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

static bool set_number(const struct field *field, void *at, int64_t n)
{
    switch (field->kind) {
    case FLAG:
        *(bool *)at = n;
        return n == 0 || n == 1;
    case WORD:
        *(int *)at = (int)n;
        return n >= 0 && n < field->words;
    case WHOLE:
        *(int *)at = (int)n;
        return n >= INT32_MIN && n <= INT32_MAX;
    case TIME:
        ((struct utc *)at)->ms = n;
        return true;
    default:
        return false;
    }
}

static bool set_shape(struct reading *reading, const struct shape *shape, struct str bytes,
                      char *at, int depth);

static bool set_entry(struct reading *reading, const struct field *field, struct list *list,
                      struct str bytes, int depth)
{
    size_t size = field->shape->size;

    depth += field->shape == &configuration_shape;
    if (++reading->entries > CATALOG_LIST_MAX || depth > CATALOG_DEPTH_MAX)
        return false;
    if (list->len == list->cap)
        list->at = vec_grow(reading->arena, list->at, list->len, &list->cap, size);
    return set_shape(reading, field->shape, bytes, (char *)list->at + size * list->len++, depth);
}

static bool set_bytes(struct reading *reading, const struct field *field, void *at,
                      struct str bytes, int depth)
{
    struct catalog_strings *texts = at;

    switch (field->kind) {
    case TEXT:
        *(struct str *)at = bytes;
        return str_is_utf8(bytes);
    case TEXTS:
        if (++reading->entries > CATALOG_LIST_MAX || !str_is_utf8(bytes))
            return false;
        VEC_PUSH(reading->arena, texts, bytes);
        return true;
    case ONE:
        return set_shape(reading, field->shape, bytes, at, depth);
    case MANY:
        return set_entry(reading, field, at, bytes, depth);
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
        const struct field *field;

        if (!take_unsigned(&bytes, &key) || key < 2)
            return false;
        field = key / 2 <= shape->count ? &shape->fields[key / 2 - 1] : NULL;
        if (key % 2 == 0) {
            if (!take_number(&bytes, &n) || (field && !set_number(field, at + field->offset, n)))
                return false;
        } else if (!take_bytes(&bytes, &part) ||
                   (field && !set_bytes(reading, field, at + field->offset, part, depth))) {
            return false;
        }
    }
    return true;
}

bool catalog_record_decode(struct str bytes, struct arena *arena, struct catalog_record *out,
                           struct err *err)
{
    struct reading reading = { .arena = arena };
    struct catalog_record record = { 0 };

    if (bytes.len == 0 || bytes.len > CATALOG_RECORD_MAX || bytes.ptr[0] != LAYOUT)
        return FAIL(err, CATALOG_RECORD, STR("its layout is not known"));
    if (!set_shape(&reading, &record_shape, str_drop(bytes, 1), (char *)&record, 0))
        return FAIL(err, CATALOG_RECORD, STR("its bytes are not whole"));
    if (!has_id(&record))
        return FAIL(err, CATALOG_RECORD, STR("it has no usable id"));
    *out = record;
    return true;
}
