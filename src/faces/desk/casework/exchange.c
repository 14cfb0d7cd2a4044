/* faces/desk/casework/exchange.c: foreign coordinators on the page of a case: who takes part, what each was given, the conversation (COO-34). */
#include "faces/desk/casework/exchange.h"

#include "base/err.h"
#include "domain/casework/package.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"
#include "faces/http/respond.h"

void exchange_thread(struct request *req, const struct exchange_messages *said, bool is_there,
                     struct message_list *out)
{
    for (size_t i = 0; i < said->len; i++) {
        const struct exchange_message *m = &said->at[i];

        VEC_PUSH(req->arena, out,
                 (struct message){ .id = arena_printf(req->arena, "m%zu", i + 1),
                                   .text = m->words,
                                   .when = when_of(req->arena, req->lang, m->at),
                                   .who = m->is_from_there
                                              ? tr(req->lang, N_("Foreign coordinator"))
                                              : tr(req->lang, N_("Coordinating body")),
                                   .is_mine = m->is_from_there == is_there });
    }
}

bool exchange_send_package(struct request *req, struct response *res, struct tx *tx,
                           const struct product_case *c, const struct exchange *e,
                           const struct grant *grant, struct err *err)
{
    const struct settings *settings = desk_of(req)->settings;
    struct exchange_texts t;
    struct package p;
    struct str text;

    if (!exchange_texts(tx, c, e, grant, req->arena, &t, err))
        return PASS(err);
    if (t.words.len == 0)
        return FAIL(err, ABSENT, STR("a package"));
    p = (struct package){ .number = c->number,
                          .title = c->title,
                          .words = t.words,
                          .countermeasure = t.countermeasure,
                          .fields = t.fields,
                          .made_at = e->given_at,
                          .publisher = settings->coordinating_body_en,
                          .publisher_namespace = settings->publisher_namespace };
    if ((grant->full | grant->part) & SEES_D)
        p.publication = c->publication_date;
    return package_to_csaf(&p, req->arena, &text, err) &&
                   respond_attachment(res, text,
                                      arena_printf(req->arena, "%.*s.json", STR_ARG(c->number)),
                                      STR("application/json"))
               ? true
               : PASS(err);
}

/* ---- on the page of the case ---- */

static struct str name_of(const struct request *req, const struct exchange *e)
{
    return req->lang == LANG_EN && e->organisation_name_en.len > 0 ? e->organisation_name_en
                                                                   : e->organisation_name_ja;
}

static struct tag_view exchange_tag(const struct request *req, const struct exchange *e)
{
    if (e->ended_at.ms)
        return (struct tag_view){ tr(req->lang, N_("Ended")), TONE_NEUTRAL };
    if (!e->given_at.ms)
        return (struct tag_view){ tr(req->lang, N_("Nothing given yet")), TONE_NEUTRAL };
    return e->seen_at.ms >= e->given_at.ms
               ? (struct tag_view){ tr(req->lang, N_("Has read what was given")), TONE_GOOD }
               : (struct tag_view){ tr(req->lang, N_("Not read yet")), TONE_WARN };
}

static struct str what_of(struct request *req, const struct exchange *e,
                          const struct exchange_texts *t)
{
    if (e->is_origin)
        return t->reference.len > 0
                   ? tr_fill(req->arena, req->lang,
                             N_("The case came from it; its number there: {number}"),
                             TR_ARGS({ "number", t->reference }))
                   : tr(req->lang, N_("The case came from it."));
    return tr(req->lang, N_("It was asked to take part."));
}

static struct str thread_words(struct request *req, const struct exchange_messages *said,
                               struct str words)
{
    struct buf buf = buf_new(req->arena, (size_t)1 << 20);

    buf_add(&buf, words);
    for (size_t i = 0; i < said->len; i++) {
        const struct exchange_message *m = &said->at[i];

        buf_printf(&buf, "%s%.*s  %.*s\n%.*s", buf.len > 0 ? "\n\n" : "",
                   STR_ARG(m->is_from_there ? tr(req->lang, N_("Foreign coordinator"))
                                            : tr(req->lang, N_("Coordinating body"))),
                   STR_ARG(tr_short_instant(req->arena, req->lang, m->at)), STR_ARG(m->words));
    }
    return buf_str(&buf);
}

static struct str exchange_href(struct request *req, const struct scene *s,
                                const struct exchange *e, const char *rest)
{
    return arena_printf(req->arena, "/cases/%.*s/exchanges/%.*s%s", STR_ARG(s->c.public_id),
                        STR_ARG(e->public_id), rest);
}

static bool fill_one(struct request *req, struct scene *s, const struct exchange *e,
                     struct case_page_view *v, struct err *err)
{
    struct wait_row row = { .who = name_of(req, e),
                            .when = when_of(req->arena, req->lang, e->opened_at),
                            .tag = exchange_tag(req, e) };
    struct exchange_messages said;
    struct exchange_texts t;
    struct deed_view *d;

    if (!exchange_texts(s->tx, &s->c, e, &s->grant, req->arena, &t, err) ||
        !exchange_messages(s->tx, &s->c, e, req->arena, &said, err))
        return PASS(err);
    row.what = what_of(req, e, &t);
    row.words = thread_words(req, &said, t.words);
    if ((who_of(req)->roles & ROLE_CB) && !e->ended_at.ms) {
        d = deed_add(req, &row.deeds, "exchange-say", N_("Write to the foreign coordinator"),
                     N_("Send"), exchange_href(req, s, e, "/messages"),
                     N_("The people there are told by mail that there is something to read."),
                     LOOK_PLAIN, 0);
        deed_field(req, d, FIELD_TEXTAREA, "text", N_("Message"), "", true);
        deed_add(req, &row.deeds, "exchange-end", N_("End its part in the case"),
                 N_("End its part in the case"), exchange_href(req, s, e, "/end"),
                 N_("It sees nothing of the case from here on."), LOOK_PLAIN, s->c.version);
    }
    VEC_PUSH(req->arena, &v->exchanges, row);
    return true;
}

static bool add_give_deed(struct request *req, struct scene *s, struct deeds *deeds,
                          struct err *err)
{
    unsigned row = visibility_cell(AUDIENCE_FB, s->grant.phase).part;
    struct partners partners;
    struct deed_view *d;
    struct field_view *f;

    if (!(who_of(req)->roles & ROLE_CB) || !row)
        return true;
    if (!partner_list(s->tx, STR("FB"), req->arena, &partners, err))
        return PASS(err);
    if (partners.len == 0)
        return true; /* nobody in the register */
    d = deed_add(
        req, deeds, "give", N_("Coordinate with a foreign coordinator"),
        N_("Give it what is ticked"), case_href(req, s, "/exchanges"),
        N_("It reads the vulnerability information and what you tick, and is told by mail. The finder is not named."),
        LOOK_PLAIN, s->c.version);
    f = deed_field(req, d, FIELD_SELECT, "partner", N_("Foreign coordinator"), "", true);
    for (size_t i = 0; i < partners.len; i++) {
        const struct partner *p = &partners.at[i];

        if (partner_is_ready(p))
            VEC_PUSH(req->arena, &f->choices,
                     (struct choice){ .value = p->public_id,
                                      .label = p->values.name_ja,
                                      .is_chosen = str_eq(f->value, p->public_id) });
    }
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("What you ask of it"), "", true);
    if (row & SEES_M)
        deed_field(req, d, FIELD_TEXTAREA, "countermeasure",
                   N_("What may be told of the countermeasure"), "", true);
    if (row & SEES_T)
        deed_field(req, d, FIELD_CHECK, "with_verification",
                   N_("Give the verification method as well"), "", false);
    if (row & SEES_X)
        deed_field(req, d, FIELD_CHECK, "with_attack", N_("Give the attack method as well"), "",
                   false);
    return true;
}

bool fill_exchanges(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct exchanges all;

    if (!exchanges_of_case(s->tx, s->c.id, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (!fill_one(req, s, &all.at[i], v, err))
            return PASS(err);
    }
    return add_give_deed(req, s, &v->deeds, err) ? true : PASS(err);
}

/* ---- deeds ---- */

static bool give_deed(struct request *req, struct scene *s, struct err *err)
{
    struct exchange_wish wish = { .partner = request_form(req, "partner"),
                                  .words = request_form(req, "words"),
                                  .countermeasure = request_form(req, "countermeasure"),
                                  .with_verification =
                                      request_form(req, "with_verification").len > 0,
                                  .with_attack = request_form(req, "with_attack").len > 0 };

    return exchange_give(s->tx, who_of(req), &s->c, &s->grant, &wish, req->now, req->arena, err);
}

static bool say_deed(struct request *req, struct scene *s, struct err *err)
{
    struct exchange e;

    return exchange_of_case(s->tx, &s->c, request_path(req, "exchange"), req->arena, &e, err) &&
           exchange_say(s->tx, who_of(req), &s->c, &e, request_form(req, "text"), req->now,
                        req->arena, err);
}

static bool end_deed(struct request *req, struct scene *s, struct err *err)
{
    return exchange_close(s->tx, who_of(req), &s->c, request_path(req, "exchange"), req->now,
                          req->arena, err);
}

bool case_exchange_give(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, give_deed, case_page_show, case_path(req), "exchange_given",
                           err);
}

bool case_exchange_say(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, say_deed, case_page_show, case_path(req), "said", err);
}

bool case_exchange_end(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, end_deed, case_page_show, case_path(req), "exchange_ended",
                           err);
}
