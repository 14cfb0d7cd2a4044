#include "domain/casework/renewal.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/access/session.h"
#include "domain/casework/renewal.sql.h"
#include "store/store.h"

enum { HOW_MAX = 1000, TOKEN_MAX = 128 };

bool renewals_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                   struct renewals *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct renewals){ 0 };
    if (!store_select(tx, &sql_renewals_of_report, BINDS(bind_int("report_id", c->report_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str record;

        if (!ledger_payload(tx, &c->key, row_int(rows, "asked_seq"), arena, &record, err))
            return PASS(err);
        VEC_PUSH(arena, out,
                 (struct renewal){ .public_id = row_text(rows, "public_id"),
                                   .asked_by_name = row_text(rows, "name"),
                                   .how = record_get(record, "text"),
                                   .asked_by = row_int(rows, "asked_by"),
                                   .allowed_by = row_int(rows, "allowed_by"),
                                   .asked_at = row_utc(rows, "asked_at"),
                                   .expires_at = row_utc(rows, "expires_at"),
                                   .used_at = row_utc(rows, "used_at") });
    }
    return got == 0 ? true : PASS(err);
}

bool renewal_ask(struct tx *tx, const struct subject *who, struct product_case *c, struct str how,
                 struct utc now, struct arena *arena, struct err *err)
{
    struct buf payload = buf_new(arena, 8192);
    struct details details = { .ref = c->report_id };
    struct entry entry;

    how = str_trim(how);
    if (!(who->roles & ROLE_RB))
        return FAIL(err, NOT_YOUR_MOVE, STR("passphrase"));
    if (!c->report_id)
        return FAIL(err, ABSENT, STR("a finder"));
    if (how.len == 0 || !str_is_utf8(how) || str_code_points(how) > HOW_MAX)
        return FAIL(err, INPUT, STR("how"));
    record_put(&payload, "text", how);
    return buf_done(&payload, &details.payload, err) &&
                   case_note(tx, who, c, 0, "identity.renewal_asked", &details, now, arena, &entry,
                             err) &&
                   store_exec(tx, &sql_renewal_ask,
                              BINDS(bind_text("public_id", public_id_new(arena)),
                                    bind_int("report_id", c->report_id),
                                    bind_int("asked_by", who->account_id), bind_utc("now", now),
                                    bind_int("seq", entry.seq)),
                              NULL, err) &&
                   outbox_to_role(
                       tx,
                       &(struct news){ .notice = "RENEWAL", .case_id = c->id, .seq = entry.seq },
                       ROLE_RB, now, err)
               ? true
               : PASS(err);
}

bool renewal_allow(const struct casework *w, struct tx *tx, const struct subject *who,
                   struct product_case *c, struct str public_id, struct utc now,
                   struct arena *arena, struct err *err)
{
    struct details details = { .ref = c->report_id };
    struct str token = random_token(arena);
    struct hash hash = hash_of(token);
    struct entry entry;
    int64_t changed;

    if (!(who->roles & ROLE_RB))
        return FAIL(err, NOT_YOUR_MOVE, STR("passphrase"));
    if (!store_exec(tx, &sql_renewal_allow,
                    BINDS(bind_int("allowed_by", who->account_id),
                          bind_blob("token_hash", hash_str(&hash)),
                          bind_utc("expires_at", utc_add_days(now, RENEWAL_DAYS)),
                          bind_text("public_id", public_id), bind_int("report_id", c->report_id)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, NOT_READY, STR("a second person"));
    return store_exec(tx, &sql_renewal_end_others,
                      BINDS(bind_utc("now", now), bind_int("report_id", c->report_id),
                            bind_text("public_id", public_id)),
                      NULL, err) &&
                   case_note(tx, who, c, 0, "identity.renewal_allowed", &details, now, arena,
                             &entry, err) &&
                   outbox_to_finder(tx,
                                    &(struct news){ .notice = "RENEWAL_LINK",
                                                    .case_id = c->id,
                                                    .report_id = c->report_id,
                                                    .seq = entry.seq,
                                                    .token_sealed = seal_text(&w->vault->secrets,
                                                                              OUTBOX_TOKEN_ABOUT,
                                                                              token, arena) },
                                    now, err)
               ? true
               : PASS(err);
}

/* ---- through the link ---- */

struct link {
    int64_t id, report_id, case_id;
    struct str receipt;
};

static bool find(struct tx *tx, struct str token, struct utc now, struct arena *arena,
                 struct link *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct hash hash = hash_of(str_take(token, TOKEN_MAX));
    int got;

    if (!store_select(tx, &sql_renewal_by_token,
                      BINDS(bind_blob("token_hash", hash_str(&hash)), bind_utc("now", now)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? FAIL(err, MAIL_LINK, STR_NONE) : PASS(err);
    *out = (struct link){ .id = row_int(rows, "id"),
                          .report_id = row_int(rows, "report_id"),
                          .case_id = row_int(rows, "case_id"),
                          .receipt = row_text(rows, "receipt") };
    return true;
}

bool renewal_find(struct tx *tx, struct str token, struct utc now, struct arena *arena,
                  struct err *err)
{
    struct link link;

    return find(tx, token, now, arena, &link, err) ? true : PASS(err);
}

/* In the ledger it is the finder who did it: link and receipt number have made sure. */
static bool note(const struct casework *w, struct tx *tx, const struct link *link, struct utc now,
                 struct arena *arena, struct err *err)
{
    struct subject finder = { .kind = SUBJECT_FINDER,
                              .roles = ROLE_FINDER,
                              .report_id = link->report_id };
    struct details details = { .ref = link->report_id };
    struct product_case c;
    struct entry entry;

    return case_load_any(w, tx, link->case_id, arena, &c, err) &&
                   case_note(tx, &finder, &c, 0, "identity.renewed", &details, now, arena, &entry,
                             err)
               ? true
               : PASS(err);
}

bool renewal_take(const struct casework *w, struct tx *tx, struct str token, struct str receipt,
                  struct utc now, struct arena *arena, struct receipt *out, struct err *err)
{
    struct link link;
    int64_t changed;

    *out = (struct receipt){ 0 };
    if (!find(tx, token, now, arena, &link, err))
        return PASS(err);
    if (!secret_eq(link.receipt, receipt))
        return true;
    out->number = link.receipt;
    if (!store_exec(tx, &sql_renewal_use, BINDS(bind_utc("now", now), bind_int("id", link.id)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, MAIL_LINK, STR_NONE);
    return intake_passphrase_new(w, tx, link.report_id, arena, &out->passphrase, err) &&
                   session_end_finder(tx, link.report_id, err) &&
                   note(w, tx, &link, now, arena, err)
               ? true
               : PASS(err);
}
