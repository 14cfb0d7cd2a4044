/* faces/portal/unreachable/render.h: the public list of developers that cannot be reached, made when it changes. */
#pragma once
#include "domain/advisory/world.h"

/* /unreachable in both languages. context: a struct advisory_site. Rule: UNR-01 UNR-02 UNR-12 */
MUST_CHECK bool portal_unreachable(void *context, const struct world_sheets *all,
                                   const struct world_sink *sink, struct arena *arena,
                                   struct err *err);
