#include "domain/catalog/initial.h"

#include "base/err.h"
#include "domain/catalog/initial.sql.h"
#include "store/store.h"

/* Names are folded: hiragana alone, small letters. A latin group is of keys, a Japanese one of what follows a blank. */
static const struct {
    struct str name;
    const char *pattern;
} kana[] = {
    { STR_INIT("あ"), "* [ぁ-お]*" },   { STR_INIT("か"), "* [か-ご]*" },
    { STR_INIT("さ"), "* [さ-ぞ]*" },   { STR_INIT("た"), "* [た-ど]*" },
    { STR_INIT("な"), "* [な-の]*" },   { STR_INIT("は"), "* [は-ぽ]*" },
    { STR_INIT("ま"), "* [ま-も]*" },   { STR_INIT("や"), "* [ゃ-よ]*" },
    { STR_INIT("ら"), "* [ら-ろ]*" },   { STR_INIT("わ"), "* [ゎ-ん]*" },
    { STR_INIT("漢"), "* [㐀-鿿]*" },
};
static const char letters[] = "0abcdefghijklmnopqrstuvwxyz";
enum { LETTERS = sizeof letters - 1 };

struct str catalog_initial(size_t place)
{
    return place < LETTERS ? (struct str){ &letters[place], 1 } : kana[place - LETTERS].name;
}

static struct str pattern_of(struct str initial, struct arena *arena)
{
    for (size_t i = 0; i < COUNT(kana); i++)
        if (str_eq(initial, kana[i].name))
            return str_from_z(kana[i].pattern);
    if (str_eq(initial, STR("0")))
        return STR("[0-9]*");
    if (initial.len == 1 && initial.ptr[0] >= 'a' && initial.ptr[0] <= 'z')
        return arena_printf(arena, "%.*s*", STR_ARG(initial));
    return STR_NONE;
}

static bool read_rows(struct rows *rows, struct arena *arena, struct catalog_vendors *out,
                      struct err *err)
{
    int there;

    while ((there = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct catalog_vendor){ .id = row_int(rows, "id"),
                                          .key = row_text(rows, "key"),
                                          .name_ja = row_text(rows, "name_ja"),
                                          .name_en = row_text(rows, "name_en"),
                                          .jvn = row_int(rows, "jvn"),
                                          .products = row_int(rows, "products"),
                                          .entries = row_int(rows, "entries") });
    return there == 0 ? true : PASS(err);
}

bool catalog_vendors_by_initial(struct tx *tx, struct str initial, size_t offset, size_t limit,
                                struct arena *arena, struct catalog_vendors *out, int64_t *count,
                                struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str pattern = pattern_of(initial, arena);

    if (pattern.len == 0)
        return FAIL(err, SEARCH, initial);
    return store_number(tx, &sql_vendors_by_initial_count, BINDS(bind_text("pattern", pattern)), 0,
                        count, err) &&
                   store_select(tx, &sql_vendors_by_initial,
                                BINDS(bind_text("pattern", pattern),
                                      bind_int("limit", (int64_t)limit),
                                      bind_int("offset", (int64_t)offset)),
                                arena, &rows, err) &&
                   read_rows(rows, arena, out, err)
               ? true
               : PASS(err);
}
