#include "domain/advisory/sheets.h"

#include "base/err.h"
#include "domain/advisory/world.h"
#include "domain/advisory/world.sql.h"
#include "domain/casework/unreachable.h"
#include "store/store.h"

enum { SHEET_MEMORY = 32 << 20 };

bool sheets_load(struct tx *tx, struct arena *arena, struct world_sheets *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct world_sheets){ 0 };
    if (!store_select(tx, &sql_world_sheets, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct world_sheet){ row_text(rows, "name"), row_text(rows, "record"),
                                       row_int(rows, "revision"), row_int(rows, "shown"),
                                       row_utc(rows, "at") });
    return got == 0 ? true : PASS(err);
}

static const struct world_sheet *find(const struct world_sheets *all, struct str name)
{
    for (size_t i = 0; i < all->len; i++) {
        if (str_eq(all->at[i].name, name))
            return &all->at[i];
    }
    return NULL;
}

struct str sheet_record(const struct world_sheets *all, const char *name)
{
    const struct world_sheet *sheet = find(all, str_from_z(name));

    return sheet ? sheet->record : STR_NONE;
}

bool sheet_put(struct tx *tx, const struct world_sheet *sheet, struct arena *arena, bool *changed,
               struct err *err)
{
    const struct world_sheet *present;
    struct world_sheets all;

    if (!sheets_load(tx, arena, &all, err))
        return PASS(err);
    present = find(&all, sheet->name);
    /* Pages of an earlier revision that a kill kept from being written are due as well. */
    *changed =
        !present || !str_eq(present->record, sheet->record) || present->shown < present->revision;
    return store_exec(tx, &sql_world_sheet_put,
                      BINDS(bind_text("name", sheet->name), bind_int("revision", sheet->revision),
                            bind_blob("record", sheet->record), bind_utc("at", sheet->at)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool sheet_is_shown(struct tx *tx, const struct world_sheet *sheet, struct err *err)
{
    return store_exec(tx, &sql_world_sheet_shown,
                      BINDS(bind_text("name", sheet->name), bind_int("revision", sheet->revision)),
                      NULL, err)
               ? true
               : PASS(err);
}

/* ---- the list of developers that cannot be reached ---- */

static bool desk_revision(struct store *desk, int64_t *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk, TX_READ, &tx, err) && unreachable_list_revision(tx, out, err) ? true
                                                                                        : PASS(err);
}

static bool world_revision(struct world *world, struct arena *arena, int64_t *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct world_sheet *sheet;
    struct world_sheets all;

    if (!tx_begin(world_store(world), TX_READ, &tx, err) || !sheets_load(tx, arena, &all, err))
        return PASS(err);
    sheet = find(&all, STR(SHEET_UNREACHABLE));
    *out = sheet ? sheet->shown : -1;
    return true;
}

static bool compose(const struct casework *w, struct store *desk, struct arena *arena,
                    struct world_sheet *sheet, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk, TX_READ, &tx, err) &&
                   unreachable_list_revision(tx, &sheet->revision, err) &&
                   unreachable_list_record(w, tx, arena, &sheet->record, err)
               ? true
               : PASS(err);
}

bool unreachable_publish_due(const struct casework *w, struct store *desk, struct world *world,
                             struct utc now, bool *is_new, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(SHEET_MEMORY);
    struct world_sheet sheet = { .name = STR(SHEET_UNREACHABLE), .at = now };
    int64_t is, shown;

    *is_new = false;
    if (!desk_revision(desk, &is, err) || !world_revision(world, arena, &shown, err))
        return PASS(err);
    if (is <= shown)
        return true;
    return compose(w, desk, arena, &sheet, err) && world_publish_sheet(world, &sheet, is_new, err)
               ? true
               : PASS(err);
}
