#include "domain/access/address.h"

#include "base/ascii.h"
#include "base/err.h"
#include "formats/mailaddr/mailaddr.h"

struct str address_normal(struct arena *arena, struct str typed)
{
    struct str trimmed = str_trim(typed);
    struct err err = { 0 };
    char *bytes;

    if (!mailaddr_check(trimmed, &err))
        return STR_NONE;
    bytes = arena_alloc(arena, trimmed.len);
    for (size_t i = 0; i < trimmed.len; i++)
        bytes[i] = ascii_lower(trimmed.ptr[i]);
    return (struct str){ bytes, trimmed.len };
}
