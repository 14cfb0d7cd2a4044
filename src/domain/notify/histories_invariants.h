/* domain/notify/histories_invariants.h: for histories_test.c alone: the 20 invariants of the domain model (7.5, with the corrections at its
 * head), each as a question about the step that was just taken. NULL: it holds; else what is wrong. */
#pragma once
#include "domain/notify/histories_commands.h"

#include "domain/advisory/world.h"
#include "domain/casework/protocol.h"
#include "domain/casework/report_form.h"

static const char *wrong(struct history *h, const char *format, ...) PRINTF(2, 3);
static const char *wrong(struct history *h, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return arena_z(h->arena, str_from_z(text));
}

static const struct developer *same_developer(const struct developers *list, int64_t id)
{
    for (size_t i = 0; i < list->len; i++) {
        if (list->at[i].id == id)
            return &list->at[i];
    }
    return NULL;
}

/* ---- 1, 10, 19: what each reader sees, by the test's own memory of who was given what ---- */

static bool may_see(const struct memory *m, const struct subject *who, enum phase phase)
{
    int n = who->roles & (ROLE_PM | ROLE_PD) ? vendor_of(who->organisation_id) : -1;

    if (who->kind == SUBJECT_FINDER)
        return who->report_id == m->report_id && m->report_id;
    if (who->kind != SUBJECT_ACCOUNT)
        return false;
    if (who->roles & ROLE_RB)
        return true;
    if (who->roles & ROLE_CB)
        return m->was_forwarded || m->is_own;
    return n >= 0 && m->vendor[n].has_detail && !m->vendor[n].was_removed && phase != PHASE_F;
}

static const char *levels_hold(struct history *h)
{
    for (int actor = 0; actor < ACTORS; actor++) {
        const struct subject *who = &h->actors[actor];
        const struct developer *own = part_of(&h->after.developers, who);
        struct err err = { 0 };
        struct grant grant;
        struct str texts;

        if (!visibility_grant(who, &h->after.c, &h->after.developers, own, &grant, &err)) {
            if (err.code != ERR_ABSENT)
                return wrong(h, "%s is refused with %s", actor_names[actor], err_name(err.code));
            if ((actor == FINDER && h->m->report_id) || actor == RB_1)
                return wrong(h, "the %s does not see its case", actor_names[actor]);
            continue;
        }
        if (!report_texts(h->tx, &h->after.c, &grant, h->arena, &texts, &err))
            return wrong(h, "%s", err_name(err.code));
        if (str_contains(texts, STR("canary-I")) || str_contains(texts, STR("canary-i@")))
            return wrong(h, "%s reads the finder in the report", actor_names[actor]);
        if (str_contains(texts, STR("canary")) && !may_see(h->m, who, grant.phase))
            return wrong(h, "%s reads what it was not given", actor_names[actor]);
    }
    return NULL;
}

/* A thread is read by its own developer and the coordinating body; what stands there was said by one of the two. */
static const char *thread_is_apart(struct history *h, const struct subject *who, const char *name)
{
    for (size_t i = 0; i < h->after.developers.len; i++) {
        const struct developer *d = &h->after.developers.at[i];
        struct talks talks;
        struct err err = { 0 };

        if (!talk_list(h->tx, who, &h->after.c, THREAD_PARTICIPANT, d, h->arena, &talks, &err))
            continue;
        if (!(who->roles & ROLE_CB) && who->organisation_id != d->organisation_id)
            return wrong(h, "%s reads the thread of another developer", name);
        for (size_t j = 0; j < talks.len; j++) {
            int said_by = -1;

            for (int n = 0; n < VENDORS; n++) {
                if (str_contains(talks.at[j].text,
                                 arena_printf(h->arena, "organisation %d", n + FIRST_VENDOR)))
                    said_by = n;
            }
            if (said_by >= 0 && said_by != vendor_of(d->organisation_id))
                return wrong(h, "%s reads what another developer said", name);
        }
    }
    return NULL;
}

/* Of a room that developers share, whoever agreed (by the test's own memory) sees the others that did, and nobody else anything but what it is for. */
static const char *room_is_by_agreement(struct history *h, const struct subject *who,
                                        const char *name)
{
    int n = who->roles & (ROLE_PM | ROLE_PD) ? vendor_of(who->organisation_id) : -1;
    const struct developer *own = part_of(&h->after.developers, who);
    struct room_messages said;
    struct room_parts parts;
    struct rooms rooms;
    struct err err = { 0 };
    bool may;

    if (!rooms_of_case(h->tx, who, &h->after.c, own, h->arena, &rooms, &err))
        return wrong(h, "%s", err_name(err.code));
    if (who->roles & ROLE_CB || rooms.len == 0)
        return NULL;
    may = n >= 0 && h->m->vendor[n].is_in_room && !h->m->vendor[n].was_removed;
    if (n < 0 || h->m->vendor[n].was_removed)
        return wrong(h, "%s sees a room", name);
    if (room_parts(h->tx, who, &rooms.at[0], h->arena, &parts, &err) != may ||
        room_talk(h->tx, who, &h->after.c, &rooms.at[0], 0, -1, h->arena, &said, &err) != may)
        return wrong(h, "%s is in the room: %d, and sees it: %d", name, may, !may);
    if (!may && (rooms.at[0].messages || rooms.at[0].unread))
        return wrong(h, "%s counts what it may not read", name);
    for (size_t i = 0; i < parts.len; i++) {
        int other = vendor_of(parts.at[i].organisation_id);

        if (other < 0 || !h->m->vendor[other].is_in_room || h->m->vendor[other].was_removed)
            return wrong(h, "%s sees one that has not agreed", name);
    }
    return NULL;
}

static const char *developers_stay_apart(struct history *h)
{
    const char *fault = NULL;

    for (int actor = 0; actor < ACTORS && !fault; actor++) {
        fault = thread_is_apart(h, &h->actors[actor], actor_names[actor]);
        if (!fault)
            fault = room_is_by_agreement(h, &h->actors[actor], actor_names[actor]);
    }
    return fault;
}

/* ---- 2, 5, 7, 8, 18: the protocol's machines ---- */

static const char *detail_needs_consent(struct history *h)
{
    for (size_t i = 0; i < h->after.developers.len; i++) {
        const struct developer *d = &h->after.developers.at[i],
                               *was = same_developer(&h->before.developers, d->id);
        bool is_new =
            str_eq(d->level, STR("DETAIL")) && (!was || !str_eq(was->level, STR("DETAIL")));

        if (is_new && !str_eq(d->pec, STR("SIGNATORY")) && !str_eq(h->after.c.em, STR("NONE")))
            return wrong(h, "detail with consent %.*s", STR_ARG(d->pec));
        if (is_new && (str_eq(d->rm, STR("START")) || str_eq(d->rm, STR("INVALID"))))
            return wrong(h, "detail while the report is %.*s", STR_ARG(d->rm));
    }
    return NULL;
}

static bool embargo_is_over(struct history *h)
{
    return !str_eq(h->before.c.em, h->after.c.em) &&
           (str_eq(h->after.c.em, STR("EXITED")) || str_eq(h->after.c.em, STR("NONE")));
}

/* Only a developer's own deed, the invitation and the end of the embargo move its consent (correction 1: silence and dates do not). */
static const char *consent_is_its_own(struct history *h)
{
    bool may = h->who->roles & ROLE_PM || h->command_is_invitation;

    for (size_t i = 0; i < h->after.developers.len; i++) {
        const struct developer *d = &h->after.developers.at[i],
                               *was = same_developer(&h->before.developers, d->id);

        if (was && !str_eq(was->pec, d->pec) &&
            !(str_eq(d->pec, STR("NO_EMBARGO")) && embargo_is_over(h)) &&
            !(may && (h->command_is_invitation || h->who->organisation_id == d->organisation_id)))
            return wrong(h, "consent went from %.*s to %.*s", STR_ARG(was->pec), STR_ARG(d->pec));
    }
    return NULL;
}

/* "rb:v rb:a": whether the new entries carried this symbol of that machine. */
static bool carried(struct history *h, const char *symbol)
{
    for (size_t i = 0; i < h->fresh.len; i++) {
        if (str_contains(h->fresh.at[i].carries, str_from_z(symbol)))
            return true;
    }
    return false;
}

static const char *valid_is_not_closed(struct history *h)
{
    if (str_eq(h->before.rb, STR("VALID")) && str_eq(h->after.rb, STR("CLOSED")) &&
        !carried(h, "rb:d") && !carried(h, "rb:a"))
        return "the receiving body closed what was valid";
    if (str_eq(h->before.cb, STR("VALID")) && str_eq(h->after.cb, STR("CLOSED")) &&
        !carried(h, "cb:d") && !carried(h, "cb:a"))
        return "the coordinating body closed what was valid";
    for (size_t i = 0; i < h->after.developers.len; i++) {
        const struct developer *d = &h->after.developers.at[i],
                               *was = same_developer(&h->before.developers, d->id);

        if (was && str_eq(was->rm, STR("VALID")) && str_eq(d->rm, STR("CLOSED")))
            return "a developer closed what was valid";
        if (str_eq(d->novelty, STR("KNOWN")) && str_eq(d->rm, STR("INVALID")) &&
            d->state != DEVELOPER_REFUSED)
            return "a duplicate is invalid";
    }
    return NULL;
}

static const char *a_fix_is_of_who_accepted(struct history *h)
{
    for (size_t i = 0; i < h->after.developers.len; i++) {
        const struct developer *d = &h->after.developers.at[i],
                               *was = same_developer(&h->before.developers, d->id);
        bool had = was && str_index(was->vfd, 'F') < was->vfd.len;

        if (str_index(d->vfd, 'F') < d->vfd.len && !had && !str_eq(d->rm, STR("ACCEPTED")))
            return wrong(h, "a fix while the report is %.*s", STR_ARG(d->rm));
        if (str_index(d->vfd, 'D') < d->vfd.len)
            return "deployed, and nobody said so";
    }
    return NULL;
}

static const char *late_acceptance_is_honoured(struct history *h)
{
    const struct developer *d;

    if (h->must_be_honoured && !h->was_done)
        return "a late acceptance of the terms was refused";
    if (h->must_be_honoured &&
        (!(d = same_developer(&h->after.developers, h->d.id)) || !str_eq(d->pec, STR("SIGNATORY"))))
        return "a late acceptance did not make a signatory";
    return NULL;
}

/* ---- 3, 4, 6, 13: dates and publication ---- */

static const char *nothing_is_public_early(struct history *h)
{
    if (h->after.publications > h->before.publications && !h->m->is_published &&
        h->m->date.ms > h->now.ms)
        return "a publication before its date";
    if ((h->after.c.state == CASE_PUBLISHED) != h->m->is_published)
        return "the case and the public world disagree";
    if (h->pending.case_id == h->m->id &&
        h->before.c.publication_date.ms != h->after.c.publication_date.ms &&
        h->before.publications == h->after.publications)
        return "the date moved while it was being published";
    if (h->m->date.ms && !h->m->is_published && h->after.c.publication_date.ms != h->m->date.ms)
        return "the date is not the one that was agreed last";
    return NULL;
}

static const char *the_public_ends_an_embargo(struct history *h)
{
    bool is_known = !str_eq(h->after.c.pxa, STR("pxa"));

    if (is_known && (str_eq(h->after.c.em, STR("ACTIVE")) || str_eq(h->after.c.em, STR("REVISE")) ||
                     str_eq(h->after.c.em, STR("PROPOSED"))))
        return wrong(h, "%.*s, and the embargo is %.*s", STR_ARG(h->after.c.pxa),
                     STR_ARG(h->after.c.em));
    return NULL;
}

/* A date that is set after the committee gave the case back is a new one: the old one fell. */
NUMBER(
    later_alone,
    "SELECT count(*) AS n FROM (SELECT seq, kind, actor_id, ref, n, lag(n) OVER (ORDER BY seq) AS was, "
    "sum(kind = 'date.changed') OVER (ORDER BY seq) AS changes FROM ledger WHERE case_id = :case_id AND kind IN ('date.set', 'date.changed')) d "
    "WHERE d.kind = 'date.changed' AND d.n > d.was AND d.changes > 1 AND NOT EXISTS (SELECT 1 FROM ledger p WHERE p.seq = d.ref AND "
    "p.kind = 'date.proposed' AND p.n = d.n AND p.actor_id <> d.actor_id)");

/* A date after the target has a reason and somebody who decided it; a later one, once it was changed, has two who did. */
static const char *a_late_date_has_a_reason(struct history *h)
{
    for (size_t i = 0; i < h->fresh.len; i++) {
        const struct entry *e = &h->fresh.at[i];
        struct product_case c; /* a merge moves the date of the other one */
        struct err err = { 0 };
        struct str record;

        if (!str_eq_z(e->kind, "date.set") && !str_eq_z(e->kind, "date.changed"))
            continue;
        if (!e->actor_id || !case_load_by_id(&h->f->w, h->tx, e->case_id, h->arena, &c, &err) ||
            !ledger_payload(h->tx, &c.key, e->seq, h->arena, &record, &err))
            return "nobody decided the date";
        if (c.first_contact_at.ms &&
            e->n.ms > utc_add_days(case_start(&h->f->w, &c), h->f->w.target_days).ms &&
            record_get(record, "reason").len == 0 && record_get(record, "text").len == 0)
            return "a date after the target without a reason";
    }
    return number_of(h, &later_alone) ? "a date that was changed before was put off by one person"
                                      : NULL;
}

static const char *claims_move_nothing(struct history *h)
{
    if (!h->is_claim || !h->was_done || h->before.c.id != h->after.c.id)
        return NULL;
    if (h->before.c.publication_date.ms != h->after.c.publication_date.ms)
        return "a claim moved the date";
    if (h->before.c.state != h->after.c.state)
        return "a claim moved the case";
    if (!str_eq(h->before.c.em, h->after.c.em) || !str_eq(h->before.c.pxa, h->after.c.pxa))
        return "a claim moved the embargo";
    if (h->before.developers.len != h->after.developers.len)
        return "a claim changed who takes part";
    for (size_t i = 0; i < h->after.developers.len; i++) {
        if (h->before.developers.at[i].state != h->after.developers.at[i].state)
            return "a claim moved a developer";
    }
    return NULL;
}

NUMBER(news_without_entry,
       "SELECT count(*) AS n FROM outbox o WHERE o.seq IS NOT NULL AND :case_id >= 0 AND "
       "NOT EXISTS (SELECT 1 FROM ledger l WHERE l.seq = o.seq AND l.case_id = o.case_id)");

static const char *claims_are_only_claims(struct history *h)
{
    const char *fault = claims_move_nothing(h);

    if (fault)
        return fault;
    return h->after.news > h->before.news && number_of(h, &news_without_entry)
               ? "news of what is not written"
               : NULL;
}

/* ---- 9: who the finder is ---- */

static const char *the_finder_is_nowhere(struct history *h)
{
    for (size_t i = 0; i < h->after.developers.len; i++) {
        for (size_t j = 0; j < i; j++) {
            if (str_eq(h->after.developers.at[i].alias, h->after.developers.at[j].alias))
                return "two developers know the finder by one name";
        }
    }
    for (size_t i = 0; i < h->fresh.len; i++) {
        if (str_contains(h->fresh.at[i].facts, STR("canary")) ||
            str_contains(h->fresh.at[i].code, STR("canary")))
            return "texts in a plain column of the ledger";
    }
    return NULL;
}

/* ---- what mails say (requirements section 4) ---- */

static const struct query new_news = { "new_news",
                                       "SELECT id, notice, account_id FROM outbox WHERE id > :id",
                                       (const char *const[]){ "id" },
                                       1,
                                       NULL,
                                       0 };

static bool says_more_than_it_may(struct history *h, struct str text, int64_t organisation_id)
{
    if (str_contains(text, STR("canary")))
        return true;
    for (int n = 0; n < VENDORS; n++) {
        struct str other = arena_printf(h->arena, "organisation %d", n + FIRST_VENDOR);

        if (vendor_of(organisation_id) >= 0 && vendor_of(organisation_id) != n &&
            str_contains(text, other))
            return true;
    }
    return false;
}

static int64_t organisation_of(struct history *h, int64_t account_id)
{
    for (int i = 0; i < ACTORS; i++) {
        if (h->actors[i].account_id == account_id && account_id)
            return h->actors[i].organisation_id;
    }
    return 0;
}

/* In the clear nothing of the case; encrypted what section 4 allows: never the report's texts or its finder, and to a developer nothing that
 * another one said. */
static const char *mails_say_what_they_may(struct history *h)
{
    const struct notify n = { .casework = &h->f->w,
                              .desk_url = STR("https://desk.example"),
                              .portal_url = STR("https://portal.example") };
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err err = { 0 };
    int got;

    if (h->after.news == h->before.news)
        return NULL;
    if (!store_select(h->tx, &new_news, BINDS(bind_int("id", h->before.news)), h->arena, &rows,
                      &err))
        return wrong(h, "%s", err_name(err.code));
    while ((got = rows_next(rows, &err)) > 0) {
        struct notice mail;
        struct str notice = row_text(rows, "notice");
        bool has_address;

        if (!notify_compose(&n, h->tx, row_int(rows, "id"), h->now, h->arena, &mail, &has_address,
                            &err))
            return wrong(h, "%.*s: %s", STR_ARG(notice), err_name(err.code));
        if (str_contains(mail.subject, h->after.c.number) ||
            str_contains(mail.body, h->after.c.number) || str_contains(mail.body, STR("said by")) ||
            str_contains(mail.body, STR("canary")))
            return wrong(h, "%.*s says something of the case in the clear", STR_ARG(notice));
        if (says_more_than_it_may(h, mail.secret_body,
                                  organisation_of(h, row_int(rows, "account_id"))))
            return wrong(h, "%.*s says more than it may", STR_ARG(notice));
    }
    return got == 0 ? NULL : wrong(h, "%s", err_name(err.code));
}

/* ---- 11: the tables ---- */

static unsigned roles_of(struct history *h, const struct entry *e)
{
    if (str_eq_z(e->actor_kind, "FINDER"))
        return ROLE_FINDER;
    if (str_eq_z(e->actor_kind, "CLOCK"))
        return ROLE_CLOCK;
    for (int i = 0; i < ACTORS; i++) {
        if (h->actors[i].account_id == e->actor_id && e->actor_id)
            return h->actors[i].roles;
    }
    return 0;
}

static const struct life *life_of(const struct entry *e)
{
    if (str_starts(e->kind, STR("docket.")))
        return &docket_life;
    if (str_starts(e->kind, STR("withdrawal.")))
        return &withdrawal_life;
    if (str_starts(e->kind, STR("inquiry.")))
        return &inquiry_life;
    if (str_starts(e->kind, STR("room.")))
        return &room_part_life;
    return e->participant_id ? &developer_life : &product_life;
}

static const char *every_move_is_a_row(struct history *h)
{
    for (size_t i = 0; i < h->fresh.len; i++) {
        const struct entry *e = &h->fresh.at[i];
        const struct life *life = life_of(e);
        unsigned roles = roles_of(h, e);
        bool is_row = false;

        if (e->to.len == 0)
            continue;
        for (size_t n = 0; n < life->move_count; n++) {
            const struct move *move = &life->moves[n];

            is_row |= str_eq_z(e->from, life->states[move->from]) &&
                      str_eq_z(e->to, life->states[move->to]) && (move->who & roles) &&
                      str_eq_z(e->rule, move->rule) && str_eq_z(e->carries, move->carries);
        }
        if (!is_row)
            return wrong(h, "%.*s: no row from %.*s to %.*s for who did it", STR_ARG(e->kind),
                         STR_ARG(e->from), STR_ARG(e->to));
    }
    return NULL;
}

/* ---- 12: the ledger ---- */

static const char *the_ledger_rebuilds(struct history *h)
{
    struct err err = { 0 };
    struct hash head;
    int64_t entries;

    if (!h->is_thorough)
        return NULL;
    return casework_verify(&h->f->w, h->tx, &entries, &head, &err) ? NULL
                                                                   : wrong(h, "%s", err.subject);
}

/* ---- 14: publication ---- */

static bool any_page(void *context, const struct advisory_view *view, enum lang lang,
                     struct arena *arena, struct str *html, struct err *err)
{
    (void)context;
    (void)err;
    *html = arena_printf(arena, "%.*s %.*s %1000s", STR_ARG(lang_code(lang)), STR_ARG(view->number),
                         "page");
    return true;
}

static bool any_list(void *context, const struct advisory_rows *rows, enum lang lang,
                     struct arena *arena, struct str *html, struct err *err)
{
    (void)context;
    (void)err;
    *html = arena_printf(arena, "%.*s %zu %1000s", STR_ARG(lang_code(lang)), rows->len, "list");
    return true;
}

static const char *what_goes_out_is_whole(struct history *h)
{
    static const struct advisory_renderer renderer = {
        .version = "1", .page = any_page, .list = any_list, .home = any_list
    };
    struct advisory_faults faults = { 0 };
    struct advisory_view view;
    struct err err = { 0 };
    struct str hash;

    if (h->after.publications == h->before.publications)
        return NULL;
    {
        struct advisory a;
        bool found;

        if (!advisory_load_of(h->tx, h->after.c.id, h->arena, &a, &found, &err) || !found ||
            !advisory_revision_load(h->tx, &h->after.c, &a, h->pending.revision, h->arena, &view,
                                    &err))
            return wrong(h, "the revision cannot be read: %s", err_name(err.code));
    }
    world_rehearse(&view, &sample_site, &renderer, h->arena, &faults);
    if (faults.len > 0)
        return wrong(h, "a format has a fault: %.*s: %s", STR_ARG(faults.at[0].field),
                     faults.at[0].words);
    if (!world_hash(&view, h->arena, &hash, &err) || !str_eq(hash, h->pending.hash))
        return "the hash is not that of the text";
    return NULL;
}

/* ---- 15: two persons ---- */

NUMBER(opened_alone,
       "SELECT count(*) AS n FROM identity_opening WHERE allowed_by = asked_by AND :case_id >= 0");

static const char *two_persons_decide(struct history *h)
{
    struct err err = { 0 };
    struct advisory a;
    bool found;

    if (number_of(h, &opened_alone))
        return "an identity was opened by one person";
    if (!advisory_load_of(h->tx, h->after.c.id, h->arena, &a, &found, &err))
        return wrong(h, "%s", err_name(err.code));
    if (!found || a.state < ADVISORY_APPROVED)
        return NULL;
    if (a.reviewer_id == a.author_id)
        return "author and approver are one";
    if (a.state >= ADVISORY_CONFIRMED && !advisory_is_approved_by_both(&a) &&
        a.state != ADVISORY_PUBLISHED)
        return "confirmed is another text than was approved";
    return NULL;
}

/* ---- 16: timers ---- */

NUMBER(
    fired_twice,
    "SELECT count(*) AS n FROM (SELECT 1 FROM ledger WHERE kind = 'timer.done' AND :case_id >= 0 "
    "GROUP BY case_id, participant_id, code, n, at HAVING count(*) > 1)");

static const char *timers_fire_once(struct history *h)
{
    struct timers timers;
    struct err err = { 0 };

    if (!h->days_went_by)
        return NULL;
    if (!timer_due(h->tx, h->now, 100, h->arena, &timers, &err))
        return wrong(h, "%s", err_name(err.code));
    for (size_t i = 0; i < timers.len; i++) {
        if (!str_eq_z(timers.at[i].kind, TIMER_PUBLISH))
            return wrong(h, "%.*s is still due", STR_ARG(timers.at[i].kind));
    }
    return number_of(h, &fired_twice) ? "a timer fired twice" : NULL;
}

/* ---- 17 ---- */

/* A merge takes the earlier date, a split copies it, and beyond that no deed in one case moves the date of another. */
static const char *cases_keep_their_own_dates(struct history *h)
{
    for (size_t i = 0; i < h->case_count; i++) {
        struct product_case c;
        struct err err = { 0 };

        if (!case_load_by_id(&h->f->w, h->tx, h->cases[i].id, h->arena, &c, &err))
            return wrong(h, "%s", err_name(err.code));
        if (h->cases[i].date.ms && !h->cases[i].is_published &&
            c.publication_date.ms != h->cases[i].date.ms)
            return "a case's date is not the one it should have";
        if (!h->cases[i].is_published && (c.state == CASE_MERGED) != (h->cases[i].rests_in != 0))
            return "a case rests, and it should not";
    }
    return NULL;
}

/* ---- 19 ---- */

static const char *absent_and_forbidden_are_one(struct history *h)
{
    struct err absent = { 0 }, forbidden = { 0 };
    struct product_case none;
    struct grant grant;

    if (case_load(&h->f->w, h->tx, STR("nosuchcase"), h->arena, &none, &absent))
        return "a case that is not there";
    for (int actor = 0; actor < ACTORS; actor++) {
        if (visibility_grant(&h->actors[actor], &h->after.c, &h->after.developers, NULL, &grant,
                             &forbidden))
            continue;
        if (forbidden.code != absent.code || strcmp(forbidden.subject, absent.subject) != 0)
            return wrong(h, "%s can tell forbidden (%s) from absent (%s)", actor_names[actor],
                         forbidden.subject, absent.subject);
        forbidden = (struct err){ 0 };
    }
    return NULL;
}

/* ---- 20 ---- */

static const char *figures_stay(struct history *h)
{
    struct statistics now;
    struct err err = { 0 };
    struct str json;

    if (!h->is_thorough)
        return NULL;
    if (!h->counted.len)
        h->counted_until = h->now;
    if (!statistics_count(h->tx, &h->rules, h->counted_until, h->arena, &now, &err) ||
        !statistics_to_json(&now, h->arena, &json, &err))
        return wrong(h, "%s %s", err_name(err.code), err.subject);
    if (h->counted.len && !str_eq(json, h->counted))
        return "the figures of a day changed afterwards";
    h->counted = json;
    return NULL;
}

/* ---- the table ---- */

static const struct invariant {
    int number;
    const char *name;
    const char *(*check)(struct history *h);
} invariants[] = {
    /* clang-format off */
    { 1,  "nobody sees more than its level",                levels_hold },
    { 2,  "detail needs consent",                           detail_needs_consent },
    { 3,  "nothing is public before its date",              nothing_is_public_early },
    { 4,  "what is public has no embargo",                  the_public_ends_an_embargo },
    { 5,  "consent is moved by its owner alone",            consent_is_its_own },
    { 6,  "a date after the target has reason and decider", a_late_date_has_a_reason },
    { 7,  "valid is not closed, a duplicate not invalid",   valid_is_not_closed },
    { 8,  "a fix is of who accepted",                       a_fix_is_of_who_accepted },
    { 9,  "the finder is nowhere",                          the_finder_is_nowhere },
    { 10, "developers do not see each other",               developers_stay_apart },
    { 11, "every move is a row of a table",                 every_move_is_a_row },
    { 12, "the ledger rebuilds",                            the_ledger_rebuilds },
    { 13, "claims are only claims",                         claims_are_only_claims },
    { 14, "what goes out is whole",                         what_goes_out_is_whole },
    { 15, "two persons decide",                             two_persons_decide },
    { 16, "timers fire once",                               timers_fire_once },
    { 17, "a merge takes the earlier date, a split copies", cases_keep_their_own_dates },
    { 18, "late acceptance is honoured",                    late_acceptance_is_honoured },
    { 19, "absent and forbidden are one",                   absent_and_forbidden_are_one },
    { 20, "figures stay",                                   figures_stay },
    { 0,  "mails say what they may",                        mails_say_what_they_may }, /* section 4 of the requirements */
    /* clang-format on */
};
