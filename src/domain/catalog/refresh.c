#include "domain/catalog/refresh.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/catalog/compose.h"
#include "domain/catalog/dictionary.h"
#include "domain/catalog/pairs.h"
#include "domain/catalog/parts.h"
#include "domain/catalog/refresh.sql.h"
#include "domain/catalog/wording.h"
#include "domain/catalog/words.h"

enum { TEXT_ROOM = 64 << 20 };

/* What goes into the index and into the row's parts. */
struct entry_parts {
    struct {
        VEC_OF(int64_t);
    } vendors, products;
    struct buf words, tags, bytes;
};

static bool read_base(struct catalog_batch *batch, int64_t id, struct arena *arena,
                      struct catalog_entry *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(batch->tx, &sql_entry_base, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("entry"), err))
        return PASS(err);
    out->name = row_text(rows, "name");
    out->number = row_text(rows, "number");
    out->is_kev = row_int(rows, "is_kev") != 0;
    out->is_embedded = row_int(rows, "is_embedded") != 0;
    out->is_standard = row_int(rows, "is_standard") != 0;
    out->epss = (int)row_int(rows, "epss");
    return true;
}

static bool drop(struct catalog_batch *batch, int64_t id, struct err *err)
{
    batch->has_dropped = true;
    return store_exec(batch->tx, &sql_products_clear, BINDS(bind_int("id", id)), NULL, err) &&
                   store_exec(batch->tx, &sql_entry_drop, BINDS(bind_int("id", id)), NULL, err)
               ? true
               : PASS(err);
}

/* Vendors of products stand together only by chance; there are few. */
static void add_vendor(struct entry_parts *parts, int64_t vendor, struct arena *arena)
{
    for (size_t i = 0; i < parts->vendors.len; i++)
        if (parts->vendors.at[i] == vendor)
            return;
    VEC_PUSH(arena, &parts->vendors, vendor);
    tag_add(&parts->tags, TAG_VENDOR, vendor);
}

static bool put_products(struct catalog_batch *batch, int64_t id, const struct composed *composed,
                         bool and_link, struct entry_parts *parts, struct arena *arena,
                         struct err *err)
{
    for (size_t i = 0; i < composed->products.len; i++) {
        struct dictionary_place place;

        if (!dictionary_put(batch->dictionary, &composed->products.at[i], arena, &place, err) ||
            (and_link && !pairs_add(batch->touching, place.product, id, err)))
            return PASS(err);
        add_vendor(parts, place.vendor, arena);
        VEC_PUSH(arena, &parts->products, place.product);
        tag_add(&parts->tags, TAG_PRODUCT, place.product);
        buf_add(&parts->words, place.words);
        buf_byte(&parts->words, ' ');
    }
    return true;
}

static void add_facts(const struct composed *composed, struct entry_parts *parts)
{
    const struct catalog_entry *entry = &composed->entry;

    for (size_t i = 0; i < composed->weaknesses.len; i++)
        tag_add(&parts->tags, TAG_WEAKNESS, composed->weaknesses.at[i]);
    for (unsigned i = 0; i < CATALOG_SOURCES; i++)
        if (entry->sources >> i & 1)
            tag_add(&parts->tags, TAG_SOURCE, i);
    tag_add(&parts->tags, TAG_SEVERITY, entry->severity);
    tag_add(&parts->tags, TAG_JAPANESE, entry->has_ja);
    if (entry->published.ms > 0)
        tag_add(&parts->tags, TAG_YEAR, utc_to_jst(entry->published).year);
}

static bool put_row(struct catalog_batch *batch, const struct catalog_entry *entry, int64_t doc,
                    enum refresh kind, struct str parts, struct err *err)
{
    if (kind == REFRESH_WORDS)
        return store_exec(batch->tx, &sql_entry_number_doc,
                          BINDS(bind_int("doc", doc), bind_int("id", entry->id)), NULL, err)
                   ? true
                   : PASS(err);
    return store_exec(
               batch->tx, kind == REFRESH_NEW ? &sql_entry_make : &sql_entry_set,
               BINDS(bind_text("name", entry->name), bind_some("number", entry->number),
                     bind_text("title_ja", entry->title_ja), bind_text("title_en", entry->title_en),
                     bind_int("sources", entry->sources), bind_int("state", entry->state),
                     bind_int("disputed", entry->is_disputed), bind_int("tenths", entry->tenths),
                     bind_text("version", entry->score_version),
                     bind_int("severity", entry->severity),
                     bind_int("published", entry->published.ms),
                     bind_int("modified", entry->modified.ms), bind_int("taken", entry->taken.ms),
                     bind_int("has_ja", entry->has_ja), bind_int("kev", entry->is_kev),
                     bind_int("embedded", entry->is_embedded),
                     bind_int("standard", entry->is_standard), bind_int("epss", entry->epss),
                     bind_int("doc", doc), bind_blob("parts", parts), bind_int("id", entry->id)),
               NULL, err)
               ? true
               : PASS(err);
}

static bool put_words(struct catalog_batch *batch, const struct worded *worded, struct wording *all,
                      struct arena *arena, struct err *err)
{
    struct str texts[WORDED_COLUMNS];

    if (all)
        return wording_add(all, worded, err) ? true : PASS(err);
    worded_texts(worded, batch->characters, arena, texts);
    return store_exec(batch->tx, &sql_words_put,
                      BINDS(bind_int("doc", worded->doc), bind_text("names", texts[WORDED_NAMES]),
                            bind_text("titles", texts[WORDED_TITLES]),
                            bind_text("texts", texts[WORDED_TEXTS]),
                            bind_text("products", texts[WORDED_PRODUCTS]),
                            bind_text("tags", texts[WORDED_TAGS])),
                      NULL, err)
               ? true
               : PASS(err);
}

/* Products are linked again only where they may have changed. */
static bool link_products(struct catalog_batch *batch, int64_t id, enum refresh kind,
                          const struct composed *composed, struct entry_parts *parts,
                          struct arena *arena, struct err *err)
{
    if (kind == REFRESH_CHANGED &&
        !store_exec(batch->tx, &sql_products_clear, BINDS(bind_int("id", id)), NULL, err))
        return PASS(err);
    if (!put_products(batch, id, composed, kind != REFRESH_WORDS, parts, arena, err))
        return PASS(err);
    parts_write(&parts->bytes, parts->vendors.at, parts->vendors.len);
    parts_write(&parts->bytes, parts->products.at, parts->products.len);
    parts_write(&parts->bytes, composed->weaknesses.at, composed->weaknesses.len);
    return true;
}

bool refresh_entry(struct catalog_batch *batch, int64_t id, const struct catalog_tellings *told,
                   int64_t doc, enum refresh kind, struct wording *all, struct arena *arena,
                   struct err *err)
{
    struct catalog_entry base = { .epss = -1 };
    struct composed composed;
    struct entry_parts parts = { .words = buf_new(arena, TEXT_ROOM),
                                 .tags = buf_new(arena, TEXT_ROOM),
                                 .bytes = buf_new(arena, TEXT_ROOM) };

    if (told->len == 0)
        return drop(batch, id, err) ? true : PASS(err);
    /* What is new has nothing yet beside its records. */
    if (kind == REFRESH_NEW)
        base.name = compose_key(&told->at[0].record);
    else if (!read_base(batch, id, arena, &base, err))
        return PASS(err);
    compose(base.name, told, arena, &composed);
    if (base.number.len > 0)
        VEC_PUSH(arena, &composed.names, base.number);
    composed.entry.id = id;
    composed.entry.number = base.number;
    composed.entry.is_kev = base.is_kev;
    composed.entry.is_embedded = base.is_embedded;
    composed.entry.is_standard = base.is_standard;
    composed.entry.epss = base.epss;
    composed.entry.taken = batch->now;
    add_facts(&composed, &parts);
    return link_products(batch, id, kind, &composed, &parts, arena, err) &&
                   put_row(batch, &composed.entry, doc, kind, buf_str(&parts.bytes), err) &&
                   put_words(batch,
                             &(struct worded){ doc, composed, *told, buf_str(&parts.words),
                                               buf_str(&parts.tags) },
                             all, arena, err)
               ? true
               : PASS(err);
}
