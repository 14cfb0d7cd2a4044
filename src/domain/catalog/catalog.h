/* domain/catalog/catalog.h: the records as they are kept (store_catalog): taking them in, and going through all of them. */
#pragma once
#include "domain/catalog/record.h"
#include "formats/epss/epss.h"
#include "formats/kev/kev.h"
#include "store/store.h"

/* Goes up when a reader (from_*.c) understands more than before: a record that is imported again then counts as changed although its
 * source did not change it. */
enum { CATALOG_READER = 1 };

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

/**
 * Takes a record in. What is there already stays when it says the same, when its own date is the newer one, or when the dates are equal
 * and one of our present readers wrote it; a record without a date does not replace one with a date.
 *
 * bytes  the record encoded: kept as they are
 * err    ERR_STORE
 * Rule:  VDB-01
 */
MUST_CHECK bool catalog_put(struct tx *tx, int64_t import, const struct catalog_record *record,
                            struct str bytes, struct arena *arena, enum catalog_change *out,
                            struct err *err);
/* What could not be taken. bytes: of its beginning, may be empty. ERR_STORE */
MUST_CHECK bool catalog_refuse(struct tx *tx, int64_t import, struct str file, int64_t line,
                               struct str reason, struct str bytes, struct arena *arena,
                               struct err *err);

/* KEV comes as a whole catalogue: begin, each item, end. An older one than was read before changes nothing: *is_old. ERR_STORE */
MUST_CHECK bool catalog_kev_begin(struct tx *tx, struct utc released, bool *is_old,
                                  struct err *err);
MUST_CHECK bool catalog_put_kev(struct tx *tx, const struct kev_item *item, struct utc released,
                                struct arena *arena, enum catalog_change *out, struct err *err);
/* What the catalogue does not name any more is taken out. */
MUST_CHECK bool catalog_kev_end(struct tx *tx, struct utc released, struct err *err);

/* One score; that of the newest day stays. ERR_STORE */
MUST_CHECK bool catalog_put_epss(struct tx *tx, const struct epss_row *row, struct utc date,
                                 enum catalog_change *out, struct err *err);

/* ---- all of them ---- */

struct catalog_visitor {
    /* Each may be NULL; false with *err set ends the walk. Texts live until the call returns. */
    bool (*record)(void *context, const struct catalog_record *record, struct err *err);
    bool (*kev)(void *context, const struct kev_item *item,
                struct err *err); /* cve, added, due, is_ransomware */
    bool (*epss)(void *context, const struct epss_row *row, struct utc date, struct err *err);
    void *context;
};
/* Records in the order they came first, then KEV and EPSS by CVE; in pieces, so that memory stays small. ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool catalog_walk(struct tx *tx, const struct catalog_visitor *visitor, struct err *err);
