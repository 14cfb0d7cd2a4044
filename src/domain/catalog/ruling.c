#include "domain/catalog/ruling.h"

#include "base/err.h"
#include "domain/catalog/compose.h"
#include "domain/catalog/from_internal.h"
#include "domain/catalog/ruling.sql.h"
#include "domain/catalog/ruling_internal.h"
#include "formats/archive/pack.h"

enum { JOINS_MAX = 64 }; /* one into the other */

/* All decisions, as long as the batch. */
struct rulings {
    struct keys joined; /* more: where it stands */
    struct keys parted; /* source, record and alias */
};

/* ---- reading them ---- */

static struct str parted_key(struct str source, struct str record, struct str alias,
                             struct arena *arena)
{
    return arena_printf(arena, "%.*s\n%.*s\n%.*s", STR_ARG(source), STR_ARG(record),
                        STR_ARG(alias));
}

static bool read_joined(struct catalog_batch *batch, struct keys *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = keys_new(batch->arena);
    if (!store_select(batch->tx, &sql_joined_all, NO_BINDS, batch->arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        keys_add(out, row_text(rows, "name"), 1, row_text(rows, "into_name"));
    return there == 0 ? true : PASS(err);
}

static bool read_parted(struct catalog_batch *batch, struct keys *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = keys_new(batch->arena);
    if (!store_select(batch->tx, &sql_parted_all, NO_BINDS, batch->arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        keys_add(out,
                 parted_key(row_text(rows, "source"), row_text(rows, "record"),
                            row_text(rows, "alias"), batch->arena),
                 1, STR_NONE);
    return there == 0 ? true : PASS(err);
}

static bool know(struct catalog_batch *batch, struct err *err)
{
    struct rulings *rulings;

    if (batch->rulings)
        return true;
    rulings = ARENA_NEW(batch->arena, struct rulings);
    if (!read_joined(batch, &rulings->joined, err) || !read_parted(batch, &rulings->parted, err))
        return PASS(err);
    batch->rulings = rulings;
    return true;
}

/* Where an entry of that name stands. */
static struct str standing(const struct rulings *rulings, struct str name)
{
    const struct key_slot *slot;

    for (int i = 0; i < JOINS_MAX && (slot = keys_find(&rulings->joined, name)) != NULL; i++)
        name = slot->more;
    return name;
}

/* ---- applying them ---- */

static void take_parted(const struct rulings *rulings, struct arena *arena, struct ruled *out)
{
    struct catalog_strings kept = { 0 };
    struct catalog_record *record = &out->record;

    for (size_t i = 0; i < record->aliases.len; i++) {
        struct str alias = record->aliases.at[i];

        if (keys_find(&rulings->parted,
                      parted_key(catalog_source_name(record->source), record->id, alias, arena)))
            out->is_changed = true;
        else
            VEC_PUSH(arena, &kept, alias);
    }
    record->aliases = kept;
}

static bool is_named(const struct catalog_record *record, struct str name)
{
    for (size_t i = 0; i < record->aliases.len; i++)
        if (str_eq(record->aliases.at[i], name))
            return true;
    return str_eq(record->id, name);
}

/* What stands in another is known by that one's name too: to searches, and to whoever puts records together. */
static void take_joined(const struct rulings *rulings, struct arena *arena, struct ruled *out)
{
    struct catalog_strings more = { 0 };
    struct str into = standing(rulings, out->entry);

    if (!str_eq(into, out->entry) && !is_named(&out->record, into)) {
        for (size_t i = 0; i < out->record.aliases.len; i++)
            VEC_PUSH(arena, &more, out->record.aliases.at[i]);
        VEC_PUSH(arena, &more, into);
        out->record.aliases = more;
        out->is_changed = true;
    }
    out->entry = into;
}

bool ruling_of(struct catalog_batch *batch, const struct catalog_record *record,
               struct arena *arena, struct ruled *out, struct err *err)
{
    *out = (struct ruled){ .record = *record };
    if (!know(batch, err))
        return PASS(err);
    if (batch->rulings->parted.count > 0)
        take_parted(batch->rulings, arena, out);
    out->entry = compose_key(&out->record);
    if (batch->rulings->joined.count > 0)
        take_joined(batch->rulings, arena, out);
    return true;
}

bool ruling_clear(struct catalog_batch *batch, int64_t record, struct err *err)
{
    if (!know(batch, err))
        return PASS(err);
    if (batch->rulings->joined.count + batch->rulings->parted.count == 0)
        return true;
    return store_exec(batch->tx, &sql_ruled_drop, BINDS(bind_int("id", record)), NULL, err)
               ? true
               : PASS(err);
}

bool ruling_keep(struct catalog_batch *batch, int64_t record, const struct ruled *ruled,
                 struct arena *arena, struct err *err)
{
    struct buf bytes = buf_new(arena, CATALOG_RECORD_MAX);
    struct str packed;

    if (!ruled->is_changed)
        return store_exec(batch->tx, &sql_ruled_drop, BINDS(bind_int("id", record)), NULL, err)
                   ? true
                   : PASS(err);
    return catalog_record_encode(&ruled->record, &bytes, err) &&
                   packer_pack(batch->packer, buf_str(&bytes), arena, &packed, err) &&
                   store_exec(batch->tx, &sql_ruled_put,
                              BINDS(bind_int("id", record), bind_blob("bytes", packed)), NULL, err)
               ? true
               : PASS(err);
}

/* ---- records that are here ---- */

struct standing_record {
    int64_t id, entry;
    struct catalog_record sent, now; /* as its source has it, and as it reads here */
};

static bool load(struct catalog_batch *batch, int64_t id, struct arena *arena,
                 struct standing_record *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str bytes, ruled;

    if (!store_select(batch->tx, &sql_ruling_body, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("record"), err))
        return PASS(err);
    *out = (struct standing_record){ .id = id, .entry = row_int(rows, "entry_id") };
    ruled = row_text(rows, "ruled");
    if (!batch_unpack(batch->packer, row_text(rows, "bytes"), arena, &bytes, err) ||
        !catalog_record_decode(bytes, arena, &out->sent, err))
        return PASS(err);
    out->now = out->sent;
    if (ruled.len == 0)
        return true;
    return batch_unpack(batch->packer, ruled, arena, &bytes, err) &&
                   catalog_record_decode(bytes, arena, &out->now, err)
               ? true
               : PASS(err);
}

static bool is_same(const struct catalog_strings *a, const struct catalog_strings *b)
{
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (!str_eq(a->at[i], b->at[i]))
            return false;
    return true;
}

static bool put_aliases(struct catalog_batch *batch, int64_t id,
                        const struct catalog_strings *aliases, struct err *err)
{
    if (!store_exec(batch->tx, &sql_ruling_alias_clear, BINDS(bind_int("id", id)), NULL, err))
        return PASS(err);
    for (size_t i = 0; i < aliases->len; i++)
        if (!store_exec(batch->tx, &sql_ruling_alias_add,
                        BINDS(bind_text("alias", aliases->at[i]), bind_int("id", id)), NULL, err))
            return PASS(err);
    return true;
}

/* A record that is here, by the decisions as they are now. */
static bool apply(struct catalog_batch *batch, int64_t id, struct arena *arena, struct err *err)
{
    struct standing_record record;
    struct ruled ruled;
    int64_t entry;

    if (!load(batch, id, arena, &record, err) ||
        !ruling_of(batch, &record.sent, arena, &ruled, err) ||
        !batch_entry(batch, ruled.entry, &entry, err))
        return PASS(err);
    if (entry == record.entry && is_same(&ruled.record.aliases, &record.now.aliases))
        return true;
    if (entry != record.entry)
        batch_leave(batch, record.entry);
    return ruling_keep(batch, id, &ruled, arena, err) &&
                   put_aliases(batch, id, &ruled.record.aliases, err) &&
                   store_exec(batch->tx, &sql_ruling_move,
                              BINDS(bind_int("entry", entry), bind_int("now", batch->now.ms),
                                    bind_int("id", id)),
                              NULL, err)
               ? true
               : PASS(err);
}

struct ids {
    VEC_OF(int64_t);
};

static bool records_of(struct catalog_batch *batch, int64_t entry, struct arena *arena,
                       struct ids *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(batch->tx, &sql_ruling_records, BINDS(bind_int("id", entry)), arena, &rows,
                      err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out, row_int(rows, "id"));
    return there == 0 ? true : PASS(err);
}

/* All records of an entry, by the decisions as they are now. */
static bool apply_all(struct catalog_batch *batch, int64_t entry, struct arena *arena,
                      struct err *err)
{
    struct ids ids = { 0 };

    batch->rulings = NULL;
    if (!records_of(batch, entry, arena, &ids, err))
        return PASS(err);
    for (size_t i = 0; i < ids.len; i++)
        if (!apply(batch, ids.at[i], arena, err))
            return PASS(err);
    return true;
}

static bool entry_of(struct catalog_batch *batch, struct str name, int64_t *id, struct err *err)
{
    if (!store_number(batch->tx, &sql_ruling_entry, BINDS(bind_text("name", name)), 0, id, err))
        return PASS(err);
    return *id != 0 ? true : FAIL(err, ABSENT, name);
}

/* ---- numbers of our series ---- */

static bool number_of(struct tx *tx, const struct query *query, struct str name,
                      struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = STR_NONE;
    if (!store_select(tx, query, BINDS(bind_text("name", name)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there == 1)
        *out = row_text(rows, "number");
    return there >= 0 ? true : PASS(err);
}

static bool move_number(struct tx *tx, struct str number, struct str from, struct str to,
                        struct err *err)
{
    return number.len == 0 ||
                   (store_exec(tx, &sql_number_leave, BINDS(bind_text("name", from)), NULL, err) &&
                    store_exec(tx, &sql_entry_number_leave, BINDS(bind_text("name", from)), NULL,
                               err) &&
                    store_exec(tx, &sql_number_take,
                               BINDS(bind_text("name", to), bind_text("number", number)), NULL,
                               err))
               ? true
               : PASS(err);
}

/* ---- decisions ---- */

bool catalog_join(struct catalog_batch *batch, struct str name, struct str into,
                  struct arena *arena, struct err *err)
{
    struct str number, other;
    int64_t from, to;

    if (!know(batch, err))
        return PASS(err);
    if (from_is_cve_id(name))
        return FAIL(err, INPUT, STR("name"));
    if (str_eq(standing(batch->rulings, into), name))
        return FAIL(err, INPUT, STR("into"));
    if (keys_find(&batch->rulings->joined, name) &&
        str_eq(keys_find(&batch->rulings->joined, name)->more, into))
        return true;
    if (!entry_of(batch, name, &from, err) || !entry_of(batch, into, &to, err) ||
        !number_of(batch->tx, &sql_number_of, name, arena, &number, err) ||
        !number_of(batch->tx, &sql_number_of, into, arena, &other, err))
        return PASS(err);
    if (number.len > 0 && other.len > 0)
        return FAIL(err, INPUT, STR("number"));
    return move_number(batch->tx, number, name, into, err) &&
                   store_exec(batch->tx, &sql_joined_add,
                              BINDS(bind_text("name", name), bind_text("into", into),
                                    bind_some("number", number)),
                              NULL, err) &&
                   apply_all(batch, from, arena, err)
               ? true
               : PASS(err);
}

bool catalog_unjoin(struct catalog_batch *batch, struct str name, struct arena *arena,
                    struct err *err)
{
    struct str number, held, into;
    int64_t entry;

    if (!know(batch, err))
        return PASS(err);
    into = standing(batch->rulings, name);
    if (str_eq(into, name))
        return FAIL(err, ABSENT, name);
    if (!entry_of(batch, into, &entry, err) ||
        !number_of(batch->tx, &sql_joined_number, name, arena, &number, err) ||
        !number_of(batch->tx, &sql_number_of, into, arena, &held, err))
        return PASS(err);
    if (number.len > 0 && !str_eq(number, held))
        number = STR_NONE; /* it went further */
    return move_number(batch->tx, number, into, name, err) &&
                   store_exec(batch->tx, &sql_joined_drop, BINDS(bind_text("name", name)), NULL,
                              err) &&
                   apply_all(batch, entry, arena, err)
               ? true
               : PASS(err);
}

static bool decide(struct catalog_batch *batch, const struct catalog_naming *naming,
                   const struct query *query, int64_t *record, int64_t *changed, struct err *err)
{
    struct str source = catalog_source_name(naming->source);

    if (!store_number(batch->tx, &sql_ruling_record,
                      BINDS(bind_text("record", naming->record), bind_text("source", source)), 0,
                      record, err))
        return PASS(err);
    if (*record == 0)
        return FAIL(err, ABSENT, naming->record);
    batch->rulings = NULL;
    return store_exec(batch->tx, query,
                      BINDS(bind_text("source", source), bind_text("record", naming->record),
                            bind_text("alias", naming->alias)),
                      changed, err)
               ? true
               : PASS(err);
}

bool catalog_part(struct catalog_batch *batch, const struct catalog_naming *naming,
                  struct arena *arena, struct err *err)
{
    struct standing_record record;
    int64_t id, changed;

    if (!decide(batch, naming, &sql_parted_add, &id, &changed, err) ||
        !load(batch, id, arena, &record, err))
        return PASS(err);
    if (str_eq(record.sent.id, naming->alias) || !is_named(&record.sent, naming->alias))
        return FAIL(err, ABSENT, naming->alias);
    return apply(batch, id, arena, err) ? true : PASS(err);
}

bool catalog_unpart(struct catalog_batch *batch, const struct catalog_naming *naming,
                    struct arena *arena, struct err *err)
{
    int64_t id, changed;

    if (!decide(batch, naming, &sql_parted_drop, &id, &changed, err))
        return PASS(err);
    if (changed == 0)
        return FAIL(err, ABSENT, naming->alias);
    return apply(batch, id, arena, err) ? true : PASS(err);
}
