/* faces/desk/casework/grid.c: the developers of a case as a table: a few as they are; many by what they have answered, in groups that fold,
 * narrowed down and a page at a time, with what stands in each column counted. */
#include <stdlib.h>

#include "base/err.h"
#include "base/fold.h"
#include "domain/casework/talk.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/state.h"

enum { GRID_SHORT = 20, WORDS_OF_COLUMN = 16, NAME_MAX = 100 };

/* What was answered, in the order in which it needs somebody. */
enum answer { ANSWER_OURS, ANSWER_NONE, ANSWER_VERIFYING, ANSWER_AFFECTED, ANSWER_CLEAR, ANSWERS };
/* clang-format off */
static const struct {
    const char *value, *label;
} answers[ANSWERS] = {
    [ANSWER_OURS]      = { "ours",      N_("Waits for the coordinating body") },
    [ANSWER_NONE]      = { "none",      N_("No answer yet") },
    [ANSWER_VERIFYING] = { "verifying", N_("Being verified") },
    [ANSWER_AFFECTED]  = { "affected",  N_("Affected") },
    [ANSWER_CLEAR]     = { "clear",     N_("Not affected, or already known") },
};
/* clang-format on */

static enum answer answer_of(const struct developer *d)
{
    switch (d->state) {
    case DEVELOPER_IDENTIFIED:
    case DEVELOPER_DETAIL_REQUESTED:
    case DEVELOPER_REFUSED:
        return ANSWER_OURS;
    case DEVELOPER_NO_PRODUCT:
        return ANSWER_CLEAR;
    default:
        break;
    }
    if (str_eq(d->affected, STR("YES")) && !str_eq(d->novelty, STR("KNOWN")))
        return ANSWER_AFFECTED;
    if (d->verified_at.ms && !str_eq(d->affected, STR("INVESTIGATING")))
        return ANSWER_CLEAR;
    return d->detail_at.ms ? ANSWER_VERIFYING : ANSWER_NONE;
}

/* In which order within a group; the first is as they joined. */
enum order { ORDER_JOINED, ORDER_NAME, ORDER_DUE, ORDER_QUIET, ORDERS };
/* clang-format off */
static const struct {
    const char *value, *label;
} orders[ORDERS] = {
    [ORDER_JOINED] = { "",      N_("As they joined") },
    [ORDER_NAME]   = { "name",  N_("Name") },
    [ORDER_DUE]    = { "due",   N_("Answer due first") },
    [ORDER_QUIET]  = { "quiet", N_("Longest without a move") },
};
/* clang-format on */

struct asked {
    int answer; /* -1: all */
    enum order order;
    struct str name;
    int64_t page;
};

static struct asked asked_for(struct request *req)
{
    struct asked asked = { .answer = -1, .name = str_trim(request_query(req, "party")), .page = 1 };
    struct err ignored = { 0 };

    for (int i = 0; i < ANSWERS; i++) {
        if (str_eq_z(request_query(req, "answer"), answers[i].value))
            asked.answer = i;
    }
    for (int i = 0; i < ORDERS; i++) {
        if (str_eq_z(request_query(req, "order"), orders[i].value))
            asked.order = (enum order)i;
    }
    if (!str_to_int(request_query(req, "parties"), 1, 100000, &asked.page, &ignored))
        asked.page = 1;
    if (str_code_points(asked.name) > NAME_MAX)
        asked.name = STR_NONE;
    return asked;
}

static bool fits(struct request *req, const struct asked *asked, const struct developer *d)
{
    if (asked->answer >= 0 && (enum answer)asked->answer != answer_of(d))
        return false;
    return asked->name.len == 0 ||
           str_contains(fold(req->arena, fill_name(req, d)), fold(req->arena, asked->name));
}

/* ---- order ---- */

struct place {
    const struct developer *d;
    struct str name; /* folded, where the order is by names */
    int64_t key;     /* else by this */
    size_t joined;
};
struct places {
    VEC_OF(struct place);
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int by_name = str_cmp(x->name, y->name);

    if (by_name)
        return by_name;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->joined < y->joined ? -1 : x->joined > y->joined;
}

static struct places places_of(struct request *req, const struct scene *s, enum order order)
{
    struct places places = { 0 };

    for (size_t i = 0; i < s->developers.len; i++) {
        const struct developer *d = &s->developers.at[i];
        struct place place = { .d = d, .joined = i };

        if (order == ORDER_NAME)
            place.name = fold(req->arena, fill_name(req, d));
        else if (order == ORDER_DUE)
            place.key = d->answer_due.ms ? d->answer_due.ms : INT64_MAX;
        else if (order == ORDER_QUIET)
            place.key = d->last_move_at.ms;
        VEC_PUSH(req->arena, &places, place);
    }
    if (places.len > 1)
        qsort(places.at, places.len, sizeof *places.at, by_place);
    return places;
}

/* ---- rows ---- */

static int64_t unread_of(const struct talk_unreads *unread, int64_t participant_id)
{
    for (size_t i = 0; i < unread->len; i++) {
        if (unread->at[i].participant_id == participant_id)
            return unread->at[i].count;
    }
    return 0;
}

static struct grid_row row_of(struct request *req, const struct scene *s, const struct developer *d,
                              const struct talk_unreads *unread)
{
    bool links = (who_of(req)->roles & ROLE_CB) || grant_sees(&s->grant, SEES_S);

    return (struct grid_row){
        .name = fill_name(req, d),
        .href = links ? arena_printf(req->arena, "/cases/%.*s/developers/%.*s",
                                     STR_ARG(s->c.public_id), STR_ARG(d->public_id))
                      : STR_NONE,
        .unread = unread_of(unread, d->id),
        .state = developer_state_tag(req->lang, d->state),
        .level = level_tag(req->lang, d),
        .contact = contact_tag(req->lang, d),
        .affected = affected_tag(req->lang, d),
        .countermeasure = countermeasure_tag(req->lang, d),
        .state_code = str_from_z(developer_life.states[d->state]),
        .level_code = d->level,
        .contact_code = d->contact,
        .affected_code = str_eq(d->novelty, STR("KNOWN")) ? d->novelty : d->affected,
        .countermeasure_code = d->countermeasure,
        .last = when_of(req->arena, req->lang, d->last_move_at),
        .due = due_of(req->arena, req->lang, req->now, d->answer_due)
    };
}

/* ---- counts per column ---- */

struct counted {
    struct str word;
    int64_t n;
};

typedef struct tag_view tag_of_developer(enum lang lang, const struct developer *d);

static struct tag_view step_tag(enum lang lang, const struct developer *d)
{
    return developer_state_tag(lang, d->state);
}

static struct str count_column(struct request *req, const struct developers *developers,
                               tag_of_developer *tag)
{
    struct counted counted[WORDS_OF_COLUMN];
    struct buf out = buf_new(req->arena, 4096);
    size_t n = 0;

    for (size_t i = 0; i < developers->len; i++) {
        struct str word = tag(req->lang, &developers->at[i]).word;
        size_t at = 0;

        while (at < n && !str_eq(counted[at].word, word))
            at++;
        if (at == WORDS_OF_COLUMN)
            continue;
        if (at == n)
            counted[n++] = (struct counted){ .word = word };
        counted[at].n++;
    }
    for (size_t i = 0; i < n; i++)
        buf_add(&out,
                tr_fill(req->arena, req->lang, i ? N_(" · {word}: {count}") : N_("{word}: {count}"),
                        TR_ARGS({ "word", counted[i].word },
                                { "count", tr_number(req->arena, counted[i].n) })));
    return buf_str(&out);
}

static void fill_counts(struct request *req, const struct developers *developers,
                        struct fact_list *out)
{
    static const struct {
        const char *name;
        tag_of_developer *tag;
    } columns[] = {
        { N_("Step"), step_tag },
        { N_("Disclosed"), level_tag },
        { N_("Contact state"), contact_tag },
        { N_("Affected?"), affected_tag },
        { N_("Countermeasure"), countermeasure_tag },
    };

    for (size_t i = 0; i < COUNT(columns); i++)
        VEC_PUSH(req->arena, out,
                 (struct fact){ .name = tr(req->lang, columns[i].name),
                                .value = count_column(req, developers, columns[i].tag) });
}

/* ---- narrowing down, pages ---- */

static struct str page_href(struct request *req, const struct scene *s, const struct asked *asked,
                            int64_t page)
{
    struct page *out = page_new(req->arena, 4096, req->lang, STR_NONE);
    struct err ignored = { 0 };
    struct html html;

    html_static(out, case_href(req, s, "?answer="));
    html_url_part(out, asked->answer < 0 ? STR_NONE : str_from_z(answers[asked->answer].value));
    html_static(out, STR("&order="));
    html_url_part(out, str_from_z(orders[asked->order].value));
    html_static(out, STR("&party="));
    html_url_part(out, asked->name);
    html_static(out, STR("&parties="));
    html_url_part(out, page);
    html_static(out, STR("#parties"));
    return html_done(out, &html, &ignored) ? html.text : case_href(req, s, "");
}

static void fill_filters(struct request *req, const struct scene *s, const struct asked *asked,
                         const int64_t *of, int64_t found, struct filters_view *v)
{
    struct field_view name = { .id = STR("filter-party"),
                               .name = STR("party"),
                               .label = tr(req->lang, N_("Words of the name")),
                               .kind = FIELD_TEXT,
                               .value = asked->name,
                               .is_bare = true },
                      answer = { .id = STR("filter-answer"),
                                 .name = STR("answer"),
                                 .label = tr(req->lang, N_("Answer")),
                                 .kind = FIELD_SELECT,
                                 .is_bare = true },
                      order = { .id = STR("filter-order"),
                                .name = STR("order"),
                                .label = tr(req->lang, N_("Order")),
                                .kind = FIELD_SELECT,
                                .value = str_from_z(orders[asked->order].value),
                                .is_bare = true };

    VEC_PUSH(req->arena, &answer.choices, (struct choice){ .label = tr(req->lang, N_("All")) });
    for (int i = 0; i < ANSWERS; i++)
        VEC_PUSH(req->arena, &answer.choices,
                 (struct choice){
                     .value = str_from_z(answers[i].value),
                     .label = tr_fill(req->arena, req->lang, N_("{word}: {count}"),
                                      TR_ARGS({ "word", tr(req->lang, answers[i].label) },
                                              { "count", tr_number(req->arena, of[i]) })) });
    if (asked->answer >= 0)
        answer.value = str_from_z(answers[asked->answer].value);
    for (int i = 0; i < ORDERS; i++)
        VEC_PUSH(req->arena, &order.choices,
                 (struct choice){ .value = str_from_z(orders[i].value),
                                  .label = tr(req->lang, orders[i].label) });
    v->href = case_href(req, s, "#parties");
    VEC_PUSH(req->arena, &v->fields, name);
    VEC_PUSH(req->arena, &v->fields, answer);
    VEC_PUSH(req->arena, &v->fields, order);
    v->found = tr_fill(req->arena, req->lang, N_("Developers: {found} of {all}"),
                       TR_ARGS({ "found", tr_number(req->arena, found) },
                               { "all", tr_number(req->arena, (int64_t)s->developers.len) }));
    if (asked->answer >= 0 || asked->name.len > 0 || asked->order != ORDER_JOINED)
        v->clear_href = case_href(req, s, "#parties");
}

/* Those of one answer that stand on this page of all that fit; at: how many fitted before. */
static void fill_group(struct request *req, const struct scene *s, const struct asked *asked,
                       const struct places *places, enum answer answer,
                       const struct talk_unreads *unread, int64_t *at, struct case_page_view *v)
{
    int64_t rows = desk_of(req)->settings->list_page, first = (asked->page - 1) * rows, fitting = 0;
    struct grid_group group = { .title = tr(req->lang, answers[answer].label),
                                .is_open = answer != ANSWER_CLEAR || asked->answer >= 0 };

    for (size_t i = 0; i < places->len; i++) {
        const struct developer *d = places->at[i].d;

        if (answer_of(d) != answer || !fits(req, asked, d))
            continue;
        if (*at >= first && *at < first + rows)
            VEC_PUSH(req->arena, &group.rows, row_of(req, s, d, unread));
        ++*at;
        fitting++;
    }
    if (group.rows.len == 0)
        return;
    group.count = tr_number(req->arena, fitting);
    VEC_PUSH(req->arena, &v->grid_groups, group);
}

static void fill_long(struct request *req, const struct scene *s, const struct talk_unreads *unread,
                      struct case_page_view *v)
{
    struct asked asked = asked_for(req);
    struct places places = places_of(req, s, asked.order);
    int64_t of[ANSWERS] = { 0 }, found = 0, rows = desk_of(req)->settings->list_page;

    for (size_t i = 0; i < s->developers.len; i++)
        of[answer_of(&s->developers.at[i])]++;
    for (int i = 0; i < ANSWERS; i++)
        fill_group(req, s, &asked, &places, (enum answer)i, unread, &found, v);
    fill_counts(req, &s->developers, &v->grid_counts);
    fill_filters(req, s, &asked, of, found, &v->grid_filters);
    if (asked.page > 1)
        v->grid_pager.previous = page_href(req, s, &asked, asked.page - 1);
    if (found > asked.page * rows)
        v->grid_pager.next = page_href(req, s, &asked, asked.page + 1);
    v->is_long_grid = true;
}

static bool has_file(const struct request *req, const struct scene *s)
{
    return (who_of(req)->roles & (ROLE_RB | ROLE_CB)) && s->c.state >= CASE_WITH_CB;
}

bool fill_grid(struct request *req, const struct scene *s, struct case_page_view *v,
               struct err *err)
{
    struct talk_unreads unread;

    v->has_grid = s->c.state >= CASE_WITH_CB;
    v->grid_note = tr(
        req->lang,
        N_("\"Disclosed\" is how much each has been given. This system has told the finder's name to none of them."));
    if (!talk_unread(s->tx, who_of(req), &s->c, req->arena, &unread, err))
        return PASS(err);
    if (has_file(req, s) && !v->is_paper && s->developers.len > 0)
        v->grid_file = (struct sheet_links){ case_href(req, s, "?format=csv"),
                                             case_href(req, s, "?format=json") };
    if (s->developers.len > GRID_SHORT && !v->is_paper) {
        fill_long(req, s, &unread, v);
        return true;
    }
    for (size_t i = 0; i < s->developers.len; i++)
        VEC_PUSH(req->arena, &v->grid, row_of(req, s, &s->developers.at[i], &unread));
    return true;
}

/* ---- as a file ---- */

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_FIELD ("developer", struct grid_row, name, N_("Product developer")),
    SHEET_CODED ("step", struct grid_row, state, state_code, N_("Step")),
    SHEET_CODED ("disclosed", struct grid_row, level, level_code, N_("Disclosed")),
    SHEET_CODED ("contact", struct grid_row, contact, contact_code, N_("Contact state")),
    SHEET_CODED ("affected", struct grid_row, affected, affected_code, N_("Affected?")),
    SHEET_CODED ("countermeasure", struct grid_row, countermeasure, countermeasure_code, N_("Countermeasure")),
    SHEET_FIELD ("answer_due", struct grid_row, due, N_("Answer due")),
    SHEET_FIELD ("changed_at", struct grid_row, last, N_("Last move")),
    SHEET_FIELD ("not_read", struct grid_row, unread, N_("Not read")),
};
/* clang-format on */

bool grid_send(struct request *req, struct response *res, enum sheet_format format, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct talk_unreads unread;
    struct grid rows = { 0 };

    if (!scene_open(req, TX_READ, &s, err))
        return PASS(err);
    if (!has_file(req, &s))
        return FAIL(err, BAD_REQUEST, STR("format"));
    if (!talk_unread(s.tx, who_of(req), &s.c, req->arena, &unread, err))
        return PASS(err);
    for (size_t i = 0; i < s.developers.len; i++)
        VEC_PUSH(req->arena, &rows, row_of(req, &s, &s.developers.at[i], &unread));
    return sheet_send(req, res, format, SHEET("developers-of-case", columns, rows), false, err)
               ? true
               : PASS(err);
}
