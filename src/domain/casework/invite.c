#include "domain/casework/invite.h"

#include "base/err.h"

/* ---- reading a line ---- */

static size_t last_comma(struct str s, size_t *width)
{
    static const struct str commas[] = { STR_INIT(","), STR_INIT("、"), STR_INIT("，") };

    for (size_t i = s.len; i-- > 0;) {
        for (size_t k = 0; k < COUNT(commas); k++) {
            if (str_starts(str_drop(s, i), commas[k])) {
                *width = commas[k].len;
                return i;
            }
        }
    }
    *width = 0;
    return s.len;
}

static void cut(struct invite_line *line, size_t at, size_t width)
{
    line->name = str_trim(str_take(line->text, at));
    line->product = str_trim(str_drop(line->text, at + width));
}

/* A name may hold a comma ("Example Devices, Inc."): it is cut off only when the whole is nobody's name. */
static void look_up(const struct directory *directory, struct invite_line *line,
                    struct arena *arena, struct directory_hits *hits)
{
    size_t tab = str_index(line->text, '\t'), width = 1, comma = last_comma(line->text, &width);

    cut(line, tab, 1);
    directory_find(directory, line->name, line->product, arena, hits);
    if (directory_is_sure(hits) || tab < line->text.len || comma == line->text.len)
        return;
    cut(line, comma, width);
    directory_find(directory, line->name, line->product, arena, hits);
}

/* ---- what would happen ---- */

static bool is_named_before(const struct invite_lines *lines, int64_t organisation_id)
{
    for (size_t i = 0; i < lines->len; i++) {
        const struct invite_line *line = &lines->at[i];

        if (line->outcome == INVITE_JOINS && line->candidates.at[0].hit.id == organisation_id)
            return true;
    }
    return false;
}

static enum invite_outcome outcome_of_one(const struct invite_lines *before,
                                          const struct invite_candidate *candidate)
{
    if (candidate->joining == JOINING_IN_CASE)
        return INVITE_IN_CASE;
    if (candidate->joining == JOINING_LEFT_OUT)
        return INVITE_LEFT_OUT;
    return is_named_before(before, candidate->hit.id) ? INVITE_AGAIN : INVITE_JOINS;
}

static bool judge(struct tx *tx, const struct product_case *c, const struct directory *directory,
                  const struct invite_lines *before, struct invite_line *line, struct arena *arena,
                  struct err *err)
{
    struct directory_hits hits;
    size_t could = 0;

    look_up(directory, line, arena, &hits);
    line->has_more = hits.has_more;
    for (size_t i = 0; i < hits.len; i++) {
        struct invite_candidate candidate = { .hit = hits.at[i] };

        if (!coordination_joining(tx, c, hits.at[i].public_id, arena, &candidate.joining, NULL,
                                  err))
            return PASS(err);
        could += candidate.joining == JOINING_MAY;
        VEC_PUSH(arena, &line->candidates, candidate);
    }
    if (hits.len == 0)
        line->outcome = INVITE_UNKNOWN;
    else if (directory_is_sure(&hits) || (could == 0 && hits.len == 1))
        line->outcome = outcome_of_one(before, &line->candidates.at[0]);
    else
        line->outcome = INVITE_ASKS;
    return true;
}

bool invite_look(struct tx *tx, const struct subject *who, const struct product_case *c,
                 struct str text, struct arena *arena, struct invite_lines *out, struct err *err)
{
    struct directory *directory;
    struct str rest = text, typed;
    unsigned number = 0;

    *out = (struct invite_lines){ 0 };
    if (!coordination_may_add(who, c, err) || !directory_load(tx, arena, &directory, err))
        return PASS(err);
    while (rest.len > 0 && str_split(&rest, '\n', &typed)) {
        struct invite_line line = { .number = ++number, .text = str_trim(typed) };

        if (line.text.len == 0)
            continue;
        if (out->len == INVITE_LINES_MAX)
            return FAIL(err, TOO_LARGE, STR("lines"));
        if (str_code_points(line.text) > INVITE_LINE_MAX)
            line.outcome = INVITE_TOO_LONG;
        else if (!judge(tx, c, directory, out, &line, arena, err))
            return PASS(err);
        VEC_PUSH(arena, out, line);
    }
    return true;
}

/* ---- adding ---- */

bool invite_all(const struct casework *w, struct tx *tx, const struct subject *who,
                struct product_case *c, const struct organisation_ids *organisations,
                struct utc now, struct arena *arena, int64_t *added, struct err *err)
{
    *added = 0;
    if (organisations->len > INVITE_LINES_MAX)
        return FAIL(err, TOO_LARGE, STR("lines"));
    for (size_t i = 0; i < organisations->len; i++) {
        enum joining joining;
        struct developer d;

        if (!coordination_joining(tx, c, organisations->at[i], arena, &joining, NULL, err))
            return PASS(err);
        if (joining == JOINING_IN_CASE)
            continue;
        if (!coordination_add(w, tx, who, c, organisations->at[i], now, arena, &d, err))
            return PASS(err);
        ++*added;
    }
    return true;
}
