#include "formats/json/json.h"
#include "base/err.h"
#include "base/pages.h"
#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

enum { FEW_KEYS = 24 };

static struct str text_of(const yyjson_val *text)
{
    return (struct str){ yyjson_get_str((yyjson_val *)text), yyjson_get_len((yyjson_val *)text) };
}

static unsigned line_at(struct str text, size_t position)
{
    unsigned line = 1;

    for (size_t i = 0; i < position && i < text.len; i++)
        line += text.ptr[i] == '\n';
    return line;
}

static bool fail_at(struct err *err, struct str text, size_t position, const char *what)
{
    FAIL(err, JSON_SYNTAX, str_from_z(what));
    err->line = line_at(text, position);
    return false;
}

/* Counts brackets outside of texts: the answer is known before the first value is built. */
static bool is_deeper_than(struct str text, unsigned max, size_t *position)
{
    unsigned depth = 0;
    bool inside = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (inside) {
            if (c == '\\')
                i++;
            else if (c == '"')
                inside = false;
        } else if (c == '"') {
            inside = true;
        } else if (c == '[' || c == '{') {
            if (++depth > max) {
                *position = i;
                return true;
            }
        } else if ((c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return false;
}

static int key_cmp(const void *a, const void *b)
{
    return str_cmp(text_of(*(yyjson_val *const *)a), text_of(*(yyjson_val *const *)b));
}

static const yyjson_val *later(const yyjson_val *a, const yyjson_val *b) { return a > b ? a : b; }

/* One of 64, by the key's length and its ends. */
static uint64_t mark_of(struct str key)
{
    unsigned first = key.len > 0 ? (unsigned char)key.ptr[0] : 0;
    unsigned last = key.len > 0 ? (unsigned char)key.ptr[key.len - 1] : 0;

    return UINT64_C(1) << ((first + 7 * last + 13 * key.len) % 64);
}

/* Few keys are compared with those before that may be the same, which for those is faster than to sort them. */
static const yyjson_val *double_among_few(yyjson_val **keys, size_t count)
{
    uint64_t marks = 0;

    for (size_t i = 0; i < count; i++) {
        struct str key = text_of(keys[i]);
        uint64_t mark = mark_of(key);
        bool is_new = !(marks & mark);

        marks |= mark;
        for (size_t k = 0; k < i && !is_new; k++)
            if (yyjson_get_len(keys[k]) == key.len && str_eq(text_of(keys[k]), key))
                return later(keys[k], keys[i]);
    }
    return NULL;
}

/* A key that stands twice in one object, or NULL. room has place for the largest object's keys. */
static const yyjson_val *double_key(yyjson_val *object, yyjson_val **room)
{
    size_t count = 0, i, max;
    yyjson_val *key, *value;

    yyjson_obj_foreach(object, i, max, key, value) room[count++] = key;
    if (count <= FEW_KEYS)
        return double_among_few(room, count);
    qsort(room, count, sizeof(room[0]), key_cmp);
    for (i = 1; i < count; i++)
        if (key_cmp(&room[i - 1], &room[i]) == 0)
            return later(room[i - 1], room[i]);
    return NULL;
}

/* The values of a document stand one behind the other, so no recursion is needed to see each. */
static const yyjson_val *first_double_key(yyjson_val *values, size_t count, yyjson_val **room)
{
    const yyjson_val *key = NULL;

    for (size_t i = 0; i < count && !key; i++)
        if (yyjson_is_obj(&values[i]) && yyjson_obj_size(&values[i]) > 1)
            key = double_key(&values[i], room);
    return key;
}

/* most: keys of the largest object. *key: NULL when there is none. False when there is no memory to look. */
static bool double_key_of(yyjson_val *values, size_t count, size_t most, const yyjson_val **key,
                          struct err *err)
{
    yyjson_val *few[FEW_KEYS], **room = few;

    if (most > FEW_KEYS)
        room = calloc(most, sizeof(room[0]));
    if (!room)
        return FAIL(err, TOO_LARGE, STR("JSON"));
    *key = most < 2 ? NULL : first_double_key(values, count, room);
    if (room != few)
        free(room);
    return true;
}

static bool check_keys(struct str text, const char *copy, yyjson_val *values, size_t count,
                       struct err *err)
{
    const yyjson_val *key;
    size_t most = 0;

    for (size_t i = 0; i < count; i++)
        if (yyjson_is_obj(&values[i]) && yyjson_obj_size(&values[i]) > most)
            most = yyjson_obj_size(&values[i]);
    if (!double_key_of(values, count, most, &key, err))
        return PASS(err);
    if (!key)
        return true;
    return fail_at(err, text, (size_t)(text_of(key).ptr - copy),
                   "a name stands twice in one object");
}

/* In front of the values stands one more, which holds where the copy of the text begins: json_lines needs it.
 * Text and values are copied into the arena at their exact size; what the parser needed beside them is given back at
 * once. The texts of the values point into our copy, the values at each other by offsets, so both may be moved. */
bool json_read(struct str text, struct arena *arena, struct json *out, struct err *err)
{
    yyjson_read_err reason = { 0 };
    yyjson_doc *doc;
    yyjson_val *values;
    size_t position, count;
    char *copy;
    bool ok;

    if (text.len > JSON_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("JSON"));
    if (text.len == 0)
        return fail_at(err, text, 0, "it is empty");
    if (is_deeper_than(text, JSON_DEPTH_MAX, &position))
        return fail_at(err, text, position, "it is nested too deeply");

    copy = arena_alloc(arena, text.len + YYJSON_PADDING_SIZE);
    memcpy(copy, text.ptr, text.len);
    doc = yyjson_read_opts(copy, text.len, YYJSON_READ_INSITU, NULL, &reason);
    if (!doc && reason.code == YYJSON_READ_ERROR_MEMORY_ALLOCATION)
        return FAIL(err, TOO_LARGE, STR("JSON"));
    if (!doc)
        return fail_at(err, text, reason.pos, reason.msg);

    count = yyjson_doc_get_val_count(doc);
    ok = check_keys(text, copy, yyjson_doc_get_root(doc), count, err);
    if (ok) {
        values = arena_alloc_n(arena, count + 1, sizeof(*values));
        values[0].uni.str = copy;
        memcpy(values + 1, yyjson_doc_get_root(doc), count * sizeof(*values));
        out->value = values + 1;
    }
    yyjson_doc_free(doc);
    return ok;
}

/* ---- many texts, one after the other ---- */

_Static_assert((int)JSON_PADDING == (int)YYJSON_PADDING_SIZE, "the room behind a text");

struct json_reader {
    void *pool; /* where the values of the present text stand */
    size_t size;
};

struct json_reader *json_reader_new(void) { return calloc(1, sizeof(struct json_reader)); }

void json_reader_free(struct json_reader *reader)
{
    if (!reader)
        return;
    pages_free(reader->pool, reader->size);
    free(reader);
}

/* Ends of the containers that hold the present value are all that must be remembered. most: keys of the largest object */
static bool values_are_deep(const yyjson_val *values, size_t count, size_t *most)
{
    const yyjson_val *ends[JSON_DEPTH_MAX];
    size_t depth = 0;

    for (const yyjson_val *at = values; at < values + count; at++) {
        while (depth > 0 && at == ends[depth - 1])
            depth--;
        if (!yyjson_is_ctn((yyjson_val *)at))
            continue;
        if (depth == JSON_DEPTH_MAX)
            return true;
        if (yyjson_is_obj((yyjson_val *)at) && yyjson_obj_size((yyjson_val *)at) > *most)
            *most = yyjson_obj_size((yyjson_val *)at);
        ends[depth++] = unsafe_yyjson_get_next((yyjson_val *)at);
    }
    return false;
}

/* The values never need more; pages that no text has used yet are not there. */
static bool pool_for(struct json_reader *reader, size_t len)
{
    size_t need = yyjson_read_max_memory_usage(len, YYJSON_READ_INSITU);

    if (need <= reader->size)
        return true;
    pages_free(reader->pool, reader->size);
    reader->pool = pages_new(&need);
    reader->size = reader->pool ? need : 0;
    return reader->size > 0;
}

bool json_reader_read(struct json_reader *reader, char *text, size_t len, struct json *out,
                      struct err *err)
{
    char behind[JSON_PADDING];
    yyjson_read_err reason = { 0 };
    yyjson_alc alc;
    yyjson_doc *doc;
    yyjson_val *values;
    const yyjson_val *key;
    size_t count, most = 0;

    if (len > JSON_TEXT_MAX || !pool_for(reader, len))
        return FAIL(err, TOO_LARGE, STR("JSON"));
    if (len == 0)
        return FAIL(err, JSON_SYNTAX, STR("it is empty"));

    yyjson_alc_pool_init(&alc, reader->pool, reader->size);
    memcpy(behind, text + len, JSON_PADDING);
    memset(text + len, 0, JSON_PADDING);
    doc = yyjson_read_opts(text, len, YYJSON_READ_INSITU, &alc, &reason);
    memcpy(text + len, behind, JSON_PADDING);
    if (!doc)
        return FAIL(err, JSON_SYNTAX, str_from_z(reason.msg));
    values = yyjson_doc_get_root(doc);
    count = yyjson_doc_get_val_count(doc);
    if (values_are_deep(values, count, &most))
        return FAIL(err, JSON_SYNTAX, STR("it is nested too deeply"));
    if (!double_key_of(values, count, most, &key, err))
        return PASS(err);
    if (key)
        return FAIL(err, JSON_SYNTAX, STR("a name stands twice in one object"));
    out->value = values;
    return true;
}

bool json_reader_open(struct json_reader *reader, struct str text, struct arena *arena,
                      struct json *out, struct json_lines *lines, struct err *err)
{
    struct err unused = { 0 };
    struct json again;
    char *copy;

    if (!reader || text.len > JSON_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("JSON"));
    copy = arena_alloc(arena, text.len + JSON_PADDING);
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    /* Where it is wrong is worth a second look, in which nothing is changed. */
    if (!json_reader_read(reader, copy, text.len, out, &unused))
        return json_read(text, arena, &again, err)
                   ? FAIL(err, JSON_SYNTAX, str_from_z(unused.subject))
                   : PASS(err);
    *lines = (struct json_lines){ text, copy, out->value, 0, 1 };
    return true;
}

static yyjson_val *value_of(struct json json) { return (yyjson_val *)json.value; }

enum json_kind json_kind(struct json json)
{
    switch (yyjson_get_type(value_of(json))) {
    case YYJSON_TYPE_NULL:
        return JSON_NULL;
    case YYJSON_TYPE_BOOL:
        return JSON_BOOL;
    case YYJSON_TYPE_NUM:
        return JSON_NUMBER;
    case YYJSON_TYPE_STR:
        return JSON_TEXT;
    case YYJSON_TYPE_ARR:
        return JSON_ARRAY;
    case YYJSON_TYPE_OBJ:
        return JSON_OBJECT;
    default:
        return JSON_NONE;
    }
}

struct json json_get(struct json object, const char *key)
{
    return (struct json){ yyjson_obj_get(value_of(object), key) };
}

struct json json_at(struct json array, size_t index)
{
    return (struct json){ yyjson_arr_get(value_of(array), index) };
}

size_t json_count(struct json json)
{
    return yyjson_is_arr(value_of(json)) ? yyjson_arr_size(value_of(json))
                                         : yyjson_obj_size(value_of(json));
}

struct json_iter json_iter(struct json json)
{
    yyjson_val *value = value_of(json);

    if (!yyjson_is_ctn(value))
        return (struct json_iter){ 0 };
    return (struct json_iter){ unsafe_yyjson_get_first(value), json_count(json),
                               yyjson_is_obj(value) };
}

bool json_next(struct json_iter *iter, struct str *key, struct json *value)
{
    yyjson_val *at = (yyjson_val *)iter->at;

    if (iter->left == 0)
        return false;
    iter->left--;
    if (key)
        *key = iter->has_keys ? text_of(at) : STR_NONE;
    if (iter->has_keys)
        at++;
    *value = (struct json){ at };
    iter->at = unsafe_yyjson_get_next(at);
    return true;
}

struct json_lines json_lines(struct str text, struct json document)
{
    const char *copy = document.value ? value_of(document)[-1].uni.str : NULL;

    return (struct json_lines){ text, copy, document.value, 0, 1 };
}

/* A text has a place; what has none is asked for its first key, else for what stands before it: in an object, its own key. */
static const yyjson_val *nearest_text(const struct json_lines *lines, const yyjson_val *value)
{
    enum { NEAR = 16 };

    if (yyjson_is_obj((yyjson_val *)value) && yyjson_obj_size((yyjson_val *)value) > 0)
        return value + 1;
    for (size_t i = 0; i < NEAR; i++, value--) {
        if (yyjson_is_str((yyjson_val *)value))
            return value;
        if (value == lines->first)
            return NULL;
    }
    return NULL;
}

/* Sixteen bytes at a time: comparing gives all ones, which is minus one, in each byte that is a line feed. */
static unsigned line_feeds(const char *at, size_t size)
{
    typedef signed char sixteen __attribute__((vector_size(16)));
    enum { ROUNDS = 127 }; /* what a byte can count */
    unsigned count = 0;

    while (size >= sizeof(sixteen)) {
        sixteen counts = { 0 }, bytes;

        for (int i = 0; i < ROUNDS && size >= sizeof bytes; i++) {
            memcpy(&bytes, at, sizeof bytes);
            counts -= bytes == '\n';
            at += sizeof bytes;
            size -= sizeof bytes;
        }
        for (size_t i = 0; i < sizeof counts; i++)
            count += (unsigned)counts[i];
    }
    for (; size > 0; at++, size--)
        count += *at == '\n';
    return count;
}

unsigned json_line(struct json_lines *lines, struct json json)
{
    const yyjson_val *text = json.value ? nearest_text(lines, json.value) : NULL;
    size_t offset;

    if (!text)
        return 0;
    offset = (size_t)(text_of(text).ptr - lines->copy);
    if (offset < lines->offset) {
        lines->offset = 0;
        lines->line = 1;
    }
    lines->line += line_feeds(lines->text.ptr + lines->offset, offset - lines->offset);
    lines->offset = offset;
    return lines->line;
}

bool json_member(struct json object, size_t index, struct str *key, struct json *value)
{
    struct json_iter iter = json_iter(object);

    if (!iter.has_keys || index >= iter.left)
        return false;
    for (size_t i = 0; i <= index; i++)
        if (!json_next(&iter, key, value))
            return false;
    return true;
}

struct str json_text(struct json json)
{
    return yyjson_is_str(value_of(json)) ? text_of(value_of(json)) : STR_NONE;
}

bool json_is_true(struct json json) { return yyjson_is_true(value_of(json)); }

double json_number(struct json json, double fallback)
{
    return yyjson_is_num(value_of(json)) ? yyjson_get_num(value_of(json)) : fallback;
}

int64_t json_int(struct json json, int64_t fallback)
{
    yyjson_val *value = value_of(json);

    if (yyjson_is_sint(value))
        return yyjson_get_sint(value);
    if (yyjson_is_uint(value) && yyjson_get_uint(value) <= INT64_MAX)
        return (int64_t)yyjson_get_uint(value);
    return fallback;
}
