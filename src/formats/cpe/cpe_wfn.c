/* Well-formed names (NISTIR 7695, section 5): wfn:[part="a",vendor="hp",update=NA]. What is not named is ANY. */
#include "base/ascii.h"
#include "base/buf.h"
#include "formats/cpe/cpe_internal.h"

static const struct str names[CPE_FIELDS] = {
    STR_INIT("part"),      STR_INIT("vendor"),    STR_INIT("product"),  STR_INIT("version"),
    STR_INIT("update"),    STR_INIT("edition"),   STR_INIT("language"), STR_INIT("sw_edition"),
    STR_INIT("target_sw"), STR_INIT("target_hw"), STR_INIT("other"),
};

struct str cpe_wfn(const struct cpe *cpe, struct arena *arena)
{
    struct buf buf = buf_new(arena, CPE_WRITTEN_MAX);

    buf_add(&buf, STR("wfn:["));
    for (size_t i = 0; i < CPE_FIELDS; i++) {
        struct str field = cpe->field[i];

        buf_add(&buf, i > 0 ? STR(",") : STR(""));
        buf_add(&buf, names[i]);
        buf_byte(&buf, '=');
        if (cpe_is_any(field) || cpe_is_na(field)) {
            buf_add(&buf, cpe_is_any(field) ? STR("ANY") : STR("NA"));
            continue;
        }
        buf_byte(&buf, '"');
        for (size_t k = 0; k < field.len; k++) {
            char c = field.ptr[k];

            if (c == '.' || c == '-')
                buf_byte(&buf, '\\');
            buf_byte(&buf, c);
            if (c == '\\' && k + 1 < field.len)
                buf_byte(&buf, field.ptr[++k]);
        }
        buf_byte(&buf, '"');
    }
    buf_byte(&buf, ']');
    return buf_str(&buf);
}

/* A quoted value as the formatted string has it: '.' and '-' lose their backslash, unless a '-' is all there is. */
static bool read_quoted(struct str *rest, struct arena *arena, struct str *out)
{
    struct buf buf = buf_new(arena, CPE_TEXT_MAX);
    size_t i = 0;

    for (; i < rest->len && rest->ptr[i] != '"'; i++) {
        char c = rest->ptr[i];

        if (c == '\\') {
            if (++i == rest->len)
                return false;
            c = rest->ptr[i];
            if (c != '.' && c != '-' && cpe_kind(c) < CPE_QUOTABLE)
                return false;
            if (c != '.' && c != '-')
                buf_byte(&buf, '\\');
        } else if (!ascii_is_alnum(c) && c != '_' && c != '*' && c != '?') {
            return false;
        }
        buf_byte(&buf, ascii_lower(c));
    }
    if (i == rest->len)
        return false;
    *rest = str_drop(*rest, i + 1);
    *out = buf_str(&buf);
    if (cpe_is_na(*out))
        *out = STR("\\-");
    return cpe_is_value(*out) && !cpe_is_any(*out);
}

static bool read_value(struct str *rest, struct arena *arena, struct str *out)
{
    if (str_skip(rest, STR("\"")))
        return read_quoted(rest, arena, out);
    if (str_skip(rest, STR("ANY"))) {
        *out = STR("*");
        return true;
    }
    *out = STR("-");
    return str_skip(rest, STR("NA"));
}

static bool read_pair(struct str *rest, struct arena *arena, struct cpe *cpe)
{
    struct str name = str_trim(str_take(*rest, str_index(*rest, '=')));

    *rest = str_drop(*rest, str_index(*rest, '=') + 1);
    for (size_t i = 0; i < CPE_FIELDS; i++)
        if (str_eq(name, names[i]))
            return !cpe->field[i].ptr && read_value(rest, arena, &cpe->field[i]);
    return false;
}

bool cpe_read_wfn(struct str rest, struct arena *arena, struct cpe *cpe)
{
    *cpe = (struct cpe){ 0 };
    if (!str_eq(rest, STR("]"))) {
        do {
            if (!read_pair(&rest, arena, cpe))
                return false;
        } while (str_skip(&rest, STR(",")));
    }
    for (size_t i = 0; i < CPE_FIELDS; i++)
        if (!cpe->field[i].ptr)
            cpe->field[i] = STR("*");
    return str_eq(rest, STR("]")) && cpe_is_part(cpe->field[CPE_PART]);
}
