#include "formats/mailaddr/mailaddr.h"

#include "base/ascii.h"
#include "base/err.h"
#include <string.h>

static bool is_alnum(char c) { return ascii_is_alnum(c); }

static bool is_local(struct str local)
{
    if (local.len == 0 || local.len > MAIL_LOCAL_MAX || local.ptr[0] == '.' ||
        local.ptr[local.len - 1] == '.')
        return false;
    for (size_t i = 0; i < local.len; i++) {
        char c = local.ptr[i];

        if (!is_alnum(c) && (c == '\0' || !strchr("!#$%&'*+-/=?^_`{|}~.", c)))
            return false;
        if (c == '.' && local.ptr[i + 1] == '.')
            return false;
    }
    return true;
}

static bool is_label(struct str label)
{
    if (label.len == 0 || label.len > MAIL_LABEL_MAX || label.ptr[0] == '-' ||
        label.ptr[label.len - 1] == '-')
        return false;
    for (size_t i = 0; i < label.len; i++) {
        if (!is_alnum(label.ptr[i]) && label.ptr[i] != '-')
            return false;
    }
    return true;
}

static bool are_digits(struct str label)
{
    for (size_t i = 0; i < label.len; i++)
        if (label.ptr[i] < '0' || label.ptr[i] > '9')
            return false;
    return true;
}

static bool is_domain(struct str domain)
{
    size_t labels = 0;
    struct str label = STR_NONE;

    if (domain.len == 0 || domain.ptr[domain.len - 1] == '.')
        return false;
    while (domain.len > 0) {
        if (!str_split(&domain, '.', &label) || !is_label(label))
            return false;
        labels++;
    }
    return labels >= 2 &&
           !are_digits(label); /* 192.0.2.1 is an address of a machine, not a domain */
}

bool mailaddr_check(struct str address, struct err *err)
{
    size_t at = str_index(address, '@');

    if (address.len > MAIL_ADDRESS_MAX || at == address.len || !is_local(str_take(address, at)) ||
        !is_domain(str_drop(address, at + 1)))
        return FAIL(err, MAIL_ADDRESS, address);
    return true;
}
