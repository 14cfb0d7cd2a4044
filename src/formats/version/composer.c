/* Composer: normalised to four numbers and a stability as composer/semver does, then PHP's version_compare. Dates have as many numbers as
 * they have; branches ("dev-main") stand before all versions. */
#include "formats/version/version_internal.h"

enum { UNKNOWN = 2, DEV, ALPHA, BETA, RC, END, PATCH = KEY_TOP };

static const struct {
    struct str word;
    unsigned char mark; /* 0: says nothing */
} words[] = {
    { STR_INIT("stable"), 0 },   { STR_INIT("beta"), BETA },   { STR_INIT("b"), BETA },
    { STR_INIT("rc"), RC },      { STR_INIT("alpha"), ALPHA }, { STR_INIT("a"), ALPHA },
    { STR_INIT("p"), PATCH },    { STR_INIT("pl"), PATCH },    { STR_INIT("patch"), PATCH },
    { STR_INIT("post"), PATCH }, /* PHP looks no further than the p */
    { STR_INIT("dev"), DEV },
};

static bool skip_any(struct str *rest, const char *signs)
{
    if (rest->len == 0 || !strchr(signs, *rest->ptr) || *rest->ptr == '\0')
        return false;
    version_take(rest, 1);
    return true;
}

static bool skip_word(struct str *rest, struct str word)
{
    if (!str_eq_nocase(str_take(*rest, word.len), word))
        return false;
    version_take(rest, word.len);
    return true;
}

/* A wildcard of a branch ("1.x-dev") stands above every number that people use. */
static bool take_number(struct str *rest, bool *is_branch, struct str *digits)
{
    *digits = version_take_digits(rest);
    if (digits->len > 0)
        return true;
    *digits = STR("9999999");
    *is_branch = skip_any(rest, "xX*");
    return *is_branch;
}

static bool write_numbers(struct str *rest, bool *is_branch, struct key *key)
{
    size_t count = 0;
    bool is_date = false;

    while (true) {
        struct str after = *rest, digits;

        if (count > 0 && !skip_any(&after, is_date ? ".-:" : "."))
            break;
        if (!take_number(&after, is_branch, &digits)) {
            if (count == 0)
                return false;
            break;
        }
        *rest = after;
        key_number(key, digits);
        if (count == 0)
            is_date = digits.len > 5 || (digits.len == 4 && rest->len > 2 && *rest->ptr == '-' &&
                                         ascii_is_digit(rest->ptr[1]));
        count++;
    }
    for (; count < 4 && !is_date; count++) {
        if (*is_branch)
            key_number(key, STR("9999999"));
        else
            key_byte(key, KEY_NUMBER);
    }
    return true;
}

static void write_word(struct str word, struct key *key)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        if (!str_eq_nocase(word, words[i].word))
            continue;
        if (words[i].mark != 0)
            key_byte(key, words[i].mark);
        return;
    }
    key_byte(key, UNKNOWN);
    key_word_lower(key, word);
}

/* What stands behind the numbers: a stability with numbers of its own, "dev"; anything else is no version, and ordered by PHP's rule. */
static void write_tail(struct str rest, struct key *key)
{
    bool is_wrong = false, is_dev = false;

    for (size_t n = 0; rest.len > 0; n++) {
        struct str word;

        skip_any(&rest, n == 0 ? "._-" : ".-");
        word = version_take_letters(&rest);
        is_wrong |= is_dev || (n > 0 && word.len > 0 && !str_eq_nocase(word, STR("dev")));
        is_dev = str_eq_nocase(word, STR("dev"));
        if (word.len > 0) {
            write_word(word, key);
        } else {
            struct str digits = version_take_digits(&rest);

            if (digits.len > 0)
                key_number(key, digits);
            else if (rest.len > 0)
                version_take(&rest, 1);
            is_wrong |= digits.len == 0;
        }
    }
    key->is_loose |= is_wrong;
}

static bool write_branch(struct str name, struct key *key)
{
    key_byte(key, DEV);
    key_word(key, name);
    return true;
}

/* Without "@beta" and "+build", which change nothing. */
static struct str without_flags(struct str text)
{
    struct str rest = str_take(text, str_index(text, '@'));

    return str_take(rest, str_index(rest, '+'));
}

bool version_write_composer(struct str text, struct key *key)
{
    struct str rest = str_trim(text);
    bool is_branch = false;

    if (skip_word(&rest, STR("dev-")))
        return write_branch(rest, key);
    if (str_eq_z(rest, "master") || str_eq_z(rest, "trunk") || str_eq_z(rest, "default"))
        return write_branch(rest, key);
    rest = without_flags(rest);
    skip_any(&rest, "vV");
    if (!write_numbers(&rest, &is_branch, key))
        return false;
    write_tail(rest, key);
    key_byte(key, END);
    return true;
}
