/* domain/casework/report.c: what a report says, class by class, and who its finder is. */
#include "domain/casework/intake.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/casework/intake.sql.h"
#include "domain/casework/report_form.h"
#include "domain/casework/visibility.h"
#include "store/store.h"

enum { CREDITS_MAX = 65536 };

static unsigned class_of(char letter)
{
    switch (letter) {
    case 'I':
        return SEES_I;
    case 'T':
        return SEES_T;
    case 'X':
        return SEES_X;
    case 'M': /* the finder's own workaround is part of what it wrote */
    case 'P':
    default:
        return SEES_V;
    }
}

bool report_texts(struct tx *tx, const struct product_case *c, const struct grant *grant,
                  struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);
    const struct form_field *field = NULL;
    struct str record;

    *out = STR_NONE;
    {
        CLEANUP(rows_end_var) struct rows *rows = NULL;
        int got;

        if (!(grant->full & (SEES_V | SEES_T | SEES_X)))
            return true;
        if (!store_select(tx, &sql_intake_report_of_case, BINDS(bind_int("case_id", c->id)), arena,
                          &rows, err))
            return PASS(err);
        got = rows_next(rows, err);
        if (got < 0)
            return PASS(err);
        if (got == 0)
            return true;
        if (!ledger_payload(tx, &c->key, row_int(rows, "submitted_seq"), arena, &record, err))
            return PASS(err);
    }
    while ((field = report_field_next(case_target(c), field))) {
        struct str value = record_get(record, field->name);

        if (value.len > 0 && field->info_class != 'I' &&
            grant_sees(grant, class_of(field->info_class)))
            record_put(&buf, field->name, value);
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool intake_case_of(struct tx *tx, int64_t report_id, struct arena *arena, int64_t *case_id,
                    struct str *receipt, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_intake_case_of_report, BINDS(bind_int("report_id", report_id)),
                      arena, &rows, err) ||
        !rows_one(rows, STR("a mailbox"), err))
        return PASS(err);
    *case_id = row_int(rows, "case_id");
    *receipt = row_text(rows, "receipt");
    return true;
}

bool intake_reason(struct tx *tx, const struct product_case *c, struct arena *arena,
                   struct str *code, struct str *words, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str record;
    int got;

    *code = *words = STR_NONE;
    if (!store_select(tx, &sql_intake_reason, BINDS(bind_int("case_id", c->id)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    *code = row_text(rows, "code");
    if (!ledger_payload(tx, &c->key, row_int(rows, "seq"), arena, &record, err))
        return PASS(err);
    *words = record_get(record, "text");
    return true;
}

/* ---- the finder's identity ---- */

static bool open_identity(const struct casework *w, struct tx *tx, int64_t report_id,
                          struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str about = arena_printf(arena, "report %lld finder", (long long)report_id);
    struct seal_key key;
    bool ok;
    int got;

    *out = STR_NONE;
    if (!store_select(tx, &sql_intake_identity_of, BINDS(bind_int("report_id", report_id)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    if (!seal_unwrap(&w->vault->identity, about, row_text(rows, "wrapped"), &key, err))
        return PASS(err);
    ok = seal_open(&key, about, row_text(rows, "sealed"), arena, out, err);
    seal_key_wipe(&key);
    return ok ? true : PASS(err);
}

bool identity_ask(struct tx *tx, const struct subject *who, struct product_case *c,
                  struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    struct buf payload = buf_new(arena, 8192);
    struct details details = { .ref = c->report_id };
    struct entry entry;

    reason = str_trim(reason);
    if (!(who->roles & ROLE_RB))
        return FAIL(err, NOT_YOUR_MOVE, STR("identity"));
    if (!c->report_id)
        return FAIL(err, ABSENT, STR("a finder"));
    if (reason.len == 0 || !str_is_utf8(reason) || str_code_points(reason) > 1000)
        return FAIL(err, INPUT, STR("reason"));
    record_put(&payload, "text", reason);
    if (!buf_done(&payload, &details.payload, err) ||
        !case_note(tx, who, c, 0, "identity.asked", &details, now, arena, &entry, err) ||
        !store_exec(tx, &sql_identity_ask,
                    BINDS(bind_text("public_id", public_id_new(arena)),
                          bind_int("report_id", c->report_id),
                          bind_int("asked_by", who->account_id), bind_utc("now", now),
                          bind_int("seq", entry.seq)),
                    NULL, err))
        return PASS(err);
    return outbox_to_role(
               tx, &(struct news){ .notice = "IDENTITY", .case_id = c->id, .seq = entry.seq },
               ROLE_RB, now, err)
               ? true
               : PASS(err);
}

bool identity_allow(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct str opening_id, struct utc now, struct arena *arena, struct err *err)
{
    int64_t changed;

    (void)arena;
    if (!(who->roles & ROLE_RB))
        return FAIL(err, NOT_YOUR_MOVE, STR("identity"));
    if (!store_exec(tx, &sql_identity_allow,
                    BINDS(bind_int("allowed_by", who->account_id), bind_utc("now", now),
                          bind_text("public_id", opening_id), bind_int("report_id", c->report_id)),
                    &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, NOT_READY, STR("a second person"));
}

bool identity_show(const struct casework *w, struct tx *tx, const struct subject *who,
                   struct product_case *c, struct str opening_id, struct utc now,
                   struct arena *arena, struct str *out, struct err *err)
{
    struct details details = { .ref = c->report_id };
    struct entry entry;
    int64_t changed;

    if (!(who->roles & ROLE_RB))
        return FAIL(err, NOT_YOUR_MOVE, STR("identity"));
    if (!store_exec(tx, &sql_identity_shown,
                    BINDS(bind_utc("now", now), bind_text("public_id", opening_id),
                          bind_int("report_id", c->report_id),
                          bind_int("asked_by", who->account_id)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, NOT_READY, STR("a second person"));
    return case_note(tx, who, c, 0, "identity.opened", &details, now, arena, &entry, err) &&
                   open_identity(w, tx, c->report_id, arena, out, err)
               ? true
               : PASS(err);
}

/* The name in one report, when its finder consented. */
static bool credit_of_report(const struct casework *w, struct tx *tx, int64_t report_id,
                             struct arena *arena, struct str *out, struct err *err)
{
    struct str identity;

    *out = STR_NONE;
    if (!open_identity(w, tx, report_id, arena, &identity, err))
        return PASS(err);
    if (record_get(identity, "consent_credit").len > 0)
        *out = record_get(identity, "credit_name");
    return true;
}

bool identity_credit(const struct casework *w, struct tx *tx, const struct product_case *c,
                     struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct buf names = buf_new(arena, CREDITS_MAX);
    int got;

    if (!store_select(tx, &sql_intake_reports_to_credit, BINDS(bind_int("case_id", c->id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str name;

        if (!credit_of_report(w, tx, row_int(rows, "id"), arena, &name, err))
            return PASS(err);
        if (name.len > 0 && names.len > 0)
            buf_add_z(&names, "\n");
        buf_add(&names, name);
    }
    return got == 0 && buf_done(&names, out, err) ? true : PASS(err);
}

bool identity_address(const struct casework *w, struct tx *tx, int64_t report_id,
                      struct arena *arena, struct str *address, enum lang *lang, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str identity;
    int got;

    *lang = LANG_JA;
    if (!open_identity(w, tx, report_id, arena, &identity, err) ||
        !store_select(tx, &sql_intake_lang_of, BINDS(bind_int("report_id", report_id)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got < 0)
        return PASS(err);
    if (got > 0)
        (void)lang_from_code(row_text(rows, "lang"), lang);
    *address = record_get(identity, "finder_email");
    return true;
}
