/* store/kinds.h: the files there are and their schemas, made from store/migrations/KIND by the build. */
#pragma once
#include "store/store.h"

extern const struct store_kind store_desk;       /* desk.db: opened by desk alone */
extern const struct store_kind store_advisories; /* public/advisories.db: written by desk */
extern const struct store_kind store_catalog;    /* public/catalog.db: written by imports; fast */
