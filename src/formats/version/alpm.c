/* pacman's order (alpm_pkg_vercmp): as rpm's, but how many signs stand between two runs counts too, and letters right behind a number come
 * before its end: 1.0rc < 1.0 < 1.0.rc < 1.0.1. */
#include "formats/version/version_internal.h"

enum { LETTERS = 2, END, DIGITS, SIGN, SIGNS };

static size_t take_signs(struct str *rest)
{
    size_t n = 0;

    while (n < rest->len && !ascii_is_alnum(rest->ptr[n]))
        n++;
    return version_take(rest, n).len;
}

static void write_part(struct str part, struct key *key)
{
    while (part.len > 0) {
        size_t signs = take_signs(&part);

        if (signs == 1) {
            key_byte(key, SIGN);
        } else if (signs > 1) {
            key_byte(key, SIGNS);
            key_byte(key, (unsigned char)(signs >> 8));
            key_byte(key, (unsigned char)signs);
        }
        if (part.len > 0 && ascii_is_digit(*part.ptr)) {
            key_byte(key, DIGITS);
            key_number(key, version_take_digits(&part));
        } else if (part.len > 0) {
            key_byte(key, LETTERS);
            key_word(key, version_take_letters(&part));
        }
    }
    key_byte(key, END);
}

/* pacman takes a version without a release for equal to each of its releases; in an order it has to stand before them. */
bool version_write_alpm(struct str text, struct key *key)
{
    struct evr evr = version_split_evr(text);

    key_number(key, evr.epoch);
    write_part(evr.version, key);
    if (evr.has_release)
        write_part(evr.release, key);
    return text.len > 0;
}
