#include "domain/catalog/product.h"

#include "base/err.h"
#include "base/fold.h"
#include "domain/catalog/names.h"
#include "domain/catalog/product.sql.h"
#include "store/store.h"

static struct catalog_vendor vendor_from_row(struct rows *rows)
{
    return (struct catalog_vendor){ .id = row_int(rows, "id"),
                                    .key = row_text(rows, "key"),
                                    .name_ja = row_text(rows, "name_ja"),
                                    .name_en = row_text(rows, "name_en"),
                                    .jvn = row_int(rows, "jvn"),
                                    .products = row_int(rows, "products"),
                                    .entries = row_int(rows, "entries") };
}

static struct catalog_product product_from_row(struct rows *rows)
{
    return (struct catalog_product){ .id = row_int(rows, "id"),
                                     .vendor = row_int(rows, "vendor_id"),
                                     .vendor_key = row_text(rows, "vendor_key"),
                                     .key = row_text(rows, "key"),
                                     .name_ja = row_text(rows, "name_ja"),
                                     .name_en = row_text(rows, "name_en"),
                                     .cpe = row_text(rows, "cpe"),
                                     .purl = row_text(rows, "purl"),
                                     .jvn = row_int(rows, "jvn"),
                                     .entries = row_int(rows, "entries") };
}

/* One of its names is there: the key where nobody gave any. */
static struct catalog_vendor named_vendor(struct catalog_vendor vendor)
{
    if (vendor.name_ja.len == 0 && vendor.name_en.len == 0)
        vendor.name_en = vendor.key;
    return vendor;
}

static struct catalog_product named_product(struct catalog_product product)
{
    if (product.name_ja.len == 0 && product.name_en.len == 0)
        product.name_en = product.key;
    return product;
}

/* What is looked for in names: by their index, or a part too short for that in all of them. */
struct part {
    struct bind words, match, few;
};

static struct part part_of(struct str words, struct arena *arena)
{
    struct str folded = fold_part(fold(arena, words)), match = names_question(folded, arena);

    return (struct part){ bind_some("words", folded), bind_some("match", match),
                          bind_some("short", match.len > 0 ? STR_NONE : folded) };
}

bool catalog_vendors_list(struct tx *tx, struct str words, size_t offset, size_t limit,
                          struct arena *arena, struct catalog_vendors *out, int64_t *count,
                          struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct part part = part_of(words, arena);
    int there;

    *out = (struct catalog_vendors){ 0 };
    if (!store_number(tx, &sql_vendors_count, BINDS(part.match, part.few), 0, count, err) ||
        !store_select(tx, &sql_vendors_page,
                      BINDS(part.words, part.match, part.few, bind_int("limit", (int64_t)limit),
                            bind_int("offset", (int64_t)offset)),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out, named_vendor(vendor_from_row(rows)));
    return there == 0 ? true : PASS(err);
}

static bool read_products(struct rows *rows, struct arena *arena, struct catalog_products *out,
                          struct err *err)
{
    int there;

    *out = (struct catalog_products){ 0 };
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out, named_product(product_from_row(rows)));
    return there == 0 ? true : PASS(err);
}

bool catalog_products_list(struct tx *tx, int64_t vendor, struct str words, size_t offset,
                           size_t limit, struct arena *arena, struct catalog_products *out,
                           int64_t *count, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct bind of_vendor = bind_id("vendor", vendor);
    struct part part = part_of(words, arena);

    return store_number(tx, &sql_products_count, BINDS(part.match, part.few, of_vendor), 0, count,
                        err) &&
                   store_select(tx, &sql_products_page,
                                BINDS(part.words, part.match, part.few, of_vendor,
                                      bind_int("limit", (int64_t)limit),
                                      bind_int("offset", (int64_t)offset)),
                                arena, &rows, err) &&
                   read_products(rows, arena, out, err)
               ? true
               : PASS(err);
}

bool catalog_vendor_find(struct tx *tx, int64_t id, struct arena *arena, struct catalog_vendor *out,
                         struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_vendor_one, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("vendor"), err))
        return PASS(err);
    *out = named_vendor(vendor_from_row(rows));
    return true;
}

bool catalog_product_find(struct tx *tx, int64_t id, struct arena *arena,
                          struct catalog_product *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_product_one, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("product"), err))
        return PASS(err);
    *out = named_product(product_from_row(rows));
    return true;
}

bool catalog_product_by_key(struct tx *tx, struct str key, struct arena *arena,
                            struct catalog_product *out, bool *is_there, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    size_t colon = str_index(key, ':');
    int there;

    if (!store_select(tx, &sql_product_by_key,
                      BINDS(bind_text("vendor", str_take(key, colon)),
                            bind_text("product", str_drop(key, colon + 1))),
                      arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there == 1)
        *out = named_product(product_from_row(rows));
    *is_there = there == 1;
    return there >= 0 ? true : PASS(err);
}

bool catalog_entry_products(struct tx *tx, int64_t entry, struct arena *arena,
                            struct catalog_products *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    return store_select(tx, &sql_products_of_entry, BINDS(bind_int("id", entry)), arena, &rows,
                        err) &&
                   read_products(rows, arena, out, err)
               ? true
               : PASS(err);
}
