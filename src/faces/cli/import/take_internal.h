/* faces/cli/import/take_internal.h: reading what a child answers, wherever it goes: into the catalogue (take.c) or an index alone (take_alone.c). */
#pragma once
#include "faces/cli/import/import.h"

/* Whether to go on, and that there is an answer. ERR_IO when is_stopped, ERR_WORKER */
MUST_CHECK bool take_begin(struct import_taking *taking, struct str answer, struct err *err);
/* What stands behind its length; bytes goes on behind it. */
bool take_part(struct str *bytes, struct str *out);
/* ERR_WORKER */
MUST_CHECK bool take_shape(struct import_taking *taking, const struct shape *shape,
                           struct str bytes, void *out, struct err *err);
MUST_CHECK bool take_refusals(struct import_taking *taking, const struct import_refusals *refusals,
                              struct err *err);
