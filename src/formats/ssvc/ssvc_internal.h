/* formats/ssvc/ssvc_internal.h: the tables. */
#pragma once
#include "formats/ssvc/ssvc.h"

extern const struct ssvc_table ssvc_all[];
extern const size_t ssvc_count;
