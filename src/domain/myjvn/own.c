#include "domain/myjvn/own.h"

#include "base/err.h"
#include "domain/catalog/entry.h"
#include "domain/catalog/to.h"
#include "domain/myjvn/own.sql.h"
#include "formats/archive/pack.h"

enum { PAGE = 200 };
#define ENTRY_MEMORY ((size_t)256 << 20)

static bool waiting(struct tx *tx, int64_t limit, struct arena *arena, struct myjvn_texts *out,
                    struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct myjvn_texts){ 0 };
    if (!store_select(tx, &sql_myjvn_own_waiting, BINDS(bind_int("limit", limit)), arena, &rows,
                      err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out, row_text(rows, "number"));
    return there == 0 ? true : PASS(err);
}

bool myjvn_own_waits(struct tx *tx, bool *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct myjvn_texts numbers;

    *out = false;
    if (!waiting(tx, 1, arena, &numbers, err))
        return PASS(err);
    *out = numbers.len > 0;
    return true;
}

/* When it came and when it changed is told of the entry here, as JVN tells it of its own. */
static bool tell(struct tx *tx, const struct catalog_entry *entry,
                 const struct catalog_record *whole, enum lang lang, struct packer *packer,
                 struct arena *arena, struct err *err)
{
    struct myjvn_told told = { .kind = TOLD_IN_DETAIL, .lang = lang };
    struct buf bytes = buf_new(arena, TOLD_MAX);
    enum catalog_change ignored;
    struct myjvn_row row;
    bool found;

    if (!myjvn_named(tx, entry->number, lang, arena, &row, &found, err))
        return PASS(err);
    catalog_to_vuldef(whole, lang, arena, &told.info);
    told.info.id = entry->number;
    told.info.first_published = found ? row.issued : entry->taken;
    told.info.last_updated = entry->taken;
    return myjvn_told_write(&told, &bytes, err) &&
                   myjvn_put_own(tx, &told, buf_str(&bytes), entry->id, packer, arena, &ignored,
                                 err)
               ? true
               : PASS(err);
}

static bool take(struct tx *tx, struct str number, struct packer *packer, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ENTRY_MEMORY);
    struct catalog_tellings tellings;
    struct catalog_record whole;
    struct catalog_entry entry;

    if (!catalog_entry_find(tx, number, arena, &entry, err) ||
        !catalog_entry_tellings(tx, entry.id, arena, &tellings, err))
        return PASS(err);
    whole = catalog_whole(&entry, &tellings, arena);
    return tell(tx, &entry, &whole, LANG_JA, packer, arena, err) &&
                   (entry.title_en.len == 0 ||
                    tell(tx, &entry, &whole, LANG_EN, packer, arena, err))
               ? true
               : PASS(err);
}

bool myjvn_take_own(struct tx *tx, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    struct myjvn_texts numbers;

    do {
        arena_reset(arena);
        if (!waiting(tx, PAGE, arena, &numbers, err))
            return PASS(err);
        for (size_t i = 0; i < numbers.len; i++)
            if (!take(tx, numbers.at[i], packer, err))
                return PASS(err);
    } while (numbers.len == PAGE);
    return true;
}
