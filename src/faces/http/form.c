#include "faces/http/form.h"

#include "base/ascii.h"
#include "base/err.h"
#include <string.h>

struct part {
    struct str name, file_name, type;
    bool has_disposition, has_name, is_file;
};

/* Takes one parameter `; name=value` or `; name="value"` off *rest. */
static bool next_parameter(struct str *rest, struct str *name, struct str *value)
{
    struct str s = str_trim(*rest);
    size_t at;

    if (!str_skip(&s, STR(";")))
        return false;
    s = str_trim(s);
    at = str_index(s, '=');
    if (at == 0 || at >= s.len)
        return false;
    *name = str_take(s, at);
    s = str_drop(s, at + 1);
    if (str_skip(&s, STR("\""))) {
        at = str_index(s, '"');
        if (at == s.len)
            return false;
        *value = str_take(s, at);
        *rest = str_drop(s, at + 1);
        return true;
    }
    at = str_index(s, ';');
    *value = str_trim(str_take(s, at));
    /* A token holds no quote (RFC 2045, 5.1): another reader would take what is in quotes. */
    if (value->len == 0 || str_index(*value, '"') < value->len)
        return false;
    *rest = str_drop(s, at);
    return true;
}

/* Splits "type/subtype; parameters". */
static struct str media_type(struct str content_type, struct str *parameters)
{
    size_t at = str_index(content_type, ';');

    *parameters = str_drop(content_type, at);
    return str_trim(str_take(content_type, at));
}

static bool is_boundary_char(char c)
{
    return ascii_is_alnum(c) || (c != 0 && strchr("'()+_,-./:=?", c));
}

bool form_boundary(struct str content_type, struct str *boundary)
{
    struct str rest, name, value, found = STR_NONE;

    if (!str_eq_nocase(media_type(content_type, &rest), STR("multipart/form-data")))
        return false;
    while (next_parameter(&rest, &name, &value)) {
        if (!str_eq_nocase(name, STR("boundary")))
            continue;
        if (found.len > 0) /* two: two readers would choose differently */
            return false;
        found = value;
    }
    if (str_trim(rest).len > 0 || found.len == 0 || found.len > HTTP_BOUNDARY_MAX)
        return false;
    for (size_t i = 0; i < found.len; i++)
        if (!is_boundary_char(found.ptr[i]))
            return false;
    *boundary = found;
    return true;
}

bool content_type_is(struct str content_type, struct str type)
{
    struct str rest, name, value;

    if (!str_eq_nocase(media_type(content_type, &rest), type))
        return false;
    while (next_parameter(&rest, &name, &value))
        if (str_eq_nocase(name, STR("charset")) && !str_eq_nocase(value, STR("utf-8")))
            return false;
    return str_trim(rest).len == 0;
}

/* Browsers write '"' in a name as %22, CR and LF as %0D %0A; nothing else is encoded (WHATWG,
 * multipart/form-data). */
static struct str unescape_name(struct str text, struct arena *arena)
{
    char *to = arena_alloc(arena, text.len);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        struct str rest = str_drop(text, i);

        if (str_starts(rest, STR("%22")))
            to[len++] = '"';
        else if (str_starts(rest, STR("%0D")) || str_starts(rest, STR("%0A")))
            to[len++] = ' ';
        else {
            to[len++] = text.ptr[i];
            continue;
        }
        i += 2;
    }
    return (struct str){ to, len };
}

static bool read_name(struct str text, size_t max, struct arena *arena, struct str *out,
                      struct err *err)
{
    if (text.len > max)
        return FAIL(err, TOO_LARGE, STR("form"));
    if (!str_is_utf8(text))
        return FAIL(err, NOT_UTF8, STR("form"));
    if (!str_is_plain(text, false))
        return FAIL(err, BAD_REQUEST, STR("form"));
    *out = unescape_name(text, arena);
    return true;
}

/* "C:\x\y.txt" and "../y.txt" are "y.txt": the name is for eyes and never reaches a file call. */
static struct str last_part(struct str name)
{
    size_t from = 0;

    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '/' || name.ptr[i] == '\\')
            from = i + 1;
    return str_drop(name, from);
}

static bool read_disposition(struct str value, struct arena *arena, struct part *part,
                             struct err *err)
{
    struct str rest, name, text;

    if (part->has_disposition || !str_eq_nocase(media_type(value, &rest), STR("form-data")))
        return FAIL(err, BAD_REQUEST, STR("form"));
    part->has_disposition = true;
    while (next_parameter(&rest, &name, &text)) {
        bool is_name = str_eq_nocase(name, STR("name"));

        if (is_name && !part->has_name) {
            part->has_name = true;
            if (!read_name(text, HTTP_FIELD_NAME_MAX, arena, &part->name, err))
                return PASS(err);
        } else if (str_eq_nocase(name, STR("filename")) && !part->is_file) {
            part->is_file = true;
            if (!read_name(text, HTTP_FILE_NAME_MAX, arena, &part->file_name, err))
                return PASS(err);
            part->file_name = last_part(part->file_name);
        } else {
            return FAIL(err, BAD_REQUEST,
                        STR("form")); /* twice, or filename*, which RFC 7578 4.2 forbids */
        }
    }
    if (str_trim(rest).len > 0 || !part->has_name || part->name.len == 0)
        return FAIL(err, BAD_REQUEST, STR("form"));
    return true;
}

static bool read_part_header(struct str line, struct arena *arena, struct part *part,
                             struct err *err)
{
    size_t at = str_index(line, ':');
    struct str name = str_take(line, at), value = str_trim(str_drop(line, at + 1)), rest;

    if (at == 0 || at == line.len || !str_is_utf8(line) || !str_is_plain(line, false) ||
        name.ptr[0] == ' ')
        return FAIL(err, BAD_REQUEST, STR("form"));
    if (str_eq_nocase(name, STR("Content-Disposition")))
        return read_disposition(value, arena, part, err) || PASS(err);
    if (str_eq_nocase(name, STR("Content-Type"))) {
        part->type = media_type(value, &rest);
        if (str_eq_nocase(str_take(part->type, 10), STR("multipart/")))
            return FAIL(err, BAD_REQUEST, STR("form"));
    }
    if (str_eq_nocase(name, STR("Content-Transfer-Encoding")) &&
        !str_eq_nocase(value, STR("binary")) && !str_eq_nocase(value, STR("8bit")) &&
        !str_eq_nocase(value, STR("7bit")))
        return FAIL(err, BAD_REQUEST, STR("form"));
    return true;
}

/* Takes the header lines and the empty line off *rest. */
static bool read_part_head(struct str *rest, struct arena *arena, struct part *part,
                           struct err *err)
{
    struct str window = str_take(*rest, HTTP_PART_HEAD_MAX);
    size_t end = str_index_str(window, STR("\r\n\r\n"));
    struct str head = str_take(window, end);

    if (end == window.len) {
        if (window.len == HTTP_PART_HEAD_MAX)
            return FAIL(err, TOO_LARGE, STR("form"));
        return FAIL(err, BAD_REQUEST, STR("form"));
    }
    while (head.len > 0) {
        size_t line_end = str_index_str(head, STR("\r\n"));

        if (!read_part_header(str_take(head, line_end), arena, part, err))
            return PASS(err);
        head = str_drop(head, line_end + 2);
    }
    *rest = str_drop(*rest, end + 4);
    return part->has_disposition ? true : FAIL(err, BAD_REQUEST, STR("form"));
}

static bool keep_part(const struct part *part, struct str bytes, struct arena *arena,
                      struct fields *fields, struct uploads *uploads, struct err *err)
{
    if (!part->is_file) {
        struct field field = { part->name, bytes };

        if (fields->len == HTTP_FIELDS_MAX)
            return FAIL(err, TOO_LARGE, STR("form"));
        if (!str_is_utf8(bytes))
            return FAIL(err, NOT_UTF8, part->name);
        VEC_PUSH(arena, fields, field);
        return true;
    }
    if (part->file_name.len == 0 && bytes.len == 0)
        return true; /* nothing was chosen */
    if (uploads->len == HTTP_FILES_MAX)
        return FAIL(err, TOO_LARGE, STR("form"));
    VEC_PUSH(arena, uploads, (struct upload){ part->name, part->file_name, part->type, bytes });
    return true;
}

bool form_multipart(struct str body, struct str boundary, struct arena *arena,
                    struct fields *fields, struct uploads *uploads, struct err *err)
{
    struct str delimiter = arena_printf(arena, "\r\n--%.*s", STR_ARG(boundary)), rest = body;
    struct fields found = { 0 };
    struct uploads files = { 0 };

    if (!str_skip(&rest, str_drop(delimiter, 2)))
        return FAIL(err, BAD_REQUEST, STR("form"));
    while (!str_eq(rest, STR("--")) && !str_eq(rest, STR("--\r\n"))) {
        struct part part = { 0 };
        const char *end;
        size_t len;

        if (!str_skip(&rest, STR("\r\n")))
            return FAIL(err, BAD_REQUEST, STR("form"));
        if (!read_part_head(&rest, arena, &part, err))
            return PASS(err);
        end = rest.len > 0 ? memmem(rest.ptr, rest.len, delimiter.ptr, delimiter.len) : NULL;
        if (!end)
            return FAIL(err, BAD_REQUEST, STR("form"));
        len = (size_t)(end - rest.ptr);
        if (!keep_part(&part, str_take(rest, len), arena, &found, &files, err))
            return PASS(err);
        rest = str_drop(rest, len + delimiter.len);
    }
    *fields = found;
    *uploads = files;
    return true;
}
