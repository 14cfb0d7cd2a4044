/* domain/myjvn/own.h: entries with a number of our own series (curated ones, our advisories) as countermeasure information beside that of JVN iPedia: readers of
 * the MyJVN interface and of the feed files find them as they find those. */
#pragma once
#include "domain/myjvn/items.h"

/* Is there one that changed since it was taken, or never was? ERR_STORE */
MUST_CHECK bool myjvn_own_waits(struct tx *tx, bool *out, struct err *err);
/* Takes what waits, in Japanese, and in English where there is a title. ERR_STORE, ERR_CATALOG_RECORD. Rule: VDB-14, API-01 */
MUST_CHECK bool myjvn_take_own(struct tx *tx, struct err *err);
