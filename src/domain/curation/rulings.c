#include "domain/curation/rulings.h"

#include "base/err.h"
#include "base/tr.h"
#include "domain/catalog/entry.h"
#include "domain/curation/rulings.sql.h"

/* ---- looking ---- */

static struct ruling ruling_from(struct rows *rows)
{
    return (struct ruling){ .id = row_int(rows, "id"),
                            .state = (enum ruling_state)row_int(rows, "state"),
                            .source = row_text(rows, "source"),
                            .name = row_text(rows, "name"),
                            .other = row_text(rows, "other"),
                            .entry = row_text(rows, "entry"),
                            .reason = row_text(rows, "reason"),
                            .who = row_text(rows, "who"),
                            .undone_reason = row_text(rows, "undone_reason"),
                            .undone_who = row_text(rows, "undone_who"),
                            .made = row_utc(rows, "made_at"),
                            .undone = row_utc(rows, "undone_at") };
}

bool ruling_list(struct tx *tx, struct str name, struct arena *arena, struct rulings_list *out,
                 struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_ruling_rows, BINDS(bind_text("name", name)), arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, ruling_from(rows));
    return more == 0 ? true : PASS(err);
}

static bool find(struct tx *tx, int64_t id, struct arena *arena, struct ruling *out,
                 struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_ruling_row, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("ruling"), err))
        return PASS(err);
    *out = ruling_from(rows);
    return true;
}

/* ---- what was typed ---- */

static void tell(const struct deed *deed, struct form_faults *faults, const char *field,
                 const char *words)
{
    VEC_PUSH(deed->arena, faults, (struct form_fault){ field, words });
}

static void check_reason(const struct deed *deed, struct str reason, struct form_faults *faults)
{
    if (reason.len == 0)
        tell(deed, faults, "reason", N_("Please say why."));
    else if (str_code_points(reason) > RULING_REASON_MAX || !str_is_plain(reason, true))
        tell(deed, faults, "reason", N_("This is too long."));
}

/* The fault of the catalogue in words, where what was typed is to blame. */
static bool is_told(const struct deed *deed, const struct err *why, const char *field,
                    struct form_faults *faults)
{
    static const struct {
        const char *subject, *words;
    } refusals[] = {
        { "name",
          N_("Both are CVE numbers, which name two vulnerabilities. What is wrong with them is told to those who gave them.") },
        { "into", N_("These are the same entry already.") },
        { "number",
          N_("Both have numbers of our own, which readers know. They cannot be joined.") },
    };

    if (why->code == ERR_ABSENT) {
        tell(deed, faults, field, N_("There is nothing of that name here."));
        return true;
    }
    for (size_t i = 0; why->code == ERR_INPUT && i < COUNT(refusals); i++)
        if (str_eq_z(str_from_z(why->subject), refusals[i].subject)) {
            tell(deed, faults, field, refusals[i].words);
            return true;
        }
    return false;
}

/* ---- in the catalogue ---- */

typedef bool catalog_deed(struct catalog_batch *batch, const struct ruling *ruling,
                          struct arena *arena, struct err *err);

static struct catalog_naming naming_of(const struct ruling *ruling)
{
    struct catalog_naming naming = { .record = ruling->name, .alias = ruling->other };

    (void)catalog_source_from_name(ruling->source, &naming.source);
    return naming;
}

static bool do_decide(struct catalog_batch *batch, const struct ruling *ruling, struct arena *arena,
                      struct err *err)
{
    const struct catalog_naming naming = naming_of(ruling);

    return (ruling->source.len > 0 ? catalog_part(batch, &naming, arena, err)
                                   : catalog_join(batch, ruling->name, ruling->other, arena, err))
               ? true
               : PASS(err);
}

static bool do_undo(struct catalog_batch *batch, const struct ruling *ruling, struct arena *arena,
                    struct err *err)
{
    const struct catalog_naming naming = naming_of(ruling);

    return (ruling->source.len > 0 ? catalog_unpart(batch, &naming, arena, err)
                                   : catalog_unjoin(batch, ruling->name, arena, err))
               ? true
               : PASS(err);
}

static bool act(const struct deed *deed, const struct curation_place *place, catalog_deed *what,
                const struct ruling *ruling, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(catalog_batch_free_var) struct catalog_batch *batch = NULL;

    if (!tx_begin(place->catalog, TX_WRITE, &tx, err))
        return PASS(err);
    batch = catalog_batch_new(tx, 0, deed->now);
    return what(batch, ruling, deed->arena, err) && catalog_batch_end(batch, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* The names of both entries as they stand here; that of a CVE is the one that others stand in. */
static bool settle(const struct curation_place *place, struct ruling *ruling, struct arena *arena,
                   struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct catalog_entry here, there;

    if (!tx_begin(place->catalog, TX_READ, &tx, err) ||
        !catalog_entry_find(tx, ruling->entry, arena, &here, err) ||
        !catalog_entry_find(tx, ruling->other, arena, &there, err))
        return PASS(err);
    ruling->name = here.name;
    ruling->other = there.name;
    if (str_starts(here.name, STR("CVE-")) && !str_starts(there.name, STR("CVE-"))) {
        ruling->name = there.name;
        ruling->other = here.name;
    }
    return true;
}

/* ---- deciding ---- */

static bool may(const struct deed *deed, enum ruling_state from, enum ruling_event event,
                const struct ruling *ruling, struct ruling *out, struct err *err)
{
    int to;

    if (!life_next(&ruling_life, from, deed->who->roles, event, ruling, &to, err))
        return PASS(err);
    out->state = (enum ruling_state)to;
    return true;
}

static bool keep(const struct deed *deed, struct ruling *ruling, struct err *err)
{
    ruling->who = deed->who->name.len > 0 ? deed->who->name : STR("");
    ruling->made = deed->now;
    return store_insert(deed->tx, &sql_ruling_insert,
                        BINDS(bind_int("state", ruling->state), bind_text("source", ruling->source),
                              bind_text("name", ruling->name), bind_text("other", ruling->other),
                              bind_text("entry", ruling->entry),
                              bind_text("reason", ruling->reason), bind_text("who", ruling->who),
                              bind_utc("now", deed->now)),
                        &ruling->id, err)
               ? true
               : PASS(err);
}

/* The catalogue first: again after a kill, the same. field: where its refusal is told */
static bool decide(const struct deed *deed, const struct curation_place *place, const char *field,
                   struct ruling *ruling, struct form_faults *faults, struct err *err)
{
    struct err why = { 0 };

    if (act(deed, place, do_decide, ruling, &why))
        return keep(deed, ruling, err) ? true : PASS(err);
    if (is_told(deed, &why, field, faults))
        return true;
    *err = why;
    return PASS(err);
}

bool ruling_join(const struct deed *deed, const struct curation_place *place, struct ruling *ruling,
                 struct form_faults *faults, struct err *err)
{
    struct err why = { 0 };

    ruling->source = STR("");
    check_reason(deed, ruling->reason, faults);
    if (ruling->other.len == 0)
        tell(deed, faults, "other", N_("Please name the other entry."));
    if (faults->len > 0)
        return true;
    if (!may(deed, RULING_NONE, RULING_DECIDE, ruling, ruling, err))
        return PASS(err);
    if (settle(place, ruling, deed->arena, &why))
        return decide(deed, place, "other", ruling, faults, err) ? true : PASS(err);
    if (is_told(deed, &why, "other", faults))
        return true;
    *err = why;
    return PASS(err);
}

bool ruling_part(const struct deed *deed, const struct curation_place *place, struct ruling *ruling,
                 struct form_faults *faults, struct err *err)
{
    enum catalog_source source;

    check_reason(deed, ruling->reason, faults);
    if (!catalog_source_from_name(ruling->source, &source) || ruling->other.len == 0)
        tell(deed, faults, "naming", N_("Please choose the name that is wrong."));
    if (faults->len > 0)
        return true;
    return may(deed, RULING_NONE, RULING_DECIDE, ruling, ruling, err) &&
                   decide(deed, place, "naming", ruling, faults, err)
               ? true
               : PASS(err);
}

static bool keep_undone(const struct deed *deed, const struct ruling *ruling, struct err *err)
{
    int64_t changed;

    if (!store_exec(deed->tx, &sql_ruling_undo,
                    BINDS(bind_int("state", ruling->state),
                          bind_text("reason", ruling->undone_reason),
                          bind_text("who", deed->who->name.len > 0 ? deed->who->name : STR("")),
                          bind_utc("now", deed->now), bind_int("id", ruling->id)),
                    &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, CHANGED_MEANWHILE, STR("ruling"));
}

bool ruling_undo(const struct deed *deed, const struct curation_place *place, int64_t id,
                 struct str reason, struct form_faults *faults, struct err *err)
{
    struct ruling ruling, undone;
    struct err why = { 0 };

    check_reason(deed, reason, faults);
    if (faults->len > 0)
        return true;
    if (!find(deed->tx, id, deed->arena, &ruling, err))
        return PASS(err);
    undone = ruling;
    undone.undone_reason = reason;
    if (!may(deed, ruling.state, RULING_UNDO, &undone, &undone, err))
        return PASS(err);
    /* What was taken back already when a kill came stays so. */
    if (!act(deed, place, do_undo, &ruling, &why) && why.code != ERR_ABSENT) {
        *err = why;
        return PASS(err);
    }
    return keep_undone(deed, &undone, err) ? true : PASS(err);
}
