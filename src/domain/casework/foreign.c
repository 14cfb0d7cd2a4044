#include "domain/casework/foreign.h"

#include "domain/access/outbox.h"
#include "domain/access/partner.h"
#include "domain/casework/exchange.h"
#include "domain/casework/intake.h"
#include "domain/casework/intake.sql.h"
#include "domain/casework/source.h"
#include "domain/casework/words.h"
#include "store/store.h"

/* clang-format off */
const struct foreign_field foreign_fields[] = {
    { "product_name", true }, { "product_version", false }, { "product_vendor", false }, { "product_url", false }, { "category", true },
    { "vuln_kind", false },   { "vuln_info", true },        { "vuln_impact", false },    { "workaround", false },
    { "verification", false }, { "attack", false },
};
/* clang-format on */
const size_t foreign_field_count = COUNT(foreign_fields);

static void add_fault(struct arena *arena, struct form_faults *out, const char *field,
                      const char *words)
{
    VEC_PUSH(arena, out, (struct form_fault){ field, words });
}

void foreign_check_texts(struct str form, struct arena *arena, struct form_faults *out)
{
    for (size_t i = 0; i < foreign_field_count; i++) {
        const char *words = report_form_fault(
            report_field(REPORT_PRODUCT, str_from_z(foreign_fields[i].name)),
            str_trim(record_get(form, foreign_fields[i].name)), foreign_fields[i].is_required);

        if (words)
            add_fault(arena, out, foreign_fields[i].name, words);
    }
}

void foreign_check(const struct foreign_notice *n, bool is_partner, struct arena *arena,
                   struct form_faults *out)
{
    const struct source *source = source_find(n->source);
    struct str reference = str_trim(n->reference);

    if (!is_partner && (!source || !source->is_taken_up))
        add_fault(arena, out, "source", N_("Please choose where it comes from."));
    else if (!is_partner && source->has_partner != (n->partner.len > 0))
        add_fault(
            arena, out, "partner",
            source->has_partner
                ? N_("Please choose the foreign coordinator it came from.")
                : N_("What we have collected ourselves came from no coordinator; please leave this open."));
    if (!str_is_utf8(reference) || !str_is_plain(reference, false) ||
        str_code_points(reference) > FOREIGN_REFERENCE_MAX)
        add_fault(arena, out, "reference",
                  N_("Please enter the number on one line, at most 100 characters."));
    foreign_check_texts(n->form, arena, out);
}

static bool case_facts(const struct source *source, struct str category, enum lang lang,
                       struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, 1024);

    record_put(&buf, "origin", str_from_z(source->origin));
    record_put(&buf, "source", str_from_z(source->code));
    record_put(&buf, "legal_basis", STR(LEGAL_BASIS));
    record_put(&buf, "lang", lang_code(lang));
    record_put(&buf, "channel", STR("FOREIGN"));
    record_put(&buf, "category", category);
    record_put_int(&buf, "is_iot", report_is_iot(category));
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool foreign_texts(struct str form, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);

    for (size_t i = 0; i < foreign_field_count; i++) {
        struct str value = str_trim(record_get(form, foreign_fields[i].name));

        if (value.len > 0)
            record_put(&buf, foreign_fields[i].name, value);
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool begin_case(const struct casework *w, struct tx *tx, const struct subject *who,
                       const struct source *source, struct str form, struct utc now,
                       struct arena *arena, struct product_case *c, int64_t *seq, struct err *err)
{
    struct product_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;

    *c = (struct product_case){ .state = CASE_START,
                                .origin = str_from_z(source->origin),
                                .source = str_from_z(source->code),
                                .submitted_at = now };
    if (!intake_number_new(w, tx, now, arena, &c->number, err) ||
        !case_key_new(tx, w->vault, c->number, arena, &c->key, &c->public_id, err) ||
        !store_number(tx, &sql_intake_report_next, NO_BINDS, 1, &details.ref, err) ||
        !foreign_texts(form, arena, &details.payload, err) ||
        !case_facts(source, record_get(form, "category"), who->lang, arena, &details.facts, err))
        return PASS(err);
    c->id = c->key.case_id;
    if (!case_move(tx, who, c, ON_NOTICE, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    *seq = entry.seq;
    details = (struct details){ 0 };
    c->title = str_trim(record_get(form, "product_name"));
    return words_record(arena, c->title, &details.payload, err) &&
                   case_note(tx, who, c, 0, "case.titled", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

/* The coordinator it came from; found false for what the coordinating body collected itself. */
static bool partner_of_notice(struct tx *tx, const struct subject *who,
                              const struct foreign_notice *n, struct arena *arena,
                              struct partner *out, bool *found, struct err *err)
{
    bool is_partner = who->roles & ROLE_FB;

    *found = is_partner || n->partner.len > 0;
    if (!*found)
        return true;
    if (!(is_partner ? partner_of(tx, who->organisation_id, arena, out, err)
                     : partner_by_public_id(tx, n->partner, arena, out, err)))
        return PASS(err);
    return str_eq(out->values.kind, STR("FB")) && !out->ended_at.ms
               ? true
               : FAIL(err, INPUT, STR("partner"));
}

bool foreign_take_up(const struct casework *w, struct tx *tx, const struct subject *who,
                     const struct foreign_notice *notice, struct utc now, struct arena *arena,
                     struct product_case *out, struct err *err)
{
    bool is_partner = who->roles & ROLE_FB, has_partner;
    struct news news = { .notice = "FOREIGN" };
    struct form_faults faults = { 0 };
    struct partner partner;

    if (!(who->roles & (ROLE_CB | ROLE_FB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("notice"));
    foreign_check(notice, is_partner, arena, &faults);
    if (faults.len > 0)
        return FAIL(err, INPUT, str_from_z(faults.at[0].field));
    if (!partner_of_notice(tx, who, notice, arena, &partner, &has_partner, err) ||
        !begin_case(w, tx, who, source_find(is_partner ? STR("FOREIGN") : notice->source),
                    notice->form, now, arena, out, &news.seq, err) ||
        (has_partner && !exchange_open(tx, who, out, partner.organisation_id, true,
                                       notice->reference, now, arena, err)))
        return PASS(err);
    news.case_id = out->id;
    return outbox_to_role(tx, &news, is_partner ? ROLE_RB | ROLE_CB : ROLE_RB, now, err)
               ? true
               : PASS(err);
}
