/* What changed in a CVE, from the states that are kept. */
#include "base/err.h"
#include "domain/catalog/batch.h"
#include "domain/catalog/nvd.h"
#include "domain/catalog/nvd.sql.h"
#include "domain/catalog/to_internal.h"
#include "store/store.h"

enum { STATE_MEMORY = 1 << 30, DETAILS_MAX = 2000, VALUE_MAX = 64 << 10 };

/* ---- differences ---- */

/* One fact of a record as text, such as a weakness or a reference. */
struct fact {
    const char *type;
    struct str value;
};
struct facts {
    VEC_OF(struct fact);
};

static const char *score_type(struct str version)
{
    return str_eq(version, STR("4.0"))   ? "CVSS V4.0"
           : str_eq(version, STR("3.1")) ? "CVSS V3.1"
           : str_eq(version, STR("3.0")) ? "CVSS V3"
                                         : "CVSS V2";
}

static void add_fact(struct facts *facts, const char *type, struct str value, struct arena *arena)
{
    if (facts->len < DETAILS_MAX && value.len > 0)
        VEC_PUSH(arena, facts, (struct fact){ type, str_take_code_points(value, VALUE_MAX) });
}

static struct str criterion_text(const struct criterion *c, struct arena *arena)
{
    return arena_printf(arena, "%s%.*s%s%.*s%s%.*s", c->is_vulnerable ? "*" : "", STR_ARG(c->cpe),
                        c->from.len == 0      ? ""
                        : c->from_is_excluded ? " versions from (excluding) "
                                              : " versions from (including) ",
                        STR_ARG(c->from),
                        c->to.len == 0      ? ""
                        : c->to_is_included ? " up to (including) "
                                            : " up to (excluding) ",
                        STR_ARG(c->to));
}

static void add_node(struct facts *facts, const struct configuration *node, struct arena *arena)
{
    for (size_t i = 0; i < node->criteria.len; i++)
        add_fact(facts, "CPE Configuration", criterion_text(&node->criteria.at[i], arena), arena);
    for (size_t i = 0; i < node->nodes.len; i++)
        add_node(facts, &node->nodes.at[i], arena);
}

static void facts_of(const struct catalog_record *record, struct arena *arena, struct facts *out)
{
    *out = (struct facts){ 0 };
    if (!record)
        return;
    add_fact(out, "Status", record->status, arena);
    for (size_t i = 0; i < record->texts.len; i++)
        if (record->texts.at[i].kind == TEXT_DESCRIPTION)
            add_fact(out, "Description", record->texts.at[i].text, arena);
    for (size_t i = 0; i < record->scores.len; i++)
        add_fact(out, score_type(record->scores.at[i].version), record->scores.at[i].vector, arena);
    for (size_t i = 0; i < record->weaknesses.len; i++)
        add_fact(out, "CWE", record->weaknesses.at[i], arena);
    for (size_t i = 0; i < record->configurations.len; i++)
        add_node(out, &record->configurations.at[i], arena);
    for (size_t i = 0; i < record->references.len; i++)
        add_fact(out, "Reference", record->references.at[i].url, arena);
}

static bool has_fact(const struct facts *facts, const struct fact *fact)
{
    for (size_t i = 0; i < facts->len; i++)
        if (facts->at[i].type == fact->type && str_eq(facts->at[i].value, fact->value))
            return true;
    return false;
}

static void only_in(const struct facts *facts, const struct facts *other, struct arena *arena,
                    struct facts *out)
{
    *out = (struct facts){ 0 };
    for (size_t i = 0; i < facts->len; i++)
        if (!has_fact(other, &facts->at[i]))
            VEC_PUSH(arena, out, facts->at[i]);
}

/* What of that type is new and not told yet takes the place of what is gone. */
static struct str taken(struct facts *added, const char *type)
{
    for (size_t i = 0; i < added->len; i++) {
        struct str value = added->at[i].value;

        if (added->at[i].type != type || value.len == 0)
            continue;
        added->at[i].value = STR_NONE;
        return value;
    }
    return STR_NONE;
}

void nvd_details(const struct catalog_record *was, const struct catalog_record *is,
                 struct arena *arena, struct nvd_change *out)
{
    struct facts before, after, gone, added;

    facts_of(was, arena, &before);
    facts_of(is, arena, &after);
    only_in(&before, &after, arena, &gone);
    only_in(&after, &before, arena, &added);
    for (size_t i = 0; i < gone.len; i++) {
        struct str now = taken(&added, gone.at[i].type);

        VEC_PUSH(arena, &out->details,
                 (struct nvd_detail){ .action = now.len > 0 ? STR("Changed") : STR("Removed"),
                                      .type = str_from_z(gone.at[i].type),
                                      .was = gone.at[i].value,
                                      .is = now });
    }
    for (size_t i = 0; i < added.len; i++)
        if (added.at[i].value.len > 0)
            VEC_PUSH(arena, &out->details,
                     (struct nvd_detail){ .action = STR("Added"),
                                          .type = str_from_z(added.at[i].type),
                                          .is = added.at[i].value });
}

/* ---- events ---- */

static bool state_by(struct tx *tx, const struct query *query, const struct bind *binds,
                     size_t count, struct arena *arena, struct catalog_record *out, bool *is_there,
                     struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str bytes;
    int next;

    *is_there = false;
    if (!store_select(tx, query, binds, count, arena, &rows, err))
        return PASS(err);
    next = rows_next(rows, err);
    if (next != 1)
        return next == 0 ? true : PASS(err);
    *is_there = true;
    return batch_unpack(NULL, row_text(rows, "bytes"), arena, &bytes, err) &&
                   catalog_record_decode(bytes, arena, out, err)
               ? true
               : PASS(err);
}

/* The state that stood after that one: the next that was replaced, or the present one. */
static bool state_after(struct tx *tx, int64_t record, int64_t past, struct arena *arena,
                        struct catalog_record *out, struct err *err)
{
    bool is_there;

    if (!state_by(tx, &sql_nvd_past_after,
                  BINDS(bind_int("record", record), bind_int("after", past)), arena, out, &is_there,
                  err))
        return PASS(err);
    return is_there || nvd_record(tx, record, arena, out, err) ? true : PASS(err);
}

static const struct str received = STR_INIT("New CVE Received"),
                        modified = STR_INIT("CVE Modified"), rejected = STR_INIT("CVE Rejected"),
                        unrejected = STR_INIT("CVE Unrejected");

bool nvd_is_event(struct str name)
{
    return str_eq(name, received) || str_eq(name, modified) || str_eq(name, rejected) ||
           str_eq(name, unrejected);
}

static struct str event_of(const struct catalog_record *was, const struct catalog_record *is)
{
    if (!was)
        return received;
    if (was->state == CATALOG_PUBLISHED && is->state != CATALOG_PUBLISHED)
        return rejected;
    return was->state != CATALOG_PUBLISHED && is->state == CATALOG_PUBLISHED ? unrejected
                                                                             : modified;
}

bool nvd_change_of(struct tx *tx, const struct nvd_event *event, struct arena *arena,
                   struct nvd_change *out, struct err *err)
{
    struct catalog_record was, is;
    bool has_past = false;

    *out = (struct nvd_change){ 0 };
    if (event->past != 0 && !state_by(tx, &sql_nvd_past, BINDS(bind_int("id", event->past)), arena,
                                      &was, &has_past, err))
        return PASS(err);
    if (!state_after(tx, event->record, event->past, arena, &is, err))
        return PASS(err);
    out->event = event_of(has_past ? &was : NULL, &is);
    out->origin = is.origin;
    out->id = to_uuid(arena_printf(arena, "%.*s %lld %lld", STR_ARG(event->cve),
                                   (long long)event->record, (long long)event->past),
                      arena);
    nvd_details(has_past ? &was : NULL, &is, arena, out);
    return true;
}

static bool is_asked(struct tx *tx, const struct nvd_events_query *query,
                     const struct nvd_event *event, struct arena *scratch, bool *out,
                     struct err *err)
{
    struct nvd_change change;

    *out = true;
    if (query->event.len == 0)
        return true;
    arena_reset(scratch);
    if (!nvd_change_of(tx, event, scratch, &change, err))
        return PASS(err);
    *out = str_eq(change.event, query->event);
    return true;
}

/* By the event's name each is looked at; otherwise the database counts. */
static bool list(struct tx *tx, const struct nvd_events_query *query, struct arena *arena,
                 struct nvd_events *out, size_t *found, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *scratch = arena_new(STATE_MEMORY);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool by_event = query->event.len > 0;
    int next;

    if (!store_select(tx, &sql_nvd_events,
                      BINDS(bind_some("cve", query->cve), bind_utc("at_from", query->at.from),
                            bind_utc("at_to", query->at.to),
                            bind_int("limit", by_event ? -1 : (int64_t)query->limit),
                            bind_int("offset", by_event ? 0 : (int64_t)query->offset)),
                      arena, &rows, err))
        return PASS(err);
    while ((next = rows_next(rows, err)) == 1) {
        struct nvd_event event = { .cve = row_text(rows, "cve"),
                                   .record = row_int(rows, "record_id"),
                                   .past = row_int(rows, "past"),
                                   .at = row_utc(rows, "at") };
        bool asked;

        if (!is_asked(tx, query, &event, scratch, &asked, err))
            return PASS(err);
        if (!asked)
            continue;
        if (!by_event || (*found >= query->offset && out->len < query->limit))
            VEC_PUSH(arena, out, event);
        ++*found;
    }
    return next == 0 ? true : PASS(err);
}

bool nvd_events_list(struct tx *tx, const struct nvd_events_query *query, struct arena *arena,
                     struct nvd_events *out, int64_t *total, struct err *err)
{
    size_t found = 0;

    *out = (struct nvd_events){ 0 };
    if (!list(tx, query, arena, out, &found, err))
        return PASS(err);
    *total = (int64_t)found;
    return query->event.len > 0 || store_number(tx, &sql_nvd_events_count,
                                                BINDS(bind_some("cve", query->cve),
                                                      bind_utc("at_from", query->at.from),
                                                      bind_utc("at_to", query->at.to)),
                                                0, total, err)
               ? true
               : PASS(err);
}
