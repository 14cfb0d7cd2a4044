/*
 * Maven's ComparableVersion (3.8.7): items between dots. A hyphen, a change between digits and letters, and a word that a digit follows or
 * nothing, open a list within the list, which goes on to the end. So one walk along the text sees all lists: an item, or one step down.
 * Items that say nothing (0, final, ga, release) count only before others of their list.
 *
 * Of two items at one place a word stands before a list, a list before a number; what one text lacks is held against nothing, which stands
 * after alpha … snapshot and before the rest. These two rules contradict each other for some (1-alpha < 1 < 1.sp, yet 1.sp < 1-alpha); there
 * the second one counts.
 */
#include "formats/version/version_internal.h"

enum {
    ALPHA = 2,
    BETA,
    MILESTONE,
    RC,
    SNAPSHOT,
    EMPTY_BELOW,
    DOWN_BELOW = EMPTY_BELOW + 3,
    ZERO_BELOW,
    END,
    EMPTY_ABOVE,
    SP,
    WORD,
    DOWN_ABOVE,
    ZERO_ABOVE,
    TO_BELOW = ZERO_ABOVE - ZERO_BELOW /* the same for the other two */
};

static const struct {
    struct str word;
    unsigned char mark;
} qualifiers[] = {
    { STR_INIT("alpha"), ALPHA },
    { STR_INIT("beta"), BETA },
    { STR_INIT("milestone"), MILESTONE },
    { STR_INIT("rc"), RC },
    { STR_INIT("cr"), RC },
    { STR_INIT("snapshot"), SNAPSHOT },
    { STR_INIT("sp"), SP },
    { STR_INIT("final"), EMPTY_ABOVE },
    { STR_INIT("ga"), EMPTY_ABOVE },
    { STR_INIT("release"), EMPTY_ABOVE },
};

static unsigned char word_mark(struct str word, bool is_before_digit)
{
    static const char letters[] = "abm";

    if (word.len == 1 && is_before_digit)
        for (unsigned i = 0; i < 3; i++)
            if (ascii_lower(*word.ptr) == letters[i])
                return (unsigned char)(ALPHA + i);
    for (size_t i = 0; i < COUNT(qualifiers); i++)
        if (str_eq_nocase(word, qualifiers[i].word))
            return qualifiers[i].mark;
    return WORD;
}

/* Steps down and items that say nothing stand above or below nothing as the next item that says something does; until it is known they
 * are written as above. */
struct walk {
    struct key *key;
    size_t undecided; /* where in the key they begin */
    size_t
        nothing; /* where those of this list do that say nothing; they go when it has no more items */
    bool is_list_empty;
};

static void decide(struct walk *walk, bool is_above)
{
    for (size_t i = walk->undecided; i < walk->key->len && !is_above; i++)
        walk->key->at[i] -= TO_BELOW;
}

static void go_down(struct walk *walk)
{
    walk->key->len = walk->nothing;
    key_byte(walk->key, DOWN_ABOVE);
    walk->nothing = walk->key->len;
    walk->is_list_empty = true;
}

static void write_number(struct walk *walk, struct str digits)
{
    if (version_is_zero(digits)) {
        key_byte(walk->key, ZERO_ABOVE);
        return;
    }
    decide(walk, true);
    key_number(walk->key, digits);
    walk->undecided = walk->nothing = walk->key->len;
}

static void write_word(struct walk *walk, struct str word, bool is_before_digit)
{
    unsigned char mark = word_mark(word, is_before_digit);

    if (mark == EMPTY_ABOVE) {
        key_byte(walk->key, mark);
        return;
    }
    decide(walk, mark > END);
    key_byte(walk->key, mark);
    if (mark == WORD)
        key_word_lower(walk->key, word);
    walk->undecided = walk->nothing = walk->key->len;
}

static struct str take_word(struct str *rest)
{
    size_t n = 0;

    while (n < rest->len && rest->ptr[n] != '.' && rest->ptr[n] != '-' &&
           !ascii_is_digit(rest->ptr[n]))
        n++;
    return version_take(rest, n);
}

bool version_write_maven(struct str text, struct key *key)
{
    struct walk walk = { .key = key, .is_list_empty = true };
    struct str rest = text;

    while (rest.len > 0) {
        struct str digits = version_take_digits(&rest);
        struct str word = digits.len == 0 ? take_word(&rest) : STR_NONE;
        bool is_before_digit = rest.len > 0 && ascii_is_digit(*rest.ptr);

        if (word.len > 0 && (is_before_digit || rest.len == 0) && !walk.is_list_empty)
            go_down(&walk);
        walk.is_list_empty = false;
        if (word.len > 0)
            write_word(&walk, word, is_before_digit);
        else
            write_number(&walk, digits); /* none at all is 0 as well */
        if (rest.len > 0 && !version_skip(&rest, '.')) {
            version_skip(&rest, '-');
            go_down(&walk);
        }
    }
    key->len = walk.undecided;
    key_byte(key, END);
    return text.len > 0;
}
