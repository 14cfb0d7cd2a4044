#include "domain/catalog/dictionary.h"

#include "base/err.h"
#include "base/fold.h"
#include "domain/catalog/dictionary.sql.h"
#include "domain/catalog/keys.h"
#include "store/store.h"

/* What was asked for once is remembered: imports ask for the same few products again and again. A product's key is its vendor's, a line's end and its own. */
struct dictionary {
    struct tx *tx;
    struct arena *arena;
    struct keys known; /* more: its words */
};

enum { ARENA = 1 << 30 };

struct dictionary *dictionary_new(struct tx *tx)
{
    struct arena *arena = arena_new(ARENA);
    struct dictionary *dictionary = ARENA_NEW(arena, struct dictionary);

    *dictionary = (struct dictionary){ .tx = tx, .arena = arena, .known = keys_new(arena) };
    return dictionary;
}

void dictionary_free(struct dictionary *dictionary)
{
    if (dictionary)
        arena_free(dictionary->arena);
}

/* What it is looked up by: its key and its names. */
static struct str folded(struct str key, struct str ja, struct str en, struct arena *arena)
{
    return fold(arena, ARENA_JOIN(arena, key, STR(" "), ja, STR(" "), en));
}

/* The row that a query finds; *id stays 0 without one. */
static bool find(struct dictionary *dictionary, const struct query *query, const struct bind *binds,
                 size_t count, struct str key, struct arena *arena, int64_t *id, struct str *words,
                 struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *id = 0;
    if (!store_select(dictionary->tx, query, binds, count, arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there == 1) {
        *id = row_int(rows, "id");
        *words = folded(key, row_text(rows, "name_ja"), row_text(rows, "name_en"), arena);
    }
    return there >= 0 ? true : PASS(err);
}

static bool put_vendor(struct dictionary *dictionary, const struct composed_product *product,
                       struct arena *arena, struct key_slot *out, struct err *err)
{
    const struct key_slot *known = keys_find(&dictionary->known, product->vendor);
    struct str words = STR_NONE;
    int64_t id;

    if (known) {
        *out = *known;
        return true;
    }
    if (!find(dictionary, &sql_vendor_place, BINDS(bind_text("key", product->vendor)),
              product->vendor, arena, &id, &words, err))
        return PASS(err);
    if (!id) {
        words = folded(product->vendor, STR_NONE, product->vendor_name, arena);
        if (!store_insert(dictionary->tx, &sql_vendor_add,
                          BINDS(bind_text("key", product->vendor),
                                bind_text("name", product->vendor_name),
                                bind_text("folded", words)),
                          &id, err))
            return PASS(err);
    }
    *out = *keys_add(&dictionary->known, product->vendor, id, words);
    return true;
}

static bool add_product(struct dictionary *dictionary, const struct composed_product *product,
                        int64_t vendor, struct arena *arena, int64_t *id, struct str *words,
                        struct err *err)
{
    *words = folded(product->key, STR_NONE, product->name, arena);
    return store_insert(dictionary->tx, &sql_product_add,
                        BINDS(bind_int("vendor", vendor), bind_text("key", product->key),
                              bind_text("name", product->name), bind_text("folded", *words),
                              bind_text("cpe", product->cpe), bind_text("purl", product->purl)),
                        id, err)
               ? true
               : PASS(err);
}

/* By its key; what is named in words alone may have another one, from its CPE name. */
static bool find_product(struct dictionary *dictionary, const struct composed_product *product,
                         int64_t vendor, struct arena *arena, int64_t *id, struct str *words,
                         struct err *err)
{
    if (!find(dictionary, &sql_product_place,
              BINDS(bind_int("vendor", vendor), bind_text("key", product->key)), product->key,
              arena, id, words, err))
        return PASS(err);
    if (*id || product->cpe.len + product->purl.len > 0 || product->name.len == 0)
        return true;
    return find(dictionary, &sql_product_named,
                BINDS(bind_int("vendor", vendor), bind_text("name", product->name)), product->key,
                arena, id, words, err)
               ? true
               : PASS(err);
}

bool dictionary_put(struct dictionary *dictionary, const struct composed_product *product,
                    struct arena *arena, struct dictionary_place *out, struct err *err)
{
    struct str key = ARENA_JOIN(arena, product->vendor, STR("\n"), product->key);
    const struct key_slot *known;
    struct key_slot vendor;

    if (!put_vendor(dictionary, product, arena, &vendor, err))
        return PASS(err);
    known = keys_find(&dictionary->known, key);
    if (!known) {
        struct str words = STR_NONE;
        int64_t id;

        if (!find_product(dictionary, product, vendor.id, arena, &id, &words, err) ||
            (!id && !add_product(dictionary, product, vendor.id, arena, &id, &words, err)))
            return PASS(err);
        known =
            keys_add(&dictionary->known, key, id, ARENA_JOIN(arena, vendor.more, STR(" "), words));
    }
    *out = (struct dictionary_place){ vendor.id, known->id, known->more };
    return true;
}
