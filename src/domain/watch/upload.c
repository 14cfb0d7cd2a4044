#include "domain/watch/upload.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/inventory/read.h"

enum { ANSWER_MAX = WATCH_PRODUCTS_MAX * (WATCH_KEY_MAX + 1) + 4096, FORMAT_MAX = 80 };

void watch_ask(struct str bytes, struct str file_name, struct buf *question)
{
    record_put(question, "what", STR(WATCH_QUESTION));
    record_put(question, "name", file_name);
    record_put(question, "bytes", bytes);
}

/* One a line, as people paste them. */
static struct str lines_of(const struct watch *watch, struct arena *arena)
{
    struct buf lines = buf_new(arena, ANSWER_MAX);

    for (size_t i = 0; i < watch->products.len; i++) {
        buf_add(&lines, watch->products.at[i]);
        buf_byte(&lines, '\n');
    }
    return buf_str(&lines);
}

bool watch_answer(struct str question, struct arena *arena, struct str *reply, struct err *err)
{
    struct buf answer = buf_new(arena, ANSWER_MAX);
    struct inventory inventory;
    struct watch watch = { 0 };
    int64_t unnamed = 0;
    struct err why = { 0 };

    if (!inventory_read(record_get(question, "bytes"), record_get(question, "name"), NULL, arena,
                        &inventory, err))
        return PASS(err);
    for (size_t i = 0; i < inventory.components.len && why.code == ERR_NONE; i++) {
        bool is_named;

        if (watch_add_component(&watch, &inventory.components.at[i], arena, &is_named, &why))
            unnamed += !is_named;
    }
    /* A full list is an answer, not a failure of the worker: whoever asked is told. */
    if (why.code != ERR_NONE)
        record_put_int(&answer, "is_full", 1);
    record_put(&answer, "format", str_take_code_points(inventory.format, FORMAT_MAX));
    record_put_int(&answer, "components", (int64_t)inventory.components.len);
    record_put_int(&answer, "unnamed", unnamed);
    record_put(&answer, "products", lines_of(&watch, arena));
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

bool watch_from_answer(struct str reply, struct arena *arena, struct watch_upload *out,
                       struct err *err)
{
    struct str wrong, products = record_get(reply, "products");

    *out = (struct watch_upload){ .format = arena_str(arena, record_get(reply, "format")),
                                  .components = record_get_int(reply, "components", -1),
                                  .unnamed = record_get_int(reply, "unnamed", -1) };
    if (!str_is_utf8(products) || !str_is_utf8(out->format) || !str_is_plain(out->format, false) ||
        out->format.len > FORMAT_MAX * 4 || out->components < 0 || out->unnamed < 0 ||
        out->unnamed > out->components ||
        !watch_keys_of_lines(products, arena, &out->keys, &wrong) ||
        out->keys.len > WATCH_PRODUCTS_MAX)
        return FAIL(err, WORKER, STR("its answer makes no sense"));
    return record_get_int(reply, "is_full", 0) == 0 ? true : FAIL(err, TOO_LARGE, STR("products"));
}
