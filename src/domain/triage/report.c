#include "domain/triage/report.h"

#include <stdlib.h>

struct sorting {
    const struct report *report;
    const struct order *order;
};

static int compare(const void *a, const void *b, void *with)
{
    const struct sorting *sorting = with;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    const struct report *report = sorting->report;

    return order_compare(sorting->order, &report->findings->at[x], &report->priorities[x],
                         &report->findings->at[y], &report->priorities[y]);
}

static void sort(struct report *report, const struct order *order, struct report_places *places)
{
    struct sorting sorting = { report, order };

    if (places->len > 0)
        qsort_r(places->at, places->len, sizeof *places->at, compare, &sorting);
}

/* Findings stand by component, so a component is counted when it changes. */
static void count(struct report *report)
{
    struct report_counts *counts = &report->counts;

    for (size_t i = 0, last = SIZE_MAX; i < report->findings->len; i++) {
        const struct finding *finding = &report->findings->at[i];
        const struct priority *priority = &report->priorities[i];

        if (priority->is_suppressed || !priority->is_certain)
            continue;
        if (priority->score)
            counts->by_severity[priority->severity]++;
        else
            counts->unrated++;
        counts->by_decision[priority->decision]++;
        counts->in_kev += finding->is_in_kev;
        counts->with_fix += priority->has_fix;
        counts->components += finding->component != last;
        last = finding->component;
    }
}

static size_t count_unnamed(const struct inventory *inventory)
{
    size_t n = 0;

    for (size_t i = 0; i < inventory->components.len; i++) {
        const struct component *component = &inventory->components.at[i];

        n +=
            component->purl.len == 0 && component->cpes.len == 0 && component->source.name.len == 0;
    }
    return n;
}

static size_t count_met(const struct report *report, const struct condition *condition)
{
    size_t n = 0;

    for (size_t i = 0; i < report->findings->len; i++)
        n += condition_is_met(condition, &report->findings->at[i], &report->priorities[i]);
    return n;
}

void report_make(const struct report_input *input, struct arena *arena, struct report *out)
{
    const struct findings *findings = input->findings;
    struct report report = { .target = input->target,
                             .made = input->now,
                             .site = input->site,
                             .inventory = input->inventory,
                             .findings = input->findings,
                             .rules = input->rules,
                             .unnamed = count_unnamed(input->inventory) };

    report.priorities = ARENA_NEW_N(arena, findings->len, struct priority);
    for (size_t i = 0; i < findings->len; i++) {
        struct priority *priority = &report.priorities[i];
        struct report_places *part;

        *priority = triage_priority(&findings->at[i], &input->site);
        part = priority->is_suppressed ? &report.suppressed
               : priority->is_certain  ? &report.open
                                       : &report.possible;
        VEC_PUSH(arena, part, i);
    }
    sort(&report, input->order, &report.open);
    sort(&report, input->order, &report.possible);
    sort(&report, input->order, &report.suppressed);
    count(&report);
    for (size_t i = 0; i < input->conditions->len; i++)
        VEC_PUSH(arena, &report.conditions,
                 (struct report_condition){ input->conditions->at[i].text,
                                            count_met(&report, &input->conditions->at[i]) });
    *out = report;
}

bool report_fails(const struct report *report)
{
    for (size_t i = 0; i < report->conditions.len; i++)
        if (report->conditions.at[i].met > 0)
            return true;
    return false;
}
