/* domain/catalog/catalog.h: the records as they are kept (store_catalog): taking them in, and going through all of them. */
#pragma once
#include "domain/catalog/record.h"
#include "formats/epss/epss.h"
#include "formats/kev/kev.h"
#include "store/store.h"

/* Goes up when a reader (from_*.c) understands more than before: a record that is imported again then counts as changed although its
 * source did not change it. */
enum { CATALOG_READER = 2 };
/* Bytes of one thing that a source sent: a record, or a document with many. */
enum { CATALOG_SENT_MAX = 64 << 20 };

enum catalog_change { CATALOG_NEW, CATALOG_CHANGED, CATALOG_UNCHANGED };
struct catalog_counts {
    int64_t read, added, changed, unchanged, refused;
};
void catalog_count(struct catalog_counts *counts, enum catalog_change change); /* one more read */

/* format: empty when it is recognised file by file. ERR_STORE */
MUST_CHECK bool catalog_import_begin(struct tx *tx, struct str format, struct str path,
                                     struct utc now, int64_t *import, struct err *err);
/* now: 0 while it goes on. ERR_STORE */
MUST_CHECK bool catalog_import_note(struct tx *tx, int64_t import,
                                    const struct catalog_counts *counts, struct utc now,
                                    struct err *err);

/* When a record, a score or the catalogue of exploited ones changed last; 0: never. ERR_STORE */
MUST_CHECK bool catalog_changed(struct tx *tx, struct utc *out, struct err *err);

/* ---- taking in: what a transaction changes, and the entries made anew at its end ---- */

struct catalog_batch;
/* import: of catalog_import_begin; 0: a change by hand. Everything below until catalog_batch_end belongs to it. */
struct catalog_batch *catalog_batch_new(struct tx *tx, int64_t import, struct utc now);
void catalog_batch_free(struct catalog_batch *batch); /* NULL does nothing */
DEFINE_CLEANUP(struct catalog_batch, catalog_batch_free)
/* Makes the entries that were touched anew, and the full-text index where too much of it is stale. Once, before the transaction's end. ERR_STORE,
 * ERR_CATALOG_RECORD */
MUST_CHECK bool catalog_batch_end(struct catalog_batch *batch, struct err *err);
/* The full-text index and all entries are to be made anew at the end, whatever was touched. */
void catalog_batch_rebuild(struct catalog_batch *batch);
/* Something that stands beside the records of this entry changed: a mark, its number. An entry that is not there is passed over. ERR_STORE */
MUST_CHECK bool catalog_touch(struct catalog_batch *batch, struct str name, struct err *err);

/* What a source sent, for all records that were read from it. */
struct catalog_sent {
    struct str format; /* "nvd" */
    struct str packed; /* formats/archive/pack.h */
    struct str
        body; /* of catalog_put: the record's bytes packed, where somebody did that already; empty: to be done */
    bool is_beside; /* it is packed beside the bytes of its only record */
    int64_t id;     /* 0 until it is kept */
};

/**
 * Takes a record in. What is there already stays when it says the same, when its own date is the newer one, or when the dates are equal
 * and one of our present readers wrote it; a record without a date does not replace one with a date. What it said before is kept.
 *
 * bytes  the record encoded
 * sent   kept when the record is new or changed; NULL: ours
 * err    ERR_STORE
 * Rule:  VDB-01
 */
MUST_CHECK bool catalog_put(struct catalog_batch *batch, const struct catalog_record *record,
                            struct str bytes, struct catalog_sent *sent, struct arena *arena,
                            enum catalog_change *out, struct err *err);
/* What could not be taken; it replaces what an earlier import refused in that place. bytes: of its beginning, may be empty. ERR_STORE */
MUST_CHECK bool catalog_refuse(struct tx *tx, int64_t import, struct str file, int64_t line,
                               struct str reason, struct str bytes, struct arena *arena,
                               struct err *err);

struct catalog_refused {
    int64_t id; /* 0: there is none */
    struct str file;
    int64_t line;
    struct str bytes;
};
/* The next one behind `after` whose bytes were kept. ERR_STORE, ERR_ARCHIVE */
MUST_CHECK bool catalog_refused_next(struct tx *tx, int64_t after, struct arena *arena,
                                     struct catalog_refused *out, struct err *err);
/* It was taken after all. ERR_STORE */
MUST_CHECK bool catalog_refused_drop(struct tx *tx, int64_t id, struct err *err);

/* KEV comes as a whole catalogue: begin, each item, end. An older one than was read before changes nothing: *is_old. ERR_STORE */
MUST_CHECK bool catalog_kev_begin(struct catalog_batch *batch, struct utc released, bool *is_old,
                                  struct err *err);
MUST_CHECK bool catalog_put_kev(struct catalog_batch *batch, const struct kev_item *item,
                                struct utc released, struct arena *arena, enum catalog_change *out,
                                struct err *err);
/* What the catalogue does not name any more is taken out. */
MUST_CHECK bool catalog_kev_end(struct catalog_batch *batch, struct utc released, struct err *err);

/* One score; that of the newest day stays, and what it was before is remembered for a while. ERR_STORE */
MUST_CHECK bool catalog_put_epss(struct catalog_batch *batch, const struct epss_row *row,
                                 struct utc date, struct arena *arena, enum catalog_change *out,
                                 struct err *err);

/* ---- all of them ---- */

struct catalog_visitor {
    /* Each may be NULL; false with *err set ends the walk. Texts live until the call returns. */
    bool (*record)(void *context, int64_t number, const struct catalog_record *record,
                   struct err *err); /* numbers ascend */
    bool (*kev)(void *context, const struct kev_item *item,
                struct err *err); /* cve, added, due, is_ransomware */
    bool (*epss)(void *context, const struct epss_row *row, struct utc date, struct err *err);
    void *context;
};
/* Records in the order they came first, then KEV and EPSS by CVE; in pieces, so that memory stays small. ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool catalog_walk(struct tx *tx, const struct catalog_visitor *visitor, struct err *err);
