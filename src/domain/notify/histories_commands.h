/* domain/notify/histories_commands.h: for histories_test.c alone: everything that somebody can do to a product case, as the faces do it:
 * what may not be seen is not there. `who` and `states` say, apart from the program's own tables, who can ever do it and where the case
 * can stand then: whoever else tries, or elsewhere, must be refused. */
#pragma once
#include "domain/casework/contact.h"
#include "domain/casework/eol.h"
#include "domain/casework/inquiry.h"
#include "domain/casework/withdrawal.h"
#include "domain/notify/histories.h"

typedef bool command_fn(struct history *h, struct err *err);

/* ---- what the commands share ---- */

static inline bool granted(struct history *h, struct grant *out, struct err *err)
{
    struct developer own;
    bool has_own = false;

    if (h->who->roles & (ROLE_PM | ROLE_PD)) {
        struct err absent = { 0 };

        has_own =
            developer_load_of(h->tx, h->c.id, h->who->organisation_id, h->arena, &own, &absent);
    }
    return visibility_grant(h->who, &h->c, &h->developers, has_own ? &own : NULL, out, err)
               ? true
               : PASS(err);
}

static inline bool seen(struct history *h, struct err *err)
{
    struct grant grant;

    return granted(h, &grant, err) ? true : PASS(err);
}

static inline bool has_developer(struct history *h, struct err *err)
{
    return h->d.id ? true : FAIL(err, ABSENT, STR("a developer in a case"));
}

static inline bool has_advisory(struct history *h, struct advisory *a, struct err *err)
{
    bool found;

    if (!advisory_load_of(h->tx, h->c.id, h->arena, a, &found, err))
        return PASS(err);
    return found ? true : FAIL(err, ABSENT, STR("an advisory"));
}

/* ---- the finder ---- */

static struct memory *remember(struct history *h, int64_t id, int64_t report_id)
{
    struct memory *m = &h->cases[h->case_count++];

    *m = (struct memory){ .id = id, .report_id = report_id, .is_own = report_id == 0 };
    h->m = m;
    return m;
}

NUMBER(newest_case,
       "SELECT coalesce(max(case_id), 0) AS n FROM case_key WHERE case_id >= :case_id");
NUMBER(report_of_case, "SELECT id AS n FROM report WHERE case_id = :case_id");

static bool do_submit(struct history *h, struct err *err)
{
    struct str draft = arena_printf(h->arena, "draft %zu", h->case_count);
    struct receipt receipt;

    if (h->case_count == CASES_MAX)
        return FAIL(err, TOO_LARGE, STR("this test"));
    if (!intake_submit(&h->f->w, h->tx, h->form, draft, LANG_JA, STR("FORM"), h->now, h->arena,
                       &receipt, err))
        return PASS(err);
    h->m = NULL;
    (void)remember(h, number_of(h, &newest_case), 1);
    h->m->report_id = number_of(h, &report_of_case);
    return true;
}

static bool do_write_finder(struct history *h, struct err *err)
{
    static const enum talk_kind kinds[] = { TALK_MESSAGE, TALK_ANSWER, TALK_CONSULTATION };
    struct entry entry;

    return seen(h, err) &&
                   talk_say(h->tx, h->who, &h->c, THREAD_FINDER, NULL, kinds[roll(h, COUNT(kinds))],
                            words_of(h), h->now, h->arena, &entry, err)
               ? true
               : PASS(err);
}

static bool do_inquire(struct history *h, struct err *err)
{
    return seen(h, err) && inquiry_ask(h->tx, h->who, &h->c, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

/* By the first start of COO-37, as the settings of this test have it. */
static bool do_ask_release(struct history *h, struct err *err)
{
    if (!seen(h, err) || !withdrawal_request(&h->f->w, h->tx, h->who, &h->c, &h->developers,
                                             often(h), words_of(h), h->now, h->arena, err))
        return PASS(err);
    assert_true(h->c.first_contact_at.ms &&
                h->now.ms >= utc_add_days(h->c.first_contact_at, 365).ms);
    return true;
}

/* ---- the receiving body ---- */

static bool any_inquiry(struct history *h, int64_t *out, struct err *err)
{
    struct inquiries all;

    if (!seen(h, err) || !inquiries_waiting(h->tx, h->who, &h->c, h->arena, &all, err))
        return PASS(err);
    if (all.len == 0)
        return FAIL(err, ABSENT, STR("an inquiry"));
    *out = all.at[roll(h, (unsigned)all.len)].id;
    return true;
}

static bool do_consult(struct history *h, struct err *err)
{
    int64_t id;

    return any_inquiry(h, &id, err) &&
                   inquiry_consult(h->tx, h->who, &h->c, id, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_advise(struct history *h, struct err *err)
{
    int64_t id;

    return any_inquiry(h, &id, err) &&
                   inquiry_advise(h->tx, h->who, &h->c, id, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

NUMBER(advised,
       "SELECT count(*) AS n FROM ledger WHERE case_id = :case_id AND kind = 'inquiry.advised'");
NUMBER(answered,
       "SELECT count(*) AS n FROM ledger WHERE case_id = :case_id AND kind = 'inquiry.answered'");

/* What was forwarded is never answered more often than the coordinating body has been heard, but for what was answered before. */
static bool do_answer_inquiry(struct history *h, struct err *err)
{
    int64_t id;

    if (!any_inquiry(h, &id, err) ||
        !inquiry_answer(h->tx, h->who, &h->c, NULL, id, words_of(h), h->now, h->arena, err))
        return PASS(err);
    if (!h->m->was_forwarded || h->c.state == CASE_STOPPED)
        h->m->answered_alone++;
    assert_true(number_of(h, &answered) <= number_of(h, &advised) + h->m->answered_alone);
    return true;
}

static bool do_answer_release(struct history *h, struct err *err)
{
    return seen(h, err) && withdrawal_decide(&h->f->w, h->tx, h->who, &h->c, &h->developers,
                                             often(h), words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_open(struct history *h, struct err *err)
{
    return seen(h, err) && intake_open(h->tx, h->who, &h->c, h->now, h->arena, err) ? true
                                                                                    : PASS(err);
}

static bool do_reject(struct history *h, struct err *err)
{
    struct str code = PICK(h, "ITEMS_MISSING", "OUT_OF_SCOPE", "ILLEGAL_MEANS", "BECAUSE");

    return seen(h, err) &&
                   intake_reject(h->tx, h->who, &h->c, code, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_accept(struct history *h, struct err *err)
{
    return seen(h, err) &&
                   intake_accept(h->tx, h->who, &h->c, often(h), often(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_forward(struct history *h, struct err *err)
{
    if (!seen(h, err) || !intake_forward(h->tx, h->who, &h->c, h->now, h->arena, err))
        return PASS(err);
    h->m->was_forwarded = true;
    return true;
}

/* What was merged into it comes back, without a date. */
static void has_ended(struct history *h)
{
    h->m->is_ended = true;
    for (size_t i = 0; i < h->case_count; i++) {
        if (h->cases[i].rests_in == h->m->id)
            h->cases[i].rests_in = h->cases[i].date.ms = 0;
    }
}

static bool do_stop(struct history *h, struct err *err)
{
    struct str code =
        PICK(h, "KNOWN_RB", "KNOWN_CB", "NOTVULN_RB", "NOTVULN_CB", "ILLEGAL", "BECAUSE");

    if (!seen(h, err) ||
        !intake_stop(h->tx, h->who, &h->c, code, words_of(h), h->now, h->arena, err))
        return PASS(err);
    has_ended(h);
    return true;
}

static bool do_assess(struct history *h, struct err *err)
{
    struct str range = PICK(h, "wide", "medium", "narrow");
    int64_t score = (int64_t)roll(h, 102) - 1;

    return seen(h, err) && intake_assess(h->tx, h->who, &h->c, range, score, words_of(h), h->now,
                                         h->arena, err)
               ? true
               : PASS(err);
}

static bool do_ask_finder(struct history *h, struct err *err)
{
    struct entry entry;

    return seen(h, err) && talk_say(h->tx, h->who, &h->c, THREAD_FINDER, NULL, TALK_QUESTION,
                                    words_of(h), h->now, h->arena, &entry, err)
               ? true
               : PASS(err);
}

static bool do_ask_identity(struct history *h, struct err *err)
{
    return seen(h, err) && identity_ask(h->tx, h->who, &h->c, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_allow_identity(struct history *h, struct err *err)
{
    struct openings openings;

    if (!seen(h, err) || !openings_load(h->tx, &h->c, h->arena, &openings, err))
        return PASS(err);
    if (openings.len == 0)
        return FAIL(err, ABSENT, STR("an opening"));
    return identity_allow(h->tx, h->who, &h->c,
                          openings.at[roll(h, (unsigned)openings.len)].public_id, h->now, h->arena,
                          err)
               ? true
               : PASS(err);
}

static bool do_retitle(struct history *h, struct err *err)
{
    return seen(h, err) && case_retitle(h->tx, h->who, &h->c, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_write_body(struct history *h, struct err *err)
{
    struct entry entry;

    return seen(h, err) && talk_say(h->tx, h->who, &h->c, THREAD_BODIES, NULL, TALK_MESSAGE,
                                    words_of(h), h->now, h->arena, &entry, err)
               ? true
               : PASS(err);
}

static bool do_ask_analysis(struct history *h, struct err *err)
{
    struct analysis_wish wish = { .partner = h->analyst,
                                  .scope = words_of(h),
                                  .condition = words_of(h),
                                  .due = some_day(h),
                                  .with_verification = often(h) };
    struct grant grant;

    return granted(h, &grant, err) &&
                   analysis_ask(h->tx, h->who, &h->c, &grant, &wish, h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_answer_analysis(struct history *h, struct err *err)
{
    struct analyses all;
    struct product_case c;
    struct analysis a;
    struct grant grant;

    if (!analyses_of_organisation(h->tx, h->who->organisation_id, h->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].case_id == h->c.id)
            return analysis_load(&h->f->w, h->tx, h->who, all.at[i].public_id, h->arena, &a, &c,
                                 &grant, err) &&
                           analysis_answer(h->tx, h->who, &c, &a, words_of(h), h->now, h->arena,
                                           err)
                       ? true
                       : PASS(err);
    }
    return FAIL(err, ABSENT, STR("an analysis"));
}

/* ---- a coordinator abroad ---- */

static bool do_notice(struct history *h, struct err *err)
{
    bool is_collected = !(h->who->roles & ROLE_FB) && often(h);
    struct foreign_notice notice = {
        .source = is_collected ? STR("OWN_COLLECTION") : STR("CERTCC_NOTE"),
        .partner = is_collected || (h->who->roles & ROLE_FB) ? STR("") : h->abroad,
        .reference = STR("VU#1"),
        .form = h->form
    };
    struct product_case c;

    if (h->case_count == CASES_MAX)
        return FAIL(err, TOO_LARGE, STR("this test"));
    if (rarely(h))
        notice.form = STR_NONE;
    if (!foreign_take_up(&h->f->w, h->tx, h->who, &notice, h->now, h->arena, &c, err))
        return PASS(err);
    (void)remember(h, c.id, 0);
    return true;
}

static bool do_give_abroad(struct history *h, struct err *err)
{
    struct exchange_wish wish = { .partner = h->abroad,
                                  .words = words_of(h),
                                  .with_verification = often(h) };
    struct grant grant;

    if (!granted(h, &grant, err))
        return PASS(err);
    if (visibility_cell(AUDIENCE_FB, grant.phase).part & SEES_M)
        wish.countermeasure = words_of(h);
    return exchange_give(h->tx, h->who, &h->c, &grant, &wish, h->now, h->arena, err) ? true
                                                                                     : PASS(err);
}

/* Either side writes; the coordinating body may end it instead. */
static bool do_exchange(struct history *h, struct err *err)
{
    struct product_case c = h->c;
    struct exchanges all;
    struct exchange e;
    struct grant grant;

    if (!exchanges_of_case(h->tx, h->c.id, h->arena, &all, err))
        return PASS(err);
    if (all.len == 0)
        return FAIL(err, ABSENT, STR("an exchange"));
    e = all.at[0];
    if ((h->who->roles & ROLE_CB) && rarely(h))
        return exchange_close(h->tx, h->who, &h->c, e.public_id, h->now, h->arena, err) ? true
                                                                                        : PASS(err);
    if (!(h->who->roles & ROLE_CB) &&
        !exchange_load(&h->f->w, h->tx, h->who, e.public_id, h->arena, &e, &c, &grant, err))
        return PASS(err);
    return exchange_say(h->tx, h->who, &c, &e, words_of(h), h->now, h->arena, err) ? true
                                                                                   : PASS(err);
}

/* ---- the coordinating body ---- */

static bool do_advise_stop(struct history *h, struct err *err)
{
    struct str code = PICK(h, "KNOWN_CB", "NOTVULN_CB");

    return seen(h, err) && intake_advise_stop(h->tx, h->who, &h->c, code, words_of(h), h->now,
                                              h->arena, err)
               ? true
               : PASS(err);
}

static bool do_take(struct history *h, struct err *err)
{
    return seen(h, err) && coordination_take(&h->f->w, h->tx, h->who, &h->c, h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_summarise(struct history *h, struct err *err)
{
    return seen(h, err) && coordination_write_summary(h->tx, h->who, &h->c, words_of(h), h->now,
                                                      h->arena, err)
               ? true
               : PASS(err);
}

static bool do_add(struct history *h, struct err *err)
{
    unsigned n = roll(h, VENDORS);
    struct developer d;

    if (!seen(h, err) || !coordination_add(&h->f->w, h->tx, h->who, &h->c, h->f->organisation[n],
                                           h->now, h->arena, &d, err))
        return PASS(err);
    h->m->vendor[n].was_told = h->m->vendor[n].has_detail = h->m->vendor[n].was_removed =
        h->m->vendor[n].is_in_room = false;
    return true;
}

static bool do_remove(struct history *h, struct err *err)
{
    int n = vendor_of(h->d.organisation_id);

    if (!seen(h, err) || !has_developer(h, err) ||
        !coordination_remove(h->tx, h->who, &h->c, &h->d, words_of(h), h->now, h->arena, err))
        return PASS(err);
    h->m->vendor[n].was_removed = true;
    return true;
}

static bool do_send_summary(struct history *h, struct err *err)
{
    int n = vendor_of(h->d.organisation_id);

    if (!seen(h, err) || !has_developer(h, err) ||
        !coordination_send_summary(&h->f->w, h->tx, h->who, &h->c, &h->d, some_day(h), h->now,
                                   h->arena, err))
        return PASS(err);
    h->m->vendor[n].was_told = true;
    return true;
}

static bool do_send_detail(struct history *h, struct err *err)
{
    int n = vendor_of(h->d.organisation_id);

    if (!seen(h, err) || !has_developer(h, err) ||
        !coordination_send_detail(h->tx, h->who, &h->c, &h->d, some_day(h), h->now, h->arena, err))
        return PASS(err);
    h->m->vendor[n].has_detail = true;
    return true;
}

static bool do_record_contact(struct history *h, struct err *err)
{
    struct contact_attempt attempt = { .channel =
                                           PICK(h, "MAIL", "LETTER", "TELEPHONE", "FAX", "PIGEON"),
                                       .result =
                                           PICK(h, "SENT", "NO_ANSWER", "BOUNCED", "ACKNOWLEDGED"),
                                       .made_at = h->now,
                                       .words = words_of(h) };

    return seen(h, err) && has_developer(h, err) &&
                   contact_record(&h->f->w, h->tx, h->who, &h->c, &h->d, &attempt, h->now, h->arena,
                                  err)
               ? true
               : PASS(err);
}

static bool do_remind(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   coordination_remind(h->tx, h->who, &h->c, &h->d, some_day(h), h->now, h->arena,
                                       err)
               ? true
               : PASS(err);
}

static bool do_ask_status(struct history *h, struct err *err)
{
    return seen(h, err) && coordination_ask_status(h->tx, h->who, &h->c, &h->developers,
                                                   some_day(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_mark_silent(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   coordination_mark_silent(h->tx, h->who, &h->c, &h->d, h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_set_date(struct history *h, struct err *err)
{
    struct buf why = buf_new(h->arena, 1024);
    struct utc date = utc_add_days(some_day(h), roll(h, 4) == 0 ? 45 : 0);

    record_put(&why, "basis",
               PICK(h, "AGREED", "AGREED", "INDEPENDENT", "NO_REPLY", "UNREACHABLE", "WHIM"));
    record_put(&why, "reason", words_of(h));
    if (often(h))
        record_put(&why, "heard", STR("yes"));
    if (!seen(h, err) || !coordination_set_date(&h->f->w, h->tx, h->who, &h->c, &h->developers,
                                                date, buf_str(&why), h->now, h->arena, err))
        return PASS(err);
    h->m->date = date;
    return true;
}

static bool do_change_date(struct history *h, struct err *err)
{
    struct utc date = some_day(h);

    if (!seen(h, err) ||
        !coordination_change_date(&h->f->w, h->tx, h->who, &h->c, &h->developers, date, often(h),
                                  words_of(h), h->now, h->arena, err))
        return PASS(err);
    h->m->date = date;
    return true;
}

static bool do_propose_date(struct history *h, struct err *err)
{
    return seen(h, err) && coordination_propose_date(h->tx, h->who, &h->c, some_day(h), often(h),
                                                     words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_decide_date(struct history *h, struct err *err)
{
    bool is_agreed = often(h);

    if (!seen(h, err) ||
        !coordination_decide_later_date(h->tx, h->who, &h->c, &h->developers, is_agreed,
                                        words_of(h), h->now, h->arena, err))
        return PASS(err);
    if (is_agreed)
        h->m->date = h->c.publication_date;
    return true;
}

static bool do_decide_wish(struct history *h, struct err *err)
{
    struct wishes wishes;

    if (!seen(h, err) || !coordination_wishes(h->tx, &h->c, h->arena, &wishes, err))
        return PASS(err);
    if (wishes.len == 0)
        return FAIL(err, ABSENT, STR("a wish"));
    return coordination_decide_request(h->tx, h->who, &h->c,
                                       wishes.at[roll(h, (unsigned)wishes.len)].id, often(h),
                                       words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_handle_hint(struct history *h, struct err *err)
{
    struct other_hints hints;

    if (!seen(h, err) || !coordination_hints(h->tx, &h->c, h->arena, &hints, err))
        return PASS(err);
    if (hints.len == 0)
        return FAIL(err, ABSENT, STR("a hint"));
    return coordination_handle_hint(h->tx, h->who, &h->c, hints.at[roll(h, (unsigned)hints.len)].id,
                                    words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_record_eol(struct history *h, struct err *err)
{
    struct eol_facts facts = { .url = PICK(h, "https://developer.example/end", "nowhere"),
                               .declared_at = utc_add_days(h->now, -400),
                               .ends_at = utc_add_days(h->now, roll(h, 4) ? -30 : 30),
                               .advice = PICK(h, "", "STOP_USE"),
                               .small_impact = roll(h, 4) > 0 };
    struct eol_others nobody = { 0 };

    return seen(h, err) && eol_record(&h->f->w, h->tx, h->who, &h->c, &facts, &nobody, h->now,
                                      h->arena, err)
               ? true
               : PASS(err);
}

static bool do_close(struct history *h, struct err *err)
{
    static const enum product_event ends[] = { ON_CANCEL_KNOWN, ON_CANCEL_NOT_VULN,
                                               ON_CLOSE_INDIVIDUAL };

    if (!seen(h, err) ||
        !coordination_close(h->tx, h->who, &h->c, &h->developers, ends[roll(h, COUNT(ends))],
                            words_of(h), h->now, h->arena, err))
        return PASS(err);
    has_ended(h);
    return true;
}

static bool do_close_eol(struct history *h, struct err *err)
{
    if (!seen(h, err) || !coordination_close(h->tx, h->who, &h->c, &h->developers, ON_CLOSE_EOL,
                                             words_of(h), h->now, h->arena, err))
        return PASS(err);
    has_ended(h);
    return true;
}

static bool do_refer(struct history *h, struct err *err)
{
    if (!seen(h, err) || !has_developer(h, err) ||
        !docket_propose(h->tx, h->who, &h->c, &h->d, words_of(h), h->now, h->arena, err))
        return PASS(err);
    h->m->date = (struct utc){ 0 }; /* what was agreed on does not hold any more */
    return true;
}

static bool do_give_back(struct history *h, struct err *err)
{
    return seen(h, err) && docket_suspend(h->tx, h->who, &h->c, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_record_breach(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   breach_record(h->tx, h->who, &h->c, &h->d, utc_add_days(h->now, -1), words_of(h),
                                 h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_write_developer(struct history *h, struct err *err)
{
    struct entry entry;

    return seen(h, err) && has_developer(h, err) &&
                   talk_say(h->tx, h->who, &h->c, THREAD_PARTICIPANT, &h->d, TALK_MESSAGE,
                            words_of(h), h->now, h->arena, &entry, err)
               ? true
               : PASS(err);
}

/* The part of this reader's organisation in a case; NULL: it has none. */
static const struct developer *part_of(const struct developers *developers,
                                       const struct subject *who)
{
    for (size_t i = 0; i < developers->len && (who->roles & (ROLE_PM | ROLE_PD)); i++) {
        if (developers->at[i].organisation_id == who->organisation_id)
            return &developers->at[i];
    }
    return NULL;
}

/* ---- a room that developers share ---- */

/* To most of those that have the detail, now and then to one that has not, or to one twice. */
static bool propose_room(struct history *h, struct err *err)
{
    struct str ids[VENDORS + 1];
    size_t count = 0;

    for (size_t i = 0; i < h->developers.len && count < VENDORS; i++) {
        if (h->developers.at[i].detail_at.ms ? roll(h, 32) : rarely(h))
            ids[count++] = h->developers.at[i].public_id;
    }
    if (rarely(h) && count > 0)
        ids[count++] = ids[0];
    return room_propose(h->tx, h->who, &h->c, &h->developers, ids, count, STR("versions"),
                        words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool answer_room(struct history *h, const struct developer *own, struct room *room,
                        enum room_part_event event, struct err *err)
{
    if (!room_answer(h->tx, h->who, &h->c, own, room, event, often(h), h->now, h->arena, err))
        return PASS(err);
    h->m->vendor[vendor_of(own->organisation_id)].is_in_room = room->own == ROOM_AGREED;
    return true;
}

/* A case has one at most, as the test remembers it. The coordinating body proposes it, talks, or closes it; a developer answers, and talks when it has
 * agreed. */
static bool do_room(struct history *h, struct err *err)
{
    const struct developer *own = h->who->roles & ROLE_CB ? NULL : part_of(&h->developers, h->who);
    bool may_end = rarely(h);
    struct rooms all;

    if (!seen(h, err) || !rooms_of_case(h->tx, h->who, &h->c, own, h->arena, &all, err))
        return PASS(err);
    if (all.len == 0 && (h->who->roles & ROLE_CB))
        return propose_room(h, err) ? true : PASS(err);
    if (all.len == 0)
        return FAIL(err, ABSENT, STR("a room"));
    if (own && all.at[0].own != ROOM_AGREED)
        return answer_room(h, own, &all.at[0], may_end ? ON_ROOM_DECLINE : ON_ROOM_AGREE, err)
                   ? true
                   : PASS(err);
    if (own && may_end)
        return answer_room(h, own, &all.at[0], ON_ROOM_LEAVE, err) ? true : PASS(err);
    if (may_end)
        return room_close(h->tx, h->who, &h->c, &all.at[0], h->now, h->arena, err) ? true
                                                                                   : PASS(err);
    return room_say(h->tx, h->who, &h->c, own, &all.at[0], words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

/* ---- priority provision ---- */

static bool do_plan_priority(struct history *h, struct err *err)
{
    struct priority_wish wish = { .sectors = STR("POWER"),
                                  .reason = words_of(h),
                                  .with_verification = rarely(h) };

    return seen(h, err) && priority_plan(&h->f->w, h->tx, h->who, &h->c, &h->developers, &wish,
                                         h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_answer_priority(struct history *h, struct err *err)
{
    bool is_developer = (h->who->roles & ROLE_PM) != 0;

    return seen(h, err) && (!is_developer || has_developer(h, err)) &&
                   priority_answer(&h->f->w, h->tx, h->who, &h->c, is_developer ? &h->d : NULL,
                                   often(h), words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_tell_finder(struct history *h, struct err *err)
{
    return seen(h, err) && priority_tell_finder(h->tx, h->who, &h->c, h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_drop_priority(struct history *h, struct err *err)
{
    return seen(h, err) &&
                   priority_drop(&h->f->w, h->tx, h->who, &h->c, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_provide(struct history *h, struct err *err)
{
    struct priority_text text = { .vulnerability = STR("canary-V"),
                                  .countermeasure = STR("canary-M") };
    struct recipients to = { 0 };

    VEC_PUSH(h->arena, &to, h->recipient);
    return seen(h, err) && priority_provide(&h->f->w, h->tx, h->who, &h->c, &h->developers, &text,
                                            &to, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_receive(struct history *h, struct err *err)
{
    struct provisions all;
    struct provision p;
    struct product_case c;
    struct grant grant;

    if (!provisions_of_organisation(h->tx, h->who->organisation_id, h->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].case_id == h->c.id)
            return provision_load(&h->f->w, h->tx, h->who, all.at[i].public_id, h->arena, &p, &c,
                                  &grant, err) &&
                           provision_see(h->tx, h->who, &c, &p, h->now, h->arena, err) &&
                           provision_receive(h->tx, h->who, &c, &p, h->now, h->arena, err)
                       ? true
                       : PASS(err);
    }
    return FAIL(err, ABSENT, STR("a provision"));
}

/* ---- developers ---- */

static bool do_see(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   answer_seen(h->tx, h->who, &h->c, &h->d, h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_no_product(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   answer_no_product(h->tx, h->who, &h->c, &h->d, often(h), words_of(h), h->now,
                                     h->arena, err)
               ? true
               : PASS(err);
}

static bool do_request_detail(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   answer_request_detail(h->tx, h->who, &h->c, &h->d, often(h), h->now, h->arena,
                                         err)
               ? true
               : PASS(err);
}

static bool do_result(struct history *h, struct err *err)
{
    struct product_results products = { 0 };
    struct str affected = PICK(h, "YES", "YES", "NO", "INVESTIGATING", "PERHAPS"),
               novelty = PICK(h, "NEW", "NEW", "KNOWN");

    VEC_PUSH(h->arena, &products,
             (struct product_result){ STR("RX-100"), STR("2.1.3"), STR("2.1.4"), affected });
    return seen(h, err) && has_developer(h, err) &&
                   answer_result(h->tx, h->who, &h->c, &h->d, affected, novelty, words_of(h),
                                 &products, h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_status(struct history *h, struct err *err)
{
    struct status_report report = { .countermeasure = PICK(h, "PLANNED", "WORKAROUND", "FIX", "FIX",
                                                           "STOP_USE", "HOPE"),
                                    .words = words_of(h),
                                    .url = STR("https://vendor.example/a") };

    return seen(h, err) && has_developer(h, err) &&
                   answer_status(h->tx, h->who, &h->c, &h->d, &report, h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_hint(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   answer_hint(h->tx, h->who, &h->c, &h->d, STR("another maker"), STR("its router"),
                               words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_wish(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   answer_wish_date(h->tx, h->who, &h->c, &h->d, some_day(h), words_of(h), h->now,
                                    h->arena, err)
               ? true
               : PASS(err);
}

static bool do_refuse(struct history *h, struct err *err)
{
    return seen(h, err) && has_developer(h, err) &&
                   answer_refuse(h->tx, h->who, &h->c, &h->d, words_of(h), h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool do_report_own(struct history *h, struct err *err)
{
    struct own_report report = { .form = h->form,
                                 .fixed_versions = STR("2.1.4"),
                                 .status = { .countermeasure = STR("FIX"), .words = words_of(h) },
                                 .is_limited = often(h) };
    int n = vendor_of(h->who->organisation_id);
    struct product_case c;

    if (h->case_count == CASES_MAX)
        return FAIL(err, TOO_LARGE, STR("this test"));
    if (!own_product_report(&h->f->w, h->tx, h->who, &report, h->now, h->arena, &c, err))
        return PASS(err);
    (void)remember(h, c.id, 0);
    h->m->vendor[n].was_told = h->m->vendor[n].has_detail = true;
    return true;
}

/* ---- the advisory ---- */

static bool do_begin_advisory(struct history *h, struct err *err)
{
    static const struct number_prefixes prefixes = { { STR("NRS"), STR("NRSVU"), STR("NRSTA") } };
    struct advisory a;

    return seen(h, err) && advisory_create(&h->f->w, h->tx, h->who, &h->c, &prefixes, h->now,
                                           h->arena, &a, err)
               ? true
               : PASS(err);
}

static bool do_write_advisory(struct history *h, struct err *err)
{
    struct advisory_view view = sample_view(h->arena);
    struct advisory a;

    view.history.len = 0;
    if (rarely(h))
        view.ja.title = STR_NONE; /* it cannot be submitted */
    return seen(h, err) && has_advisory(h, &a, err) &&
                   advisory_save(h->tx, h->who, &h->c, &a, &view, a.draft_version - rarely(h),
                                 h->now, h->arena, err)
               ? true
               : PASS(err);
}

static bool move_advisory_by(struct history *h, enum advisory_event event, struct err *err)
{
    struct advisory a;

    return seen(h, err) && has_advisory(h, &a, err) &&
                   advisory_move(&h->f->w, h->tx, h->who, &h->c, &a, event, words_of(h), h->now,
                                 h->arena, err)
               ? true
               : PASS(err);
}

static bool do_submit_advisory(struct history *h, struct err *err)
{
    return move_advisory_by(h, ON_ADVISORY_SUBMIT, err);
}
static bool do_return_advisory(struct history *h, struct err *err)
{
    return move_advisory_by(h, ON_ADVISORY_RETURN, err);
}
static bool do_approve_advisory(struct history *h, struct err *err)
{
    return move_advisory_by(h, ON_ADVISORY_APPROVE, err);
}
static bool do_object(struct history *h, struct err *err)
{
    return move_advisory_by(h, ON_ADVISORY_OBJECT, err);
}
static bool do_confirm_advisory(struct history *h, struct err *err)
{
    return move_advisory_by(h, ON_ADVISORY_CONFIRM, err);
}
static bool do_reopen_advisory(struct history *h, struct err *err)
{
    return move_advisory_by(h, ON_ADVISORY_REOPEN, err);
}
static bool do_revise_advisory(struct history *h, struct err *err)
{
    return move_advisory_by(h, ON_ADVISORY_REVISE, err);
}

static bool do_rehearse(struct history *h, struct err *err)
{
    struct advisory_faults faults = { 0 };
    struct advisory_view view;
    struct advisory a;

    if (!seen(h, err) || !has_advisory(h, &a, err) ||
        !advisory_draft(h->tx, &h->c, &a, h->arena, &view, err))
        return PASS(err);
    advisory_check(&view, h->arena, &faults);
    return advisory_rehearsed(h->tx, h->who, &h->c, &a, &faults, h->now, h->arena, err) ? true
                                                                                        : PASS(err);
}

/* ---- the calendar ---- */

static bool do_begin_publishing(struct history *h, struct err *err)
{
    struct advisory a;

    if (h->pending.id || !has_advisory(h, &a, err))
        return h->pending.id ? FAIL(err, CHANGED_MEANWHILE, STR("a publication")) : PASS(err);
    return publishing_begin(&h->f->w, h->tx, &h->c, &a, h->now, h->arena, &h->pending, err)
               ? true
               : PASS(err);
}

static bool do_finish_publishing(struct history *h, struct err *err)
{
    if (!h->pending.id)
        return FAIL(err, ABSENT, STR("a publication"));
    if (!publishing_finish(&h->f->w, h->tx, &h->pending, h->now, h->arena, err))
        return PASS(err);
    for (size_t i = 0; i < h->case_count; i++) {
        if (h->cases[i].id == h->pending.case_id || h->cases[i].rests_in == h->pending.case_id)
            h->cases[i].is_published = true;
    }
    h->pending = (struct publication){ 0 };
    return true;
}

/* Some days go by while the program is down, now and then a year; when it is up again, what fell due fires. */
static bool do_pass(struct history *h, struct err *err)
{
    struct timers timers;

    h->now = utc_add_days(h->now, rarely(h) ? 370 : 1 + (int)roll(h, 20));
    if (!timer_due(h->tx, h->now, 100, h->arena, &timers, err))
        return PASS(err);
    for (size_t i = 0; i < timers.len; i++) {
        if (!str_eq_z(timers.at[i].kind, TIMER_PUBLISH) &&
            !due_fire(&h->f->w, h->tx, &timers.at[i], h->now, h->arena, err))
            return PASS(err);
    }
    return true;
}

/* ---- cases that belong together ---- */

static bool do_merge(struct history *h, struct err *err)
{
    struct memory *into = h->case_count ? &h->cases[roll(h, (unsigned)h->case_count)] : NULL;
    struct product_case other;

    if (!into || !seen(h, err))
        return into ? PASS(err) : FAIL(err, ABSENT, STR("a case"));
    if (!case_load_by_id(&h->f->w, h->tx, into->id, h->arena, &other, err) ||
        !belongs_merge(&h->f->w, h->tx, h->who, &h->c,
                       rarely(h) ? STR("K-0000-00000") : other.number, words_of(h), h->now,
                       h->arena, err))
        return PASS(err);
    h->m->rests_in = into->id;
    if (h->m->date.ms > h->now.ms && h->m->date.ms < into->date.ms)
        into->date = h->m->date; /* the earlier one */
    return true;
}

static bool do_release(struct history *h, struct err *err)
{
    if (!seen(h, err) || !belongs_release(h->tx, h->who, &h->c, words_of(h), h->now, h->arena, err))
        return PASS(err);
    h->m->rests_in = h->m->date.ms = 0;
    return true;
}

static bool do_split(struct history *h, struct err *err)
{
    struct organisation_ids organisations = { 0 };
    struct utc date = h->m ? h->m->date : (struct utc){ 0 };
    struct product_case part;

    for (unsigned n = roll(h, VENDORS + 1); n > 0; n--)
        VEC_PUSH(h->arena, &organisations, h->f->organisation[n - 1]);
    if (h->case_count == CASES_MAX)
        return FAIL(err, TOO_LARGE, STR("this test"));
    if (!seen(h, err) ||
        !belongs_split(&h->f->w, h->tx, h->who, &h->c, rarely(h) ? STR_NONE : h->form,
                       &organisations, h->now, h->arena, &part, err))
        return PASS(err);
    remember(h, part.id, 0)->date = date; /* a copy */
    return true;
}

/* ---- the table ---- */

#define AT(state) (1u << CASE_##state)
#define NEW       AT(START)
#define RECEIVED  (AT(SUBMITTED) | AT(UNDER_REVIEW))
#define BEGUN                                                                                   \
    (AT(WITH_CB) | AT(VENDOR_IDENTIFIED) | AT(COORDINATING) | AT(DATE_SET) | AT(SELF_PRODUCT) | \
     AT(FOREIGN))
#define NAMED  (AT(VENDOR_IDENTIFIED) | AT(COORDINATING) | AT(DATE_SET) | AT(SELF_PRODUCT))
#define TALKED (AT(COORDINATING) | AT(DATE_SET))
#define DRAFTING \
    (AT(COORDINATING) | AT(DATE_SET) | AT(SELF_PRODUCT) | AT(COMMITTEE) | AT(PUBLISHED))
#define ENDED                                                                 \
    (AT(REJECTED) | AT(STOPPED) | AT(CANCELLED_KNOWN) | AT(CLOSED_NOT_VULN) | \
     AT(CLOSED_INDIVIDUAL) | AT(CLOSED_EOL_A) | AT(MERGED))
#define WAITING (BEGUN | AT(COMMITTEE) | AT(MERGED)) /* a finder's report may rest */
#define OPEN    (BEGUN | AT(COMMITTEE) | AT(ACCEPTED) | AT(PUBLISHED))
#define ALL     (RECEIVED | OPEN | ENDED)
#define ANYBODY ~0u /* the form is open to all */
#define BODIES  (ROLE_RB | ROLE_CB)

static const struct command {
    const char *name;
    unsigned who, states, mostly; /* mostly: of the states, those in which it is thrown willingly */
    bool is_claim;                /* says something, and moves nothing by itself (invariant 13) */
    command_fn *run;
} commands[] = {
    /* clang-format off */
    { "submit",            ANYBODY,                     NEW | ALL,                                    NEW,                                                       false, do_submit },
    { "report_own",        ROLE_PM,                     NEW | ALL,                                    0,                                                         false, do_report_own },
    { "notice",            ROLE_CB | ROLE_FB,           NEW | ALL,                                    0,                                                         false, do_notice },
    { "give_abroad",       ROLE_CB,                     BEGUN | AT(COMMITTEE),                        TALKED,                                                    true,  do_give_abroad },
    { "exchange",          ROLE_CB | ROLE_FB,           ALL,                                          0,                                                         true,  do_exchange },
    { "write_finder",      ROLE_FINDER | ROLE_RB,       ALL,                                          0,                                                         true,  do_write_finder },
    { "inquire",           ROLE_FINDER,                 ALL,                                          AT(ACCEPTED) | AT(COORDINATING),                           true,  do_inquire },
    { "consult",           ROLE_RB,                     ALL,                                          AT(COORDINATING),                                          true,  do_consult },
    { "advise",            ROLE_CB,                     ALL,                                          AT(COORDINATING),                                          true,  do_advise },
    { "answer_inquiry",    ROLE_RB,                     ALL,                                          AT(ACCEPTED) | AT(COORDINATING),                           true,  do_answer_inquiry },
    { "ask_release",       ROLE_FINDER,                 WAITING,                                      AT(COORDINATING),                                          true,  do_ask_release },
    { "answer_release",    ROLE_RB,                     WAITING,                                      AT(COORDINATING),                                          true,  do_answer_release },
    { "open",              ROLE_RB,                     ALL,                                          AT(SUBMITTED),                                             false, do_open },
    { "reject",            ROLE_RB,                     AT(UNDER_REVIEW),                             0,                                                         false, do_reject },
    { "accept",            ROLE_RB,                     AT(UNDER_REVIEW),                             AT(UNDER_REVIEW),                                          false, do_accept },
    { "forward",           ROLE_RB,                     AT(ACCEPTED),                                 AT(ACCEPTED),                                              false, do_forward },
    { "stop",              ROLE_RB,                     (BEGUN | AT(ACCEPTED)) & ~AT(DATE_SET),       0,                                                         false, do_stop },
    { "assess",            BODIES,                      ALL,                                          0,                                                         true,  do_assess },
    { "ask_finder",        ROLE_RB | ROLE_FINDER,       ALL,                                          0,                                                         true,  do_ask_finder },
    { "ask_identity",      ROLE_RB,                     ALL,                                          0,                                                         true,  do_ask_identity },
    { "allow_identity",    ROLE_RB,                     ALL,                                          0,                                                         true,  do_allow_identity },
    { "retitle",           BODIES,                      ALL,                                          0,                                                         true,  do_retitle },
    { "write_body",        BODIES,                      ALL,                                          0,                                                         true,  do_write_body },
    { "ask_analysis",      BODIES,                      BEGUN | AT(ACCEPTED) | AT(COMMITTEE),         0,                                                         true,  do_ask_analysis },
    { "answer_analysis",   ROLE_AN,                     ALL,                                          0,                                                         true,  do_answer_analysis },
    { "advise_stop",       ROLE_CB,                     BEGUN | AT(COMMITTEE),                        0,                                                         true,  do_advise_stop },
    { "take",              ROLE_CB,                     AT(WITH_CB) | AT(SELF_PRODUCT) | AT(FOREIGN), AT(WITH_CB) | AT(FOREIGN),                                  false, do_take },
    { "summarise",         ROLE_CB,                     BEGUN | AT(COMMITTEE),                        AT(WITH_CB) | AT(FOREIGN),                                 true,  do_summarise },
    { "add",               ROLE_CB,                     BEGUN | AT(COMMITTEE),                        AT(WITH_CB) | AT(FOREIGN) | AT(VENDOR_IDENTIFIED),         false, do_add },
    { "remove",            ROLE_CB,                     NAMED | AT(COMMITTEE),                        0,                                                         false, do_remove },
    { "send_summary",      ROLE_CB,                     NAMED,                                        AT(VENDOR_IDENTIFIED) | AT(COORDINATING),                  false, do_send_summary },
    { "send_detail",       ROLE_CB,                     TALKED | AT(COMMITTEE),                       TALKED,                                                    false, do_send_detail },
    { "record_contact",    ROLE_CB,                     NAMED | AT(COMMITTEE),                        0,                                                         false, do_record_contact },
    { "remind",            ROLE_CB,                     TALKED | AT(SELF_PRODUCT) | AT(COMMITTEE),    0,                                                         true,  do_remind },
    { "ask_status",        ROLE_CB,                     TALKED | AT(SELF_PRODUCT) | AT(COMMITTEE),    0,                                                         true,  do_ask_status },
    { "mark_silent",       ROLE_CB,                     NAMED,                                        0,                                                         false, do_mark_silent },
    { "set_date",          ROLE_CB,                     AT(COORDINATING) | AT(SELF_PRODUCT),          AT(COORDINATING) | AT(SELF_PRODUCT),                       false, do_set_date },
    { "change_date",       ROLE_CB,                     AT(DATE_SET),                                 0,                                                         false, do_change_date },
    { "propose_date",      ROLE_CB,                     AT(DATE_SET),                                 0,                                                         true,  do_propose_date },
    { "decide_date",       ROLE_CB,                     ALL,                                          AT(DATE_SET),                                                false, do_decide_date },
    { "decide_wish",       ROLE_CB,                     ALL,                                          0,                                                         true,  do_decide_wish },
    { "handle_hint",       ROLE_CB,                     ALL,                                          0,                                                         true,  do_handle_hint },
    { "close",             ROLE_CB,                     AT(COORDINATING) | AT(DATE_SET),              AT(DATE_SET),                                              false, do_close },
    { "close_eol",         ROLE_CB,                     AT(COORDINATING) | AT(DATE_SET),              AT(COORDINATING),                                          false, do_close_eol },
    { "merge",             ROLE_CB,                     BEGUN & ~AT(SELF_PRODUCT),                    0,                                                         false, do_merge },
    { "release",           ROLE_CB,                     AT(MERGED),                                   0,                                                         false, do_release },
    { "split",             ROLE_CB,                     BEGUN & ~AT(SELF_PRODUCT),                    0,                                                         false, do_split },
    { "record_eol",        ROLE_CB,                     BEGUN | AT(COMMITTEE),                        0,                                                         true,  do_record_eol },
    { "record_breach",     BODIES,                      ALL,                                          0,                                                         true,  do_record_breach },
    { "write_developer",   ROLE_CB | ROLE_PM,           ALL,                                          0,                                                         true,  do_write_developer },
    { "room",              ROLE_CB | ROLE_PM,           ALL,                                          TALKED,                                                    true,  do_room },
    { "plan_priority",     BODIES,                      TALKED | AT(SELF_PRODUCT),                    AT(DATE_SET),                                              true,  do_plan_priority },
    { "answer_priority",   BODIES | ROLE_PM,            TALKED | AT(SELF_PRODUCT),                    AT(DATE_SET),                                              true,  do_answer_priority },
    { "tell_finder",       ROLE_RB,                     TALKED | AT(SELF_PRODUCT),                    AT(DATE_SET),                                              true,  do_tell_finder },
    { "drop_priority",     BODIES,                      ALL,                                          0,                                                         true,  do_drop_priority },
    { "provide",           BODIES,                      AT(DATE_SET),                                 AT(DATE_SET),                                              true,  do_provide },
    { "receive",           ROLE_CI,                     ALL,                                          AT(DATE_SET),                                              true,  do_receive },
    { "see",               ROLE_PM | ROLE_PD | BODIES,  ALL,                                          0,                                                         true,  do_see },
    { "no_product",        ROLE_PM,                     TALKED | AT(COMMITTEE) | AT(PUBLISHED),       0,                                                         false, do_no_product },
    { "request_detail",    ROLE_PM,                     TALKED | AT(COMMITTEE) | AT(PUBLISHED),       TALKED,                                                    false, do_request_detail },
    { "result",            ROLE_PM,                     TALKED | AT(COMMITTEE) | AT(PUBLISHED),       TALKED,                                                    false, do_result },
    { "status",            ROLE_PM,                     TALKED | AT(SELF_PRODUCT) | AT(COMMITTEE) | AT(PUBLISHED), TALKED,                                                    false, do_status },
    { "hint",              ROLE_PM,                     TALKED | AT(SELF_PRODUCT) | AT(COMMITTEE) | AT(PUBLISHED), 0,                                                         true,  do_hint },
    { "wish",              ROLE_PM,                     DRAFTING,                                     0,                                                         true,  do_wish },
    { "refuse",            ROLE_PM,                     NAMED | AT(COMMITTEE) | AT(PUBLISHED),        0,                                                         false, do_refuse },
    { "begin_advisory",    ROLE_CB,                     DRAFTING,                                     AT(DATE_SET),                                              true,  do_begin_advisory },
    { "write_advisory",    ROLE_CB,                     ALL,                                          AT(DATE_SET),                                              true,  do_write_advisory },
    { "submit_advisory",   ROLE_CB,                     ALL,                                          AT(DATE_SET) | AT(PUBLISHED),                              true,  do_submit_advisory },
    { "return_advisory",   ROLE_CB,                     ALL,                                          0,                                                         true,  do_return_advisory },
    { "approve_advisory",  ROLE_CB,                     ALL,                                          AT(DATE_SET) | AT(PUBLISHED),                              true,  do_approve_advisory },
    { "object",            ROLE_RB,                     ALL,                                          0,                                                         true,  do_object },
    { "confirm_advisory",  ROLE_RB,                     ALL,                                          AT(DATE_SET) | AT(PUBLISHED),                              true,  do_confirm_advisory },
    { "reopen_advisory",   ROLE_CB,                     ALL,                                          0,                                                         true,  do_reopen_advisory },
    { "revise_advisory",   ROLE_CB,                     AT(PUBLISHED),                                AT(PUBLISHED),                                             true,  do_revise_advisory },
    { "rehearse",          ROLE_CB,                     ALL,                                          AT(DATE_SET) | AT(PUBLISHED),                              true,  do_rehearse },
    { "begin_publishing",  ROLE_CLOCK,                  AT(DATE_SET) | AT(PUBLISHED),                 AT(DATE_SET) | AT(PUBLISHED),                              true,  do_begin_publishing },
    { "finish_publishing", ROLE_CLOCK,                  ALL,                                          AT(DATE_SET) | AT(PUBLISHED),                              false, do_finish_publishing },
    { "pass",              ROLE_CLOCK,                  NEW | ALL,                                    AT(DATE_SET),                                              true,  do_pass },
    { "refer",             ROLE_CB,                     TALKED | AT(WITH_CB),                         TALKED,                                                    false, do_refer },
    { "give_back",         BODIES,                      AT(COMMITTEE) | TALKED,                       AT(COMMITTEE),                                             false, do_give_back },
    /* clang-format on */
};
