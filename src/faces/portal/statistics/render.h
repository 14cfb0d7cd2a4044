/* faces/portal/statistics/render.h: the pages and documents of published figures, made when a quarter becomes public. */
#pragma once
#include "domain/advisory/world.h"
#include "domain/statistics/statistics.h"

/* /statistics shows the last quarter; each has a page in both languages, JSON and CSV. context: a struct advisory_site. Rule: PUB-13 INT-21 */
MUST_CHECK bool portal_statistics(void *context, const struct world_snapshots *all,
                                  const struct world_sink *sink, struct arena *arena,
                                  struct err *err);

/* The whole page of these figures; all: the quarters it leads to. */
MUST_CHECK bool portal_statistics_html(const struct advisory_site *site, const struct statistics *s,
                                       struct utc published, const struct world_snapshots *all,
                                       struct str path, enum lang lang, struct arena *arena,
                                       struct str *html, struct err *err);
