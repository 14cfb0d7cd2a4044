/* domain/catalog/batch.h: what a transaction has touched. For this room alone. */
#pragma once
#include "domain/catalog/catalog.h"
#include "domain/catalog/entry.h"
#include "domain/catalog/keys.h"
#include "store/store.h"

/* Tables whose indices wait while the first records come in: RECORDS for what is made of them, the others to the end. */
enum bulk { BULK_RECORDS, BULK_CVES, BULK_ITEMS, BULK_ENTRIES, BULK_VENDORS, BULK_PRODUCTS, BULKS };

enum { EPSS_PAST = 8, EPSS_PASTS = 30 }; /* bytes of a score before; how many are kept */

struct characters;
struct dictionary;
struct listing;
struct packer;
struct rulings;

struct catalog_batch {
    struct tx *tx;
    int64_t import;
    struct utc now;
    struct arena *arena; /* as long as the batch */
    struct packer *packer;
    struct dictionary *dictionary;
    struct listing *listing;
    struct characters *characters;
    struct {
        VEC_OF(int64_t);     /* ids of entries, in any order, some more than once */
    } touched, left;         /* left: a record went from there to another */
    struct rulings *rulings; /* ruling.c; NULL: to be read */
    bool is_known;           /* is_first was looked for */
    bool is_first;           /* there was no entry: rows are made at the end, all at once */
    struct keys *names;      /* then: the entries by their names */
    struct store_indices indices[BULKS]; /* then: those that wait */
    bool is_rebuild, kev_changed, epss_changed;
};
/* The entry of that name; what is not there begins. ERR_STORE */
MUST_CHECK bool batch_entry(struct catalog_batch *batch, struct str name, int64_t *id,
                            struct err *err);
void batch_touch(struct catalog_batch *batch, int64_t entry);
/* A record stands elsewhere from now on. */
void batch_leave(struct catalog_batch *batch, int64_t entry);
/* A record as it is kept: packed, or as older versions kept it. packer: may be NULL. ERR_CATALOG_RECORD */
MUST_CHECK bool batch_unpack(struct packer *packer, struct str kept, struct arena *arena,
                             struct str *out, struct err *err);
/* catalog_entry_tellings, the records alone. packer: may be NULL */
MUST_CHECK bool batch_tellings(struct tx *tx, struct packer *packer, int64_t entry,
                               struct arena *arena, struct catalog_tellings *out, struct err *err);
