/* Semantic Versioning 2.0.0 and those that follow it. People write more than it allows, and it is ordered as the tools do: a leading v or
 * =, fewer than three numbers (the missing are 0) and more, zeros before a number, a pre-release without its hyphen. */
#include "formats/version/version_internal.h"

enum { PRE_RELEASE = 2, RELEASE = 3, BUILD = 2 };

/* What sets a scheme apart from the others. */
struct manner {
    size_t least, most; /* numbers */
    char prefix;        /* what may stand before them; 0: nothing */
    bool allows_zeros;  /* before a number */
    bool ignores_case, orders_build;
};

static void write_number(const struct manner *manner, struct str digits, struct key *key)
{
    key->is_loose |= digits.len > 1 && *digits.ptr == '0' && !manner->allows_zeros;
    key_number(key, digits);
}

/* Three at least: 1.2 is 1.2.0, and 1.2.3.0 is 1.2.3. */
static bool write_numbers(const struct manner *manner, struct str *rest, struct key *key)
{
    size_t count = 0, end = key->len;

    do {
        struct str digits = version_take_digits(rest);

        if (digits.len == 0)
            return false;
        write_number(manner, digits, key);
        if (++count <= 3 || !version_is_zero(digits))
            end = key->len;
    } while (version_skip(rest, '.'));
    key->len = end;
    key->is_loose |= count < manner->least || count > manner->most;
    for (; count < 3; count++)
        key_byte(key, KEY_NUMBER);
    return true;
}

static struct str take_identifier(struct str *rest)
{
    size_t n = 0;

    while (n < rest->len && (ascii_is_alnum(rest->ptr[n]) || rest->ptr[n] == '-'))
        n++;
    return version_take(rest, n);
}

/* "alpha.1": numbers before words, fewer before more. */
static bool write_identifiers(const struct manner *manner, struct str *rest, struct key *key)
{
    do {
        struct str word = take_identifier(rest), after = word, digits = version_take_digits(&after);

        if (word.len == 0)
            return false;
        if (after.len == 0) {
            write_number(manner, digits, key);
        } else {
            key_byte(key, KEY_TOP);
            (manner->ignores_case ? key_word_lower : key_word)(key, word);
        }
    } while (version_skip(rest, '.'));
    return true;
}

static void skip_prefix(struct str *rest, char allowed, struct key *key)
{
    struct str first = str_take(*rest, 1);

    if (!str_eq_nocase(first, STR("v")) && !str_eq(first, STR("=")))
        return;
    key->is_loose |= ascii_lower(*first.ptr) != allowed;
    version_take(rest, 1);
}

/* Identifiers too, but zeros may stand before their numbers, and case counts. */
static bool write_build(const struct manner *manner, struct str *rest, struct key *key)
{
    struct manner of_build = *manner;

    of_build.allows_zeros = true;
    of_build.ignores_case = false;
    key_byte(key, BUILD);
    return write_identifiers(&of_build, rest, key);
}

static bool write_version(const struct manner *manner, struct str text, struct key *key)
{
    struct key nowhere = { 0 };
    struct str rest = text;

    skip_prefix(&rest, manner->prefix, key);
    if (!write_numbers(manner, &rest, key))
        return false;
    if (rest.len > 0 && *rest.ptr != '+') {
        key_byte(key, PRE_RELEASE);
        key->is_loose |= !version_skip(&rest, '-');
        if (!write_identifiers(manner, &rest, key))
            return false;
    } else {
        key_byte(key, RELEASE);
    }
    if (!version_skip(&rest, '+'))
        return rest.len == 0;
    return write_build(manner, &rest, manner->orders_build ? key : &nowhere) && rest.len == 0;
}

bool version_write_semver(struct str text, struct key *key)
{
    return write_version(&(struct manner){ .least = 3, .most = 3 }, text, key);
}

/* node-semver takes "v1.2.3" for 1.2.3. */
bool version_write_npm(struct str text, struct key *key)
{
    return write_version(&(struct manner){ .least = 3, .most = 3, .prefix = 'v' }, text, key);
}

/* golang.org/x/mod/semver: v1 and v1.2 as well. */
bool version_write_golang(struct str text, struct key *key)
{
    return write_version(&(struct manner){ .least = 1, .most = 3, .prefix = 'v' }, text, key);
}

/* NuGet.Versioning: one to four numbers, capital and small letters alike. */
bool version_write_nuget(struct str text, struct key *key)
{
    static const struct manner manner = {
        .least = 1, .most = 4, .allows_zeros = true, .ignores_case = true
    };

    return write_version(&manner, text, key);
}

/* pub_semver: builds stand in order too, after what has no build. */
bool version_write_pub(struct str text, struct key *key)
{
    return write_version(&(struct manner){ .least = 3, .most = 3, .orders_build = true }, text,
                         key);
}
