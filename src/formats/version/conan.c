/* Conan's order: items between dots, zeros at their end say nothing; -pre before, +build after, each a version again. An item is a number,
 * a number with something behind it, or a word. */
#include "formats/version/version_internal.h"

enum { PRE = 2, FINAL, BUILD, WORD = KEY_TOP, BEHIND_NUMBER };

/* What follows the last such sign, taken off; false when there is none. */
static bool split_last(struct str *text, char sign, struct str *after)
{
    size_t i = text->len;

    while (i > 0 && text->ptr[i - 1] != sign)
        i--;
    if (i == 0)
        return false;
    *after = str_drop(*text, i);
    *text = str_take(*text, i - 1);
    return true;
}

static void write_items(struct str rest, struct key *key)
{
    size_t end = key->len;

    while (true) {
        struct str item = str_take(rest, str_index(rest, '.'));
        struct str after = item, digits = version_take_digits(&after);

        if (digits.len > 0)
            key_number(key, digits);
        if (after.len > 0 || digits.len == 0) {
            key_byte(key, digits.len > 0 ? BEHIND_NUMBER : WORD);
            key_word(key, after);
        }
        if (after.len > 0 || !version_is_zero(digits) || digits.len == 0)
            end = key->len;
        if (item.len == rest.len)
            break;
        rest = str_drop(rest, item.len + 1);
    }
    key->len = end;
}

/* NOLINTNEXTLINE(misc-no-recursion): three deep at most, as a build holds no '+' and a pre-release no '-' */
static void write_version(struct str text, struct key *key)
{
    struct str rest = text, pre, build;
    bool has_build = split_last(&rest, '+', &build), has_pre = split_last(&rest, '-', &pre);

    write_items(rest, key);
    if (has_pre) {
        key_byte(key, PRE);
        write_version(pre, key);
    }
    key_byte(key, has_build ? BUILD : FINAL);
    if (has_build)
        write_version(build, key);
}

bool version_write_conan(struct str text, struct key *key)
{
    write_version(text, key);
    return text.len > 0;
}
