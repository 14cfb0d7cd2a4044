/* Which developers a report may concern (COO-06): the list is read once and compared in memory. */
#include "base/err.h"
#include "base/fold.h"
#include "domain/access/organisation.h"
#include "domain/access/organisation.sql.h"
#include <stdlib.h>

enum { SUGGESTIONS_MAX = 20, SCORE_PRODUCT = 100, SCORE_NAME = 80, SCORE_PART = 40, WORD_MIN = 2 };

struct str organisation_bare_name(struct str name)
{
    /* clang-format off */
    static const struct str forms[] = {
        STR_INIT("株式会社"), STR_INIT("有限会社"), STR_INIT("合同会社"), STR_INIT("(株)"),   STR_INIT("㈱"),    STR_INIT("co., ltd."),
        STR_INIT("co.,ltd."), STR_INIT("corporation"), STR_INIT("inc."), STR_INIT("corp."), STR_INIT("ltd."), STR_INIT("gmbh"),
        STR_INIT("llc"),
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(forms); i++) {
        if (str_starts(name, forms[i]))
            name = str_drop(name, forms[i].len);
        if (str_ends(name, forms[i]))
            name = str_take(name, name.len - forms[i].len);
        name = str_trim(name);
    }
    while (name.len > 0 && name.ptr[name.len - 1] == ',')
        name = str_trim(str_take(name, name.len - 1));
    return name;
}

static struct suggestion *entry(struct arena *arena, struct suggestions *all, struct rows *rows)
{
    int64_t id = row_int(rows, "id");

    for (size_t i = all->len; i > 0; i--) {
        if (all->at[i - 1].id == id)
            return &all->at[i - 1];
    }
    VEC_PUSH(arena, all,
             (struct suggestion){ .id = id,
                                  .public_id = row_text(rows, "public_id"),
                                  .name_ja = row_text(rows, "name_ja"),
                                  .name_en = row_text(rows, "name_en"),
                                  .state = (enum registration_state)life_state(
                                      &registration_life, row_text(rows, "state")) });
    return &all->at[all->len - 1];
}

static void raise_score(struct suggestion *suggestion, int score, struct str why)
{
    if (score > suggestion->score) {
        suggestion->score = score;
        suggestion->why = why;
    }
}

/* The longer what was found, the surer: "ai" says less than "acme router rx-9". */
static int weigh(int base, struct str found)
{
    size_t points = str_code_points(found);

    return base + (points > 30 ? 30 : (int)points);
}

static bool from_products(struct tx *tx, struct str text, struct arena *arena,
                          struct suggestions *all, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_suggest_products, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0) {
        struct str folded = row_text(rows, "folded");

        if (str_code_points(folded) >= WORD_MIN && fold_has_word(text, folded))
            raise_score(entry(arena, all, rows), weigh(SCORE_PRODUCT, folded),
                        row_text(rows, "product"));
        else if (str_code_points(text) >= WORD_MIN + 1 && fold_has_word(folded, text))
            raise_score(entry(arena, all, rows), weigh(SCORE_PART, text),
                        row_text(rows, "product"));
    }
    return more == 0 ? true : PASS(err);
}

static bool from_names(struct tx *tx, struct str text, struct arena *arena, struct suggestions *all,
                       struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_suggest_names, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0) {
        struct str lines = row_text(rows, "folded"), line;

        while (lines.len > 0 && str_split(&lines, '\n', &line)) {
            struct str name = organisation_bare_name(line);

            if (str_code_points(name) >= WORD_MIN && fold_has_word(text, name))
                raise_score(entry(arena, all, rows), weigh(SCORE_NAME, name),
                            row_text(rows, "name_ja"));
        }
    }
    return more == 0 ? true : PASS(err);
}

static int nearer(const void *a, const void *b)
{
    const struct suggestion *left = a, *right = b;

    if (left->score != right->score)
        return right->score - left->score;
    return left->id < right->id ? -1 : left->id > right->id;
}

bool organisation_suggest(struct tx *tx, struct str text, struct arena *arena,
                          struct suggestions *out, struct err *err)
{
    struct str folded = fold(arena, text);

    *out = (struct suggestions){ 0 };
    if (folded.len == 0)
        return true;
    if (!from_products(tx, folded, arena, out, err) || !from_names(tx, folded, arena, out, err))
        return PASS(err);
    if (out->len > 1)
        qsort(out->at, out->len, sizeof *out->at, nearer);
    if (out->len > SUGGESTIONS_MAX)
        out->len = SUGGESTIONS_MAX;
    return true;
}
