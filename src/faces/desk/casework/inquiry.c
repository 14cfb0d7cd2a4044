/* faces/desk/casework/inquiry.c: the finder's questions on the pages of a case: the receiving body consults whoever takes part, and answers with
 * what may be told (INT-12). */
#include "domain/casework/inquiry.h"

#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"

static struct tag_view tag_of(const struct request *req, const struct inquiry *one,
                              enum inquiry_party party)
{
    switch (one->state) {
    case INQUIRY_CONSULTING:
        return (struct tag_view){ tr(req->lang, N_("The coordinating body is consulted")),
                                  TONE_NEUTRAL };
    case INQUIRY_CONSULTED:
        return (struct tag_view){ tr(req->lang, N_("Consulted, to be answered")), TONE_EMBER };
    default:
        return (struct tag_view){ tr(req->lang, party == CONSULT_NOBODY ? N_("To be answered")
                                                                        : N_("To be consulted on")),
                                  TONE_EMBER };
    }
}

static struct str href_of(struct request *req, const struct scene *s, const char *room,
                          const struct inquiry *one, const char *what)
{
    return arena_printf(req->arena, "/%s/%.*s/inquiries/%lld/%s", room, STR_ARG(s->c.public_id),
                        (long long)one->id, what);
}

/* What the finder asked and, once it is there, what may be told of it. */
static struct str words_of(struct request *req, const struct inquiry *one)
{
    if (one->advice.len == 0)
        return one->words;
    return arena_printf(req->arena, "%.*s\n\n%.*s\n%.*s", STR_ARG(one->words),
                        STR_ARG(tr(req->lang, N_("What may be told:"))), STR_ARG(one->advice));
}

/* Several may wait at once, each with forms of its own. */
static const char *id_of(struct request *req, const char *what, const struct inquiry *one)
{
    return arena_z(req->arena, arena_printf(req->arena, "%s-%lld", what, (long long)one->id));
}

/* ---- the receiving body ---- */

static void add_consult_deeds(struct request *req, const struct scene *s, const struct inquiry *one,
                              enum inquiry_party party, struct deeds *deeds)
{
    struct deed_view *d;

    if (inquiry_can(who_of(req), one, party, ON_INQUIRY_CONSULT)) {
        d = deed_add(
            req, deeds, id_of(req, "consult", one), N_("Consult the coordinating body"),
            N_("Ask what may be told"), href_of(req, s, "reports", one, "consult"),
            N_("The coordinating body is told, and says what the finder may be told. After that you answer the finder."),
            LOOK_GO, s->c.version);
        deed_field(
            req, d, FIELD_TEXTAREA, "text", N_("What the coordinating body is asked"),
            N_("In your own words: nothing that could tell who the finder is. The finder's words are not passed on."),
            true);
    }
    if (inquiry_can(who_of(req), one, party, ON_INQUIRY_RECORD)) {
        d = deed_add(
            req, deeds, id_of(req, "record", one), N_("Keep what the operator has agreed to"),
            N_("Keep it on record"), href_of(req, s, "reports", one, "record"),
            N_("Nobody is told. After that you answer the finder."), LOOK_GO, s->c.version);
        deed_field(req, d, FIELD_TEXTAREA, "text",
                   N_("What the operator says the finder may be told"), "", true);
    }
}

static void add_answer_deed(struct request *req, const struct scene *s, const struct inquiry *one,
                            enum inquiry_party party, struct deeds *deeds)
{
    struct deed_view *d;

    if (!inquiry_can(who_of(req), one, party, ON_INQUIRY_ANSWER))
        return;
    d = deed_add(
        req, deeds, id_of(req, "inquiry", one), N_("Answer the finder's question"),
        N_("Send the answer"), href_of(req, s, "reports", one, "answer"),
        N_("The finder is told by mail, without content, that there is news in the mailbox."),
        LOOK_GO, s->c.version);
    deed_field(req, d, FIELD_TEXTAREA, "text", N_("Answer"),
               party == CONSULT_NOBODY
                   ? N_("Nobody else takes part yet, so nobody has to be consulted.")
                   : N_("Nothing beyond what may be told."),
               true);
}

bool fill_inquiries(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    enum inquiry_party party = inquiry_party(&s->c, s->c.is_website ? &s->site : NULL);
    struct inquiries all;

    if (!inquiries_waiting(s->tx, who_of(req), &s->c, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct inquiry *one = &all.at[i];
        struct wait_row row = {
            .who = tr(req->lang, N_("The finder")),
            .when = when_of(req->arena, req->lang, one->at),
            .tag = tag_of(req, one, party),
            .what = tr(
                req->lang,
                N_("Identity: whoever asks has opened the mailbox with receipt number and passphrase.")),
            .words = words_of(req, one),
        };

        add_consult_deeds(req, s, one, party, &row.deeds);
        add_answer_deed(req, s, one, party, &row.deeds);
        VEC_PUSH(req->arena, &v->inquiries, row);
    }
    return true;
}

/* ---- the coordinating body ---- */

bool fill_consultations(struct request *req, struct scene *s, struct case_page_view *v,
                        struct err *err)
{
    struct inquiries all;

    if (!inquiries_waiting(s->tx, who_of(req), &s->c, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct inquiry *one = &all.at[i];
        struct wait_row row = {
            .who = tr(req->lang, N_("The receiving body")),
            .when = when_of(req->arena, req->lang, one->consulted_at),
            .tag = { tr(req->lang, N_("Waits for an answer")), TONE_EMBER },
            .what = tr(req->lang, N_("The finder has asked something. What may be told?")),
            .words = one->asked,
        };
        struct deed_view *d;

        if (!inquiry_can(who_of(req), one, CONSULT_COORDINATING_BODY, ON_INQUIRY_ADVISE))
            continue;
        d = deed_add(
            req, &row.deeds, id_of(req, "advise", one), N_("Say what the finder may be told"),
            N_("Send it"), href_of(req, s, "cases", one, "advise"),
            N_("The receiving body is told. It answers the finder with this, and with nothing beyond it."),
            LOOK_GO, s->c.version);
        deed_field(req, d, FIELD_TEXTAREA, "text", N_("What may be told, and what not"), "", true);
        VEC_PUSH(req->arena, &v->inquiries, row);
    }
    return true;
}

/* ---- handlers ---- */

static bool number_of(const struct request *req, int64_t *out, struct err *err)
{
    struct err ignored = { 0 };

    return str_to_int(request_path(req, "inquiry"), 1, INT64_MAX, out, &ignored)
               ? true
               : FAIL(err, ABSENT, STR("an inquiry"));
}

static struct str text_of(const struct request *req) { return request_form(req, "text"); }

static bool consult_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    return number_of(req, &id, err) && inquiry_consult(s->tx, who_of(req), &s->c, id, text_of(req),
                                                       req->now, req->arena, err)
               ? true
               : PASS(err);
}

static bool advise_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    return number_of(req, &id, err) && inquiry_advise(s->tx, who_of(req), &s->c, id, text_of(req),
                                                      req->now, req->arena, err)
               ? true
               : PASS(err);
}

static bool record_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    if (!number_of(req, &id, err))
        return PASS(err);
    if (!s->c.is_website)
        return FAIL(err, ABSENT, STR("an inquiry"));
    return inquiry_record(s->tx, who_of(req), &s->site, id, text_of(req), req->now, req->arena, err)
               ? true
               : PASS(err);
}

static bool answer_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    return number_of(req, &id, err) &&
                   inquiry_answer(s->tx, who_of(req), &s->c, s->c.is_website ? &s->site : NULL, id,
                                  text_of(req), req->now, req->arena, err)
               ? true
               : PASS(err);
}

#define REPORT(name, deed, done)                                                       \
    bool name(struct request *req, struct response *res, struct err *err)              \
    {                                                                                  \
        return scene_carry_out_in(req, res, scene_open_report, deed, report_page_show, \
                                  report_path(req), done, err);                        \
    }

REPORT(report_inquiry_consult, consult_deed, "inquiry_consulted")
REPORT(report_inquiry_record, record_deed, "inquiry_recorded")
REPORT(report_inquiry_answer, answer_deed, "inquiry_answered")

bool case_inquiry_advise(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, advise_deed, case_page_show, case_path(req), "inquiry_advised",
                           err);
}
