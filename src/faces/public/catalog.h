/* faces/public/catalog.h: how the public process looks at the catalogue: connections that cannot write, opened when there is one (design 11.2, decision 0008). */
#pragma once
#include "faces/http/http.h"
#include "store/store.h"

struct public_catalog;

/* folder: the public world. A catalogue that is not there yet is looked for again, at most once a second. ERR_BUG */
MUST_CHECK bool public_catalog_new(struct str folder, unsigned threads, struct public_catalog **out,
                                   struct err *err);
void public_catalog_free(struct public_catalog *catalog); /* NULL does nothing */
DEFINE_CLEANUP(struct public_catalog, public_catalog_free)

/* One moment of it, for reading, until tx_end (CLEANUP(tx_end_var)). ERR_ABSENT about "catalog" when there is none yet, ERR_STORE */
MUST_CHECK bool public_catalog_begin(const struct request *req, struct tx **out, struct err *err);
