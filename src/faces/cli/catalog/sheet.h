/* faces/cli/catalog/sheet.h: one entry for a terminal: what its page says, in the same order and the same words. */
#pragma once
#include "base/tr.h"
#include "faces/cli/scan/paper.h"
#include "faces/portal/records/views.h"

void sheet_print(const struct record_view *v, enum lang lang, struct arena *arena,
                 struct paper *paper);
