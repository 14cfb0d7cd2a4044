/* faces/portal/catalog/names.h: what vendors and products are called in the reader's language. */
#pragma once
#include "base/tr.h"
#include "domain/catalog/product.h"

static inline struct str name_in(enum lang lang, struct str ja, struct str en, struct str otherwise)
{
    struct str own = lang == LANG_JA ? ja : en, other = lang == LANG_JA ? en : ja;

    return own.len > 0 ? own : other.len > 0 ? other : otherwise;
}
/* A word of a CPE name as it can be read: "http_server" is "http server". Lives in arena. */
struct str key_words(struct str key, struct arena *arena);

/* The dictionary calls what nobody named by its key. */
static inline bool vendor_is_named(const struct catalog_vendor *vendor)
{
    return !str_eq(name_in(LANG_EN, vendor->name_ja, vendor->name_en, vendor->key), vendor->key);
}
static inline bool product_is_named(const struct catalog_product *product)
{
    return !str_eq(name_in(LANG_EN, product->name_ja, product->name_en, product->key),
                   product->key);
}
static inline struct str vendor_name(const struct catalog_vendor *vendor, enum lang lang,
                                     struct arena *arena)
{
    return vendor_is_named(vendor) ? name_in(lang, vendor->name_ja, vendor->name_en, STR_NONE)
                                   : key_words(vendor->key, arena);
}
static inline struct str product_name(const struct catalog_product *product, enum lang lang,
                                      struct arena *arena)
{
    if (product_is_named(product))
        return name_in(lang, product->name_ja, product->name_en, STR_NONE);
    return product->cpe.len > 0 ? key_words(product->key, arena) : product->key;
}
