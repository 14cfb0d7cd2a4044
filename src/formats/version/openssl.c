/* OpenSSL: three numbers, until 1.1.1 with letters for its repairs (0.9.8y < 0.9.8za), from 3.0 on semantic. */
#include "formats/version/version_internal.h"

enum { BEFORE = 2, FINAL, AFTER, LETTERS };

static bool is_before_release(struct str word)
{
    return str_starts(word, STR("alpha")) || str_starts(word, STR("beta")) ||
           str_starts(word, STR("pre")) || str_starts(word, STR("rc"));
}

bool version_write_openssl(struct str text, struct key *key)
{
    struct str rest = text, letters;
    size_t end = key->len;

    do {
        struct str digits = version_take_digits(&rest);

        if (digits.len == 0)
            return false;
        key_number(key, digits);
        if (!version_is_zero(digits) || end == 0)
            end = key->len;
    } while (version_skip(&rest, '.'));
    key->len = end;
    letters = version_take_letters(&rest);
    if (letters.len > 0) {
        key_byte(key, LETTERS);
        key_word(key, letters);
    }
    if (rest.len == 0) {
        key_byte(key, FINAL);
        return true;
    }
    if (!version_skip(&rest, '-') || rest.len == 0)
        return false;
    key_byte(key, is_before_release(rest) ? BEFORE : AFTER);
    return version_write_generic(rest, key);
}
