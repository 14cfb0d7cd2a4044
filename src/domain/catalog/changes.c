#include "domain/catalog/changes.h"

#include "base/err.h"
#include "domain/catalog/batch.h"
#include "domain/catalog/changes.sql.h"

enum { HAND_BEFORE = 60 * 60 * 1000 };

bool catalog_reach(struct tx *tx, struct catalog_reach *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_reach, NO_BINDS, arena, &rows, err) ||
        !rows_one(rows, STR("record"), err))
        return PASS(err);
    *out = (struct catalog_reach){ row_int(rows, "record"), row_int(rows, "past"),
                                   row_int(rows, "hand"), row_int(rows, "hands") };
    return true;
}

bool catalog_changes_count(struct tx *tx, struct catalog_reach since, int64_t *out, struct err *err)
{
    return store_number(tx, &sql_changes_count,
                        BINDS(bind_int("record", since.record), bind_int("past", since.past),
                              bind_int("hand", since.hand - HAND_BEFORE)),
                        0, out, err)
               ? true
               : PASS(err);
}

static bool read_numbers(struct rows *rows, struct arena *arena, struct catalog_numbers *out,
                         struct err *err)
{
    int there;

    *out = (struct catalog_numbers){ 0 };
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out, row_int(rows, "id"));
    return there == 0 ? true : PASS(err);
}

bool catalog_changes(struct tx *tx, struct catalog_reach since, struct arena *arena,
                     struct catalog_numbers *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    return store_select(tx, &sql_changes,
                        BINDS(bind_int("record", since.record), bind_int("past", since.past),
                              bind_int("hand", since.hand - HAND_BEFORE)),
                        arena, &rows, err) &&
                   read_numbers(rows, arena, out, err)
               ? true
               : PASS(err);
}

static struct str small(struct str id, struct arena *arena)
{
    char *to = arena_alloc(arena, id.len + 1);

    for (size_t i = 0; i < id.len; i++)
        to[i] = id.ptr[i] >= 'A' && id.ptr[i] <= 'Z' ? (char)(id.ptr[i] - 'A' + 'a') : id.ptr[i];
    return (struct str){ to, id.len };
}

bool catalog_tellers(const struct catalog_reader *reader, struct str id, struct arena *arena,
                     struct catalog_numbers *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool is_cve = str_starts(id, STR("CVE-"));

    return store_select(
               reader->tx, &sql_tellers,
               BINDS(bind_text("id", id), bind_text("small", is_cve ? small(id, arena) : id)),
               arena, &rows, err) &&
                   read_numbers(rows, arena, out, err)
               ? true
               : PASS(err);
}

bool catalog_record(const struct catalog_reader *reader, int64_t number, struct arena *arena,
                    struct catalog_record *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str bytes;

    return store_select(reader->tx, &sql_whole_body, BINDS(bind_int("id", number)), arena, &rows,
                        err) &&
                   rows_one(rows, STR("record"), err) &&
                   batch_unpack(reader->packer, row_text(rows, "bytes"), arena, &bytes, err) &&
                   catalog_record_decode(bytes, arena, out, err)
               ? true
               : PASS(err);
}

static bool claim_aliases(struct tx *tx, int64_t number, struct arena *arena,
                          struct catalog_record *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(tx, &sql_claim_aliases, BINDS(bind_int("id", number)), arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, &out->aliases, arena_str(arena, row_text(rows, "alias")));
    return there == 0 ? true : PASS(err);
}

bool catalog_claim(const struct catalog_reader *reader, int64_t number, struct arena *arena,
                   struct catalog_record *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct catalog_record whole;

    *out = (struct catalog_record){ 0 };
    if (!store_select(reader->tx, &sql_claim, BINDS(bind_int("id", number)), arena, &rows, err) ||
        !rows_one(rows, STR("record"), err))
        return PASS(err);
    if (!catalog_source_from_name(row_text(rows, "source"), &out->source))
        return FAIL(err, CATALOG_RECORD, row_text(rows, "source"));
    out->id = arena_str(arena, row_text(rows, "name"));
    out->is_overlay = row_int(rows, "is_overlay") != 0;
    out->state = (enum catalog_state)row_int(rows, "state");
    if (!claim_aliases(reader->tx, number, arena, out, err))
        return PASS(err);
    if (out->aliases.len < 2)
        return true;
    if (!catalog_record(reader, number, arena, &whole, err))
        return PASS(err);
    out->aliases = whole.aliases;
    return true;
}

bool catalog_scores(struct tx *tx, struct catalog_scores *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_scores, NO_BINDS, arena, &rows, err) ||
        !rows_one(rows, STR("epss"), err))
        return PASS(err);
    *out = (struct catalog_scores){ row_int(rows, "count"), row_int(rows, "sum"),
                                    row_int(rows, "newest") };
    return true;
}
