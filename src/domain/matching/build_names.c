#include "domain/matching/build_internal.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"

#define SORTING_MEMORY ((size_t)1 << 33)

/* CPE criteria and the configurations that hold them. */

/* ---- adding ---- */

/* A record's criteria are mostly of one product. */
static uint32_t add_product(struct index_builder *builder, const struct cpe *cpe)
{
    struct pool *names = &builder->product_names;
    struct str name = criterion_product(cpe, builder->scratch);

    if (pool_count(names) == 0 || !str_eq(pool_text(names, builder->last_product), name))
        builder->last_product = pool_number(names, name);
    if (builder->last_product == builder->wild.len)
        OWN_PUSH(&builder->wild, criterion_is_wild(cpe));
    return builder->last_product;
}

static uint32_t add_tail(struct index_builder *builder, const struct cpe *cpe)
{
    for (size_t i = CPE_UPDATE; i < CPE_FIELDS; i++)
        if (!cpe_is_any(cpe->field[i]))
            return pool_add(&builder->texts, criterion_tail(cpe, builder->scratch));
    return INDEX_ANY_TAIL;
}

/* Two that differ only in what some record calls a platform are one. */
static bool is_same(const struct built_criterion *a, const struct built_criterion *b)
{
    return a->product == b->product && a->version == b->version && a->tail == b->tail &&
           a->from == b->from && a->to == b->to &&
           ((a->flags ^ b->flags) & ~(uint32_t)RANGE_IS_PLATFORM) == 0;
}

static uint32_t criterion_hash(const struct built_criterion *criterion)
{
    const uint32_t words[] = {
        criterion->product, criterion->version, criterion->tail,
        criterion->from,    criterion->to,      criterion->flags & ~(uint32_t)RANGE_IS_PLATFORM
    };

    return (uint32_t)pool_hash(0, (struct str){ (const char *)words, sizeof words });
}

static struct pool_slot *slot_of(const struct index_builder *builder,
                                 const struct built_criterion *criterion, uint32_t hash)
{
    size_t mask = builder->criterion_slots.len - 1, i = hash & mask;

    for (;; i = (i + 1) & mask) {
        struct pool_slot *slot = &builder->criterion_slots.at[i];

        if (slot->number == 0 ||
            (slot->hash == hash && is_same(&builder->criteria.at[slot->number - 1], criterion)))
            return slot;
    }
}

/* The number of a criterion, whichever records hold it. */
static uint32_t enter(struct index_builder *builder, const struct built_criterion *criterion)
{
    uint32_t hash = criterion_hash(criterion);
    struct pool_slot *slot;

    if (builder->criteria.len + builder->criteria.len / 2 >= builder->criterion_slots.len)
        pool_grow_slots(&builder->criterion_slots);
    slot = slot_of(builder, criterion, hash);
    if (slot->number == 0) {
        OWN_PUSH(&builder->criteria, *criterion);
        *slot = (struct pool_slot){ hash, (uint32_t)builder->criteria.len };
    }
    builder->criteria.at[slot->number - 1].flags |= criterion->flags & RANGE_IS_PLATFORM;
    return slot->number - 1;
}

/* Its number, and which of tree_parts it is of; TREE_CRITERION for what is no CPE name. */
static uint32_t add_criterion(struct index_builder *builder, const struct criterion *criterion,
                              uint32_t *part)
{
    bool has_bounds = !str_is_empty(criterion->from) || !str_is_empty(criterion->to);
    struct criterion joined;
    struct err ignored = { 0 };
    struct cpe cpe;

    *part = 3;
    if (!cpe_parse(criterion->cpe, builder->scratch, &cpe, &ignored))
        return TREE_CRITERION;
    for (uint32_t i = 0; i < 3 && cpe.field[CPE_PART].len == 1; i++) {
        if (cpe.field[CPE_PART].ptr[0] == tree_parts[i])
            *part = i;
    }
    joined = criterion_joined(criterion, &cpe, builder->scratch);
    return enter(builder,
                 &(struct built_criterion){
                     .product = add_product(builder, &cpe),
                     .version = pool_add(&builder->texts, cpe.field[CPE_VERSION]),
                     .tail = add_tail(builder, &cpe),
                     .from = pool_add(&builder->texts, criterion->from),
                     .to = pool_add(&builder->texts, joined.to),
                     .flags = (uint32_t)criterion_shape(cpe.field[CPE_VERSION], has_bounds) |
                              (criterion->from_is_excluded ? RANGE_FROM_EXCLUDED : 0) |
                              (criterion->to_is_included ? RANGE_TO_INCLUDED : 0) |
                              (criterion->is_vulnerable ? 0 : RANGE_IS_PLATFORM),
                 });
}

/* Only alternatives, all of them vulnerable: each criterion that matches is a match, and no tree is needed. */
static bool is_plain(const struct configuration *configuration)
{
    size_t children = configuration->criteria.len + configuration->nodes.len;

    if (configuration->is_negated || (configuration->is_and && children > 1))
        return false;
    for (size_t i = 0; i < configuration->criteria.len; i++) {
        if (!configuration->criteria.at[i].is_vulnerable)
            return false;
    }
    for (size_t i = 0; i < configuration->nodes.len; i++) {
        if (!is_plain(&configuration->nodes.at[i]))
            return false;
    }
    return true;
}

static void add_posting(struct index_builder *builder, uint32_t criterion, uint32_t to)
{
    if (criterion != TREE_CRITERION)
        OWN_PUSH(&builder->postings, (struct built_posting){ criterion, to });
}

static void add_plain(struct index_builder *builder, const struct configuration *configuration,
                      uint32_t record)
{
    uint32_t part;

    for (size_t i = 0; i < configuration->criteria.len; i++)
        add_posting(builder, add_criterion(builder, &configuration->criteria.at[i], &part), record);
    for (size_t i = 0; i < configuration->nodes.len; i++)
        add_plain(builder, &configuration->nodes.at[i], record);
}

static void add_tree(struct index_builder *builder, const struct configuration *configuration,
                     uint32_t number)
{
    OWN_PUSH(&builder->trees,
             (configuration->is_and ? TREE_AND : 0) |
                 (configuration->is_negated ? TREE_NEGATED : 0) |
                 (configuration->nodes.len == 0 ? TREE_FLAT : 0) |
                 (uint32_t)(configuration->criteria.len + configuration->nodes.len));
    for (size_t i = 0; i < configuration->criteria.len; i++) {
        const struct criterion *criterion = &configuration->criteria.at[i];
        uint32_t part, built = add_criterion(builder, criterion, &part);

        OWN_PUSH(&builder->trees, TREE_LEAF | (criterion->is_vulnerable ? TREE_VULNERABLE : 0) |
                                      part << TREE_PART | built);
        if (criterion->is_vulnerable)
            add_posting(builder, built, POSTING_CONFIGURATION | number);
    }
    for (size_t i = 0; i < configuration->nodes.len; i++)
        add_tree(builder, &configuration->nodes.at[i], number);
}

void build_add_configurations(struct index_builder *builder, const struct catalog_record *record,
                              uint32_t number)
{
    for (size_t i = 0; i < record->configurations.len; i++) {
        const struct configuration *configuration = &record->configurations.at[i];
        struct str platforms = platform_text(&configuration->platforms, builder->scratch);

        if (!platform_narrows(platforms))
            platforms = STR_NONE;
        if (platforms.len == 0 && is_plain(configuration)) {
            add_plain(builder, configuration, number);
            continue;
        }
        OWN_PUSH(&builder->configurations,
                 (struct built_configuration){ number, (uint32_t)builder->trees.len,
                                               pool_add(&builder->texts, platforms) });
        add_tree(builder, configuration, (uint32_t)builder->configurations.len - 1);
    }
}

/* ---- sorting ---- */

struct sorting {
    struct index_builder *builder;
    struct built_sections *out;
    struct arena *arena;    /* as long as the sorting */
    uint32_t *product_rank; /* of each product number */
    uint32_t *products;     /* product numbers in their order */
    uint32_t *criteria; /* criterion numbers in their order: points by product, ranges by product */
    uint32_t *criterion_rank; /* of each criterion number */
    uint32_t *runs;       /* where a product's points begin, then where its ranges do; one more */
    size_t count, points; /* of `criteria` */
    uint32_t *postings;   /* first of each rank; one more */
};

static int compare_products(const void *left, const void *right, void *of)
{
    const struct index_builder *builder = of;

    return build_compare_fields(pool_text(&builder->product_names, *(const uint32_t *)left),
                                pool_text(&builder->product_names, *(const uint32_t *)right));
}

#define ORDER(a, b) ((a) < (b) ? -1 : (a) > (b))

/* As criterion_compare, within one product. */
static int compare_criteria(const void *left, const void *right, void *of)
{
    const struct sorting *sorting = of;
    const struct built_criterion *all = sorting->builder->criteria.at;
    const struct built_criterion *a = &all[*(const uint32_t *)left],
                                 *b = &all[*(const uint32_t *)right];
    const struct pool *texts = &sorting->builder->texts;
    int order = 0;

    if (a->version != b->version)
        order = str_cmp(pool_at(texts, a->version), pool_at(texts, b->version));
    if (order == 0 && a->tail != b->tail)
        order = build_compare_fields(pool_at(texts, a->tail), pool_at(texts, b->tail));
    if (order == 0 && a->from != b->from)
        order = str_cmp(pool_at(texts, a->from), pool_at(texts, b->from));
    if (order == 0 && a->to != b->to)
        order = str_cmp(pool_at(texts, a->to), pool_at(texts, b->to));
    if (order == 0)
        order = ORDER(a->flags & RANGE_FROM_EXCLUDED, b->flags & RANGE_FROM_EXCLUDED);
    if (order == 0)
        order = ORDER(a->flags & RANGE_TO_INCLUDED, b->flags & RANGE_TO_INCLUDED);
    return order;
}

static void sort_products(struct sorting *sorting)
{
    size_t count = sorting->builder->wild.len;

    sorting->products = ARENA_NEW_N(sorting->arena, count + 1, uint32_t);
    sorting->product_rank = ARENA_NEW_N(sorting->arena, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++)
        sorting->products[i] = i;
    qsort_r(sorting->products, count, sizeof *sorting->products, compare_products,
            sorting->builder);
    for (uint32_t i = 0; i < count; i++)
        sorting->product_rank[sorting->products[i]] = i;
}

/* The run that a criterion belongs to: of its product's points, or of its product's ranges. */
static size_t run_of(const struct sorting *sorting, const struct built_criterion *criterion)
{
    bool is_point = (criterion->flags & RANGE_SHAPE) == CRITERION_POINT;

    return sorting->product_rank[criterion->product] + (is_point ? 0 : sorting->builder->wild.len);
}

/* Counted into their products' runs, and each run sorted: texts that lie apart are compared as seldom as may be. */
static void sort_criteria(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;
    size_t runs = builder->wild.len * 2;
    uint32_t *next = ARENA_NEW_N(sorting->arena, runs + 1, uint32_t);

    sorting->count = builder->criteria.len;
    sorting->criteria = ARENA_NEW_N(sorting->arena, sorting->count + 1, uint32_t);
    sorting->criterion_rank = ARENA_NEW_N(sorting->arena, sorting->count + 1, uint32_t);
    sorting->runs = ARENA_NEW_N(sorting->arena, runs + 1, uint32_t);
    for (size_t i = 0; i < sorting->count; i++)
        sorting->runs[run_of(sorting, &builder->criteria.at[i]) + 1]++;
    for (size_t i = 0; i < runs; i++) {
        sorting->runs[i + 1] += sorting->runs[i];
        next[i] = sorting->runs[i];
    }
    sorting->points = sorting->runs[builder->wild.len];
    for (uint32_t i = 0; i < sorting->count; i++)
        sorting->criteria[next[run_of(sorting, &builder->criteria.at[i])]++] = i;
    for (size_t i = 0; i < runs; i++) {
        size_t first = sorting->runs[i], length = sorting->runs[i + 1] - first;

        if (length > 1)
            qsort_r(sorting->criteria + first, length, sizeof *sorting->criteria, compare_criteria,
                    sorting);
    }
    for (uint32_t i = 0; i < sorting->count; i++)
        sorting->criterion_rank[sorting->criteria[i]] = i;
}

/* ---- postings ---- */

static int compare_words(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return ORDER(a, b);
}

/* Counted into the place of their criterion, each run ascending and without repetition. */
static void put_postings(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;
    size_t count = builder->postings.len;
    uint32_t *first = ARENA_NEW_N(sorting->arena, sorting->count + 2, uint32_t);
    uint32_t *next = ARENA_NEW_N(sorting->arena, sorting->count + 1, uint32_t);
    uint32_t *to = ARENA_NEW_N(sorting->arena, count + 1, uint32_t);
    struct section *section = &sorting->out->at[SECTION_POSTINGS];

    for (size_t i = 0; i < count; i++)
        first[sorting->criterion_rank[builder->postings.at[i].criterion] + 1]++;
    for (size_t i = 0; i < sorting->count; i++) {
        first[i + 1] += first[i];
        next[i] = first[i];
    }
    for (size_t i = 0; i < count; i++)
        to[next[sorting->criterion_rank[builder->postings.at[i].criterion]]++] =
            builder->postings.at[i].to;
    OWN_DONE(&builder->postings);
    sorting->postings = ARENA_NEW_N(sorting->arena, sorting->count + 1, uint32_t);
    for (size_t i = 0; i < sorting->count; i++) {
        size_t length = first[i + 1] - first[i];

        sorting->postings[i] = (uint32_t)section->len;
        if (length > 1)
            qsort(to + first[i], length, sizeof *to, compare_words);
        for (size_t n = 0; n < length; n++) {
            uint32_t word = to[first[i] + n];

            if (n == 0 || to[first[i] + n - 1] != word)
                OWN_PUSH(section, word);
        }
    }
    sorting->postings[sorting->count] = (uint32_t)section->len;
}

/* ---- rows ---- */

static void put_points(struct sorting *sorting)
{
    struct section *section = &sorting->out->at[SECTION_POINTS];

    for (size_t i = 0; i < sorting->points; i++) {
        const struct built_criterion *criterion =
            &sorting->builder->criteria.at[sorting->criteria[i]];

        SECTION_PUT(section, criterion->version, criterion->tail, sorting->postings[i]);
    }
    SECTION_PUT(section, 0, 0, sorting->postings[sorting->points]);
}

/* The ranges of one product, with their bounds. */
static void put_ranges(struct sorting *sorting, size_t first, size_t end)
{
    struct index_builder *builder = sorting->builder;
    uint32_t *places = ARENA_NEW_N(builder->scratch, (end - first) * 2 + 1, uint32_t), *place;
    struct built_bounds bounds = { 0 };

    place = places;
    for (size_t i = first; i < end; i++, place += 2) {
        const struct built_criterion *criterion = &builder->criteria.at[sorting->criteria[i]];

        build_note_bound(builder, &bounds, criterion->from, VERSION_GENERIC, place);
        build_note_bound(builder, &bounds, criterion->to, VERSION_GENERIC, place + 1);
    }
    build_bounds(builder, &bounds, &sorting->out->at[SECTION_BOUNDS]);
    place = places;
    for (size_t i = first; i < end; i++, place += 2) {
        const struct built_criterion *criterion = &builder->criteria.at[sorting->criteria[i]];

        SECTION_PUT(&sorting->out->at[SECTION_RANGES], criterion->version, criterion->tail,
                    place[0], place[1], criterion->flags, sorting->postings[i]);
    }
}

static void put_products(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;
    const struct section *bounds = &sorting->out->at[SECTION_BOUNDS];
    struct section *rows = &sorting->out->at[SECTION_PRODUCTS];
    size_t products = builder->wild.len;

    for (uint32_t i = 0; i < products; i++) {
        const uint32_t *ranges = &sorting->runs[products + i];
        uint32_t product = sorting->products[i];

        SECTION_PUT(rows, pool_add(&builder->texts, pool_text(&builder->product_names, product)),
                    sorting->runs[i], ranges[0] - (uint32_t)sorting->points,
                    (uint32_t)(bounds->len / 3));
        if (builder->wild.at[product])
            SECTION_PUT(&sorting->out->at[SECTION_WILD], i);
        arena_reset(builder->scratch);
        put_ranges(sorting, ranges[0], ranges[1]);
    }
    arena_reset(builder->scratch);
    SECTION_PUT(rows, 0, (uint32_t)sorting->points, (uint32_t)(sorting->count - sorting->points),
                (uint32_t)(bounds->len / 3));
    SECTION_PUT(&sorting->out->at[SECTION_RANGES], 0, 0, 0, 0, 0,
                sorting->postings[sorting->count]);
}

static void put_configurations(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;
    struct section *trees = &sorting->out->at[SECTION_TREES];

    for (size_t i = 0; i < builder->configurations.len; i++)
        SECTION_PUT(&sorting->out->at[SECTION_CONFIGURATIONS], builder->configurations.at[i].record,
                    builder->configurations.at[i].tree, builder->configurations.at[i].platforms);
    SECTION_PUT(&sorting->out->at[SECTION_CONFIGURATIONS], 0, (uint32_t)builder->trees.len, 0);
    for (size_t i = 0; i < builder->trees.len; i++) {
        uint32_t word = builder->trees.at[i];

        if (word & TREE_LEAF && (word & TREE_CRITERION) != TREE_CRITERION)
            word = (word & ~TREE_CRITERION) | sorting->criterion_rank[word & TREE_CRITERION];
        OWN_PUSH(trees, word);
    }
    OWN_DONE(&builder->configurations);
    OWN_DONE(&builder->trees);
}

static uint64_t hash_of_row(const void *of, uint32_t row)
{
    const struct sorting *sorting = of;
    struct str rest = pool_text(&sorting->builder->product_names, sorting->products[row]);
    struct str field[3] = { STR_NONE, STR_NONE, STR_NONE };

    for (size_t i = 0; i < COUNT(field); i++) {
        size_t end = 0;

        while (end < rest.len && rest.ptr[end] != ':')
            end += rest.ptr[end] == '\\' ? 2 : 1;
        field[i] = str_take(rest, end);
        rest = str_drop(rest, end + 1);
    }
    return index_hash_product(field[0], field[1], field[2]);
}

void build_names(struct index_builder *builder, struct built_sections *out)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(SORTING_MEMORY);
    struct sorting sorting = { .builder = builder, .out = out, .arena = arena };

    OWN_DONE(&builder->criterion_slots);
    sort_products(&sorting);
    sort_criteria(&sorting);
    put_postings(&sorting);
    put_points(&sorting);
    put_products(&sorting);
    OWN_DONE(&builder->criteria);
    put_configurations(&sorting);
    build_slots(builder->wild.len, hash_of_row, &sorting, &out->at[SECTION_PRODUCT_SLOTS]);
    OWN_DONE(&builder->wild);
    pool_done(&builder->product_names);
}
