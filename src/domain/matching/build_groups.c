#include "domain/matching/build_internal.h"

#include <stdlib.h>

#include "base/buf.h"

/* Records, the vulnerabilities that they are about, and what is known of exploitation. */

struct grouping {
    struct index_builder *builder;
    struct built_sections *out;
    uint32_t *numbers; /* of each id that names a group: its row */
};

#define ORDER(a, b) ((a) < (b) ? -1 : (a) > (b))

/* ---- exploitation ---- */

static int compare_kev(const void *left, const void *right)
{
    return str_cmp(((const struct kev_entry *)left)->cve, ((const struct kev_entry *)right)->cve);
}

static int compare_epss(const void *left, const void *right)
{
    return str_cmp(((const struct epss_entry *)left)->cve, ((const struct epss_entry *)right)->cve);
}

static void put_wide(struct index_builder *builder, struct section *section, int64_t n)
{
    SECTION_PUT(builder->arena, section, (uint32_t)(uint64_t)n, (uint32_t)((uint64_t)n >> 32));
}

/* The row + 1 of what is known of this CVE; 0: nothing. */
static uint32_t put_exploited(struct grouping *grouping, struct str cve)
{
    struct index_builder *builder = grouping->builder;
    struct section *section = &grouping->out->at[SECTION_EXPLOITED];
    const struct kev_entry *kev =
        builder->kev.len == 0 ? NULL
                              : bsearch(&(struct kev_entry){ .cve = cve }, builder->kev.at,
                                        builder->kev.len, sizeof *builder->kev.at, compare_kev);
    const struct epss_entry *epss =
        builder->epss.len == 0 ? NULL
                               : bsearch(&(struct epss_entry){ .cve = cve }, builder->epss.at,
                                         builder->epss.len, sizeof *builder->epss.at, compare_epss);

    if (!kev && !epss)
        return 0;
    SECTION_PUT(builder->arena, section, pool_add(&builder->texts, cve),
                (kev ? EXPLOITED_KEV : 0) | (kev && kev->is_ransomware ? EXPLOITED_RANSOMWARE : 0),
                (uint32_t)(epss ? epss->score : -1), (uint32_t)(epss ? epss->percentile : -1));
    put_wide(builder, section, kev ? kev->added.ms : 0);
    put_wide(builder, section, kev ? kev->due.ms : 0);
    put_wide(builder, section, epss ? epss->date.ms : 0);
    return (uint32_t)(section->len * sizeof(uint32_t) / sizeof(struct exploited_row));
}

/* ---- groups ---- */

/* Ids and members sorted into their groups by counting. */
struct sorted {
    uint32_t *first; /* of each group; one more */
    uint32_t *at;
};

static struct sorted sort_into_groups(const struct grouping *grouping, size_t groups,
                                      const uint32_t *group_of, size_t count)
{
    struct arena *arena = grouping->builder->arena;
    struct sorted sorted = { ARENA_NEW_N(arena, groups + 2, uint32_t),
                             ARENA_NEW_N(arena, count + 1, uint32_t) };
    uint32_t *next = ARENA_NEW_N(arena, groups + 1, uint32_t);

    for (size_t i = 0; i < count; i++) {
        if (group_of[i] != STATEMENT_NONE)
            sorted.first[group_of[i] + 1]++;
    }
    for (size_t i = 0; i < groups; i++) {
        sorted.first[i + 1] += sorted.first[i];
        next[i] = sorted.first[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        if (group_of[i] != STATEMENT_NONE)
            sorted.at[next[group_of[i]]++] = i;
    }
    return sorted;
}

/* Its CVE first, then the others in the order in which they came. */
static void put_ids(struct grouping *grouping, uint32_t group, const uint32_t *ids, size_t count)
{
    struct index_builder *builder = grouping->builder;
    struct section *section = &grouping->out->at[SECTION_IDS];
    uint32_t cve = aliases_cve(builder->aliases, group);

    if (cve != STATEMENT_NONE)
        SECTION_PUT(builder->arena, section,
                    pool_add(&builder->texts, aliases_text(builder->aliases, cve)));
    for (size_t i = 0; i < count; i++) {
        if (ids[i] != cve)
            SECTION_PUT(builder->arena, section,
                        pool_add(&builder->texts, aliases_text(builder->aliases, ids[i])));
    }
}

/* Only groups that a record speaks about have a row. */
static size_t number_groups(struct grouping *grouping, struct alias_groups *subjects)
{
    struct index_builder *builder = grouping->builder;
    size_t ids = aliases_count(builder->aliases), groups = 0;

    grouping->numbers = ARENA_NEW_N(builder->arena, ids + 1, uint32_t);
    memset(grouping->numbers, 0xff, ids * sizeof *grouping->numbers);
    for (size_t i = 0; i < builder->records.len; i++) {
        subjects[i] =
            aliases_subjects(builder->aliases, &builder->records.at[i].claim, builder->arena);
        for (size_t n = 0; n < subjects[i].len; n++)
            grouping->numbers[subjects[i].at[n]] = 0;
    }
    for (size_t i = 0; i < ids; i++) {
        if (grouping->numbers[i] != STATEMENT_NONE)
            grouping->numbers[i] = (uint32_t)groups++;
    }
    return groups;
}

static uint32_t group_number(const struct grouping *grouping, uint32_t id)
{
    return grouping->numbers[aliases_group(grouping->builder->aliases, id)];
}

static void put_groups(struct grouping *grouping, size_t groups)
{
    struct index_builder *builder = grouping->builder;
    size_t ids = aliases_count(builder->aliases), records = builder->records.len;
    uint32_t *group_of_id = ARENA_NEW_N(builder->arena, ids + 1, uint32_t);
    uint32_t *group_of_record = ARENA_NEW_N(builder->arena, records + 1, uint32_t);
    struct sorted by_id, by_record;

    for (uint32_t i = 0; i < ids; i++)
        group_of_id[i] = group_number(grouping, i);
    for (size_t i = 0; i < records; i++)
        group_of_record[i] = group_number(grouping, builder->records.at[i].claim.own);
    by_id = sort_into_groups(grouping, groups, group_of_id, ids);
    by_record = sort_into_groups(grouping, groups, group_of_record, records);
    for (size_t i = 0; i < groups; i++) {
        uint32_t group = aliases_group(builder->aliases, by_id.at[by_id.first[i]]);
        size_t first = grouping->out->at[SECTION_IDS].len;
        struct str name;

        put_ids(grouping, group, by_id.at + by_id.first[i], by_id.first[i + 1] - by_id.first[i]);
        name = pool_at(&builder->texts, grouping->out->at[SECTION_IDS].at[first]);
        SECTION_PUT(builder->arena, &grouping->out->at[SECTION_GROUPS], (uint32_t)first,
                    by_record.first[i], put_exploited(grouping, name));
    }
    SECTION_PUT(builder->arena, &grouping->out->at[SECTION_GROUPS],
                (uint32_t)grouping->out->at[SECTION_IDS].len, by_record.first[groups], 0);
    for (size_t i = 0; i < by_record.first[groups]; i++)
        SECTION_PUT(builder->arena, &grouping->out->at[SECTION_MEMBERS], by_record.at[i]);
}

/* ---- records ---- */

static uint32_t put_subjects(struct grouping *grouping, const struct alias_groups *subjects)
{
    struct section *section = &grouping->out->at[SECTION_SUBJECTS];
    uint32_t place = (uint32_t)section->len | SUBJECT_LIST;

    if (subjects->len == 1)
        return grouping->numbers[subjects->at[0]];
    SECTION_PUT(grouping->builder->arena, section, (uint32_t)subjects->len);
    for (size_t i = 0; i < subjects->len; i++)
        SECTION_PUT(grouping->builder->arena, section, grouping->numbers[subjects->at[i]]);
    return place;
}

void build_groups(struct index_builder *builder, struct built_sections *out)
{
    struct grouping grouping = { .builder = builder, .out = out };
    struct alias_groups *subjects =
        ARENA_NEW_N(builder->arena, builder->records.len + 1, struct alias_groups);

    if (builder->kev.len > 1)
        qsort(builder->kev.at, builder->kev.len, sizeof *builder->kev.at, compare_kev);
    if (builder->epss.len > 1)
        qsort(builder->epss.at, builder->epss.len, sizeof *builder->epss.at, compare_epss);
    put_groups(&grouping, number_groups(&grouping, subjects));
    for (size_t i = 0; i < builder->records.len; i++) {
        const struct built_record *record = &builder->records.at[i];

        SECTION_PUT(builder->arena, &out->at[SECTION_RECORDS], record->id, record->origin,
                    put_subjects(&grouping, &subjects[i]), record->detail,
                    (uint32_t)record->source);
    }
}
