/* PEP 440: epoch!release, then a, b or rc; post; dev; +local, in all the spellings that it normalises. */
#include "formats/version/version_internal.h"

/* What follows the release's numbers and so ends them: 1.0.dev1 < 1.0a1 < 1.0b1 < 1.0rc1 < 1.0. */
enum { DEV_ONLY = 2, PRE_A, PRE_B, PRE_RC, FINAL };
enum { NO_POST = 2, NO_DEV = KEY_TOP, LOCAL_WORD = 2 };

struct spelling {
    struct str word;
    unsigned char mark;
};

/* Longer ones before what they begin with. */
static const struct spelling pre_words[] = {
    { STR_INIT("alpha"), PRE_A },    { STR_INIT("a"), PRE_A },    { STR_INIT("beta"), PRE_B },
    { STR_INIT("b"), PRE_B },        { STR_INIT("rc"), PRE_RC },  { STR_INIT("c"), PRE_RC },
    { STR_INIT("preview"), PRE_RC }, { STR_INIT("pre"), PRE_RC },
};
static const struct spelling post_words[] = {
    { STR_INIT("post"), FINAL },
    { STR_INIT("rev"), FINAL },
    { STR_INIT("r"), FINAL },
};
static const struct spelling dev_words[] = { { STR_INIT("dev"), DEV_ONLY } };

static bool is_separator(char c) { return c == '-' || c == '_' || c == '.'; }

/* "-alpha.1": one of the words with a separator before it and one between it and its number; all but the word may be left out. Its mark,
 * or 0 with rest as it was. */
static unsigned char take_part(struct str *rest, const struct spelling *words, size_t count,
                               struct str *digits)
{
    struct str after = *rest;

    if (after.len > 0 && is_separator(*after.ptr))
        version_take(&after, 1);
    for (size_t i = 0; i < count; i++) {
        if (!str_eq_nocase(str_take(after, words[i].word.len), words[i].word))
            continue;
        after = str_drop(after, words[i].word.len);
        *rest = after;
        if (after.len > 0 && is_separator(*after.ptr))
            version_take(&after, 1);
        *digits = version_take_digits(&after);
        if (digits->len > 0)
            *rest = after;
        return words[i].mark;
    }
    return 0;
}

static bool take_post(struct str *rest, struct str *digits)
{
    struct str after = *rest;

    if (version_skip(&after, '-') && (*digits = version_take_digits(&after)).len > 0) {
        *rest = after;
        return true;
    }
    return take_part(rest, post_words, COUNT(post_words), digits) != 0;
}

/* Zeros at the end of a release say nothing. */
static bool write_release(struct str *rest, struct key *key)
{
    size_t end = key->len;

    while (true) {
        struct str digits = version_take_digits(rest);

        if (digits.len == 0)
            return false;
        key_number(key, digits);
        if (!version_is_zero(digits))
            end = key->len;
        if (rest->len < 2 || *rest->ptr != '.' || !ascii_is_digit(rest->ptr[1]))
            break;
        version_take(rest, 1);
    }
    key->len = end;
    return true;
}

/* Words before numbers. */
static bool write_local(struct str rest, struct key *key)
{
    while (true) {
        size_t n = 0;
        struct str part, after;

        while (n < rest.len && ascii_is_alnum(rest.ptr[n]))
            n++;
        part = after = version_take(&rest, n);
        version_take_digits(&after);
        if (part.len == 0)
            return false;
        if (after.len == 0) {
            key_number(key, part);
        } else {
            key_byte(key, LOCAL_WORD);
            key_word_lower(key, part);
        }
        if (rest.len == 0)
            return true;
        if (!is_separator(*version_take(&rest, 1).ptr))
            return false;
    }
}

static struct str take_epoch(struct str *rest)
{
    struct str after = *rest, digits = version_take_digits(&after);

    if (digits.len == 0 || !version_skip(&after, '!'))
        return STR_NONE;
    *rest = after;
    return digits;
}

bool version_write_pypi(struct str text, struct key *key)
{
    struct str rest = str_trim(text), pre_digits = STR_NONE, post_digits = STR_NONE,
               dev_digits = STR_NONE;
    unsigned char pre;
    bool has_post, has_dev;

    if (rest.len > 0 && ascii_lower(*rest.ptr) == 'v')
        version_take(&rest, 1);
    key_number(key, take_epoch(&rest));
    if (!write_release(&rest, key))
        return false;
    pre = take_part(&rest, pre_words, COUNT(pre_words), &pre_digits);
    has_post = take_post(&rest, &post_digits);
    has_dev = take_part(&rest, dev_words, COUNT(dev_words), &dev_digits) != 0;

    if (pre != 0) {
        key_byte(key, pre);
        key_number(key, pre_digits);
    } else {
        key_byte(key, has_dev && !has_post ? DEV_ONLY : FINAL);
    }
    if (has_post)
        key_number(key, post_digits);
    else
        key_byte(key, NO_POST);
    if (has_dev)
        key_number(key, dev_digits);
    else
        key_byte(key, NO_DEV);
    if (version_skip(&rest, '+'))
        return write_local(rest, key);
    return rest.len == 0;
}
