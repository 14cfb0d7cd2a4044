/* faces/portal/advisory/render.h: the portal's pages as desk writes them at publication, by the same templates. */
#pragma once
#include "domain/advisory/world.h"

/* site must outlive it. */
struct advisory_renderer portal_renderer(const struct advisory_site *site);
