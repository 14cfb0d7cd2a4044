/* Gem::Requirement: bounds with commas between; "~> 2.0.8" is from 2.0.8 and below 2.1. */
#include "formats/version/range_internal.h"

/* Without its last number, if it has several, the one before made greater: 2.0.8.rc1 gives 2.1. */
static struct str bump(struct range_text *text, struct str version)
{
    struct str rest = version, number[2] = { 0 };
    size_t kept = 0;

    text->len = 0;
    for (size_t i = 0; rest.len > 0 && ascii_is_digit(*rest.ptr); i++) {
        struct str digits = version_take_digits(&rest);

        if (i > 1)
            kept += number[0].len + 1;
        if (i > 0 && number[1].ptr)
            number[0] = number[1];
        number[i > 0] = digits;
        if (!version_skip(&rest, '.'))
            break;
    }
    range_text_add(text, str_take(version, kept));
    range_text_add_next(text, number[0]);
    return (struct str){ text->at, text->len };
}

bool range_walk_gem(struct range *range, struct str text)
{
    struct str rest = text, part;

    if (text.len == 0)
        return false;
    while (str_split(&rest, ',', &part)) {
        enum range_sign sign;
        struct range_text next;

        part = str_trim(part);
        sign = range_take_sign(&part);
        if (!version_is_valid(VERSION_GEM, part) || sign == SIGN_CARET)
            return false;
        if (sign == SIGN_TILDE) {
            range_bound(range, VERSION_GREATER_OR_EQUAL, part);
            range_bound(range, VERSION_BELOW, bump(&next, part));
        } else {
            range_bound(range, range_relation(sign), part);
        }
    }
    return true;
}
