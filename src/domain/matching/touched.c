#include "domain/matching/touched.h"

#include <stdlib.h>

#include "domain/matching/criterion.h"
#include "domain/matching/direct.h"
#include "domain/matching/pool.h"

/* Keys that both sides write in the same way: a package, a product, vendor and product in words. Only inventories that share one with the record are
 * asked, each by the direct evaluation. */
struct touch_index {
    struct arena *arena;
    size_t count;
    struct question *questions; /* of each inventory */
    struct pool keys;
    struct {
        VEC_OF(struct key_list);
    } lists; /* of each key */
};
struct key_list {
    VEC_OF(uint32_t); /* inventories, ascending */
};
#define TOUCH_MEMORY ((size_t)1 << 34)

static struct str package_key(const struct package *package, struct arena *arena)
{
    return arena_printf(arena, "p%.*s\n%.*s", STR_ARG(package->ecosystem), STR_ARG(package->name));
}

static struct str product_key(const struct cpe *cpe, struct arena *arena)
{
    return arena_printf(arena, "c%.*s", STR_ARG(criterion_product(cpe, arena)));
}

static struct str words_key(struct str vendor, struct str product, struct arena *arena)
{
    return arena_printf(arena, "w%.*s:%.*s", STR_ARG(vendor), STR_ARG(product));
}

/* Under this key every inventory that holds any name stands: for criteria whose product stands for many. */
#define ANY_NAME STR("*")

static void enter(struct touch_index *index, struct str key, uint32_t inventory)
{
    uint32_t number = pool_number(&index->keys, key);
    struct key_list *list;

    if (number == index->lists.len)
        VEC_PUSH(index->arena, &index->lists, (struct key_list){ 0 });
    list = &index->lists.at[number];
    if (list->len == 0 || list->at[list->len - 1] != inventory)
        VEC_PUSH(index->arena, list, inventory);
}

struct touch_index *touch_index_new(const struct inventory *inventories, size_t count)
{
    struct arena *arena = arena_new(TOUCH_MEMORY);
    struct touch_index *index = ARENA_NEW(arena, struct touch_index);

    index->arena = arena;
    index->count = count;
    index->questions = ARENA_NEW_N(index->arena, count + 1, struct question);
    for (uint32_t i = 0; i < count; i++) {
        struct question *question = &index->questions[i];

        question_of(&inventories[i], index->arena, question);
        for (size_t n = 0; n < question->packages.len; n++)
            enter(index, package_key(&question->packages.at[n].package, index->arena), i);
        for (size_t n = 0; n < question->names.len; n++) {
            const struct cpe *cpe = &question->names.at[n].cpe;

            enter(index, product_key(cpe, index->arena), i);
            enter(index, words_key(cpe->field[CPE_VENDOR], cpe->field[CPE_PRODUCT], index->arena),
                  i);
            enter(index, ANY_NAME, i);
        }
    }
    return index;
}

void touch_index_free(struct touch_index *index)
{
    if (!index)
        return;
    pool_done(&index->keys);
    arena_free(index->arena); /* itself too */
}

/* ---- asking ---- */

struct asking {
    const struct touch_index *index;
    struct arena *arena;
    bool *is_wanted; /* of each inventory */
};

static void want(struct asking *asking, struct str key)
{
    uint32_t number;

    if (!pool_find(&asking->index->keys, key, &number))
        return;
    for (size_t i = 0; i < asking->index->lists.at[number].len; i++)
        asking->is_wanted[asking->index->lists.at[number].at[i]] = true;
}

static void want_entries(struct asking *asking, const struct direct_record *record)
{
    for (size_t i = 0; i < record->record->affected.len; i++) {
        if (!str_is_empty(record->packages[i].name))
            want(asking, package_key(&record->packages[i], asking->arena));
        if (!str_is_empty(record->vendors[i]) && !str_is_empty(record->products[i]))
            want(asking, words_key(record->vendors[i], record->products[i], asking->arena));
    }
}

static void want_criteria(struct asking *asking, const struct configuration *configuration,
                          const struct prepared_criterion **next)
{
    for (size_t i = 0; i < configuration->criteria.len; i++, ++*next) {
        if (!(*next)->joined.is_vulnerable || str_is_empty((*next)->cpe.field[CPE_PART]))
            continue;
        want(asking, criterion_is_wild(&(*next)->cpe) ? ANY_NAME
                                                      : product_key(&(*next)->cpe, asking->arena));
    }
    for (size_t i = 0; i < configuration->nodes.len; i++)
        want_criteria(asking, &configuration->nodes.at[i], next);
}

/* The strongest statement about each component. */
static void tell(const struct statements *statements, size_t inventory, struct arena *arena,
                 struct touched_list *out)
{
    for (size_t i = 0; i < statements->len; i++) {
        const struct statement *statement = &statements->at[i];
        struct touched *last = out->len > 0 ? &out->at[out->len - 1] : NULL;

        if (!statement->is_affected)
            continue;
        if (!last || last->inventory != inventory || last->component != statement->component) {
            VEC_PUSH(arena, out,
                     (struct touched){ inventory, statement->component, statement->kind,
                                       statement->confidence });
            continue;
        }
        if (statement->kind < last->kind)
            last->kind = statement->kind;
        if (statement->confidence > last->confidence)
            last->confidence = statement->confidence;
    }
}

void matching_touched(const struct touch_index *index, const struct catalog_record *record,
                      bool unknown, struct arena *arena, struct touched_list *out)
{
    struct direct_record prepared = direct_prepare(record, arena);
    struct asking asking = { index, arena, ARENA_NEW_N(arena, index->count + 1, bool) };
    const struct prepared_criterion *next = prepared.criteria;

    *out = (struct touched_list){ 0 };
    want_entries(&asking, &prepared);
    for (size_t i = 0; i < record->configurations.len; i++)
        want_criteria(&asking, &record->configurations.at[i], &next);
    for (size_t i = 0; i < index->count; i++) {
        struct statements statements = { 0 };

        if (!asking.is_wanted[i])
            continue;
        direct_statements(&prepared, 0, &index->questions[i], unknown, arena, &statements);
        statements_choose(&statements);
        tell(&statements, i, arena, out);
    }
}
