#include "base/err.h"
#include "faces/cli/scan/page.h"
#include "faces/cli/scan/report.html.h"
#include "faces/cli/scan/scan.h"
#include "formats/version/version.h"

enum { DEEDS_SHOWN = 10, IDS_MAX = 1 << 20, ALIASES_MOST = 3 };
#define PAGE_MAX (UINT64_C(512) << 20)

struct filling {
    const struct report *report;
    struct arena *arena;
    enum lang lang;
    struct report_view view;
};

static struct str say(const struct filling *f, const char *msgid) { return tr(f->lang, msgid); }

static struct str number(const struct filling *f, size_t n)
{
    return tr_number(f->arena, (int64_t)n);
}

static struct str counted(const struct filling *f, const char *msgid, size_t n)
{
    return tr_fill(f->arena, f->lang, msgid, TR_ARGS({ "count", number(f, n) }));
}

static struct tag_view severity_tag(const struct filling *f, const struct priority *priority)
{
    static const enum tone tones[] = { TONE_NEUTRAL, TONE_GOOD, TONE_WARN, TONE_EMBER, TONE_BAD };

    return (struct tag_view){ scan_severity_name(f->lang, priority),
                              priority->score ? tones[priority->severity] : TONE_NEUTRAL };
}

static enum tone decision_tone(enum triage_decision decision)
{
    static const enum tone tones[] = { TONE_NEUTRAL, TONE_WARN, TONE_EMBER, TONE_BAD };

    return tones[decision];
}

static struct tag_view decision_tag(const struct filling *f, enum triage_decision decision)
{
    return (struct tag_view){ say(f, triage_decision_name(decision)), decision_tone(decision) };
}

static struct str joined(const struct filling *f, const struct finding_strings *texts, size_t from)
{
    struct buf buf = buf_new(f->arena, IDS_MAX);

    for (size_t i = from; i < texts->len; i++) {
        if (i > from)
            buf_add(&buf, STR(", "));
        buf_add(&buf, texts->at[i]);
    }
    return buf_str(&buf);
}

/* The other names of a vulnerability: some, and how many more. */
static struct str aliases_of(const struct filling *f, const struct finding_strings *ids)
{
    struct finding_strings some = { .at = ids->at, .len = ids->len };

    if (ids->len <= 1 + ALIASES_MOST)
        return joined(f, ids, 1);
    some.len = 1 + ALIASES_MOST;
    return arena_printf(f->arena, "%.*s +%zu", STR_ARG(joined(f, &some, 1)), ids->len - some.len);
}

static const struct finding *finding_at(const struct filling *f, size_t place)
{
    return &f->report->findings->at[place];
}

static const struct component *component_of(const struct filling *f, size_t place)
{
    return &f->report->inventory->components.at[finding_at(f, place)->component];
}

static struct str named(const struct filling *f, const struct component *component)
{
    return component->group.len > 0 ? arena_printf(f->arena, "%.*s/%.*s", STR_ARG(component->group),
                                                   STR_ARG(component->name))
                                    : component->name;
}

/* ---- the result in a sentence and in figures ---- */

static size_t grave(const struct report_counts *counts)
{
    return counts->by_severity[CVSS_CRITICAL] + counts->by_severity[CVSS_HIGH];
}

static void fill_state(struct filling *f)
{
    const struct report *report = f->report;
    const struct report_counts *counts = &report->counts;

    if (report->open.len == 0) {
        f->view.tone = TONE_GOOD;
        f->view.state = say(f, N_("No known vulnerability was found in what could be looked up."));
    } else if (counts->in_kev > 0) {
        f->view.tone = TONE_BAD;
        f->view.state = counted(
            f, N_("Vulnerabilities that are being attacked: {count}. Please act on them first."),
            counts->in_kev);
    } else if (grave(counts) > 0) {
        f->view.tone = TONE_WARN;
        f->view.state =
            counted(f, N_("Grave vulnerabilities: {count}. None of them is known to be attacked."),
                    grave(counts));
    } else {
        f->view.tone = TONE_NEUTRAL;
        f->view.state = counted(f, N_("Known vulnerabilities: {count}. None of them is grave."),
                                report->open.len);
    }
}

static void put_figure(struct filling *f, const char *label, size_t n, struct str note,
                       enum tone tone)
{
    VEC_PUSH(f->arena, &f->view.figures,
             (struct clock_cell){ .label = say(f, label),
                                  .value = number(f, n),
                                  .note = note,
                                  .tone = n > 0 ? tone : TONE_NEUTRAL });
}

static void fill_figures(struct filling *f)
{
    const struct report *report = f->report;
    const struct report_counts *counts = &report->counts;
    struct str where =
        tr_fill(f->arena, f->lang, N_("in {affected} of {components} components"),
                TR_ARGS({ "affected", number(f, counts->components) },
                        { "components", number(f, report->inventory->components.len) }));

    put_figure(f, N_("Known vulnerabilities"), report->open.len, where, TONE_NEUTRAL);
    put_figure(f, N_("Grave"), grave(counts), say(f, N_("critical or high")), TONE_EMBER);
    put_figure(f, N_("Attacked"), counts->in_kev, say(f, N_("in the list of exploited ones")),
               TONE_BAD);
    put_figure(f, N_("With a fixed version"), counts->with_fix,
               say(f, N_("an update removes them")), TONE_NEUTRAL);
}

/* ---- what to do first ---- */

static enum version_scheme scheme_of(const struct component *component)
{
    enum version_scheme scheme = VERSION_GENERIC;
    struct str type = component->purl;

    if (str_skip(&type, STR("pkg:")))
        (void)version_scheme_from_name(str_take(type, str_index(type, '/')), &scheme);
    return scheme;
}

/* The version that has all corrections: the greatest of the first ones; how many it removes. */
static struct str update_of(const struct filling *f, const struct report_group *group,
                            size_t *removed)
{
    enum version_scheme scheme =
        scheme_of(&f->report->inventory->components.at[group->components.at[0]]);
    struct str to = STR_NONE;

    *removed = 0;
    for (size_t i = 0; i < group->findings.len; i++) {
        const struct finding_strings *fixed = &finding_at(f, group->findings.at[i])->fixed;

        if (fixed->len == 0)
            continue;
        (*removed)++;
        if (to.len == 0 || version_compare(scheme, fixed->at[0], to) > 0)
            to = fixed->at[0];
    }
    return to;
}

static void put_deed(struct filling *f, const struct report_group *group)
{
    const struct priority *gravest = &f->report->priorities[group->findings.at[0]];
    size_t removed;
    struct deed_view deed = { .component = report_group_name(f->report, group, f->arena),
                              .to = update_of(f, group, &removed),
                              .decision = decision_tag(f, gravest->decision) };

    for (size_t i = 0; i < group->findings.len; i++) {
        const struct priority *one = &f->report->priorities[group->findings.at[i]];

        if (one->tenths > gravest->tenths)
            gravest = one;
        deed.is_exploited |= finding_at(f, group->findings.at[i])->is_in_kev;
    }
    deed.severity = severity_tag(f, gravest);
    deed.count = removed > 0
                     ? tr_fill(f->arena, f->lang, N_("removes {count} of {all} vulnerabilities"),
                               TR_ARGS({ "count", number(f, removed) },
                                       { "all", number(f, group->findings.len) }))
                     : counted(f, N_("vulnerabilities: {count}"), group->findings.len);
    VEC_PUSH(f->arena, &f->view.deeds, deed);
}

static void fill_deeds(struct filling *f, const struct report_groups *groups)
{
    for (size_t i = 0; i < groups->len && i < DEEDS_SHOWN; i++)
        put_deed(f, &groups->at[i]);
    if (groups->len > DEEDS_SHOWN)
        f->view.more_deeds =
            counted(f, N_("Further components, listed below: {count}"), groups->len - DEEDS_SHOWN);
}

/* ---- charts ---- */

static void put_bar(const struct filling *f, struct chart *chart, struct str label, enum tone tone,
                    size_t n, size_t most)
{
    size_t all = f->report->open.len;
    int64_t y = chart->height;

    chart->height += CHART_STEP;
    VEC_PUSH(f->arena, &chart->bars,
             (struct bar){ .label = label,
                           .count = number(f, n),
                           .share = scan_percent(f->arena, all ? (int)(n * 100000 / all) : 0),
                           .tone = tone,
                           .width = most ? (int64_t)(n * CHART_WIDTH / most) : 0,
                           .y = y });
}

static size_t greatest(const size_t *at, size_t count, size_t than)
{
    for (size_t i = 0; i < count; i++)
        if (at[i] > than)
            than = at[i];
    return than;
}

static void put_severity_chart(struct filling *f)
{
    const struct report_counts *counts = &f->report->counts;
    const struct catalog_score rated = { .tenths = 0 };
    size_t most = greatest(counts->by_severity, COUNT(counts->by_severity), counts->unrated);
    struct chart chart = { .id = STR("by-severity"),
                           .title = say(f, N_("Vulnerabilities by severity")),
                           .words = say(
                               f, N_("How many of the vulnerabilities found have which severity.")),
                           .measure = say(f, N_("Severity")) };

    for (int i = CVSS_CRITICAL; i > CVSS_NONE; i--) {
        struct priority priority = { .score = &rated, .severity = (enum cvss_severity)i };
        struct tag_view tag = severity_tag(f, &priority);

        put_bar(f, &chart, tag.word, tag.tone, counts->by_severity[i], most);
    }
    put_bar(f, &chart, scan_severity_name(f->lang, &(const struct priority){ .score = NULL }),
            TONE_NEUTRAL, counts->unrated + counts->by_severity[CVSS_NONE], most);
    VEC_PUSH(f->arena, &f->view.charts, chart);
}

static void put_decision_chart(struct filling *f)
{
    const struct report_counts *counts = &f->report->counts;
    size_t most = greatest(counts->by_decision, COUNT(counts->by_decision), 0);
    struct chart chart = {
        .id = STR("by-decision"),
        .title = say(f, N_("Vulnerabilities by when to act")),
        .words = say(f, N_("How many of the vulnerabilities found are to be acted on when.")),
        .measure = say(f, N_("When to act"))
    };

    for (int i = TRIAGE_DECISIONS; i > 0; i--)
        put_bar(f, &chart, say(f, triage_decision_name((enum triage_decision)(i - 1))),
                decision_tone((enum triage_decision)(i - 1)), counts->by_decision[i - 1], most);
    VEC_PUSH(f->arena, &f->view.charts, chart);
}

/* ---- all of them ---- */

static struct str link_of(const struct filling *f, const struct finding *finding)
{
    if (str_starts(finding->id, STR("CVE-")))
        return arena_printf(f->arena, "https://www.cve.org/CVERecord?id=%.*s",
                            STR_ARG(finding->id));
    return finding->urls.len > 0 && html_is_safe_url(finding->urls.at[0]) ? finding->urls.at[0]
                                                                          : STR_NONE;
}

static struct str why_of(const struct filling *f, const struct finding_statement *said)
{
    struct str why = scan_justification(f->lang, said->justification);

    if (why.len == 0 || said->reason.len == 0)
        return why.len > 0 ? why : said->reason;
    return arena_printf(f->arena, "%.*s %.*s", STR_ARG(why), STR_ARG(said->reason));
}

static struct finding_view finding_view_of(const struct filling *f, size_t place)
{
    const struct finding *finding = finding_at(f, place);
    const struct priority *priority = &f->report->priorities[place];
    struct finding_view view = {
        .id = finding->id,
        .href = link_of(f, finding),
        .aliases = aliases_of(f, &finding->ids),
        .title = finding->title,
        .score = scan_score(f->arena, priority),
        .epss = finding->epss < 0 ? STR("–") : scan_percent(f->arena, finding->epss),
        .fixed = finding->fixed.len > 0 ? joined(f, &finding->fixed, 0) : STR("–"),
        .severity = severity_tag(f, priority),
        .decision = decision_tag(f, priority->decision),
        .is_exploited = finding->is_in_kev,
        .is_ransomware = finding->kev_ransomware
    };

    if (finding->statement.verdict != VERDICT_NONE)
        view.said =
            arena_printf(f->arena, "%.*s: %.*s (%.*s)",
                         STR_ARG(say(f, scan_verdict_name(finding->statement.verdict))),
                         STR_ARG(why_of(f, &finding->statement)), STR_ARG(finding->statement.from));
    return view;
}

static void fill_groups(struct filling *f, const struct report_groups *groups)
{
    for (size_t i = 0; i < groups->len; i++) {
        const struct report_group *group = &groups->at[i];
        struct group_view view = { .component = report_group_name(f->report, group, f->arena),
                                   .members = report_group_members(f->report, group, f->arena),
                                   .id = arena_printf(f->arena, "component-%zu", i + 1) };

        for (size_t n = 0; n < group->findings.len; n++)
            VEC_PUSH(f->arena, &view.findings, finding_view_of(f, group->findings.at[n]));
        VEC_PUSH(f->arena, &f->view.groups, view);
    }
}

/* One line for a component and a reason. */
static void fill_open(struct filling *f)
{
    struct report_groups groups = report_groups(f->report, &f->report->possible, f->arena);

    for (size_t i = 0; i < groups.len; i++) {
        for (enum finding_kind kind = FINDING_CONDITIONAL; kind <= FINDING_UNKNOWN_VERSION;
             kind++) {
            struct finding_strings ids = { 0 };

            for (size_t n = 0; n < groups.at[i].findings.len; n++)
                if (finding_at(f, groups.at[i].findings.at[n])->kind == kind)
                    VEC_PUSH(f->arena, &ids, finding_at(f, groups.at[i].findings.at[n])->id);
            if (ids.len > 0)
                VEC_PUSH(f->arena, &f->view.open,
                         (struct open_view){ report_group_name(f->report, &groups.at[i], f->arena),
                                             say(f, scan_kind_words(kind)), joined(f, &ids, 0) });
        }
    }
}

static void fill_asides(struct filling *f)
{
    const struct report *report = f->report;

    for (size_t i = 0; i < report->suppressed.len; i++) {
        const struct finding *finding = finding_at(f, report->suppressed.at[i]);
        const struct finding_statement *said = &finding->statement;
        const struct component *component = component_of(f, report->suppressed.at[i]);

        VEC_PUSH(
            f->arena, &f->view.asides,
            (struct aside_view){
                .id = finding->id,
                .component = arena_printf(f->arena, "%.*s %.*s", STR_ARG(named(f, component)),
                                          STR_ARG(component->version)),
                .verdict = say(f, scan_verdict_name(said->verdict)),
                .why = why_of(f, said),
                .from = said->from,
                .until = said->until.ms ? tr_date(f->arena, f->lang, said->until) : STR("–") });
    }
    for (size_t i = 0; report->rules && i < report->rules->len; i++) {
        const struct ignore_rule *rule = &report->rules->at[i];

        if (ignore_is_over(rule, report->made))
            VEC_PUSH(f->arena, &f->view.ended,
                     tr_fill(f->arena, f->lang, N_("{id} {component}: ended on {date}"),
                             TR_ARGS({ "id", rule->id }, { "component", rule->component },
                                     { "date", tr_date(f->arena, f->lang, rule->until) })));
    }
}

/* ---- what it rests on ---- */

static void put_fact(struct filling *f, const char *name, struct str value)
{
    if (value.len > 0)
        VEC_PUSH(f->arena, &f->view.facts, (struct fact){ .name = say(f, name), .value = value });
}

static void fill_basis(struct filling *f)
{
    const struct report *report = f->report;
    const struct inventory *inventory = report->inventory;
    const struct component *subject = &inventory->subject;
    const struct operating_system *os = &inventory->os;

    put_fact(
        f, N_("List"),
        arena_printf(f->arena, "%.*s (%.*s)", STR_ARG(report->target), STR_ARG(inventory->format)));
    put_fact(f, N_("It is about"),
             subject->name.len > 0 ? arena_printf(f->arena, "%.*s %.*s", STR_ARG(subject->name),
                                                  STR_ARG(subject->version))
                                   : STR_NONE);
    put_fact(f, N_("Operating system"),
             os->name.len > 0 ? os->name
             : os->id.len > 0
                 ? arena_printf(f->arena, "%.*s %.*s", STR_ARG(os->id), STR_ARG(os->version))
                 : STR_NONE);
    put_fact(f, N_("Components"), number(f, inventory->components.len));
    if (report->unnamed > 0)
        put_fact(f, N_("Not looked up"),
                 counted(f, N_("{count} components without package URL, CPE or source package"),
                         report->unnamed));
    if (inventory->problems.len > 0)
        put_fact(f, N_("Not readable"),
                 counted(f, N_("{count} entries of the list"), inventory->problems.len));
    for (size_t i = 0; i < report->sources.len; i++) {
        const struct report_source *source = &report->sources.at[i];

        VEC_PUSH(f->arena, &f->view.sources,
                 (struct source_view){
                     source->name,
                     source->newest.ms ? tr_date(f->arena, f->lang, source->newest) : STR("–"),
                     tr_number(f->arena, source->records) });
    }
}

/* A path's last part; the whole where there is none, as of "/". */
static struct str title_of(struct str target)
{
    size_t i = target.len;

    while (i > 0 && target.ptr[i - 1] != '/')
        i--;
    return i < target.len ? str_drop(target, i) : target;
}

bool scan_html(const struct report *report, enum lang lang, struct arena *arena, struct str *out,
               struct err *err)
{
    struct filling f = { report, arena, lang, { .version = STR(NOROSHI_VERSION) } };
    struct report_groups groups = report_groups(report, &report->open, arena);
    struct page *page = page_new(arena, PAGE_MAX, lang, STR_NONE);
    struct html html;

    f.view.title = tr_fill(arena, lang, N_("Known vulnerabilities of {target}"),
                           TR_ARGS({ "target", title_of(report->target) }));
    f.view.made = tr_instant(arena, lang, report->made);
    fill_state(&f);
    fill_figures(&f);
    fill_deeds(&f, &groups);
    if (report->open.len > 0) {
        put_severity_chart(&f);
        put_decision_chart(&f);
    }
    fill_groups(&f, &groups);
    fill_open(&f);
    fill_asides(&f);
    fill_basis(&f);
    scan_page(page, &f.view);
    if (!html_done(page, &html, err))
        return PASS(err);
    *out = html.text;
    return true;
}
