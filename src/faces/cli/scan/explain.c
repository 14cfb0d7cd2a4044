#include "faces/cli/scan/table_internal.h"

static void put_line(struct layout *l, const char *label, struct str text)
{
    struct str name = tr(l->table->lang, label);
    size_t used = 3 * INDENT + paper_columns(name) + GAP;

    if (text.len == 0)
        return;
    paper_pad(l->paper, 3 * INDENT);
    paper_put(l->paper, TINT_DIM, name);
    paper_pad(l->paper, GAP);
    paper_flow(l->paper, TINT_NONE, text, used, 4 * INDENT);
}

static void explain_reason(struct layout *l, const struct finding_reason *reason)
{
    struct buf buf = buf_new(l->arena, 1 << 16);
    enum lang lang = l->table->lang;

    table_add_part(&buf, reason->record);
    if (!str_eq(reason->origin, reason->record))
        table_add_part(&buf, reason->origin);
    table_add_part(&buf, reason->criterion);
    table_add_part(&buf, reason->range);
    table_add_part(&buf, reason->comparison);
    if (reason->kind != FINDING_AFFECTED)
        table_add_part(&buf, tr(lang, scan_kind_words(reason->kind)));
    if (reason->kind == FINDING_AFFECTED && reason->platform.len > 0)
        table_add_part(&buf, tr_fill(l->arena, lang, N_("said of {platforms}"),
                                     TR_ARGS({ "platforms", reason->platform })));
    else
        table_add_part(&buf, reason->platform);
    if (reason->fixed.len > 0)
        table_add_part(&buf, tr_fill(l->arena, lang, N_("fixed in {version}"),
                                     TR_ARGS({ "version", reason->fixed })));
    table_add_part(
        &buf, tr_fill(l->arena, lang, N_("confidence {percent}%"),
                      TR_ARGS({ "percent", arena_printf(l->arena, "%d", reason->confidence) })));
    put_line(l, N_("Because"), buf_str(&buf));
}

static void explain_score(struct layout *l, const struct catalog_score *score, bool is_used)
{
    struct buf buf = buf_new(l->arena, 1 << 16);
    int tenths = triage_tenths(score);

    table_add_part(&buf, score->version);
    if (tenths != CVSS_NO_SCORE)
        table_add_part(&buf, arena_printf(l->arena, "%d.%d", tenths / 10, tenths % 10));
    table_add_part(&buf, score->vector);
    table_add_part(&buf, score->by);
    if (is_used)
        table_add_part(&buf, tr(l->table->lang, N_("the severity is taken from this one")));
    put_line(l, "CVSS", buf_str(&buf));
}

static void explain_indicator(struct layout *l, const struct catalog_indicator *indicator)
{
    struct buf buf = buf_new(l->arena, 1 << 12);

    table_add_part(&buf, indicator->value);
    table_add_part(&buf, indicator->scale);
    table_add_part(&buf, indicator->by);
    put_line(l, N_("Own scale"), buf_str(&buf));
}

static void explain_attacks(struct layout *l, const struct finding *finding)
{
    enum lang lang = l->table->lang;
    struct buf buf = buf_new(l->arena, 1 << 12);

    if (finding->is_in_kev) {
        table_add_part(&buf,
                       tr_fill(l->arena, lang, N_("exploited, in the list since {date}"),
                               TR_ARGS({ "date", tr_date(l->arena, lang, finding->kev_added) })));
        if (finding->kev_due.ms != 0)
            table_add_part(&buf,
                           tr_fill(l->arena, lang, N_("to be mended by {date} (US authorities)"),
                                   TR_ARGS({ "date", tr_date(l->arena, lang, finding->kev_due) })));
        if (finding->kev_ransomware)
            table_add_part(&buf, tr(lang, N_("known to be used by ransomware")));
        put_line(l, "KEV", buf_str(&buf));
    }
    if (finding->epss >= 0)
        put_line(
            l, "EPSS",
            tr_fill(l->arena, lang,
                    N_("{probability} within 30 days, higher than {percentile} of all ({date})"),
                    TR_ARGS({ "probability", scan_percent(l->arena, finding->epss) },
                            { "percentile", scan_percent(l->arena, finding->epss_percentile) },
                            { "date", tr_date(l->arena, lang, finding->epss_date) })));
}

static void explain_decision(struct layout *l, const struct priority *priority)
{
    enum lang lang = l->table->lang;

    put_line(l, "SSVC",
             arena_printf(l->arena, "%.*s: %.*s",
                          STR_ARG(tr(lang, triage_decision_name(priority->decision))),
                          STR_ARG(tr(lang, triage_decision_words(priority->decision)))));
    for (size_t i = 0; i < TRIAGE_POINTS; i++) {
        const struct triage_point *point = &priority->path[i];

        paper_pad(l->paper, 4 * INDENT);
        paper_flow(
            l->paper, TINT_NONE,
            arena_printf(l->arena, "%.*s: %.*s · %.*s", STR_ARG(tr(lang, point->point->words)),
                         STR_ARG(tr(lang, point->value->words)), STR_ARG(tr(lang, point->because))),
            4 * INDENT, 5 * INDENT);
    }
}

void table_explain(struct layout *l, size_t place)
{
    const struct finding *finding = &l->table->report->findings->at[place];
    const struct priority *priority = &l->table->report->priorities[place];

    for (size_t i = 0; i < finding->reasons.len; i++)
        explain_reason(l, &finding->reasons.at[i]);
    for (size_t i = 0; i < finding->scores.len; i++)
        explain_score(l, &finding->scores.at[i], &finding->scores.at[i] == priority->score);
    for (size_t i = 0; i < finding->indicators.len; i++)
        explain_indicator(l, &finding->indicators.at[i]);
    explain_attacks(l, finding);
    explain_decision(l, priority);
    if (finding->is_disputed)
        put_line(l, N_("Doubt"),
                 tr(l->table->lang, N_("Somebody disputes that it is a vulnerability.")));
    put_line(l, N_("Other names"), table_join(l->arena, &finding->ids, 1));
    put_line(l, "CWE", table_join(l->arena, &finding->weaknesses, 0));
    for (size_t i = 0; i < finding->urls.len; i++)
        put_line(l, N_("See"), finding->urls.at[i]);
}
