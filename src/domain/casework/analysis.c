#include "domain/casework/analysis.h"

#include "domain/access/outbox.h"
#include "domain/casework/analysis.sql.h"
#include "domain/casework/intake.h"
#include "domain/casework/report_form.h"
#include "domain/casework/words.h"
#include "store/store.h"

static unsigned class_of(char letter)
{
    return letter == 'T' ? SEES_T : letter == 'X' ? SEES_X : SEES_V;
}

/* Fields of the report that are given: those of the classes asked for; circumstances and the finder are nobody's business. */
static void put_texts(struct str record, unsigned classes, struct buf *out)
{
    static const char *const about_product[] = { "product_name", "product_version", "product_url" };

    const struct form_field *field = NULL;

    while ((field = report_field_next(REPORT_PRODUCT, field))) {
        struct str value = record_get(record, field->name);
        bool is_product = false;

        for (size_t j = 0; j < COUNT(about_product); j++)
            is_product |= str_eq_z(str_from_z(field->name), about_product[j]);
        if (value.len == 0 || (field->info_class == 'P' && !is_product) ||
            field->info_class == 'I' || field->info_class == 'M')
            continue;
        if (classes & class_of(field->info_class))
            record_put(out, field->name, value);
    }
}

static bool may_ask(const struct subject *who, const struct product_case *c,
                    const struct grant *grant, struct err *err)
{
    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("analysis"));
    return visibility_cell(AUDIENCE_AN, grant->phase).part
               ? true
               : FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
}

bool analysis_ask(struct tx *tx, const struct subject *who, struct product_case *c,
                  const struct grant *grant, const struct analysis_wish *wish, struct utc now,
                  struct arena *arena, struct err *err)
{
    struct str parts = arena_printf(arena, "V%s%s", wish->with_verification ? "T" : "",
                                    wish->with_attack ? "X" : "");
    struct buf facts = buf_new(arena, 512), payload = buf_new(arena, REPORT_FORM_MAX);
    struct details details = { .code = who->roles & ROLE_RB ? STR("RB") : STR("CB"),
                               .n = wish->due };
    struct news news = { .notice = "N39", .case_id = c->id };
    struct partner partner;
    struct entry entry;
    struct str record;

    if (!may_ask(who, c, grant, err))
        return PASS(err);
    if (!words_are_fine(wish->scope))
        return FAIL(err, INPUT, STR("scope"));
    if (!words_are_fine(wish->condition))
        return FAIL(err, INPUT, STR("condition"));
    if (wish->due.ms <= now.ms)
        return FAIL(err, INPUT, STR("answer_due"));
    if (wish->partner.len == 0)
        return FAIL(err, INPUT, STR("partner"));
    if (!partner_by_public_id(tx, wish->partner, arena, &partner, err))
        return PASS(err);
    if (!str_eq(partner.values.kind, STR("AN")) || !partner_is_ready(&partner))
        return FAIL(err, INPUT, STR("partner"));
    record_put(&facts, "public_id", public_id_new(arena));
    record_put_int(&facts, "organisation", partner.organisation_id);
    record_put(&facts, "parts", parts);
    record_put(&payload, "scope", str_trim(wish->scope));
    record_put(&payload, "condition", str_trim(wish->condition));
    if (!report_texts(tx, c, grant, arena, &record, err))
        return PASS(err);
    put_texts(record,
              SEES_V | (wish->with_verification ? SEES_T : 0) | (wish->with_attack ? SEES_X : 0),
              &payload);
    if (!buf_done(&facts, &details.facts, err) || !buf_done(&payload, &details.payload, err) ||
        !store_number(tx, &sql_analysis_next, NO_BINDS, 1, &details.ref, err) ||
        !case_note(tx, who, c, 0, "analysis.asked", &details, now, arena, &entry, err))
        return PASS(err);
    news.seq = entry.seq;
    return outbox_to_people(tx, &news, partner.organisation_id, ROLE_AN, now, err) ? true
                                                                                   : PASS(err);
}

/* ---- reading ---- */

static bool read_analyses(struct tx *tx, int64_t case_id, int64_t organisation_id,
                          struct str public_id, struct arena *arena, struct analyses *out,
                          struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct analyses){ 0 };
    if (!store_select(tx, &sql_analyses,
                      BINDS(bind_id("case_id", case_id),
                            bind_id("organisation_id", organisation_id),
                            bind_some("public_id", public_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct analysis){ .id = row_int(rows, "id"),
                                    .case_id = row_int(rows, "case_id"),
                                    .organisation_id = row_int(rows, "organisation_id"),
                                    .seq = row_int(rows, "seq"),
                                    .answer_seq = row_int(rows, "answer_seq"),
                                    .public_id = row_text(rows, "public_id"),
                                    .parts = row_text(rows, "parts"),
                                    .body = row_text(rows, "body"),
                                    .organisation_name_ja = row_text(rows, "name_ja"),
                                    .organisation_name_en = row_text(rows, "name_en"),
                                    .at = row_utc(rows, "at"),
                                    .due = row_utc(rows, "due"),
                                    .seen_at = row_utc(rows, "seen_at"),
                                    .answered_at = row_utc(rows, "answered_at"),
                                    .ended_at = row_utc(rows, "ended_at") });
    return got == 0 ? true : PASS(err);
}

bool analyses_of_case(struct tx *tx, int64_t case_id, struct arena *arena, struct analyses *out,
                      struct err *err)
{
    return read_analyses(tx, case_id, 0, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool analyses_of_organisation(struct tx *tx, int64_t organisation_id, struct arena *arena,
                              struct analyses *out, struct err *err)
{
    return read_analyses(tx, 0, organisation_id, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool analysis_end(struct tx *tx, const struct subject *who, struct product_case *c,
                  struct str public_id, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct analyses found;
    struct entry entry;

    if (public_id.len == 0 || !(who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, ABSENT, STR("an analysis"));
    if (!read_analyses(tx, c->id, 0, public_id, arena, &found, err))
        return PASS(err);
    if (found.len != 1)
        return FAIL(err, ABSENT, STR("an analysis"));
    if (!(who->roles & (str_eq(found.at[0].body, STR("RB")) ? ROLE_RB : ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("analysis"));
    if (found.at[0].ended_at.ms)
        return true;
    details.ref = found.at[0].id;
    return case_note(tx, who, c, 0, "analysis.ended", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool analysis_load(const struct casework *w, struct tx *tx, const struct subject *who,
                   struct str public_id, struct arena *arena, struct analysis *out,
                   struct product_case *c, struct grant *grant, struct err *err)
{
    struct developers developers;
    struct analyses found;

    if (!(who->roles & ROLE_AN) || public_id.len == 0)
        return FAIL(err, ABSENT, STR("an analysis"));
    if (!read_analyses(tx, 0, who->organisation_id, public_id, arena, &found, err))
        return PASS(err);
    if (found.len != 1 || found.at[0].ended_at.ms)
        return FAIL(err, ABSENT, STR("an analysis"));
    *out = found.at[0];
    return case_load_by_id(w, tx, out->case_id, arena, c, err) &&
                   developers_load(tx, c->id, arena, &developers, err) &&
                   visibility_grant_partner(AUDIENCE_AN, c, &developers, out->parts, grant, err)
               ? true
               : PASS(err);
}

bool analysis_texts(struct tx *tx, const struct product_case *c, const struct analysis *a,
                    const struct grant *grant, struct arena *arena, struct str *scope,
                    struct str *condition, struct str *texts, struct str *answer, struct err *err)
{
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);
    struct str asked, answered = STR_NONE;

    if (!ledger_payload(tx, &c->key, a->seq, arena, &asked, err) ||
        (a->answer_seq && !ledger_payload(tx, &c->key, a->answer_seq, arena, &answered, err)))
        return PASS(err);
    *scope = record_get(asked, "scope");
    *condition = record_get(asked, "condition");
    *answer = record_get(answered, "text");
    put_texts(asked, grant->full | grant->part, &buf);
    return buf_done(&buf, texts, err) ? true : PASS(err);
}

bool analysis_see(struct tx *tx, const struct subject *who, struct product_case *c,
                  const struct analysis *a, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .ref = a->id };
    struct entry entry;

    if (a->seen_at.ms)
        return true;
    return case_note(tx, who, c, 0, "analysis.seen", &details, now, arena, &entry, err) ? true
                                                                                        : PASS(err);
}

bool analysis_answer(struct tx *tx, const struct subject *who, struct product_case *c,
                     const struct analysis *a, struct str words, struct utc now,
                     struct arena *arena, struct err *err)
{
    struct details details = { .ref = a->id };
    struct news news = { .notice = "ANALYSIS", .case_id = c->id };
    struct entry entry;

    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!words_record(arena, words, &details.payload, err) ||
        !case_note(tx, who, c, 0, "analysis.answered", &details, now, arena, &entry, err))
        return PASS(err);
    news.seq = entry.seq;
    return outbox_to_role(tx, &news, str_eq(a->body, STR("RB")) ? ROLE_RB : ROLE_CB, now, err)
               ? true
               : PASS(err);
}
