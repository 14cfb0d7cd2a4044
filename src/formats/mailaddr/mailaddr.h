/* formats/mailaddr/mailaddr.h: mail addresses we may write to. Pure. */
#pragma once
#include "base/attr.h"
#include "base/str.h"

struct err;

enum { MAIL_ADDRESS_MAX = 254, MAIL_LOCAL_MAX = 64, MAIL_LABEL_MAX = 63 };

/**
 * An addr-spec in its plain form (RFC 5321, 4.1.2): a dot-atom of ASCII, '@', a domain of letters, digits and hyphens with a dot in it.
 * Quoted local parts, address literals, comments and other alphabets are refused: nobody who may be hurt by a mail gone astray needs them.
 *
 * err    ERR_MAIL_ADDRESS
 * Rule:  INT-01 (contact of the finder), COO-01
 */
MUST_CHECK bool mailaddr_check(struct str address, struct err *err);
