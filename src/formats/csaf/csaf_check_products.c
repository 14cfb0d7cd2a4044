/* Tests 6.1.1 to 6.1.6, 6.1.13, 6.1.25 and 6.1.31: what the product tree defines and who refers to it. */
#include "base/err.h"
#include "formats/csaf/csaf_check_internal.h"
#include "formats/purl/purl.h"

static struct json tree(struct check *check) { return json_get(check->document, "product_tree"); }

static void walk_branches(struct walk *walk, struct json branches, const struct place *place)
{
    for (struct each e = each(branches); each_next(&e);) {
        const struct place *at = AT_NTH(place, e.index);

        if (json_kind(json_get(e.value, "product")) == JSON_OBJECT)
            walk->product(walk, json_get(e.value, "product"), AT(at, "product"));
        walk_branches(walk, json_get(e.value, "branches"), AT(at, "branches"));
    }
}

void walk_products(struct walk *walk, visit *product)
{
    const struct place *at = AT(NULL, "product_tree");

    walk->product = product;
    walk_branches(walk, json_get(tree(walk->check), "branches"), AT(at, "branches"));
    for (struct each e = each(json_get(tree(walk->check), "full_product_names")); each_next(&e);)
        product(walk, e.value, AT_NTH(AT(at, "full_product_names"), e.index));
    for (struct each e = each(json_get(tree(walk->check), "relationships")); each_next(&e);)
        product(walk, json_get(e.value, "full_product_name"),
                AT(AT_NTH(AT(at, "relationships"), e.index), "full_product_name"));
}

static void collect_product(struct walk *walk, struct json product, const struct place *place)
{
    struct str id = json_text(json_get(product, "product_id"));

    (void)place;
    if (id.ptr)
        VEC_PUSH(walk->check->arena, &walk->products, (struct item){ .id = id });
}

static bool is_double(const struct items *items, struct str id)
{
    const struct item *first = items_find(items, id);

    return first && first + 1 < items->at + items->len && str_eq(first[1].id, id);
}

static void test_double_product(struct walk *walk, struct json product, const struct place *place)
{
    struct str id = json_text(json_get(product, "product_id"));

    if (id.ptr && is_double(&walk->products, id))
        found(walk->check, "6.1.2", AT(place, "product_id"),
              N_("This product ID is defined more than once."));
}

static void collect_groups(struct walk *walk)
{
    for (struct each e = each(json_get(tree(walk->check), "product_groups")); each_next(&e);) {
        struct str id = json_text(json_get(e.value, "group_id"));

        if (id.ptr)
            VEC_PUSH(walk->check->arena, &walk->groups, (struct item){ .id = id });
    }
    items_sort(&walk->groups);
}

static void test_double_groups(struct walk *walk)
{
    const struct place *at = AT(AT(NULL, "product_tree"), "product_groups");

    for (struct each e = each(json_get(tree(walk->check), "product_groups")); each_next(&e);) {
        struct str id = json_text(json_get(e.value, "group_id"));

        if (id.ptr && is_double(&walk->groups, id))
            found(walk->check, "6.1.5", AT(AT_NTH(at, e.index), "group_id"),
                  N_("This group ID is defined more than once."));
    }
}

static void test_product_reference(struct walk *walk, struct json id, const struct place *place)
{
    if (json_kind(id) == JSON_TEXT && !items_find(&walk->products, json_text(id)))
        found(walk->check, "6.1.1", place,
              N_("This product ID is not defined in the product tree."));
}

static void test_group_reference(struct walk *walk, struct json id, const struct place *place)
{
    if (json_kind(id) == JSON_TEXT && !items_find(&walk->groups, json_text(id)))
        found(walk->check, "6.1.4", place, N_("This group ID is not defined in the product tree."));
}

static void walk_list(struct walk *walk, struct json owner, const char *key,
                      const struct place *place, visit *reference)
{
    for (struct each e = each(json_get(owner, key)); each_next(&e);)
        reference(walk, e.value, AT_NTH(AT(place, key), e.index));
}

/* product_ids and group_ids of the elements of flags, remediations and threats. */
static void walk_owners(struct walk *walk, struct json vulnerability, const char *key,
                        const struct place *place)
{
    for (struct each e = each(json_get(vulnerability, key)); each_next(&e);) {
        const struct place *at = AT_NTH(AT(place, key), e.index);

        walk_list(walk, e.value, "product_ids", at, walk->product_id);
        walk_list(walk, e.value, "group_ids", at, walk->group_id);
    }
}

static const char *const statuses[] = { "first_affected",      "known_affected", "last_affected",
                                        "known_not_affected",  "first_fixed",    "fixed",
                                        "under_investigation", "recommended" };

static void walk_vulnerability(struct walk *walk, struct json vulnerability,
                               const struct place *place)
{
    struct json status = json_get(vulnerability, "product_status");

    for (size_t i = 0; i < COUNT(statuses); i++)
        walk_list(walk, status, statuses[i], AT(place, "product_status"), walk->product_id);
    for (struct each e = each(json_get(vulnerability, "scores")); each_next(&e);)
        walk_list(walk, e.value, "products", AT_NTH(AT(place, "scores"), e.index),
                  walk->product_id);
    walk_owners(walk, vulnerability, "flags", place);
    walk_owners(walk, vulnerability, "remediations", place);
    walk_owners(walk, vulnerability, "threats", place);
}

void walk_references(struct walk *walk, visit *product_id, visit *group_id)
{
    const struct place *at = AT(NULL, "product_tree");

    walk->product_id = product_id;
    walk->group_id = group_id;
    for (struct each e = each(json_get(tree(walk->check), "product_groups")); each_next(&e);)
        walk_list(walk, e.value, "product_ids", AT_NTH(AT(at, "product_groups"), e.index),
                  product_id);
    for (struct each e = each(json_get(tree(walk->check), "relationships")); each_next(&e);) {
        const struct place *here = AT_NTH(AT(at, "relationships"), e.index);

        product_id(walk, json_get(e.value, "product_reference"), AT(here, "product_reference"));
        product_id(walk, json_get(e.value, "relates_to_product_reference"),
                   AT(here, "relates_to_product_reference"));
    }
    for (struct each e = each(json_get(walk->check->document, "vulnerabilities")); each_next(&e);)
        walk_vulnerability(walk, e.value, AT_NTH(AT(NULL, "vulnerabilities"), e.index));
}

/* 6.1.3: a relationship's product must not, over any number of steps, be made of itself. Depth first, with a stack of
 * our own: a document may chain as many relationships as it likes. */
struct node {
    struct str id, part[2];
    int state; /* 0: not seen, 1: on the way, 2: done */
    int next;  /* part to follow next */
};

static void visit_node(struct check *check, struct node *nodes, const struct items *by_id,
                       size_t start, size_t *stack)
{
    static const char *const keys[] = { "product_reference", "relates_to_product_reference" };
    size_t depth = 0;

    nodes[start].state = 1;
    stack[depth++] = start;
    while (depth > 0) {
        struct node *node = &nodes[stack[depth - 1]];
        const struct item *to;
        int part = node->next++;

        if (part == 2) {
            node->state = 2;
            depth--;
            continue;
        }
        to = items_find(by_id, node->part[part]);
        if (to && nodes[to->index].state == 1)
            found(check, "6.1.3",
                  AT(AT_NTH(AT(AT(NULL, "product_tree"), "relationships"), (size_t)(node - nodes)),
                     keys[part]),
                  N_("This product is made of itself."));
        if (to && nodes[to->index].state == 0) {
            nodes[to->index].state = 1;
            stack[depth++] = to->index;
        }
    }
}

static void test_circles(struct check *check)
{
    struct json relationships = json_get(tree(check), "relationships");
    size_t count = json_count(relationships);
    struct node *nodes = ARENA_NEW_N(check->arena, count, struct node);
    size_t *stack = ARENA_NEW_N(check->arena, count, size_t);
    struct items by_id = { 0 };

    for (struct each e = each(relationships); each_next(&e);) {
        nodes[e.index].id =
            json_text(json_get(json_get(e.value, "full_product_name"), "product_id"));
        nodes[e.index].part[0] = json_text(json_get(e.value, "product_reference"));
        nodes[e.index].part[1] = json_text(json_get(e.value, "relates_to_product_reference"));
        if (nodes[e.index].id.ptr)
            VEC_PUSH(check->arena, &by_id, (struct item){ nodes[e.index].id, 0, e.index });
    }
    items_sort(&by_id);
    for (size_t i = 0; json_kind(relationships) == JSON_ARRAY && i < count; i++)
        if (nodes[i].state == 0)
            visit_node(check, nodes, &by_id, i, stack);
}

/* 6.1.6: affected, not affected, fixed and under investigation contradict each other; recommended goes with any. */
static void test_contradictions(struct check *check, struct json vulnerability,
                                const struct place *place)
{
    static const int kinds[] = { 0, 0, 0, 1, 2, 2, 3 };
    struct items items = { 0 };

    for (size_t i = 0; i < COUNT(kinds); i++)
        for (struct each e = each(json_get(json_get(vulnerability, "product_status"), statuses[i]));
             each_next(&e);)
            if (json_kind(e.value) == JSON_TEXT)
                VEC_PUSH(check->arena, &items,
                         (struct item){ json_text(e.value), (int)i, e.index });
    items_sort(&items);
    for (size_t i = 1; i < items.len; i++)
        if (str_eq(items.at[i].id, items.at[i - 1].id) &&
            kinds[items.at[i].kind] != kinds[items.at[i - 1].kind])
            found(check, "6.1.6",
                  AT_NTH(AT(AT(place, "product_status"), statuses[items.at[i].kind]),
                         items.at[i].index),
                  N_("This product has two states that contradict each other."));
}

static bool is_purl(struct str s, struct arena *arena)
{
    struct err err = { 0 };
    struct purl purl;

    return purl_parse(s, arena, &purl, &err);
}

static void test_helper(struct walk *walk, struct json product, const struct place *place)
{
    struct json helper = json_get(product, "product_identification_helper"),
                purl = json_get(helper, "purl");
    const struct place *at = AT(place, "product_identification_helper");

    if (json_kind(purl) == JSON_TEXT && !is_purl(json_text(purl), walk->check->arena))
        found(walk->check, "6.1.13", AT(at, "purl"), N_("This is not a package URL."));
    for (struct each e = each(json_get(helper, "hashes")); each_next(&e);) {
        const struct place *here = AT(AT_NTH(AT(at, "hashes"), e.index), "file_hashes");
        struct items items = { 0 };

        for (struct each h = each(json_get(e.value, "file_hashes")); each_next(&h);)
            if (json_kind(json_get(h.value, "algorithm")) == JSON_TEXT)
                VEC_PUSH(walk->check->arena, &items,
                         (struct item){ json_text(json_get(h.value, "algorithm")), 0, h.index });
        items_sort(&items);
        for (size_t i = 1; i < items.len; i++)
            if (str_eq(items.at[i].id, items.at[i - 1].id))
                found(walk->check, "6.1.25", AT(AT_NTH(here, items.at[i].index), "algorithm"),
                      N_("This hash algorithm stands twice for one file."));
    }
}

/* The words the standard deems sufficient, parted by spaces: by its own suite "after-eight" is the name of a version. */
static bool is_range(struct str name)
{
    static const char *const words[] = { "after", "all",   "before",  "earlier",
                                         "later", "prior", "versions" };
    struct str word;

    if (str_index(name, '<') < name.len || str_index(name, '>') < name.len)
        return true;
    while (str_split(&name, ' ', &word))
        for (size_t i = 0; i < COUNT(words); i++)
            if (str_eq_nocase(str_trim(word), str_from_z(words[i])))
                return true;
    return false;
}

static void test_version_names(struct check *check, struct json branches, const struct place *place)
{
    for (struct each e = each(branches); each_next(&e);) {
        const struct place *at = AT_NTH(place, e.index);

        if (str_eq(json_text(json_get(e.value, "category")), STR("product_version")) &&
            json_kind(json_get(e.value, "name")) == JSON_TEXT &&
            is_range(json_text(json_get(e.value, "name"))))
            found(check, "6.1.31", AT(at, "name"),
                  N_("A range of versions stands where a single version belongs."));
        test_version_names(check, json_get(e.value, "branches"), AT(at, "branches"));
    }
}

void check_products(struct check *check)
{
    struct walk walk = { .check = check };

    walk_products(&walk, collect_product);
    items_sort(&walk.products);
    collect_groups(&walk);
    walk_references(&walk, test_product_reference, test_group_reference);
    walk_products(&walk, test_double_product);
    test_circles(check);
    test_double_groups(&walk);
    for (struct each e = each(json_get(check->document, "vulnerabilities")); each_next(&e);)
        test_contradictions(check, e.value, AT_NTH(AT(NULL, "vulnerabilities"), e.index));
    walk_products(&walk, test_helper);
    test_version_names(check, json_get(tree(check), "branches"),
                       AT(AT(NULL, "product_tree"), "branches"));
}
