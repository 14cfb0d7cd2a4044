/* domain/catalog/stash.h: the records of a first import as they came, beside the database, so that its end reads each entry's from where they lie instead of looking for
 * them. For this room alone. */
#pragma once
#include "domain/catalog/entry.h"

struct packer;
struct stash;
struct tx;

struct stash *stash_new(const struct tx *tx);
void stash_free(struct stash *stash); /* NULL does nothing */

/* packed: the record. One that was there stands in place of what it was. ERR_IO */
MUST_CHECK bool stash_add(struct stash *stash, int64_t entry, int64_t record, struct utc modified,
                          struct str packed, struct err *err);
/* No more come: the entries in the order of time, as `entries_by_time` would have them. How many there are. ERR_IO */
MUST_CHECK bool stash_sort(struct stash *stash, size_t *count, struct err *err);
/* One by its place, with its records in the order of catalog_entry_tellings. ERR_IO, ERR_ARCHIVE, ERR_CATALOG_RECORD */
MUST_CHECK bool stash_read(struct stash *stash, size_t place, struct packer *packer,
                           struct arena *arena, int64_t *entry, struct catalog_tellings *out,
                           struct err *err);
