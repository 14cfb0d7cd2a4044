#include "domain/casework/own_product.h"

#include "domain/access/outbox.h"
#include "domain/casework/coordination.h"
#include "domain/casework/coordination.sql.h"
#include "domain/casework/intake.h"
#include "domain/casework/intake.sql.h"
#include "domain/casework/words.h"
#include "store/store.h"

/* clang-format off */
const struct own_field own_fields[] = {
    { "product_name", true }, { "product_version", true }, { "product_url", false }, { "category", true },
    { "vuln_kind", false },   { "vuln_info", true },       { "vuln_impact", true },
    { "verification", false }, { "attack", false },
};
/* clang-format on */
const size_t own_field_count = COUNT(own_fields);

static void add_fault(struct arena *arena, struct form_faults *out, const char *field,
                      const char *words)
{
    VEC_PUSH(arena, out, (struct form_fault){ field, words });
}

void own_product_check(const struct own_report *report, struct utc now, struct arena *arena,
                       struct form_faults *out)
{
    for (size_t i = 0; i < own_field_count; i++) {
        const struct form_field *field =
            report_field(REPORT_PRODUCT, str_from_z(own_fields[i].name));
        const char *words =
            report_form_fault(field, str_trim(record_get(report->form, own_fields[i].name)),
                              own_fields[i].is_required);

        if (words)
            add_fault(arena, out, own_fields[i].name, words);
    }
    if (!report->is_limited)
        add_fault(arena, out, "is_limited",
                  N_("Please tick this. If others' products are concerned as well, please use the "
                     "form for finders."));
    if (!answer_is_countermeasure(report->status.countermeasure))
        add_fault(arena, out, "countermeasure", N_("Please choose the countermeasure."));
    if (!words_are_fine(report->status.words))
        add_fault(arena, out, "words", N_("Please say what the countermeasure is."));
    if (report->wished.ms && report->wished.ms <= now.ms)
        add_fault(arena, out, "wished", N_("Please propose a date and time that lie ahead."));
    if (report->wished.ms && !words_are_fine(report->wish_reason))
        add_fault(arena, out, "wish_reason", N_("Please say why you propose this date."));
    direct_check(&report->reporter, arena, out);
}

static bool case_facts(const struct own_report *report, enum lang lang, struct arena *arena,
                       struct str *out, struct err *err)
{
    struct str category = record_get(report->form, "category");
    struct buf buf = buf_new(arena, 1024);

    record_put(&buf, "origin", STR("SELF"));
    record_put(&buf, "legal_basis", STR(LEGAL_BASIS));
    record_put(&buf, "lang", lang_code(lang));
    record_put(&buf, "channel", STR("SELF_PRODUCT"));
    record_put(&buf, "category", category);
    record_put_int(&buf, "is_iot", report_is_iot(category));
    return buf_done(&buf, out, err) ? true : PASS(err);
}

/* What is asked for and nothing else: no identity lies in a case. */
static bool texts_of(const struct own_report *report, struct arena *arena, struct str *out,
                     struct err *err)
{
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);

    for (size_t i = 0; i < own_field_count; i++) {
        struct str value = str_trim(record_get(report->form, own_fields[i].name));

        if (value.len > 0)
            record_put(&buf, own_fields[i].name, value);
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool begin_case(const struct casework *w, struct tx *tx, const struct subject *who,
                       const struct own_report *report, struct utc now, struct arena *arena,
                       struct product_case *c, struct err *err)
{
    struct product_facts facts = { .has_countermeasure =
                                       answer_is_countermeasure(report->status.countermeasure) };
    struct details details = { 0 };
    struct entry entry;

    *c = (struct product_case){ .state = CASE_START, .origin = STR("SELF") };
    if (!intake_number_new(w, tx, now, arena, &c->number, err) ||
        !case_key_new(tx, w->vault, c->number, arena, &c->key, &c->public_id, err) ||
        !store_number(tx, &sql_intake_report_next, NO_BINDS, 1, &details.ref, err) ||
        !texts_of(report, arena, &details.payload, err) ||
        !case_facts(report, who->lang, arena, &details.facts, err))
        return PASS(err);
    c->id = c->key.case_id;
    if (!case_move(tx, who, c, ON_REPORT_OWN, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    c->accepted_at = c->first_contact_at = now;
    details = (struct details){ 0 };
    return words_record(arena, record_get(report->form, "product_name"), &details.payload, err) &&
                   case_note(tx, who, c, 0, "case.titled", &details, now, arena, &entry, err) &&
                   coordination_expect_target(w, tx, c, err)
               ? true
               : PASS(err);
}

/* Result and status in one entry: what answer_load reads. */
static bool join(struct tx *tx, const struct subject *who, const struct own_report *report,
                 struct product_case *c, struct utc now, struct arena *arena, struct developer *d,
                 int64_t *seq, struct err *err)
{
    struct product_results products = { 0 };
    struct developer_facts facts = { .countermeasure_given = true };
    struct details details = { .code = report->status.countermeasure };
    struct entry entry;
    int64_t registered;

    *d = (struct developer){ .case_id = c->id,
                             .organisation_id = who->organisation_id,
                             .state = DEVELOPER_START };
    VEC_PUSH(arena, &products,
             (struct product_result){ .name = str_trim(record_get(report->form, "product_name")),
                                      .affected = STR("YES"),
                                      .affected_versions =
                                          str_trim(record_get(report->form, "product_version")),
                                      .fixed_versions = str_trim(report->fixed_versions) });
    if (!store_number(tx, &sql_coordination_registered,
                      BINDS(bind_int("organisation_id", who->organisation_id)), 0, &registered,
                      err) ||
        !store_number(tx, &sql_participant_next_for_add, NO_BINDS, 1, &d->id, err) ||
        !answer_own_records(&products, &report->status, arena, d, &details, err))
        return PASS(err);
    facts.is_registered = registered > 0;
    if (!developer_move(tx, who, c, d, ON_REPORT_OWN_PRODUCT, &facts, &details, now, arena, &entry,
                        err))
        return PASS(err);
    d->summary_at = d->detail_at = d->verified_at = now;
    *seq = entry.seq;
    return true;
}

bool own_product_report(const struct casework *w, struct tx *tx, const struct subject *who,
                        const struct own_report *report, struct utc now, struct arena *arena,
                        struct product_case *out, struct err *err)
{
    struct form_faults faults = { 0 };
    struct developer d;
    struct news news = { .notice = "OWN" };

    own_product_check(report, now, arena, &faults);
    if (faults.len > 0)
        return FAIL(err, INPUT, str_from_z(faults.at[0].field));
    if (!begin_case(w, tx, who, report, now, arena, out, err) ||
        !join(tx, who, report, out, now, arena, &d, &news.seq, err))
        return PASS(err);
    news.case_id = out->id;
    news.participant_id = d.id;
    if (!outbox_to_role(tx, &news, ROLE_RB | ROLE_CB, now, err) ||
        !direct_keep(w, tx, &d, &report->reporter, news.seq, now, arena, err))
        return PASS(err);
    return !report->wished.ms || answer_wish_date(tx, who, out, &d, report->wished,
                                                  report->wish_reason, now, arena, err)
               ? true
               : PASS(err);
}
