/* faces/cli/report_file.h: figures as one file that needs nothing else, to be read, sent on and printed. */
#pragma once
#include "base/settings.h"
#include "base/tr.h"

struct err;
struct statistics;

enum { REPORT_FILE_MAX = 4 << 20 };

MUST_CHECK bool report_file_html(const struct statistics *s, const struct settings *settings,
                                 enum lang lang, struct arena *arena, struct str *out,
                                 struct err *err);
