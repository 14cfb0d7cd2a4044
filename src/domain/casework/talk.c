#include "domain/casework/talk.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/access/token.h"
#include "domain/casework/inquiry.sql.h"
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

enum { TALK_SEARCH_MEMORY = 512 << 20 };

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

bool talk_is_fine(struct str text)
{
    text = str_trim(text);
    return text.len > 0 && str_is_utf8(text) && str_is_plain(text, true) &&
           str_code_points(text) <= TALK_MAX;
}

bool talk_record(struct arena *arena, struct str text, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, TALK_MAX * 4 + 256);

    record_put(&buf, "text", str_trim(text));
    return buf_done(&buf, out, err) ? true : PASS(err);
}

/* An answer that is called a message would go round the consultation. */
static bool is_not_an_answer(struct tx *tx, const struct subject *who, const struct product_case *c,
                             enum thread thread, enum talk_kind kind, struct err *err)
{
    int64_t waiting;

    if (kind == TALK_INQUIRY)
        return FAIL(err, BUG, STR("an inquiry is asked by inquiry_ask"));
    if (thread != THREAD_FINDER || who->kind == SUBJECT_FINDER || kind == TALK_QUESTION)
        return true;
    if (!store_number(tx, &sql_inquiry_waits, BINDS(bind_int("case_id", c->id)), 0, &waiting, err))
        return PASS(err);
    return waiting == 0 ? true : FAIL(err, NOT_READY, STR("no_inquiry_waits"));
}

bool talk_say(struct tx *tx, const struct subject *who, struct product_case *c, enum thread thread,
              const struct developer *participant, enum talk_kind kind, struct str text,
              struct utc now, struct arena *arena, struct entry *out, struct err *err)
{
    struct buf facts = buf_new(arena, 256);
    struct details details = { .code = str_from_z(thread_names[thread]) };

    if (!talk_check_writer(who, c, thread, participant, err))
        return PASS(err);
    if (!talk_is_fine(text))
        return FAIL(err, INPUT, STR("text"));
    if (token_is_in(text))
        return FAIL(err, INPUT, STR("secret"));
    if (!is_not_an_answer(tx, who, c, thread, kind, err))
        return PASS(err);
    record_put(&facts, "kind", str_from_z(talk_kind_names[kind]));
    if (!buf_done(&facts, &details.facts, err) || !talk_record(arena, text, &details.payload, err))
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

static bool talk_from_row(struct rows *rows, const struct subject *who,
                          const struct product_case *c, struct arena *arena, struct talk *out,
                          struct err *err)
{
    struct str record;

    *out = (struct talk){
        .seq = row_int(rows, "seq"),
        .kind = kind_of(row_text(rows, "kind")),
        .at = row_utc(rows, "at"),
        .author_kind = row_text(rows, "author_kind"),
        .author_id = row_int(rows, "author_id"),
        .organisation_id = row_int(rows, "organisation_id"),
        .author_name = row_text(rows, "name"),
        .author_organisation = row_text(rows, "name_ja"),
    };
    out->is_own = who->kind == SUBJECT_FINDER     ? str_eq(out->author_kind, STR("FINDER"))
                  : who->kind == SUBJECT_OPERATOR ? str_eq(out->author_kind, STR("OPERATOR"))
                                                  : str_eq(out->author_kind, STR("ACCOUNT")) &&
                                                        out->author_id == who->account_id;
    out->is_unread =
        who->kind == SUBJECT_ACCOUNT && !out->is_own && out->seq > row_int(rows, "read_to");
    if (!ledger_open(&c->key, out->seq, row_text(rows, "sealed"), arena, &record, err))
        return PASS(err);
    out->text = record_get(record, "text");
    return true;
}

static void turn_round(struct talks *talks)
{
    for (size_t i = 0; i < talks->len / 2; i++) {
        struct talk kept = talks->at[i];

        talks->at[i] = talks->at[talks->len - 1 - i];
        talks->at[talks->len - 1 - i] = kept;
    }
}

static bool waits_for_answer(const struct talks *talks)
{
    for (size_t i = talks->len; i-- > 0;) {
        if (talks->at[i].kind == TALK_ANSWER || talks->at[i].kind == TALK_QUESTION)
            return talks->at[i].kind == TALK_QUESTION;
    }
    return false;
}

bool talk_page(struct tx *tx, const struct subject *who, const struct product_case *c,
               enum thread thread, const struct developer *participant, int64_t before,
               int64_t limit, struct arena *arena, struct talks *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct bind of_thread[] = { bind_int("case_id", c->id),
                                bind_text("thread", str_from_z(thread_names[thread])),
                                bind_int("participant_id", participant ? participant->id : 0) };
    int got;

    *out = (struct talks){ 0 };
    if (!talk_check(who, c, thread, participant, err))
        return PASS(err);
    if (!store_select(tx, &sql_talk_of_thread,
                      BINDS(bind_int("account_id", who->account_id), of_thread[0], of_thread[1],
                            of_thread[2], bind_id("before", before), bind_int("limit", limit)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct talk t;

        if (!talk_from_row(rows, who, c, arena, &t, err))
            return PASS(err);
        VEC_PUSH(arena, out, t);
    }
    if (got < 0)
        return PASS(err);
    turn_round(out);
    out->waits_for_answer = waits_for_answer(out);
    if ((int64_t)out->len != limit || limit == 0)
        return true;
    return store_number(
               tx, &sql_talk_count,
               BINDS(of_thread[0], of_thread[1], of_thread[2], bind_int("before", out->at[0].seq)),
               0, &out->older, err)
               ? true
               : PASS(err);
}

bool talk_list(struct tx *tx, const struct subject *who, const struct product_case *c,
               enum thread thread, const struct developer *participant, struct arena *arena,
               struct talks *out, struct err *err)
{
    return talk_page(tx, who, c, thread, participant, 0, -1, arena, out, err) ? true : PASS(err);
}

bool talk_unread(struct tx *tx, const struct subject *who, const struct product_case *c,
                 struct arena *arena, struct talk_unreads *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct talk_unreads){ 0 };
    if (!talk_may(who, THREAD_PARTICIPANT) || !(who->roles & ROLE_CB))
        return true;
    if (!store_select(tx, &sql_talk_unread,
                      BINDS(bind_int("case_id", c->id), bind_int("account_id", who->account_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct talk_unread){ row_int(rows, "participant_id"), row_int(rows, "n") });
    return got == 0 ? true : PASS(err);
}

static bool has_all(struct str text, struct str words)
{
    struct str word;

    while (words.len > 0 && str_split(&words, ' ', &word)) {
        if (word.len > 0 && !str_contains(text, word))
            return false;
    }
    return true;
}

bool talk_search(struct tx *tx, const struct subject *who, const struct product_case *c,
                 const struct developer *own, struct str words, struct arena *arena,
                 struct talk_hits *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *memory = arena_new(TALK_SEARCH_MEMORY);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool rb = who->roles & ROLE_RB, cb = who->roles & ROLE_CB;
    int got;

    *out = (struct talk_hits){ 0 };
    words = fold(arena, words);
    if (!store_select(tx, &sql_talk_search,
                      BINDS(bind_int("case_id", c->id), bind_int("is_rb", rb),
                            bind_int("is_cb", cb), bind_int("is_body", rb || cb),
                            bind_int("own", own ? own->id : 0)),
                      memory, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str record, text;

        if (!ledger_open(&c->key, row_int(rows, "seq"), row_text(rows, "sealed"), memory, &record,
                         err))
            return PASS(err);
        text = record_get(record, "text");
        if (!has_all(fold(memory, text), words))
            continue;
        if (out->len == TALK_FOUND_MAX) {
            out->has_more = true;
            return true;
        }
        VEC_PUSH(arena, out,
                 (struct talk_hit){ .seq = row_int(rows, "seq"),
                                    .thread = arena_str(arena, row_text(rows, "thread")),
                                    .developer = arena_str(arena, row_text(rows, "developer")),
                                    .developer_ja = arena_str(arena, row_text(rows, "name_ja")),
                                    .developer_en = arena_str(arena, row_text(rows, "name_en")),
                                    .at = row_utc(rows, "at"),
                                    .text = arena_str(arena, text) });
    }
    return got == 0 ? true : PASS(err);
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
