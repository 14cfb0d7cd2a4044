#include "domain/matching/build_internal.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"

/* CPE criteria and the configurations that hold them. */

/* ---- adding ---- */

static uint32_t add_product(struct index_builder *builder, const struct cpe *cpe)
{
    struct str name = criterion_product(cpe, builder->scratch);
    uint32_t number = pool_number(&builder->product_names, name);

    if (number == builder->products.len) {
        (void)pool_add(&builder->texts, name);
        VEC_PUSH(builder->arena, &builder->products,
                 (struct built_product){ criterion_is_wild(cpe) });
    }
    return number;
}

/* What makes two criteria the same, as one text. */
static struct str criterion_name(const struct criterion *criterion, struct arena *arena)
{
    return arena_printf(arena, "%.*s\n%.*s\n%.*s\n%d%d", STR_ARG(criterion->cpe),
                        STR_ARG(criterion->from), STR_ARG(criterion->to),
                        criterion->from_is_excluded, criterion->to_is_included);
}

/* The criterion's number; TREE_CRITERION for what is no CPE name. Texts that differ in case alone make two criteria, which does no harm. */
static uint32_t add_criterion(struct index_builder *builder, const struct criterion *criterion)
{
    uint32_t number =
        pool_number(&builder->criterion_names, criterion_name(criterion, builder->scratch));
    bool has_bounds = !str_is_empty(criterion->from) || !str_is_empty(criterion->to);
    struct err ignored = { 0 };
    struct cpe cpe;

    if (number == builder->criteria.len) {
        struct built_criterion built = { .product = STATEMENT_NONE };

        if (cpe_parse(criterion->cpe, builder->scratch, &cpe, &ignored)) {
            struct criterion joined = criterion_joined(criterion, &cpe, builder->scratch);

            built = (struct built_criterion){
                .product = add_product(builder, &cpe),
                .version = pool_add(&builder->texts, cpe.field[CPE_VERSION]),
                .tail = pool_add(&builder->texts, criterion_tail(&cpe, builder->scratch)),
                .from = pool_add(&builder->texts, criterion->from),
                .to = pool_add(&builder->texts, joined.to),
                .shape = criterion_shape(cpe.field[CPE_VERSION], has_bounds),
                .from_is_excluded = criterion->from_is_excluded,
                .to_is_included = criterion->to_is_included,
            };
        }
        VEC_PUSH(builder->arena, &builder->criteria, built);
    }
    if (builder->criteria.at[number].product == STATEMENT_NONE)
        return TREE_CRITERION;
    builder->criteria.at[number].is_platform |= !criterion->is_vulnerable;
    return number;
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
        VEC_PUSH(builder->arena, &builder->postings, (struct built_posting){ criterion, to });
}

static void add_plain(struct index_builder *builder, const struct configuration *configuration,
                      uint32_t record)
{
    for (size_t i = 0; i < configuration->criteria.len; i++)
        add_posting(builder, add_criterion(builder, &configuration->criteria.at[i]), record);
    for (size_t i = 0; i < configuration->nodes.len; i++)
        add_plain(builder, &configuration->nodes.at[i], record);
}

static uint32_t part_of(const struct criterion *criterion, struct arena *arena)
{
    struct err ignored = { 0 };
    struct cpe cpe;

    if (!cpe_parse(criterion->cpe, arena, &cpe, &ignored) || cpe.field[CPE_PART].len != 1)
        return 3;
    for (uint32_t i = 0; i < 3; i++) {
        if (cpe.field[CPE_PART].ptr[0] == tree_parts[i])
            return i;
    }
    return 3;
}

static void add_tree(struct index_builder *builder, const struct configuration *configuration,
                     uint32_t number)
{
    VEC_PUSH(builder->arena, &builder->trees,
             (configuration->is_and ? TREE_AND : 0) |
                 (configuration->is_negated ? TREE_NEGATED : 0) |
                 (configuration->nodes.len == 0 ? TREE_FLAT : 0) |
                 (uint32_t)(configuration->criteria.len + configuration->nodes.len));
    for (size_t i = 0; i < configuration->criteria.len; i++) {
        const struct criterion *criterion = &configuration->criteria.at[i];
        uint32_t built = add_criterion(builder, criterion);

        VEC_PUSH(builder->arena, &builder->trees,
                 TREE_LEAF | (criterion->is_vulnerable ? TREE_VULNERABLE : 0) |
                     part_of(criterion, builder->scratch) << TREE_PART | built);
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

        if (is_plain(configuration)) {
            add_plain(builder, configuration, number);
            continue;
        }
        VEC_PUSH(builder->arena, &builder->configurations,
                 (struct built_configuration){ number, (uint32_t)builder->trees.len });
        add_tree(builder, configuration, (uint32_t)builder->configurations.len - 1);
    }
}

/* ---- sorting ---- */

struct sorting {
    struct index_builder *builder;
    struct built_sections *out;
    uint32_t *product_rank;   /* of each product number */
    uint32_t *products;       /* product numbers in their order */
    uint32_t *criteria;       /* criterion numbers in their order; those of no product left out */
    uint32_t *criterion_rank; /* of each criterion number */
    size_t count, points;     /* of `criteria` */
    uint32_t *postings;       /* first of each rank; one more */
};

static int compare_products(const void *left, const void *right, void *of)
{
    const struct index_builder *builder = of;

    return build_compare_fields(pool_text(&builder->product_names, *(const uint32_t *)left),
                                pool_text(&builder->product_names, *(const uint32_t *)right));
}

#define ORDER(a, b) ((a) < (b) ? -1 : (a) > (b))

/* As criterion_compare. */
static int compare_criteria(const void *left, const void *right, void *of)
{
    const struct sorting *sorting = of;
    const struct built_criterion *all = sorting->builder->criteria.at;
    const struct built_criterion *a = &all[*(const uint32_t *)left],
                                 *b = &all[*(const uint32_t *)right];
    const struct pool *texts = &sorting->builder->texts;
    int order = ORDER(b->shape == CRITERION_POINT, a->shape == CRITERION_POINT);

    if (order == 0)
        order = ORDER(sorting->product_rank[a->product], sorting->product_rank[b->product]);
    if (order == 0 && a->version != b->version)
        order = str_cmp(pool_at(texts, a->version), pool_at(texts, b->version));
    if (order == 0 && a->tail != b->tail)
        order = build_compare_fields(pool_at(texts, a->tail), pool_at(texts, b->tail));
    if (order == 0 && a->from != b->from)
        order = str_cmp(pool_at(texts, a->from), pool_at(texts, b->from));
    if (order == 0 && a->to != b->to)
        order = str_cmp(pool_at(texts, a->to), pool_at(texts, b->to));
    if (order == 0)
        order = ORDER(a->from_is_excluded, b->from_is_excluded);
    if (order == 0)
        order = ORDER(a->to_is_included, b->to_is_included);
    return order;
}

static void sort_products(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;
    size_t count = builder->products.len;

    sorting->products = ARENA_NEW_N(builder->arena, count + 1, uint32_t);
    sorting->product_rank = ARENA_NEW_N(builder->arena, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++)
        sorting->products[i] = i;
    qsort_r(sorting->products, count, sizeof *sorting->products, compare_products, builder);
    for (uint32_t i = 0; i < count; i++)
        sorting->product_rank[sorting->products[i]] = i;
}

static void sort_criteria(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;

    sorting->criteria = ARENA_NEW_N(builder->arena, builder->criteria.len + 1, uint32_t);
    sorting->criterion_rank = ARENA_NEW_N(builder->arena, builder->criteria.len + 1, uint32_t);
    for (uint32_t i = 0; i < builder->criteria.len; i++) {
        if (builder->criteria.at[i].product == STATEMENT_NONE)
            continue;
        sorting->criteria[sorting->count++] = i;
        sorting->points += builder->criteria.at[i].shape == CRITERION_POINT;
    }
    qsort_r(sorting->criteria, sorting->count, sizeof *sorting->criteria, compare_criteria,
            sorting);
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
    uint32_t *first = ARENA_NEW_N(builder->arena, sorting->count + 2, uint32_t);
    uint32_t *next = ARENA_NEW_N(builder->arena, sorting->count + 1, uint32_t);
    uint32_t *to = ARENA_NEW_N(builder->arena, count + 1, uint32_t);
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
    sorting->postings = ARENA_NEW_N(builder->arena, sorting->count + 1, uint32_t);
    for (size_t i = 0; i < sorting->count; i++) {
        size_t length = first[i + 1] - first[i];

        sorting->postings[i] = (uint32_t)section->len;
        if (length > 1)
            qsort(to + first[i], length, sizeof *to, compare_words);
        for (size_t n = 0; n < length; n++) {
            uint32_t word = to[first[i] + n];

            if (n == 0 || to[first[i] + n - 1] != word)
                VEC_PUSH(builder->arena, section, word);
        }
    }
    sorting->postings[sorting->count] = (uint32_t)section->len;
}

/* ---- rows ---- */

static uint32_t flags_of(const struct built_criterion *criterion)
{
    return (uint32_t)criterion->shape | (criterion->from_is_excluded ? RANGE_FROM_EXCLUDED : 0) |
           (criterion->to_is_included ? RANGE_TO_INCLUDED : 0) |
           (criterion->is_platform ? RANGE_IS_PLATFORM : 0);
}

static void put_points(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;
    struct section *section = &sorting->out->at[SECTION_POINTS];

    for (size_t i = 0; i < sorting->points; i++) {
        const struct built_criterion *criterion = &builder->criteria.at[sorting->criteria[i]];

        SECTION_PUT(builder->arena, section, criterion->version, criterion->tail,
                    sorting->postings[i]);
    }
    SECTION_PUT(builder->arena, section, 0, 0, sorting->postings[sorting->points]);
}

static void note_bound(struct index_builder *builder, struct built_bounds *bounds, uint32_t text)
{
    if (text != 0)
        VEC_PUSH(builder->scratch, bounds, (struct built_bound){ text, VERSION_GENERIC });
}

/* The ranges of one product, with their bounds. */
static void put_ranges(struct sorting *sorting, size_t first, size_t end)
{
    struct index_builder *builder = sorting->builder;
    struct built_bounds bounds = { 0 };

    for (size_t i = first; i < end; i++) {
        const struct built_criterion *criterion = &builder->criteria.at[sorting->criteria[i]];

        note_bound(builder, &bounds, criterion->from);
        note_bound(builder, &bounds, criterion->to);
    }
    build_bounds(builder, &bounds, &sorting->out->at[SECTION_BOUNDS]);
    for (size_t i = first; i < end; i++) {
        const struct built_criterion *criterion = &builder->criteria.at[sorting->criteria[i]];

        SECTION_PUT(builder->arena, &sorting->out->at[SECTION_RANGES], criterion->version,
                    criterion->tail,
                    build_bound_place(builder, &bounds, criterion->from, VERSION_GENERIC),
                    build_bound_place(builder, &bounds, criterion->to, VERSION_GENERIC),
                    flags_of(criterion), sorting->postings[i]);
    }
}

static size_t run_end(const struct sorting *sorting, size_t first, size_t end, uint32_t product)
{
    while (first < end &&
           sorting->builder->criteria.at[sorting->criteria[first]].product == product)
        first++;
    return first;
}

static void put_products(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;
    struct section *rows = &sorting->out->at[SECTION_PRODUCTS];
    size_t point = 0, range = sorting->points;

    for (uint32_t i = 0; i < builder->products.len; i++) {
        uint32_t product = sorting->products[i];
        size_t end = run_end(sorting, range, sorting->count, product);

        SECTION_PUT(builder->arena, rows,
                    pool_add(&builder->texts, pool_text(&builder->product_names, product)),
                    (uint32_t)point, (uint32_t)(range - sorting->points),
                    (uint32_t)(sorting->out->at[SECTION_BOUNDS].len / 3));
        if (builder->products.at[product].is_wild)
            SECTION_PUT(builder->arena, &sorting->out->at[SECTION_WILD], i);
        arena_reset(builder->scratch);
        put_ranges(sorting, range, end);
        point = run_end(sorting, point, sorting->points, product);
        range = end;
    }
    SECTION_PUT(builder->arena, rows, 0, (uint32_t)point, (uint32_t)(range - sorting->points),
                (uint32_t)(sorting->out->at[SECTION_BOUNDS].len / 3));
    SECTION_PUT(builder->arena, &sorting->out->at[SECTION_RANGES], 0, 0, 0, 0, 0,
                sorting->postings[sorting->count]);
}

static void put_configurations(struct sorting *sorting)
{
    struct index_builder *builder = sorting->builder;
    struct section *trees = &sorting->out->at[SECTION_TREES];

    for (size_t i = 0; i < builder->configurations.len; i++)
        SECTION_PUT(builder->arena, &sorting->out->at[SECTION_CONFIGURATIONS],
                    builder->configurations.at[i].record, builder->configurations.at[i].tree);
    SECTION_PUT(builder->arena, &sorting->out->at[SECTION_CONFIGURATIONS], 0,
                (uint32_t)builder->trees.len);
    for (size_t i = 0; i < builder->trees.len; i++) {
        uint32_t word = builder->trees.at[i];

        if (word & TREE_LEAF && (word & TREE_CRITERION) != TREE_CRITERION)
            word = (word & ~TREE_CRITERION) | sorting->criterion_rank[word & TREE_CRITERION];
        VEC_PUSH(builder->arena, trees, word);
    }
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
    struct sorting sorting = { .builder = builder, .out = out };

    sort_products(&sorting);
    sort_criteria(&sorting);
    put_postings(&sorting);
    put_points(&sorting);
    put_products(&sorting);
    put_configurations(&sorting);
    build_slots(builder->arena, builder->products.len, hash_of_row, &sorting,
                &out->at[SECTION_PRODUCT_SLOTS]);
}
