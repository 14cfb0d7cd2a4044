#include "base/err.h"
#include "faces/portal/advisory/fill.h"
#include "faces/portal/catalog/words.h"
#include "faces/portal/records/fill.h"
#include "formats/cvss/cvss.h"

enum { SCORES_SHOWN = 12 };

static struct severity_view severity_of(const struct record_filling *f,
                                        const struct catalog_score *score)
{
    static const enum tone tones[] = { TONE_NEUTRAL, TONE_GOOD, TONE_WARN, TONE_EMBER, TONE_BAD };
    enum cvss_version version = str_eq(score->version, STR("2.0"))
                                    ? CVSS_2_0
                                    : CVSS_3_1; /* the words differ in 2.0 alone */
    enum cvss_severity severity = cvss_severity(score->tenths, version);

    return (struct severity_view){
        .score = catalog_score_words(score->tenths, f->arena),
        .tag = { tr(f->lang, cvss_severity_name(severity, version)), tones[severity] },
        .scale = tr_fill(f->arena, f->lang, N_("CVSS v{version} base score"),
                         TR_ARGS({ "version", score->version })),
        .words = attack_words(f->lang, score->vector),
    };
}

static void fill_metrics(const struct record_filling *f, struct str vector,
                         struct metric_lines *out)
{
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    struct err ignored = { 0 };
    struct cvss cvss;
    size_t count;

    if (!cvss_parse(vector, &cvss, &ignored))
        return;
    count = cvss_pairs(&cvss, false, pairs);
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(f->arena, out,
                 (struct metric_line){ tr(f->lang, pairs[i].metric_name),
                                       tr(f->lang, pairs[i].value_name) });
}

/* The same vector of two sources is one score: both are named. */
static bool is_shown(const struct record_filling *f, const struct catalog_score *score,
                     struct str by)
{
    for (size_t i = 0; i < f->out->scores.len; i++) {
        struct score_view *shown = &f->out->scores.at[i];

        if (!str_eq(shown->vector, score->vector))
            continue;
        if (!str_contains(shown->by, by))
            shown->by = arena_printf(f->arena, "%.*s%s%.*s", STR_ARG(shown->by),
                                     f->lang == LANG_JA ? "、" : ", ", STR_ARG(by));
        return true;
    }
    return false;
}

static void add_score(const struct record_filling *f, const struct catalog_score *score,
                      struct str by)
{
    struct score_view view = { .by = by, .vector = score->vector };

    if (score->tenths < 0 || is_shown(f, score, by) || f->out->scores.len == SCORES_SHOWN)
        return;
    view.severity = severity_of(f, score);
    fill_metrics(f, score->vector, &view.metrics);
    VEC_PUSH(f->arena, &f->out->scores, view);
}

static bool is_the_entrys(const struct record_filling *f, const struct catalog_score *score)
{
    return score->tenths == f->facts->entry.tenths &&
           str_eq(score->version, f->facts->entry.score_version);
}

/* The one that the entry is listed by comes first. */
static void add_scores(const struct record_filling *f, bool the_entrys)
{
    for (size_t i = 0; i < f->facts->tellings.len; i++) {
        const struct catalog_record *record = &f->facts->tellings.at[i].record;

        for (size_t j = 0; j < record->scores.len; j++) {
            const struct catalog_score *score = &record->scores.at[j];

            if (is_the_entrys(f, score) == the_entrys)
                add_score(f, score,
                          score->by.len > 0 ? score->by : record_telling_words(f, record));
        }
    }
}

static void add_indicator(const struct record_filling *f, struct indicator_line line)
{
    for (size_t i = 0; i < f->out->indicators.len; i++) {
        const struct indicator_line *one = &f->out->indicators.at[i];

        if (str_eq(one->value, line.value) && str_eq(one->scale, line.scale) &&
            str_eq(one->by, line.by))
            return;
    }
    if (f->out->indicators.len < SCORES_SHOWN)
        VEC_PUSH(f->arena, &f->out->indicators, line);
}

static void add_indicators(const struct record_filling *f)
{
    for (size_t i = 0; i < f->facts->tellings.len; i++) {
        const struct catalog_record *record = &f->facts->tellings.at[i].record;

        for (size_t j = 0; j < record->indicators.len; j++) {
            const struct catalog_indicator *one = &record->indicators.at[j];

            add_indicator(f, (struct indicator_line){
                                 one->value, one->scale,
                                 one->by.len > 0 ? one->by : record_telling_words(f, record) });
        }
    }
}

void record_fill_scores(const struct record_filling *f)
{
    add_indicators(f);
    add_scores(f, true);
    add_scores(f, false);
    if (f->out->scores.len == 0)
        return;
    f->out->has_severity = true;
    f->out->severity = f->out->scores.at[0].severity;
    if (f->facts->entry.tenths >= 0)
        f->out->severity.scale =
            tr_fill(f->arena, f->lang, N_("{scale}, {class}"),
                    TR_ARGS({ "scale", f->out->severity.scale },
                            { "class",
                              catalog_class_words(f->lang, f->facts->entry.tenths, f->settings) }));
}
