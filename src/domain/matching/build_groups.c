#include "domain/matching/build_internal.h"

#include <stdlib.h>

/* Records, the vulnerabilities that they are about, and what is known of exploitation. */

struct grouping {
    struct index_builder *builder;
    struct built_sections *out;
    struct arena *arena; /* as long as the grouping */
    size_t ids, groups;  /* of all aliases; that have a row */
    uint32_t *rows;      /* of each alias that names a group: its row */
    uint32_t *places;    /* of each alias: its place in SECTION_IDS + 1; 0: not there */
};

#define GROUPING_MEMORY ((size_t)1 << 33)
enum { GROUP_WORDS = sizeof(struct group_row) / sizeof(uint32_t) };

/* ---- which groups have a row ---- */

/* In a base those that a record speaks about; in a segment all that its records may have changed, and what no layer knows yet. */
static bool is_wanted(const struct index_builder *builder, uint32_t id)
{
    uint32_t known;

    return !builder->below || aliases_is_told(builder->aliases, id) ||
           !index_find_group(builder->below, builder->below->count,
                             aliases_text(builder->aliases, id), &known);
}

static void want(struct grouping *grouping, uint32_t id)
{
    if (is_wanted(grouping->builder, id))
        grouping->rows[aliases_group(grouping->builder->aliases, id)] = 0;
}

static void number_groups(struct grouping *grouping)
{
    struct index_builder *builder = grouping->builder;

    memset(grouping->rows, 0xff, grouping->ids * sizeof *grouping->rows);
    for (size_t i = 0; i < builder->subjects.len; i++)
        want(grouping, builder->subjects.at[i]);
    for (uint32_t i = 0; builder->below && i < grouping->ids; i++) {
        if (aliases_is_told(builder->aliases, i))
            want(grouping, i);
    }
    for (size_t i = 0; i < grouping->ids; i++) {
        if (grouping->rows[i] != STATEMENT_NONE)
            grouping->rows[i] = (uint32_t)grouping->groups++;
    }
}

static uint32_t row_of(const struct grouping *grouping, uint32_t id)
{
    return grouping->rows[aliases_group(grouping->builder->aliases, id)];
}

/* ---- their ids and members ---- */

/* Things counted into their groups; of one group they stay in their order. */
struct sorted {
    uint32_t *first; /* of each group; one more */
    uint32_t *at;
};

static struct sorted sort_into_groups(const struct grouping *grouping, const uint32_t *group_of,
                                      size_t count)
{
    size_t groups = grouping->groups;
    struct sorted sorted = { ARENA_NEW_N(grouping->arena, groups + 2, uint32_t),
                             ARENA_NEW_N(grouping->arena, count + 1, uint32_t) };
    uint32_t *next = ARENA_NEW_N(grouping->arena, groups + 1, uint32_t);

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

static int compare_ids(const void *left, const void *right, void *of)
{
    const struct aliases *aliases = of;

    return alias_compare(aliases_text(aliases, *(const uint32_t *)left),
                         aliases_text(aliases, *(const uint32_t *)right));
}

static void put_id(struct grouping *grouping, uint32_t id)
{
    struct index_builder *builder = grouping->builder;
    struct section *section = &grouping->out->at[SECTION_IDS];

    SECTION_PUT(section, pool_add(&builder->texts, aliases_text(builder->aliases, id)));
    grouping->places[id] = (uint32_t)section->len;
}

static void put_groups(struct grouping *grouping)
{
    struct index_builder *builder = grouping->builder;
    struct section *rows = &grouping->out->at[SECTION_GROUPS];
    const struct section *ids = &grouping->out->at[SECTION_IDS];
    size_t speakers = builder->speakers.len;
    uint32_t *group_of_id = ARENA_NEW_N(grouping->arena, grouping->ids + 1, uint32_t);
    uint32_t *group_of_speaker = ARENA_NEW_N(grouping->arena, speakers + 1, uint32_t);
    struct sorted by_id, by_speaker;

    for (uint32_t i = 0; i < grouping->ids; i++)
        group_of_id[i] = row_of(grouping, i);
    for (size_t i = 0; i < speakers; i++)
        group_of_speaker[i] = row_of(grouping, builder->speakers.at[i].own);
    by_id = sort_into_groups(grouping, group_of_id, grouping->ids);
    by_speaker = sort_into_groups(grouping, group_of_speaker, speakers);
    for (size_t i = 0; i < grouping->groups; i++) {
        uint32_t *first = by_id.at + by_id.first[i];
        size_t count = by_id.first[i + 1] - by_id.first[i];
        bool is_rejected = aliases_is_rejected(builder->aliases, first[0]);

        if (count > 1)
            qsort_r(first, count, sizeof *first, compare_ids, builder->aliases);
        SECTION_PUT(rows, (uint32_t)ids->len,
                    by_speaker.first[i] | (is_rejected ? GROUP_REJECTED : 0), 0);
        for (size_t n = 0; n < count; n++)
            put_id(grouping, first[n]);
    }
    SECTION_PUT(rows, (uint32_t)ids->len, by_speaker.first[grouping->groups], 0);
    for (size_t i = 0; i < by_speaker.first[grouping->groups]; i++)
        SECTION_PUT(&grouping->out->at[SECTION_MEMBERS],
                    builder->speakers.at[by_speaker.at[i]].member);
}

static uint64_t hash_of_row(const void *of, uint32_t row)
{
    const struct grouping *grouping = of;

    return index_hash_id(
        pool_at(&grouping->builder->texts, grouping->out->at[SECTION_IDS].at[row]));
}

/* ---- exploitation ---- */

static int compare_kev(const void *left, const void *right)
{
    return str_cmp(((const struct kev_entry *)left)->cve, ((const struct kev_entry *)right)->cve);
}

static int compare_epss(const void *left, const void *right)
{
    return str_cmp(((const struct epss_entry *)left)->cve, ((const struct epss_entry *)right)->cve);
}

static void put_wide(struct section *section, int64_t n)
{
    SECTION_PUT(section, (uint32_t)(uint64_t)n, (uint32_t)((uint64_t)n >> 32));
}

/* Either may be NULL. A base needs no row for what no record speaks about; a segment's may be for a group of a layer below. */
static void put_exploited(struct grouping *grouping, struct str cve, const struct kev_entry *kev,
                          const struct epss_entry *epss)
{
    struct index_builder *builder = grouping->builder;
    struct section *section = &grouping->out->at[SECTION_EXPLOITED];
    uint32_t id, group = STATEMENT_NONE;

    if (aliases_find(builder->aliases, cve, &id))
        group = row_of(grouping, id);
    if (group == STATEMENT_NONE && !builder->below)
        return;
    SECTION_PUT(section, pool_add(&builder->texts, cve),
                (kev ? EXPLOITED_KEV : 0) | (kev && kev->is_ransomware ? EXPLOITED_RANSOMWARE : 0),
                (uint32_t)(epss ? epss->score : -1), (uint32_t)(epss ? epss->percentile : -1));
    put_wide(section, kev ? kev->added.ms : 0);
    put_wide(section, kev ? kev->due.ms : 0);
    put_wide(section, epss ? epss->date.ms : 0);
    if (group != STATEMENT_NONE)
        grouping->out->at[SECTION_GROUPS].at[(size_t)group * GROUP_WORDS + GROUP_WORDS - 1] =
            (uint32_t)(section->len * sizeof(uint32_t) / sizeof(struct exploited_row));
}

/* Both lists in step, by CVE. */
static void put_all_exploited(struct grouping *grouping)
{
    struct index_builder *builder = grouping->builder;
    size_t i = 0, n = 0;

    if (builder->kev.len > 1)
        qsort(builder->kev.at, builder->kev.len, sizeof *builder->kev.at, compare_kev);
    if (builder->epss.len > 1)
        qsort(builder->epss.at, builder->epss.len, sizeof *builder->epss.at, compare_epss);
    while (i < builder->kev.len || n < builder->epss.len) {
        const struct kev_entry *kev = i < builder->kev.len ? &builder->kev.at[i] : NULL;
        const struct epss_entry *epss = n < builder->epss.len ? &builder->epss.at[n] : NULL;
        int order = !kev ? 1 : !epss ? -1 : str_cmp(kev->cve, epss->cve);

        put_exploited(grouping, order <= 0 ? kev->cve : epss->cve, order <= 0 ? kev : NULL,
                      order >= 0 ? epss : NULL);
        i += order <= 0;
        n += order >= 0;
    }
}

/* ---- records ---- */

/* Behind the ids of the groups stand those whose group a layer below knows. */
static uint32_t place_of(struct grouping *grouping, uint32_t id)
{
    if (grouping->places[id] == 0)
        put_id(grouping, id);
    return grouping->places[id] - 1;
}

static uint32_t put_subjects(struct grouping *grouping, const struct built_record *record)
{
    const uint32_t *subjects = grouping->builder->subjects.at + record->subjects;
    struct section *section = &grouping->out->at[SECTION_SUBJECTS];
    uint32_t place = (uint32_t)section->len | SUBJECT_LIST;

    if (record->subject_count == 1)
        return place_of(grouping, subjects[0]);
    SECTION_PUT(section, record->subject_count);
    for (size_t i = 0; i < record->subject_count; i++)
        SECTION_PUT(section, place_of(grouping, subjects[i]));
    return place;
}

static int compare_words(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return a < b ? -1 : a > b;
}

/* Records of the layers below that were changed or have gone. */
static void put_masked(struct index_builder *builder, struct section *section)
{
    for (size_t i = 0; builder->below && i < builder->changed.len; i++) {
        uint32_t record;

        if (index_find_record(builder->below, builder->below->count, builder->changed.at[i],
                              &record))
            SECTION_PUT(section, record);
    }
    if (section->len > 1)
        qsort(section->at, section->len, sizeof *section->at, compare_words);
}

void build_groups(struct index_builder *builder, struct built_sections *out)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(GROUPING_MEMORY);
    struct grouping grouping = { .builder = builder, .out = out, .arena = arena };

    grouping.ids = aliases_count(builder->aliases);
    grouping.rows = ARENA_NEW_N(arena, grouping.ids + 1, uint32_t);
    grouping.places = ARENA_NEW_N(arena, grouping.ids + 1, uint32_t);
    number_groups(&grouping);
    put_groups(&grouping);
    build_slots(out->at[SECTION_IDS].len, hash_of_row, &grouping, &out->at[SECTION_ID_SLOTS]);
    put_all_exploited(&grouping);
    for (size_t i = 0; i < builder->records.len; i++) {
        const struct built_record *record = &builder->records.at[i];

        SECTION_PUT(&out->at[SECTION_RECORDS], record->number, record->id, record->origin,
                    put_subjects(&grouping, record), record->detail, (uint32_t)record->source);
    }
    put_masked(builder, &out->at[SECTION_MASKED]);
}
