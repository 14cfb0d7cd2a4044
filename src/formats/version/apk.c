/* apk-tools' order: numbers, one letter, suffixes, the hash of a commit, the revision. What goes on stands after what ends, unless it goes
 * on with a suffix of before a release. A number behind a dot that begins with 0 is a fraction: by its digits as they are. */
#include "formats/version/version_internal.h"

enum {
    WRONG = 2,
    SUFFIX_BEFORE, /* four of them */
    END = SUFFIX_BEFORE + 4,
    REVISION,
    HASH,
    SUFFIX_NUMBER,
    SUFFIX_AFTER, /* five */
    LETTER = SUFFIX_AFTER + 5,
    ZERO,
    FRACTION
};

/* In their order: the first four before the release, the others after it. */
static const struct str suffixes[] = {
    STR_INIT("alpha"), STR_INIT("beta"), STR_INIT("pre"), STR_INIT("rc"), STR_INIT("cvs"),
    STR_INIT("svn"),   STR_INIT("git"),  STR_INIT("hg"),  STR_INIT("p"),
};

static bool write_suffix(struct str *rest, struct key *key)
{
    struct str word = version_take_letters(rest), digits;
    size_t i = 0;

    while (i < COUNT(suffixes) && !str_eq(word, suffixes[i]))
        i++;
    if (i == COUNT(suffixes))
        return false;
    key_byte(key, (unsigned char)(i < 4 ? SUFFIX_BEFORE + i : SUFFIX_AFTER + i - 4));
    digits = version_take_digits(rest);
    if (digits.len > 0) {
        key_byte(key, SUFFIX_NUMBER);
        key_number(key, digits);
    }
    return true;
}

static struct str take_hash(struct str *rest)
{
    size_t n = 0;

    while (n < rest->len &&
           (ascii_is_digit(rest->ptr[n]) || (rest->ptr[n] >= 'a' && rest->ptr[n] <= 'f')))
        n++;
    return version_take(rest, n);
}

static bool write_tail(struct str *rest, struct key *key)
{
    while (version_skip(rest, '.')) {
        struct str digits = version_take_digits(rest);

        if (digits.len == 0)
            return false;
        if (*digits.ptr != '0') {
            key_number(key, digits);
        } else if (digits.len == 1) {
            key_byte(key, ZERO);
        } else {
            key_byte(key, FRACTION);
            key_word(key, digits);
        }
    }
    if (rest->len > 0 && *rest->ptr >= 'a' && *rest->ptr <= 'z') {
        key_byte(key, LETTER);
        key_byte(key, (unsigned char)*version_take(rest, 1).ptr);
    }
    while (version_skip(rest, '_'))
        if (!write_suffix(rest, key))
            return false;
    if (version_skip(rest, '~')) {
        struct str hash = take_hash(rest);

        if (hash.len == 0)
            return false;
        key_byte(key, HASH);
        key_word(key, hash);
    }
    if (str_skip(rest, STR("-r"))) {
        struct str digits = version_take_digits(rest);

        if (digits.len == 0)
            return false;
        key_byte(key, REVISION);
        key_number(key, digits);
    }
    return rest->len == 0;
}

/* 1.8.1p1-r1 of old: what is wrong begins somewhere, goes on by the generic rule and stands before all that is right there. */
bool version_write_apk(struct str text, struct key *key)
{
    struct str rest = text, digits = version_take_digits(&rest);

    key_number(key, digits);
    if (write_tail(&rest, key)) {
        key_byte(key, END);
    } else {
        key->is_loose = true;
        key_byte(key, WRONG);
        version_write_generic(rest, key);
    }
    return digits.len > 0;
}
