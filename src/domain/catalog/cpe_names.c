#include "domain/catalog/cpe_names.h"

#include "base/ascii.h"
#include "base/err.h"
#include "domain/catalog/cpe_names.sql.h"
#include "domain/catalog/from_internal.h"
#include "formats/archive/pack.h"

enum { WORDS_MAX = 64 << 10, LOOK_MEMORY = 1 << 30 };

/* ---- reading ---- */

static struct str titles_of(struct json cpe, struct arena *arena)
{
    struct buf buf = buf_new(arena, WORDS_MAX);
    struct json title;

    for (struct json_iter i = json_iter(json_get(cpe, "titles")); json_next(&i, NULL, &title);) {
        buf_add(&buf, json_text(json_get(title, "title")));
        buf_byte(&buf, '\n');
    }
    return buf_str(&buf);
}

bool cpe_entry_from(struct json object, struct arena *arena, struct cpe_entry *out, struct err *err)
{
    struct json cpe = json_get(object, "cpe"), match = json_get(object, "matchString");
    bool is_match = json_kind(match) == JSON_OBJECT;
    struct json entry = is_match ? match : cpe;
    struct cpe_entry found = {
        .is_match = is_match,
        .id = json_text(json_get(entry, is_match ? "matchCriteriaId" : "cpeNameId")),
        .name = json_text(json_get(entry, is_match ? "criteria" : "cpeName")),
        .created = from_time(json_text(json_get(entry, "created")), arena),
        .modified = from_time(json_text(json_get(entry, "lastModified")), arena),
    };
    struct err ignored = { 0 };
    struct cpe name;

    if (!from_is_id(found.id))
        return FAIL(err, CATALOG_RECORD,
                    is_match ? STR("matchCriteriaId: missing") : STR("cpeNameId: missing"));
    if (!cpe_parse(found.name, arena, &name, &ignored))
        return FAIL(err, CATALOG_RECORD, STR("its CPE name cannot be read"));
    found.words = is_match ? STR_NONE : titles_of(cpe, arena);
    *out = found;
    return true;
}

bool cpe_entry_put(struct tx *tx, const struct cpe_entry *entry, struct arena *arena,
                   enum catalog_change *out, struct err *err)
{
    struct bind id = bind_text("id", entry->id);
    struct err ignored = { 0 };
    struct str product = STR_NONE;
    int64_t before, changed;
    struct cpe cpe;
    bool is_match = entry->is_match;

    if (cpe_parse(entry->name, arena, &cpe, &ignored))
        product = listing_product(&cpe, arena);
    if (!store_number(tx, is_match ? &sql_cpe_match_is : &sql_cpe_name_is, &id, 1, 0, &before, err))
        return PASS(err);
    struct bind binds[] = { id,
                            bind_text("name", entry->name),
                            bind_text("product", product),
                            bind_int("created", entry->created.ms),
                            bind_int("modified", entry->modified.ms),
                            bind_blob("bytes", entry->packed),
                            bind_text("words", entry->words) };

    if (!store_exec(tx, is_match ? &sql_cpe_match_put : &sql_cpe_name_put, binds,
                    COUNT(binds) - is_match, &changed, err))
        return PASS(err);
    *out = before == 0 ? CATALOG_NEW : changed > 0 ? CATALOG_CHANGED : CATALOG_UNCHANGED;
    return true;
}

/* ---- asking ---- */

static bool holds(struct str text, struct str part)
{
    for (size_t at = 0; at + part.len <= text.len; at++)
        if (str_eq_nocase((struct str){ text.ptr + at, part.len }, part))
            return true;
    return false;
}

static bool words_fit(const struct cpe_query *query, struct str name, struct str titles)
{
    struct str rest = query->words, word;

    if (query->is_phrase)
        return holds(titles, query->words) || holds(name, query->words);
    while (rest.len > 0 && str_split(&rest, ' ', &word))
        if (word.len > 0 && !holds(titles, word) && !holds(name, word))
            return false;
    return true;
}

static bool criterion_of(struct str packed, struct arena *arena, struct criterion *out,
                         struct err *err)
{
    struct json whole, match;
    struct str text;

    if (!unpack(packed, CPE_ENTRY_MAX, arena, &text, err) || !json_read(text, arena, &whole, err))
        return PASS(err);
    match = json_get(whole, "matchString");
    *out = from_criterion(match);
    return true;
}

static bool row_fits(struct rows *rows, bool is_match, const struct cpe_query *query,
                     struct arena *scratch, bool *out, struct err *err)
{
    struct err ignored = { 0 };
    struct criterion criterion;
    enum cpe_relation relation;
    struct cpe cpe;

    arena_reset(scratch);
    *out =
        query->words.len == 0 || words_fit(query, row_text(rows, "name"), row_text(rows, "words"));
    if (!*out || !query->name.is_set)
        return true;
    if (is_match) {
        if (!criterion_of(row_text(rows, "bytes"), scratch, &criterion, err))
            return PASS(err);
        *out = nvd_criterion_fits(&query->name, &criterion, scratch);
        return true;
    }
    if (!cpe_parse(row_text(rows, "name"), scratch, &cpe, &ignored)) {
        *out = false;
        return true;
    }
    relation = cpe_relation(&query->name.cpe, &cpe);
    *out = relation == CPE_EQUAL || relation == CPE_SUPERSET;
    return true;
}

struct asking {
    struct bind at[8];
    size_t len;
};

static struct asking asking_of(const struct cpe_query *query, struct arena *arena)
{
    struct str vendor = query->name.cpe.field[CPE_VENDOR],
               whole = query->name.is_set ? listing_product(&query->name.cpe, arena) : STR_NONE,
               end = STR_NONE;

    if (whole.len > 0)
        end = arena_printf(arena, "%.*s!", STR_ARG(whole));
    else if (query->name.is_set && !cpe_is_any(vendor))
        whole = arena_printf(arena, "%.*s:", STR_ARG(vendor)),
        end = arena_printf(arena, "%.*s;", STR_ARG(vendor));
    return (struct asking){ .at = { bind_some("id", query->id), bind_some("product", whole),
                                    bind_some("product_end", end),
                                    bind_utc("modified_from", query->modified.from),
                                    bind_utc("modified_to", query->modified.to) },
                            .len = 5 };
}

static bool walk(struct tx *tx, bool is_match, const struct cpe_query *query, bool looks,
                 struct arena *arena, struct catalog_strings *out, size_t *found, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *rows_arena = arena_new(LOOK_MEMORY);
    CLEANUP(arena_free_var) struct arena *scratch = arena_new(LOOK_MEMORY);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct asking asking = asking_of(query, arena);
    int next;

    asking.at[asking.len++] = bind_int("limit", looks ? -1 : (int64_t)query->limit);
    asking.at[asking.len++] = bind_int("offset", looks ? 0 : (int64_t)query->offset);
    if (!store_select(tx, is_match ? &sql_cpe_match_rows : &sql_cpe_name_rows, asking.at,
                      asking.len, rows_arena, &rows, err))
        return PASS(err);
    while ((next = rows_next(rows, err)) == 1) {
        bool fits = true;

        if (looks && !row_fits(rows, is_match, query, scratch, &fits, err))
            return PASS(err);
        if (!fits)
            continue;
        if (!looks || (*found >= query->offset && out->len < query->limit))
            VEC_PUSH(arena, out, arena_str(arena, row_text(rows, "id")));
        ++*found;
    }
    return next == 0 ? true : PASS(err);
}

static bool list_ids(struct tx *tx, bool is_match, const struct cpe_query *query,
                     struct arena *arena, struct catalog_strings *out, int64_t *total,
                     struct err *err)
{
    for (size_t i = 0; i < query->ids->len; i++) {
        struct bind id = bind_text("id", query->ids->at[i]);
        int64_t is_there;

        if (!store_number(tx, is_match ? &sql_cpe_match_is : &sql_cpe_name_is, &id, 1, 0, &is_there,
                          err))
            return PASS(err);
        if (!is_there)
            continue;
        if ((size_t)*total >= query->offset && out->len < query->limit)
            VEC_PUSH(arena, out, query->ids->at[i]);
        ++*total;
    }
    return true;
}

bool cpe_list(struct tx *tx, bool is_match, const struct cpe_query *query, struct arena *arena,
              struct catalog_strings *out, int64_t *total, struct err *err)
{
    bool looks = query->words.len > 0 || query->name.is_set;
    struct asking asking = asking_of(query, arena);
    size_t found = 0;

    *out = (struct catalog_strings){ 0 };
    *total = 0;
    if (query->ids)
        return list_ids(tx, is_match, query, arena, out, total, err) ? true : PASS(err);
    if (!walk(tx, is_match, query, looks, arena, out, &found, err))
        return PASS(err);
    *total = (int64_t)found;
    return looks || store_number(tx, is_match ? &sql_cpe_match_count : &sql_cpe_name_count,
                                 asking.at, asking.len, 0, total, err)
               ? true
               : PASS(err);
}

bool cpe_entry_json(struct tx *tx, bool is_match, struct str id, struct arena *arena,
                    struct str *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    return store_select(tx, is_match ? &sql_cpe_match_json : &sql_cpe_name_json,
                        BINDS(bind_text("id", id)), arena, &rows, err) &&
                   rows_one(rows, id, err) &&
                   unpack(row_text(rows, "bytes"), CPE_ENTRY_MAX, arena, out, err)
               ? true
               : PASS(err);
}

bool cpe_names_of_match(struct tx *tx, struct str id, struct arena *arena,
                        struct catalog_strings *out, struct err *err)
{
    struct json whole, name;
    struct err why = { 0 };
    struct str text;

    *out = (struct catalog_strings){ 0 };
    if (!cpe_entry_json(tx, true, id, arena, &text, &why)) {
        if (why.code == ERR_ABSENT)
            return true;
        *err = why;
        return PASS(err);
    }
    if (!json_read(text, arena, &whole, err))
        return PASS(err);
    for (struct json_iter i = json_iter(json_get(json_get(whole, "matchString"), "matches"));
         json_next(&i, NULL, &name);)
        if (json_text(json_get(name, "cpeNameId")).len > 0)
            VEC_PUSH(arena, out, json_text(json_get(name, "cpeNameId")));
    return true;
}

static void add_criteria(const struct configuration *node, struct arena *arena,
                         struct catalog_strings *out)
{
    for (size_t i = 0; i < node->criteria.len; i++)
        from_add(out, node->criteria.at[i].id, arena);
    for (size_t i = 0; i < node->nodes.len; i++)
        add_criteria(&node->nodes.at[i], arena, out);
}

bool cpe_matches_of_cve(struct tx *tx, struct str cve, struct arena *arena,
                        struct catalog_strings *out, struct err *err)
{
    struct catalog_record record;
    int64_t id;

    *out = (struct catalog_strings){ 0 };
    if (!store_number(tx, &sql_cpe_cve, BINDS(bind_text("cve", cve)), 0, &id, err))
        return PASS(err);
    if (id == 0)
        return true;
    if (!nvd_record(tx, id, arena, &record, err))
        return PASS(err);
    for (size_t i = 0; i < record.configurations.len; i++)
        add_criteria(&record.configurations.at[i], arena, out);
    return true;
}
