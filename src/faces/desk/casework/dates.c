/* faces/desk/casework/dates.c: how the publication date came about, on the page of a case. */
#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/casework/negotiation.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/state.h"

enum { DETAIL_MAX = 65536 };

/* clang-format off */
static const struct {
    const char *code, *words;
} codes[] = {
    { "AGREED",      N_("From the verification reports, in consultation with the developers") },
    { "INDEPENDENT", N_("Set alone: no developer has reported a result") },
    { "NO_REPLY",    N_("Set alone: a developer does not answer") },
    { "UNREACHABLE", N_("Set alone: a developer cannot be reached") },
    { "ADOPTED",     N_("Adopted") },
    { "DECLINED",    N_("Declined") },
};
static const struct {
    const char *field, *name; /* name: NULL for what needs none */
} reasons[] = {
    { "text",        NULL },
    { "reason",      NULL },
    { "time_needed", N_("Time needed for countermeasures") },
    { "foreign",     N_("Coordination with foreign bodies") },
    { "leak_risk",   N_("Risk of leakage") },
};
/* clang-format on */

static void add_part(struct buf *buf, struct str part)
{
    if (part.len == 0)
        return;
    if (buf->len > 0)
        buf_add_z(buf, " · ");
    buf_add(buf, part);
}

static struct str detail_of(struct request *req, const struct date_step *step)
{
    struct buf buf = buf_new(req->arena, DETAIL_MAX);

    for (size_t i = 0; i < COUNT(codes); i++) {
        if (str_eq_z(step->entry.code, codes[i].code))
            add_part(&buf, tr(req->lang, codes[i].words));
    }
    if (step->before.ms)
        add_part(&buf,
                 tr_fill(req->arena, req->lang, N_("instead of {date}"),
                         TR_ARGS({ "date", tr_instant(req->arena, req->lang, step->before) })));
    if (record_get(step->why, "heard").len > 0)
        add_part(&buf, tr(req->lang, N_("The developer has been heard about the date")));
    if (step->why.len > 0 && str_eq(step->entry.kind, STR("date.changed")))
        add_part(&buf, tr(req->lang, N_("The other developers have been consulted")));
    for (size_t i = 0; i < COUNT(reasons); i++) {
        struct str words = str_trim(record_get(step->why, reasons[i].field));

        if (words.len > 0 && reasons[i].name)
            words =
                tr_fill(req->arena, req->lang, N_("{what}: {words}"),
                        TR_ARGS({ "what", tr(req->lang, reasons[i].name) }, { "words", words }));
        add_part(&buf, words);
    }
    return buf_str(&buf);
}

static struct str who_did(struct request *req, const struct date_step *step)
{
    struct str organisation = req->lang == LANG_EN && step->organisation_en.len > 0
                                  ? step->organisation_en
                                  : step->organisation_ja;

    return step->person.len > 0
               ? arena_printf(req->arena, "%.*s %.*s", STR_ARG(organisation), STR_ARG(step->person))
               : organisation;
}

bool fill_dates(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct date_steps steps;

    if (!negotiation_steps(s->tx, &s->c, &s->grant, req->arena, &steps, err))
        return PASS(err);
    if (steps.len == 1 && str_eq(steps.at[0].entry.kind, STR("clock.started")))
        return true; /* nobody has spoken of a date yet */
    for (size_t i = 0; i < steps.len; i++) {
        const struct date_step *step = &steps.at[i];

        VEC_PUSH(req->arena, &v->dates,
                 (struct moment){ .when = when_of(req->arena, req->lang, step->entry.at),
                                  .what = event_words(req->arena, req->lang, &step->entry),
                                  .who = who_did(req, step),
                                  .detail = detail_of(req, step),
                                  .is_latest = i + 1 == steps.len });
    }
    return true;
}
