/* faces/desk/casework/cve.c: CVE numbers on the page of a case: one for each vulnerability (COO-39). */
#include "domain/casework/cve.h"

#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"

struct tag_view cve_tag(enum lang lang, const struct cve_number *n)
{
    static const struct {
        const char *word;
        enum tone tone;
    } rows[CVE_STATES] = { [CVE_FREE] = { N_("Free"), TONE_NEUTRAL },
                           [CVE_RESERVED] = { N_("Reserved"), TONE_WARN },
                           [CVE_ASSIGNED] = { N_("Stands in the advisory"), TONE_EMBER },
                           [CVE_PUBLIC] = { N_("Published"), TONE_GOOD },
                           [CVE_REJECTED] = { N_("Not used"), TONE_NEUTRAL } };

    if (n->alarmed_at.ms && (n->state == CVE_RESERVED || n->state == CVE_ASSIGNED))
        return (struct tag_view){ tr(lang, N_("Public elsewhere")), TONE_BAD };
    return (struct tag_view){ tr(lang, rows[n->state].word), rows[n->state].tone };
}

static void add_reject(struct request *req, struct scene *s, const struct cve_number *n,
                       struct deeds *deeds)
{
    struct deed_view *d =
        deed_add(req, deeds, "reject-cve", N_("It will not be used"), N_("Give the number up"),
                 arena_printf(req->arena, "/cases/%.*s/cve-numbers/%.*s/reject",
                              STR_ARG(s->c.public_id), STR_ARG(n->cve)),
                 N_("The number is not used again for anything else."), LOOK_PLAIN, s->c.version);

    deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
}

bool fill_numbers(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    bool is_cb = who_of(req)->roles & ROLE_CB;
    struct cve_numbers own;
    struct deed_view *d;

    if (!cve_of_case(s->tx, &s->c, req->arena, &own, err))
        return PASS(err);
    for (size_t i = 0; i < own.len; i++) {
        const struct cve_number *n = &own.at[i];
        struct wait_row row = { .who = n->cve,
                                .when = when_of(req->arena, req->lang, n->reserved_at),
                                .tag = cve_tag(req->lang, n),
                                .words = n->words };

        if (n->alarmed_at.ms && n->state != CVE_PUBLIC)
            row.what = tr(
                req->lang,
                N_("The catalogue holds this number as published by somebody else. Please see whether the vulnerability has become known."));
        if (is_cb && n->state == CVE_RESERVED)
            add_reject(req, s, n, &row.deeds);
        VEC_PUSH(req->arena, &v->numbers, row);
    }
    if (!is_cb || s->c.state < CASE_WITH_CB ||
        (product_is_closed(s->c.state) && s->c.state != CASE_PUBLISHED))
        return true;
    d = deed_add(req, &v->deeds, "reserve-cve", N_("Reserve a CVE number"),
                 N_("Reserve the next number"), case_href(req, s, "/cve-numbers"),
                 N_("One for each vulnerability of the case. Nobody outside is told."), LOOK_PLAIN,
                 s->c.version);
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Which vulnerability it stands for"), "", true);
    return true;
}

static bool reserve_deed(struct request *req, struct scene *s, struct err *err)
{
    struct str cve;

    return cve_reserve(s->tx, who_of(req), &s->c, request_form(req, "words"), req->now, req->arena,
                       &cve, err);
}

static bool reject_deed(struct request *req, struct scene *s, struct err *err)
{
    return cve_reject(s->tx, who_of(req), &s->c, request_path(req, "cve"),
                      request_form(req, "reason"), req->now, req->arena, err);
}

bool case_cve_reserve(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, reserve_deed, case_page_show, case_path(req), "cve_reserved",
                           err);
}

bool case_cve_reject(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, reject_deed, case_page_show, case_path(req), "cve_rejected",
                           err);
}
