/* Where nobody says how: numbers and words, whatever stands between them; what is missing counts as 0. Words for what comes before a
 * release stand below 0, words for what comes after it and a letter on a number (1.0.2k) above 0 and below 1. */
#include "formats/version/version_internal.h"

enum { BEFORE = 2, AFTER = KEY_ABOVE + 1, LETTER };
enum kind { WORD_BEFORE, WORD_NONE, WORD_AFTER, WORD_UNKNOWN };

/* Words that begin with one of these; of those before a release the first letter counts, so that 1.0b1 is 1.0beta1. */
static const struct {
    struct str start;
    bool is_whole;
    enum kind kind;
} words[] = {
    { STR_INIT("alpha"), true, WORD_BEFORE },  { STR_INIT("beta"), true, WORD_BEFORE },
    { STR_INIT("pre"), false, WORD_BEFORE },   { STR_INIT("rc"), true, WORD_BEFORE },
    { STR_INIT("final"), true, WORD_NONE },    { STR_INIT("ga"), true, WORD_NONE },
    { STR_INIT("release"), true, WORD_NONE },  { STR_INIT("post"), false, WORD_AFTER },
    { STR_INIT("patch"), false, WORD_AFTER },  { STR_INIT("pl"), true, WORD_AFTER },
    { STR_INIT("errata"), false, WORD_AFTER }, { STR_INIT("sp"), true, WORD_AFTER },
    { STR_INIT("update"), true, WORD_AFTER },  { STR_INIT("hotfix"), true, WORD_AFTER },
};

static enum kind word_kind(struct str word)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        struct str start = words[i].start;

        if (word.len >= start.len && (!words[i].is_whole || word.len == start.len) &&
            str_eq_nocase(str_take(word, start.len), start))
            return words[i].kind;
    }
    return WORD_UNKNOWN;
}

/* A word nobody knows follows a release when it stands right behind its number and no number follows: 1.0.2k, 102.0esr. */
static unsigned char word_mark(enum kind kind, bool is_on_number, bool is_before_number)
{
    if (kind == WORD_AFTER)
        return AFTER;
    return kind == WORD_UNKNOWN && is_on_number && !is_before_number ? LETTER : BEFORE;
}

bool version_write_generic(struct str text, struct key *key)
{
    struct str rest = text;
    size_t zeros = 0;
    bool is_on_number = false;

    if (rest.len > 1 && ascii_lower(*rest.ptr) == 'v' && ascii_is_digit(rest.ptr[1]))
        rest = str_drop(rest, 1);
    while (rest.len > 0) {
        struct str digits = version_take_digits(&rest), word = version_take_letters(&rest);
        size_t significant = 0;

        while (significant < digits.len && digits.ptr[significant] == '0')
            significant++;
        if (digits.len > 0 && significant == digits.len) {
            zeros++;
        } else if (digits.len > 0) {
            key_zeros(key, zeros, true);
            zeros = 0;
            key_number(key, digits);
        }
        is_on_number = digits.len > 0;
        if (word.len > 0) {
            enum kind kind = word_kind(word);
            unsigned char mark =
                word_mark(kind, is_on_number, rest.len > 0 && ascii_is_digit(*rest.ptr));

            if (kind == WORD_NONE) {
                zeros++;
                continue;
            }
            key_zeros(key, zeros, mark != BEFORE);
            zeros = 0;
            key_byte(key, mark);
            key_word_lower(key, kind == WORD_BEFORE ? str_take(word, 1) : word);
        }
        if (digits.len == 0 && word.len == 0)
            rest = str_drop(rest, 1);
    }
    key_byte(key, KEY_END);
    return true;
}
