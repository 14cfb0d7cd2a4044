#include "domain/catalog/catalog.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/catalog/batch.h"
#include "domain/catalog/catalog.sql.h"
#include "domain/catalog/listing.h"
#include "domain/catalog/ruling_internal.h"
#include "formats/archive/pack.h"
#include "seal/seal.h"

enum { PAGE = 256, PAGE_MEMORY = 1 << 30 };

void catalog_count(struct catalog_counts *counts, enum catalog_change change)
{
    counts->read++;
    counts->added += change == CATALOG_NEW;
    counts->changed += change == CATALOG_CHANGED;
    counts->unchanged += change == CATALOG_UNCHANGED;
}

bool catalog_import_begin(struct tx *tx, struct str format, struct str path, struct utc now,
                          int64_t *import, struct err *err)
{
    return store_insert(
               tx, &sql_import_begin,
               BINDS(bind_some("format", format), bind_text("path", path), bind_utc("now", now)),
               import, err)
               ? true
               : PASS(err);
}

bool catalog_import_note(struct tx *tx, int64_t import, const struct catalog_counts *counts,
                         struct utc now, struct err *err)
{
    return store_exec(tx, &sql_import_end,
                      BINDS(bind_utc("now", now), bind_int("read", counts->read),
                            bind_int("new", counts->added), bind_int("changed", counts->changed),
                            bind_int("unchanged", counts->unchanged),
                            bind_int("refused", counts->refused), bind_int("id", import)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool catalog_changed(struct tx *tx, struct utc *out, struct err *err)
{
    return store_number(tx, &sql_last_change, NO_BINDS, 0, &out->ms, err) ? true : PASS(err);
}

/* ---- records ---- */

struct kept {
    int64_t id, reader, entry, sent;
    struct utc modified, last;
    bool is_same;
};

/* id: 0 when there is none. */
static bool find(struct tx *tx, const struct catalog_record *record, const struct hash *hash,
                 struct arena *arena, struct kept *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(tx, &sql_record_find,
                      BINDS(bind_text("name", record->id),
                            bind_text("source", catalog_source_name(record->source)),
                            bind_int("overlay", record->is_overlay)),
                      arena, &rows, err))
        return PASS(err);
    *out = (struct kept){ 0 };
    there = rows_next(rows, err);
    if (there != 1)
        return there == 0 ? true : PASS(err);
    *out = (struct kept){ .id = row_int(rows, "id"),
                          .reader = row_int(rows, "reader"),
                          .entry = row_int(rows, "entry_id"),
                          .sent = row_int(rows, "sent_id"),
                          .modified = row_utc(rows, "modified_at"),
                          .last = row_utc(rows, "last_at"),
                          .is_same = str_eq(row_text(rows, "hash"), hash_str(hash)) };
    return true;
}

static bool supersedes(const struct catalog_record *record, const struct kept *kept)
{
    if (kept->is_same)
        return false;
    if (record->modified.ms != kept->modified.ms)
        return record->modified.ms > kept->modified.ms;
    return record->modified.ms == 0 || kept->reader < CATALOG_READER;
}

/* What the source sent is kept once for all records that were read from it. */
static bool keep_sent(struct catalog_batch *batch, struct catalog_sent *sent, struct err *err)
{
    if (!sent)
        return true;
    if (sent->id)
        return store_exec(batch->tx, &sql_sent_share, BINDS(bind_int("id", sent->id)), NULL, err)
                   ? true
                   : PASS(err);
    return store_insert(batch->tx, &sql_sent_add,
                        BINDS(bind_text("format", sent->format),
                              bind_int("beside", sent->is_beside),
                              bind_blob("bytes", sent->packed)),
                        &sent->id, err)
               ? true
               : PASS(err);
}

static bool leave_sent(struct catalog_batch *batch, int64_t id, struct err *err)
{
    return id == 0 ||
                   (store_exec(batch->tx, &sql_sent_leave, BINDS(bind_int("id", id)), NULL, err) &&
                    store_exec(batch->tx, &sql_sent_drop, BINDS(bind_int("id", id)), NULL, err))
               ? true
               : PASS(err);
}

static bool put_parts(struct catalog_batch *batch, int64_t id, int64_t entry,
                      const struct ruled *ruled, struct str bytes, const struct catalog_sent *sent,
                      struct arena *arena, struct err *err)
{
    const struct catalog_record *record = &ruled->record;
    struct str packed = sent ? sent->body : STR_NONE;

    if ((packed.len == 0 && !packer_pack(batch->packer, bytes, arena, &packed, err)) ||
        !store_exec(batch->tx, &sql_body_put, BINDS(bind_int("id", id), bind_blob("bytes", packed)),
                    NULL, err))
        return PASS(err);
    for (size_t i = 0; i < record->aliases.len; i++)
        if (!store_exec(batch->tx, &sql_alias_add,
                        BINDS(bind_text("alias", record->aliases.at[i]), bind_int("id", id)), NULL,
                        err))
            return PASS(err);
    if (ruled->is_changed)
        batch_forget(batch);
    if (!batch_remember(batch, entry, id, record->modified, packed, err) ||
        (ruled->is_changed && !ruling_keep(batch, id, ruled, arena, err)))
        return PASS(err);
    return listing_put(batch->listing, id, record, arena, err) ? true : PASS(err);
}

static bool add(struct catalog_batch *batch, const struct catalog_record *record,
                const struct hash *hash, struct str bytes, struct catalog_sent *sent,
                struct arena *arena, struct err *err)
{
    struct ruled ruled;
    int64_t entry, id;

    return ruling_of(batch, record, arena, &ruled, err) &&
                   batch_entry(batch, ruled.entry, &entry, err) && keep_sent(batch, sent, err) &&
                   store_insert(
                       batch->tx, &sql_record_add,
                       BINDS(bind_text("source", catalog_source_name(record->source)),
                             bind_text("name", record->id), bind_int("overlay", record->is_overlay),
                             bind_int("state", record->state),
                             bind_int("modified", record->modified.ms),
                             bind_blob("hash", hash_str(hash)), bind_int("reader", CATALOG_READER),
                             bind_int("import", batch->import), bind_int("entry", entry),
                             bind_int("sent", sent ? sent->id : 0), bind_int("now", batch->now.ms)),
                       &id, err) &&
                   put_parts(batch, id, entry, &ruled, bytes, sent, arena, err)
               ? true
               : PASS(err);
}

static bool change(struct catalog_batch *batch, const struct kept *kept,
                   const struct catalog_record *record, const struct hash *hash, struct str bytes,
                   struct catalog_sent *sent, struct arena *arena, struct err *err)
{
    struct ruled ruled;
    int64_t entry;

    if (!ruling_of(batch, record, arena, &ruled, err) ||
        !batch_entry(batch, ruled.entry, &entry, err) || !keep_sent(batch, sent, err))
        return PASS(err);
    if (kept->entry && kept->entry != entry)
        batch_leave(batch, kept->entry);
    return store_exec(batch->tx, &sql_past_add,
                      BINDS(bind_int("id", kept->id), bind_int("from", kept->last.ms),
                            bind_int("until", batch->now.ms)),
                      NULL, err) &&
                   store_exec(batch->tx, &sql_record_change,
                              BINDS(bind_int("state", record->state),
                                    bind_int("modified", record->modified.ms),
                                    bind_blob("hash", hash_str(hash)),
                                    bind_int("reader", CATALOG_READER),
                                    bind_int("import", batch->import), bind_int("entry", entry),
                                    bind_int("sent", sent ? sent->id : 0),
                                    bind_int("now", batch->now.ms), bind_int("id", kept->id)),
                              NULL, err) &&
                   leave_sent(batch, kept->sent, err) &&
                   store_exec(batch->tx, &sql_alias_clear, BINDS(bind_int("id", kept->id)), NULL,
                              err) &&
                   ruling_clear(batch, kept->id, err) &&
                   put_parts(batch, kept->id, entry, &ruled, bytes, sent, arena, err)
               ? true
               : PASS(err);
}

bool catalog_put(struct catalog_batch *batch, const struct catalog_record *record, struct str bytes,
                 struct catalog_sent *sent, struct arena *arena, enum catalog_change *out,
                 struct err *err)
{
    const struct hash hash = hash_of(bytes);
    struct kept kept = { 0 };
    bool is_new;

    if (!batch_is_new(batch, record, &is_new, err) ||
        (!is_new && !find(batch->tx, record, &hash, arena, &kept, err)))
        return PASS(err);
    if (kept.id == 0) {
        *out = CATALOG_NEW;
        return add(batch, record, &hash, bytes, sent, arena, err) ? true : PASS(err);
    }
    if (!supersedes(record, &kept)) {
        *out = CATALOG_UNCHANGED;
        return true;
    }
    *out = CATALOG_CHANGED;
    return change(batch, &kept, record, &hash, bytes, sent, arena, err) ? true : PASS(err);
}

bool catalog_refuse(struct tx *tx, int64_t import, struct str file, int64_t line, struct str reason,
                    struct str bytes, struct arena *arena, struct err *err)
{
    struct str packed = STR_NONE;

    if (bytes.len > 0 && !pack(bytes, arena, &packed, err))
        return PASS(err);
    return store_exec(
               tx, &sql_refused_before,
               BINDS(bind_text("file", file), bind_int("line", line), bind_int("import", import)),
               NULL, err) &&
                   store_exec(
                       tx, &sql_refused_add,
                       BINDS(bind_int("import", import), bind_text("file", file),
                             bind_int("line", line), bind_text("reason", reason),
                             packed.len > 0 ? bind_blob("bytes", packed) : bind_null("bytes")),
                       NULL, err)
               ? true
               : PASS(err);
}

bool catalog_refused_next(struct tx *tx, int64_t after, struct arena *arena,
                          struct catalog_refused *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int next;

    *out = (struct catalog_refused){ 0 };
    if (!store_select(tx, &sql_refused_next, BINDS(bind_int("after", after)), arena, &rows, err))
        return PASS(err);
    next = rows_next(rows, err);
    if (next != 1)
        return next == 0 ? true : PASS(err);
    *out = (struct catalog_refused){ .id = row_int(rows, "id"),
                                     .file = row_text(rows, "file"),
                                     .line = row_int(rows, "line") };
    return unpack(row_text(rows, "bytes"), CATALOG_SENT_MAX, arena, &out->bytes, err) ? true
                                                                                      : PASS(err);
}

bool catalog_refused_drop(struct tx *tx, int64_t id, struct err *err)
{
    return store_exec(tx, &sql_refused_drop, BINDS(bind_int("id", id)), NULL, err) ? true
                                                                                   : PASS(err);
}

/* ---- KEV ---- */

bool catalog_kev_begin(struct catalog_batch *batch, struct utc released, bool *is_old,
                       struct err *err)
{
    int64_t newest;

    if (!store_number(batch->tx, &sql_kev_newest, NO_BINDS, 0, &newest, err))
        return PASS(err);
    *is_old = released.ms < newest;
    return true;
}

static bool is_same_kev(struct rows *rows, const struct kev_item *item)
{
    const struct {
        const char *column;
        struct str text;
    } texts[] = {
        { "vendor", item->vendor }, { "product", item->product },         { "name", item->name },
        { "action", item->action }, { "description", item->description }, { "notes", item->notes }
    };

    for (size_t i = 0; i < COUNT(texts); i++)
        if (!str_eq(row_text(rows, texts[i].column), texts[i].text))
            return false;
    return row_utc(rows, "added_at").ms == item->added.ms &&
           row_utc(rows, "due_at").ms == item->due.ms &&
           row_int(rows, "is_ransomware") == item->is_ransomware;
}

static bool compare_kev(struct tx *tx, const struct kev_item *item, struct arena *arena,
                        enum catalog_change *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(tx, &sql_kev_find, BINDS(bind_text("cve", item->cve)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    *out = there != 1 ? CATALOG_NEW : is_same_kev(rows, item) ? CATALOG_UNCHANGED : CATALOG_CHANGED;
    return there >= 0 ? true : PASS(err);
}

bool catalog_put_kev(struct catalog_batch *batch, const struct kev_item *item, struct utc released,
                     struct arena *arena, enum catalog_change *out, struct err *err)
{
    batch->kev_changed = true;
    if (!compare_kev(batch->tx, item, arena, out, err))
        return PASS(err);
    return store_exec(batch->tx, &sql_kev_put,
                      BINDS(bind_text("cve", item->cve), bind_utc("added", item->added),
                            bind_utc("due", item->due), bind_int("ransomware", item->is_ransomware),
                            bind_text("vendor", item->vendor), bind_text("product", item->product),
                            bind_text("name", item->name),
                            bind_text("description", item->description),
                            bind_text("action", item->action), bind_text("notes", item->notes),
                            bind_int("released", released.ms)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool catalog_kev_end(struct catalog_batch *batch, struct utc released, struct err *err)
{
    batch->kev_changed = true;
    return store_exec(batch->tx, &sql_kev_drop_older, BINDS(bind_int("released", released.ms)),
                      NULL, err)
               ? true
               : PASS(err);
}

/* ---- EPSS ---- */

/* A score before, in eight bytes, so that a history of all of them stays small: days since 1970, score and rank + 1. */
static void write_past(int64_t date_ms, int64_t score, int64_t percentile, char out[EPSS_PAST])
{
    uint64_t word =
        (uint64_t)(date_ms / UTC_DAY) << 40 | (uint64_t)score << 20 | (uint64_t)(percentile + 1);

    for (size_t i = 0; i < EPSS_PAST; i++)
        out[i] = (char)(word >> 8 * i & 0xff);
}

static bool change_epss(struct catalog_batch *batch, const struct epss_row *row, struct utc date,
                        struct arena *arena, bool *changed, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    char before[EPSS_PAST];
    struct str past;
    struct utc known;
    struct buf buf;

    *changed = false;
    if (!store_select(batch->tx, &sql_epss_find, BINDS(bind_text("cve", row->cve)), arena, &rows,
                      err) ||
        !rows_one(rows, row->cve, err))
        return PASS(err);
    known = row_utc(rows, "date");
    if (known.ms > date.ms || (known.ms == date.ms && row_int(rows, "score") == row->score &&
                               row_int(rows, "percentile") == row->percentile))
        return true;
    *changed = true;
    past = row_text(rows, "past");
    buf = buf_new(arena, past.len + EPSS_PAST);
    if (known.ms < date.ms && row_int(rows, "score") != row->score) {
        write_past(known.ms, row_int(rows, "score"), row_int(rows, "percentile"), before);
        buf_add(&buf, (struct str){ before, sizeof before });
        past = str_take(past, (size_t)EPSS_PAST * (EPSS_PASTS - 1));
    }
    buf_add(&buf, past);
    rows_end(rows);
    return store_exec(batch->tx, &sql_epss_change,
                      BINDS(bind_int("score", row->score), bind_int("percentile", row->percentile),
                            bind_int("date", date.ms), bind_blob("past", buf_str(&buf)),
                            bind_text("cve", row->cve)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool catalog_put_epss(struct catalog_batch *batch, const struct epss_row *row, struct utc date,
                      struct arena *arena, enum catalog_change *out, struct err *err)
{
    int64_t added;
    bool changed;

    batch->epss_changed = true;
    if (!store_exec(batch->tx, &sql_epss_add,
                    BINDS(bind_text("cve", row->cve), bind_int("score", row->score),
                          bind_int("percentile", row->percentile), bind_int("date", date.ms)),
                    &added, err))
        return PASS(err);
    *out = CATALOG_NEW;
    if (added == 1)
        return true;
    if (!change_epss(batch, row, date, arena, &changed, err))
        return PASS(err);
    *out = changed ? CATALOG_CHANGED : CATALOG_UNCHANGED;
    return true;
}

/* ---- all of them ---- */

/* Gives the rows of one page to the visitor. *more: the page was full */
static bool walk_bodies(struct tx *tx, const struct catalog_visitor *visitor, struct packer *packer,
                        struct arena *arena, int64_t *after, bool *more, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there, count = 0;

    if (!store_select(tx, &sql_body_page, BINDS(bind_int("after", *after), bind_int("count", PAGE)),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        struct catalog_record record;
        struct str bytes;

        *after = row_int(rows, "record_id");
        if (!batch_unpack(packer, row_text(rows, "bytes"), arena, &bytes, err) ||
            !catalog_record_decode(bytes, arena, &record, err) ||
            !visitor->record(visitor->context, *after, &record, err))
            return PASS(err);
        count++;
    }
    *more = count == PAGE;
    return there == 0 ? true : PASS(err);
}

static bool walk_kev(struct tx *tx, const struct catalog_visitor *visitor, struct arena *arena,
                     struct str *after, struct arena *last, bool *more, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct kev_item item = { 0 };
    int there, count = 0;

    if (!store_select(tx, &sql_kev_page, BINDS(bind_text("after", *after), bind_int("count", PAGE)),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        item = (struct kev_item){ .cve = row_text(rows, "cve"),
                                  .added = row_utc(rows, "added_at"),
                                  .due = row_utc(rows, "due_at"),
                                  .is_ransomware = row_int(rows, "is_ransomware") };
        if (!visitor->kev(visitor->context, &item, err))
            return PASS(err);
        count++;
    }
    arena_reset(last);
    *after = arena_str(last, item.cve);
    *more = count == PAGE;
    return there == 0 ? true : PASS(err);
}

static bool walk_epss(struct tx *tx, const struct catalog_visitor *visitor, struct arena *arena,
                      struct str *after, struct arena *last, bool *more, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct epss_row row = { 0 };
    int there, count = 0;

    if (!store_select(tx, &sql_epss_page,
                      BINDS(bind_text("after", *after), bind_int("count", PAGE)), arena, &rows,
                      err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        row = (struct epss_row){ .cve = row_text(rows, "cve"),
                                 .score = (int)row_int(rows, "score"),
                                 .percentile = (int)row_int(rows, "percentile") };
        if (!visitor->epss(visitor->context, &row, row_utc(rows, "date"), err))
            return PASS(err);
        count++;
    }
    arena_reset(last);
    *after = arena_str(last, row.cve);
    *more = count == PAGE;
    return there == 0 ? true : PASS(err);
}

bool catalog_walk(struct tx *tx, const struct catalog_visitor *visitor, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new(PAGE_MEMORY * (size_t)4), *last = arena_new(4096);
    struct str cve = STR("");
    int64_t id = 0;

    for (bool more = visitor->record; more; arena_reset(arena))
        if (!walk_bodies(tx, visitor, packer, arena, &id, &more, err))
            return PASS(err);
    for (bool more = visitor->kev; more; arena_reset(arena))
        if (!walk_kev(tx, visitor, arena, &cve, last, &more, err))
            return PASS(err);
    cve = STR("");
    for (bool more = visitor->epss; more; arena_reset(arena))
        if (!walk_epss(tx, visitor, arena, &cve, last, &more, err))
            return PASS(err);
    return true;
}
