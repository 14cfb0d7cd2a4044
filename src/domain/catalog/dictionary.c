#include "domain/catalog/dictionary.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "domain/catalog/dictionary.sql.h"

/* What was asked for once is remembered: imports ask for the same few products again and again. */
struct slot {
    struct str key; /* vendor, a line's end, product; of a vendor alone: the vendor */
    int64_t id;
    struct str words;
};
struct dictionary {
    struct tx *tx;
    struct arena *arena;
    size_t count, room; /* a power of two */
    struct slot *slots;
};

enum { ROOM = 1 << 12, ARENA = 1 << 30 };

struct dictionary *dictionary_new(struct tx *tx)
{
    struct arena *arena = arena_new(ARENA);
    struct dictionary *dictionary = ARENA_NEW(arena, struct dictionary);

    *dictionary = (struct dictionary){
        .tx = tx, .arena = arena, .room = ROOM, .slots = ARENA_NEW_N(arena, ROOM, struct slot)
    };
    return dictionary;
}

void dictionary_free(struct dictionary *dictionary)
{
    if (dictionary)
        arena_free(dictionary->arena);
}

/* FNV-1a: keys are short. */
static struct slot *slot_of(struct slot *slots, size_t room, struct str key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    size_t at;

    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.ptr[i]) * UINT64_C(0x100000001b3);
    for (at = hash & (room - 1); slots[at].id && !str_eq(slots[at].key, key);)
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static void grow(struct dictionary *dictionary)
{
    size_t room = dictionary->room * 2;
    struct slot *slots = ARENA_NEW_N(dictionary->arena, room, struct slot);

    for (size_t i = 0; i < dictionary->room; i++)
        if (dictionary->slots[i].id)
            *slot_of(slots, room, dictionary->slots[i].key) = dictionary->slots[i];
    dictionary->slots = slots;
    dictionary->room = room;
}

static const struct slot *remember(struct dictionary *dictionary, struct str key, int64_t id,
                                   struct str words)
{
    struct slot *slot;

    if (dictionary->count * 2 > dictionary->room)
        grow(dictionary);
    slot = slot_of(dictionary->slots, dictionary->room, key);
    *slot =
        (struct slot){ arena_str(dictionary->arena, key), id, arena_str(dictionary->arena, words) };
    dictionary->count++;
    return slot;
}

/* What it is looked up by: its key and its names. */
static struct str folded(struct str key, struct str ja, struct str en, struct arena *arena)
{
    return fold(arena,
                arena_printf(arena, "%.*s %.*s %.*s", STR_ARG(key), STR_ARG(ja), STR_ARG(en)));
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
                       struct arena *arena, const struct slot **out, struct err *err)
{
    struct slot *slot = slot_of(dictionary->slots, dictionary->room, product->vendor);
    struct str words = STR_NONE;
    int64_t id;

    *out = slot;
    if (slot->id)
        return true;
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
    *out = remember(dictionary, product->vendor, id, words);
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

bool dictionary_put(struct dictionary *dictionary, const struct composed_product *product,
                    struct arena *arena, struct dictionary_place *out, struct err *err)
{
    struct str key = arena_printf(arena, "%.*s\n%.*s", STR_ARG(product->vendor),
                                  STR_ARG(product->key)),
               words = STR_NONE;
    const struct slot *vendor, *slot;
    int64_t id;

    if (!put_vendor(dictionary, product, arena, &vendor, err))
        return PASS(err);
    out->vendor = vendor->id;
    words = vendor->words;
    slot = slot_of(dictionary->slots, dictionary->room, key);
    if (!slot->id) {
        struct str own = STR_NONE;

        if (!find(dictionary, &sql_product_place,
                  BINDS(bind_int("vendor", out->vendor), bind_text("key", product->key)),
                  product->key, arena, &id, &own, err) ||
            (!id && !add_product(dictionary, product, out->vendor, arena, &id, &own, err)))
            return PASS(err);
        slot = remember(dictionary, key, id,
                        arena_printf(arena, "%.*s %.*s", STR_ARG(words), STR_ARG(own)));
    }
    out->product = slot->id;
    out->words = slot->words;
    return true;
}
