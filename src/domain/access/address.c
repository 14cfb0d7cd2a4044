#include "domain/access/address.h"

enum { LOCAL_MAX = 64, LABEL_MAX = 63 };

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool local_is_ok(struct str local)
{
    if (local.len == 0 || local.len > LOCAL_MAX || local.ptr[0] == '.' || local.ptr[local.len - 1] == '.' ||
        str_contains(local, STR("..")))
        return false;
    for (size_t i = 0; i < local.len; i++) {
        char c = local.ptr[i];

        if (!is_letter_or_digit(c) && !str_contains(STR(".!#$%&'*+-/=?^_`{|}~"), (struct str){ &c, 1 }))
            return false;
    }
    return true;
}

static bool domain_is_ok(struct str domain)
{
    struct str label;
    size_t labels = 0;

    if (str_eq(domain, STR("localhost")))
        return true;
    if (domain.len == 0 || domain.ptr[domain.len - 1] == '.')
        return false;
    while (str_split(&domain, '.', &label)) {
        if (label.len == 0 || label.len > LABEL_MAX || label.ptr[0] == '-' || label.ptr[label.len - 1] == '-')
            return false;
        for (size_t i = 0; i < label.len; i++) {
            if (!is_letter_or_digit(label.ptr[i]) && label.ptr[i] != '-')
                return false;
        }
        labels++;
    }
    return labels >= 2;
}

struct str address_normal(struct arena *arena, struct str typed)
{
    struct str trimmed = str_trim(typed), copy;
    size_t at;
    char *bytes;

    if (trimmed.len == 0 || trimmed.len > ADDRESS_MAX)
        return STR_NONE;
    bytes = arena_alloc(arena, trimmed.len);
    for (size_t i = 0; i < trimmed.len; i++)
        bytes[i] = trimmed.ptr[i] >= 'A' && trimmed.ptr[i] <= 'Z' ? (char)(trimmed.ptr[i] + 32) : trimmed.ptr[i];
    copy = (struct str){ bytes, trimmed.len };
    at = str_index(copy, '@');
    if (at == copy.len || !local_is_ok(str_take(copy, at)) || !domain_is_ok(str_drop(copy, at + 1)))
        return STR_NONE;
    return copy;
}
