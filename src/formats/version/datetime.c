/* The two schemes of VERS that belong to no ecosystem: instants of RFC 3339, and texts by their bytes. */
#include "base/err.h"
#include "base/utc.h"
#include "formats/version/version_internal.h"

enum { DATE_AND_TIME = 19, ZONE_MAX = 6 }; /* 2024-01-01T00:00:00, +00:00 */

static struct str take_fraction(struct str *rest)
{
    struct str digits = STR_NONE;

    if (version_skip(rest, '.'))
        digits = version_take_digits(rest);
    while (digits.len > 0 && digits.ptr[digits.len - 1] == '0')
        digits.len--;
    return digits;
}

/* The seconds since 1970, then the digits of their fraction, as many as there are. */
bool version_write_datetime(struct str text, struct key *key)
{
    struct str start = str_take(text, DATE_AND_TIME), zone = str_drop(text, DATE_AND_TIME);
    struct str fraction = take_fraction(&zone);
    char whole[DATE_AND_TIME + ZONE_MAX];
    struct utc utc;
    struct err err;

    if (start.len < DATE_AND_TIME || start.ptr[10] != 'T' || zone.len > ZONE_MAX ||
        !(str_eq(zone, STR("Z")) || zone.len == ZONE_MAX))
        return false;
    memcpy(whole, start.ptr, start.len);
    memcpy(whole + start.len, zone.ptr, zone.len);
    if (!utc_parse((struct str){ whole, start.len + zone.len }, &utc, &err) || utc.ms < 0)
        return false;
    key_byte(key, KEY_NUMBER);
    for (int shift = 32; shift >= 0; shift -= 8)
        key_byte(key, (unsigned char)(utc.ms / UTC_SECOND >> shift));
    key_word(key, fraction);
    return true;
}

bool version_write_lexicographic(struct str text, struct key *key)
{
    key_byte(key, KEY_NUMBER);
    key_word(key, text);
    return true;
}
