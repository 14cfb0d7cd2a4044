/* Lists of numbers and no more, the shorter first: R's package_version with dots and hyphens, Haskell's with dots. */
#include "formats/version/version_internal.h"

static bool write_numbers(struct str text, bool allows_hyphen, size_t least, struct key *key)
{
    struct str rest = text;
    size_t count = 0;

    do {
        struct str digits = version_take_digits(&rest);

        if (digits.len == 0)
            return false;
        key_number(key, digits);
        count++;
    } while (version_skip(&rest, '.') || (allows_hyphen && version_skip(&rest, '-')));
    key->is_loose |= count < least;
    return rest.len == 0;
}

bool version_write_cran(struct str text, struct key *key)
{
    return write_numbers(text, true, 2, key);
}

bool version_write_hackage(struct str text, struct key *key)
{
    return write_numbers(text, false, 1, key);
}
