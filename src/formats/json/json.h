/* formats/json/json.h: strict RFC 8259 over yyjson: UTF-8, no duplicate keys, bounded depth; and a writer. */
#pragma once
#include "base/buf.h"

struct err;

enum { JSON_DEPTH_MAX = 64, JSON_TEXT_MAX = 32 << 20 };
enum json_kind { JSON_NONE, JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

/* A value of a document; open, cheap to copy; lives as long as the arena it was read into. */
struct json {
    const void *value; /* NULL: there is none (JSON_NONE) */
};
/* ERR_JSON_SYNTAX with line, ERR_TOO_LARGE */
MUST_CHECK bool json_read(struct str text, struct arena *arena, struct json *out, struct err *err);
enum json_kind json_kind(struct json json);

/* The same for many texts, one after the other: nothing is copied and memory is used again. NULL when the machine has none left. */
struct json_reader;
enum { JSON_PADDING = 4 };
struct json_reader *json_reader_new(void);
void json_reader_free(struct json_reader *reader);
DEFINE_CLEANUP(struct json_reader, json_reader_free)
/* text is changed: texts of values come to stand in it. The JSON_PADDING bytes behind it are used too and put back. The value lives until the
 * next call. ERR_JSON_SYNTAX without line, ERR_TOO_LARGE */
MUST_CHECK bool json_reader_read(struct json_reader *reader, char *text, size_t len,
                                 struct json *out, struct err *err);

struct json
json_get(struct json object,
         const char *key); /* none when it is no object or has no such key; none in, none out */
struct json json_at(struct json array, size_t index);
size_t json_count(struct json array_or_object); /* 0 for others */
bool json_member(struct json object, size_t index, struct str *key, struct json *value);

/* Walks an array or an object from end to end in linear time; use this, not json_at, for lists a stranger sent.
 * for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) */
struct json_iter {
    const void *at;
    size_t left;
    bool has_keys;
};
struct json_iter json_iter(struct json array_or_object); /* nothing to walk for others */
bool json_next(struct json_iter *iter, struct str *key,
               struct json *value); /* key: may be NULL; STR_NONE in arrays */

/* In which line of the text a value stands; document: what json_read made of that text. Asking in its order costs one walk over the text in all. */
struct json_lines {
    struct str text;
    const char *copy;  /* where the document's texts point to */
    const void *first; /* of its values */
    size_t offset;
    unsigned line;
};
struct json_lines json_lines(struct str text, struct json document);
/* Reads a document that becomes something else at once: its texts live in arena, its values in reader. ERR_JSON_SYNTAX with line, ERR_TOO_LARGE */
MUST_CHECK bool json_reader_open(struct json_reader *reader, struct str text, struct arena *arena,
                                 struct json *out, struct json_lines *lines, struct err *err);
unsigned json_line(struct json_lines *lines,
                   struct json value); /* of the text nearest to it; 0 when there is none near */

struct str json_text(struct json json); /* STR_NONE when it is no text */
bool json_is_true(struct json json);
double json_number(struct json json, double fallback);
/* Whole numbers only. */
int64_t json_int(struct json json, int64_t fallback);

/* Writer: commas by itself. json_key is for objects; in arrays call json_put_* alone. */
struct json_writer {
    struct buf *buf;
    bool pretty, need_comma;
    unsigned depth;
};
struct json_writer json_writer_new(struct buf *buf, bool pretty);
void json_object_begin(struct json_writer *w);
void json_object_end(struct json_writer *w);
void json_array_begin(struct json_writer *w);
void json_array_end(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);
void json_put_text(struct json_writer *w, struct str s);
void json_put_int(struct json_writer *w, int64_t n);
void json_put_tenths(struct json_writer *w,
                     int64_t tenths); /* 98 -> 9.8, 100 -> 10.0: scores are kept in tenths */
void json_put_decimal(struct json_writer *w, int64_t n,
                      unsigned digits); /* 94321 with 5 digits -> 0.94321 */
void json_put_bool(struct json_writer *w, bool b);
void json_put_null(struct json_writer *w);
void json_put_json(struct json_writer *w,
                   struct str json); /* a value that is JSON already, as it is */
/* key and text in one; leaves the pair out when the text is empty */
void json_pair(struct json_writer *w, const char *key, struct str text);
