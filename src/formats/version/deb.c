/* dpkg's order (Debian policy 5.6.12): epoch:upstream-revision, each a run of signs, a number, a run of signs, a number … */
#include "formats/version/version_internal.h"

enum { TILDE = 2, RUN_END = 3 };

/* '~' before the end, the end before letters, letters before all other signs. */
static unsigned char sign_mark(char c)
{
    if (c == '~')
        return TILDE;
    return (unsigned char)(ascii_is_letter(c) ? c : c | 0x80);
}

static bool write_part(struct str part, struct key *key)
{
    while (part.len > 0) {
        for (; part.len > 0 && !ascii_is_digit(*part.ptr); version_take(&part, 1)) {
            if (*part.ptr <= ' ' || *part.ptr > '~')
                return false;
            key_byte(key, sign_mark(*part.ptr));
        }
        key_byte(key, RUN_END);
        key_number(key, version_take_digits(&part));
    }
    key_byte(key, RUN_END);
    return true;
}

bool version_write_deb(struct str text, struct key *key)
{
    size_t colon = str_index(text, ':');
    struct str upstream = colon < text.len ? str_drop(text, colon + 1) : text;
    struct str epoch = str_take(text, text.len - upstream.len), revision = STR("0");
    size_t hyphen = upstream.len;

    while (hyphen > 0 && upstream.ptr[hyphen - 1] != '-')
        hyphen--;
    if (hyphen > 0) {
        revision = str_drop(upstream, hyphen);
        upstream = str_take(upstream, hyphen - 1);
    }
    key_number(key, version_take_digits(&epoch));
    if (epoch.len > 1 || colon == 0 || upstream.len == 0)
        return false;
    return write_part(upstream, key) && write_part(revision.len > 0 ? revision : STR("0"), key);
}
