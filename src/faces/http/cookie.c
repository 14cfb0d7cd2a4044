#include "faces/http/cookie.h"

#include "base/ascii.h"
#include "base/err.h"
#include <string.h>

static bool is_token_char(char c)
{
    return ascii_is_alnum(c) || (c != 0 && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_value_char(char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

static bool all_of(struct str s, bool (*is)(char))
{
    for (size_t i = 0; i < s.len; i++)
        if (!is(s.ptr[i]))
            return false;
    return true;
}

bool cookie_parse(struct str header, struct arena *arena, struct fields *out, struct err *err)
{
    struct str rest = header, pair;

    while (rest.len > 0 && str_split(&rest, ';', &pair)) {
        struct field cookie;
        size_t at;

        pair = str_trim(pair);
        at = str_index(pair, '=');
        cookie = (struct field){ str_take(pair, at), str_drop(pair, at + 1) };
        if (at == pair.len || cookie.name.len == 0 || !all_of(cookie.name, is_token_char) ||
            !all_of(cookie.value, is_value_char))
            continue;
        if (out->len == HTTP_COOKIES_MAX)
            return FAIL(err, TOO_LARGE, STR("Cookie"));
        VEC_PUSH(arena, out, cookie);
    }
    return true;
}
