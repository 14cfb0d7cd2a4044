/* rpm's order (rpmvercmp): epoch:version-release, each in runs of digits or of letters; other signs only stand between them. */
#include "formats/version/version_internal.h"

enum { TILDE = 2, PART_END = 3, CARET = 4, LETTERS = 5 };

static void write_part(struct str part, struct key *key)
{
    while (part.len > 0) {
        if (ascii_is_digit(*part.ptr)) {
            key_number(key, version_take_digits(&part));
        } else if (ascii_is_letter(*part.ptr)) {
            key_byte(key, LETTERS);
            key_word(key, version_take_letters(&part));
        } else {
            char sign = *version_take(&part, 1).ptr;

            if (sign == '~' || sign == '^')
                key_byte(key, sign == '~' ? TILDE : CARET);
        }
    }
    key_byte(key, PART_END);
}

bool version_write_rpm(struct str text, struct key *key)
{
    struct str rest = text, epoch = version_take_digits(&rest);
    size_t hyphen;

    if (!version_skip(&rest, ':')) {
        epoch = STR_NONE;
        rest = text;
    }
    for (hyphen = rest.len; hyphen > 0 && rest.ptr[hyphen - 1] != '-';)
        hyphen--;
    key_number(key, epoch);
    write_part(hyphen > 0 ? str_take(rest, hyphen - 1) : rest, key);
    if (hyphen > 0) /* without a release before any release */
        write_part(str_drop(rest, hyphen), key);
    return rest.len > 0;
}
