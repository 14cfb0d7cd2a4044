/* domain/catalog/batch.h: what a transaction has touched. For this room alone. */
#pragma once
#include "domain/catalog/catalog.h"
#include "domain/catalog/entry.h"
#include "domain/catalog/keys.h"
#include "store/store.h"

/* Tables whose indices wait while the first records come in: RECORDS for what is made of them, the others to the end. */
enum bulk {
    BULK_RECORDS,
    BULK_CVES,
    BULK_ITEMS,
    BULK_ENTRIES,
    BULK_TOUCHING,
    BULK_VENDORS,
    BULK_PRODUCTS,
    BULKS
};

enum { EPSS_PAST = 8, EPSS_PASTS = 30 }; /* bytes of a score before; how many are kept */

struct characters;
struct dictionary;
struct listing;
struct packer;
struct pairs;
struct rulings;
struct seen;
struct stash;

struct catalog_batch {
    struct tx *tx;
    int64_t import;
    struct utc now;
    struct arena *arena; /* as long as the batch */
    struct packer *packer;
    struct dictionary *dictionary;
    struct listing *listing;
    struct pairs *touching; /* products and the entries that touch them */
    struct characters *characters;
    struct {
        VEC_OF(int64_t);     /* ids of entries, in any order, some more than once */
    } touched, left;         /* left: a record went from there to another */
    struct rulings *rulings; /* ruling.c; NULL: to be read */
    bool is_known;           /* is_first was looked for */
    bool is_first;           /* there was no entry: rows are made at the end, all at once */
    struct keys *names;      /* then: the entries by their names */
    struct seen *seen;       /* then: the records that came */
    struct stash *stash;     /* then, while no curator's decision changes a record: all of them */
    struct store_indices indices[BULKS]; /* then: those that wait */
    bool is_rebuild, kev_changed, epss_changed;
    bool has_dropped; /* an entry went */
};
/* The entry of that name; what is not there begins. ERR_STORE */
MUST_CHECK bool batch_entry(struct catalog_batch *batch, struct str name, int64_t *id,
                            struct err *err);
void batch_touch(struct catalog_batch *batch, int64_t entry);
/* Nothing is there of that record, for certain; from now on it is. ERR_STORE */
MUST_CHECK bool batch_is_new(struct catalog_batch *batch, const struct catalog_record *record,
                             bool *out, struct err *err);
/* A record stands elsewhere from now on. */
void batch_leave(struct catalog_batch *batch, int64_t entry);
/* A record as it is kept: packed, or as older versions kept it. packer: may be NULL. ERR_CATALOG_RECORD */
MUST_CHECK bool batch_unpack(struct packer *packer, struct str kept, struct arena *arena,
                             struct str *out, struct err *err);
/* What was told of a record, packed, is what its entry is made from at the end. ERR_IO */
MUST_CHECK bool batch_remember(struct catalog_batch *batch, int64_t entry, int64_t record,
                               struct utc modified, struct str packed, struct err *err);
/* A record reads otherwise than it is told: at the end all are read from the database. */
void batch_forget(struct catalog_batch *batch);
/* Into the order of catalog_entry_tellings. */
void tellings_sort(struct catalog_tellings *tellings);
/* catalog_entry_tellings, the records alone. packer: may be NULL */
MUST_CHECK bool batch_tellings(struct tx *tx, struct packer *packer, int64_t entry,
                               struct arena *arena, struct catalog_tellings *out, struct err *err);
