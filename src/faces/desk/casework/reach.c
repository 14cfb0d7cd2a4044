/* faces/desk/casework/reach.c: reaching a developer, on its page in a case: the ledger of attempts, what is still to be tried, and the steps with
 * one that cannot be reached. */
#include "base/err.h"
#include "domain/casework/contact.h"
#include "domain/casework/unreachable.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"

enum { DEADLINE_DAYS = 30 };

static struct str href(struct request *req, const struct scene *s, const struct developer *d,
                       const char *rest)
{
    return arena_printf(req->arena, "/cases/%.*s/developers/%.*s%s", STR_ARG(s->c.public_id),
                        STR_ARG(d->public_id), rest);
}

static struct str words_or_code(const struct request *req, const char *words, struct str code)
{
    return words ? tr(req->lang, words) : code;
}

/* ---- what was tried ---- */

static bool fill_attempts(struct request *req, struct scene *s, const struct developer *d,
                          struct case_page_view *v, struct err *err)
{
    struct contact_attempts attempts;

    if (!contact_list(s->tx, &s->c, d, req->arena, &attempts, err))
        return PASS(err);
    for (size_t i = attempts.len; i-- > 0;) {
        const struct contact_attempt *a = &attempts.at[i];

        VEC_PUSH(req->arena, &v->attempts,
                 (struct attempt_row){
                     .when = when_of(req->arena, req->lang, a->made_at),
                     .channel = words_or_code(req, contact_channel_words(a->channel), a->channel),
                     .result = words_or_code(req, contact_result_words(a->result), a->result),
                     .to = a->to,
                     .words = a->words,
                     .evidence = a->evidence });
    }
    return true;
}

static void push(struct request *req, struct fact_list *out, const char *name, struct str value)
{
    if (value.len > 0)
        VEC_PUSH(req->arena, out, (struct fact){ .name = tr(req->lang, name), .value = value });
}

static struct str day_of(struct request *req, struct utc t)
{
    return t.ms ? tr_date(req->arena, req->lang, t) : STR_NONE;
}

static struct tag_view rung_tag(struct request *req, const struct contact_rung *rung)
{
    if (rung->count > 0)
        return (struct tag_view){ tr(req->lang, N_("Tried")), TONE_GOOD };
    if (rung->is_unknown)
        return (struct tag_view){ tr(req->lang, N_("No address or number is known")),
                                  TONE_NEUTRAL };
    return rung->is_required
               ? (struct tag_view){ tr(req->lang, N_("Still to be tried")), TONE_EMBER }
               : (struct tag_view){ tr(req->lang, N_("Not tried")), TONE_NEUTRAL };
}

static void fill_ladder(struct request *req, const struct contact_ladder *ladder,
                        struct fact_list *out)
{
    for (size_t i = 0; i < ladder->len; i++) {
        const struct contact_rung *rung = &ladder->at[i];

        if (rung->is_required || rung->count > 0)
            VEC_PUSH(
                req->arena, out,
                (struct fact){
                    .name = words_or_code(req, contact_channel_words(rung->channel), rung->channel),
                    .tag = rung_tag(req, rung),
                    .value = rung->count > 0
                                 ? tr_fill(req->arena, req->lang, N_("{count} times, last {date}"),
                                           TR_ARGS({ "count", tr_number(req->arena, rung->count) },
                                                   { "date", day_of(req, rung->last) }))
                                 : STR_NONE });
    }
    push(req, out, N_("No answer since"), day_of(req, ladder->since));
    push(req, out, N_("May count as one that cannot be reached from"), day_of(req, ladder->enough));
}

static void fill_listing(struct request *req, const struct unreachable *u, struct fact_list *out)
{
    /* clang-format off */
    static const struct {
        const char *words;
        enum tone tone;
    } states[UNREACHABLE_STATES] = {
        [UNREACHABLE_PROPOSED] = { N_("Proposed as one that cannot be reached"), TONE_EMBER },
        [UNREACHABLE_CONFIRMED] = { N_("Cannot be reached"), TONE_BAD },
        [UNREACHABLE_LISTED] = { N_("On the public list, by name"), TONE_BAD },
        [UNREACHABLE_PRODUCT_LISTED] = { N_("On the public list, with the product"), TONE_BAD },
        [UNREACHABLE_DEADLINE_SET] = { N_("On the public list, with a deadline"), TONE_BAD },
        [UNREACHABLE_RESUMED] = { N_("Contact was made"), TONE_GOOD },
        [UNREACHABLE_DROPPED] = { N_("Not pursued"), TONE_NEUTRAL },
    };
    /* clang-format on */

    if (u->state == UNREACHABLE_START)
        return;
    VEC_PUSH(req->arena, out,
             (struct fact){ .name = tr(req->lang, N_("Unreachable developer")),
                            .tag = { tr(req->lang, states[u->state].words), states[u->state].tone },
                            .value = u->number });
    push(req, out, N_("Why it counts as one that cannot be reached"), u->reason);
    push(req, out, N_("Proposed on"), day_of(req, u->proposed_at));
    push(req, out, N_("Confirmed on"), day_of(req, u->confirmed_at));
    push(req, out, N_("Listed by name on"), day_of(req, u->listed_at));
    push(req, out, N_("Listed with the product on"), day_of(req, u->product_at));
    if (u->deadline.ms)
        push(req, out, N_("Deadline for an answer"),
             tr_instant(req->arena, req->lang, u->deadline));
    push(req, out, N_("Contact was made on"), day_of(req, u->resumed_at));
}

/* What people wrote through the public page. */
static bool fill_answers(struct request *req, struct scene *s, const struct unreachable *u,
                         struct fact_list *out, struct err *err)
{
    struct unreachable_answers answers;

    if (!unreachable_answers(s->tx, &s->c, u, req->arena, &answers, err))
        return PASS(err);
    for (size_t i = 0; i < answers.len; i++) {
        const struct unreachable_answer *a = &answers.at[i];

        VEC_PUSH(
            req->arena, out,
            (struct fact){ .name = tr_fill(
                               req->arena, req->lang, N_("Written through the public page, {time}"),
                               TR_ARGS({ "time", tr_short_instant(req->arena, req->lang, a->at) })),
                           .value = a->text });
        push(req, out, N_("How to reach who wrote it"), a->contact);
    }
    return true;
}

/* ---- what may be done ---- */

static void add_contact(struct request *req, const struct scene *s, const struct developer *d,
                        struct deeds *deeds)
{
    struct deed_view *deed = deed_add(
        req, deeds, "contact", N_("Record an attempt to reach them"), N_("Keep the record"),
        href(req, s, d, "/contact"),
        N_("Without any content of the vulnerability. The first attempt in a case starts the counting."),
        LOOK_PLAIN, s->c.version);
    struct field_view *f = deed_field(req, deed, FIELD_SELECT, "channel", N_("By"), "", true);

    for (const struct contact_word *one = contact_channels; one->code; one++)
        deed_choice(req, f, one->code, one->words);
    deed_field(req, deed, FIELD_TEXT, "to", N_("Address, number or person"), "", false);
    deed_value(req, deed_field(req, deed, FIELD_DATETIME, "made_at", N_("Made at (JST)"), "", true),
               deed_instant(req->arena, req->now));
    f = deed_field(req, deed, FIELD_SELECT, "result", N_("Result"), "", true);
    for (const struct contact_word *one = contact_results; one->code; one++)
        deed_choice(req, f, one->code, one->words);
    deed_field(req, deed, FIELD_TEXTAREA, "words", N_("What happened"), "", false);
    deed_field(req, deed, FIELD_TEXT, "evidence", N_("What shows it"),
               N_("For example the number of the registered letter, or the id of the mail."),
               false);
}

static void add_list(struct request *req, const struct scene *s, const struct developer *d,
                     struct deeds *deeds)
{
    struct deed_view *deed = deed_add(
        req, deeds, "list-unreachable", N_("Name it on the public list"), N_("Put it on the list"),
        href(req, s, d, "/unreachable/list"),
        N_("The developer's name stands on the public pages within minutes, without its product and without anything of the vulnerability."),
        LOOK_GO, s->c.version);

    deed_value(req,
               deed_field(req, deed, FIELD_TEXT, "name_ja", N_("Name of the developer (Japanese)"),
                          "", false),
               d->organisation_name_ja);
    deed_value(req,
               deed_field(req, deed, FIELD_TEXT, "name_en", N_("Name of the developer (English)"),
                          "", false),
               d->organisation_name_en);
    deed_field(req, deed, FIELD_URL, "url", N_("Related page"), "", false);
    deed_field(req, deed, FIELD_TEXTAREA, "remark_ja", N_("Remark (Japanese)"),
               N_("Needed when no name is known: whose developer is looked for."), false);
    deed_field(req, deed, FIELD_TEXTAREA, "remark_en", N_("Remark (English)"), "", false);
}

static bool can(const struct request *req, const struct unreachable *u,
                enum unreachable_event event, const struct unreachable_facts *facts)
{
    bool is_new_round =
        event == ON_UNREACHABLE_PROPOSE && (unreachable_life.final_states >> u->state & 1);

    return life_can(&unreachable_life, is_new_round ? UNREACHABLE_START : (int)u->state,
                    who_of(req)->roles, (int)event, facts);
}

static void add_steps(struct request *req, const struct scene *s, const struct developer *d,
                      const struct unreachable *u, const struct unreachable_facts *facts,
                      struct deeds *deeds)
{
    struct unreachable_facts ahead = *facts;
    struct deed_view *deed;

    ahead.deadline_lies_ahead = true;
    if (can(req, u, ON_UNREACHABLE_PROPOSE, facts)) {
        deed = deed_add(
            req, deeds, "propose-unreachable", N_("Propose as one that cannot be reached"),
            N_("Ask a second person"), href(req, s, d, "/unreachable"),
            N_("All that is asked for has been tried. A second person of the coordinating body confirms it."),
            LOOK_PLAIN, s->c.version);
        deed_field(req, deed, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
    }
    if (can(req, u, ON_UNREACHABLE_CONFIRM, facts))
        deed_add(
            req, deeds, "confirm-unreachable", N_("Confirm that it cannot be reached"),
            N_("Confirm it"), href(req, s, d, "/unreachable/confirm"),
            N_("The developer counts as one that cannot be reached from now on; the receiving body is told. It can then be named on the public list."),
            LOOK_GO, s->c.version);
    if (can(req, u, ON_UNREACHABLE_DROP, facts))
        deed_add(req, deeds, "drop-unreachable", N_("Do not pursue the proposal"),
                 N_("Drop the proposal"), href(req, s, d, "/unreachable/drop"), "", LOOK_PLAIN,
                 s->c.version);
    if (can(req, u, ON_UNREACHABLE_LIST, facts))
        add_list(req, s, d, deeds);
    if (can(req, u, ON_UNREACHABLE_LIST_PRODUCT, facts)) {
        deed = deed_add(
            req, deeds, "list-product", N_("Name the product on the public list"),
            N_("Put the product on the list"), href(req, s, d, "/unreachable/product"),
            N_("Name and versions of the product stand on the public pages within minutes, without anything of the vulnerability."),
            LOOK_GO, s->c.version);
        deed_field(req, deed, FIELD_TEXT, "product_name", N_("Product"), "", true);
        deed_field(req, deed, FIELD_TEXT, "versions", N_("Versions"), "", false);
    }
    if (can(req, u, ON_UNREACHABLE_SET_DEADLINE, &ahead)) {
        deed = deed_add(
            req, deeds, "set-deadline", N_("Set the deadline for an answer"),
            N_("Set the deadline"), href(req, s, d, "/unreachable/deadline"),
            N_("The public list announces that the publication judgement committee may judge after this day."),
            LOOK_GO, s->c.version);
        deed_value(
            req, deed_field(req, deed, FIELD_DATETIME, "deadline", N_("Answer by (JST)"), "", true),
            deed_instant(req->arena, utc_add_days(req->now, DEADLINE_DAYS)));
    }
}

bool fill_reach(struct request *req, struct scene *s, const struct developer *d,
                struct case_page_view *v, struct err *err)
{
    const struct casework *w = &desk_of(req)->casework;
    bool coordinates = who_of(req)->roles & ROLE_CB;
    struct unreachable_facts facts;
    struct contact_ladder ladder;
    struct unreachable u;

    if (!fill_attempts(req, s, d, v, err) ||
        !contact_ladder(w, s->tx, d, req->now, req->arena, &ladder, err) ||
        !unreachable_load(s->tx, &s->c, d, req->arena, &u, err) ||
        !unreachable_facts_of(w, s->tx, who_of(req), d, &u, req->now, req->arena, &facts, err))
        return PASS(err);
    if (ladder.attempts > 0 || u.state != UNREACHABLE_START)
        fill_ladder(req, &ladder, &v->reach);
    fill_listing(req, &u, &v->reach);
    if (!fill_answers(req, s, &u, &v->reach, err))
        return PASS(err);
    if (!coordinates || s->c.state < CASE_WITH_CB || product_is_closed(s->c.state))
        return true;
    add_contact(req, s, d, &v->deeds);
    add_steps(req, s, d, &u, &facts, &v->deeds);
    return true;
}

/* ---- handlers ---- */

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

#define ALL &desk_of(req)->casework, s->tx, who_of(req), &s->c

static bool contact_deed(struct request *req, struct scene *s, struct err *err)
{
    struct contact_attempt attempt = { .channel = form(req, "channel"),
                                       .result = form(req, "result"),
                                       .to = form(req, "to"),
                                       .words = form(req, "words"),
                                       .evidence = form(req, "evidence") };
    struct developer d;

    return scene_developer(req, s, &d, err) &&
           scene_instant(req, "made_at", &attempt.made_at, err) &&
           contact_record(ALL, &d, &attempt, req->now, req->arena, err);
}

static bool propose_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;

    return scene_developer(req, s, &d, err) &&
           unreachable_propose(ALL, &d, form(req, "reason"), req->now, req->arena, err);
}

static bool confirm_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;

    return scene_developer(req, s, &d, err) &&
           unreachable_confirm(ALL, &d, req->now, req->arena, err);
}

static bool drop_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;

    return scene_developer(req, s, &d, err) && unreachable_drop(ALL, &d, req->now, req->arena, err);
}

static bool list_deed(struct request *req, struct scene *s, struct err *err)
{
    struct unreachable_notice notice = { .name_ja = form(req, "name_ja"),
                                         .name_en = form(req, "name_en"),
                                         .url = form(req, "url"),
                                         .remark_ja = form(req, "remark_ja"),
                                         .remark_en = form(req, "remark_en") };
    struct developer d;

    return scene_developer(req, s, &d, err) &&
           unreachable_list(ALL, &d, &notice, req->now, req->arena, err);
}

static bool product_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;

    return scene_developer(req, s, &d, err) &&
           unreachable_list_product(ALL, &d, form(req, "product_name"), form(req, "versions"),
                                    req->now, req->arena, err);
}

static bool deadline_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;
    struct utc deadline;

    return scene_developer(req, s, &d, err) && scene_instant(req, "deadline", &deadline, err) &&
           unreachable_set_deadline(ALL, &d, deadline, req->now, req->arena, err);
}

#define HANDLER(name, act, words)                                                      \
    bool name(struct request *req, struct response *res, struct err *err)              \
    {                                                                                  \
        return scene_carry_out(req, res, act, developer_page_show,                     \
                               arena_printf(req->arena, "/cases/%.*s/developers/%.*s", \
                                            STR_ARG(request_path(req, "id")),          \
                                            STR_ARG(request_path(req, "developer"))),  \
                               words, err);                                            \
    }
HANDLER(developer_contact, contact_deed, "contact_recorded")
HANDLER(developer_propose_unreachable, propose_deed, "unreachable_proposed")
HANDLER(developer_confirm_unreachable, confirm_deed, "unreachable_confirmed")
HANDLER(developer_drop_unreachable, drop_deed, "unreachable_dropped")
HANDLER(developer_list_unreachable, list_deed, "unreachable_listed")
HANDLER(developer_list_product, product_deed, "unreachable_listed")
HANDLER(developer_set_deadline, deadline_deed, "unreachable_listed")
