/* domain/casework/website_handling.c: what the receiving body does with a website's case, and what the clock does. */
#include "domain/casework/website_operator.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/casework/timer.h"
#include "domain/casework/website.sql.h"
#include "domain/casework/words.h"
#include "formats/mailaddr/mailaddr.h"
#include "store/store.h"

enum { NUMBER_TRIES = 50, HANDLING_NUMBERS = 100000000, ALERT_MAX_CHARS = 300 };

static const struct details nothing = { 0 };

static bool is_code(const struct code *codes, struct str code)
{
    for (; codes->code; codes++) {
        if (str_eq_z(code, codes->code))
            return true;
    }
    return false;
}

static bool is_receiver(const struct subject *who, struct err *err)
{
    return who->roles & ROLE_RB ? true : FAIL(err, NOT_YOUR_MOVE, STR("receive"));
}

static bool tell_finder(struct tx *tx, const struct website *s, const char *notice, int64_t seq,
                        struct utc now, struct err *err)
{
    struct news news = {
        .notice = notice, .case_id = s->c.id, .report_id = s->c.report_id, .seq = seq
    };

    return outbox_to_finder(tx, &news, now, err) ? true : PASS(err);
}

/* A move whose reason the finder hears in our words. */
static bool end_with_words(struct tx *tx, const struct subject *who, struct website *s,
                           enum website_event event, const struct website_facts *facts,
                           struct str code, struct str words, const char *notice, struct utc now,
                           struct arena *arena, struct err *err)
{
    struct details details = { .code = code };
    struct entry entry;

    return words_record(arena, words, &details.payload, err) &&
                   website_move(tx, who, s, event, facts, &details, now, arena, &entry, err) &&
                   tell_finder(tx, s, notice, entry.seq, now, err)
               ? true
               : PASS(err);
}

/* ---- reception ---- */

bool website_accept(struct tx *tx, const struct subject *who, struct website *s, bool is_complete,
                    bool is_in_scope, struct utc now, struct arena *arena, struct err *err)
{
    struct website_facts facts = { .is_complete = is_complete, .is_in_scope = is_in_scope };
    struct entry entry;

    if (!website_move(tx, who, s, ON_SITE_ACCEPT, &facts, &nothing, now, arena, &entry, err))
        return PASS(err);
    s->c.accepted_at = now;
    return tell_finder(tx, s, "N01", entry.seq, now, err) ? true : PASS(err);
}

bool website_reject(struct tx *tx, const struct subject *who, struct website *s, struct str code,
                    struct str words, struct utc now, struct arena *arena, struct err *err)
{
    struct website_facts facts = { .has_reason =
                                       is_code(reject_codes, code) && words_are_fine(words) };

    return end_with_words(tx, who, s, ON_SITE_REJECT, &facts, code, words, "N02", now, arena, err)
               ? true
               : PASS(err);
}

/* Causes 2 and 4 are the operator's: it must have said so. */
static bool is_cause(const struct website *s, struct str code)
{
    if (str_eq(code, STR("KNOWN_WO")))
        return str_eq(s->result, STR("KNOWN"));
    if (str_eq(code, STR("NOTVULN_WO")))
        return str_eq(s->result, STR("NOT_VULN"));
    return is_code(website_stop_codes, code);
}

bool website_stop(struct tx *tx, const struct subject *who, struct website *s, struct str code,
                  struct str words, struct utc now, struct arena *arena, struct err *err)
{
    struct website_facts facts = { .has_reason = words_are_fine(words),
                                   .has_stop_cause = is_cause(s, code) };

    return end_with_words(tx, who, s, ON_SITE_STOP, &facts, code, words, "N03", now, arena, err)
               ? true
               : PASS(err);
}

/* ---- the three stages ---- */

static bool keep_attempt(struct tx *tx, const struct subject *who, struct website *s,
                         struct str channel, struct str result, struct str words, struct utc now,
                         struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, 64);
    struct details details = { .code = channel };
    struct entry entry;

    record_put(&facts, "result", result);
    if (!buf_done(&facts, &details.facts, err) ||
        (str_trim(words).len > 0 && !words_record(arena, words, &details.payload, err)) ||
        !website_note(tx, who, s, "website.contact_attempted", &details, now, arena, &entry, err))
        return PASS(err);
    s->attempts++;
    return true;
}

/* A mail that has left is an attempt; what came of it shows later. */
static bool mail_operator(const struct casework *w, struct tx *tx, const struct subject *who,
                          struct website *s, const char *notice, int64_t seq, struct utc now,
                          struct arena *arena, struct err *err)
{
    return operator_tell(w, tx, s, operator_stage(s), notice, seq, now, arena, err) &&
                   keep_attempt(tx, who, s, STR("MAIL"), STR("NO_ANSWER"), STR_NONE, now, arena,
                                err)
               ? true
               : PASS(err);
}

static bool is_operator_kind(struct str kind)
{
    return str_eq(kind, STR("COMPANY")) || str_eq(kind, STR("MUNICIPALITY")) ||
           str_eq(kind, STR("OTHER"));
}

bool website_send_stage1(const struct casework *w, struct tx *tx, const struct subject *who,
                         struct website *s, const struct website_contact *contact, struct utc now,
                         struct arena *arena, struct err *err)
{
    struct str email = str_trim(contact->email);
    struct website_facts facts = { .has_address = email.len > 0 };
    struct buf plain = buf_new(arena, 64), sealed = buf_new(arena, 1024);
    struct details details = { 0 };
    struct entry entry;

    if (email.len > 0 && !mailaddr_check(email, err))
        return PASS(err);
    if (!is_operator_kind(contact->kind))
        return FAIL(err, INPUT, STR("operator_kind"));
    record_put(&plain, "operator_kind", contact->kind);
    record_put(&sealed, "email", email);
    record_put(&sealed, "lang", lang_code(contact->lang));
    if (!buf_done(&plain, &details.facts, err) || !buf_done(&sealed, &details.payload, err) ||
        !website_move(tx, who, s, ON_STAGE1, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    s->stage1_at = now;
    s->stage1_seq = entry.seq;
    return mail_operator(w, tx, who, s, "N18_1", entry.seq, now, arena, err) ? true : PASS(err);
}

bool website_send_stage2(const struct casework *w, struct tx *tx, const struct subject *who,
                         struct website *s, struct utc now, struct arena *arena, struct err *err)
{
    struct website_facts facts = { .has_detail_contact = s->contact_seq != 0 };
    struct entry entry;

    if (!website_move(tx, who, s, ON_STAGE2, &facts, &nothing, now, arena, &entry, err))
        return PASS(err);
    s->stage2_at = now;
    return mail_operator(w, tx, who, s, "N18_2", entry.seq, now, arena, err) ? true : PASS(err);
}

/* Eight digits that say nothing of order or time. */
static bool handling_number_new(const struct casework *w, struct tx *tx, struct arena *arena,
                                struct str *out, struct err *err)
{
    for (int i = 0; i < NUMBER_TRIES; i++) {
        struct str number =
            arena_printf(arena, "%.*s" HANDLING_SIGN "%0*u", STR_ARG(w->handling_prefix),
                         HANDLING_DIGITS, random_below(HANDLING_NUMBERS));
        int64_t taken;

        if (!store_number(tx, &sql_website_handling_number_taken,
                          BINDS(bind_text("number", number)), 0, &taken, err))
            return PASS(err);
        if (!taken) {
            *out = number;
            return true;
        }
    }
    return FAIL(err, UNAVAILABLE, STR("a free handling number"));
}

bool website_send_stage3(const struct casework *w, struct tx *tx, const struct subject *who,
                         struct website *s, struct str words, struct utc now, struct arena *arena,
                         struct err *err)
{
    struct website_facts facts = { .is_encryption_agreed = s->encryption.len > 0 };
    struct buf plain = buf_new(arena, 128);
    struct details details = { 0 };
    struct entry entry;
    struct str number;

    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!handling_number_new(w, tx, arena, &number, err))
        return PASS(err);
    record_put(&plain, "handling_number", number);
    if (!buf_done(&plain, &details.facts, err) ||
        !words_record(arena, words, &details.payload, err) ||
        !website_move(tx, who, s, ON_STAGE3, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    s->stage3_at = now;
    s->stage3_seq = entry.seq;
    s->handling_number = number;
    return timer_set(tx, s->c.id, 0, TIMER_SITE_TARGET, utc_add_months(now, WEBSITE_TARGET_MONTHS),
                     err) &&
                   timer_set(tx, s->c.id, 0, TIMER_SITE_LONG, utc_add_days(now, WEBSITE_LONG_DAYS),
                             err) &&
                   mail_operator(w, tx, who, s, "N18_3", entry.seq, now, arena, err)
               ? true
               : PASS(err);
}

bool website_remind(const struct casework *w, struct tx *tx, const struct subject *who,
                    struct website *s, struct utc now, struct arena *arena, struct err *err)
{
    static const char *const notices[] = { "N18_1", "N18_2", "N18_3" };

    if (!is_receiver(who, err))
        return PASS(err);
    if (!s->stage1_at.ms || website_is_closed(s->state) || s->state == SITE_FIXED)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(website_life.states[s->state]));
    return mail_operator(w, tx, who, s, notices[operator_stage(s) - 1],
                         operator_stage(s) == 3 ? s->stage3_seq : 0, now, arena, err)
               ? true
               : PASS(err);
}

bool website_record_attempt(struct tx *tx, const struct subject *who, struct website *s,
                            struct str channel, struct str result, struct str words, struct utc now,
                            struct arena *arena, struct err *err)
{
    if (!is_receiver(who, err))
        return PASS(err);
    if (!is_code(website_channels, channel) || !is_code(website_contact_results, result) ||
        !words_are_fine_or_none(words))
        return FAIL(err, INPUT, STR("channel"));
    if (s->state == SITE_SUBMITTED || website_is_closed(s->state))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(website_life.states[s->state]));
    return keep_attempt(tx, who, s, channel, result, words, now, arena, err) ? true : PASS(err);
}

/* ---- the end ---- */

bool website_agree_not_vulnerable(struct tx *tx, const struct subject *who, struct website *s,
                                  struct str words, struct utc now, struct arena *arena,
                                  struct err *err)
{
    struct website_facts facts = { .has_reason = words_are_fine(words),
                                   .says_not_vulnerable = str_eq(s->result, STR("NOT_VULN")) };

    return end_with_words(tx, who, s, ON_SITE_NOT_VULN, &facts, STR_NONE, words, "ENDED", now,
                          arena, err)
               ? true
               : PASS(err);
}

bool website_close(struct tx *tx, const struct subject *who, struct website *s, struct utc now,
                   struct arena *arena, struct err *err)
{
    struct website_facts facts = { 0 };
    struct entry entry;
    int64_t told;

    if (!store_number(tx, &sql_website_finder_notice, BINDS(bind_int("case_id", s->c.id)), 0, &told,
                      err))
        return PASS(err);
    facts.is_finder_told = told > 0;
    return website_move(tx, who, s, ON_SITE_CLOSE, &facts, &nothing, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool website_give_up(struct tx *tx, const struct subject *who, struct website *s, struct str code,
                     struct str words, struct utc now, struct arena *arena, struct err *err)
{
    struct website_facts facts = {
        .has_reason = is_code(website_unhandleable_codes, code) && words_are_fine(words) &&
                      (!str_eq(code, STR("REFUSED")) || str_eq(s->result, STR("REFUSED"))),
        .was_contact_tried = !str_eq(code, STR("NO_REPLY")) || s->attempts > 0
    };

    return end_with_words(tx, who, s, ON_SITE_UNHANDLEABLE, &facts, code, words, "ENDED", now,
                          arena, err)
               ? true
               : PASS(err);
}

bool website_close_by_alert(struct tx *tx, const struct subject *who, struct website *s,
                            struct str alert, struct str words, struct utc now, struct arena *arena,
                            struct err *err)
{
    struct website_facts facts = { .has_alert =
                                       words_are_fine(alert) && words_are_fine(words) &&
                                       str_code_points(str_trim(alert)) <= ALERT_MAX_CHARS };
    struct buf facts_record = buf_new(arena, 2048);
    struct details details = { 0 };
    struct entry entry;

    record_put(&facts_record, "alert", facts.has_alert ? str_trim(alert) : STR_NONE);
    return buf_done(&facts_record, &details.facts, err) &&
                   words_record(arena, words, &details.payload, err) &&
                   website_move(tx, who, s, ON_SITE_ALERT, &facts, &details, now, arena, &entry,
                                err) &&
                   tell_finder(tx, s, "ENDED", entry.seq, now, err)
               ? true
               : PASS(err);
}

/* ---- talk ---- */

bool website_answer_direct(struct tx *tx, const struct subject *who, struct website *s, bool agrees,
                           struct str name, struct utc now, struct arena *arena, struct err *err)
{
    struct news news = { .notice = "DIRECT_ANSWERED", .case_id = s->c.id };
    struct details details = { 0 };
    struct entry entry;

    if (who->kind != SUBJECT_FINDER || who->report_id != s->c.report_id)
        return FAIL(err, ABSENT, STR("a case"));
    if (!s->direct_wished_at.ms || s->direct_agreed_at.ms || !website_is_with_operator(s->state))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(website_life.states[s->state]));
    if (!words_are_fine_or_none(name) || str_code_points(name) > 300)
        return FAIL(err, INPUT, STR("name"));
    if (agrees && !words_record(arena, name, &details.payload, err))
        return PASS(err);
    if (!website_note(tx, who, s, agrees ? "website.direct_agreed" : "website.direct_declined",
                      &details, now, arena, &entry, err))
        return PASS(err);
    if (agrees) {
        s->direct_agreed_at = now;
        s->direct_agreed_seq = entry.seq;
    } else {
        s->direct_wished_at = (struct utc){ 0 };
    }
    news.seq = entry.seq;
    return outbox_to_role(tx, &news, ROLE_RB, now, err) ? true : PASS(err);
}

bool website_open_direct(const struct casework *w, struct tx *tx, const struct subject *who,
                         struct website *s, struct utc now, struct arena *arena, struct err *err)
{
    struct website_facts facts = { .do_both_consent =
                                       s->direct_wished_at.ms && s->direct_agreed_at.ms };
    struct entry entry;

    if (s->direct_at.ms)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(website_life.states[s->state]));
    if (!website_move(tx, who, s, ON_SITE_DIRECT, &facts, &nothing, now, arena, &entry, err))
        return PASS(err);
    s->direct_at = now;
    return operator_tell(w, tx, s, 3, "N21_WO", entry.seq, now, arena, err) &&
                   tell_finder(tx, s, "N21", entry.seq, now, err)
               ? true
               : PASS(err);
}

/* The other side hears of it; of what operator and finder write to each other the receiving body always has the copy. */
static bool tell_of_message(const struct casework *w, struct tx *tx, const struct subject *who,
                            struct website *s, enum thread thread, int64_t seq, struct utc now,
                            struct arena *arena, struct err *err)
{
    struct news copy = { .notice = thread == THREAD_DIRECT ? "N21_RB" : "FROM_OPERATOR",
                         .case_id = s->c.id,
                         .seq = seq };

    if (who->kind != SUBJECT_ACCOUNT && !outbox_to_role(tx, &copy, ROLE_RB, now, err))
        return PASS(err);
    if (who->kind != SUBJECT_OPERATOR)
        return operator_tell(w, tx, s, 3, thread == THREAD_DIRECT ? "N21_WO" : "TO_OPERATOR", seq,
                             now, arena, err)
                   ? true
                   : PASS(err);
    return thread != THREAD_DIRECT || tell_finder(tx, s, "N21", seq, now, err) ? true : PASS(err);
}

bool website_say(const struct casework *w, struct tx *tx, const struct subject *who,
                 struct website *s, enum thread thread, struct str text, struct utc now,
                 struct arena *arena, struct err *err)
{
    struct entry entry;

    if (thread == THREAD_DIRECT ? !s->direct_at.ms : !s->stage3_at.ms)
        return FAIL(err, ABSENT, STR("a thread"));
    if (website_is_closed(s->state))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(website_life.states[s->state]));
    return talk_say(tx, who, &s->c, thread, NULL, TALK_MESSAGE, text, now, arena, &entry, err) &&
                   tell_of_message(w, tx, who, s, thread, entry.seq, now, arena, err)
               ? true
               : PASS(err);
}

/* ---- what falls due ---- */

bool website_fall_due(const struct casework *w, struct tx *tx, struct str timer_kind,
                      struct website *s, struct utc now, struct arena *arena, struct err *err)
{
    struct subject clock = { .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };
    struct website_facts facts = { .is_ninety_days_unfixed = !s->fixed_at.ms };
    struct news news = { .notice = "N41", .case_id = s->c.id };
    struct entry entry;

    if (!outbox_to_role(tx, &news, ROLE_RB, now, err) ||
        !operator_tell(w, tx, s, 3, "N41_WO", 0, now, arena, err))
        return PASS(err);
    if (!str_eq_z(timer_kind, TIMER_SITE_LONG))
        return true;
    return website_move(tx, &clock, s, ON_SITE_LONG, &facts, &nothing, now, arena, &entry, err)
               ? true
               : PASS(err);
}
