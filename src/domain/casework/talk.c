#include "domain/casework/talk.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/casework/talk.sql.h"
#include "store/store.h"

const char *const thread_names[THREADS] = { "FINDER",   "BODIES",   "PARTICIPANT", "STAFF_RB",
                                            "STAFF_CB", "STAFF_PD", "OPERATOR",    "DIRECT" };
const char *const talk_kind_names[TALK_KINDS] = { "MESSAGE", "QUESTION", "ANSWER", "INQUIRY",
                                                  "CONSULTATION" };

static const unsigned readers[THREADS] = {
    [THREAD_FINDER] = ROLE_RB | ROLE_FINDER,
    [THREAD_BODIES] = ROLE_RB | ROLE_CB,
    [THREAD_PARTICIPANT] = ROLE_CB | ROLE_PM | ROLE_PD,
    [THREAD_STAFF_RB] = ROLE_RB,
    [THREAD_STAFF_CB] = ROLE_CB,
    [THREAD_STAFF_PD] = ROLE_PM | ROLE_PD,
    [THREAD_OPERATOR] = ROLE_RB | ROLE_OPERATOR,
    [THREAD_DIRECT] = ROLE_RB | ROLE_OPERATOR | ROLE_FINDER,
};

bool talk_may(const struct subject *who, enum thread thread)
{
    return (who->roles & readers[thread]) != 0;
}

bool talk_check(const struct subject *who, const struct product_case *c, enum thread thread,
                const struct developer *participant, struct err *err)
{
    bool is_developers = thread == THREAD_PARTICIPANT || thread == THREAD_STAFF_PD;

    if (!talk_may(who, thread) || is_developers != (participant != NULL))
        return FAIL(err, ABSENT, STR("a thread"));
    if (participant && participant->case_id != c->id)
        return FAIL(err, ABSENT, STR("a thread"));
    if ((thread == THREAD_OPERATOR || thread == THREAD_DIRECT) && !c->is_website)
        return FAIL(err, ABSENT, STR("a thread"));
    if (who->kind == SUBJECT_OPERATOR && (who->case_id != c->id || who->stage < 3))
        return FAIL(err, ABSENT, STR("a thread"));
    if (participant && !(who->roles & ROLE_CB) &&
        participant->organisation_id != who->organisation_id)
        return FAIL(err, ABSENT, STR("a thread"));
    if (thread == THREAD_FINDER && !c->report_id) /* a developer's own report: there is none */
        return FAIL(err, ABSENT, STR("a thread"));
    if (who->kind == SUBJECT_FINDER && who->report_id != c->report_id)
        return FAIL(err, ABSENT, STR("a thread"));
    return true;
}

bool talk_check_writer(const struct subject *who, const struct product_case *c, enum thread thread,
                       const struct developer *participant, struct err *err)
{
    if (!talk_check(who, c, thread, participant, err))
        return PASS(err);
    if (thread == THREAD_PARTICIPANT && who->kind == SUBJECT_ACCOUNT &&
        !(who->roles & (ROLE_CB | ROLE_PM)))
        return FAIL(err, NOT_YOUR_MOVE, STR("write"));
    if (thread == THREAD_DIRECT && who->kind == SUBJECT_ACCOUNT) /* it gets copies */
        return FAIL(err, NOT_YOUR_MOVE, STR("write"));
    return true;
}

static const char *notice_for_finder(enum talk_kind kind)
{
    return kind == TALK_QUESTION ? "N05" : "N06";
}

/* Who is told that something was said: the other end of the thread. */
static bool tell(struct tx *tx, const struct subject *who, const struct product_case *c,
                 enum thread thread, const struct developer *participant, enum talk_kind kind,
                 int64_t seq, struct utc now, struct err *err)
{
    struct news news = { .case_id = c->id,
                         .participant_id = participant ? participant->id : 0,
                         .report_id = c->report_id,
                         .seq = seq };

    switch (thread) {
    case THREAD_FINDER:
        if (who->kind == SUBJECT_FINDER) {
            news.notice = kind == TALK_CONSULTATION ? "N22" : "FROM_FINDER";
            return outbox_to_role(tx, &news, ROLE_RB, now, err);
        }
        news.notice = notice_for_finder(kind);
        return outbox_to_finder(tx, &news, now, err);
    case THREAD_BODIES:
        news.notice = "BODIES";
        return outbox_to_role(tx, &news, who->roles & ROLE_RB ? ROLE_CB : ROLE_RB, now, err);
    case THREAD_PARTICIPANT:
        news.notice = "N38";
        if (who->roles & ROLE_CB)
            return outbox_to_managers(tx, &news, participant->organisation_id, now, err);
        return outbox_to_role(tx, &news, ROLE_CB, now, err);
    default:
        return true;
    }
}

bool talk_say(struct tx *tx, const struct subject *who, struct product_case *c, enum thread thread,
              const struct developer *participant, enum talk_kind kind, struct str text,
              struct utc now, struct arena *arena, struct entry *out, struct err *err)
{
    struct buf facts = buf_new(arena, 256), payload = buf_new(arena, TALK_MAX * 4 + 256);
    struct details details = { .code = str_from_z(thread_names[thread]) };

    if (!talk_check_writer(who, c, thread, participant, err))
        return PASS(err);
    text = str_trim(text);
    if (text.len == 0 || !str_is_utf8(text) || !str_is_plain(text, true) ||
        str_code_points(text) > TALK_MAX)
        return FAIL(err, INPUT, STR("text"));
    record_put(&facts, "kind", str_from_z(talk_kind_names[kind]));
    record_put(&payload, "text", text);
    if (!buf_done(&facts, &details.facts, err) || !buf_done(&payload, &details.payload, err))
        return PASS(err);
    if (!case_note(tx, who, c, participant ? participant->id : 0, "message.sent", &details, now,
                   arena, out, err))
        return PASS(err);
    return tell(tx, who, c, thread, participant, kind, out->seq, now, err) ? true : PASS(err);
}

static enum talk_kind kind_of(struct str name)
{
    for (int i = 0; i < TALK_KINDS; i++) {
        if (str_eq_z(name, talk_kind_names[i]))
            return (enum talk_kind)i;
    }
    return TALK_MESSAGE;
}

bool talk_list(struct tx *tx, const struct subject *who, const struct product_case *c,
               enum thread thread, const struct developer *participant, struct arena *arena,
               struct talks *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct talks){ 0 };
    if (!talk_check(who, c, thread, participant, err))
        return PASS(err);
    if (!store_select(tx, &sql_talk_of_thread,
                      BINDS(bind_int("account_id", who->account_id), bind_int("case_id", c->id),
                            bind_text("thread", str_from_z(thread_names[thread])),
                            bind_int("participant_id", participant ? participant->id : 0)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct talk t = {
            .seq = row_int(rows, "seq"),
            .kind = kind_of(row_text(rows, "kind")),
            .at = row_utc(rows, "at"),
            .author_kind = row_text(rows, "author_kind"),
            .author_id = row_int(rows, "author_id"),
            .author_name = row_text(rows, "name"),
            .author_organisation = row_text(rows, "name_ja"),
        };
        struct str record;

        t.is_own = who->kind == SUBJECT_FINDER ? str_eq(t.author_kind, STR("FINDER"))
                   : who->kind == SUBJECT_OPERATOR
                       ? str_eq(t.author_kind, STR("OPERATOR"))
                       : str_eq(t.author_kind, STR("ACCOUNT")) && t.author_id == who->account_id;
        t.is_unread = who->kind == SUBJECT_ACCOUNT && !t.is_own && t.seq > row_int(rows, "read_to");
        if (!ledger_payload(tx, &c->key, t.seq, arena, &record, err))
            return PASS(err);
        t.text = record_get(record, "text");
        VEC_PUSH(arena, out, t);
    }
    if (got < 0)
        return PASS(err);
    for (size_t i = out->len; i-- > 0;) {
        if (out->at[i].kind == TALK_ANSWER)
            break;
        if (out->at[i].kind == TALK_QUESTION) {
            out->waits_for_answer = true;
            break;
        }
    }
    return true;
}

bool talk_read(struct tx *tx, const struct subject *who, const struct product_case *c,
               enum thread thread, const struct developer *participant, struct err *err)
{
    if (who->kind != SUBJECT_ACCOUNT)
        return true;
    return store_exec(tx, &sql_talk_mark_read,
                      BINDS(bind_int("account_id", who->account_id), bind_int("case_id", c->id),
                            bind_text("thread", str_from_z(thread_names[thread])),
                            bind_int("participant_id", participant ? participant->id : 0)),
                      NULL, err)
               ? true
               : PASS(err);
}
