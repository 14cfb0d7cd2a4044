/* faces/desk/casework/list.c: reports and cases as lists; filters, order and page stand in the query. */
#include "domain/casework/list.h"
#include "base/err.h"
#include "faces/desk/casework/frame_case.h"
#include "faces/desk/casework/list.html.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/sheet.h"
#include "store/store.h"

static const struct {
    const char *value, *label;
} states[] = {
    { "open", N_("In handling") },
    { "closed", N_("Closed") },
    { "SUBMITTED", N_("Received") },
    { "UNDER_REVIEW", N_("Under review") },
    { "ACCEPTED", N_("Accepted") },
    { "WITH_CB", N_("Forwarded to the coordinating body") },
    { "VENDOR_IDENTIFIED", N_("Developers chosen") },
    { "COORDINATING", N_("Being coordinated") },
    { "DATE_SET", N_("Date set") },
    { "COMMITTEE", N_("Before the committee") },
    { "PUBLISHED", N_("Published") },
    { "REJECTED", N_("Not accepted") },
    { "STOPPED", N_("Processing stopped") },
    { "CANCELLED_KNOWN", N_("Cancelled: already known") },
    { "CLOSED_NOT_VULN", N_("Not a vulnerability") },
    { "CLOSED_INDIVIDUAL", N_("Handled individually") },
    { "CLOSED_EOL_A", N_("Handling ended") },
    { "MERGED", N_("Merged into another case") },
    { "STAGE1_SENT", N_("Website: first mail sent") },
    { "STAGE2_SENT", N_("Website: second mail sent") },
    { "STAGE3_SENT", N_("Website: details sent") },
    { "INVESTIGATING", N_("Website: operator examines it") },
    { "FIXING", N_("Website: operator fixes it") },
    { "FIXED", N_("Website: fix reported") },
    { "CLOSED", N_("Website: fixed and closed") },
    { "UNHANDLEABLE", N_("Website: cannot be handled") },
    { "CLOSED_ALERT", N_("Website: alert issued") },
    { "SELF_PRODUCT", N_("The developer's own report") },
};
static const struct {
    const char *value, *label;
    enum case_kind kind;
} kinds[] = {
    { "all", N_("All"), CASES_OF_ANY_KIND },
    { "product", N_("Product"), CASES_OF_PRODUCTS },
    { "website", N_("Website"), CASES_OF_WEBSITES },
};
static const struct {
    const char *value, *label;
    enum case_sort sort;
} sorts[] = {
    { "change", N_("Latest change first"), CASES_BY_CHANGE },
    { "age", N_("Oldest first"), CASES_BY_AGE },
    { "impact", N_("Greatest impact first"), CASES_BY_IMPACT },
    { "date", N_("Publication date"), CASES_BY_DATE },
};

static bool is_state(struct str value)
{
    for (size_t i = 0; i < COUNT(states); i++) {
        if (str_eq_z(value, states[i].value))
            return true;
    }
    return false;
}

/* What the query asks; an unknown word is a mistake, not silence (C24). */
static bool read_filter(struct request *req, enum sheet_format format, struct case_filter *out,
                        int64_t *page, struct err *err)
{
    struct str state = request_query(req, "state"), sort = request_query(req, "sort"),
               number = request_query(req, "page");
    int64_t rows = desk_of(req)->settings->list_page;

    *page = 1;
    *out = (struct case_filter){ .state = state.ptr ? state : STR("open"),
                                 .search = str_trim(request_query(req, "q")),
                                 .mine = request_query(req, "mine").len > 0,
                                 .limit = sheet_rows(format, rows) };
    if (str_eq(out->state, STR("all")))
        out->state = STR_NONE;
    if ((out->state.len > 0 && !is_state(out->state)) || str_code_points(out->search) > 200)
        return FAIL(err, BAD_REQUEST, STR("state"));
    for (size_t i = 0; i < COUNT(sorts); i++) {
        if (str_eq_z(sort, sorts[i].value))
            out->sort = sorts[i].sort;
    }
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_eq_z(request_query(req, "kind"), kinds[i].value))
            out->kind = kinds[i].kind;
    }
    if (number.len > 0 && !str_to_int(number, 1, 100000, page, err))
        return PASS(err);
    out->offset = format == SHEET_PAGE ? (*page - 1) * rows : 0;
    return true;
}

/* clang-format off */
#define BODY_COLUMNS                                                               \
    SHEET_COLUMN(struct list_row, number, N_("Number")),                           \
    SHEET_COLUMN(struct list_row, title, N_("Title")),                             \
    SHEET_CODED("state", struct list_row, state, state_code, N_("State")),          \
    SHEET_CODED("grade", struct list_row, grade, grade_code, N_("Grade of impact")), \
    SHEET_FIELD("submitted_at", struct list_row, submitted, N_("Received")),       \
    SHEET_COLUMN(struct list_row, officer, N_("Officer")),                         \
    SHEET_FIELD("publication_date", struct list_row, due, N_("Publication date")), \
    SHEET_FIELD("changed_at", struct list_row, changed, N_("Last move"))

static const struct sheet_column report_columns[] = { BODY_COLUMNS };
static const struct sheet_column case_columns[] = {
    BODY_COLUMNS, SHEET_COLUMN(struct list_row, developers, N_("Developers"))
};
static const struct sheet_column developer_columns[] = {
    SHEET_COLUMN(struct list_row, number, N_("Number")),
    SHEET_COLUMN(struct list_row, title, N_("Title")),
    SHEET_CODED("state", struct list_row, state, state_code, N_("State")),
    SHEET_FIELD("answer_due", struct list_row, due, N_("Answer due")),
    SHEET_FIELD("publication_date", struct list_row, publication, N_("Publication date")),
    SHEET_FIELD("changed_at", struct list_row, changed, N_("Last move")),
};
/* clang-format on */

static bool send_sheet(struct request *req, struct response *res, enum sheet_format format,
                       const struct list_page_view *v, bool has_more, struct err *err)
{
    const struct sheet *sheet = v->is_developer ? SHEET("cases", developer_columns, v->rows)
                                : v->is_reports ? SHEET("reports", report_columns, v->rows)
                                                : SHEET("cases", case_columns, v->rows);

    return sheet_send(req, res, format, sheet, has_more, err) ? true : PASS(err);
}

static struct field_view *add_field(struct request *req, struct filters_view *v,
                                    enum field_kind kind, const char *name, const char *label,
                                    struct str value)
{
    VEC_PUSH(req->arena, &v->fields,
             (struct field_view){ .id = arena_printf(req->arena, "filter-%s", name),
                                  .name = str_from_z(name),
                                  .label = tr(req->lang, label),
                                  .kind = kind,
                                  .value = value,
                                  .is_bare = true });
    return &v->fields.at[v->fields.len - 1];
}

static void fill_filters(struct request *req, const struct case_filter *f, const char *path,
                         bool is_developer, struct filters_view *v)
{
    struct field_view *field;

    v->href = str_from_z(path);
    add_field(req, v, FIELD_TEXT, "q",
              has_role(req, ROLE_RB) ? N_("Words of title, number or receipt number")
                                     : N_("Words of title or number"),
              f->search);
    field = add_field(req, v, FIELD_SELECT, "state", N_("State"),
                      f->state.len > 0 ? f->state : STR("all"));
    VEC_PUSH(req->arena, &field->choices,
             (struct choice){ .value = STR("all"), .label = tr(req->lang, N_("All")) });
    for (size_t i = 0; i < (is_developer ? 2 : COUNT(states)); i++)
        VEC_PUSH(req->arena, &field->choices,
                 (struct choice){ .value = str_from_z(states[i].value),
                                  .label = tr(req->lang, states[i].label) });
    if (has_role(req, ROLE_RB)) {
        field =
            add_field(req, v, FIELD_SELECT, "kind", N_("Kind"), str_from_z(kinds[f->kind].value));
        for (size_t i = 0; i < COUNT(kinds); i++)
            VEC_PUSH(req->arena, &field->choices,
                     (struct choice){ .value = str_from_z(kinds[i].value),
                                      .label = tr(req->lang, kinds[i].label) });
    }
    field = add_field(req, v, FIELD_SELECT, "sort", N_("Order"), str_from_z(sorts[0].value));
    for (size_t i = 0; i < COUNT(sorts); i++) {
        VEC_PUSH(req->arena, &field->choices,
                 (struct choice){ .value = str_from_z(sorts[i].value),
                                  .label = tr(req->lang, sorts[i].label) });
        if (sorts[i].sort == f->sort)
            field->value = str_from_z(sorts[i].value);
    }
    if (!is_developer)
        add_field(req, v, FIELD_CHECK, "mine", N_("Mine only"), f->mine ? STR("1") : STR_NONE);
    if (req->query.len > 0)
        v->clear_href = str_from_z(path);
}

static struct str age_words(struct request *req, struct utc since)
{
    int64_t days = utc_days_between(since, req->now);

    return tr_fill(req->arena, req->lang, N_("Days: {days}"),
                   TR_ARGS({ "days", tr_number(req->arena, days) }));
}

static void fill_row(struct request *req, const struct case_line *line, const char *path,
                     bool is_developer, struct list_page_view *v)
{
    struct list_row row = {
        .number = line->number,
        .title = line->title.len > 0 ? line->title : line->number,
        .href = arena_printf(req->arena, "%s/%.*s", line->is_website ? "/reports" : path,
                             STR_ARG(line->public_id)),
        .officer = who_of(req)->roles & ROLE_CB ? line->cb_officer : line->rb_officer,
        .state = is_developer
                     ? developer_state_tag(req->lang, (enum developer_state)life_state(
                                                          &developer_life, line->own_state))
                 : line->is_website ? website_state_tag(req->lang, line->site_state)
                                    : state_tag(req->lang, line->state),
        .state_code = is_developer       ? line->own_state
                      : line->is_website ? str_from_z(website_life.states[line->site_state])
                                         : str_from_z(product_life.states[line->state]),
        .grade = grade_tag(req->lang, line->impact_grade),
        .grade_code = line->impact_grade,
        .changed = when_of(req->arena, req->lang, line->changed_at),
        .unread = line->unread
    };

    if (is_developer) {
        row.due = due_of(req->arena, req->lang, req->now, line->own_due);
        row.publication = when_of(req->arena, req->lang, line->publication_date);
    } else {
        row.due = line->state == CASE_DATE_SET
                      ? due_of(req->arena, req->lang, req->now, line->publication_date)
                      : when_of(req->arena, req->lang, line->publication_date);
        row.age = age_words(req, line->submitted_at);
        row.submitted = when_of(req->arena, req->lang, line->submitted_at);
        row.developers = line->is_website
                             ? tr(req->lang, N_("Website"))
                             : arena_printf(req->arena, "%lld / %lld", (long long)line->verified,
                                            (long long)line->developers);
    }
    VEC_PUSH(req->arena, &v->rows, row);
}

static bool show_list(struct request *req, struct response *res, const char *path, const char *room,
                      const char *title, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool is_developer = !(who_of(req)->roles & (ROLE_RB | ROLE_CB));
    struct list_page_view v = { .is_developer = is_developer,
                                .is_reports = str_eq_z(STR("reports"), room) };
    struct case_filter filter;
    struct case_lines lines;
    struct page *page = frame_page(req);
    enum sheet_format format;
    int64_t number;

    if (!sheet_asked(req, &format, err) || !read_filter(req, format, &filter, &number, err) ||
        !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !cases_list(&desk_of(req)->casework, tx, who_of(req), &filter, req->now, req->arena, &lines,
                    err) ||
        !saved_fill(req, tx, &v.saved, err))
        return PASS(err);
    for (size_t i = 0; i < lines.len; i++)
        fill_row(req, &lines.at[i], path, is_developer, &v);
    if (format != SHEET_PAGE)
        return send_sheet(req, res, format, &v, lines.has_more, err) ? true : PASS(err);
    v.file = sheet_links(req);
    fill_filters(req, &filter, path, is_developer, &v.filters);
    if (has_role(req, ROLE_PM))
        VEC_PUSH(req->arena, &v.begin,
                 (struct link){ tr(req->lang, N_("Report a vulnerability in your own product")),
                                STR("/own-product") });
    if (has_role(req, ROLE_PM) || v.is_reports)
        VEC_PUSH(
            req->arena, &v.begin,
            (struct link){ tr(req->lang, N_("Ask a finder to report here")), STR("/referrals") });
    if (has_role(req, ROLE_CB) && !v.is_reports)
        VEC_PUSH(req->arena, &v.begin,
                 (struct link){ tr(req->lang, N_("Take up a case from outside the Partnership")),
                                STR("/notices/new") });
    v.empty = (struct empty_view){
        .title = tr(req->lang, N_("There is nothing here")),
        .why =
            req->query.len > 0
                ? tr(req->lang, N_("No case fits these conditions. Please widen them."))
                : tr(req->lang, N_("No case is in handling. New ones appear here by themselves."))
    };
    if (req->query.len > 0)
        v.empty.next = (struct link){ tr(req->lang, N_("Show all")),
                                      arena_printf(req->arena, "%s?state=all", path) };
    if (number > 1)
        v.pager.previous = frame_here(req, "page", tr_number(req->arena, number - 1));
    if (lines.has_more)
        v.pager.next = frame_here(req, "page", tr_number(req->arena, number + 1));
    list_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, title),
                           CASE_CRUMBS({ tr(req->lang, title), STR_NONE }), err);
}

bool report_list(struct request *req, struct response *res, struct err *err)
{
    return show_list(req, res, "/reports", "reports", N_("Reports"), err);
}

bool case_list(struct request *req, struct response *res, struct err *err)
{
    return show_list(req, res, "/cases", "cases", N_("Cases"), err);
}
