/* faces/desk/casework/observed.c: a leak, an exploit or an attack on the pages of a case: reported, confirmed by a second person, decided on
 * (CFD-15). */
#include "domain/casework/observation.h"

#include "base/err.h"
#include "domain/advisory/editing.h"
#include "domain/advisory/site.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"

static struct str words_of_code(const struct request *req, const struct code *list, struct str code)
{
    for (; list->code; list++) {
        if (str_eq_z(code, list->code))
            return tr(req->lang, list->words);
    }
    return STR_NONE;
}

struct str observed_kind(const struct request *req, const struct observation *o)
{
    return words_of_code(req, observation_kinds, o->kind);
}

struct tag_view observed_tag(const struct request *req, const struct observation *o)
{
    switch (o->state) {
    case OBSERVATION_CLAIMED:
        return (struct tag_view){ tr(req->lang, N_("Being confirmed")), TONE_EMBER };
    case OBSERVATION_ADOPTED:
        return (struct tag_view){ tr(req->lang, N_("Confirmed, to be decided at once")), TONE_BAD };
    case OBSERVATION_DECIDED:
        return (struct tag_view){ words_of_code(req, observation_decisions, o->decision),
                                  TONE_WARN };
    default:
        return (struct tag_view){ tr(req->lang, N_("Not confirmed")), TONE_NEUTRAL };
    }
}

/* ---- what may be done ---- */

void observed_claim_deed(struct request *req, struct deeds *deeds, struct str path, int64_t version)
{
    struct deed_view *d = deed_add(
        req, deeds, "observed", N_("Report a leak, an exploit or an attack"), N_("Report it"), path,
        N_("Both bodies are told at once, and confirm it. Nothing is published and no date moves by itself."),
        LOOK_PLAIN, version);
    struct field_view *f =
        deed_field(req, d, FIELD_RADIO, "kind", N_("What has been seen"), "", true);

    for (const struct code *c = observation_kinds; c->code; c++)
        deed_choice(req, f, c->code, c->words);
    deed_value(
        req, deed_field(req, d, FIELD_DATETIME, "seen_at", N_("When it was seen (JST)"), "", true),
        deed_instant(req->arena, req->now));
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("What was seen, and where"),
               N_("Addresses, names of files, who told you. The two bodies read it."), true);
}

static struct str href_of(struct request *req, const struct scene *s, const struct observation *o,
                          const char *what)
{
    return arena_printf(req->arena, "/cases/%.*s/observations/%lld/%s", STR_ARG(s->c.public_id),
                        (long long)o->id, what);
}

static struct str prepared_words(const struct request *req, const struct observation *o)
{
    return tr(
        req->lang,
        str_eq(o->kind, STR("LEAK"))
            ? N_("The information of this case has become known outside. Please let your emergency organisation act, tell nobody else, and tell us at once of any countermeasure you can offer. The publication date stays until the coordinating body decides otherwise.")
        : str_eq(o->kind, STR("EXPLOIT"))
            ? N_("A means of attack for this vulnerability has been found. Please let your emergency organisation act, and tell us at once of any countermeasure you can offer. The publication date stays until the coordinating body decides otherwise.")
            : N_("Attacks on this vulnerability have been seen. Please let your emergency organisation act, and tell us at once of any countermeasure you can offer. The publication date stays until the coordinating body decides otherwise."));
}

static void add_confirm_deeds(struct request *req, const struct scene *s,
                              const struct observation *o, struct deeds *deeds)
{
    struct deed_view *d;

    if (observation_can(who_of(req), o, ON_OBSERVATION_ADOPT)) {
        d = deed_add(
            req, deeds, "adopt", N_("Confirm that it is so"),
            N_("Confirm it, and tell everybody concerned"), href_of(req, s, o, "adopt"),
            N_("Both bodies, the developers that know of the case and the finder are told at once. The coordinating body decides next; a draft of the advisory is prepared for it."),
            LOOK_BAD, s->c.version);
        deed_value(req,
                   deed_field(req, d, FIELD_TEXTAREA, "words", N_("To everybody concerned"),
                              N_("Nothing that only some of them may know."), true),
                   prepared_words(req, o));
    }
    if (observation_can(who_of(req), o, ON_OBSERVATION_DISMISS)) {
        d = deed_add(req, deeds, "dismiss", N_("It is none"), N_("Do not confirm it"),
                     href_of(req, s, o, "dismiss"), N_("Nobody else is told."), LOOK_PLAIN,
                     s->c.version);
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"), "", true);
    }
}

static void add_decide_deed(struct request *req, const struct scene *s, const struct observation *o,
                            struct deeds *deeds)
{
    struct deed_view *d;
    struct field_view *f;

    if (!observation_can(who_of(req), o, ON_OBSERVATION_DECIDE))
        return;
    d = deed_add(
        req, deeds, "decide", N_("Decide what follows"), N_("Decide, and tell everybody concerned"),
        href_of(req, s, o, "decide"),
        N_("The decision is kept with its reason. It moves nothing by itself: please change the date, and hand in the advisory, on this page."),
        LOOK_GO, s->c.version);
    d->is_open = true;
    f = deed_field(req, d, FIELD_RADIO, "decision", N_("Decision"), "", true);
    for (const struct code *c = observation_decisions; c->code; c++)
        deed_choice(req, f, c->code, c->words);
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason, to everybody concerned"), "", true);
}

/* ---- what is known ---- */

static struct str both(struct request *req, struct str told, struct str decided)
{
    return decided.len > 0 ? arena_printf(req->arena, "%.*s%s%.*s", STR_ARG(told),
                                          told.len > 0 ? "\n\n" : "", STR_ARG(decided))
                           : told;
}

static struct wait_row row_of(struct request *req, const struct observation *o, bool is_body)
{
    struct str told = both(req, o->told, o->decided);

    return (struct wait_row){
        .who = observed_kind(req, o),
        .when = when_of(req->arena, req->lang, o->seen_at),
        .tag = observed_tag(req, o),
        .what = is_body || o->told.len == 0 ? o->words : STR_NONE,
        .words = told,
    };
}

bool fill_observed(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    bool is_body = who_of(req)->roles & (ROLE_RB | ROLE_CB);
    struct observations all;

    if (!observations_of(s->tx, &s->c, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct observation *o = &all.at[i];
        struct wait_row row = row_of(req, o, is_body);

        if (!is_body && !observation_is_for(o, who_of(req), &s->own))
            continue;
        if (is_body && observation_may_begin(&s->c)) {
            add_confirm_deeds(req, s, o, &row.deeds);
            add_decide_deed(req, s, o, &row.deeds);
        }
        VEC_PUSH(req->arena, &v->observed, row);
    }
    if (observation_may_begin(&s->c) && (is_body || (who_of(req)->roles & ROLE_PM)))
        observed_claim_deed(req, &v->deeds,
                            case_href(req, s, is_body ? "/observations" : "/answer/observation"),
                            s->c.version);
    return true;
}

/* ---- handlers ---- */

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

bool observed_from_form(struct request *req, struct observed *out, struct err *err)
{
    *out = (struct observed){ .kind = form(req, "kind"), .words = form(req, "words") };
    return scene_instant(req, "seen_at", &out->seen_at, err) ? true : PASS(err);
}

static bool number_of(const struct request *req, int64_t *out, struct err *err)
{
    struct err ignored = { 0 };

    return str_to_int(request_path(req, "observation"), 1, INT64_MAX, out, &ignored)
               ? true
               : FAIL(err, ABSENT, STR("an observation"));
}

static bool claim_deed(struct request *req, struct scene *s, struct err *err)
{
    const struct developer *own = who_of(req)->roles & (ROLE_RB | ROLE_CB) ? NULL : &s->own;
    struct observed observed;

    if (own && !s->has_own)
        return FAIL(err, ABSENT, STR("a case"));
    return observed_from_form(req, &observed, err) &&
                   observation_claim(s->tx, who_of(req), &s->c, own, &observed, req->now,
                                     req->arena, err)
               ? true
               : PASS(err);
}

/* The draft stands ready when the coordinating body comes to decide. */
static bool prepare(struct request *req, struct scene *s, struct err *err)
{
    const struct desk *desk = desk_of(req);
    const struct number_prefixes prefixes = prefixes_from(desk->settings);
    struct advisory a;
    bool found;

    if (!(who_of(req)->roles & ROLE_CB) ||
        (s->c.state != CASE_COORDINATING && s->c.state != CASE_DATE_SET &&
         s->c.state != CASE_SELF_PRODUCT))
        return true;
    if (!advisory_load_of(s->tx, s->c.id, req->arena, &a, &found, err))
        return PASS(err);
    return found || advisory_create(&desk->casework, s->tx, who_of(req), &s->c, &prefixes, req->now,
                                    req->arena, &a, err)
               ? true
               : PASS(err);
}

static bool adopt_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    return number_of(req, &id, err) &&
                   observation_adopt(s->tx, who_of(req), &s->c, &s->developers, id,
                                     form(req, "words"), req->now, req->arena, err) &&
                   prepare(req, s, err)
               ? true
               : PASS(err);
}

static bool dismiss_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    return number_of(req, &id, err) &&
           observation_dismiss(s->tx, who_of(req), &s->c, id, form(req, "words"), req->now,
                               req->arena, err);
}

static bool decide_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    return number_of(req, &id, err) &&
           observation_decide(s->tx, who_of(req), &s->c, &s->developers, id, form(req, "decision"),
                              form(req, "words"), req->now, req->arena, err);
}

#define HANDLER(name, deed, done)                                                          \
    bool name(struct request *req, struct response *res, struct err *err)                  \
    {                                                                                      \
        return scene_carry_out(req, res, deed, case_page_show, case_path(req), done, err); \
    }

HANDLER(case_observed, claim_deed, "observed")
HANDLER(case_observed_adopt, adopt_deed, "observed_adopted")
HANDLER(case_observed_dismiss, dismiss_deed, "observed_dismissed")
HANDLER(case_observed_decide, decide_deed, "observed_decided")
HANDLER(own_observed, claim_deed, "observed")
