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
#include <string.h>

enum { NAME_MAX_CHARS = 300, URL_MAX_CHARS = 500, KEY_MAX = 200000 };

/* ---- links ---- */

int operator_stage(const struct website *s)
{
    return s->stage3_at.ms ? 3 : s->stage2_at.ms ? 2 : 1;
}

bool operator_tell(const struct casework *w, struct tx *tx, const struct website *s, int stage,
                   const char *notice, int64_t seq, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct str token = random_token(arena);
    struct hash hash = hash_of(token);
    struct news news = {
        .notice = notice,
        .case_id = s->c.id,
        .seq = seq,
        .token_sealed = seal_text(&w->vault->secrets, OUTBOX_TOKEN_ABOUT, token, arena),
    };
    int64_t link_id;

    return store_insert(tx, &sql_website_link_add,
                        BINDS(bind_int("case_id", s->c.id), bind_int("stage", stage),
                              bind_blob("token_hash", hash_str(&hash)), bind_utc("now", now)),
                        &link_id, err) &&
                   store_exec(tx, &sql_website_link_end_before,
                              BINDS(bind_int("case_id", s->c.id), bind_int("stage", stage),
                                    bind_utc("now", now)),
                              NULL, err) &&
                   outbox_to_operator(tx, &news, link_id, now, err)
               ? true
               : PASS(err);
}

static bool find(struct tx *tx, struct str token, struct arena *arena, struct operator_link *out,
                 struct str *passphrase_hash, bool *found, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct hash hash = hash_of(token);
    int got;

    *found = false;
    if (token.len == 0 || token.len > 128)
        return true;
    if (!store_select(tx, &sql_website_link_by_token,
                      BINDS(bind_blob("token_hash", hash_str(&hash))), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    *out = (struct operator_link){
        .id = row_int(rows, "id"),
        .case_id = row_int(rows, "case_id"),
        .stage = (int)row_int(rows, "stage"),
        .needs_passphrase = row_int(rows, "stage") == 3 &&
                            str_eq(row_text(rows, "encryption"), STR(ENCRYPTION_PASSPHRASE)),
    };
    *passphrase_hash = row_text(rows, "passphrase_hash");
    *found = true;
    return true;
}

bool operator_link_find(struct tx *tx, struct str token, struct arena *arena,
                        struct operator_link *out, bool *found, struct err *err)
{
    struct str ignored;

    return find(tx, token, arena, out, &ignored, found, err) ? true : PASS(err);
}

static struct hash hash_of_passphrase(const struct casework *w, struct str passphrase,
                                      struct arena *arena)
{
    return hash_keyed(&w->vault->receipts,
                      code_normal(arena, passphrase, PASSPHRASE_GROUPS, PASSPHRASE_WIDTH));
}

bool operator_passphrase_matches(const struct casework *w, struct tx *tx, struct str token,
                                 struct str passphrase, struct arena *arena, bool *matches,
                                 struct err *err)
{
    struct str typed = code_normal(arena, passphrase, PASSPHRASE_GROUPS, PASSPHRASE_WIDTH),
               kept = STR_NONE;
    struct hash hash = hash_of_passphrase(w, passphrase, arena);
    struct operator_link link;
    bool found;

    if (!find(tx, token, arena, &link, &kept, &found, err))
        return PASS(err);
    *matches = secret_eq(kept, hash_str(&hash)) && found && typed.len > 0;
    return true;
}

static bool stage_of_link(struct tx *tx, int64_t link_id, struct arena *arena, int64_t *stage,
                          struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_website_link_of, BINDS(bind_int("id", link_id)), arena, &rows,
                      err) ||
        !rows_one(rows, STR("a link"), err))
        return PASS(err);
    *stage = row_int(rows, "stage");
    return true;
}

bool operator_address(struct tx *tx, const struct website *s, int64_t link_id, struct arena *arena,
                      struct operator_address *out, struct err *err)
{
    struct str first, contact, agreed = STR_NONE;
    int64_t stage;

    *out = (struct operator_address){ .lang = LANG_JA };
    if (!stage_of_link(tx, link_id, arena, &stage, err) ||
        !website_payload(tx, s, s->stage1_seq, arena, &first, err) ||
        !website_payload(tx, s, s->contact_seq, arena, &contact, err))
        return PASS(err);
    if (stage == 3 && str_eq(s->encryption, STR(ENCRYPTION_PGP)) &&
        !website_payload(tx, s, s->encryption_seq, arena, &agreed, err))
        return PASS(err);
    (void)lang_from_code(record_get(first, "lang"), &out->lang);
    out->email = record_get(stage == 1 ? first : contact, "email");
    out->key = record_get(agreed, "key");
    out->fingerprint = record_get(agreed, "fingerprint");
    return true;
}

/* ---- answers ---- */

static bool is_operator(const struct subject *who, const struct website *s, int stage,
                        struct err *err)
{
    if (who->kind != SUBJECT_OPERATOR || who->case_id != s->c.id || who->stage != stage)
        return FAIL(err, ABSENT, STR("a case"));
    return true;
}

static bool is_in(const struct website *s, bool allowed, struct err *err)
{
    return allowed ? true : FAIL(err, NO_SUCH_MOVE, str_from_z(website_life.states[s->state]));
}

/* N19 */
static bool tell_receivers(struct tx *tx, const struct website *s, int64_t seq, struct utc now,
                           struct err *err)
{
    struct news news = { .notice = "N19", .case_id = s->c.id, .seq = seq };

    return outbox_to_role(tx, &news, ROLE_RB, now, err) ? true : PASS(err);
}

static bool note_and_tell(struct tx *tx, const struct subject *who, struct website *s,
                          const char *kind, const struct details *details, struct utc now,
                          struct arena *arena, int64_t *seq, struct err *err)
{
    struct entry entry;

    if (!website_note(tx, who, s, kind, details, now, arena, &entry, err))
        return PASS(err);
    *seq = entry.seq;
    return tell_receivers(tx, s, entry.seq, now, err) ? true : PASS(err);
}

static bool is_name(struct str name)
{
    return name.len > 0 && str_is_utf8(name) && str_is_plain(name, false) &&
           str_code_points(name) <= NAME_MAX_CHARS;
}

bool operator_name_contact(struct tx *tx, const struct subject *who, struct website *s,
                           struct str email, struct str name, struct utc now, struct arena *arena,
                           struct err *err)
{
    struct buf sealed = buf_new(arena, 4096);
    struct details details = { 0 };

    email = str_trim(email);
    name = str_trim(name);
    if (!is_operator(who, s, 1, err) || !is_in(s, s->state == SITE_STAGE1_SENT, err) ||
        !mailaddr_check(email, err))
        return PASS(err);
    if (!is_name(name))
        return FAIL(err, INPUT, STR("name"));
    record_put(&sealed, "email", email);
    record_put(&sealed, "name", name);
    return buf_done(&sealed, &details.payload, err) &&
                   note_and_tell(tx, who, s, "website.contact_named", &details, now, arena,
                                 &s->contact_seq, err)
               ? true
               : PASS(err);
}

/* A passphrase of ours: nobody chooses a weak one, and it never travels by mail. */
static bool agree_passphrase(const struct casework *w, struct tx *tx, const struct website *s,
                             struct arena *arena, struct str *passphrase, struct err *err)
{
    struct str made = random_code(arena, PASSPHRASE_GROUPS, PASSPHRASE_WIDTH);
    struct hash hash = hash_of_passphrase(w, made, arena);

    if (!store_exec(tx, &sql_website_passphrase_set,
                    BINDS(bind_int("case_id", s->c.id), bind_blob("hash", hash_str(&hash))), NULL,
                    err))
        return PASS(err);
    *passphrase = made;
    return true;
}

bool operator_agree_encryption(const struct casework *w, struct tx *tx, const struct subject *who,
                               struct website *s, struct str method, struct str key,
                               struct str fingerprint, struct utc now, struct arena *arena,
                               struct str *passphrase, struct err *err)
{
    bool is_pgp = str_eq(method, STR(ENCRYPTION_PGP));
    struct buf sealed = buf_new(arena, KEY_MAX);
    struct details details = { .code = method };

    *passphrase = STR_NONE;
    if (!is_operator(who, s, 2, err) || !is_in(s, s->state == SITE_STAGE2_SENT, err))
        return PASS(err);
    if (!is_pgp && !str_eq(method, STR(ENCRYPTION_PASSPHRASE)))
        return FAIL(err, INPUT, STR("method"));
    if (is_pgp && (key.len == 0 || fingerprint.len == 0))
        return FAIL(err, INPUT, STR("key"));
    if (is_pgp) {
        record_put(&sealed, "key", key);
        record_put(&sealed, "fingerprint", fingerprint);
    }
    if (!buf_done(&sealed, &details.payload, err) ||
        (!is_pgp && !agree_passphrase(w, tx, s, arena, passphrase, err)) ||
        !note_and_tell(tx, who, s, "website.encryption_agreed", &details, now, arena,
                       &s->encryption_seq, err))
        return PASS(err);
    s->encryption = method;
    return true;
}

bool operator_confirm_receipt(struct tx *tx, const struct subject *who, struct website *s,
                              struct utc now, struct arena *arena, struct err *err)
{
    struct website_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;

    if (!is_operator(who, s, 3, err) ||
        !website_move(tx, who, s, ON_SITE_RECEIVED, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    s->received_at = now;
    return tell_receivers(tx, s, entry.seq, now, err) ? true : PASS(err);
}

bool operator_report_result(struct tx *tx, const struct subject *who, struct website *s,
                            struct str result, struct str words, struct utc now,
                            struct arena *arena, struct err *err)
{
    bool is_affected = str_eq(result, STR("AFFECTED"));
    struct website_facts facts = { 0 };
    struct details details = { .code = result };
    struct entry entry;

    if (!is_operator(who, s, 3, err))
        return PASS(err);
    if (!is_affected && !str_eq(result, STR("KNOWN")) && !str_eq(result, STR("NOT_VULN")) &&
        !str_eq(result, STR("REFUSED")))
        return FAIL(err, INPUT, STR("result"));
    if (is_affected ? !words_are_fine_or_none(words) : !words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!is_in(s, s->state == SITE_INVESTIGATING || (s->state == SITE_FIXING && !is_affected),
               err) ||
        !words_record(arena, words, &details.payload, err))
        return PASS(err);
    if (is_affected
            ? !website_move(tx, who, s, ON_SITE_CONFIRM, &facts, &details, now, arena, &entry, err)
            : !website_note(tx, who, s, "website.result_reported", &details, now, arena, &entry,
                            err))
        return PASS(err);
    s->result = result;
    s->result_at = now;
    s->result_seq = entry.seq;
    return tell_receivers(tx, s, entry.seq, now, err) ? true : PASS(err);
}

bool operator_estimate(struct tx *tx, const struct subject *who, struct website *s,
                       struct utc until, struct str words, struct utc now, struct arena *arena,
                       struct err *err)
{
    struct details details = { .n = until };

    if (!is_operator(who, s, 3, err) || !is_in(s, website_is_with_operator(s->state), err))
        return PASS(err);
    if (until.ms <= now.ms)
        return FAIL(err, INPUT, STR("until"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!words_record(arena, words, &details.payload, err) ||
        !note_and_tell(tx, who, s, "website.estimated", &details, now, arena, &s->estimate_seq,
                       err))
        return PASS(err);
    s->estimate = until;
    return true;
}

/* "#" for the full-width sign, as people type it. Rule: WEB-06 */
static bool is_number_of(const struct website *s, struct str typed)
{
    struct str rest = str_trim(typed), kept = s->handling_number;
    size_t digits_at = kept.len - HANDLING_DIGITS, prefix = digits_at - strlen(HANDLING_SIGN);

    if (kept.len == 0 || !str_skip(&rest, str_take(kept, prefix)))
        return false;
    if (!str_skip(&rest, STR(HANDLING_SIGN)) && !str_skip(&rest, STR("#")))
        return false;
    return str_eq(rest, str_drop(kept, digits_at));
}

static bool is_web_address(struct str url)
{
    return (str_starts(url, STR("https://")) || str_starts(url, STR("http://"))) &&
           str_is_utf8(url) && str_is_plain(url, false) && str_code_points(url) <= URL_MAX_CHARS;
}

static bool is_fix_kind(struct str kind)
{
    return str_eq(kind, STR("PLAIN")) || str_eq(kind, STR("PAGE_DELETED")) ||
           str_eq(kind, STR("OPERATIONAL"));
}

bool operator_report_fix(struct tx *tx, const struct subject *who, struct website *s,
                         const struct operator_fix *fix, struct utc now, struct arena *arena,
                         struct err *err)
{
    struct website_facts facts = { .is_fix_reported_whole = is_number_of(s, fix->number) &&
                                                            is_web_address(str_trim(fix->url)) &&
                                                            words_are_fine(fix->words) };
    struct news news = { .notice = "N20", .case_id = s->c.id, .report_id = s->c.report_id };
    struct buf sealed = buf_new(arena, (size_t)WORDS_MAX * 4 + 4096);
    struct details details = { .code = fix->kind };
    struct entry entry;

    if (!is_operator(who, s, 3, err))
        return PASS(err);
    if (!is_fix_kind(fix->kind))
        return FAIL(err, INPUT, STR("kind"));
    record_put(&sealed, "url", str_trim(fix->url));
    record_put(&sealed, "text", str_trim(fix->words));
    if (!buf_done(&sealed, &details.payload, err) ||
        !website_move(tx, who, s, ON_SITE_FIX, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    s->fixed_at = now;
    s->fix_seq = entry.seq;
    s->fix_kind = fix->kind;
    return timer_clear(tx, s->c.id, 0, TIMER_SITE_TARGET, now, err) &&
                   timer_clear(tx, s->c.id, 0, TIMER_SITE_LONG, now, err) &&
                   outbox_to_finder(tx, &news, now, err) &&
                   tell_receivers(tx, s, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool operator_tell_integrator(struct tx *tx, const struct subject *who, struct website *s,
                              struct str name, struct str words, struct utc told_at, struct utc now,
                              struct arena *arena, struct err *err)
{
    struct buf sealed = buf_new(arena, (size_t)WORDS_MAX * 4 + 4096);
    struct details details = { .n = told_at };
    int64_t seq;

    name = str_trim(name);
    if (!is_operator(who, s, 3, err) || !is_in(s, website_is_with_operator(s->state), err))
        return PASS(err);
    if (!is_name(name))
        return FAIL(err, INPUT, STR("name"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!told_at.ms || told_at.ms > now.ms)
        return FAIL(err, INPUT, STR("told_at"));
    record_put(&sealed, "name", name);
    record_put(&sealed, "text", str_trim(words));
    return buf_done(&sealed, &details.payload, err) &&
                   note_and_tell(tx, who, s, "website.integrator_told", &details, now, arena, &seq,
                                 err)
               ? true
               : PASS(err);
}

static struct handover *handover_at(struct handovers *list, int64_t seq)
{
    for (size_t i = 0; i < list->len; i++) {
        if (list->at[i].seq == seq)
            return &list->at[i];
    }
    return NULL;
}

bool operator_keep_receipt(struct tx *tx, const struct subject *who, struct website *s,
                           int64_t handover, struct str words, struct utc received_at,
                           struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .n = received_at, .ref = handover };
    struct handovers handovers;
    const struct handover *one;
    int64_t seq;

    if (!is_operator(who, s, 3, err) || !operator_handovers(tx, s, arena, &handovers, err))
        return PASS(err);
    one = handover_at(&handovers, handover);
    if (!one || one->receipt_at.ms)
        return FAIL(err, INPUT, STR("handover"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (received_at.ms < one->told_at.ms || received_at.ms > now.ms)
        return FAIL(err, INPUT, STR("received_at"));
    return words_record(arena, words, &details.payload, err) &&
                   note_and_tell(tx, who, s, "website.integrator_receipt", &details, now, arena,
                                 &seq, err)
               ? true
               : PASS(err);
}

bool operator_handovers(struct tx *tx, const struct website *s, struct arena *arena,
                        struct handovers *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct handovers){ 0 };
    if (!store_select(tx, &sql_website_handovers, BINDS(bind_int("case_id", s->c.id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str told, receipt;

        if (!website_payload(tx, s, row_int(rows, "seq"), arena, &told, err) ||
            !website_payload(tx, s, row_int(rows, "receipt_seq"), arena, &receipt, err))
            return PASS(err);
        VEC_PUSH(arena, out,
                 (struct handover){ .seq = row_int(rows, "seq"),
                                    .name = record_get(told, "name"),
                                    .words = record_get(told, "text"),
                                    .receipt = record_get(receipt, "text"),
                                    .told_at = row_utc(rows, "n"),
                                    .receipt_at = row_utc(rows, "receipt_at") });
    }
    return got == 0 ? true : PASS(err);
}

bool operator_decide_ordinance(struct tx *tx, const struct subject *who, struct website *s,
                               struct str decision, struct str words, struct utc now,
                               struct arena *arena, struct err *err)
{
    struct details details = { .code = decision };

    if (!is_operator(who, s, 3, err) ||
        !is_in(s, str_eq(s->operator_kind, STR("MUNICIPALITY")) && s->stage3_at.ms, err))
        return PASS(err);
    if (!str_eq(decision, STR("EXEMPT")) && !str_eq(decision, STR("NOT_EXEMPT")))
        return FAIL(err, INPUT, STR("decision"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!words_record(arena, words, &details.payload, err) ||
        !note_and_tell(tx, who, s, "website.ordinance_decided", &details, now, arena,
                       &s->ordinance_seq, err))
        return PASS(err);
    s->ordinance = decision;
    return true;
}

bool operator_wish_direct(struct tx *tx, const struct subject *who, struct website *s,
                          struct str words, struct utc now, struct arena *arena, struct err *err)
{
    struct news news = { .notice = "DIRECT_ASKED",
                         .case_id = s->c.id,
                         .report_id = s->c.report_id };
    struct details details = { 0 };

    if (!is_operator(who, s, 3, err) ||
        !is_in(s, website_is_with_operator(s->state) && !s->direct_at.ms, err))
        return PASS(err);
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!words_record(arena, words, &details.payload, err) ||
        !note_and_tell(tx, who, s, "website.direct_wished", &details, now, arena, &news.seq, err))
        return PASS(err);
    s->direct_wished_at = now;
    s->direct_agreed_at = (struct utc){ 0 };
    return outbox_to_finder(tx, &news, now, err) ? true : PASS(err);
}
