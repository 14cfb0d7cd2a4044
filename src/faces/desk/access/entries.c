/* The developer list, and a new entry. */
#include "base/err.h"
#include "domain/access/application.h"
#include "faces/desk/access/edit.h"
#include "faces/desk/access/entry.h"
#include "faces/desk/access/entry.html.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/sheet.h"
#include "faces/http/respond.h"

struct str organisation_title(const struct request *req, struct str name_ja, struct str name_en)
{
    return req->lang == LANG_EN && name_en.len > 0 ? name_en : name_ja;
}

struct tag_view registration_tag(const struct request *req, enum registration_state state)
{
    static const enum tone tones[REGISTRATION_STATES] = {
        [REGISTRATION_LISTED] = TONE_NEUTRAL,  [REGISTRATION_INVITED] = TONE_WARN,
        [REGISTRATION_IDENTIFIED] = TONE_WARN, [REGISTRATION_AGREED] = TONE_WARN,
        [REGISTRATION_REGISTERED] = TONE_GOOD, [REGISTRATION_SUSPENDED] = TONE_BAD,
    };

    return (struct tag_view){ say(req, registration_state_words(state)), tones[state] };
}

struct tag_view left_out_tag(const struct request *req, bool is_left_out)
{
    return is_left_out ? (struct tag_view){ say(req, N_("Left out of later handling")), TONE_BAD }
                       : (struct tag_view){ STR_NONE, TONE_NEUTRAL };
}

static struct tag_view key_tag(const struct request *req, const struct organisation_row *row)
{
    struct tag_view end = key_end_tag(req, row->key_until);

    if (!row->has_key)
        return (struct tag_view){ say(req, N_("none")), TONE_NEUTRAL };
    return end.word.len > 0 ? end : (struct tag_view){ say(req, N_("confirmed")), TONE_GOOD };
}

static struct str key_code(const struct request *req, const struct organisation_row *row)
{
    static const char *const codes[] = {
        [KEY_HOLDS] = "CONFIRMED", [KEY_ENDS_SOON] = "EXPIRES_SOON", [KEY_HAS_ENDED] = "EXPIRED"
    };

    return row->has_key ? str_from_z(codes[account_key_end(row->key_until, req->now)]) : STR_NONE;
}

static void tell_row(struct request *req, const struct organisation_row *row,
                     struct entry_list_view *view)
{
    struct str title = organisation_title(req, row->name_ja, row->name_en);

    VEC_PUSH(req->arena, &view->rows,
             (struct entry_row){
                 .href = arena_printf(req->arena, "/developers/%.*s", STR_ARG(row->public_id)),
                 .name = title,
                 .other_name = str_eq(title, row->name_ja) ? row->name_en : row->name_ja,
                 .manager = row->manager.len ? row->manager : STR("–"),
                 .window = row->window_email.len ? row->window_email : STR("–"),
                 .products = tr_number(req->arena, row->products),
                 .changed = tr_date(req->arena, req->lang, row->changed_at),
                 .changed_code = utc_iso(req->arena, row->changed_at),
                 .state = registration_tag(req, row->state),
                 .state_code = str_from_z(registration_life.states[row->state]),
                 .left_out = left_out_tag(req, row->is_left_out),
                 .left_out_code = row->is_left_out ? STR("LEFT_OUT") : STR_NONE,
                 .key = key_tag(req, row),
                 .key_code = key_code(req, row),
             });
}

/* The same list with another page. */
static struct str list_href(struct request *req, const struct organisation_filter *filter,
                            struct str sort, int64_t page)
{
    struct page *out = page_new(req->arena, 4096, req->lang, STR_NONE);
    struct html html;
    struct err err = { 0 };

    html_static(out, STR("/developers?q="));
    html_url_part(out, filter->text);
    html_static(out, STR("&state="));
    html_url_part(out, filter->state);
    html_static(out, STR("&sort="));
    html_url_part(out, sort);
    html_static(out, STR("&page="));
    html_url_part(out, page);
    return html_done(out, &html, &err) ? html.text : STR("/developers");
}

static void fill_filters(struct request *req, const struct organisation_filter *filter,
                         struct str sort, struct entry_list_view *view)
{
    struct form_view form = { 0 };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *field =
        form_field(req, group, FIELD_TEXT, "q", N_("Name, product or keyword"), NULL);

    field->value = filter->text;
    field->is_bare = true;
    field = form_field(req, group, FIELD_SELECT, "state", N_("Registration"), NULL);
    field->is_bare = true;
    form_choice(req, field, STR(""), say(req, N_("every state")), filter->state.len == 0);
    for (int state = REGISTRATION_LISTED; state < REGISTRATION_STATES; state++) {
        struct str name = str_from_z(registration_life.states[state]);

        form_choice(req, field, name,
                    say(req, registration_state_words((enum registration_state)state)),
                    str_eq(name, filter->state));
    }
    field = form_field(req, group, FIELD_SELECT, "sort", N_("Sorted by"), NULL);
    field->is_bare = true;
    form_choice(req, field, STR("name"), say(req, N_("name")),
                filter->sort == ORGANISATION_BY_NAME);
    form_choice(req, field, STR("state"), say(req, N_("registration")),
                filter->sort == ORGANISATION_BY_STATE);
    form_choice(req, field, STR("change"), say(req, N_("latest change")),
                filter->sort == ORGANISATION_BY_CHANGE);
    view->filters.href = STR("/developers");
    view->filters.fields = group->fields;
    if (filter->text.len > 0 || filter->state.len > 0 || sort.len > 0)
        view->filters.clear_href = STR("/developers");
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct entry_row, name, N_("Developer")),
    SHEET_COLUMN(struct entry_row, other_name, N_("Name in the other language")),
    SHEET_CODED("registration", struct entry_row, state, state_code, N_("Registration")),
    SHEET_CODED("left_out", struct entry_row, left_out, left_out_code, N_("Left out of later handling")),
    SHEET_COLUMN(struct entry_row, manager, N_("Manager")),
    SHEET_COLUMN(struct entry_row, window, N_("Window")),
    SHEET_COLUMN(struct entry_row, products, N_("Products")),
    SHEET_CODED("pgp_key", struct entry_row, key, key_code, N_("PGP key")),
    SHEET_CODED("changed", struct entry_row, changed, changed_code, N_("Changed")),
};
/* clang-format on */

/* A page of the list, or all of its pages for a file. */
static bool tell_list(struct request *req, struct tx *tx, enum sheet_format format,
                      struct organisation_filter *filter, struct entry_list_view *view,
                      struct organisation_rows *rows, struct err *err)
{
    do {
        if (!organisation_list(tx, filter, req->arena, rows, err))
            return PASS(err);
        for (size_t i = 0; i < rows->len; i++)
            tell_row(req, &rows->at[i], view);
    } while (format != SHEET_PAGE && rows->len > 0 &&
             ++filter->page * ORGANISATION_PAGE < rows->total && view->rows.len < SHEET_ROWS_MAX);
    return true;
}

bool entry_list(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str sort = request_query(req, "sort");
    struct organisation_filter filter = {
        .kind = STR("PD"),
        .state = life_state(&registration_life, request_query(req, "state")) > 0
                     ? request_query(req, "state")
                     : STR_NONE,
        .text = str_trim(request_query(req, "q")),
        .sort = str_eq_z(sort, "state")    ? ORGANISATION_BY_STATE
                : str_eq_z(sort, "change") ? ORGANISATION_BY_CHANGE
                                           : ORGANISATION_BY_NAME,
    };
    struct organisation_rows rows = { 0 };
    struct entry_list_view view = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("Developer list")) };
    struct err ignored = { 0 };
    enum sheet_format format;
    int64_t last, waiting = 0;

    if (!sheet_asked(req, &format, err))
        return PASS(err);
    if (format != SHEET_PAGE ||
        !str_to_int(request_query(req, "page"), 0, 100000, &filter.page, &ignored))
        filter.page = 0;
    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !tell_list(req, tx, format, &filter, &view, &rows, err) ||
        !saved_fill(req, tx, &view.saved, err))
        return PASS(err);
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("developers", columns, view.rows),
                          (int64_t)view.rows.len < rows.total, err)
                   ? true
                   : PASS(err);
    view.file = sheet_links(req);
    fill_filters(req, &filter, sort, &view);
    view.filters.found = tr_fill(req->arena, req->lang, N_("Developers: {count}"),
                                 TR_ARGS({ "count", tr_number(req->arena, rows.total) }));
    last = (filter.page + 1) * ORGANISATION_PAGE;
    if (filter.page > 0)
        view.pager.previous = list_href(req, &filter, sort, filter.page - 1);
    if (last < rows.total)
        view.pager.next = list_href(req, &filter, sort, filter.page + 1);
    if (rows.total > ORGANISATION_PAGE)
        view.pager.range = arena_printf(
            req->arena, "%lld–%lld / %lld", (long long)(filter.page * ORGANISATION_PAGE + 1),
            (long long)(last < rows.total ? last : rows.total), (long long)rows.total);
    if (has_role(req, ROLE_CB) && !application_count(tx, &waiting, err))
        return PASS(err);
    if (waiting > 0)
        view.applications =
            (struct link){ tr_fill(req->arena, req->lang, N_("Waiting applications: {count}"),
                                   TR_ARGS({ "count", tr_number(req->arena, waiting) })),
                           STR("/developers/applications") };
    if (has_role(req, ROLE_CB))
        view.add = (struct link){ say(req, N_("Add a developer")), STR("/developers/new") };
    view.nothing = (struct empty_view){
        .title = say(req, N_("No developer is shown here.")),
        .why = say(req,
                   N_("Either none is on the list yet, or none fits what you narrowed it down to."))
    };
    entry_list_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* ---- a new entry ---- */
static bool show_new(struct request *req, struct response *res,
                     const struct organisation_values *values, const struct form_faults *faults,
                     struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Add a developer")),
        .intro = say(
            req,
            N_("Whoever is to be notified and is not on the list yet is added first. The entry itself sends nothing.")),
        .href = STR("/developers"),
        .verb = say(req, N_("Add to the list")),
    };

    edit_form(req, &form, values, false);
    form_link(req, &form, N_("Back to the list"), STR("/developers"));
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err);
}

bool entry_new_show(struct request *req, struct response *res, struct err *err)
{
    struct organisation_values values = { .kind = STR("PD"),
                                          .name_ja = request_query(req, "name"),
                                          .developer_basis = STR("developer"),
                                          .languages = STR("ja") };

    return show_new(req, res, &values, NULL, err);
}

bool entry_new_add(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct organisation_values values = { .kind = STR("PD") };
    struct form_faults faults = { 0 };
    struct str public_id;
    int64_t id;

    edit_read(req, &values, false);
    organisation_check(&values, req->arena, &faults);
    if (faults.len > 0)
        return show_new(req, res, &values, &faults, err);
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !organisation_add(&(struct deed){ tx, who_of(req), req->now, req->arena }, &values, &id,
                          &public_id, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res,
                    arena_printf(req->arena, "/developers/%.*s?done=added", STR_ARG(public_id)));
}
