#include "domain/casework/direct.h"

#include "base/err.h"
#include "domain/access/outbox.h"
#include "domain/casework/direct.sql.h"
#include "domain/casework/words.h"
#include "formats/mailaddr/mailaddr.h"
#include "store/store.h"

static struct str address_about(int64_t case_id, struct arena *arena)
{
    return arena_printf(arena, "case %lld direct reporter", (long long)case_id);
}

void direct_check(const struct direct_reporter *reporter, struct arena *arena,
                  struct form_faults *out)
{
    struct str email = str_trim(reporter->email);
    struct err why = { 0 };
    enum lang lang;

    if (email.len == 0)
        return;
    if (!mailaddr_check(email, &why))
        VEC_PUSH(
            arena, out,
            (struct form_fault){ "reporter_email",
                                 N_("Please enter a mail address in the form name@example.jp.") });
    if (!lang_from_code(reporter->lang, &lang))
        VEC_PUSH(arena, out,
                 (struct form_fault){ "reporter_lang", N_("Please choose the language.") });
}

struct sealed_address {
    struct str wrapped, sealed;
};

/* Under a new key each time. */
static struct sealed_address seal_address(const struct casework *w, int64_t case_id,
                                          struct str email, struct arena *arena)
{
    struct str about = address_about(case_id, arena);
    struct seal_key key = seal_key_new();
    struct sealed_address out = { seal_wrap(&w->vault->identity, about, &key, arena),
                                  seal_text(&key, about, email, arena) };

    seal_key_wipe(&key);
    return out;
}

bool direct_keep(const struct casework *w, struct tx *tx, const struct developer *d,
                 const struct direct_reporter *reporter, int64_t seq, struct utc now,
                 struct arena *arena, struct err *err)
{
    struct str email = str_trim(reporter->email);
    struct sealed_address address;

    if (email.len == 0)
        return true;
    address = seal_address(w, d->case_id, email, arena);
    return store_exec(tx, &sql_direct_add,
                      BINDS(bind_int("case_id", d->case_id), bind_int("participant_id", d->id),
                            bind_text("lang", reporter->lang),
                            bind_blob("wrapped", address.wrapped),
                            bind_blob("sealed", address.sealed)),
                      NULL, err) &&
                   outbox_to_reporter(
                       tx, &(struct news){ .notice = "N27", .case_id = d->case_id, .seq = seq },
                       now, err)
               ? true
               : PASS(err);
}

/* ---- corrected, erased ---- */

bool direct_is_kept(struct tx *tx, const struct developer *d, bool *out, struct err *err)
{
    int64_t count;

    if (!store_number(tx, &sql_direct_kept, BINDS(bind_int("participant_id", d->id)), 0, &count,
                      err))
        return PASS(err);
    *out = count > 0;
    return true;
}

/* Those who gave it, whatever has become of the case. */
static bool may_change(const struct subject *who, const struct product_case *c,
                       const struct developer *d, struct str reason, struct err *err)
{
    if (!(who->roles & ROLE_PM))
        return FAIL(err, NOT_YOUR_MOVE, STR("reporter"));
    if (who->organisation_id != d->organisation_id || d->case_id != c->id || d->is_removed)
        return FAIL(err, ABSENT, STR("a case"));
    return words_are_fine(reason) ? true : FAIL(err, INPUT, STR("reason"));
}

/* lang empty: as it was. */
static bool change(struct tx *tx, const struct developer *d, const struct sealed_address *address,
                   struct str lang, struct err *err)
{
    int64_t changed;

    if (!store_exec(tx, &sql_direct_change,
                    BINDS(bind_int("participant_id", d->id),
                          lang.len > 0 ? bind_text("lang", lang) : bind_null("lang"),
                          bind_blob("wrapped", address->wrapped),
                          bind_blob("sealed", address->sealed)),
                    &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, ABSENT, STR("a direct reporter"));
}

static bool note(struct tx *tx, const struct subject *who, struct product_case *c,
                 const struct developer *d, const char *kind, struct str reason, struct utc now,
                 struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct entry entry;

    return words_record(arena, reason, &details.payload, err) &&
                   case_note(tx, who, c, d->id, kind, &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool direct_correct(const struct casework *w, struct tx *tx, const struct subject *who,
                    struct product_case *c, const struct developer *d,
                    const struct direct_reporter *reporter, struct str reason, struct utc now,
                    struct arena *arena, struct err *err)
{
    struct str email = str_trim(reporter->email);
    struct form_faults faults = { 0 };
    struct sealed_address address;

    if (!may_change(who, c, d, reason, err))
        return PASS(err);
    direct_check(reporter, arena, &faults);
    if (faults.len > 0)
        return FAIL(err, INPUT, str_from_z(faults.at[0].field));
    if (email.len == 0)
        return FAIL(err, INPUT, STR("reporter_email"));
    address = seal_address(w, d->case_id, email, arena);
    return change(tx, d, &address, reporter->lang, err) &&
                   note(tx, who, c, d, "reporter.corrected", reason, now, arena, err)
               ? true
               : PASS(err);
}

bool direct_erase(struct tx *tx, const struct subject *who, struct product_case *c,
                  const struct developer *d, struct str reason, struct utc now, struct arena *arena,
                  struct err *err)
{
    static const struct sealed_address none = { STR_INIT(""), STR_INIT("") };

    return may_change(who, c, d, reason, err) && change(tx, d, &none, STR_NONE, err) &&
                   note(tx, who, c, d, "reporter.erased", reason, now, arena, err)
               ? true
               : PASS(err);
}

bool direct_tell_end(struct tx *tx, const struct product_case *c, int64_t seq, struct utc now,
                     struct err *err)
{
    struct news news = { .notice = c->state == CASE_PUBLISHED ? "N27_PUBLISHED" : "N27_ENDED",
                         .case_id = c->id,
                         .seq = seq };

    return outbox_to_reporter(tx, &news, now, err) ? true : PASS(err);
}

bool direct_address(const struct casework *w, struct tx *tx, int64_t reporter_id,
                    struct arena *arena, struct direct_address *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct seal_key key;
    struct str about;
    bool ok;

    if (!store_select(tx, &sql_direct_of, BINDS(bind_int("id", reporter_id)), arena, &rows, err) ||
        !rows_one(rows, STR("a direct reporter"), err))
        return PASS(err);
    *out = (struct direct_address){ .number = row_text(rows, "number") };
    (void)lang_from_code(row_text(rows, "lang"), &out->lang);
    if (row_text(rows, "sealed").len == 0) /* erased */
        return true;
    about = address_about(row_int(rows, "case_id"), arena);
    if (!seal_unwrap(&w->vault->identity, about, row_text(rows, "wrapped"), &key, err))
        return PASS(err);
    ok = seal_open(&key, about, row_text(rows, "sealed"), arena, &out->email, err);
    seal_key_wipe(&key);
    return ok ? true : PASS(err);
}
