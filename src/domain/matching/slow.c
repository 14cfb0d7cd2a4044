#include "domain/matching/slow.h"

#include <stdlib.h>

#include "domain/matching/alias.h"
#include "domain/matching/direct.h"
#include "domain/matching/evidence.h"

enum { SLOW_MEMORY = INT32_MAX };

struct slow {
    struct slow_input input;
    struct arena *arena;
    struct aliases *aliases;
    struct direct_record *records;
    struct alias_groups *subjects;
};

struct slow *slow_new(struct slow_input input)
{
    struct arena *arena = arena_new((size_t)SLOW_MEMORY * 4);
    struct slow *slow = ARENA_NEW(arena, struct slow);
    struct alias_claim *claims;

    slow->input = input;
    slow->arena = arena;
    slow->aliases = aliases_new();
    slow->records = ARENA_NEW_N(slow->arena, input.record_count + 1, struct direct_record);
    slow->subjects = ARENA_NEW_N(slow->arena, input.record_count + 1, struct alias_groups);
    claims = ARENA_NEW_N(slow->arena, input.record_count + 1, struct alias_claim);
    for (size_t i = 0; i < input.record_count; i++) {
        claims[i] = aliases_add(slow->aliases, &input.records[i], slow->arena);
        slow->records[i] = direct_prepare(&input.records[i], slow->arena);
    }
    for (size_t i = 0; i < input.record_count; i++)
        slow->subjects[i] = aliases_subjects(slow->aliases, &claims[i], slow->arena);
    return slow;
}

void slow_free(struct slow *slow)
{
    if (!slow)
        return;
    aliases_free(slow->aliases);
    arena_free(slow->arena); /* itself too */
}

void slow_statements(const struct slow *slow, const struct question *question,
                     struct matching_options options, struct arena *arena, struct statements *out)
{
    *out = (struct statements){ 0 };
    for (size_t i = 0; i < slow->input.record_count; i++)
        direct_statements(&slow->records[i], (uint32_t)i, question, options.unknown_versions, arena,
                          out);
    statements_choose(out);
}

/* ---- evidence ---- */

static struct alias_groups subjects(const void *of, const struct statement *statement,
                                    struct arena *arena)
{
    const struct slow *slow = of;

    (void)arena;
    return slow->subjects[statement->record];
}

static void reason(const void *of, const struct question *question,
                   const struct statement *statement, struct arena *arena,
                   struct finding_reason *out)
{
    const struct slow *slow = of;
    const struct catalog_record *record = &slow->input.records[statement->record];

    out->source = record->source;
    out->record = record->id;
    out->origin = record->origin;
    direct_reason(question, statement, arena, out);
}

static void add_ids(const struct slow *slow, uint32_t group, struct arena *arena,
                    struct finding *out)
{
    for (uint32_t i = 0; i < aliases_count(slow->aliases); i++) {
        if (aliases_group(slow->aliases, i) == group)
            VEC_PUSH(arena, &out->ids, aliases_text(slow->aliases, i));
    }
    alias_sort(out->ids.at, out->ids.len);
    out->id = out->ids.at[0];
}

static void add_details(const struct slow *slow, uint32_t group, struct arena *arena,
                        struct finding *out)
{
    struct {
        VEC_OF(struct detail);
    } details = { 0 };

    for (size_t i = 0; i < slow->input.record_count; i++) {
        const struct catalog_record *record = &slow->input.records[i];

        if (record->state == CATALOG_PUBLISHED &&
            aliases_group(slow->aliases, aliases_id(slow->aliases, record->id)) == group)
            VEC_PUSH(arena, &details, detail_of(record, arena));
    }
    detail_add(details.at, details.len, arena, out);
}

static void add_exploitation(const struct slow *slow, struct finding *out)
{
    for (size_t i = 0; i < slow->input.kev_count; i++) {
        const struct kev_entry *entry = &slow->input.kev[i];

        if (str_eq(entry->cve, out->id)) {
            out->is_in_kev = true;
            out->kev_ransomware = entry->is_ransomware;
            out->kev_added = entry->added;
            out->kev_due = entry->due;
        }
    }
    for (size_t i = 0; i < slow->input.epss_count; i++) {
        const struct epss_entry *entry = &slow->input.epss[i];

        if (str_eq(entry->cve, out->id)) {
            out->epss = entry->score;
            out->epss_percentile = entry->percentile;
            out->epss_date = entry->date;
        }
    }
}

static void describe(const void *of, uint32_t group, struct arena *arena, struct finding *out)
{
    const struct slow *slow = of;

    add_ids(slow, group, arena, out);
    add_details(slow, group, arena, out);
    add_exploitation(slow, out);
}

void slow_find(const struct slow *slow, const struct inventory *inventory,
               struct matching_options options, struct arena *arena, struct findings *out)
{
    struct evidence evidence = { slow, subjects, reason, describe };
    struct statements statements;
    struct question question;

    question_of(inventory, arena, &question);
    slow_statements(slow, &question, options, arena, &statements);
    reconcile(&evidence, &question, &statements, arena, out);
}
