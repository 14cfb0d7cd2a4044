/* faces/cli/account.h: what `noroshi account` does. */
#pragma once
#include "faces/cli/deskwork.h"

/**
 * words: "add EMAIL --name NAME ...", without the command's own name.
 *
 * out    what is to be printed
 * err    ERR_USAGE, ERR_MAIL_ADDRESS, ERR_ABSENT (no such account or organisation), ERR_INPUT (it exists), ERR_FORBIDDEN (a role that such an
 *        organisation has not)
 * Rule:  C02, C09, CFD-14
 */
MUST_CHECK bool account_command(const struct deskwork *desk, const struct words *words,
                                struct arena *arena, struct str *out, struct err *err);
