/* Gentoo's Package Manager Specification, chapter 3: numbers, one letter, suffixes, the revision. Numbers behind a dot that begin with 0
 * are fractions. */
#include "formats/version/version_internal.h"

enum { SUFFIX_BEFORE = 2, END = SUFFIX_BEFORE + 4, SUFFIX_AFTER, LETTER, FRACTION };

/* In their order: the first four before the release, the last after it. */
static const struct str suffixes[] = {
    STR_INIT("alpha"), STR_INIT("beta"), STR_INIT("pre"), STR_INIT("rc"), STR_INIT("p"),
};

static void write_fraction(struct str digits, struct key *key)
{
    while (digits.len > 0 && digits.ptr[digits.len - 1] == '0')
        digits.len--;
    key_byte(key, FRACTION);
    key_word(key, digits);
}

static bool write_numbers(struct str *rest, struct key *key)
{
    struct str digits = version_take_digits(rest);

    if (digits.len == 0)
        return false;
    key_number(key, digits);
    while (version_skip(rest, '.')) {
        digits = version_take_digits(rest);
        if (digits.len == 0)
            return false;
        if (*digits.ptr == '0')
            write_fraction(digits, key);
        else
            key_number(key, digits);
    }
    return true;
}

static bool write_suffix(struct str *rest, struct key *key)
{
    struct str word = version_take_letters(rest);
    size_t i = 0;

    while (i < COUNT(suffixes) && !str_eq(word, suffixes[i]))
        i++;
    if (i == COUNT(suffixes))
        return false;
    key_byte(key, (unsigned char)(i < 4 ? SUFFIX_BEFORE + i : SUFFIX_AFTER));
    key_number(key, version_take_digits(rest));
    return true;
}

bool version_write_gentoo(struct str text, struct key *key)
{
    struct str rest = text, revision = STR_NONE;

    if (!write_numbers(&rest, key))
        return false;
    if (rest.len > 0 && *rest.ptr >= 'a' && *rest.ptr <= 'z') {
        key_byte(key, LETTER);
        key_byte(key, (unsigned char)*version_take(&rest, 1).ptr);
    }
    while (version_skip(&rest, '_'))
        if (!write_suffix(&rest, key))
            return false;
    key_byte(key, END);
    if (str_skip(&rest, STR("-r"))) {
        revision = version_take_digits(&rest);
        if (revision.len == 0)
            return false;
    }
    key_number(key, revision);
    return rest.len == 0;
}
