/* faces/portal/receipts/render.h: the page of checkpoints and the checkpoints themselves, made when one becomes public. */
#pragma once
#include "domain/advisory/world.h"

/* checkpoints: the last first. /receipts in both languages, /receipts/NAME.txt each. */
MUST_CHECK bool portal_receipts(const struct advisory_site *site,
                                const struct world_snapshots *checkpoints,
                                const struct world_sink *sink, struct arena *arena,
                                struct err *err);
