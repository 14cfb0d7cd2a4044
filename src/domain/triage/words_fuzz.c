/* What people write on a command line or in a file of rules: what is read is as the grammar says, whatever stands around it. */
#include <stdlib.h>

#include "base/err.h"
#include "domain/triage/condition.h"
#include "domain/triage/ignore.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_conditions(struct str text, struct arena *arena)
{
    struct conditions conditions;
    struct err err = { 0 };
    const struct finding finding = { .epss = -1, .epss_percentile = -1 };
    const struct priority priority = { .is_certain = true };

    if (!conditions_parse(text, arena, &conditions, &err))
        return;
    for (size_t i = 0; i < conditions.len; i++) {
        const struct condition *condition = &conditions.at[i];

        if (condition->terms.len == 0)
            abort();
        for (size_t n = 0; n < condition->terms.len; n++)
            if (condition->terms.at[n].measure->kind == MEASURE_NUMBER &&
                condition->terms.at[n].value > condition->terms.at[n].measure->most)
                abort();
        (void)condition_is_met(condition, &finding, &priority);
    }
}

static void check_rules(struct str text, struct arena *arena)
{
    struct component component = { .name = STR("lodash"),
                                   .version = STR("4.17.20"),
                                   .purl = STR("pkg:npm/lodash@4.17.20") };
    struct finding finding = { .id = STR("CVE-2026-1") };
    const struct inventory inventory = { .components = { &component, 1, 1 } };
    struct findings findings = { &finding, 1, 1 };
    struct ignore_rules rules;
    struct err err = { 0 };

    if (!ignore_read(text, arena, &rules, &err))
        return;
    for (size_t i = 0; i < rules.len; i++)
        if (rules.at[i].reason.len == 0 || rules.at[i].component.len == 0)
            abort();
    ignore_apply(&rules, STR("rules"), (struct utc){ 1 }, &inventory, &findings, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str text = { (const char *)data, size };
    struct order order;
    struct err err = { 0 };

    check_conditions(text, arena);
    check_rules(text, arena);
    (void)!order_parse(text, arena, &order, &err);
    return 0;
}
