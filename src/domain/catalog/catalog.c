#include "domain/catalog/catalog.h"

#include "base/err.h"
#include "domain/catalog/catalog.sql.h"
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

/* ---- records ---- */

struct kept {
    int64_t id, reader;
    struct utc modified;
    bool is_same;
};

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
    there = rows_next(rows, err);
    if (there != 1)
        return there < 0 ? PASS(err) : FAIL(err, STORE, STR("record_find"));
    *out = (struct kept){ .id = row_int(rows, "id"),
                          .reader = row_int(rows, "reader"),
                          .modified = row_utc(rows, "modified_at"),
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

static bool put_parts(struct tx *tx, int64_t id, const struct catalog_record *record,
                      struct str bytes, struct err *err)
{
    if (!store_exec(tx, &sql_body_put, BINDS(bind_int("id", id), bind_blob("bytes", bytes)), NULL,
                    err))
        return PASS(err);
    for (size_t i = 0; i < record->aliases.len; i++)
        if (!store_exec(tx, &sql_alias_add,
                        BINDS(bind_text("alias", record->aliases.at[i]), bind_int("id", id)), NULL,
                        err))
            return PASS(err);
    return true;
}

bool catalog_put(struct tx *tx, int64_t import, const struct catalog_record *record,
                 struct str bytes, struct arena *arena, enum catalog_change *out, struct err *err)
{
    const struct hash hash = hash_of(bytes);
    struct kept kept;
    int64_t id;

    if (!store_insert(tx, &sql_record_add,
                      BINDS(bind_text("source", catalog_source_name(record->source)),
                            bind_text("name", record->id), bind_int("overlay", record->is_overlay),
                            bind_int("state", record->state),
                            bind_int("modified", record->modified.ms),
                            bind_blob("hash", hash_str(&hash)), bind_int("reader", CATALOG_READER),
                            bind_int("import", import)),
                      &id, err))
        return PASS(err);
    if (id != 0) {
        *out = CATALOG_NEW;
        return put_parts(tx, id, record, bytes, err) ? true : PASS(err);
    }
    if (!find(tx, record, &hash, arena, &kept, err))
        return PASS(err);
    if (!supersedes(record, &kept)) {
        *out = CATALOG_UNCHANGED;
        return true;
    }
    *out = CATALOG_CHANGED;
    return store_exec(tx, &sql_record_change,
                      BINDS(bind_int("state", record->state),
                            bind_int("modified", record->modified.ms),
                            bind_blob("hash", hash_str(&hash)), bind_int("reader", CATALOG_READER),
                            bind_int("import", import), bind_int("id", kept.id)),
                      NULL, err) &&
                   store_exec(tx, &sql_alias_clear, BINDS(bind_int("id", kept.id)), NULL, err) &&
                   put_parts(tx, kept.id, record, bytes, err)
               ? true
               : PASS(err);
}

bool catalog_refuse(struct tx *tx, int64_t import, struct str file, int64_t line, struct str reason,
                    struct str bytes, struct arena *arena, struct err *err)
{
    struct str packed = STR_NONE;

    if (bytes.len > 0 && !pack(bytes, arena, &packed, err))
        return PASS(err);
    return store_exec(tx, &sql_refused_add,
                      BINDS(bind_int("import", import), bind_text("file", file),
                            bind_int("line", line), bind_text("reason", reason),
                            packed.len > 0 ? bind_blob("bytes", packed) : bind_null("bytes")),
                      NULL, err)
               ? true
               : PASS(err);
}

/* ---- KEV ---- */

bool catalog_kev_begin(struct tx *tx, struct utc released, bool *is_old, struct err *err)
{
    int64_t newest;

    if (!store_number(tx, &sql_kev_newest, NO_BINDS, 0, &newest, err))
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

bool catalog_put_kev(struct tx *tx, const struct kev_item *item, struct utc released,
                     struct arena *arena, enum catalog_change *out, struct err *err)
{
    if (!compare_kev(tx, item, arena, out, err))
        return PASS(err);
    return store_exec(tx, &sql_kev_put,
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

bool catalog_kev_end(struct tx *tx, struct utc released, struct err *err)
{
    return store_exec(tx, &sql_kev_drop_older, BINDS(bind_int("released", released.ms)), NULL, err)
               ? true
               : PASS(err);
}

/* ---- EPSS ---- */

bool catalog_put_epss(struct tx *tx, const struct epss_row *row, struct utc date,
                      enum catalog_change *out, struct err *err)
{
    int64_t touched;

    if (!store_exec(tx, &sql_epss_add,
                    BINDS(bind_text("cve", row->cve), bind_int("score", row->score),
                          bind_int("percentile", row->percentile), bind_int("date", date.ms)),
                    &touched, err))
        return PASS(err);
    *out = CATALOG_NEW;
    if (touched == 1)
        return true;
    if (!store_exec(tx, &sql_epss_change,
                    BINDS(bind_int("score", row->score), bind_int("percentile", row->percentile),
                          bind_int("date", date.ms), bind_text("cve", row->cve)),
                    &touched, err))
        return PASS(err);
    *out = touched == 1 ? CATALOG_CHANGED : CATALOG_UNCHANGED;
    return true;
}

/* ---- all of them ---- */

/* Gives the rows of one page to the visitor. *more: the page was full */
static bool walk_bodies(struct tx *tx, const struct catalog_visitor *visitor, struct arena *arena,
                        int64_t *after, bool *more, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there, count = 0;

    if (!store_select(tx, &sql_body_page, BINDS(bind_int("after", *after), bind_int("count", PAGE)),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        struct catalog_record record;

        *after = row_int(rows, "record_id");
        if (!catalog_record_decode(row_text(rows, "bytes"), arena, &record, err) ||
            !visitor->record(visitor->context, &record, err))
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
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new(PAGE_MEMORY * (size_t)4), *last = arena_new(4096);
    struct str cve = STR("");
    int64_t id = 0;

    for (bool more = visitor->record; more; arena_reset(arena))
        if (!walk_bodies(tx, visitor, arena, &id, &more, err))
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
