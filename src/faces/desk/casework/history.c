/* faces/desk/casework/history.c: the ledger of one case, for the two bodies; and of all cases, for auditors: its plain columns, without
 * titles, texts, names of developers or dates that are not public (what section 5 grants to nobody is default deny). */
#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/history.html.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/sheet.h"

enum { ENTRIES = 5000, AUDIT_PAGE = 100, HASH_SHOWN = 12 };

static struct str actor_words(struct request *req, const struct entry *e)
{
    if (str_eq(e->actor_kind, STR("FINDER")))
        return tr(req->lang, N_("Finder"));
    if (str_eq(e->actor_kind, STR("OPERATOR")))
        return tr(req->lang, N_("Operator of the website"));
    if (str_eq(e->actor_kind, STR("CLOCK")))
        return tr(req->lang, N_("Clock"));
    if (str_eq(e->actor_kind, STR("COMMAND")))
        return tr(req->lang, N_("Command line"));
    return tr_fill(req->arena, req->lang, N_("person {number}"),
                   TR_ARGS({ "number", tr_number(req->arena, e->actor_id) }));
}

static struct str actor_code(struct request *req, const struct entry *e)
{
    return str_eq(e->actor_kind, STR("ACCOUNT"))
               ? arena_printf(req->arena, "ACCOUNT %lld", (long long)e->actor_id)
               : e->actor_kind;
}

static struct history_row row_of(struct request *req, const struct entry *e)
{
    return (struct history_row){ .seq = e->seq,
                                 .at = { .words = tr_instant(req->arena, req->lang, e->at),
                                         .iso = utc_iso(req->arena, e->at) },
                                 .what = event_words(req->arena, req->lang, e),
                                 .kind = e->kind,
                                 .who = actor_words(req, e),
                                 .actor = actor_code(req, e),
                                 .rule = e->rule,
                                 .carries = e->carries,
                                 .states = e->to.len > 0
                                               ? arena_printf(req->arena, "%.*s → %.*s",
                                                              STR_ARG(e->from), STR_ARG(e->to))
                                               : STR_NONE };
}

/* A website's case has one page, at the receiving body. */
static struct str page_of_case(struct request *req, const struct scene *s)
{
    return s->c.is_website ? arena_printf(req->arena, "/reports/%.*s", STR_ARG(s->c.public_id))
                           : case_href(req, s, "");
}

/* clang-format off */
static const struct sheet_column history_columns[] = {
    SHEET_FIELD ("entry", struct history_row, seq, N_("Entry")),
    SHEET_COLUMN(struct history_row, at,      N_("When")),
    SHEET_CODED ("what", struct history_row, what, kind, N_("What")),
    SHEET_CODED ("who", struct history_row, who, actor, N_("Who")),
    SHEET_COLUMN(struct history_row, states,  N_("States")),
    SHEET_COLUMN(struct history_row, rule,    N_("Rule")),
    SHEET_FIELD ("protocol", struct history_row, carries, N_("Protocol")),
};
static const struct sheet_column audit_columns[] = {
    SHEET_FIELD ("entry", struct audit_row, entry.seq, N_("Entry")),
    SHEET_FIELD ("at", struct audit_row, entry.at, N_("When")),
    SHEET_FIELD ("case", struct audit_row, number, N_("Case")),
    SHEET_CODED ("what", struct audit_row, entry.what, entry.kind, N_("What")),
    SHEET_CODED ("who", struct audit_row, entry.who, entry.actor, N_("Who")),
    SHEET_FIELD ("states", struct audit_row, entry.states, N_("States")),
    SHEET_FIELD ("rule", struct audit_row, entry.rule, N_("Rule")),
    SHEET_COLUMN(struct audit_row, hash, N_("Hash")),
};
/* clang-format on */

bool case_history(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct history_view v = { 0 };
    struct entries entries;
    struct page *page = frame_page(req);
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !scene_open_report(req, TX_READ, &s, err) ||
        !ledger_read(s.tx, s.c.id, 0, ENTRIES, req->arena, &entries, err))
        return PASS(err);
    v.number = s.c.number;
    for (size_t i = 0; i < entries.len; i++) {
        const struct entry *e = &entries.at[i];

        if (!fill_may_see_entry(who_of(req), &s, e))
            continue;
        VEC_PUSH(req->arena, &v.rows, row_of(req, e));
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("ledger", history_columns, v.rows), false, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    history_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Entries of the ledger")),
                           CASE_CRUMBS({ tr(req->lang, N_("Cases")), STR("/cases") },
                                       { s.c.number, page_of_case(req, &s) },
                                       { tr(req->lang, N_("Entries of the ledger")), STR_NONE }),
                           err);
}

/* ---- all cases, for auditors ---- */

static struct str audit_href(struct request *req, struct str number, int64_t page)
{
    struct page *out = page_new(req->arena, 1024, req->lang, STR_NONE);
    struct err ignored = { 0 };
    struct html html;

    html_static(out, STR("/ledger?case="));
    html_url_part(out, number);
    html_static(out, STR("&page="));
    html_url_part(out, page);
    return html_done(out, &html, &ignored) ? html.text : STR("/ledger");
}

static void fill_audit(struct request *req, const struct ledger_lines *lines, struct audit_view *v)
{
    for (size_t i = 0; i < lines->len; i++) {
        struct entry plain = lines->at[i].entry;

        plain.n = (struct utc){ 0 }; /* the publication date is not an auditor's */
        VEC_PUSH(req->arena, &v->rows,
                 (struct audit_row){ .entry = row_of(req, &plain),
                                     .number = lines->at[i].case_number,
                                     .hash = str_take(lines->at[i].hash, HASH_SHOWN) });
    }
}

bool ledger_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str number = str_trim(request_query(req, "case"));
    struct field_view field = { .id = STR("filter-case"),
                                .name = STR("case"),
                                .label = tr(req->lang, N_("Number of a case")),
                                .kind = FIELD_TEXT,
                                .value = number,
                                .is_bare = true };
    struct audit_view v = { .filters = { .href = STR("/ledger") } };
    struct page *page = frame_page(req);
    struct ledger_lines lines;
    struct err ignored = { 0 };
    enum sheet_format format;
    int64_t at = 1, rows;

    if (!sheet_asked(req, &format, err))
        return PASS(err);
    rows = sheet_rows(format, AUDIT_PAGE);
    if (format != SHEET_PAGE || !str_to_int(request_query(req, "page"), 1, 1000000, &at, &ignored))
        at = 1;
    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !ledger_list(tx, number, (at - 1) * rows, rows, req->arena, &lines, err))
        return PASS(err);
    fill_audit(req, &lines, &v);
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("ledger", audit_columns, v.rows), lines.has_more,
                          err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    VEC_PUSH(req->arena, &v.filters.fields, field);
    if (number.len > 0)
        v.filters.clear_href = STR("/ledger");
    v.empty = (struct empty_view){ .title = tr(req->lang, N_("There is nothing here")),
                                   .why = tr(req->lang, N_("No entry fits these conditions.")) };
    if (at > 1)
        v.pager.previous = audit_href(req, number, at - 1);
    if (lines.has_more)
        v.pager.next = audit_href(req, number, at + 1);
    audit_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Ledger")),
                           CASE_CRUMBS({ tr(req->lang, N_("Ledger")), STR_NONE }), err);
}
