#include "domain/casework/website.h"

#include "base/err.h"
#include "base/record.h"
#include "base/tr.h"
#include "domain/casework/website.sql.h"
#include "store/store.h"

/* clang-format off */
const struct code website_stop_codes[] = {
    { "KNOWN_RB", N_("The receiving body has confirmed that it is already known") },
    { "KNOWN_WO", N_("The operator of the website has reported that it is already known") },
    { "NOTVULN_RB", N_("The receiving body has confirmed that it is not vulnerability-related information") },
    { "NOTVULN_WO", N_("The operator of the website has reported that it is not vulnerability-related information") },
    { "ILLEGAL", N_("It may have been found or obtained by illegal means") },
    { NULL, NULL },
};
const struct code website_unhandleable_codes[] = {
    { "NO_REPLY", N_("The operator of the website does not answer") },
    { "REFUSED", N_("The operator of the website has decided not to act") },
    { "NO_CONTACT", N_("There is no means of contacting the operator of the website") },
    { NULL, NULL },
};
const struct code website_channels[] = {
    { "MAIL", N_("Mail") },
    { "FORM", N_("Form on the website") },
    { "TELEPHONE", N_("Telephone") },
    { "LETTER", N_("Letter") },
    { "THIRD_PARTY", N_("Through somebody else, such as the owner of the domain or the hosting company") },
    { NULL, NULL },
};
const struct code website_contact_results[] = {
    { "NO_ANSWER", N_("No answer") },
    { "NOT_DELIVERED", N_("Not delivered") },
    { "WRONG_CONTACT", N_("It was the wrong contact") },
    { "ANSWERED", N_("Answered") },
    { NULL, NULL },
};
/* clang-format on */

/* ---- loading ---- */

static struct product_case common_from_row(struct rows *rows)
{
    return (struct product_case){
        .id = row_int(rows, "id"),
        .public_id = row_text(rows, "public_id"),
        .number = row_text(rows, "number"),
        .state = CASE_START,
        .legal_basis = row_text(rows, "legal_basis"),
        .submitted_at = row_utc(rows, "submitted_at"),
        .accepted_at = row_utc(rows, "accepted_at"),
        .closed_at = row_utc(rows, "closed_at"),
        .close_code = row_text(rows, "close_code"),
        .changed_at = row_utc(rows, "changed_at"),
        .impact_range = row_text(rows, "impact_range"),
        .impact_score = row_int(rows, "impact_score"),
        .impact_grade = row_text(rows, "impact_grade"),
        .rb_officer_id = row_int(rows, "rb_officer_id"),
        .version = row_int(rows, "version"),
        .report_id = row_int(rows, "report_id"),
        .is_website = true,
    };
}

static struct website website_from_row(struct rows *rows)
{
    return (struct website){
        .c = common_from_row(rows),
        .state = (enum website_state)life_state(&website_life, row_text(rows, "state")),
        .operator_kind = row_text(rows, "operator_kind"),
        .encryption = row_text(rows, "encryption"),
        .handling_number = row_text(rows, "handling_number"),
        .result = row_text(rows, "result"),
        .fix_kind = row_text(rows, "fix_kind"),
        .ordinance = row_text(rows, "ordinance"),
        .stage1_at = row_utc(rows, "stage1_at"),
        .stage2_at = row_utc(rows, "stage2_at"),
        .stage3_at = row_utc(rows, "stage3_at"),
        .received_at = row_utc(rows, "received_at"),
        .result_at = row_utc(rows, "result_at"),
        .estimate = row_utc(rows, "estimate"),
        .fixed_at = row_utc(rows, "fixed_at"),
        .long_pending_at = row_utc(rows, "long_pending_at"),
        .direct_wished_at = row_utc(rows, "direct_wished_at"),
        .direct_agreed_at = row_utc(rows, "direct_agreed_at"),
        .direct_at = row_utc(rows, "direct_at"),
        .stage1_seq = row_int(rows, "stage1_seq"),
        .contact_seq = row_int(rows, "contact_seq"),
        .encryption_seq = row_int(rows, "encryption_seq"),
        .stage3_seq = row_int(rows, "stage3_seq"),
        .result_seq = row_int(rows, "result_seq"),
        .estimate_seq = row_int(rows, "estimate_seq"),
        .fix_seq = row_int(rows, "fix_seq"),
        .direct_agreed_seq = row_int(rows, "direct_agreed_seq"),
        .ordinance_seq = row_int(rows, "ordinance_seq"),
        .attempts = row_int(rows, "attempts"),
        .consents_to_name = row_int(rows, "consent_developer") != 0,
        .consents_to_direct = row_int(rows, "consent_direct") != 0,
    };
}

bool website_load_by_id(const struct casework *w, struct tx *tx, int64_t id, struct arena *arena,
                        struct website *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int64_t submitted_seq, title_seq;
    struct website site;

    if (!store_select(tx, &sql_website_by_id, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("a case"), err))
        return PASS(err);
    site = website_from_row(rows);
    submitted_seq = row_int(rows, "submitted_seq");
    title_seq = row_int(rows, "title_seq");
    if (!case_key_load(tx, w->vault, id, arena, &site.c.key, err) ||
        !ledger_field(tx, &site.c.key, title_seq, "text", arena, &site.c.title, err) ||
        !ledger_field(tx, &site.c.key, submitted_seq, "site_name", arena, &site.name, err) ||
        !ledger_field(tx, &site.c.key, submitted_seq, "site_url", arena, &site.url, err))
        return PASS(err);
    *out = site;
    return true;
}

bool website_load(const struct casework *w, struct tx *tx, struct str public_id,
                  struct arena *arena, struct website *out, struct err *err)
{
    int64_t id;

    if (!store_number(tx, &sql_website_id_of, BINDS(bind_text("public_id", public_id)), 0, &id,
                      err))
        return PASS(err);
    if (!id)
        return FAIL(err, ABSENT, STR("a case"));
    return website_load_by_id(w, tx, id, arena, out, err) ? true : PASS(err);
}

bool website_is(struct tx *tx, int64_t case_id, bool *out, struct err *err)
{
    int64_t n;

    if (!store_number(tx, &sql_website_is_one, BINDS(bind_int("id", case_id)), 0, &n, err))
        return PASS(err);
    *out = n > 0;
    return true;
}

bool website_payload(struct tx *tx, const struct website *s, int64_t seq, struct arena *arena,
                     struct str *out, struct err *err)
{
    *out = STR_NONE;
    return seq == 0 || ledger_payload(tx, &s->c.key, seq, arena, out, err) ? true : PASS(err);
}

/* ---- moving ---- */

static const char *const kinds_of_moves[WEBSITE_EVENTS] = {
    [ON_SITE_SUBMIT] = "website.submitted",
    [ON_SITE_REJECT] = "website.not_accepted",
    [ON_SITE_ACCEPT] = "website.accepted",
    [ON_SITE_STOP] = "website.stopped",
    [ON_STAGE1] = "website.stage1_sent",
    [ON_STAGE2] = "website.stage2_sent",
    [ON_STAGE3] = "website.stage3_sent",
    [ON_SITE_RECEIVED] = "website.received",
    [ON_SITE_CONFIRM] = "website.result_reported",
    [ON_SITE_NOT_VULN] = "website.closed_not_vuln",
    [ON_SITE_FIX] = "website.fixed",
    [ON_SITE_CLOSE] = "website.closed",
    [ON_SITE_UNHANDLEABLE] = "website.unhandleable",
    [ON_SITE_ALERT] = "website.closed_alert",
    [ON_SITE_LONG] = "website.long_pending",
    [ON_SITE_DIRECT] = "website.direct_opened",
};

bool website_move(struct tx *tx, const struct subject *who, struct website *s,
                  enum website_event event, const struct website_facts *facts,
                  const struct details *details, struct utc now, struct arena *arena,
                  struct entry *out, struct err *err)
{
    struct case_step step = { .life = &website_life,
                              .from = (int)s->state,
                              .event = (int)event,
                              .kind = kinds_of_moves[event] };
    int to;

    if (!case_step(tx, who, &s->c, &step, facts, details, now, arena, &to, out, err))
        return PASS(err);
    s->state = (enum website_state)to;
    return true;
}

bool website_note(struct tx *tx, const struct subject *who, struct website *s, const char *kind,
                  const struct details *details, struct utc now, struct arena *arena,
                  struct entry *out, struct err *err)
{
    return case_note(tx, who, &s->c, 0, kind, details, now, arena, out, err) ? true : PASS(err);
}

/* ---- the caches ---- */

typedef bool apply_fn(struct tx *tx, const struct entry *e, struct err *err);

#define RUN(query, ...) (store_exec(tx, &(query), BINDS(__VA_ARGS__), NULL, err) ? true : PASS(err))
#define CASE_ID         bind_int("id", e->case_id)
#define AT              bind_utc("at", e->at)
#define SEQ             bind_int("seq", e->seq)

static bool accepted(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_accepted, CASE_ID, AT, bind_id("who", e->actor_id));
}

static bool closed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_closed, CASE_ID, AT, bind_text("code", e->code),
               bind_id("who", e->actor_id));
}

static bool attempted(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_attempt, SEQ, bind_int("case_id", e->case_id),
               bind_text("channel", e->code), AT,
               bind_text("result", record_get(e->facts, "result")));
}

static bool stage1(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_stage1, CASE_ID, AT, SEQ,
               bind_text("operator_kind", record_get(e->facts, "operator_kind")));
}

static bool contact_named(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_contact, CASE_ID, SEQ);
}

static bool stage2(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_stage2, CASE_ID, AT);
}

static bool encryption_agreed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_encryption, CASE_ID, SEQ, bind_text("encryption", e->code));
}

static bool received(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_received, CASE_ID, AT);
}

static bool result_reported(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_result, CASE_ID, AT, SEQ, bind_text("result", e->code));
}

static bool estimated(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_estimate, CASE_ID, SEQ, bind_utc("n", e->n));
}

static bool fixed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_fixed, CASE_ID, AT, SEQ, bind_text("fix_kind", e->code));
}

static bool long_pending(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_long_pending, CASE_ID, AT);
}

static bool direct_wished(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_direct_wished, CASE_ID, AT);
}

static bool direct_agreed(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_direct_agreed, CASE_ID, AT, SEQ);
}

static bool direct_declined(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_direct_declined, CASE_ID);
}

static bool direct_opened(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_direct_opened, CASE_ID, AT);
}

static bool ordinance_decided(struct tx *tx, const struct entry *e, struct err *err)
{
    return RUN(sql_website_apply_ordinance, CASE_ID, SEQ, bind_text("ordinance", e->code));
}

static bool nothing_more(struct tx *tx, const struct entry *e, struct err *err)
{
    (void)tx;
    (void)e;
    (void)err;
    return true;
}

/* The events of websites alone, but for the first and those that tell somebody something new: these stand in apply.c. */
static const struct {
    const char *kind;
    apply_fn *apply;
} kinds[] = {
    { "website.not_accepted", closed },
    { "website.accepted", accepted },
    { "website.stopped", closed },
    { "website.stage1_sent", stage1 },
    { "website.stage2_sent", stage2 },
    { "website.received", received },
    { "website.result_reported", result_reported },
    { "website.closed_not_vuln", closed },
    { "website.fixed", fixed },
    { "website.closed", closed },
    { "website.unhandleable", closed },
    { "website.closed_alert", closed },
    { "website.long_pending", long_pending },
    { "website.direct_opened", direct_opened },
    /* events that move no life */
    { "website.contact_attempted", attempted },
    { "website.contact_named", contact_named },
    { "website.encryption_agreed", encryption_agreed },
    { "website.estimated", estimated },
    { "website.direct_wished", direct_wished },
    { "website.direct_agreed", direct_agreed },
    { "website.direct_declined", direct_declined },
    { "website.integrator_receipt", nothing_more },
    { "website.ordinance_decided", ordinance_decided },
};

bool website_apply(struct tx *tx, const struct entry *e, bool *is_ours, struct err *err)
{
    *is_ours = false;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (!str_eq_z(e->kind, kinds[i].kind))
            continue;
        *is_ours = true;
        return kinds[i].apply(tx, e, err) ? true : PASS(err);
    }
    return true;
}
