#include "domain/casework/due.h"

#include "base/err.h"
#include "domain/access/outbox.h"
#include "domain/casework/website.h"

struct subject subject_clock(void)
{
    return (struct subject){ .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };
}

typedef bool fire_fn(struct tx *tx, const struct product_case *c,
                     const struct developers *developers, const struct timer *timer, struct utc now,
                     struct err *err);

/* Both bodies hear that a deadline is near; near one year the developers too (FND-12). */
static bool tell_bodies(struct tx *tx, const struct product_case *c,
                        const struct developers *developers, const struct timer *timer,
                        struct utc now, struct err *err)
{
    struct news news = { .notice = "N42", .case_id = c->id };

    (void)developers;
    (void)timer;
    return outbox_to_role(tx, &news, ROLE_RB | ROLE_CB, now, err) ? true : PASS(err);
}

static bool tell_bodies_and_developers(struct tx *tx, const struct product_case *c,
                                       const struct developers *developers,
                                       const struct timer *timer, struct utc now, struct err *err)
{
    if (!tell_bodies(tx, c, developers, timer, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        struct news news = { .notice = "N42",
                             .case_id = c->id,
                             .participant_id = developers->at[i].id };

        if (developers->at[i].summary_at.ms &&
            !outbox_to_managers(tx, &news, developers->at[i].organisation_id, now, err))
            return PASS(err);
    }
    return true;
}

static bool tell_answer_late(struct tx *tx, const struct product_case *c,
                             const struct developers *developers, const struct timer *timer,
                             struct utc now, struct err *err)
{
    struct news news = { .notice = "ANSWER_LATE",
                         .case_id = c->id,
                         .participant_id = timer->participant_id };

    (void)developers;
    return outbox_to_role(tx, &news, ROLE_CB, now, err) ? true : PASS(err);
}

/* COO-23: who has an affected product and has not reported its status yet is asked once more, a week before. */
static bool ask_missing_status(struct tx *tx, const struct product_case *c,
                               const struct developers *developers, const struct timer *timer,
                               struct utc now, struct err *err)
{
    (void)timer;
    for (size_t i = 0; i < developers->len; i++) {
        const struct developer *d = &developers->at[i];
        struct news news = { .notice = "N36", .case_id = c->id, .participant_id = d->id };

        if (d->detail_at.ms && !d->status_at.ms && !str_eq(d->affected, STR("NO")) &&
            !outbox_to_managers(tx, &news, d->organisation_id, now, err))
            return PASS(err);
    }
    return true;
}

static bool tell_next_step(struct tx *tx, const struct product_case *c,
                           const struct developers *developers, const struct timer *timer,
                           struct utc now, struct err *err)
{
    struct news news = { .notice = "UNREACHABLE_DUE",
                         .case_id = c->id,
                         .participant_id = timer->participant_id };

    for (size_t i = 0; i < developers->len; i++) {
        const struct developer *d = &developers->at[i];

        /* It may have answered in the meantime. */
        if (d->id == timer->participant_id && !str_eq(d->contact, STR("CONTACT_ATTEMPTED")) &&
            !str_starts(d->contact, STR("UNREACHABLE")))
            return true;
    }
    return outbox_to_role(tx, &news, ROLE_CB, now, err) ? true : PASS(err);
}

static const struct {
    const char *kind;
    fire_fn *fire;
    const char *rule;
} kinds[] = {
    { TIMER_ANSWER, tell_answer_late, "COO-19" },
    { TIMER_TARGET, tell_bodies, "COO-15" },
    { TIMER_TARGET_AT, tell_bodies, "COO-15" },
    { TIMER_YEAR, tell_bodies_and_developers, "FND-12" },
    { TIMER_STATUS, ask_missing_status, "COO-23" },
    { TIMER_UNREACHABLE, tell_next_step, "UNR-01 UNR-02" },
};

static bool fire_for_website(const struct casework *w, struct tx *tx, const struct timer *timer,
                             const struct details *details, struct utc now, struct arena *arena,
                             struct err *err)
{
    struct subject clock = subject_clock();
    struct website site;
    struct entry entry;

    if (!website_load_by_id(w, tx, timer->case_id, arena, &site, err))
        return PASS(err);
    if (!website_is_with_operator(site.state)) /* it is fixed, or has ended otherwise */
        return true;
    return website_fall_due(w, tx, timer->kind, &site, now, arena, err) &&
                   website_note(tx, &clock, &site, "timer.done", details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool due_fire(const struct casework *w, struct tx *tx, const struct timer *timer, struct utc now,
              struct arena *arena, struct err *err)
{
    struct subject clock = subject_clock();
    struct details details = { .code = timer->kind, .n = timer->due };
    struct developers developers;
    struct product_case c;
    struct entry entry;
    bool was_open, is_website;

    if (!timer_done(tx, timer->id, now, &was_open, err))
        return PASS(err);
    if (!was_open)
        return true;
    if (!website_is(tx, timer->case_id, &is_website, err))
        return PASS(err);
    if (is_website)
        return fire_for_website(w, tx, timer, &details, now, arena, err) ? true : PASS(err);
    if (!case_load_by_id(w, tx, timer->case_id, arena, &c, err) ||
        !developers_load(tx, timer->case_id, arena, &developers, err))
        return PASS(err);
    if (product_is_closed(c.state) &&
        (c.state != CASE_MERGED || !str_eq_z(timer->kind, TIMER_YEAR))) /* its finder waits on */
        return true;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (!str_eq_z(timer->kind, kinds[i].kind))
            continue;
        return kinds[i].fire(tx, &c, &developers, timer, now, err) &&
                       case_note(tx, &clock, &c, timer->participant_id, "timer.done", &details, now,
                                 arena, &entry, err)
                   ? true
                   : PASS(err);
    }
    return FAIL(err, BUG, timer->kind);
}
