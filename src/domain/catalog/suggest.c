/* Nothing was found: which other words would have found something. */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "domain/catalog/names.h"
#include "domain/catalog/search.sql.h"
#include "domain/catalog/search_internal.h"
#include "store/store.h"

enum { PIECES_MAX = 12, MEANT_MAX = 8, NAMES_TRIED = 6 };

struct suggesting {
    struct tx *tx;
    search_try *try;
    void *context;
    struct arena *arena;
    struct search_choices *out;
};

/* What finds something is offered, once. */
static bool offer(struct suggesting *s, struct str words, struct str ja, struct str en,
                  struct err *err)
{
    int64_t count;

    for (size_t i = 0; i < s->out->len; i++)
        if (str_eq(s->out->at[i].key, words))
            return true;
    if (words.len == 0 || s->out->len >= MEANT_MAX)
        return true;
    if (!s->try(s->context, words, &count, err))
        return PASS(err);
    if (count > 0)
        VEC_PUSH(
            s->arena, s->out,
            (struct search_choice){ .key = words, .name_ja = ja, .name_en = en, .count = count });
    return true;
}

/* At blanks of either width. */
static size_t split(struct str words, struct str out[PIECES_MAX])
{
    static const struct str wide = STR_INIT("\xe3\x80\x80");
    size_t count = 0;

    while (words.len > 0 && count < PIECES_MAX) {
        size_t narrow_at = str_index(words, ' '), wide_at = str_index_str(words, wide);
        bool is_wide = wide_at < narrow_at;
        size_t end = is_wide ? wide_at : narrow_at;

        if (end > 0)
            out[count++] = str_take(words, end);
        words = str_drop(words, end + (is_wide ? wide.len : 1));
    }
    return count;
}

static struct str without(const struct str *pieces, size_t count, size_t left_out,
                          struct str instead, struct arena *arena)
{
    struct buf buf = buf_new(arena, 4096);

    for (size_t i = 0; i < count; i++) {
        struct str piece = i == left_out ? instead : pieces[i];

        if (piece.len > 0 && buf.len > 0)
            buf_byte(&buf, ' ');
        buf_add(&buf, piece);
    }
    return buf_str(&buf);
}

/* All of the words but one. */
static bool offer_fewer(struct suggesting *s, const struct str *pieces, size_t count,
                        struct err *err)
{
    for (size_t i = 0; count > 1 && i < count; i++)
        if (!offer(s, without(pieces, count, i, STR_NONE, s->arena), STR_NONE, STR_NONE, err))
            return PASS(err);
    return true;
}

/* Names of the dictionary that hold the beginning of a word: the longest beginning that any does. */
static bool offer_names(struct suggesting *s, const struct str *pieces, size_t count, size_t at,
                        struct err *err)
{
    struct str piece = fold_part(fold(s->arena, pieces[at]));
    size_t characters = str_code_points(piece), least = (characters + 1) / 2;
    int64_t any;

    /* Where the shortest beginning is in none, no longer one is. */
    if (least < NAMES_PART_MIN)
        least = NAMES_PART_MIN;
    if (characters < least)
        return true;
    if (!store_number(
            s->tx, &sql_names_any,
            BINDS(bind_text("match", names_question(str_take_code_points(piece, least), s->arena))),
            0, &any, err))
        return PASS(err);
    if (!any)
        return true;
    for (size_t n = characters; n >= least; n--) {
        CLEANUP(rows_end_var) struct rows *rows = NULL;
        struct str part = str_take_code_points(piece, n);
        size_t found = 0;
        int there;

        if (!store_select(s->tx, &sql_names_like,
                          BINDS(bind_text("part", part),
                                bind_text("match", names_question(part, s->arena)),
                                bind_int("limit", NAMES_TRIED)),
                          s->arena, &rows, err))
            return PASS(err);
        while ((there = rows_next(rows, err)) == 1) {
            struct str key = row_text(rows, "key");

            found++;
            if (!offer(s, without(pieces, count, at, key, s->arena), row_text(rows, "name_ja"),
                       row_text(rows, "name_en"), err))
                return PASS(err);
        }
        if (there < 0)
            return PASS(err);
        if (found > 0)
            return true;
    }
    return true;
}

/* A word without its end, as far as half of it. */
static bool offer_shorter(struct suggesting *s, const struct str *pieces, size_t count, size_t at,
                          struct err *err)
{
    size_t characters = str_code_points(pieces[at]), before = s->out->len;

    for (size_t n = characters - 1; n >= 2 && n * 2 >= characters && s->out->len == before; n--)
        if (!offer(s, without(pieces, count, at, str_take_code_points(pieces[at], n), s->arena),
                   STR_NONE, STR_NONE, err))
            return PASS(err);
    return true;
}

bool search_suggest(struct tx *tx, struct str words, search_try *try, void *context,
                    struct arena *arena, struct search_choices *out, struct err *err)
{
    struct suggesting s = { tx, try, context, arena, out };
    struct str pieces[PIECES_MAX];
    size_t count = split(words, pieces);

    if (!offer_fewer(&s, pieces, count, err))
        return PASS(err);
    for (size_t i = 0; i < count; i++)
        if (!offer_names(&s, pieces, count, i, err))
            return PASS(err);
    for (size_t i = 0; i < count && out->len == 0; i++)
        if (!offer_shorter(&s, pieces, count, i, err))
            return PASS(err);
    return true;
}
