#include "formats/json/json.h"

struct json_writer json_writer_new(struct buf *buf, bool pretty)
{
    return (struct json_writer){ .buf = buf, .pretty = pretty };
}

static char last_byte(const struct json_writer *w)
{
    return w->buf->len > 0 ? w->buf->ptr[w->buf->len - 1] : '\0';
}

static void new_line(struct json_writer *w)
{
    if (!w->pretty)
        return;
    buf_byte(w->buf, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        buf_add(w->buf, STR("  "));
}

/* What stands between the last thing and the next: nothing after a name, else a comma, a new line or both. */
static void before_next(struct json_writer *w)
{
    if (w->need_comma)
        buf_byte(w->buf, ',');
    if (w->need_comma || (w->depth > 0 && (last_byte(w) == '[' || last_byte(w) == '{')))
        new_line(w);
}

static void begin(struct json_writer *w, char bracket)
{
    before_next(w);
    buf_byte(w->buf, bracket);
    w->depth++;
    w->need_comma = false;
}

static void end(struct json_writer *w, char bracket)
{
    w->depth--;
    if (w->need_comma)
        new_line(w);
    buf_byte(w->buf, bracket);
    w->need_comma = true;
}

void json_object_begin(struct json_writer *w) { begin(w, '{'); }

void json_object_end(struct json_writer *w) { end(w, '}'); }

void json_array_begin(struct json_writer *w) { begin(w, '['); }

void json_array_end(struct json_writer *w) { end(w, ']'); }

/* Nothing but UTF-8 is written: what is not sets buf->over, and buf_done refuses the whole. A NUL is legal in JSON. */
static bool is_writable(struct str s)
{
    while (s.len > 0) {
        size_t n = str_index(s, '\0');

        if (!str_is_utf8(str_take(s, n)))
            return false;
        s = str_drop(s, n + 1);
    }
    return true;
}

static void quoted(struct buf *buf, struct str s)
{
    static const char escaped[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    size_t start = 0;

    if (!is_writable(s))
        buf->over = true;
    buf_byte(buf, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        size_t which = str_index(STR(escaped), s.ptr[i]);

        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        buf_add(buf, (struct str){ s.ptr + start, i - start });
        start = i + 1;
        if (which < COUNT(escaped) - 1) {
            buf_byte(buf, '\\');
            buf_byte(buf, letters[which]);
        } else {
            buf_printf(buf, "\\u%04x", (unsigned)c);
        }
    }
    buf_add(buf, (struct str){ s.ptr + start, s.len - start });
    buf_byte(buf, '"');
}

void json_key(struct json_writer *w, const char *key)
{
    before_next(w);
    quoted(w->buf, str_from_z(key));
    buf_byte(w->buf, ':');
    if (w->pretty)
        buf_byte(w->buf, ' ');
    w->need_comma = false;
}

void json_put_text(struct json_writer *w, struct str s)
{
    before_next(w);
    quoted(w->buf, s);
    w->need_comma = true;
}

void json_put_int(struct json_writer *w, int64_t n)
{
    before_next(w);
    buf_int(w->buf, n);
    w->need_comma = true;
}

void json_put_decimal(struct json_writer *w, int64_t n, unsigned digits)
{
    uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n, unit = 1;

    for (unsigned i = 0; i < digits; i++)
        unit *= 10;
    before_next(w);
    buf_printf(w->buf, "%s%llu", n < 0 ? "-" : "", (unsigned long long)(size / unit));
    if (digits > 0)
        buf_printf(w->buf, ".%0*llu", (int)digits, (unsigned long long)(size % unit));
    w->need_comma = true;
}

void json_put_tenths(struct json_writer *w, int64_t tenths) { json_put_decimal(w, tenths, 1); }

void json_put_bool(struct json_writer *w, bool b)
{
    before_next(w);
    buf_add_z(w->buf, b ? "true" : "false");
    w->need_comma = true;
}

void json_put_null(struct json_writer *w)
{
    before_next(w);
    buf_add(w->buf, STR("null"));
    w->need_comma = true;
}

void json_put_json(struct json_writer *w, struct str json)
{
    before_next(w);
    buf_add(w->buf, json);
    w->need_comma = true;
}

void json_pair(struct json_writer *w, const char *key, struct str text)
{
    if (str_is_empty(text))
        return;
    json_key(w, key);
    json_put_text(w, text);
}
