#include "base/err.h"
#include "domain/catalog/parts.h"
#include "domain/catalog/search.sql.h"
#include "domain/catalog/search_internal.h"
#include "formats/json/json.h"
#include "store/store.h"

/* Entries by how many of some products they are about. */

enum {
    ESCAPED = 6, /* bytes of one, at most */
    AROUND = 4,
    TOUCHED_MAX = 64 /* entries that are about more of them are alike */
};

static struct str list_of(const struct catalog_strings *keys, struct arena *arena)
{
    size_t room = AROUND;
    struct json_writer w;
    struct buf buf;

    for (size_t i = 0; i < keys->len; i++)
        room += keys->at[i].len * ESCAPED + AROUND;
    buf = buf_new(arena, room);
    w = json_writer_new(&buf, false);
    json_array_begin(&w);
    for (size_t i = 0; i < keys->len; i++)
        json_put_text(&w, keys->at[i]);
    json_array_end(&w);
    return buf_str(&buf);
}

bool touching_of(struct tx *tx, const struct catalog_strings *keys, struct arena *arena,
                 struct touching *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct {
        VEC_OF(int64_t);
    } ids = { 0 };
    int64_t most = 0;
    int there;

    if (!store_select(tx, &sql_products_of_keys, BINDS(bind_text("keys", list_of(keys, arena))),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        int64_t id = row_int(rows, "id");

        if (id <= 0 || id > INT32_MAX)
            continue;
        VEC_PUSH(arena, &ids, id);
        most = id > most ? id : most;
    }
    if (there < 0)
        return PASS(err);
    out->products = bits_new(arena, (size_t)most + 1);
    for (size_t i = 0; i < ids.len; i++)
        bits_set(out->products, (size_t)ids.at[i]);
    return true;
}

int touching_count(const struct touching *touching, const struct columns *columns, size_t doc)
{
    const uint32_t *at = columns_parts(columns, &columns->docs[doc]), *end;
    int count = 0;

    for (int kind = PART_VENDOR; kind < PART_PRODUCT; kind++)
        at += 1 + *at;
    end = at + 1 + *at;
    for (at++; at < end && count < TOUCHED_MAX; at++)
        count += *at < touching->products.count && bits_has(touching->products, *at);
    return count;
}

void touching_first(const struct touching *touching, const struct columns *columns,
                    enum search_order order, struct bits of, size_t most, struct arena *arena,
                    struct docs *out)
{
    struct bits by[TOUCHED_MAX + 1] = { 0 };

    for (size_t doc = columns->count; bits_before(of, doc, &doc);) {
        int count = touching_count(touching, columns, doc);

        if (!by[count].at)
            by[count] = bits_new(arena, columns->count);
        bits_set(by[count], doc);
    }
    for (int count = TOUCHED_MAX; count >= 0 && out->len < most; count--)
        if (by[count].at)
            columns_first(columns, order, by[count], most, arena, out);
}
