#include "domain/triage/report.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/lookup.h"

enum { MEMBERS_MAX = 1 << 20 };

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

/* ---- by component ---- */

/* What one update changes together: packages built of one source, or one package that lies in several places. */
static struct str kin_of(const struct component *component, struct arena *arena)
{
    return component->source.name.len > 0
               ? arena_printf(arena, "%.*s\n%.*s", STR_ARG(component->source.name),
                              STR_ARG(component->source.version))
               : component->purl;
}

/* For each finding's component the first one of its kin that has a finding; itself without any. */
static size_t *heads_of(const struct report *report, const struct report_places *places,
                        struct arena *arena)
{
    size_t count = report->inventory->components.len;
    size_t *heads = ARENA_NEW_N(arena, count, size_t);
    struct lookup kin = { 0 };

    for (size_t i = 0; i < places->len; i++) {
        size_t place = report->findings->at[places->at[i]].component;
        struct str name;

        if (heads[place] > 0)
            continue; /* seen before */
        heads[place] = place + 1;
        name = kin_of(&report->inventory->components.at[place], arena);
        if (name.len > 0)
            lookup_add(arena, &kin, name, place);
    }
    lookup_sort(&kin);
    for (size_t i = 0, first = 0; i < kin.len; i++) {
        if (!str_eq(kin.at[i].key, kin.at[first].key))
            first = i;
        heads[kin.at[i].place] = kin.at[first].place + 1;
    }
    for (size_t i = 0; i < count; i++)
        heads[i] -= heads[i] > 0;
    return heads;
}

static void put_component(struct report_group *group, size_t component, struct arena *arena)
{
    for (size_t i = 0; i < group->components.len; i++)
        if (group->components.at[i] == component)
            return;
    VEC_PUSH(arena, &group->components, component);
}

static void put_finding(const struct report *report, struct report_group *group, size_t place,
                        struct arena *arena)
{
    struct str id = report->findings->at[place].id;

    for (size_t i = 0; group->components.len > 1 && i < group->findings.len; i++)
        if (str_eq(report->findings->at[group->findings.at[i]].id, id))
            return;
    VEC_PUSH(arena, &group->findings, place);
}

struct report_groups report_groups(const struct report *report, const struct report_places *places,
                                   struct arena *arena)
{
    const size_t *heads = heads_of(report, places, arena);
    size_t *where = ARENA_NEW_N(arena, report->inventory->components.len, size_t); /* from 1 */
    struct report_groups groups = { 0 };

    for (size_t i = 0; i < places->len; i++) {
        size_t component = report->findings->at[places->at[i]].component, head = heads[component];

        if (where[head] == 0) {
            VEC_PUSH(arena, &groups, (struct report_group){ .components = { .len = 0 } });
            where[head] = groups.len;
        }
        put_component(&groups.at[where[head] - 1], component, arena);
        put_finding(report, &groups.at[where[head] - 1], places->at[i], arena);
    }
    return groups;
}

struct str report_group_name(const struct report *report, const struct report_group *group,
                             struct arena *arena)
{
    const struct component *first = &report->inventory->components.at[group->components.at[0]];
    bool is_source = group->components.len > 1 && first->source.name.len > 0;
    struct str name = is_source ? first->source.name : first->name,
               version = is_source && first->source.version.len > 0 ? first->source.version
                                                                    : first->version;

    if (!is_source && first->group.len > 0)
        name = arena_printf(arena, "%.*s/%.*s", STR_ARG(first->group), STR_ARG(name));
    return version.len > 0 ? arena_printf(arena, "%.*s %.*s", STR_ARG(name), STR_ARG(version))
                           : name;
}

struct str report_group_members(const struct report *report, const struct report_group *group,
                                struct arena *arena)
{
    const struct inventory *inventory = report->inventory;
    const struct component *first = &inventory->components.at[group->components.at[0]];
    struct buf buf = buf_new(arena, MEMBERS_MAX);

    if (group->components.len == 1)
        return first->purl.len > 0 ? first->purl : first->path;
    if (first->source.name.len == 0)
        return arena_printf(arena, "%.*s ×%zu", STR_ARG(first->purl), group->components.len);
    for (size_t i = 0; i < group->components.len; i++) {
        buf_add(&buf, i > 0 ? STR(", ") : STR(""));
        buf_add(&buf, inventory->components.at[group->components.at[i]].name);
    }
    return buf_str(&buf);
}

bool report_fails(const struct report *report)
{
    for (size_t i = 0; i < report->conditions.len; i++)
        if (report->conditions.at[i].met > 0)
            return true;
    return false;
}
