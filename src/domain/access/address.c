#include "domain/access/address.h"

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
        bytes[i] = trimmed.ptr[i] >= 'A' && trimmed.ptr[i] <= 'Z' ? (char)(trimmed.ptr[i] + 32) : trimmed.ptr[i];
    return (struct str){ bytes, trimmed.len };
}
