/* faces/cli/report.h: `noroshi report statistics`: the figures for a date, from the ledger. */
#pragma once
#include "faces/cli/deskwork.h"

bool report_check(const struct words *words, struct err *err);
bool report_command(const struct deskwork *desk, const struct words *words, struct arena *arena,
                    struct str *out, struct err *err);
