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

struct evr version_split_evr(struct str text)
{
    struct evr evr = { .version = text };
    size_t hyphen = text.len;

    evr.epoch = version_take_digits(&evr.version);
    if (!version_skip(&evr.version, ':')) {
        evr.epoch = STR_NONE;
        evr.version = text;
    }
    while (hyphen > 0 && text.ptr[hyphen - 1] != '-')
        hyphen--;
    evr.has_release = hyphen > 0;
    if (evr.has_release) {
        evr.release = str_drop(text, hyphen);
        evr.version.len -= evr.release.len + 1;
    }
    return evr;
}

/* What has no release stands before every release of the same version. */
bool version_write_rpm(struct str text, struct key *key)
{
    struct evr evr = version_split_evr(text);

    key_number(key, evr.epoch);
    write_part(evr.version, key);
    if (evr.has_release)
        write_part(evr.release, key);
    return text.len > 0;
}
