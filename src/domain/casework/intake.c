#include "domain/casework/intake.h"

#include "domain/access/outbox.h"
#include "domain/casework/checkpoint.h"
#include "domain/casework/direct.h"
#include "domain/casework/files.h"
#include "domain/casework/intake.sql.h"
#include "domain/casework/rediscovery.h"
#include "domain/casework/referral.h"
#include "domain/casework/report_form.h"
#include "domain/casework/website.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { NUMBER_TRIES = 50, RECEIPT_GROUPS = 2 };

const struct code reject_codes[] = {
    { "ITEMS_MISSING", N_("Required items are missing") },
    { "OUT_OF_SCOPE", N_("Outside the targets of the partnership") },
    { "ILLEGAL_MEANS", N_("Obviously obtained by illegal means") },
    { NULL, NULL },
};
/* clang-format off */
const struct code stop_codes[] = {
    { "KNOWN_RB", N_("The receiving body has confirmed that it is already known") },
    { "KNOWN_CB", N_("The coordinating body has reported that it is already known") },
    { "NOTVULN_RB", N_("The receiving body has confirmed that it is not vulnerability-related information") },
    { "NOTVULN_CB", N_("The coordinating body has reported that it is not vulnerability-related information") },
    { "ILLEGAL", N_("It may have been found or obtained by illegal means") },
    { NULL, NULL },
};
/* clang-format on */

static bool is_code(const struct code *codes, struct str code)
{
    for (; codes->code; codes++) {
        if (str_eq_z(code, codes->code))
            return true;
    }
    return false;
}

static struct str identity_about(int64_t report_id, struct arena *arena)
{
    return arena_printf(arena, "report %lld finder", (long long)report_id);
}

/* ---- submission ---- */

/* The form cut in two: what identifies the finder, and the rest. They are never stored together again. */
static bool cut(enum report_target target, struct str form, struct arena *arena,
                struct str *identity, struct str *rest, struct err *err)
{
    struct buf who = buf_new(arena, REPORT_FORM_MAX), what = buf_new(arena, REPORT_FORM_MAX);
    const struct form_field *field = NULL;

    while ((field = report_field_next(target, field))) {
        struct str value = record_get(form, field->name);

        if (value.len > 0)
            record_put(field->info_class == 'I' ? &who : &what, field->name, value);
    }
    return buf_done(&who, identity, err) && buf_done(&what, rest, err) ? true : PASS(err);
}

static bool facts_of(struct str form, enum lang lang, struct str channel, struct arena *arena,
                     struct str *out, struct err *err)
{
    static const char *const flags[] = { "consent_developer", "consent_coordinator",
                                         "consent_direct", "consent_credit", "intends_to_publish" };
    struct buf buf = buf_new(arena, 2048);
    struct utc planned = { 0 };
    struct err ignored = { 0 };

    record_put(&buf, "origin", STR("DOMESTIC"));
    record_put(&buf, "legal_basis", STR(LEGAL_BASIS));
    record_put(&buf, "lang", lang_code(lang));
    record_put(&buf, "channel", channel);
    record_put(&buf, "category", record_get(form, "category"));
    record_put_int(&buf, "is_iot", report_is_iot(record_get(form, "category")));
    for (size_t i = 0; i < COUNT(flags); i++)
        record_put_int(&buf, flags[i], record_get(form, flags[i]).len > 0);
    if (record_get(form, "planned_publication_at").len > 0 &&
        utc_parse(record_get(form, "planned_publication_at"), &planned, &ignored))
        record_put_int(&buf, "planned_publication_at", planned.ms);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool intake_number_new(const struct casework *w, struct tx *tx, struct utc now, struct arena *arena,
                       struct str *out, struct err *err)
{
    int year = utc_to_jst(now).year;

    for (int i = 0; i < NUMBER_TRIES; i++) {
        struct str number = arena_printf(arena, "%.*s-%d-%05u", STR_ARG(w->case_prefix), year,
                                         random_below(100000));
        int64_t taken;

        if (!store_number(tx, &sql_intake_number_taken, BINDS(bind_text("number", number)), 0,
                          &taken, err))
            return PASS(err);
        if (!taken) {
            *out = number;
            return true;
        }
    }
    return FAIL(err, UNAVAILABLE, STR("a free case number"));
}

static struct receipt receipt_for(const struct casework *w, struct str draft, struct utc now,
                                  struct arena *arena)
{
    struct str code =
        derived_code(&w->vault->receipts, arena_printf(arena, "receipt %.*s", STR_ARG(draft)),
                     RECEIPT_GROUPS, PASSPHRASE_WIDTH, arena);

    return (struct receipt){
        .number = arena_printf(arena, "%.*s-%d-%.*s", STR_ARG(w->report_prefix),
                               utc_to_jst(now).year, STR_ARG(code)),
        .passphrase = derived_code(&w->vault->receipts,
                                   arena_printf(arena, "passphrase %.*s", STR_ARG(draft)),
                                   PASSPHRASE_GROUPS, PASSPHRASE_WIDTH, arena),
    };
}

static bool already_kept(struct tx *tx, struct str draft_hash, struct arena *arena,
                         struct str *receipt, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *receipt = STR_NONE;
    if (!store_select(tx, &sql_intake_by_draft, BINDS(bind_blob("draft_hash", draft_hash)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0)
        *receipt = row_text(rows, "receipt");
    return got >= 0 ? true : PASS(err);
}

static bool keep_identity(const struct casework *w, struct tx *tx, int64_t report_id,
                          struct str identity, struct arena *arena, struct err *err)
{
    struct seal_key key = seal_key_new();
    struct str about = identity_about(report_id, arena);
    bool ok =
        store_exec(tx, &sql_intake_identity_add,
                   BINDS(bind_int("report_id", report_id),
                         bind_blob("wrapped", seal_wrap(&w->vault->identity, about, &key, arena)),
                         bind_blob("sealed", seal_text(&key, about, identity, arena))),
                   NULL, err);

    seal_key_wipe(&key);
    return ok ? true : PASS(err);
}

/* P01 or W01. */
static bool begin_case(struct tx *tx, const struct subject *finder, enum report_target target,
                       struct product_case *c, const struct details *details, struct utc now,
                       struct arena *arena, struct entry *entry, struct err *err)
{
    struct website site = { .c = *c, .state = SITE_START };
    struct product_facts product = { 0 };
    struct website_facts website = { 0 };

    if (target == REPORT_PRODUCT)
        return case_move(tx, finder, c, ON_SUBMIT, &product, details, now, arena, entry, err)
                   ? true
                   : PASS(err);
    if (!website_move(tx, finder, &site, ON_SITE_SUBMIT, &website, details, now, arena, entry, err))
        return PASS(err);
    *c = site.c;
    return true;
}

static bool keep_case(const struct casework *w, struct tx *tx, enum report_target target,
                      int64_t report_id, struct str form, enum lang lang, struct str channel,
                      struct str texts, struct utc now, struct arena *arena, struct product_case *c,
                      int64_t *seq, struct err *err)
{
    struct subject finder = { .kind = SUBJECT_FINDER,
                              .roles = ROLE_FINDER,
                              .report_id = report_id };
    struct details details = { .ref = report_id, .payload = texts };
    const char *title = target == REPORT_WEBSITE ? "site_name" : "product_name";
    struct entry entry;

    *c = (struct product_case){ .state = CASE_START, .report_id = report_id };
    if (!intake_number_new(w, tx, now, arena, &c->number, err) ||
        !case_key_new(tx, w->vault, c->number, arena, &c->key, &c->public_id, err) ||
        !facts_of(form, lang, channel, arena, &details.facts, err))
        return PASS(err);
    c->id = c->key.case_id;
    if (!begin_case(tx, &finder, target, c, &details, now, arena, &entry, err))
        return PASS(err);
    *seq = entry.seq;
    details = (struct details){ 0 };
    if (!words_record(arena, record_get(form, title), &details.payload, err))
        return PASS(err);
    return case_note(tx, &finder, c, 0, "case.titled", &details, now, arena, &entry, err) &&
                   referral_link(tx, &finder, c, record_get(form, "referral"), now, arena, err)
               ? true
               : PASS(err);
}

static bool issue_receipt(struct tx *tx, int64_t report_id, struct product_case *c,
                          struct str number, struct str texts, struct utc now, struct arena *arena,
                          struct err *err)
{
    struct subject finder = { .kind = SUBJECT_FINDER,
                              .roles = ROLE_FINDER,
                              .report_id = report_id };

    return receipt_issue(tx, &finder, c, number, texts, now, arena, err) ? true : PASS(err);
}

/* Rule: INT-22 */
static bool look_for_others(const struct casework *w, struct tx *tx, int64_t report_id,
                            struct product_case *c, struct utc now, struct arena *arena,
                            struct err *err)
{
    struct subject finder = { .kind = SUBJECT_FINDER,
                              .roles = ROLE_FINDER,
                              .report_id = report_id };

    return rediscovery_look(w, tx, &finder, c, now, arena, err) ? true : PASS(err);
}

/* As typed: blanks, dashes and letter case do not matter. */
static struct hash hash_of_passphrase(const struct casework *w, struct str passphrase,
                                      struct arena *arena)
{
    return hash_keyed(&w->vault->receipts,
                      code_normal(arena, passphrase, PASSPHRASE_GROUPS, PASSPHRASE_WIDTH));
}

static bool submit(const struct casework *w, struct tx *tx, enum report_target target,
                   struct str form, struct str draft, enum lang lang, struct str channel,
                   struct utc now, struct arena *arena, struct receipt *out, struct err *err)
{
    struct hash draft_hash = hash_keyed(&w->vault->lookups, draft), passphrase_hash;
    struct receipt receipt = receipt_for(w, draft, now, arena);
    struct form_faults faults = { 0 };
    struct str identity, texts, kept;
    struct product_case c;
    int64_t report_id, seq;

    if (!already_kept(tx, hash_str(&draft_hash), arena, &kept, err))
        return PASS(err);
    if (kept.len > 0) {
        receipt.number = kept;
        receipt.is_repeated = true;
        if (!case_files_count(tx, kept, &receipt.files, err))
            return PASS(err);
        *out = receipt;
        return true;
    }
    report_form_check(target, form, 0, arena, &faults);
    if (faults.len > 0)
        return FAIL(err, INPUT, str_from_z(faults.at[0].field));
    passphrase_hash = hash_of_passphrase(w, receipt.passphrase, arena);
    if (!report_form_clean(target, form, arena, &form, err) ||
        !cut(target, form, arena, &identity, &texts, err) ||
        !store_number(tx, &sql_intake_report_next, NO_BINDS, 1, &report_id, err) ||
        !store_exec(tx, &sql_intake_access_add,
                    BINDS(bind_int("report_id", report_id),
                          bind_text("public_id", public_id_new(arena)),
                          bind_text("receipt", receipt.number),
                          bind_blob("passphrase_hash", hash_str(&passphrase_hash)),
                          bind_blob("draft_hash", hash_str(&draft_hash))),
                    NULL, err) ||
        !keep_identity(w, tx, report_id, identity, arena, err) ||
        !keep_case(w, tx, target, report_id, form, lang, channel, texts, now, arena, &c, &seq,
                   err) ||
        !issue_receipt(tx, report_id, &c, receipt.number, texts, now, arena, err) ||
        !case_files_adopt(w->vault, tx, draft_hash, &c, seq, arena, &receipt.files, err) ||
        !outbox_to_role(tx, &(struct news){ .notice = "REPORT", .case_id = c.id, .seq = seq },
                        ROLE_RB, now, err) ||
        (target == REPORT_PRODUCT && !look_for_others(w, tx, report_id, &c, now, arena, err)))
        return PASS(err);
    *out = receipt;
    return true;
}

bool intake_submit(const struct casework *w, struct tx *tx, struct str form, struct str draft,
                   enum lang lang, struct str channel, struct utc now, struct arena *arena,
                   struct receipt *out, struct err *err)
{
    return submit(w, tx, REPORT_PRODUCT, form, draft, lang, channel, now, arena, out, err)
               ? true
               : PASS(err);
}

bool intake_submit_website(const struct casework *w, struct tx *tx, struct str form,
                           struct str draft, enum lang lang, struct str channel, struct utc now,
                           struct arena *arena, struct receipt *out, struct err *err)
{
    return submit(w, tx, REPORT_WEBSITE, form, draft, lang, channel, now, arena, out, err)
               ? true
               : PASS(err);
}

bool intake_mailbox(const struct casework *w, struct tx *tx, struct str receipt,
                    struct str passphrase, struct arena *arena, int64_t *report_id, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str typed = code_normal(arena, passphrase, PASSPHRASE_GROUPS, PASSPHRASE_WIDTH),
               kept = STR_NONE;
    struct hash hash = hash_keyed(&w->vault->receipts, typed);
    int got;

    *report_id = 0;
    if (!store_select(tx, &sql_intake_by_receipt, BINDS(bind_text("receipt", str_trim(receipt))),
                      arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got < 0)
        return PASS(err);
    if (got > 0)
        kept = row_text(rows, "passphrase_hash");
    if (secret_eq(kept, hash_str(&hash)) && typed.len > 0)
        *report_id = row_int(rows, "report_id");
    return true;
}

bool intake_passphrase_new(const struct casework *w, struct tx *tx, int64_t report_id,
                           struct arena *arena, struct str *out, struct err *err)
{
    struct hash hash;

    *out = random_code(arena, PASSPHRASE_GROUPS, PASSPHRASE_WIDTH);
    hash = hash_of_passphrase(w, *out, arena);
    return store_exec(tx, &sql_intake_passphrase_set,
                      BINDS(bind_blob("passphrase_hash", hash_str(&hash)),
                            bind_int("report_id", report_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

/* ---- decisions of the receiving body ---- */

const char *code_words(const struct code *list, struct str code)
{
    for (; list->code; list++) {
        if (str_eq_z(code, list->code))
            return list->words;
    }
    return NULL;
}

const char *intake_code_words(struct str code)
{
    const struct code *const lists[] = { reject_codes, stop_codes, website_stop_codes,
                                         website_unhandleable_codes };

    for (size_t i = 0; i < COUNT(lists); i++) {
        const char *words = code_words(lists[i], code);

        if (words)
            return words;
    }
    return NULL;
}

static bool tell_finder(struct tx *tx, const struct product_case *c, const char *notice,
                        int64_t seq, struct utc now, struct err *err)
{
    struct news news = {
        .notice = notice, .case_id = c->id, .report_id = c->report_id, .seq = seq
    };

    return outbox_to_finder(tx, &news, now, err) ? true : PASS(err);
}

/* Where no finder reported, those who did: the developers in the case. */
static bool tell_developers(struct tx *tx, const struct product_case *c, const char *notice,
                            int64_t seq, struct utc now, struct arena *arena, struct err *err)
{
    struct developers developers;

    if (!developers_load(tx, c->id, arena, &developers, err))
        return PASS(err);
    for (size_t i = 0; i < developers.len; i++) {
        struct news news = {
            .notice = notice, .case_id = c->id, .participant_id = developers.at[i].id, .seq = seq
        };

        if (developers.at[i].summary_at.ms &&
            !outbox_to_managers(tx, &news, developers.at[i].organisation_id, now, err))
            return PASS(err);
    }
    return true;
}

bool intake_open(struct tx *tx, const struct subject *who, struct product_case *c, struct utc now,
                 struct arena *arena, struct err *err)
{
    struct product_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;

    if (c->state != CASE_SUBMITTED)
        return true;
    return case_move(tx, who, c, ON_OPEN, &facts, &details, now, arena, &entry, err) ? true
                                                                                     : PASS(err);
}

bool intake_reject(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct str code, struct str words, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct product_facts facts = { .has_reason =
                                       is_code(reject_codes, code) && words_are_fine(words) };
    struct details details = { .code = code };
    struct entry entry;

    if (!words_record(arena, words, &details.payload, err) ||
        !case_move(tx, who, c, ON_REJECT, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    return tell_finder(tx, c, "N02", entry.seq, now, err);
}

bool intake_accept(struct tx *tx, const struct subject *who, struct product_case *c,
                   bool is_complete, bool is_in_scope, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct product_facts facts = { .is_complete = is_complete, .is_in_scope = is_in_scope };
    struct details details = { 0 };
    struct entry entry;

    if (!case_move(tx, who, c, ON_ACCEPT, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    c->accepted_at = now;
    return tell_finder(tx, c, "N01", entry.seq, now, err);
}

/* Causes 2 and 4 are CB's: its notice must stand in the ledger. */
static bool cause_is_recorded(struct tx *tx, const struct product_case *c, struct str code,
                              bool *out, struct err *err)
{
    int64_t n;

    *out = is_code(stop_codes, code);
    if (!str_eq(code, STR("KNOWN_CB")) && !str_eq(code, STR("NOTVULN_CB")))
        return true;
    if (!store_number(tx, &sql_intake_stop_advised,
                      BINDS(bind_int("case_id", c->id), bind_text("code", code)), 0, &n, err))
        return PASS(err);
    *out = n > 0;
    return true;
}

bool intake_stop(struct tx *tx, const struct subject *who, struct product_case *c, struct str code,
                 struct str words, struct utc now, struct arena *arena, struct err *err)
{
    struct product_facts facts = { .has_reason = words_are_fine(words) };
    struct details details = { .code = code };
    struct entry entry;

    if (!cause_is_recorded(tx, c, code, &facts.has_stop_cause, err) ||
        !words_record(arena, words, &details.payload, err) ||
        !case_move(tx, who, c, ON_STOP, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    return c->report_id ? tell_finder(tx, c, "N03", entry.seq, now, err)
                        : tell_developers(tx, c, "OWN_STOPPED", entry.seq, now, arena, err) &&
                              direct_tell_end(tx, c, entry.seq, now, err);
}

bool intake_advise_stop(struct tx *tx, const struct subject *who, struct product_case *c,
                        struct str code, struct str words, struct utc now, struct arena *arena,
                        struct err *err)
{
    struct details details = { .code = code };
    struct entry entry;

    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("advise"));
    if (c->state == CASE_ACCEPTED || product_is_closed(c->state) || c->state < CASE_WITH_CB)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (!(str_eq(code, STR("KNOWN_CB")) || str_eq(code, STR("NOTVULN_CB"))) ||
        !words_are_fine(words))
        return FAIL(err, INPUT, STR("code"));
    if (!words_record(arena, words, &details.payload, err) ||
        !case_note(tx, who, c, 0, "case.stop_advised", &details, now, arena, &entry, err))
        return PASS(err);
    return outbox_to_role(
               tx, &(struct news){ .notice = "STOP_ADVISED", .case_id = c->id, .seq = entry.seq },
               ROLE_RB, now, err)
               ? true
               : PASS(err);
}

bool intake_forward(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct utc now, struct arena *arena, struct err *err)
{
    struct product_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;

    if (!case_move(tx, who, c, ON_FORWARD, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    return outbox_to_role(tx, &(struct news){ .notice = "N04", .case_id = c->id, .seq = entry.seq },
                          ROLE_CB, now, err)
               ? true
               : PASS(err);
}

const char *impact_grade(struct str range, int64_t score)
{
    int band = score < 0 || score >= 70 ? 2 : score >= 40 ? 1 : 0;

    if (str_eq(range, STR("wide")))
        return band == 0 ? "NORMAL" : "PRIORITY";
    if (str_eq(range, STR("medium")))
        return band == 2 ? "PRIORITY" : band == 1 ? "NORMAL" : "SIMPLE";
    return band == 2 ? "NORMAL" : "SIMPLE";
}

bool intake_assess(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct str range, int64_t score, struct str reason, struct utc now,
                   struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, 256);
    struct details details = { 0 };
    struct entry entry;

    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("assess"));
    if (!str_eq(range, STR("wide")) && !str_eq(range, STR("medium")) &&
        !str_eq(range, STR("narrow")))
        return FAIL(err, INPUT, STR("range"));
    if (score < -1 || score > 100)
        return FAIL(err, INPUT, STR("score"));
    record_put(&facts, "range", range);
    record_put_int(&facts, "score", score < 0 ? 0 : score);
    record_put(&facts, "grade", str_from_z(impact_grade(range, score)));
    if (!buf_done(&facts, &details.facts, err) ||
        !words_record(arena, reason, &details.payload, err))
        return PASS(err);
    return case_note(tx, who, c, 0, "impact.assessed", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool case_retitle(struct tx *tx, const struct subject *who, struct product_case *c,
                  struct str title, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct entry entry;

    title = str_trim(title);
    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("title"));
    if (title.len == 0 || !str_is_utf8(title) || !str_is_plain(title, false) ||
        str_code_points(title) > 200)
        return FAIL(err, INPUT, STR("title"));
    if (!words_record(arena, title, &details.payload, err) ||
        !case_note(tx, who, c, 0, "case.titled", &details, now, arena, &entry, err))
        return PASS(err);
    c->title = title;
    return true;
}

bool case_assign(struct tx *tx, const struct subject *who, struct product_case *c,
                 int64_t account_id, struct utc now, struct arena *arena, struct err *err)
{
    unsigned body = who->roles & (ROLE_RB | ROLE_CB);
    struct details details = { .code = body & ROLE_RB ? STR("RB") : STR("CB"), .ref = account_id };
    struct entry entry;
    int64_t roles;

    if (!body)
        return FAIL(err, NOT_YOUR_MOVE, STR("assign"));
    if (!store_number(tx, &sql_intake_account_roles, BINDS(bind_int("id", account_id)), 0, &roles,
                      err))
        return PASS(err);
    if (!((unsigned)roles & body))
        return FAIL(err, INPUT, STR("officer"));
    return case_note(tx, who, c, 0, "case.assigned", &details, now, arena, &entry, err) ? true
                                                                                        : PASS(err);
}
