#include "domain/notify/notify.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/advisory/view.h"
#include "domain/casework/direct.h"
#include "domain/casework/intake.h"
#include "domain/casework/website_operator.h"
#include "domain/notify/notify.sql.h"
#include "domain/watch/tell.h"
#include "store/store.h"

enum { BODY_MAX = 200000, BACKOFF_MAX_HOURS = 6, GIVE_UP_DAYS = 3 };

bool notify_due(struct tx *tx, struct utc now, int64_t limit, struct arena *arena,
                struct notice_ids *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct notice_ids){ 0 };
    if (!store_select(tx, &sql_notify_due, BINDS(bind_utc("now", now), bind_int("limit", limit)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_int(rows, "id"));
    return got == 0 ? true : PASS(err);
}

static const struct notice_row *row_named(struct str notice)
{
    for (size_t i = 0; i < notice_row_count; i++) {
        if (str_eq_z(notice, notice_rows[i].notice))
            return &notice_rows[i];
    }
    return NULL;
}

/* One row of the outbox as read. */
struct queued {
    struct str notice, token_sealed, message_id, email, lang, account_state, pgp_key,
        pgp_fingerprint, case_public_id, watch_public_id, developer_ja, developer_en;
    int64_t case_id, report_id, account_id, link_id, reporter_id, watch_id, seq;
    struct utc created_at, pgp_expires, pgp_confirmed_at;
};

static bool load(struct tx *tx, int64_t id, struct arena *arena, struct queued *out,
                 struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_notify_row, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("a mail"), err))
        return PASS(err);
    *out = (struct queued){
        .notice = row_text(rows, "notice"),
        .token_sealed = row_text(rows, "token_sealed"),
        .message_id = row_text(rows, "message_id"),
        .email = row_text(rows, "email"),
        .lang = row_text(rows, "lang"),
        .account_state = row_text(rows, "account_state"),
        .pgp_key = row_text(rows, "pgp_key"),
        .pgp_fingerprint = row_text(rows, "pgp_fingerprint"),
        .case_public_id = row_text(rows, "case_public_id"),
        .watch_public_id = row_text(rows, "watch_public_id"),
        .watch_id = row_int(rows, "watch_id"),
        .developer_ja = row_text(rows, "developer_ja"),
        .developer_en = row_text(rows, "developer_en"),
        .case_id = row_int(rows, "case_id"),
        .report_id = row_int(rows, "report_id"),
        .account_id = row_int(rows, "account_id"),
        .link_id = row_int(rows, "link_id"),
        .reporter_id = row_int(rows, "reporter_id"),
        .created_at = row_utc(rows, "created_at"),
        .seq = row_int(rows, "seq"),
        .pgp_expires = row_utc(rows, "pgp_expires"),
        .pgp_confirmed_at = row_utc(rows, "pgp_confirmed_at"),
    };
    return true;
}

/* The places of a row's path. advisory: of the portal's page. */
static struct str fill_path(const char *path, const struct queued *q, struct str token,
                            struct str advisory, struct arena *arena)
{
    struct buf buf = buf_new(arena, 1024);
    struct str rest = str_from_z(path);

    while (rest.len > 0) {
        if (str_skip(&rest, STR("{case}")))
            buf_add(&buf, q->case_public_id);
        else if (str_skip(&rest, STR("{list}")))
            buf_add(&buf, q->watch_public_id);
        else if (str_skip(&rest, STR("{token}")))
            buf_add(&buf, token);
        else if (str_skip(&rest, STR("{advisory}")))
            buf_add(&buf, advisory);
        else {
            buf_byte(&buf, rest.ptr[0]);
            rest = str_drop(rest, 1);
        }
    }
    return buf_str(&buf);
}

static struct str signature(const struct notify *n, enum lang lang, struct str url,
                            struct arena *arena)
{
    struct str rb = lang == LANG_JA ? n->receiving_body_ja : n->receiving_body_en,
               cb = lang == LANG_JA ? n->coordinating_body_ja : n->coordinating_body_en;

    return tr_fill(
        arena, lang,
        N_("This mail was sent automatically by {rb} and {cb}. Please do not reply to it.\nWe never ask for a password or a passphrase by "
           "mail. You can verify the address of the link above: it begins with {url}"),
        TR_ARGS({ "rb", rb }, { "cb", cb }, { "url", url }));
}

/* What a rehearsal has found, in the recipient's language. */
static void add_faults(struct str record, enum lang lang, struct arena *arena, struct buf *buf)
{
    struct advisory_faults faults = { 0 };

    advisory_faults_from_record(record, arena, &faults);
    for (size_t i = 0; i < faults.len; i++)
        buf_printf(buf, "- %.*s: %.*s\n", STR_ARG(faults.at[i].field),
                   STR_ARG(tr(lang, faults.at[i].words)));
    if (faults.len > 0)
        buf_byte(buf, '\n');
}

/* The developer's name in the language of the mail. */
static struct str developer_of(const struct queued *q, enum lang lang)
{
    return lang == LANG_EN && q->developer_en.len > 0 ? q->developer_en : q->developer_ja;
}

/* What happened, and the words that may go along; empty when nothing more may be said. */
static bool add_secret(const struct notify *n, struct tx *tx, const struct queued *q,
                       const struct notice_row *row, enum lang lang, struct arena *arena,
                       struct buf *buf, struct err *err)
{
    struct product_case c;
    struct str record;

    if (!q->case_id)
        return true;
    if (!case_load_any(n->casework, tx, q->case_id, arena, &c, err))
        return PASS(err);
    buf_add(buf, tr_fill(arena, lang, row->what,
                         TR_ARGS({ "number", c.number }, { "developer", developer_of(q, lang) })));
    buf_add_z(buf, "\n\n");
    if (!row->with_text || !q->seq)
        return true;
    if (!ledger_payload(tx, &c.key, q->seq, arena, &record, err))
        return PASS(err);
    if (record_get(record, "text").len > 0) {
        buf_add(buf, record_get(record, "text"));
        buf_add_z(buf, "\n\n");
    }
    add_faults(record, lang, arena, buf);
    return true;
}

/* The operator of a website, who has no account: the contact of the link's stage, and the key that was agreed (CFD-09). What may be said of
 * its case, in the clear: the address of the site, and from the third mail on the handling number. Rule: WEB-03 WEB-06 WEB-08 */
static bool to_operator(const struct notify *n, struct tx *tx, const struct queued *q,
                        const struct notice_row *row, struct arena *arena, struct notice *out,
                        struct str *why, struct err *err)
{
    struct operator_address address;
    struct website site;

    if (!website_load_by_id(n->casework, tx, q->case_id, arena, &site, err) ||
        !operator_address(tx, &site, q->link_id, arena, &address, err))
        return PASS(err);
    out->to = address.email;
    out->lang = address.lang;
    out->pgp_key = address.key;
    out->pgp_fingerprint = address.fingerprint;
    *why = tr_fill(arena, address.lang, row->why,
                   TR_ARGS({ "site", site.url }, { "handling", site.handling_number }));
    return true;
}

/* Who had told a developer directly: that it has the report, on which day it passed it on, and how it ended. Rule: PSR-40 */
static bool to_reporter(const struct notify *n, struct tx *tx, const struct queued *q,
                        const struct notice_row *row, struct arena *arena, struct notice *out,
                        struct str *why, struct str *advisory, struct err *err)
{
    struct direct_address address;

    if (!direct_address(n->casework, tx, q->reporter_id, arena, &address, err))
        return PASS(err);
    out->to = address.email;
    out->lang = address.lang;
    *advisory = advisory_slug(address.number, arena);
    *why = tr_fill(arena, address.lang, row->why,
                   TR_ARGS({ "developer", developer_of(q, address.lang) },
                           { "date", tr_date(arena, address.lang, q->created_at) }));
    return true;
}

static bool recipient(const struct notify *n, struct tx *tx, const struct queued *q, struct utc now,
                      struct arena *arena, struct notice *out, struct err *err)
{
    bool key_is_usable = q->pgp_key.len > 0 && q->pgp_confirmed_at.ms &&
                         (!q->pgp_expires.ms || q->pgp_expires.ms > now.ms);

    if (q->watch_id && q->watch_public_id.len == 0) /* deleted since */
        return true;
    if (!q->account_id)
        return q->report_id ? identity_address(n->casework, tx, q->report_id, arena, &out->to,
                                               &out->lang, err)
                            : true;
    if (str_eq(q->account_state, STR("DISABLED")))
        return true;
    out->to = q->email;
    if (!lang_from_code(q->lang, &out->lang))
        out->lang = LANG_JA;
    if (key_is_usable) {
        out->pgp_key = q->pgp_key;
        out->pgp_fingerprint = q->pgp_fingerprint;
    }
    return true;
}

bool notify_compose(const struct notify *n, struct tx *tx, int64_t outbox_id, struct utc now,
                    struct arena *arena, struct notice *out, bool *has_address, struct err *err)
{
    struct notice notice = { .outbox_id = outbox_id, .lang = LANG_JA };
    struct buf body = buf_new(arena, BODY_MAX), secret = buf_new(arena, BODY_MAX),
               told = buf_new(arena, BODY_MAX);
    const struct notice_row *row;
    struct str token = STR_NONE, why = STR_NONE, advisory = STR_NONE, site, link;
    bool names_records = false;
    struct queued q;

    if (!load(tx, outbox_id, arena, &q, err))
        return PASS(err);
    row = row_named(q.notice);
    if (!row)
        return FAIL(err, BUG, q.notice);
    if (!(q.link_id       ? to_operator(n, tx, &q, row, arena, &notice, &why, err)
          : q.reporter_id ? to_reporter(n, tx, &q, row, arena, &notice, &why, &advisory, err)
                          : recipient(n, tx, &q, now, arena, &notice, err)))
        return PASS(err);
    *has_address = notice.to.len > 0;
    if (!*has_address)
        return true;
    if (q.token_sealed.len > 0 && !seal_open(&n->casework->vault->secrets, OUTBOX_TOKEN_ABOUT,
                                             q.token_sealed, arena, &token, err))
        return PASS(err);

    if (q.watch_id && !watch_told(tx, q.watch_id, q.seq, notice.lang, n->portal_url, arena, &told,
                                  &names_records, err))
        return PASS(err);
    site = q.reporter_id ? n->portal_url : n->desk_url;
    link = arena_printf(arena, "%.*s%s%.*s", STR_ARG(site), notice.lang == LANG_EN ? "/en" : "",
                        STR_ARG(fill_path(row->path, &q, token, advisory, arena)));
    buf_add(&body, why.len > 0 ? why : tr(notice.lang, row->why));
    buf_add_z(&body, "\n\n");
    if (names_records && notice.pgp_key.len == 0)
        buf_add(&body, buf_str(&told));
    buf_printf(&body, "%.*s\n\n-- \n", STR_ARG(link));
    buf_add(&body, signature(n, notice.lang, site, arena));
    buf_byte(&body, '\n');
    if (notice.pgp_key.len > 0) {
        if (!add_secret(n, tx, &q, row, notice.lang, arena, &secret, err))
            return PASS(err);
        buf_add(&secret, buf_str(&told));
        buf_add(&secret, buf_str(&body));
    }
    notice.message_id = q.message_id;
    notice.subject = tr(notice.lang, N_("There is news for you"));
    if (!buf_done(&body, &notice.body, err) || !buf_done(&secret, &notice.secret_body, err))
        return PASS(err);
    *out = notice;
    return true;
}

static bool tried(struct tx *tx, int64_t id, struct arena *arena, int64_t *attempts,
                  struct utc *created, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_notify_attempts, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("a mail"), err))
        return PASS(err);
    *attempts = row_int(rows, "attempts");
    *created = row_utc(rows, "created_at");
    return true;
}

bool notify_outcome(struct tx *tx, int64_t id, enum notify_outcome outcome, struct str words,
                    struct utc now, struct err *err)
{
    static const char *const states[] = { "SENT", "QUEUED", "FAILED", "NO_ADDRESS" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 20);
    struct utc created, due = now;
    int64_t attempts, wait;

    if (!tried(tx, id, arena, &attempts, &created, err))
        return PASS(err);
    if (outcome == NOTIFY_LATER) {
        wait = attempts < 9 ? UTC_MINUTE << attempts : BACKOFF_MAX_HOURS * UTC_HOUR;
        due.ms =
            now.ms + (wait < BACKOFF_MAX_HOURS * UTC_HOUR ? wait : BACKOFF_MAX_HOURS * UTC_HOUR);
        if (now.ms - created.ms > GIVE_UP_DAYS * UTC_DAY)
            outcome = NOTIFY_FAILED;
    }
    return store_exec(tx, &sql_notify_set,
                      BINDS(bind_text("state", str_from_z(states[outcome])), bind_utc("due", due),
                            bind_text("words", str_take(words, 200)),
                            bind_utc("sent_at", outcome == NOTIFY_SENT ? now : (struct utc){ 0 }),
                            bind_int("id", id)),
                      NULL, err)
               ? true
               : PASS(err);
}
