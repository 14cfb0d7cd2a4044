/* faces/cli/account.h: what `noroshi account` does, wherever the desk's database is open: in the desk process while the service runs, else
 * in the command itself. */
#pragma once
#include "base/settings.h"
#include "base/tr.h"
#include "base/utc.h"
#include "base/vec.h"

struct err;
struct store;
struct vault;

struct account_desk {
    struct store *store; /* desk.db */
    const struct vault *vault;
    const struct settings *settings;
    struct utc now;
    enum lang lang; /* of what is printed */
};
struct words {
    VEC_OF(struct str);
};

/**
 * words: "add EMAIL --name NAME ...", without the command's own name.
 *
 * out    what is to be printed
 * err    ERR_USAGE, ERR_MAIL_ADDRESS, ERR_ABSENT (no such account or organisation), ERR_INPUT (it exists), ERR_FORBIDDEN (a role that such an
 *        organisation has not)
 * Rule:  C02, C09, CFD-14
 */
MUST_CHECK bool account_command(const struct account_desk *desk, const struct words *words,
                                struct arena *arena, struct str *out, struct err *err);
