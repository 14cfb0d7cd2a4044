#include "domain/casework/cve.h"

#include "domain/access/outbox.h"
#include "domain/casework/cve.sql.h"
#include "domain/casework/words.h"
#include "domain/catalog/entry.h"
#include "store/store.h"
#include <stdio.h>

enum {
    IN_USE_MAX = 200,
    WATCHED_MAX = 2000,
    YEAR_FIRST = 1999,
    YEAR_LAST = 2199,
    NUMBER_LAST = 99999999
};

/* ---- the life ---- */

static bool reason_given(const void *facts)
{
    return ((const struct cve_facts *)facts)->has_reason;
}

static const char *const states[CVE_STATES] = { "FREE", "RESERVED", "ASSIGNED", "PUBLIC",
                                                "REJECTED" };
static const char *const events[CVE_EVENTS] = { "reserve", "assign", "release", "publish",
                                                "reject" };

/* clang-format off */
static const struct move moves[] = {
    { CVE_FREE,     ROLE_CB,    ON_CVE_RESERVE, CVE_RESERVED, ALWAYS,           "COO-39", "" },
    { CVE_RESERVED, ROLE_CB,    ON_CVE_ASSIGN,  CVE_ASSIGNED, ALWAYS,           "COO-39", "" },
    { CVE_ASSIGNED, ROLE_CB,    ON_CVE_RELEASE, CVE_RESERVED, ALWAYS,           "COO-39", "" },
    { CVE_ASSIGNED, ROLE_CLOCK, ON_CVE_PUBLISH, CVE_PUBLIC,   ALWAYS,           "COO-39 PUB-15", "" },
    { CVE_RESERVED, ROLE_CB,    ON_CVE_REJECT,  CVE_REJECTED, IF(reason_given), "COO-39", "" },
};
/* clang-format on */

const struct life cve_life = {
    .name = "cve_number",
    .states = states,
    .events = events,
    .state_count = CVE_STATES,
    .event_count = CVE_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << CVE_PUBLIC | 1u << CVE_REJECTED,
};

static const char *const kinds[CVE_EVENTS] = { "id.reserved", "id.assigned", "id.released",
                                               "id.published", "id.rejected" };

/* One number moves; what happened stands in the ledger of its case. */
static bool move_number(struct tx *tx, const struct subject *who, struct product_case *c,
                        const struct cve_number *n, enum cve_event event, struct str words,
                        struct utc now, struct arena *arena, struct entry *entry, struct err *err)
{
    struct cve_facts facts = { .has_reason = words.len > 0 };
    struct details details = { .code = n->cve, .ref = n->id };
    int64_t changed;
    int to;

    if (!life_next(&cve_life, (int)n->state, who->roles, (int)event, &facts, &to, err) ||
        !store_exec(tx, &sql_cve_set_state,
                    BINDS(bind_int("id", n->id),
                          bind_text("from", str_from_z(cve_life.states[n->state])),
                          bind_text("to", str_from_z(cve_life.states[to])), bind_utc("now", now)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, n->cve);
    return (words.len == 0 || words_record(arena, words, &details.payload, err)) &&
                   case_note(tx, who, c, 0, kinds[event], &details, now, arena, entry, err)
               ? true
               : PASS(err);
}

/* ---- reading ---- */

enum which { OF_ONE, OF_CASE, IN_USE, TO_WATCH };

static bool read_numbers(struct tx *tx, enum which which, int64_t case_id, struct str cve,
                         int64_t limit, struct arena *arena, struct cve_numbers *out,
                         struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct cve_numbers){ 0 };
    if (!store_select(tx, &sql_cve_numbers,
                      BINDS(bind_id("case_id", case_id), bind_some("cve", cve),
                            bind_id("in_use", which == IN_USE),
                            bind_id("to_watch", which == TO_WATCH), bind_int("limit", limit)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct cve_number){
                     .id = row_int(rows, "id"),
                     .cve = row_text(rows, "cve"),
                     .state = (enum cve_state)life_state(&cve_life, row_text(rows, "state")),
                     .case_id = row_int(rows, "case_id"),
                     .reserved_seq = row_int(rows, "reserved_seq"),
                     .case_public_id = row_text(rows, "public_id"),
                     .case_number = row_text(rows, "number"),
                     .reserved_at = row_utc(rows, "reserved_at"),
                     .changed_at = row_utc(rows, "changed_at"),
                     .alarmed_at = row_utc(rows, "alarmed_at") });
    return got == 0 ? true : PASS(err);
}

bool cve_load(struct tx *tx, struct str cve, struct arena *arena, struct cve_number *out,
              struct err *err)
{
    struct cve_numbers found;

    if (cve.len == 0)
        return FAIL(err, ABSENT, STR("a CVE number"));
    if (!read_numbers(tx, OF_ONE, 0, cve, 1, arena, &found, err))
        return PASS(err);
    if (found.len != 1)
        return FAIL(err, ABSENT, STR("a CVE number"));
    *out = found.at[0];
    return true;
}

bool cve_in_use(struct tx *tx, struct arena *arena, struct cve_numbers *out, struct err *err)
{
    return read_numbers(tx, IN_USE, 0, STR_NONE, IN_USE_MAX, arena, out, err) ? true : PASS(err);
}

bool cve_of_case(struct tx *tx, const struct product_case *c, struct arena *arena,
                 struct cve_numbers *out, struct err *err)
{
    if (!read_numbers(tx, OF_CASE, c->id, STR_NONE, IN_USE_MAX, arena, out, err))
        return PASS(err);
    for (size_t i = 0; i < out->len; i++) {
        struct str record;

        if (!ledger_payload(tx, &c->key, out->at[i].reserved_seq, arena, &record, err))
            return PASS(err);
        out->at[i].words = record_get(record, "text");
    }
    return true;
}

bool cve_pool(struct tx *tx, struct arena *arena, struct cve_pool *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct cve_pool){ 0 };
    if (!store_select(tx, &sql_cve_pool, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        int64_t year = row_int(rows, "year");
        int state = life_state(&cve_life, row_text(rows, "state"));

        if (out->len == 0 || out->at[out->len - 1].year != year)
            VEC_PUSH(arena, out, (struct cve_pool_row){ .year = year });
        out->at[out->len - 1].of[state] = row_int(rows, "n");
    }
    return got == 0 ? true : PASS(err);
}

/* ---- the pool ---- */

bool cve_pool_add(struct tx *tx, const struct subject *who, int64_t year, int64_t from, int64_t to,
                  struct utc now, int64_t *added, struct err *err)
{
    *added = 0;
    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("cve"));
    if (year < YEAR_FIRST || year > YEAR_LAST)
        return FAIL(err, INPUT, STR("year"));
    if (from < 1 || from > NUMBER_LAST)
        return FAIL(err, INPUT, STR("from"));
    if (to < from || to - from >= CVE_BLOCK_MAX || to > NUMBER_LAST)
        return FAIL(err, INPUT, STR("to"));
    for (int64_t i = from; i <= to; i++) {
        char name[32];
        int64_t changed;

        snprintf(name, sizeof name, "CVE-%lld-%04lld", (long long)year, (long long)i);
        if (!store_exec(tx, &sql_cve_add,
                        BINDS(bind_text("cve", str_from_z(name)), bind_int("year", year),
                              bind_int("number", i), bind_int("who", who->account_id),
                              bind_utc("now", now)),
                        &changed, err))
            return PASS(err);
        *added += changed;
    }
    return true;
}

static bool next_free(struct tx *tx, struct arena *arena, struct cve_number *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str cve = STR_NONE;
    int got;

    if (!store_select(tx, &sql_cve_next, NO_BINDS, arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0)
        cve = row_text(rows, "id");
    if (got < 0)
        return PASS(err);
    return cve.len > 0 ? cve_load(tx, cve, arena, out, err)
                       : FAIL(err, NOT_READY, STR("a free CVE number"));
}

bool cve_reserve(struct tx *tx, const struct subject *who, struct product_case *c, struct str words,
                 struct utc now, struct arena *arena, struct str *out, struct err *err)
{
    struct cve_number n;
    struct entry entry;

    if (product_is_closed(c->state) && c->state != CASE_PUBLISHED)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!next_free(tx, arena, &n, err) ||
        !move_number(tx, who, c, &n, ON_CVE_RESERVE, words, now, arena, &entry, err) ||
        !store_exec(tx, &sql_cve_set_reserved,
                    BINDS(bind_int("id", n.id), bind_int("case_id", c->id),
                          bind_int("seq", entry.seq), bind_utc("now", now)),
                    NULL, err))
        return PASS(err);
    *out = n.cve;
    return true;
}

bool cve_reject(struct tx *tx, const struct subject *who, struct product_case *c, struct str cve,
                struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    struct cve_number n;
    struct entry entry;

    if (!cve_load(tx, cve, arena, &n, err))
        return PASS(err);
    if (n.case_id != c->id)
        return FAIL(err, ABSENT, STR("a CVE number"));
    if (!words_are_fine_or_none(reason))
        return FAIL(err, INPUT, STR("reason"));
    return move_number(tx, who, c, &n, ON_CVE_REJECT, str_trim(reason), now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool cve_move(struct tx *tx, const struct subject *who, struct product_case *from,
              struct product_case *to, struct utc now, struct arena *arena, struct err *err)
{
    struct cve_numbers all;
    struct entry entry;

    if (!cve_of_case(tx, from, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct cve_number *n = &all.at[i];
        struct details details = { .code = n->cve, .ref = n->id };

        if (n->state != CVE_RESERVED && n->state != CVE_ASSIGNED)
            continue;
        if (n->state == CVE_ASSIGNED &&
            !move_number(tx, who, from, n, ON_CVE_RELEASE, STR_NONE, now, arena, &entry, err))
            return PASS(err);
        if (!words_record(arena, n->words, &details.payload, err) ||
            !case_note(tx, who, to, 0, "id.moved", &details, now, arena, &entry, err) ||
            !store_exec(tx, &sql_cve_set_reserved,
                        BINDS(bind_int("id", n->id), bind_int("case_id", to->id),
                              bind_int("seq", entry.seq), bind_utc("now", n->reserved_at)),
                        NULL, err))
            return PASS(err);
    }
    return true;
}

/* ---- the advisory ---- */

static bool is_named(const struct cve_list *named, struct str cve)
{
    for (size_t i = 0; i < named->len; i++) {
        if (str_eq(named->at[i], cve))
            return true;
    }
    return false;
}

/* What the text names is this case's, or no number of ours. */
static bool may_name(struct tx *tx, const struct product_case *c, struct str cve,
                     struct arena *arena, struct err *err)
{
    struct cve_numbers found;

    if (cve.len == 0)
        return true;
    if (!read_numbers(tx, OF_ONE, 0, cve, 1, arena, &found, err))
        return PASS(err);
    if (found.len == 0)
        return true;
    return found.at[0].case_id == c->id && found.at[0].state != CVE_REJECTED
               ? true
               : FAIL(err, INPUT, STR("cve"));
}

bool cve_assign(struct tx *tx, const struct subject *who, struct product_case *c,
                const struct cve_list *named, struct utc now, struct arena *arena, struct err *err)
{
    struct cve_numbers own;
    struct entry entry;

    for (size_t i = 0; i < named->len; i++) {
        if (!may_name(tx, c, named->at[i], arena, err))
            return PASS(err);
    }
    if (!read_numbers(tx, OF_CASE, c->id, STR_NONE, IN_USE_MAX, arena, &own, err))
        return PASS(err);
    for (size_t i = 0; i < own.len; i++) {
        const struct cve_number *n = &own.at[i];
        bool stands = is_named(named, n->cve);

        if (n->state == CVE_RESERVED && stands &&
            !move_number(tx, who, c, n, ON_CVE_ASSIGN, STR_NONE, now, arena, &entry, err))
            return PASS(err);
        if (n->state == CVE_ASSIGNED && !stands &&
            !move_number(tx, who, c, n, ON_CVE_RELEASE, STR_NONE, now, arena, &entry, err))
            return PASS(err);
    }
    return true;
}

bool cve_publish(struct tx *tx, const struct subject *clock, struct product_case *c, struct utc now,
                 struct arena *arena, struct err *err)
{
    struct cve_numbers own;
    struct entry entry;

    if (!read_numbers(tx, OF_CASE, c->id, STR_NONE, IN_USE_MAX, arena, &own, err))
        return PASS(err);
    for (size_t i = 0; i < own.len; i++) {
        if (own.at[i].state == CVE_ASSIGNED &&
            !move_number(tx, clock, c, &own.at[i], ON_CVE_PUBLISH, STR_NONE, now, arena, &entry,
                         err))
            return PASS(err);
    }
    return true;
}

/* ---- the alarm ---- */

/* Somebody other than us has published a record about it. */
static bool is_public_elsewhere(struct tx *catalog, struct str cve, struct arena *arena, bool *out,
                                struct err *err)
{
    struct catalog_tellings tellings;
    struct catalog_entry entry;
    struct err absent = { 0 };

    *out = false;
    if (!catalog_entry_find(catalog, cve, arena, &entry, &absent)) {
        if (absent.code == ERR_ABSENT)
            return true;
        *err = absent;
        return PASS(err);
    }
    if (!catalog_entry_tellings(catalog, entry.id, arena, &tellings, err))
        return PASS(err);
    for (size_t i = 0; i < tellings.len; i++)
        *out |= tellings.at[i].record.source != SOURCE_OURS &&
                tellings.at[i].record.state == CATALOG_PUBLISHED;
    return true;
}

static bool tell_alarm(const struct casework *w, struct tx *tx, const struct cve_number *n,
                       struct utc now, struct arena *arena, struct err *err)
{
    static const struct subject the_clock = { .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };
    struct details details = { .code = n->cve, .ref = n->id };
    struct news news = { .notice = "CVE_PUBLIC", .case_id = n->case_id };
    struct product_case c;
    struct entry entry;

    if (!case_load_by_id(w, tx, n->case_id, arena, &c, err) ||
        !case_note(tx, &the_clock, &c, 0, "id.public_elsewhere", &details, now, arena, &entry,
                   err) ||
        !store_exec(tx, &sql_cve_set_alarmed, BINDS(bind_int("id", n->id), bind_utc("now", now)),
                    NULL, err))
        return PASS(err);
    news.seq = entry.seq;
    return outbox_to_role(tx, &news, ROLE_CB, now, err) ? true : PASS(err);
}

bool cve_alarm(const struct casework *w, struct tx *tx, struct tx *catalog, struct utc now,
               struct arena *arena, int64_t *count, struct err *err)
{
    struct cve_numbers watched;

    *count = 0;
    if (!read_numbers(tx, TO_WATCH, 0, STR_NONE, WATCHED_MAX, arena, &watched, err))
        return PASS(err);
    for (size_t i = 0; i < watched.len; i++) {
        bool is_public;

        if (!is_public_elsewhere(catalog, watched.at[i].cve, arena, &is_public, err))
            return PASS(err);
        if (!is_public)
            continue;
        if (!tell_alarm(w, tx, &watched.at[i], now, arena, err))
            return PASS(err);
        ++*count;
    }
    return true;
}
