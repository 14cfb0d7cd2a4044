#include "domain/advisory/publishing.h"

#include "base/err.h"
#include "domain/access/outbox.h"
#include "domain/advisory/publishing.sql.h"
#include "domain/casework/committee.h"
#include "domain/casework/cve.h"
#include "domain/casework/direct.h"
#include "domain/casework/exchange.h"
#include "domain/casework/timer.h"
#include "store/store.h"

enum { PUBLISHING_MEMORY = 256 << 20 };

static const struct subject the_clock = { .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };

static bool is_revision(const struct product_case *c) { return c->state == CASE_PUBLISHED; }

/* ---- what is open ---- */

/* advisory_id 0: of all. */
static bool load_open(struct tx *tx, int64_t advisory_id, struct arena *arena,
                      struct publications *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct publications){ 0 };
    if (!store_select(tx, &sql_publishing_open, BINDS(bind_id("advisory_id", advisory_id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct publication){ .id = row_int(rows, "id"),
                                       .advisory_id = row_int(rows, "advisory_id"),
                                       .case_id = row_int(rows, "case_id"),
                                       .revision = row_int(rows, "revision"),
                                       .hash = row_text(rows, "hash") });
    return got == 0 ? true : PASS(err);
}

/* ---- the first step ---- */

static bool product_facts_of(struct tx *tx, const struct product_case *c, const struct advisory *a,
                             const struct advisory_view *view, struct utc now, struct arena *arena,
                             struct product_facts *out, struct err *err)
{
    struct advisory_faults faults = { 0 };
    struct developers developers;

    if (!developers_load(tx, c->id, arena, &developers, err))
        return PASS(err);
    advisory_check(view, arena, &faults);
    *out = (struct product_facts){
        .both_approved = advisory_is_approved_by_both(a),
        .content_passes = faults.len == 0,
        .date_has_come =
            is_revision(c) || (c->publication_date.ms && c->publication_date.ms <= now.ms),
    };
    product_facts_count(&developers, out);
    return docket_allows(tx, c, arena, &out->committee_allows, err) ? true : PASS(err);
}

/* Both lives' tables are asked before anything is written. */
static bool may_publish(const struct product_case *c, const struct advisory *a,
                        const struct product_facts *facts, struct err *err)
{
    struct advisory_facts of_advisory = { .is_complete = facts->content_passes,
                                          .date_has_come = facts->date_has_come };
    int to;

    return life_next(&product_life, (int)c->state, ROLE_CLOCK,
                     is_revision(c) ? ON_UPDATE : ON_PUBLISH, facts, &to, err) &&
                   life_next(&advisory_life, (int)a->state, ROLE_CLOCK, ON_ADVISORY_PUBLISH,
                             &of_advisory, &to, err)
               ? true
               : PASS(err);
}

/* PUB-16: what was said of earlier revisions stays as it was; this one adds a line: the author's words (a line without an instant), or
 * ours. */
static bool write_history(struct tx *tx, const struct product_case *c, const struct advisory *a,
                          struct utc now, struct arena *arena, struct advisory_view *view,
                          struct err *err)
{
    struct advisory_change line = { now, STR("公開しました。"), STR("Published.") };
    struct advisory_view before = { 0 };

    if (a->revision > 0) {
        if (!advisory_revision_load(tx, c, a, a->revision, arena, &before, err))
            return PASS(err);
        line.words_ja = STR("内容を更新しました。");
        line.words_en = STR("Updated.");
    }
    for (size_t i = 0; i < view->history.len; i++) {
        const struct advisory_change *written = &view->history.at[i];

        if (!written->at.ms && written->words_ja.len > 0 && written->words_en.len > 0) {
            line.words_ja = written->words_ja;
            line.words_en = written->words_en;
        }
    }
    view->history.at = NULL;
    view->history.len = view->history.cap = 0;
    for (size_t i = 0; i < before.history.len; i++)
        VEC_PUSH(arena, &view->history, before.history.at[i]);
    VEC_PUSH(arena, &view->history, line);
    return true;
}

static bool final_view(struct tx *tx, const struct product_case *c, const struct advisory *a,
                       struct utc now, struct arena *arena, struct advisory_view *view,
                       struct err *err)
{
    view->number = a->number;
    view->revision = a->revision + 1;
    view->published_at = a->published_at.ms ? a->published_at : now;
    view->updated_at = now;
    return write_history(tx, c, a, now, arena, view, err) ? true : PASS(err);
}

static bool keep_revision(struct tx *tx, const struct product_case *c,
                          const struct advisory_view *view, struct utc now, struct arena *arena,
                          struct publication *p, struct err *err)
{
    struct str about = arena_printf(arena, "advisory %lld revision %lld", (long long)p->advisory_id,
                                    (long long)p->revision);
    struct str record;

    if (!advisory_to_record(view, arena, &record, err) || !world_hash(view, arena, &p->hash, err) ||
        !store_number(tx, &sql_publishing_next, NO_BINDS, 1, &p->id, err))
        return PASS(err);
    return store_exec(tx, &sql_publishing_revision_add,
                      BINDS(bind_int("advisory_id", p->advisory_id),
                            bind_int("revision", p->revision),
                            bind_blob("content", seal_text(&c->key.key, about, record, arena)),
                            bind_utc("now", now)),
                      NULL, err) &&
                   store_exec(tx, &sql_publishing_add,
                              BINDS(bind_int("id", p->id), bind_int("advisory_id", p->advisory_id),
                                    bind_int("revision", p->revision), bind_blob("hash", p->hash),
                                    bind_utc("now", now)),
                              NULL, err)
               ? true
               : PASS(err);
}

bool publishing_begin(const struct casework *w, struct tx *tx, struct product_case *c,
                      struct advisory *a, struct utc now, struct arena *arena,
                      struct publication *out, struct err *err)
{
    struct publication p = { .advisory_id = a->id, .case_id = c->id, .revision = a->revision + 1 };
    struct publications open;
    struct product_facts facts;
    struct advisory_view view;

    (void)w;
    if (!load_open(tx, a->id, arena, &open, err))
        return PASS(err);
    if (open.len > 0) {
        *out = open.at[0];
        return true;
    }
    if (!advisory_draft(tx, c, a, arena, &view, err) ||
        !product_facts_of(tx, c, a, &view, now, arena, &facts, err) ||
        !may_publish(c, a, &facts, err) || !final_view(tx, c, a, now, arena, &view, err) ||
        !keep_revision(tx, c, &view, now, arena, &p, err))
        return PASS(err);
    *out = p;
    return true;
}

/* ---- the second ---- */

static bool load_both(const struct casework *w, struct tx *tx, const struct publication *p,
                      struct arena *arena, struct product_case *c, struct advisory *a,
                      struct err *err)
{
    bool found;

    if (!case_load_by_id(w, tx, p->case_id, arena, c, err) ||
        !advisory_load_of(tx, p->case_id, arena, a, &found, err))
        return PASS(err);
    return found && a->id == p->advisory_id ? true : FAIL(err, ABSENT, STR("an advisory"));
}

static bool load_view(const struct publishing *p, const struct publication *publication,
                      struct arena *arena, struct advisory_view *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct product_case c;
    struct advisory a;

    return tx_begin(p->desk, TX_READ, &tx, err) &&
                   load_both(p->casework, tx, publication, arena, &c, &a, err) &&
                   advisory_revision_load(tx, &c, &a, publication->revision, arena, out, err)
               ? true
               : PASS(err);
}

bool publishing_write(const struct publishing *p, const struct publication *publication,
                      struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PUBLISHING_MEMORY);
    struct advisory_view view;

    return load_view(p, publication, arena, &view, err) &&
                   world_publish(p->world, publication->id, &view, now, err)
               ? true
               : PASS(err);
}

/* ---- the third ---- */

static bool move_developers(struct tx *tx, struct product_case *c, struct developers *developers,
                            struct utc now, struct arena *arena, struct err *err)
{
    struct developer_facts facts = { .countermeasure_given = true, .had_detail = true };
    struct details details = { 0 };
    struct entry entry;

    for (size_t i = 0; i < developers->len; i++) {
        struct developer *d = &developers->at[i];

        if (d->state == DEVELOPER_READY &&
            !developer_move(tx, &the_clock, c, d, ON_DEVELOPER_PUBLISH, &facts, &details, now,
                            arena, &entry, err))
            return PASS(err);
    }
    return true;
}

static bool end_timers(struct tx *tx, const struct product_case *c,
                       const struct developers *developers, struct utc now, struct err *err)
{
    static const char *const kinds[] = { TIMER_TARGET, TIMER_TARGET_AT, TIMER_YEAR, TIMER_STATUS,
                                         TIMER_PUBLISH };

    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (!timer_clear(tx, c->id, 0, kinds[i], now, err))
            return PASS(err);
    }
    for (size_t i = 0; i < developers->len; i++) {
        if (!timer_clear(tx, c->id, developers->at[i].id, TIMER_ANSWER, now, err))
            return PASS(err);
    }
    return true;
}

/* N13: finder, developers who were told of the case, both bodies; foreign coordinators. Rule: PUB-10, FND-06, COO-34 */
static bool tell(struct tx *tx, const struct product_case *c, const struct developers *developers,
                 int64_t seq, struct utc now, struct arena *arena, struct err *err)
{
    struct news news = { .notice = "N13", .case_id = c->id, .report_id = c->report_id, .seq = seq };

    if (c->report_id && !outbox_to_finder(tx, &news, now, err))
        return PASS(err);
    news.report_id = 0;
    if (!outbox_to_role(tx, &news, ROLE_RB | ROLE_CB, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        news.participant_id = developers->at[i].id;
        if (developers->at[i].summary_at.ms &&
            !outbox_to_managers(tx, &news, developers->at[i].organisation_id, now, err))
            return PASS(err);
    }
    return exchange_tell_all(tx, c, seq, now, arena, err) ? true : PASS(err);
}

static bool move_advisory(struct tx *tx, struct product_case *c, struct advisory *a,
                          const struct publication *p, struct utc now, struct arena *arena,
                          struct err *err)
{
    struct advisory_facts facts = { .date_has_come = true };
    struct details details = { .code = c->source, .ref = a->id, .n = { p->revision } };
    struct advisory_view view;
    struct entry entry;
    int64_t changed;
    int to;

    if (!life_next(&advisory_life, (int)a->state, ROLE_CLOCK, ON_ADVISORY_PUBLISH, &facts, &to,
                   err) ||
        !advisory_revision_load(tx, c, a, p->revision, arena, &view, err) ||
        !store_exec(tx, &sql_publishing_advisory,
                    BINDS(bind_text("state", str_from_z(advisory_life.states[to])),
                          bind_int("revision", p->revision),
                          bind_utc("published_at", view.published_at),
                          bind_utc("updated_at", view.updated_at), bind_utc("now", now),
                          bind_int("id", a->id),
                          bind_text("from", str_from_z(advisory_life.states[a->state]))),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, a->number);
    a->state = (enum advisory_state)to;
    return advisory_keep_published(tx, c, a, &view, arena, err) &&
                   cve_publish(tx, &the_clock, c, now, arena, err) &&
                   case_note(tx, &the_clock, c, 0, "advisory.published", &details, now, arena,
                             &entry, err)
               ? true
               : PASS(err);
}

bool publishing_finish(const struct casework *w, struct tx *tx,
                       const struct publication *publication, struct utc now, struct arena *arena,
                       struct err *err)
{
    /* What the guards ask was true when it began; it is public now, whatever became of it since. */
    struct product_facts facts = { .both_approved = true,
                                   .date_has_come = true,
                                   .content_passes = true,
                                   .committee_allows = true };
    struct details details = { .ref = publication->advisory_id };
    struct developers developers;
    struct product_case c;
    struct advisory a;
    struct entry entry;
    int64_t changed;
    bool is_again;

    if (!store_exec(tx, &sql_publishing_done,
                    BINDS(bind_utc("now", now), bind_int("id", publication->id)), &changed, err))
        return PASS(err);
    if (changed == 0)
        return true; /* finished already */
    if (!load_both(w, tx, publication, arena, &c, &a, err) ||
        !developers_load(tx, c.id, arena, &developers, err))
        return PASS(err);
    is_again = is_revision(&c);
    product_facts_count(&developers, &facts);
    if (c.state == CASE_COMMITTEE) {
        details.code = STR("COMMITTEE");
        if (!docket_execute(tx, &the_clock, &c, now, arena, err))
            return PASS(err);
    }
    if (!move_advisory(tx, &c, &a, publication, now, arena, err) ||
        !case_move(tx, &the_clock, &c, is_again ? ON_UPDATE : ON_PUBLISH, &facts, &details, now,
                   arena, &entry, err) ||
        !move_developers(tx, &c, &developers, now, arena, err) ||
        !end_timers(tx, &c, &developers, now, err))
        return PASS(err);
    return tell(tx, &c, &developers, entry.seq, now, arena, err) &&
                   (is_again || direct_tell_end(tx, &c, entry.seq, now, err))
               ? true
               : PASS(err);
}

/* ---- all of it ---- */

static void step(const struct publishing *p, const char *name)
{
    if (p->step)
        p->step(p->context, name);
}

static bool begin(const struct publishing *p, int64_t case_id, struct utc now, struct arena *arena,
                  struct publication *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct product_case c;
    struct advisory a;
    bool found;

    if (!tx_begin(p->desk, TX_WRITE, &tx, err) ||
        !case_load_by_id(p->casework, tx, case_id, arena, &c, err) ||
        !advisory_load_of(tx, case_id, arena, &a, &found, err))
        return PASS(err);
    if (!found)
        return FAIL(err, ABSENT, STR("an advisory"));
    if (!publishing_begin(p->casework, tx, &c, &a, now, arena, out, err))
        return PASS(err);
    step(p, "begun, not committed");
    return tx_commit(&tx, err) ? true : PASS(err);
}

static bool write_and_finish(const struct publishing *p, const struct publication *publication,
                             struct utc now, struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!publishing_write(p, publication, now, err))
        return PASS(err);
    step(p, "written");
    if (!tx_begin(p->desk, TX_WRITE, &tx, err) ||
        !publishing_finish(p->casework, tx, publication, now, arena, err))
        return PASS(err);
    step(p, "finished, not committed");
    if (!tx_commit(&tx, err))
        return PASS(err);
    step(p, "finished");
    return true;
}

bool publishing_run(const struct publishing *p, int64_t case_id, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PUBLISHING_MEMORY);
    struct publication publication;

    if (!begin(p, case_id, now, arena, &publication, err))
        return PASS(err);
    step(p, "begun");
    return write_and_finish(p, &publication, now, arena, err) ? true : PASS(err);
}

bool publishing_resume(const struct publishing *p, struct utc now, size_t *resumed, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PUBLISHING_MEMORY);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct publications open;

    if (!tx_begin(p->desk, TX_READ, &tx, err) || !load_open(tx, 0, arena, &open, err))
        return PASS(err);
    tx_end(TAKE(tx));
    for (size_t i = 0; i < open.len; i++) {
        if (!write_and_finish(p, &open.at[i], now, arena, err))
            return PASS(err);
    }
    if (resumed)
        *resumed = open.len;
    return true;
}

bool publishing_due(struct tx *tx, struct utc now, struct arena *arena, struct case_ids *out,
                    struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct case_ids){ 0 };
    if (!store_select(tx, &sql_publishing_due, BINDS(bind_utc("now", now)), arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_int(rows, "case_id"));
    return got == 0 ? true : PASS(err);
}
