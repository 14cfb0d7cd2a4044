#include <stdlib.h>

#include "base/err.h"
#include "faces/cli/scan/table_internal.h"

enum { TITLE_NARROWEST = 24, CELL_WIDEST = 40, POSSIBLE_IDS = 12 };

struct cell {
    struct str text;
    enum tint tint;
};
struct row {
    const struct scan_table *table;
    struct arena *arena;
    const struct finding *finding;
    const struct priority *priority;
};

/* ---- the columns ---- */

struct scan_column {
    const char *name, *title; /* title: msgid */
    struct cell (*cell)(const struct row *row);
    bool is_right, is_last; /* is_last: takes what is left of the line, wrapped */
};

struct str table_join(struct arena *arena, const struct finding_strings *texts, size_t from)
{
    struct buf buf = buf_new(arena, 1 << 20);

    for (size_t i = from; i < texts->len; i++) {
        if (i > from)
            buf_add(&buf, STR(", "));
        buf_add(&buf, texts->at[i]);
    }
    return buf_str(&buf);
}

void table_add_part(struct buf *buf, struct str text)
{
    if (text.len > 0 && buf->len > 0)
        buf_add(buf, STR(" · "));
    buf_add(buf, text);
}

static struct cell cell_id(const struct row *row)
{
    return (struct cell){ row->finding->id, TINT_BOLD };
}

static enum tint severity_tint(const struct priority *priority)
{
    static const enum tint tints[] = { TINT_DIM, TINT_NONE, TINT_YELLOW, TINT_RED, TINT_BOLD_RED };

    return priority->score ? tints[priority->severity] : TINT_DIM;
}

static struct cell cell_severity(const struct row *row)
{
    return (struct cell){ scan_severity_name(row->table->lang, row->priority),
                          severity_tint(row->priority) };
}

static struct cell cell_score(const struct row *row)
{
    struct str score = scan_score(row->arena, row->priority);

    return (struct cell){ score.len > 0 ? score : STR("-"), severity_tint(row->priority) };
}

static struct cell cell_kev(const struct row *row)
{
    if (!row->finding->is_in_kev)
        return (struct cell){ STR("-"), TINT_DIM };
    return (struct cell){ STR("KEV"), TINT_BOLD_RED };
}

static struct cell cell_epss(const struct row *row)
{
    int epss = row->finding->epss;

    if (epss < 0)
        return (struct cell){ STR("-"), TINT_DIM };
    return (struct cell){ scan_percent(row->arena, epss), epss >= 10000 ? TINT_YELLOW : TINT_NONE };
}

static struct cell cell_ssvc(const struct row *row)
{
    static const enum tint tints[] = { TINT_DIM, TINT_NONE, TINT_YELLOW, TINT_BOLD_RED };

    return (struct cell){ tr(row->table->lang, triage_decision_name(row->priority->decision)),
                          tints[row->priority->decision] };
}

static struct cell cell_fixed(const struct row *row)
{
    struct str fixed = table_join(row->arena, &row->finding->fixed, 0);

    return fixed.len > 0 ? (struct cell){ fixed, TINT_GREEN } : (struct cell){ STR("-"), TINT_DIM };
}

static struct cell cell_title(const struct row *row)
{
    return (struct cell){ row->finding->title, TINT_NONE };
}

static struct cell cell_aliases(const struct row *row)
{
    return (struct cell){ table_join(row->arena, &row->finding->ids, 1), TINT_NONE };
}

static struct cell cell_confidence(const struct row *row)
{
    return (struct cell){ arena_printf(row->arena, "%d%%", row->finding->confidence), TINT_NONE };
}

static struct cell cell_source(const struct row *row)
{
    const struct finding *finding = row->finding;

    return (struct cell){ finding->reasons.len > 0 ? finding->reasons.at[0].origin : STR("-"),
                          TINT_NONE };
}

static struct cell cell_weakness(const struct row *row)
{
    return (struct cell){ table_join(row->arena, &row->finding->weaknesses, 0), TINT_NONE };
}

static struct cell cell_published(const struct row *row)
{
    struct utc published = row->finding->published;

    return (struct cell){ published.ms != 0 ? str_take(utc_iso_jst(row->arena, published),
                                                       sizeof "2026-11-21" - 1)
                                            : STR("-"),
                          TINT_NONE };
}

/* clang-format off */
static const struct scan_column columns[] = {
    { "id",         N_("Vulnerability"), cell_id,         false, false },
    { "severity",   N_("Severity"),      cell_severity,   false, false },
    { "score",      "CVSS",              cell_score,      true,  false },
    { "kev",        "KEV",               cell_kev,        false, false },
    { "epss",       "EPSS",              cell_epss,       true,  false },
    { "ssvc",       N_("When to act"),   cell_ssvc,       false, false },
    { "fixed",      N_("Fixed in"),      cell_fixed,      false, false },
    { "aliases",    N_("Other names"),   cell_aliases,    false, false },
    { "weakness",   "CWE",               cell_weakness,   false, false },
    { "published",  N_("Date of publication"),     cell_published,  false, false },
    { "source",     N_("Source"),        cell_source,     false, false },
    { "confidence", N_("Confidence"),    cell_confidence, true,  false },
    { "title",      N_("Title"),         cell_title,      false, true },
};
/* clang-format on */

#define USUAL "id,severity,score,kev,epss,ssvc,fixed,title"

static const struct scan_column *column_by_name(struct str name)
{
    for (size_t i = 0; i < COUNT(columns); i++)
        if (str_eq_z(name, columns[i].name))
            return &columns[i];
    return NULL;
}

bool scan_columns_parse(struct str text, struct arena *arena, struct scan_columns *out,
                        struct err *err)
{
    struct str rest = text.len > 0 ? text : STR(USUAL), name;
    struct scan_columns read = { 0 };

    while (str_split(&rest, ',', &name)) {
        const struct scan_column *column = column_by_name(name);

        if (!column || read.count == SCAN_COLUMNS_MAX) {
            size_t at = (size_t)(name.ptr - text.ptr);

            return FAIL(err, USAGE,
                        arena_printf(arena, "%.*s<?>%.*s", STR_ARG(str_take(text, at)),
                                     STR_ARG(str_drop(text, at))));
        }
        read.at[read.count++] = column;
    }
    *out = read;
    return true;
}

/* ---- the table ---- */

static struct row row_of(const struct layout *l, size_t place)
{
    return (struct row){ l->table, l->arena, &l->table->report->findings->at[place],
                         &l->table->report->priorities[place] };
}

static struct cell cell_of(const struct layout *l, const struct scan_column *column, size_t place)
{
    struct row row = row_of(l, place);
    struct cell cell = column->cell(&row);

    cell.text = paper_clean(l->arena, cell.text);
    return cell;
}

static struct str title_of(const struct layout *l, const struct scan_column *column)
{
    return tr(l->table->lang, column->title);
}

/* As wide as the widest cell, but no wider than CELL_WIDEST: what is wider pushes its own line alone. */
static void widen(struct layout *l, size_t n, struct str text)
{
    size_t own = paper_columns(text);

    if (own > l->widths[n] && own <= CELL_WIDEST)
        l->widths[n] = own;
}

/* Those of a row are made once: to be measured, and to be printed. */
static const struct cell *cells_of(const struct layout *l, size_t place)
{
    const struct scan_columns *chosen = l->table->columns;
    struct cell *cells = l->cells + place * chosen->count;

    for (size_t n = 0; n < chosen->count && !cells[n].text.ptr; n++)
        cells[n] = cell_of(l, chosen->at[n], place);
    return cells;
}

static void measure(struct layout *l, const struct report_places *places)
{
    const struct scan_columns *chosen = l->table->columns;

    for (size_t n = 0; n < chosen->count; n++)
        l->widths[n] = paper_columns(title_of(l, chosen->at[n]));
    for (size_t i = 0; i < places->len; i++) {
        const struct cell *cells = cells_of(l, places->at[i]);

        for (size_t n = 0; n < chosen->count; n++)
            if (!chosen->at[n]->is_last)
                widen(l, n, cells[n].text);
    }
    l->last = INDENT;
    for (size_t n = 0; n < chosen->count; n++)
        l->last += chosen->at[n]->is_last ? 0 : l->widths[n] + GAP;
    if (l->last + TITLE_NARROWEST > l->paper->width)
        l->last = 0;
}

static void put_cell(struct layout *l, size_t n, enum tint tint, struct str text)
{
    size_t own = paper_columns(text), room = l->widths[n] > own ? l->widths[n] - own : 0;

    if (l->table->columns->at[n]->is_right)
        paper_pad(l->paper, room);
    paper_put(l->paper, tint, text);
    paper_pad(l->paper, (l->table->columns->at[n]->is_right ? 0 : room) + GAP);
}

static void put_head(struct layout *l)
{
    const struct scan_columns *chosen = l->table->columns;

    paper_pad(l->paper, INDENT);
    for (size_t n = 0; n < chosen->count; n++) {
        if (!chosen->at[n]->is_last)
            put_cell(l, n, TINT_DIM, title_of(l, chosen->at[n]));
        else if (l->last > 0)
            paper_put(l->paper, TINT_DIM, title_of(l, chosen->at[n]));
    }
    paper_end(l->paper);
}

static void put_row(struct layout *l, size_t place)
{
    const struct scan_columns *chosen = l->table->columns;
    const struct cell *cells = cells_of(l, place);
    struct str title = STR_NONE;

    paper_pad(l->paper, INDENT);
    for (size_t n = 0; n < chosen->count; n++) {
        if (chosen->at[n]->is_last)
            title = cells[n].text;
        else
            put_cell(l, n, cells[n].tint, cells[n].text);
    }
    if (l->last > 0 && title.len > 0) {
        paper_flow(l->paper, TINT_NONE, title, l->last, l->last);
        return;
    }
    paper_end(l->paper);
    if (title.len > 0) {
        paper_pad(l->paper, 2 * INDENT);
        paper_flow(l->paper, TINT_NONE, title, 2 * INDENT, 2 * INDENT);
    }
}

/* Who says it, why, and until when. */
static struct str why_of(const struct layout *l, const struct finding_statement *said)
{
    enum lang lang = l->table->lang;
    struct buf buf = buf_new(l->arena, 1 << 16);

    table_add_part(&buf, tr(lang, scan_verdict_name(said->verdict)));
    table_add_part(&buf, scan_justification(lang, said->justification));
    table_add_part(&buf, said->reason);
    table_add_part(&buf, said->from);
    if (said->until.ms != 0)
        table_add_part(&buf, tr_fill(l->arena, lang, N_("until {date}"),
                                     TR_ARGS({ "date", tr_date(l->arena, lang, said->until) })));
    return buf_str(&buf);
}

/* What somebody says of a finding that stays open: affected, under investigation. */
static void put_said(struct layout *l, size_t place)
{
    const struct finding_statement *said = &l->table->report->findings->at[place].statement;

    if (said->verdict == VERDICT_NONE)
        return;
    paper_pad(l->paper, 2 * INDENT);
    paper_flow(l->paper, TINT_DIM, why_of(l, said), 2 * INDENT, 2 * INDENT);
}

/* ---- by component ---- */

static void put_group(struct layout *l, const struct report_group *group)
{
    struct str name = paper_clean(l->arena, report_group_name(l->table->report, group, l->arena));
    struct str more = report_group_members(l->table->report, group, l->arena);
    size_t used = paper_columns(name) + GAP;

    paper_put(l->paper, TINT_BOLD, name);
    if (more.len == 0 || used + paper_columns(more) > l->paper->width) {
        paper_end(l->paper);
        if (more.len == 0)
            return;
        used = INDENT;
    }
    paper_pad(l->paper, used == INDENT ? INDENT : GAP);
    paper_flow(l->paper, TINT_DIM, more, used, INDENT);
}

static void put_open(struct layout *l)
{
    const struct report_places *open = &l->table->report->open;
    struct report_groups groups = report_groups(l->table->report, open, l->arena);

    if (open->len == 0)
        return;
    measure(l, open);
    put_head(l);
    for (size_t i = 0; i < groups.len; i++) {
        put_group(l, &groups.at[i]);
        for (size_t n = 0; n < groups.at[i].findings.len; n++) {
            put_row(l, groups.at[i].findings.at[n]);
            put_said(l, groups.at[i].findings.at[n]);
            if (l->table->explains)
                table_explain(l, groups.at[i].findings.at[n]);
        }
        paper_end(l->paper);
    }
}

static void put_title(struct layout *l, struct str text)
{
    paper_put(l->paper, TINT_BOLD, text);
    paper_end(l->paper);
}

static struct str number(const struct layout *l, size_t n)
{
    return tr_number(l->arena, (int64_t)n);
}

/* One line for each component and kind: what only may be is not to bury what is. */
static void put_possible_kind(struct layout *l, const struct report_group *group,
                              enum finding_kind kind)
{
    const struct report *report = l->table->report;
    struct buf buf = buf_new(l->arena, 1 << 16);
    size_t count = 0;

    for (size_t i = 0; i < group->findings.len; i++) {
        const struct finding *finding = &report->findings->at[group->findings.at[i]];

        if (finding->kind != kind)
            continue;
        if (++count <= POSSIBLE_IDS || l->table->explains) {
            buf_add(&buf, buf.len > 0 ? STR(", ") : STR(""));
            buf_add(&buf, finding->id);
        }
    }
    if (count == 0)
        return;
    if (count > POSSIBLE_IDS && !l->table->explains)
        buf_add(&buf, tr_fill(l->arena, l->table->lang, N_(" and {count} more"),
                              TR_ARGS({ "count", number(l, count - POSSIBLE_IDS) })));
    paper_pad(l->paper, INDENT);
    paper_flow(l->paper, TINT_DIM, tr(l->table->lang, scan_kind_words(kind)), INDENT, INDENT);
    paper_pad(l->paper, 2 * INDENT);
    paper_flow(l->paper, TINT_NONE, buf_str(&buf), 2 * INDENT, 2 * INDENT);
}

static void put_possible(struct layout *l)
{
    const struct report_places *possible = &l->table->report->possible;
    struct report_groups groups = report_groups(l->table->report, possible, l->arena);

    if (possible->len == 0)
        return;
    put_title(l, tr_fill(l->arena, l->table->lang, N_("Not decided, may apply: {count}"),
                         TR_ARGS({ "count", number(l, possible->len) })));
    for (size_t i = 0; i < groups.len; i++) {
        put_group(l, &groups.at[i]);
        for (enum finding_kind kind = FINDING_CONDITIONAL; kind <= FINDING_UNKNOWN_VERSION; kind++)
            put_possible_kind(l, &groups.at[i], kind);
        if (l->table->explains)
            for (size_t n = 0; n < groups.at[i].findings.len; n++) {
                put_row(l, groups.at[i].findings.at[n]);
                table_explain(l, groups.at[i].findings.at[n]);
            }
    }
    paper_end(l->paper);
}

static void put_suppressed(struct layout *l)
{
    const struct report *report = l->table->report;

    if (report->suppressed.len == 0)
        return;
    put_title(l, tr_fill(l->arena, l->table->lang,
                         N_("Set aside, since somebody says that nothing is to be done: {count}"),
                         TR_ARGS({ "count", number(l, report->suppressed.len) })));
    for (size_t i = 0; i < report->suppressed.len; i++) {
        const struct finding *finding = &report->findings->at[report->suppressed.at[i]];
        const struct component *c = &report->inventory->components.at[finding->component];
        struct str head =
            paper_clean(l->arena, arena_printf(l->arena, "%.*s  %.*s %.*s", STR_ARG(finding->id),
                                               STR_ARG(c->name), STR_ARG(c->version)));

        paper_pad(l->paper, INDENT);
        paper_put(l->paper, TINT_NONE, head);
        paper_end(l->paper);
        paper_pad(l->paper, 2 * INDENT);
        paper_flow(l->paper, TINT_DIM, why_of(l, &finding->statement), 2 * INDENT, 2 * INDENT);
    }
    paper_end(l->paper);
}

/* ---- what stands around ---- */

static void put_summary(struct layout *l)
{
    const struct report *report = l->table->report;
    const struct report_counts *counts = &report->counts;
    enum lang lang = l->table->lang;
    struct buf buf = buf_new(l->arena, 1 << 12);

    put_title(
        l,
        tr_fill(
            l->arena, lang,
            N_("{target}: known vulnerabilities {findings}, components affected {affected} of {components}"),
            TR_ARGS({ "target", paper_clean(l->arena, report->target) },
                    { "findings", number(l, report->open.len) },
                    { "affected", number(l, counts->components) },
                    { "components", number(l, report->inventory->components.len) })));
    for (int i = CVSS_CRITICAL; i > CVSS_NONE; i--) {
        const struct catalog_score rated = { .tenths = 0 };
        struct priority priority = { .score = &rated, .severity = (enum cvss_severity)i };

        if (counts->by_severity[i] > 0)
            table_add_part(&buf, arena_printf(l->arena, "%.*s %.*s",
                                              STR_ARG(scan_severity_name(lang, &priority)),
                                              STR_ARG(number(l, counts->by_severity[i]))));
    }
    if (counts->unrated > 0)
        table_add_part(&buf, arena_printf(l->arena, "%.*s %.*s",
                                          STR_ARG(scan_severity_name(
                                              lang, &(const struct priority){ .score = NULL })),
                                          STR_ARG(number(l, counts->unrated))));
    if (counts->in_kev > 0)
        table_add_part(&buf, tr_fill(l->arena, lang, N_("{count} exploited (KEV)"),
                                     TR_ARGS({ "count", number(l, counts->in_kev) })));
    if (report->open.len > 0)
        table_add_part(&buf, tr_fill(l->arena, lang, N_("{count} with a fixed version"),
                                     TR_ARGS({ "count", number(l, counts->with_fix) })));
    if (buf.len > 0)
        paper_flow(l->paper, TINT_NONE, buf_str(&buf), 0, 0);
    paper_end(l->paper);
}

static void put_note(struct layout *l, struct str text)
{
    paper_flow(l->paper, TINT_DIM, text, 0, INDENT);
}

static void put_sources(struct layout *l)
{
    const struct report *report = l->table->report;
    struct buf buf = buf_new(l->arena, 1 << 16);

    for (size_t i = 0; i < report->sources.len; i++) {
        const struct report_source *source = &report->sources.at[i];

        table_add_part(&buf,
                       source->newest.ms != 0
                           ? arena_printf(l->arena, "%.*s %.*s", STR_ARG(source->name),
                                          STR_ARG(str_take(utc_iso_jst(l->arena, source->newest),
                                                           sizeof "2026-11-21" - 1)))
                           : source->name);
    }
    if (buf.len > 0)
        put_note(l, tr_fill(l->arena, l->table->lang, N_("Known as of: {sources}"),
                            TR_ARGS({ "sources", buf_str(&buf) })));
}

static void put_notes(struct layout *l)
{
    const struct report *report = l->table->report;
    enum lang lang = l->table->lang;

    if (report->unnamed > 0)
        put_note(
            l,
            tr_fill(
                l->arena, lang,
                N_("Components that could not be looked up (no package URL, CPE or source package): {count}"),
                TR_ARGS({ "count", number(l, report->unnamed) })));
    if (report->inventory->problems.len > 0)
        put_note(
            l,
            tr_fill(
                l->arena, lang,
                N_("Entries of the list that could not be read (--format json names them): {count}"),
                TR_ARGS({ "count", number(l, report->inventory->problems.len) })));
    for (size_t i = 0; report->rules && i < report->rules->len; i++) {
        const struct ignore_rule *rule = &report->rules->at[i];

        if (ignore_is_over(rule, report->made))
            put_note(
                l,
                tr_fill(
                    l->arena, lang,
                    N_("The rule in line {line} ended on {date} and is no longer applied: {rule}"),
                    TR_ARGS({ "line", number(l, rule->line) },
                            { "date", tr_date(l->arena, lang, rule->until) },
                            { "rule", arena_printf(l->arena, "%.*s %.*s", STR_ARG(rule->id),
                                                   STR_ARG(rule->component)) })));
    }
    for (size_t i = 0; i < report->conditions.len; i++) {
        const struct report_condition *condition = &report->conditions.at[i];

        if (condition->met > 0)
            put_note(l, tr_fill(l->arena, lang, N_("Fails on {condition}: {count}"),
                                TR_ARGS({ "count", number(l, condition->met) },
                                        { "condition", condition->text })));
    }
}

void scan_table_print(const struct scan_table *table, struct arena *arena, struct paper *paper)
{
    size_t cells = table->report->findings->len * table->columns->count;
    struct layout layout = { .table = table,
                             .arena = arena,
                             .paper = paper,
                             .cells = ARENA_NEW_N(arena, cells, struct cell) };

    put_summary(&layout);
    put_open(&layout);
    put_possible(&layout);
    put_suppressed(&layout);
    put_notes(&layout);
    put_sources(&layout);
}
