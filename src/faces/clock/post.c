#include "faces/clock/post.h"

#include "base/err.h"
#include "base/log.h"
#include "base/record.h"
#include "domain/notify/notify.h"
#include "formats/mime/mime.h"
#include "outside/peer.h"
#include "store/store.h"

enum { MAILS_A_TICK = 8, PEER_WAIT_MS = 60000, MAIL_MAX = 4 << 20 };

static struct notify notify_of(const struct desk *desk)
{
    const struct settings *s = desk->settings;

    return (struct notify){ .casework = &desk->casework,
                            .desk_url = s->desk_url,
                            .portal_url = s->portal_url,
                            .receiving_body_ja = s->receiving_body_ja,
                            .receiving_body_en = s->receiving_body_en,
                            .coordinating_body_ja = s->coordinating_body_ja,
                            .coordinating_body_en = s->coordinating_body_en };
}

static struct str domain_of(struct str address)
{
    return str_drop(address, str_index(address, '@') + 1);
}

static struct mime_message message_of(const struct desk *desk, const struct notice *notice,
                                      struct utc now, struct arena *arena)
{
    const struct settings *s = desk->settings;

    return (struct mime_message){
        .from_name = notice->lang == LANG_JA ? s->publisher_name_ja : s->publisher_name_en,
        .from_address = s->mail_from,
        .to_address = notice->to,
        .subject = notice->subject,
        .outer_subject = notice->subject, /* neutral already: it says the same to everybody */
        .message_id = arena_printf(arena, "%.*s@%.*s", STR_ARG(notice->message_id),
                                   STR_ARG(domain_of(s->mail_from))),
        .date = now,
        .body = notice->pgp_key.len > 0 ? notice->secret_body : notice->body
    };
}

/* The pgp process makes the whole mail: neither the courier nor the wire sees more than ciphertext and envelope. */
static bool encrypted(const struct desk *desk, const struct notice *notice,
                      const struct mime_message *m, struct arena *arena, struct str *out,
                      struct err *err)
{
    struct buf body = buf_new(arena, MAIL_MAX);
    struct str record, reply;

    record_put(&body, "key", notice->pgp_key);
    record_put(&body, "fingerprint", notice->pgp_fingerprint);
    record_put(&body, "from_name", m->from_name);
    record_put(&body, "from", m->from_address);
    record_put(&body, "to", m->to_address);
    record_put(&body, "subject", m->subject);
    record_put(&body, "outer_subject", m->outer_subject);
    record_put(&body, "message_id", m->message_id);
    record_put_int(&body, "date", m->date.ms);
    record_put(&body, "body", m->body);
    if (!buf_done(&body, &record, err) ||
        !peer_call(desk->pgp, PEER_PGP_ENCRYPT, record, PEER_WAIT_MS, arena, &reply, err))
        return PASS(err);
    *out = record_get(reply, "message");
    return out->len > 0 ? true : FAIL(err, PGP, STR("no message came back"));
}

static bool hand_over(const struct desk *desk, const struct notice *notice, struct str mail,
                      struct arena *arena, enum notify_outcome *outcome, struct str *words,
                      struct err *err)
{
    struct buf body = buf_new(arena, MAIL_MAX);
    struct str record, reply, result;

    record_put(&body, "from", desk->settings->mail_from);
    record_put(&body, "to", notice->to);
    record_put(&body, "message", mail);
    if (!buf_done(&body, &record, err) ||
        !peer_call(desk->courier, PEER_MAIL, record, PEER_WAIT_MS, arena, &reply, err))
        return PASS(err);
    result = record_get(reply, "result");
    *words = record_get(reply, "text");
    *outcome = str_eq(result, STR("sent"))      ? NOTIFY_SENT
               : str_eq(result, STR("refused")) ? NOTIFY_FAILED
                                                : NOTIFY_LATER;
    return true;
}

static bool keep_outcome(const struct desk *desk, int64_t id, enum notify_outcome outcome,
                         struct str words, struct utc now, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_WRITE, &tx, err) &&
                   notify_outcome(tx, id, outcome, words, now, err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool compose(const struct desk *desk, int64_t id, struct utc now, struct arena *arena,
                    struct notice *out, bool *has_address, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct notify notify = notify_of(desk);

    return tx_begin(desk->store, TX_READ, &tx, err) &&
                   notify_compose(&notify, tx, id, now, arena, out, has_address, err)
               ? true
               : PASS(err);
}

/* One mail. What cannot be made or handed over now is tried again later; it never goes out in the clear instead (T82). */
static bool send_one(const struct desk *desk, int64_t id, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)64 << 20);
    enum notify_outcome outcome = NOTIFY_LATER;
    struct str words = STR_NONE, mail;
    struct mime_message message;
    struct notice notice;
    struct err why = { 0 };
    bool has_address, made;

    if (!compose(desk, id, now, arena, &notice, &has_address, err))
        return PASS(err);
    if (!has_address)
        return keep_outcome(desk, id, NOTIFY_NO_ADDRESS, STR_NONE, now, err);
    message = message_of(desk, &notice, now, arena);
    made = notice.pgp_key.len > 0 ? encrypted(desk, &notice, &message, arena, &mail, &why)
                                  : mime_plain(&message, arena, &mail, &why);
    if (!made || !hand_over(desk, &notice, mail, arena, &outcome, &words, &why)) {
        log_error("mail", STR_NONE, &why);
        words = str_from_z(err_name(why.code));
    }
    return keep_outcome(desk, id, outcome, words, now, err);
}

bool post_send_due(const struct desk *desk, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 20);
    struct notice_ids ids;

    if (desk->settings->mail_smarthost.len == 0 || !desk->courier)
        return true;
    {
        CLEANUP(tx_end_var) struct tx *tx = NULL;

        if (!tx_begin(desk->store, TX_READ, &tx, err) ||
            !notify_due(tx, now, MAILS_A_TICK, arena, &ids, err))
            return PASS(err);
    }
    for (size_t i = 0; i < ids.len; i++) {
        if (!send_one(desk, ids.at[i], now, err))
            return PASS(err);
    }
    return true;
}
