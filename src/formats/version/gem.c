/* Gem::Version: runs of digits or of letters, words before 0; a hyphen is ".pre.". Zeros at the end of the numbers before the first word
 * and at the end of everything say nothing. */
#include "formats/version/version_internal.h"

enum { WORD = 2 };

/* [0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)? */
static bool is_well_formed(struct str text)
{
    bool has_hyphen = false;
    size_t first = 0;

    while (first < text.len && ascii_is_digit(text.ptr[first]))
        first++;
    if (first == 0 || (first < text.len && text.ptr[first] != '.' && text.ptr[first] != '-'))
        return false;
    for (size_t i = first; i < text.len; i++) {
        bool is_sign = text.ptr[i] == '.' || (text.ptr[i] == '-' && !has_hyphen);

        has_hyphen |= text.ptr[i] == '-';
        if (is_sign && (i + 1 == text.len || text.ptr[i + 1] == '.'))
            return false;
        if (!is_sign && !ascii_is_alnum(text.ptr[i]) && text.ptr[i] != '-')
            return false;
    }
    return true;
}

static void write_word(struct str word, size_t *zeros, bool *is_pre, struct key *key)
{
    if (*is_pre)
        key_zeros(key, *zeros, false);
    *zeros = 0;
    *is_pre = true;
    key_byte(key, WORD);
    key_word(key, word);
}

bool version_write_gem(struct str text, struct key *key)
{
    struct str rest = str_trim(text);
    size_t zeros = 0;
    bool is_pre = false;

    key->is_loose |= !is_well_formed(rest);
    if (rest.len == 0 || !ascii_is_digit(*rest.ptr))
        return false;
    while (rest.len > 0) {
        struct str digits = version_take_digits(&rest), word = version_take_letters(&rest);

        if (version_is_zero(digits)) {
            zeros += digits.len > 0;
        } else {
            key_zeros(key, zeros, true);
            zeros = 0;
            key_number(key, digits);
        }
        if (word.len > 0)
            write_word(word, &zeros, &is_pre, key);
        if (digits.len == 0 && word.len == 0 && *version_take(&rest, 1).ptr == '-')
            write_word(STR("pre"), &zeros, &is_pre, key);
    }
    key_byte(key, KEY_END);
    return true;
}
