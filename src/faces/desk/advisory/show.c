/* faces/desk/advisory/show.c: the list, and one advisory with its steps and deeds. */
#include "base/err.h"
#include "base/record.h"
#include "domain/advisory/formats.h"
#include "domain/advisory/world.h"
#include "faces/desk/advisory/desk_case.h"
#include "faces/desk/advisory/index.html.h"
#include "faces/desk/advisory/pages.h"
#include "faces/desk/advisory/show.html.h"
#include "faces/desk/casework/fault.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/sheet.h"
#include "faces/http/respond.h"

bool desk_advisory_open(struct request *req, enum tx_kind kind, struct desk_advisory *d,
                        struct err *err)
{
    const struct desk *desk = desk_of(req);

    *d = (struct desk_advisory){ 0 };
    return tx_begin(desk->store, kind, &d->tx, err) &&
                   advisory_load(d->tx, request_path(req, "id"), req->arena, &d->a, err) &&
                   case_load_by_id(&desk->casework, d->tx, d->a.case_id, req->arena, &d->c, err)
               ? true
               : PASS(err);
}

void desk_advisory_end(struct desk_advisory *d)
{
    tx_end(d->tx);
    d->tx = NULL;
}

struct str desk_advisory_href(struct request *req, const char *rest)
{
    return arena_printf(req->arena, "/advisories/%.*s%s", STR_ARG(request_path(req, "id")), rest);
}

/* ---- the list ---- */

static const char *const state_values[] = { "DRAFT",     "REVIEW",    "APPROVED",
                                            "CONFIRMED", "SCHEDULED", "PUBLISHED" };

static bool is_state(struct str value)
{
    for (size_t i = 0; i < COUNT(state_values); i++) {
        if (str_eq_z(value, state_values[i]))
            return true;
    }
    return value.len == 0;
}

static void fill_filters(struct request *req, struct str state, struct filters_view *v)
{
    struct field_view field = { .id = STR("filter-state"),
                                .name = STR("state"),
                                .label = tr(req->lang, N_("State")),
                                .kind = FIELD_SELECT,
                                .value = state,
                                .is_bare = true };

    VEC_PUSH(req->arena, &field.choices,
             (struct choice){ .value = STR_NONE, .label = tr(req->lang, N_("All")) });
    for (size_t i = 0; i < COUNT(state_values); i++)
        VEC_PUSH(
            req->arena, &field.choices,
            (struct choice){ .value = str_from_z(state_values[i]),
                             .label = advisory_tag(req->lang, str_from_z(state_values[i])).word });
    v->href = STR("/advisories");
    VEC_PUSH(req->arena, &v->fields, field);
    if (state.len > 0)
        v->clear_href = STR("/advisories");
}

static bool fill_row(struct request *req, struct tx *tx, const struct advisory *a,
                     struct advisory_index_view *v, struct err *err)
{
    struct advisory_view text;
    struct product_case c;

    if (!case_load_by_id(&desk_of(req)->casework, tx, a->case_id, req->arena, &c, err) ||
        !advisory_draft(tx, &c, a, req->arena, &text, err))
        return PASS(err);
    VEC_PUSH(req->arena, &v->rows,
             (struct advisory_index_row){
                 .number = a->number,
                 .title = req->lang == LANG_EN && text.en.title.len > 0 ? text.en.title
                          : text.ja.title.len > 0                       ? text.ja.title
                                                                        : c.title,
                 .href = arena_printf(req->arena, "/advisories/%.*s", STR_ARG(a->public_id)),
                 .case_number = c.number,
                 .case_href = arena_printf(req->arena, "/cases/%.*s", STR_ARG(c.public_id)),
                 .state = advisory_tag(req->lang, str_from_z(advisory_life.states[a->state])),
                 .state_code = str_from_z(advisory_life.states[a->state]),
                 .date = c.published_at.ms
                             ? when_of(req->arena, req->lang, c.published_at)
                             : due_of(req->arena, req->lang, req->now, c.publication_date),
                 .changed = when_of(req->arena, req->lang, a->changed_at) });
    return true;
}

static bool fill_list(struct request *req, enum sheet_format format, struct advisory_index_view *v,
                      bool *has_more, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str state = request_query(req, "state"), number = request_query(req, "page");
    int64_t rows = sheet_rows(format, desk_of(req)->settings->list_page), page = 1;
    struct advisories list;

    if (!is_state(state))
        return FAIL(err, BAD_REQUEST, STR("state"));
    if (format == SHEET_PAGE && number.len > 0 && !str_to_int(number, 1, 100000, &page, err))
        return PASS(err);
    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !advisory_list(tx, state, rows + 1, (page - 1) * rows, req->arena, &list, err))
        return PASS(err);
    for (size_t i = 0; i < list.len && (int64_t)i < rows; i++) {
        if (!fill_row(req, tx, &list.at[i], v, err))
            return PASS(err);
    }
    if (!saved_fill(req, tx, &v->saved, err))
        return PASS(err);
    *has_more = (int64_t)list.len > rows;
    fill_filters(req, state, &v->filters);
    if (page > 1)
        v->pager.previous = arena_printf(req->arena, "/advisories?state=%.*s&page=%lld",
                                         STR_ARG(state), (long long)(page - 1));
    if (*has_more)
        v->pager.next = arena_printf(req->arena, "/advisories?state=%.*s&page=%lld", STR_ARG(state),
                                     (long long)(page + 1));
    return true;
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct advisory_index_row, number, N_("Number")),
    SHEET_COLUMN(struct advisory_index_row, title, N_("Title")),
    SHEET_CODED("state", struct advisory_index_row, state, state_code, N_("State")),
    SHEET_FIELD("case", struct advisory_index_row, case_number, N_("Case")),
    SHEET_FIELD("publication_date", struct advisory_index_row, date, N_("Publication date")),
    SHEET_FIELD("changed_at", struct advisory_index_row, changed, N_("Latest change")),
};
/* clang-format on */

bool advisory_index(struct request *req, struct response *res, struct err *err)
{
    struct advisory_index_view v = { 0 };
    struct page *page = frame_page(req);
    enum sheet_format format;
    bool has_more;

    if (!sheet_asked(req, &format, err) || !fill_list(req, format, &v, &has_more, err))
        return PASS(err);
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("advisories", columns, v.rows), has_more, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    if (has_role(req, ROLE_CB))
        v.numbers = (struct link){ tr(req->lang, N_("CVE numbers")), STR("/cve-numbers") };
    v.empty = (struct empty_view){ .title = tr(req->lang, N_("There is nothing here")),
                                   .why = tr(req->lang,
                                             N_("An advisory is begun on the page of its case.")),
                                   .next = { tr(req->lang, N_("Cases")), STR("/cases") } };
    advisory_index_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Publication")),
                           CASE_CRUMBS({ tr(req->lang, N_("Publication")), STR_NONE }), err);
}

bool advisory_begin(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct desk *desk = desk_of(req);
    const struct number_prefixes prefixes = prefixes_from(desk->settings);
    struct product_case c;
    struct advisory a;

    if (!tx_begin(desk->store, TX_WRITE, &tx, err) ||
        !case_load(&desk->casework, tx, request_form(req, "case"), req->arena, &c, err) ||
        !advisory_create(&desk->casework, tx, who_of(req), &c, &prefixes, req->now, req->arena, &a,
                         err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res,
                    arena_printf(req->arena, "/advisories/%.*s/edit", STR_ARG(a.public_id)));
}

/* ---- one advisory ---- */

static struct str sentence_of(struct request *req, const struct desk_advisory *d)
{
    switch (d->a.state) {
    case ADVISORY_DRAFT:
        return d->a.revision > 0
                   ? tr(req->lang,
                        N_("A new revision is being written. What is public stays as it is until both bodies have approved."))
                   : tr(req->lang,
                        N_("It is being written. When it is complete, it is handed in for review."));
    case ADVISORY_REVIEW:
        return tr(req->lang, N_("A second person of the coordinating body reviews it next."));
    case ADVISORY_APPROVED:
        return tr(req->lang, N_("The receiving body confirms it next: both bodies publish."));
    case ADVISORY_CONFIRMED:
        return tr(
            req->lang,
            N_("Both bodies have approved it. The rehearsal comes next: every format is produced and checked."));
    case ADVISORY_SCHEDULED:
        return d->a.revision > 0
                   ? tr(req->lang,
                        N_("The rehearsal has passed. The clock publishes the revision within a minute."))
               : d->c.publication_date.ms
                   ? tr_fill(req->arena, req->lang,
                             N_("Everything is ready. The clock publishes it on {date}."),
                             TR_ARGS({ "date",
                                       tr_instant(req->arena, req->lang, d->c.publication_date) }))
                   : tr(req->lang,
                        N_("Everything is ready. It is published at the date that is set."));
    case ADVISORY_PUBLISHED:
        return tr(req->lang,
                  N_("It is public. A change is a new revision with a line in its history."));
    default:
        return STR_NONE;
    }
}

static void add_move(struct request *req, const struct desk_advisory *d, struct deeds *deeds,
                     enum advisory_event event, const char *path, const char *label,
                     const char *tell, enum look look, bool wants_reason)
{
    struct deed_view *deed;

    if (!advisory_can(who_of(req), &d->a, event))
        return;
    deed =
        deed_add(req, deeds, path + 1, label, label, desk_advisory_href(req, path), tell, look, 0);
    if (wants_reason)
        deed_field(req, deed, FIELD_TEXTAREA, "words", N_("Reason"), "", true);
}

static void fill_deeds(struct request *req, const struct desk_advisory *d, struct deeds *deeds)
{
    add_move(req, d, deeds, ON_ADVISORY_SUBMIT, "/submit", N_("Hand in for review"),
             N_("The coordinating body's officers are told. A second person reviews it."), LOOK_GO,
             false);
    add_move(req, d, deeds, ON_ADVISORY_APPROVE, "/approve", N_("Approve"),
             N_("The receiving body is told and confirms it next."), LOOK_GO, false);
    add_move(req, d, deeds, ON_ADVISORY_RETURN, "/return", N_("Return to the author"),
             N_("The coordinating body's officers are told."), LOOK_PLAIN, true);
    add_move(req, d, deeds, ON_ADVISORY_CONFIRM, "/confirm", N_("Confirm for the receiving body"),
             N_("The coordinating body is told. Without this confirmation nothing is published."),
             LOOK_GO, false);
    add_move(
        req, d, deeds, ON_ADVISORY_OBJECT, "/object", N_("Object"),
        N_("The coordinating body is told the reason; the advisory goes back to being written."),
        LOOK_BAD, true);
    add_move(req, d, deeds, ON_ADVISORY_REVISE, "/revise", N_("Write a new revision"),
             N_("What is public stays as it is until the revision is approved by both bodies."),
             LOOK_GO, false);
    add_move(req, d, deeds, ON_ADVISORY_REOPEN, "/reopen", N_("Open for writing again"),
             N_("The approvals no longer count; it is reviewed and confirmed anew."), LOOK_PLAIN,
             true);
    if (d->a.state != ADVISORY_PUBLISHED && d->a.state != ADVISORY_DRAFT)
        deed_add(
            req, deeds, "rehearse", N_("Rehearse now"), N_("Produce and check every format"),
            desk_advisory_href(req, "/rehearse"),
            N_("Nothing becomes public. If it passes and both bodies have approved, it is scheduled."),
            d->a.state == ADVISORY_CONFIRMED ? LOOK_GO : LOOK_PLAIN, 0);
}

static void fill_texts(struct request *req, const struct advisory_view *t,
                       struct advisory_show_view *v)
{
    /* clang-format off */
    const struct {
        const char *label;
        struct str ja, en;
    } parts[] = {
        { N_("Title"), t->ja.title, t->en.title },          { N_("What to do now"), t->ja.action, t->en.action },
        { N_("Overview"), t->ja.overview, t->en.overview }, { N_("Description"), t->ja.details, t->en.details },
        { N_("Impact"), t->ja.impact, t->en.impact },       { N_("Solution"), t->ja.solution, t->en.solution },
        { N_("Workaround"), t->ja.workaround, t->en.workaround }, { N_("Addendum"), t->ja.addendum, t->en.addendum },
        { N_("Credit"), t->ja.credit, t->en.credit },       { N_("Why it is published"), t->ja.judgement, t->en.judgement },
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(parts); i++) {
        if (parts[i].ja.len > 0 || parts[i].en.len > 0)
            VEC_PUSH(req->arena, &v->texts,
                     (struct text_pair){ tr(req->lang, parts[i].label), parts[i].ja, parts[i].en });
    }
    for (size_t i = 0; i < t->products.len; i++)
        VEC_PUSH(
            req->arena, &v->products,
            arena_printf(req->arena, "%.*s %.*s  %.*s → %.*s", STR_ARG(t->products.at[i].vendor_ja),
                         STR_ARG(t->products.at[i].product), STR_ARG(t->products.at[i].versions),
                         STR_ARG(t->products.at[i].fixed)));
    for (size_t i = 0; i < t->weaknesses.len; i++)
        VEC_PUSH(req->arena, &v->weaknesses,
                 arena_printf(req->arena, "%.*s %.*s %.*s", STR_ARG(t->weaknesses.at[i].cwe),
                              STR_ARG(t->weaknesses.at[i].cvss), STR_ARG(t->weaknesses.at[i].cve)));
    for (size_t i = 0; i < t->vendors.len; i++)
        VEC_PUSH(
            req->arena, &v->vendors,
            arena_printf(req->arena, "%.*s: %.*s",
                         STR_ARG(req->lang == LANG_EN && t->vendors.at[i].name_en.len > 0
                                     ? t->vendors.at[i].name_en
                                     : t->vendors.at[i].name_ja),
                         STR_ARG(tr(req->lang, vendor_status_msgid(t->vendors.at[i].status)))));
    for (size_t i = 0; i < t->references.len; i++)
        VEC_PUSH(req->arena, &v->references,
                 arena_printf(req->arena, "%.*s %.*s", STR_ARG(t->references.at[i].title),
                              STR_ARG(t->references.at[i].url)));
}

/* What was written with it; what a rehearsal found is said in the reader's language. */
static struct str detail_of(struct request *req, struct str record)
{
    struct buf buf = buf_new(req->arena, 65536);
    struct advisory_faults faults = { 0 };

    advisory_faults_from_record(record, req->arena, &faults);
    if (faults.len == 0)
        return record_get(record, "text");
    for (size_t i = 0; i < faults.len; i++)
        buf_printf(&buf, "%.*s: %.*s\n", STR_ARG(advisory_field_label(req, faults.at[i].field)),
                   STR_ARG(tr(req->lang, faults.at[i].words)));
    return buf_str(&buf);
}

/* The advisory's own entries of the ledger. */
static bool fill_steps(struct request *req, const struct desk_advisory *d,
                       struct advisory_show_view *v, struct err *err)
{
    struct entries entries;

    if (!ledger_read(d->tx, d->c.id, 0, 5000, req->arena, &entries, err))
        return PASS(err);
    for (size_t i = entries.len; i-- > 0;) {
        const struct entry *e = &entries.at[i];
        struct str record = STR_NONE;

        if (!str_starts(e->kind, STR("advisory.")))
            continue;
        if (e->has_payload && !ledger_payload(d->tx, &d->c.key, e->seq, req->arena, &record, err))
            return PASS(err);
        VEC_PUSH(req->arena, &v->steps,
                 (struct moment){ .when = when_of(req->arena, req->lang, e->at),
                                  .what = event_words(req->arena, req->lang, e),
                                  .detail = detail_of(req, record),
                                  .is_latest = v->steps.len == 0 });
    }
    return true;
}

bool desk_advisory_page(struct request *req, struct response *res, const struct err *fault,
                        struct err *err)
{
    __attribute__((cleanup(desk_advisory_end))) struct desk_advisory d = { 0 };
    struct advisory_show_view v = { 0 };
    struct advisory_faults faults = { 0 };
    struct advisory_view text;
    struct page *page = frame_page(req);

    if (!desk_advisory_open(req, TX_READ, &d, err) ||
        !advisory_draft(d.tx, &d.c, &d.a, req->arena, &text, err) || !fill_steps(req, &d, &v, err))
        return PASS(err);
    v.number = d.a.number;
    v.title = req->lang == LANG_EN && text.en.title.len > 0 ? text.en.title
              : text.ja.title.len > 0                       ? text.ja.title
                                                            : d.c.title;
    v.case_number = d.c.number;
    v.case_href = arena_printf(req->arena, "/cases/%.*s", STR_ARG(d.c.public_id));
    v.state = advisory_tag(req->lang, str_from_z(advisory_life.states[d.a.state]));
    v.sentence = sentence_of(req, &d);
    fill_deeds(req, &d, &v.deeds);
    fault_tell(req, fault, (struct deeds *const[]){ &v.deeds }, 1, &v.faults);
    fill_texts(req, &text, &v);
    if (d.a.state == ADVISORY_DRAFT) {
        advisory_check(&text, req->arena, &faults);
        for (size_t i = 0; i < faults.len; i++)
            VEC_PUSH(req->arena, &v.missing,
                     (struct fault){ advisory_field_label(req, faults.at[i].field),
                                     tr(req->lang, faults.at[i].words) });
        if (who_of(req)->roles & ROLE_CB)
            v.edit_href = desk_advisory_href(req, "/edit");
    }
    v.preview_ja = desk_advisory_href(req, "/preview");
    v.preview_en = arena_printf(req->arena, "/en%.*s", STR_ARG(v.preview_ja));
    if (d.a.published_at.ms)
        v.public_href = arena_printf(
            req->arena, "%.*s%.*s/advisories/%.*s", STR_ARG(desk_of(req)->settings->portal_url),
            STR_ARG(req->base), STR_ARG(advisory_slug(d.a.number, req->arena)));
    advisory_show_page(page, &v);
    return case_frame_send(req, res, page, v.number,
                           CASE_CRUMBS({ tr(req->lang, N_("Publication")), STR("/advisories") },
                                       { v.number, STR_NONE }),
                           err);
}

bool advisory_show(struct request *req, struct response *res, struct err *err)
{
    return desk_advisory_page(req, res, NULL, err);
}

/* The page as it will be, made by the same template; it stays at the desk. */
bool advisory_preview(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(desk_advisory_end))) struct desk_advisory d = { 0 };
    const struct advisory_renderer *renderer = desk_of(req)->renderer;
    struct advisory_view text;
    struct str html;

    if (!desk_advisory_open(req, TX_READ, &d, err) ||
        !advisory_draft(d.tx, &d.c, &d.a, req->arena, &text, err))
        return PASS(err);
    if (!text.published_at.ms)
        text.published_at = text.updated_at =
            d.c.publication_date.ms ? d.c.publication_date : req->now;
    if (!renderer->page(renderer->context, &text, req->lang, req->arena, &html, err))
        return PASS(err);
    return respond_html(res, (struct html){ html });
}
