/* The URI binding (NISTIR 7695, section 6.1): seven components, percent signs, the five newer attributes packed into the
 * edition. Punctuation that nobody quoted is refused, but for the '~' of older names and wildcards at the ends. */
#include "base/ascii.h"
#include "base/buf.h"
#include "formats/cpe/cpe_internal.h"

enum { URI_COMPONENTS = CPE_LANGUAGE + 1 };

static const enum cpe_attribute packed[] = { CPE_EDITION, CPE_SW_EDITION, CPE_TARGET_SW,
                                             CPE_TARGET_HW, CPE_OTHER };

static int hex_value(char c)
{
    c = ascii_lower(c);
    if (ascii_is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "%01" is '?', "%02" is '*', every other one is a character that the formatted string quotes. */
static bool add_escape(struct buf *buf, struct str escape, bool is_whole)
{
    int high, low;
    char c;

    if (escape.len < 3)
        return false;
    high = hex_value(escape.ptr[1]);
    low = hex_value(escape.ptr[2]);
    if (high < 0 || low < 0)
        return false;
    c = (char)(high << 4 | low);
    if (c == 1 || c == 2) {
        buf_byte(buf, c == 1 ? '?' : '*');
        return true;
    }
    if (cpe_kind(c) < CPE_QUOTABLE && !(c == '-' && is_whole))
        return false;
    buf_byte(buf, '\\');
    buf_byte(buf, c);
    return true;
}

static bool decode(struct str component, struct arena *arena, struct str *out)
{
    struct buf buf;
    size_t plain = 0;

    if (component.len == 0) {
        *out = STR("*");
        return true;
    }
    while (plain < component.len && cpe_kind(component.ptr[plain]) == CPE_PLAIN)
        plain++;
    if (plain == component.len) {
        *out = component;
        return true;
    }
    buf = buf_new(arena, CPE_WRITTEN_MAX);
    for (size_t i = 0; i < component.len; i++) {
        char c = component.ptr[i];

        if (c == '%') {
            if (!add_escape(&buf, str_drop(component, i), component.len == 3))
                return false;
            i += 2;
        } else if (c == '\\') {
            return false;
        } else {
            if (c == '~')
                buf_byte(&buf, '\\');
            buf_byte(&buf, ascii_lower(c));
        }
    }
    *out = buf_str(&buf);
    /* A wildcard alone would read as ANY. */
    return cpe_is_value(*out) && !cpe_is_any(*out);
}

static bool decode_packed(struct str component, struct arena *arena, struct cpe *cpe)
{
    struct str part, rest = str_drop(component, 1);

    for (size_t i = 0; i < COUNT(packed); i++) {
        size_t end = str_index(rest, '~');

        /* Only the last part ends the component. */
        if ((end == rest.len) != (i == COUNT(packed) - 1))
            return false;
        part = str_take(rest, end);
        if (!decode(part, arena, &cpe->field[packed[i]]))
            return false;
        rest = str_drop(rest, end + 1);
    }
    return true;
}

bool cpe_read_uri(struct str rest, struct arena *arena, struct cpe *cpe)
{
    for (size_t i = 0; i < CPE_FIELDS; i++)
        cpe->field[i] = STR("*");
    for (size_t i = 0; i < URI_COMPONENTS; i++) {
        size_t end = str_index(rest, ':');
        struct str component = str_take(rest, end);
        bool is_packed = i == CPE_EDITION && end > 0 && component.ptr[0] == '~';

        if (is_packed ? !decode_packed(component, arena, cpe)
                      : !decode(component, arena, &cpe->field[i]))
            return false;
        if (end == rest.len)
            return cpe_is_part(cpe->field[CPE_PART]);
        rest = str_drop(rest, end + 1);
    }
    return false; /* an eighth component */
}

static void encode(struct buf *buf, struct str field)
{
    if (cpe_is_any(field))
        return;
    for (size_t i = 0; i < field.len; i++) {
        char c = field.ptr[i];

        if (c == '\\' && i + 1 < field.len)
            buf_printf(buf, "%%%02x", (unsigned)(unsigned char)field.ptr[++i]);
        else if (c == '?' || c == '*')
            buf_add(buf, c == '?' ? STR("%01") : STR("%02"));
        else
            buf_byte(buf, c);
    }
}

static bool needs_packing(const struct cpe *cpe)
{
    for (size_t i = 1; i < COUNT(packed); i++)
        if (!cpe_is_any(cpe->field[packed[i]]))
            return true;
    return false;
}

struct str cpe_uri(const struct cpe *cpe, struct arena *arena)
{
    struct buf buf = buf_new(arena, CPE_WRITTEN_MAX);

    buf_add(&buf, STR("cpe:/"));
    for (size_t i = 0; i < URI_COMPONENTS; i++) {
        if (i > 0)
            buf_byte(&buf, ':');
        if (i == CPE_EDITION && needs_packing(cpe)) {
            for (size_t k = 0; k < COUNT(packed); k++) {
                buf_byte(&buf, '~');
                encode(&buf, cpe->field[packed[k]]);
            }
        } else {
            encode(&buf, cpe->field[i]);
        }
    }
    while (buf.len > 0 && buf.ptr[buf.len - 1] == ':')
        buf.len--;
    return buf_str(&buf);
}
