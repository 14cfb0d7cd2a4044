/* domain/casework/apply.c: what each kind of event does to the caches; the same for a new entry and for rebuilding from the first. */
#include "domain/casework/case.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/apply.sql.h"
#include "domain/casework/protocol.h"
#include "domain/casework/website.h"
#include "domain/casework/website.sql.h"
#include "store/store.h"

typedef bool apply_fn(struct tx *tx, const struct entry *e, struct err *err);

static struct bind at_of(const struct entry *e) { return bind_utc("at", e->at); }

static struct bind case_of(const struct entry *e) { return bind_int("id", e->case_id); }

static struct bind participant_of(const struct entry *e)
{
    return bind_int("id", e->participant_id);
}

#define RUN(query, ...) (store_exec(tx, &(query), BINDS(__VA_ARGS__), NULL, err) ? true : PASS(err))

static int64_t fact(const struct entry *e, const char *name)
{
    return record_get_int(e->facts, name, 0);
}

static bool disclosed(struct tx *tx, const struct entry *e, const char *recipient,
                      struct str classes, struct err *err)
{
    for (size_t i = 0; i < classes.len; i++) {
        if (!RUN(sql_apply_disclosure, bind_int("seq", e->seq), bind_int("case_id", e->case_id),
                 bind_id("participant_id", e->participant_id),
                 bind_text("recipient", str_from_z(recipient)),
                 bind_text("info_class", (struct str){ classes.ptr + i, 1 }), at_of(e)))
            return false;
    }
    return true;
}

static bool report_new(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_report_new, bind_int("id", e->ref), bind_int("case_id", e->case_id),
               at_of(e), bind_int("seq", e->seq), bind_text("lang", record_get(e->facts, "lang")),
               bind_text("channel", record_get(e->facts, "channel")),
               bind_int("consent_developer", fact(e, "consent_developer")),
               bind_int("consent_coordinator", fact(e, "consent_coordinator")),
               bind_int("consent_direct", fact(e, "consent_direct")),
               bind_int("consent_credit", fact(e, "consent_credit")),
               bind_int("intends_to_publish", fact(e, "intends_to_publish")),
               bind_id("planned_publication_at", fact(e, "planned_publication_at")),
               bind_int("is_iot", fact(e, "is_iot")));
}

static bool submitted(struct tx *tx, const struct entry *e, struct err *err)
{
    if (!RUN(sql_apply_case_new, case_of(e), bind_text("state", e->to),
             bind_text("origin", record_get(e->facts, "origin")),
             bind_text("legal_basis", record_get(e->facts, "legal_basis")), at_of(e),
             bind_text("category", record_get(e->facts, "category"))))
        return false;
    return report_new(tx, e, err);
}

/* P24: nobody receives it first; the three instants of COO-37 but CB's own are that of the report. */
static bool own_product(struct tx *tx, const struct entry *e, struct err *err)
{
    return submitted(tx, e, err) && RUN(sql_apply_accepted, case_of(e), at_of(e)) &&
           RUN(sql_apply_first_contact, case_of(e), at_of(e)) &&
           disclosed(tx, e, "RB", STR("VTX"), err) && disclosed(tx, e, "CB", STR("VTX"), err);
}

static bool reviewed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_reviewed, case_of(e), at_of(e), bind_id("who", e->actor_id));
}

static bool accepted(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_accepted, case_of(e), at_of(e));
}

static bool closed(struct tx *tx, const struct entry *e, struct err *err)
{
    if (!RUN(sql_apply_closed, case_of(e), at_of(e), bind_text("code", e->code)))
        return false;
    return RUN(sql_apply_reset_consents, bind_int("case_id", e->case_id));
}

static bool forwarded(struct tx *tx, const struct entry *e, struct err *err)
{
    return disclosed(tx, e, "CB", STR("VTX"), err);
}

static bool taken(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_taken, case_of(e), at_of(e), bind_id("who", e->actor_id));
}

static bool first_contact(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_first_contact, case_of(e), at_of(e));
}

static bool date_set(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_date_set, case_of(e), bind_utc("n", e->n), bind_text("code", e->code));
}

static bool date_changed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_date_changed, case_of(e), bind_utc("n", e->n)) &&
           RUN(sql_apply_later_date_done, case_of(e));
}

static bool later_date_proposed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_later_date, case_of(e), bind_int("seq", e->seq), bind_utc("n", e->n),
               bind_int("who", e->actor_id));
}

static bool later_date_declined(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_later_date_done, case_of(e));
}

static bool published(struct tx *tx, const struct entry *e, struct err *err)
{
    if (!RUN(sql_apply_published, case_of(e), at_of(e)))
        return false;
    return RUN(sql_apply_reset_consents, bind_int("case_id", e->case_id));
}

static bool titled(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_title, case_of(e), bind_int("seq", e->seq)) &&
           RUN(sql_website_apply_title, case_of(e), bind_int("seq", e->seq));
}

static bool summarised(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_summary, case_of(e), bind_int("seq", e->seq));
}

static bool assessed(struct tx *tx, const struct entry *e, struct err *err)
{
    const struct bind binds[] = { case_of(e), bind_text("range", record_get(e->facts, "range")),
                                  bind_id("score", fact(e, "score")),
                                  bind_text("grade", record_get(e->facts, "grade")) };

    return store_exec(tx, &sql_apply_impact, binds, COUNT(binds), NULL, err) &&
                   store_exec(tx, &sql_website_apply_impact, binds, COUNT(binds), NULL, err)
               ? true
               : PASS(err);
}

static bool assigned(struct tx *tx, const struct entry *e, struct err *err)
{
    if (str_eq(e->code, STR("RB")))
        return RUN(sql_apply_assigned_rb, case_of(e), bind_id("who", e->ref)) &&
               RUN(sql_website_apply_assigned, case_of(e), bind_id("who", e->ref));
    return RUN(sql_apply_assigned_cb, case_of(e), bind_id("who", e->ref));
}

static bool added(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_participant_new, participant_of(e),
               bind_text("public_id", record_get(e->facts, "public_id")),
               bind_int("case_id", e->case_id), bind_int("organisation_id", e->ref),
               bind_text("alias", record_get(e->facts, "alias")), bind_text("state", e->to),
               at_of(e));
}

/* P24: the developer knows it all and has its countermeasure; no verification round. */
static bool reported_own(struct tx *tx, const struct entry *e, struct err *err)
{
    return added(tx, e, err) &&
           RUN(sql_apply_reported_own, participant_of(e), at_of(e), bind_int("seq", e->seq),
               bind_text("countermeasure", record_get(e->facts, "countermeasure")));
}

static bool removed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_participant_removed, participant_of(e));
}

static bool summary_sent(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_summary_sent, participant_of(e), at_of(e), bind_utc("n", e->n)) &&
           disclosed(tx, e, "PD", STR("V"), err);
}

static bool seen(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_seen, participant_of(e), at_of(e));
}

static bool no_product(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_no_product, participant_of(e), at_of(e),
               bind_int("name_consent", fact(e, "name_consent")), bind_int("seq", e->seq));
}

static bool detail_requested(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_detail_requested, participant_of(e), at_of(e));
}

static bool detail_sent(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_detail_sent, participant_of(e), at_of(e), bind_utc("n", e->n)) &&
           disclosed(tx, e, "PD", STR("VTX"), err);
}

static bool result_reported(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_result, participant_of(e), at_of(e),
               bind_text("affected", record_get(e->facts, "affected")),
               bind_text("novelty", record_get(e->facts, "novelty")), bind_int("seq", e->seq));
}

static bool status_reported(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_status, participant_of(e), at_of(e),
               bind_text("countermeasure", record_get(e->facts, "countermeasure")),
               bind_int("seq", e->seq));
}

static bool answer_asked(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_answer_due, participant_of(e), bind_utc("n", e->n));
}

static bool reminded(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_reminded, participant_of(e), at_of(e));
}

static bool date_requested(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_date_request_new, bind_int("id", e->ref), bind_int("case_id", e->case_id),
               bind_int("participant_id", e->participant_id), bind_utc("proposed", e->n),
               bind_int("seq", e->seq));
}

static bool date_decided(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_date_request_decided, bind_int("id", e->ref), bind_text("state", e->code),
               bind_int("seq", e->seq));
}

static bool hinted(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_hint_new, bind_int("id", e->ref), bind_int("case_id", e->case_id),
               bind_int("participant_id", e->participant_id), bind_int("seq", e->seq));
}

static bool hint_handled(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_hint_handled, bind_int("id", e->ref), bind_int("seq", e->seq));
}

static bool message_sent(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_message, bind_int("seq", e->seq), bind_int("case_id", e->case_id),
               bind_id("participant_id", e->participant_id), bind_text("thread", e->code),
               bind_text("kind", record_get(e->facts, "kind")),
               bind_text("author_kind", e->actor_kind), bind_id("author_id", e->actor_id),
               at_of(e));
}

/* ---- a finder's question: each step is a message too ---- */

static bool inquiry_received(struct tx *tx, const struct entry *e, struct err *err)
{
    return message_sent(tx, e, err) &&
           RUN(sql_apply_inquiry, bind_int("id", e->ref), bind_int("case_id", e->case_id),
               bind_text("state", e->to), bind_text("identity", record_get(e->facts, "identity")),
               at_of(e), bind_int("seq", e->seq));
}

static bool inquiry_consulted(struct tx *tx, const struct entry *e, struct err *err)
{
    return message_sent(tx, e, err) &&
           RUN(sql_apply_inquiry_consulted, bind_int("id", e->ref), bind_text("state", e->to),
               at_of(e), bind_int("seq", e->seq));
}

static bool inquiry_advised(struct tx *tx, const struct entry *e, struct err *err)
{
    return message_sent(tx, e, err) &&
           RUN(sql_apply_inquiry_advised, bind_int("id", e->ref), bind_text("state", e->to),
               at_of(e), bind_int("seq", e->seq));
}

static bool inquiry_answered(struct tx *tx, const struct entry *e, struct err *err)
{
    return message_sent(tx, e, err) && RUN(sql_apply_inquiry_answered, bind_int("id", e->ref),
                                           bind_text("state", e->to), bind_int("seq", e->seq));
}

static bool contact_attempted(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_contact_attempt, bind_int("seq", e->seq), bind_int("case_id", e->case_id),
               bind_int("participant_id", e->participant_id), bind_text("channel", e->code),
               bind_utc("at", e->n.ms ? e->n : e->at),
               bind_text("result", record_get(e->facts, "result")));
}

/* ---- a developer that cannot be reached ---- */

static struct bind unreachable_of(const struct entry *e) { return bind_int("id", e->ref); }

static bool unreachable_proposed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_unreachable, unreachable_of(e), bind_int("case_id", e->case_id),
               bind_int("participant_id", e->participant_id), bind_text("state", e->to),
               bind_id("proposed_by", e->actor_id), bind_int("seq", e->seq));
}

static bool unreachable_moved(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_unreachable_state, unreachable_of(e), bind_text("state", e->to));
}

static bool unreachable_confirmed(struct tx *tx, const struct entry *e, struct err *err)
{
    return unreachable_moved(tx, e, err) &&
           RUN(sql_apply_unreachable_confirmed, unreachable_of(e), at_of(e));
}

static bool unreachable_named(struct tx *tx, const struct entry *e, struct err *err)
{
    return unreachable_moved(tx, e, err) &&
           RUN(sql_apply_unreachable_listed, unreachable_of(e), at_of(e), bind_int("seq", e->seq),
               bind_text("number", record_get(e->facts, "number")));
}

static bool unreachable_product_named(struct tx *tx, const struct entry *e, struct err *err)
{
    return unreachable_moved(tx, e, err) &&
           RUN(sql_apply_unreachable_product, unreachable_of(e), at_of(e), bind_int("seq", e->seq));
}

static bool unreachable_deadline(struct tx *tx, const struct entry *e, struct err *err)
{
    return unreachable_moved(tx, e, err) &&
           RUN(sql_apply_unreachable_deadline, unreachable_of(e), bind_utc("n", e->n));
}

static bool unreachable_cleared(struct tx *tx, const struct entry *e, struct err *err)
{
    return unreachable_moved(tx, e, err) &&
           RUN(sql_apply_unreachable_resumed, unreachable_of(e), at_of(e));
}

static bool unreachable_answer(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_unreachable_answer, bind_int("seq", e->seq), unreachable_of(e),
               bind_int("case_id", e->case_id), at_of(e));
}

static bool eol_recorded(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_eol, case_of(e), bind_int("seq", e->seq), at_of(e),
               bind_int("declared_at", fact(e, "declared_at")), bind_utc("n", e->n),
               bind_int("ci_use", fact(e, "ci_use")),
               bind_int("small_impact", fact(e, "small_impact")), bind_text("advice", e->code));
}

static bool became_unreachable(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_resume_state, participant_of(e), bind_text("state", e->from));
}

static bool returned(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_resume_state, participant_of(e), bind_text("state", STR_NONE));
}

static bool breached(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_breach, bind_int("seq", e->seq), bind_int("case_id", e->case_id),
               bind_int("participant_id", e->participant_id), bind_int("organisation_id", e->ref),
               bind_utc("published_at", e->n), at_of(e));
}

/* ---- priority provision ---- */

static bool priority_planned(struct tx *tx, const struct entry *e, struct err *err)
{
    struct err ignored = { 0 };
    int64_t participant;
    struct str asked;

    if (!RUN(sql_apply_priority_plan, bind_int("id", e->ref), bind_int("case_id", e->case_id),
             bind_int("seq", e->seq), bind_text("sectors", record_get(e->facts, "sectors")),
             bind_text("parts", record_get(e->facts, "parts"))))
        return false;
    for (size_t i = 0; record_get_nth(e->facts, "asked", i, &asked); i++) {
        if (!str_to_int(asked, 0, INT64_MAX, &participant, &ignored))
            return FAIL(err, LEDGER_BROKEN, asked);
        if (!RUN(sql_apply_priority_asked, bind_int("plan_id", e->ref),
                 bind_int("participant_id", participant)))
            return false;
    }
    return true;
}

static bool priority_answered(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_priority_answered, bind_int("plan_id", e->ref),
               bind_int("participant_id", e->participant_id), bind_text("answer", e->code),
               bind_int("seq", e->seq));
}

static bool priority_finder_told(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_priority_finder_told, bind_int("id", e->ref), at_of(e));
}

static bool priority_dropped(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_priority_state, bind_int("id", e->ref),
               bind_text("state", STR("DROPPED")));
}

static bool priority_provided(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_priority_state, bind_int("id", e->ref),
               bind_text("state", STR("PROVIDED"))) &&
           disclosed(tx, e, "CI", record_get(e->facts, "parts"), err);
}

static bool provision_made(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_provision, bind_int("id", e->ref),
               bind_text("public_id", record_get(e->facts, "public_id")),
               bind_int("plan_id", fact(e, "plan")), bind_int("case_id", e->case_id),
               bind_int("organisation_id", fact(e, "organisation")), bind_text("sector", e->code),
               bind_text("parts", record_get(e->facts, "parts")), bind_int("seq", fact(e, "text")),
               at_of(e));
}

static bool provision_seen(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_provision_seen, bind_int("id", e->ref), at_of(e));
}

static bool provision_received(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_provision_received, bind_int("id", e->ref), at_of(e));
}

/* ---- analysis by a third party ---- */

static bool analysis_asked(struct tx *tx, const struct entry *e, struct err *err)
{
    struct str parts = record_get(e->facts, "parts");

    return RUN(sql_apply_analysis, bind_int("id", e->ref),
               bind_text("public_id", record_get(e->facts, "public_id")),
               bind_int("case_id", e->case_id),
               bind_int("organisation_id", fact(e, "organisation")), bind_text("body", e->code),
               bind_text("parts", parts), bind_int("seq", e->seq), at_of(e), bind_utc("n", e->n)) &&
           disclosed(tx, e, "AN", parts, err);
}

static bool analysis_seen(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_analysis_seen, bind_int("id", e->ref), at_of(e));
}

static bool analysis_answered(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_analysis_answered, bind_int("id", e->ref), at_of(e),
               bind_int("seq", e->seq));
}

static bool analysis_ended(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_analysis_ended, bind_int("id", e->ref), at_of(e));
}

/* ---- foreign coordinators ---- */

/* P25: nobody receives it first; both bodies have it. */
static bool noticed(struct tx *tx, const struct entry *e, struct err *err)
{
    return submitted(tx, e, err) &&
           RUN(sql_apply_source, case_of(e), bind_text("source", record_get(e->facts, "source"))) &&
           disclosed(tx, e, "RB", STR("VTX"), err) && disclosed(tx, e, "CB", STR("VTX"), err);
}

static bool exchange_opened(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_exchange, bind_int("id", e->ref),
               bind_text("public_id", record_get(e->facts, "public_id")),
               bind_int("case_id", e->case_id),
               bind_int("organisation_id", fact(e, "organisation")),
               bind_int("is_origin", fact(e, "is_origin")), bind_int("seq", e->seq), at_of(e));
}

static bool exchange_given(struct tx *tx, const struct entry *e, struct err *err)
{
    struct str parts = record_get(e->facts, "parts");

    return RUN(sql_apply_exchange_given, bind_int("id", e->ref), bind_text("parts", parts),
               bind_int("seq", e->seq), at_of(e)) &&
           disclosed(tx, e, "FB", parts, err);
}

static bool exchange_seen(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_exchange_seen, bind_int("id", e->ref), at_of(e));
}

static bool exchange_ended(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_exchange_ended, bind_int("id", e->ref), at_of(e));
}

static bool exchange_said(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_exchange_said, bind_int("seq", e->seq), bind_int("id", e->ref),
               bind_int("is_from_there", str_eq(e->code, STR("FB"))), at_of(e));
}

/* ---- rooms that developers share ---- */

static bool room_proposed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_room, bind_int("id", e->ref),
               bind_text("public_id", record_get(e->facts, "public_id")),
               bind_int("case_id", e->case_id), bind_int("seq", e->seq), at_of(e));
}

static bool room_part_moved(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_room_part, bind_int("id", e->ref),
               bind_int("participant_id", e->participant_id), bind_text("state", e->to), at_of(e));
}

static bool room_said(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_room_said, bind_int("seq", e->seq), bind_int("id", e->ref),
               bind_id("participant_id", e->participant_id), bind_int("author_id", e->actor_id),
               at_of(e));
}

static bool room_closed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_room_closed, bind_int("id", e->ref), at_of(e));
}

/* ---- a leak, an exploit, an attack ---- */

static bool observation_claimed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_observation, bind_int("id", e->ref), bind_int("case_id", e->case_id),
               bind_text("kind", e->code), bind_text("state", e->to),
               bind_id("claimed_by", str_eq(e->actor_kind, STR("FINDER")) ? 0 : e->actor_id),
               bind_id("participant_id", e->participant_id), bind_utc("n", e->n),
               bind_int("seq", e->seq));
}

static bool observation_adopted(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_observation_adopted, bind_int("id", e->ref), bind_text("state", e->to),
               at_of(e), bind_int("seq", e->seq));
}

static bool observation_dismissed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_observation_state, bind_int("id", e->ref), bind_text("state", e->to));
}

static bool observation_decided(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_observation_decided, bind_int("id", e->ref), bind_text("state", e->to),
               bind_text("decision", e->code), at_of(e), bind_int("seq", e->seq));
}

/* ---- one year after the start ---- */

static bool withdrawal_requested(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_withdrawal, case_of(e), bind_text("state", e->to), at_of(e),
               bind_int("seq", e->seq));
}

static bool withdrawal_decided(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_withdrawal_decided, case_of(e), bind_text("state", e->to), at_of(e),
               bind_int("seq", e->seq));
}

/* ---- the committee ---- */

static struct bind docket_of(const struct entry *e) { return bind_int("id", e->ref); }

static struct bind state_of(const struct entry *e) { return bind_text("state", e->to); }

static bool date_dropped(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_date_dropped, case_of(e));
}

static bool docket_proposed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket, docket_of(e), bind_int("case_id", e->case_id),
               bind_int("participant_id", fact(e, "participant")), bind_text("cause", e->code),
               state_of(e), at_of(e), bind_int("seq", e->seq));
}

static bool docket_checked(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_checked, docket_of(e), state_of(e), at_of(e),
               bind_int("seq", e->seq), bind_text("criteria", e->code),
               bind_text("bundle_hash", record_get(e->facts, "bundle_hash")));
}

static bool docket_noticed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_notice, docket_of(e), state_of(e), at_of(e),
               bind_int("seq", e->seq), bind_utc("n", e->n));
}

static bool docket_spoken(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_heard, docket_of(e), state_of(e), at_of(e),
               bind_int("opinion_seq", e->seq));
}

static bool docket_heard(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_heard, docket_of(e), state_of(e), at_of(e),
               bind_null("opinion_seq"));
}

static bool docket_convened(struct tx *tx, const struct entry *e, struct err *err)
{
    struct err ignored = { 0 };
    struct str member;
    int64_t account;

    if (!RUN(sql_apply_docket_convened, docket_of(e), state_of(e), bind_utc("n", e->n)))
        return false;
    for (size_t i = 0; record_get_nth(e->facts, "member", i, &member); i++) {
        if (!str_to_int(member, 1, INT64_MAX, &account, &ignored))
            return FAIL(err, LEDGER_BROKEN, member);
        if (!RUN(sql_apply_docket_member, docket_of(e), bind_int("account_id", account)))
            return false;
    }
    return true;
}

static bool docket_voted(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_voted, docket_of(e), bind_int("account_id", e->actor_id),
               bind_text("vote", e->code), bind_int("is_recused", e->code.len == 0), at_of(e),
               bind_int("seq", e->seq));
}

static bool docket_deliberated(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_deliberated, docket_of(e), state_of(e), at_of(e),
               bind_int("seq", e->seq));
}

static bool docket_ended(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_ended, docket_of(e), state_of(e), at_of(e));
}

static bool docket_decided(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_decided, docket_of(e), state_of(e), at_of(e),
               bind_int("seq", e->seq));
}

static bool docket_declined(struct tx *tx, const struct entry *e, struct err *err)
{
    return docket_decided(tx, e, err) && docket_ended(tx, e, err);
}

static bool docket_ordered(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_ordered, docket_of(e), state_of(e), at_of(e),
               bind_int("seq", e->seq));
}

static bool docket_viewed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_view, docket_of(e), bind_int("seq", e->seq));
}

static bool docket_executed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_docket_executed, docket_of(e), state_of(e), at_of(e));
}

/* ---- cases that belong together ---- */

static bool belongs_to(struct tx *tx, const struct entry *e, const char *kind, struct err *err)
{
    return RUN(sql_apply_belongs, case_of(e), bind_text("kind", str_from_z(kind)),
               bind_int("other", e->ref), bind_text("state_left", e->from), bind_int("seq", e->seq),
               at_of(e));
}

static bool merged(struct tx *tx, const struct entry *e, struct err *err)
{
    return belongs_to(tx, e, "MERGED", err);
}

static bool released(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_apply_belongs_no_more, case_of(e)) && RUN(sql_apply_date_to_be_set, case_of(e));
}

static bool merged_here(struct tx *tx, const struct entry *e, struct err *err)
{
    return !e->n.ms || RUN(sql_apply_earlier_start, case_of(e), bind_utc("n", e->n));
}

/* Nobody reports it: both bodies have it, as they have the case it was part of. */
static bool split_off(struct tx *tx, const struct entry *e, struct err *err)
{
    struct entry tie = *e;

    tie.ref = fact(e, "from");
    tie.from = STR_NONE;
    return submitted(tx, e, err) &&
           RUN(sql_apply_split_off, case_of(e), bind_id("accepted_at", fact(e, "accepted_at")),
               bind_id("handling_started_at", fact(e, "handling_started_at")),
               bind_id("first_contact_at", fact(e, "first_contact_at")), bind_id("n", e->n.ms),
               bind_text("date_basis", e->code), bind_id("rb_officer", fact(e, "rb_officer")),
               bind_id("cb_officer", fact(e, "cb_officer")),
               bind_text("source", record_get(e->facts, "source"))) &&
           belongs_to(tx, &tie, "SPLIT", err) && disclosed(tx, e, "RB", STR("VTX"), err) &&
           disclosed(tx, e, "CB", STR("VTX"), err);
}

static bool nothing_more(struct tx *tx, const struct entry *e, struct err *err)
{
    (void)tx;
    (void)e;
    (void)err;
    return true;
}

/* W01; then it is told from a product's by its row in website_case. */
static bool website_submitted(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_new, case_of(e), bind_text("state", e->to),
               bind_text("legal_basis", record_get(e->facts, "legal_basis")), at_of(e)) &&
           report_new(tx, e, err);
}

/* W07: who knows it from here on (CFD-12). */
static bool website_detailed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_stage3, case_of(e), at_of(e), bind_int("seq", e->seq),
               bind_text("handling_number", record_get(e->facts, "handling_number"))) &&
           disclosed(tx, e, "WO", STR("VTX"), err);
}

static bool website_handed_on(struct tx *tx, const struct entry *e, struct err *err)
{
    return disclosed(tx, e, "SV", STR("VTX"), err);
}

/* Every kind of event of a case there is; those of websites but the first are in website.c. One that stands here and does nothing more is still kept, counted and shown. */
struct kind {
    const char *kind;
    apply_fn *apply;
};
static const struct kind kinds[] = {
    { "report.submitted", submitted },
    { "report.opened", reviewed },
    { "report.referred", nothing_more },
    { "report.not_accepted", closed },
    { "report.accepted", accepted },
    { "case.stopped", closed },
    { "case.forwarded", forwarded },
    { "case.taken", taken },
    { "case.developers_identified", nothing_more },
    { "clock.started", first_contact },
    { "date.set", date_set },
    { "date.changed", date_changed },
    { "case.published", published },
    { "case.updated", nothing_more },
    { "case.cancelled_known", closed },
    { "case.cancelled_not_vuln", closed },
    { "case.closed_individual", closed },
    { "case.closed_eol", closed },
    { "case.referred", date_dropped },
    { "case.returned", date_dropped },
    { "case.merged", merged },
    { "case.released", released },
    { "case.followed", published },
    { "case.split_off", split_off },
    { "report.own_product", own_product },
    { "report.foreign", noticed },
    { "participant.added", added },
    { "summary.sent", summary_sent },
    { "participant.no_product", no_product },
    { "detail.requested", detail_requested },
    { "detail.sent", detail_sent },
    { "result.reported", result_reported },
    { "countermeasure.planned", status_reported },
    { "countermeasure.ready", status_reported },
    { "participant.published", nothing_more },
    { "participant.updated", status_reported },
    { "participant.silent", nothing_more },
    { "participant.refused", nothing_more },
    { "participant.reported_own", reported_own },
    { "participant.unreachable", became_unreachable },
    { "participant.resumed", nothing_more },
    { "participant.returned", returned },
    { "website.submitted", website_submitted },
    { "website.stage3_sent", website_detailed },
    { "website.integrator_told", website_handed_on },
    /* events that move no life */
    { "unreachable.answered", unreachable_answer },
    { "eol.recorded", eol_recorded },
    { "priority.planned", priority_planned },
    { "priority.answered", priority_answered },
    { "priority.finder_told", priority_finder_told },
    { "priority.dropped", priority_dropped },
    { "priority.provided", priority_provided },
    { "provision.made", provision_made },
    { "provision.seen", provision_seen },
    { "provision.received", provision_received },
    { "analysis.asked", analysis_asked },
    { "analysis.seen", analysis_seen },
    { "analysis.answered", analysis_answered },
    { "analysis.ended", analysis_ended },
    { "receipt.issued", nothing_more },
    { "report.coincides", nothing_more },
    { "exchange.opened", exchange_opened },
    { "exchange.given", exchange_given },
    { "exchange.seen", exchange_seen },
    { "exchange.said", exchange_said },
    { "exchange.ended", exchange_ended },
    { "room.proposed", room_proposed },
    { "room.said", room_said },
    { "room.closed", room_closed },
    { "case.merged_here", merged_here },
    { "case.parted", nothing_more },
    { "id.moved", nothing_more },
    { "case.titled", titled },
    { "case.summarised", summarised },
    { "impact.assessed", assessed },
    { "case.assigned", assigned },
    { "case.stop_advised", nothing_more },
    { "participant.removed", removed },
    { "participant.seen", seen },
    { "participant.breached", breached },
    { "status.reported", status_reported },
    { "answer.asked", answer_asked },
    { "reminder.sent", reminded },
    { "date.requested", date_requested },
    { "date.decided", date_decided },
    { "date.proposed", later_date_proposed },
    { "date.proposal_declined", later_date_declined },
    { "hint.given", hinted },
    { "hint.handled", hint_handled },
    { "message.sent", message_sent },
    { "contact.attempted", contact_attempted },
    { "attachment.added", nothing_more },
    { "attachment.released", nothing_more },
    { "identity.asked", nothing_more },
    { "identity.opened", nothing_more },
    { "identity.renewal_asked", nothing_more },
    { "identity.renewal_allowed", nothing_more },
    { "reporter.corrected", nothing_more },
    { "reporter.erased", nothing_more },
    { "identity.renewed", nothing_more },
    { "timer.done", nothing_more },
    { "id.reserved", nothing_more },
    { "id.assigned", nothing_more },
    { "id.released", nothing_more },
    { "id.published", nothing_more },
    { "id.rejected", nothing_more },
    { "id.public_elsewhere", nothing_more },
    { "advisory.created", nothing_more },
    { "advisory.submitted", nothing_more },
    { "advisory.returned", nothing_more },
    { "advisory.approved", nothing_more },
    { "advisory.confirmed", nothing_more },
    { "advisory.rehearsed", nothing_more },
    { "advisory.scheduled", nothing_more },
    { "advisory.published", nothing_more },
};

/* These move a life beside: the states of the case and of the developer stay. */
static const struct kind kinds_beside[] = {
    { "room.invited", room_part_moved },
    { "room.agreed", room_part_moved },
    { "room.declined", room_part_moved },
    { "room.left", room_part_moved },
    { "unreachable.proposed", unreachable_proposed },
    { "unreachable.confirmed", unreachable_confirmed },
    { "unreachable.dropped", unreachable_moved },
    { "unreachable.named", unreachable_named },
    { "unreachable.product_named", unreachable_product_named },
    { "unreachable.deadline_set", unreachable_deadline },
    { "unreachable.cleared", unreachable_cleared },
    { "observation.claimed", observation_claimed },
    { "observation.adopted", observation_adopted },
    { "observation.dismissed", observation_dismissed },
    { "observation.decided", observation_decided },
    { "inquiry.received", inquiry_received },
    { "inquiry.consulted", inquiry_consulted },
    { "inquiry.advised", inquiry_advised },
    { "inquiry.answered", inquiry_answered },
    { "withdrawal.requested", withdrawal_requested },
    { "withdrawal.withdrawn", withdrawal_decided },
    { "withdrawal.kept", withdrawal_decided },
    { "docket.proposed", docket_proposed },
    { "docket.evidence_checked", docket_checked },
    { "docket.notice_sent", docket_noticed },
    { "docket.opinion_received", docket_spoken },
    { "docket.heard", docket_heard },
    { "docket.convened", docket_convened },
    { "docket.recused", docket_voted },
    { "docket.voted", docket_voted },
    { "docket.deliberated", docket_deliberated },
    { "docket.decided", docket_decided },
    { "docket.declined", docket_declined },
    { "docket.ordered", docket_ordered },
    { "docket.view_given", docket_viewed },
    { "docket.executed", docket_executed },
    { "docket.suspended", docket_ended },
};

static bool protocol_of_case(struct tx *tx, const struct entry *e, struct arena *arena,
                             struct protocol *p, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_apply_case_protocol, BINDS(bind_int("id", e->case_id)), arena, &rows,
                      err))
        return PASS(err);
    if (rows_next(rows, err) != 1)
        return FAIL(err, LEDGER_BROKEN, arena_printf(arena, "entry %lld", (long long)e->seq));
    p->rb = row_text(rows, "rb_rm");
    p->cb = row_text(rows, "cb_rm");
    p->em = row_text(rows, "em");
    p->pxa = row_text(rows, "pxa");
    return true;
}

static bool protocol_of_participant(struct tx *tx, int64_t id, const struct entry *e,
                                    struct arena *arena, struct protocol *p, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!id)
        return true;
    if (!store_select(tx, &sql_apply_participant_protocol, BINDS(bind_int("id", id)), arena, &rows,
                      err))
        return PASS(err);
    if (rows_next(rows, err) != 1)
        return FAIL(err, LEDGER_BROKEN, arena_printf(arena, "entry %lld", (long long)e->seq));
    p->rm = row_text(rows, "rm");
    p->pec = row_text(rows, "pec");
    p->vfd = row_text(rows, "vfd");
    p->contact = row_text(rows, "contact");
    p->level = row_text(rows, "level");
    return true;
}

/* What the two machines of 7.4 call the event: an attempt that was answered is more than one. */
static struct str reach_kind(const struct entry *e)
{
    return str_eq_z(e->kind, "contact.attempted") &&
                   str_eq(record_get(e->facts, "result"), STR("ACKNOWLEDGED"))
               ? STR("contact.acknowledged")
               : e->kind;
}

/* Whether the developer concerned has been reached and how much it was given; before the committee it is the docket's. */
static bool apply_reach(struct tx *tx, const struct entry *e, struct arena *arena, struct err *err)
{
    bool is_docket = str_starts(e->kind, STR("docket."));
    struct protocol p = { 0 };
    int64_t id = e->participant_id;

    if (is_docket &&
        !store_number(tx, &sql_apply_docket_participant, BINDS(docket_of(e)), 0, &id, err))
        return PASS(err);
    if (!protocol_of_participant(tx, id, e, arena, &p, err))
        return PASS(err);
    protocol_reach(&p, reach_kind(e));
    return !id || RUN(sql_apply_reach, bind_int("id", id), bind_text("contact", p.contact),
                      bind_text("level", p.level));
}

/* The state after a move, and where the protocol's machines went with it. A website's moves carry none of them: there is one operator,
 * and no embargo to agree on. */
static bool apply_states(struct tx *tx, const struct entry *e, bool is_beside, struct arena *arena,
                         struct err *err)
{
    struct protocol p = { 0 };
    struct str moved = is_beside ? STR_NONE : e->to;
    bool is_website;

    if (!website_is(tx, e->case_id, &is_website, err))
        return PASS(err);
    if (is_website)
        return RUN(sql_website_apply_state, case_of(e), bind_some("state", moved), at_of(e));
    if (!apply_reach(tx, e, arena, err))
        return PASS(err);
    if (!protocol_of_case(tx, e, arena, &p, err) ||
        !protocol_of_participant(tx, e->participant_id, e, arena, &p, err) ||
        !protocol_carry(&p, e->carries, err))
        return PASS(err);
    if (!RUN(sql_apply_case_state, case_of(e),
             bind_some("state", e->participant_id ? STR_NONE : moved), bind_text("rb_rm", p.rb),
             bind_text("cb_rm", p.cb), bind_text("em", p.em), bind_text("pxa", p.pxa), at_of(e)))
        return false;
    if (!e->participant_id)
        return true;
    return RUN(sql_apply_participant_state, participant_of(e), bind_some("state", moved),
               bind_text("rm", p.rm), bind_text("pec", p.pec), bind_text("vfd", p.vfd), at_of(e));
}

static apply_fn *find(const struct kind *list, size_t count, struct str kind)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_z(kind, list[i].kind))
            return list[i].apply;
    }
    return NULL;
}

bool case_apply(struct tx *tx, const struct entry *e, struct arena *arena, struct err *err)
{
    apply_fn *beside = find(kinds_beside, COUNT(kinds_beside), e->kind),
             *apply = beside ? beside : find(kinds, COUNT(kinds), e->kind);
    bool is_website_kind;

    if (!e->case_id) /* of the ledger as a whole, a checkpoint: no case's cache says it */
        return true;
    if (!website_apply(tx, e, &is_website_kind, err))
        return PASS(err);
    if (is_website_kind)
        return apply_states(tx, e, false, arena, err) ? true : PASS(err);
    if (!apply)
        return FAIL(err, BUG, e->kind);
    return apply(tx, e, err) && apply_states(tx, e, beside != NULL, arena, err) ? true : PASS(err);
}
