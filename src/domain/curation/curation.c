#include "domain/curation/curation.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "domain/curation/curation.sql.h"

enum { RECORD_MAX = 1 << 20 };

/* ---- looking ---- */

static struct curation curation_of(struct rows *rows)
{
    return (struct curation){ .name = row_text(rows, "name"),
                              .state = (enum curation_state)row_int(rows, "state"),
                              .title = row_text(rows, "title"),
                              .overview = row_text(rows, "overview"),
                              .impact = row_text(rows, "impact"),
                              .countermeasure = row_text(rows, "countermeasure"),
                              .is_embedded = row_int(rows, "is_embedded") != 0,
                              .is_standard = row_int(rows, "is_standard") != 0,
                              .number = row_text(rows, "number"),
                              .who = row_text(rows, "who"),
                              .changed = row_utc(rows, "changed_at"),
                              .published = row_utc(rows, "published_at"),
                              .version = row_int(rows, "version") };
}

bool curation_find(struct tx *tx, struct str name, struct arena *arena, struct curation *out,
                   struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct curation){ .name = name,
                              .title = STR(""),
                              .overview = STR(""),
                              .impact = STR(""),
                              .countermeasure = STR(""),
                              .number = STR(""),
                              .who = STR("") };
    if (!store_select(tx, &sql_curation_row, BINDS(bind_text("name", name)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there > 0)
        *out = curation_of(rows);
    return there >= 0 ? true : PASS(err);
}

bool curation_list(struct tx *tx, enum curation_state state, size_t offset, size_t limit,
                   struct arena *arena, struct curations *out, int64_t *count, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_number(tx, &sql_curation_count, BINDS(bind_int("state", state)), 0, count, err) ||
        !store_select(tx, &sql_curation_rows,
                      BINDS(bind_int("state", state), bind_int("limit", (int64_t)limit),
                            bind_int("offset", (int64_t)offset)),
                      arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, curation_of(rows));
    return more == 0 ? true : PASS(err);
}

/* ---- what was typed ---- */

static void check_text(struct str text, const char *field, bool is_needed, struct arena *arena,
                       struct form_faults *faults)
{
    if (is_needed && text.len == 0)
        VEC_PUSH(arena, faults, (struct form_fault){ field, N_("Please write this in Japanese.") });
    else if (str_code_points(text) > CURATION_TEXT_MAX || !str_is_plain(text, true))
        VEC_PUSH(arena, faults, (struct form_fault){ field, N_("This is too long.") });
}

void curation_check(const struct curation *curation, bool is_whole, struct arena *arena,
                    struct form_faults *faults)
{
    if (is_whole && curation->title.len == 0)
        VEC_PUSH(arena, faults,
                 (struct form_fault){ "title", N_("Please write this in Japanese.") });
    else if (str_code_points(curation->title) > CURATION_TITLE_MAX ||
             !str_is_plain(curation->title, false))
        VEC_PUSH(arena, faults, (struct form_fault){ "title", N_("This is too long.") });
    check_text(curation->overview, "overview", is_whole, arena, faults);
    check_text(curation->impact, "impact", false, arena, faults);
    check_text(curation->countermeasure, "countermeasure", false, arena, faults);
}

/* ---- into the catalogue ---- */

static void add_text(struct catalog_record *record, enum catalog_text_kind kind, struct str text,
                     struct arena *arena)
{
    if (text.len > 0)
        VEC_PUSH(arena, &record->texts,
                 (struct catalog_text){ kind, STR("ja"), text, record->origin });
}

/* Our word about the entry, beside those of its sources: it has their name and no other. */
static void to_record(const struct curation *curation, struct str origin, struct utc now,
                      struct arena *arena, struct catalog_record *out)
{
    *out = (struct catalog_record){ .source = SOURCE_OURS,
                                    .id = curation->name,
                                    .origin = origin,
                                    .is_overlay = true,
                                    .modified = now };
    add_text(out, TEXT_TITLE, curation->title, arena);
    add_text(out, TEXT_DESCRIPTION, curation->overview, arena);
    add_text(out, TEXT_IMPACT, curation->impact, arena);
    add_text(out, TEXT_COUNTERMEASURE, curation->countermeasure, arena);
}

static bool put(struct tx *tx, const struct deed *deed, struct curation *curation,
                const struct curation_place *place, struct err *err)
{
    CLEANUP(catalog_batch_free_var)
    struct catalog_batch *batch = catalog_batch_new(tx, 0, deed->now);
    struct buf bytes = buf_new(deed->arena, RECORD_MAX);
    struct catalog_record record;
    struct catalog_mark mark;
    enum catalog_change change;

    to_record(curation, place->origin, deed->now, deed->arena, &record);
    if (!catalog_mark_of(tx, curation->name, deed->arena, &mark, err))
        return PASS(err);
    if (mark.number.len == 0 && !catalog_next_number(tx, place->prefix, utc_to_jst(deed->now).year,
                                                     deed->arena, &mark.number, err))
        return PASS(err);
    mark.is_embedded = curation->is_embedded;
    mark.is_standard = curation->is_standard;
    curation->number = mark.number;
    return catalog_record_encode(&record, &bytes, err) &&
                   catalog_put(batch, &record, buf_str(&bytes), NULL, deed->arena, &change, err) &&
                   catalog_set_mark(batch, tx, curation->name, &mark, deed->arena, err) &&
                   catalog_batch_end(batch, err)
               ? true
               : PASS(err);
}

static bool publish(const struct deed *deed, struct curation *curation,
                    const struct curation_place *place, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(place->catalog, TX_WRITE, &tx, err) && put(tx, deed, curation, place, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* ---- moves ---- */

static bool keep(const struct deed *deed, const struct curation *curation, bool is_first,
                 struct err *err)
{
    int64_t changed;

    if (!store_exec(
            deed->tx, is_first ? &sql_curation_insert : &sql_curation_update,
            (const struct bind[]){
                bind_text("name", curation->name), bind_int("state", curation->state),
                bind_text("title", curation->title), bind_text("overview", curation->overview),
                bind_text("impact", curation->impact),
                bind_text("countermeasure", curation->countermeasure),
                bind_int("embedded", curation->is_embedded),
                bind_int("standard", curation->is_standard), bind_text("number", curation->number),
                bind_text("who", deed->who->name.len > 0 ? deed->who->name : STR("")),
                bind_utc("changed", deed->now), bind_utc("published", curation->published),
                bind_int("version", curation->version) },
            is_first ? 12 : 13, &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, CHANGED_MEANWHILE, STR("curation"));
}

bool curation_move(const struct deed *deed, enum curation_event event, struct curation *curation,
                   const struct curation_place *place, struct err *err)
{
    struct curation now;
    int to;

    if (!curation_find(deed->tx, curation->name, deed->arena, &now, err))
        return PASS(err);
    if (now.version != curation->version)
        return FAIL(err, CHANGED_MEANWHILE, STR("curation"));
    if (event == CURATION_RETURN || event == CURATION_PUBLISH)
        *curation = now;
    curation->number = now.number;
    curation->published = now.published;
    if (!life_next(&curation_life, now.state, deed->who->roles, event, curation, &to, err))
        return PASS(err);
    curation->state = (enum curation_state)to;
    if (event == CURATION_PUBLISH) {
        curation->published = deed->now;
        if (!publish(deed, curation, place, err))
            return PASS(err);
    }
    if (!keep(deed, curation, now.version == 0, err))
        return PASS(err);
    curation->version++;
    return true;
}
