/* faces/cli/case.h: what `noroshi case` prints: an operator's view of cases, without titles, people and texts. */
#pragma once
#include "faces/cli/deskwork.h"

/* Is this something `case` can be asked? ERR_USAGE */
MUST_CHECK bool case_check(const struct words *words, struct err *err);

/**
 * words: "list", "show NUMBER" or "verify", with --state and --format.
 *
 * out  what is to be printed
 * err  ERR_USAGE, ERR_NO_CASE, ERR_LEDGER_BROKEN
 */
MUST_CHECK bool case_command(const struct deskwork *desk, const struct words *words,
                             struct arena *arena, struct str *out, struct err *err);
