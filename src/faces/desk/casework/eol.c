/* faces/desk/casework/eol.c: the end of a product's support, on the page of its case. */
#include "domain/casework/eol.h"

#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"

static struct tag_view yes_or_no(const struct request *req, bool is_so)
{
    return (struct tag_view){ is_so ? tr(req->lang, N_("Yes")) : tr(req->lang, N_("No")),
                              is_so ? TONE_EMBER : TONE_NEUTRAL };
}

static const char *advice_words(struct str code)
{
    for (const struct eol_advice *a = eol_advices; a->code; a++) {
        if (str_eq_z(code, a->code))
            return a->words;
    }
    return N_("Nothing yet");
}

static void fill_facts(struct request *req, const struct scene *s, const struct eol *eol,
                       struct fact_list *out)
{
    const struct eol_facts *f = &eol->facts;
    enum eol_case which = eol_case_of(eol, &s->developers, req->now);
    const struct fact facts[] = {
        { .name = tr(req->lang, N_("Which case it is")),
          .value = which == EOL_NONE ? tr(req->lang, N_("Support has not ended yet"))
                                     : tr(req->lang, eol_case_words(which)) },
        { .name = tr(req->lang, N_("Declaration")), .value = f->url, .href = f->url },
        { .name = tr(req->lang, N_("Declared on")),
          .value = tr_date(req->arena, req->lang, f->declared_at) },
        { .name = tr(req->lang, N_("End of support")),
          .tag = { eol_has_ended(eol, req->now) ? tr(req->lang, N_("Passed"))
                                                : tr(req->lang, N_("Ahead")),
                   eol_has_ended(eol, req->now) ? TONE_BAD : TONE_NEUTRAL },
          .value = tr_date(req->arena, req->lang, f->ends_at) },
        { .name = tr(req->lang, N_("Operators of critical infrastructure may use it")),
          .tag = yes_or_no(req, f->ci_use) },
        { .name = tr(req->lang, N_("The impact is judged small")),
          .tag = yes_or_no(req, f->small_impact) },
        { .name = tr(req->lang, N_("Products of others that hold it")),
          .value = f->embedded.len > 0 ? f->embedded : tr(req->lang, N_("None known")) },
        { .name = tr(req->lang, N_("What users are advised")),
          .value = tr(req->lang, advice_words(f->advice)) },
    };

    for (size_t i = 0; i < COUNT(facts); i++)
        VEC_PUSH(req->arena, out, facts[i]);
    if (f->successor.len > 0)
        VEC_PUSH(req->arena, out,
                 (struct fact){ .name = tr(req->lang, N_("Successor")), .value = f->successor });
    if (eol_is_problem_case(eol, req->now))
        VEC_PUSH(
            req->arena, out,
            (struct fact){
                .name = tr(req->lang, N_("Attention")),
                .value = tr(
                    req->lang,
                    N_("All four conditions of a problem case are met: declared, passed, possibly used by critical infrastructure, and part of products of others.")) });
}

static bool add_deed(struct request *req, struct scene *s, const struct eol *eol,
                     struct deeds *deeds, struct err *err)
{
    const struct eol_facts *f = &eol->facts;
    struct deed_view *d =
        deed_add(req, deeds, "eol",
                 eol->recorded_at.ms ? N_("Change what is known of the end of support")
                                     : N_("Record the end of support"),
                 N_("Keep the record"), case_href(req, s, "/eol"),
                 N_("Nothing ends by itself because support has ended. Nobody is told."),
                 LOOK_PLAIN, s->c.version);
    struct field_view *field;

    deed_value(req, deed_field(req, d, FIELD_URL, "url", N_("Page of the declaration"), "", true),
               f->url);
    field = deed_field(req, d, FIELD_DATETIME, "declared_at", N_("Declared on (JST)"), "", true);
    if (f->declared_at.ms)
        deed_value(req, field, deed_instant(req->arena, f->declared_at));
    field = deed_field(req, d, FIELD_DATETIME, "ends_at", N_("End of support (JST)"), "", true);
    if (f->ends_at.ms)
        deed_value(req, field, deed_instant(req->arena, f->ends_at));
    deed_field(req, d, FIELD_CHECK, "ci_use", N_("Operators of critical infrastructure may use it"),
               "", false);
    deed_field(req, d, FIELD_CHECK, "small_impact", N_("The impact is judged small"), "", false);
    deed_value(
        req,
        deed_field(
            req, d, FIELD_TEXTAREA, "embedded", N_("Products of others that hold it"),
            N_("Their developers are treated as further developers of the case: choose them below."),
            false),
        f->embedded);
    field = deed_field(req, d, FIELD_CHECKS, "organisation", N_("Developers of those products"), "",
                       false);
    if (!fill_listed_developers(req, s, field, err))
        return PASS(err);
    field = deed_field(req, d, FIELD_SELECT, "advice", N_("What users are advised"),
                       N_("It stands in the first draft of the advisory."), false);
    deed_choice(req, field, "", N_("Nothing yet"));
    for (const struct eol_advice *a = eol_advices; a->code; a++)
        deed_choice(req, field, a->code, a->words);
    deed_value(req, field, f->advice);
    deed_value(req, deed_field(req, d, FIELD_TEXT, "successor", N_("Successor"), "", false),
               f->successor);
    return true;
}

bool fill_eol(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct eol eol;

    if (!eol_load(s->tx, &s->c, req->arena, &eol, err))
        return PASS(err);
    if (eol.recorded_at.ms)
        fill_facts(req, s, &eol, &v->eol);
    if (!(who_of(req)->roles & ROLE_CB) || s->c.state < CASE_WITH_CB ||
        product_is_closed(s->c.state) || str_eq(s->c.origin, STR("SELF")))
        return true;
    return add_deed(req, s, &eol, &v->deeds, err) ? true : PASS(err);
}

/* ---- handlers ---- */

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

static bool eol_deed(struct request *req, struct scene *s, struct err *err)
{
    struct eol_facts facts = { .url = form(req, "url"),
                               .embedded = form(req, "embedded"),
                               .advice = form(req, "advice"),
                               .successor = form(req, "successor"),
                               .ci_use = form(req, "ci_use").len > 0,
                               .small_impact = form(req, "small_impact").len > 0 };
    struct eol_others others = { 0 };

    for (size_t i = 0; i < request_form_count(req, "organisation"); i++)
        VEC_PUSH(req->arena, &others, request_form_nth(req, "organisation", i));
    return scene_instant(req, "declared_at", &facts.declared_at, err) &&
           scene_instant(req, "ends_at", &facts.ends_at, err) &&
           eol_record(&desk_of(req)->casework, s->tx, who_of(req), &s->c, &facts, &others, req->now,
                      req->arena, err);
}

bool case_eol(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(
        req, res, eol_deed, case_page_show,
        arena_printf(req->arena, "/cases/%.*s", STR_ARG(request_path(req, "id"))), "eol_recorded",
        err);
}
