#include "formats/ssvc/ssvc.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "formats/ssvc/ssvc_internal.h"

enum { PATH_MAX_BYTES = 4096 };

size_t ssvc_tables(const struct ssvc_table **out)
{
    *out = ssvc_all;
    return ssvc_count;
}

const struct ssvc_table *ssvc_find(struct str key_or_id)
{
    for (size_t i = 0; i < ssvc_count; i++)
        if (str_eq_z(key_or_id, ssvc_all[i].key) || str_eq_z(key_or_id, ssvc_all[i].id))
            return &ssvc_all[i];
    return NULL;
}

static char plain(char c)
{
    if (c == '-' || c == '_')
        return ' ';
    return ascii_lower(c);
}

/* Options of programs and older records write "very-high" and "super_effective". */
static bool is_named(struct str text, const char *name)
{
    struct str want = str_from_z(name);

    if (!name || text.len != want.len)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (plain(text.ptr[i]) != plain(want.ptr[i]))
            return false;
    return true;
}

/* "E" of "ssvc:E:1.1.0". */
static bool is_key_of(struct str text, const char *id)
{
    struct str key = str_from_z(id);

    key = str_drop(key, str_index(key, ':') + 1);
    return str_eq_nocase(text, str_take(key, str_index(key, ':')));
}

bool ssvc_choose(const struct ssvc_table *table, struct str point, struct str value,
                 struct ssvc_choice *choice)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct ssvc_point *p = table->points[i];

        if (!is_named(point, p->id) && !is_named(point, p->name) && !is_key_of(point, p->id))
            continue;
        for (size_t k = 0; k < p->count; k++) {
            const struct ssvc_value *v = &p->values[k];

            if (is_named(value, v->name) || is_named(value, v->key) || is_named(value, v->old)) {
                choice->value[i] = (unsigned char)(k + 1);
                return true;
            }
        }
        return false;
    }
    return false;
}

/* Counts the combination up, the last point fastest, leaving the known ones alone; false after the last one. */
static bool advance(const struct ssvc_table *table, const struct ssvc_choice *choice,
                    size_t place[SSVC_POINTS_MAX])
{
    for (size_t i = table->count; i-- > 0;) {
        if (choice->value[i] != 0)
            continue;
        if (++place[i] < table->points[i]->count)
            return true;
        place[i] = 0;
    }
    return false;
}

struct ssvc_outcome ssvc_decide(const struct ssvc_table *table, const struct ssvc_choice *choice)
{
    struct ssvc_outcome out = { table->outcome->count, 0 };
    size_t place[SSVC_POINTS_MAX] = { 0 };

    for (size_t i = 0; i < table->count; i++)
        if (choice->value[i] != 0)
            place[i] = choice->value[i] - 1U;
    do {
        size_t cell = 0, outcome;

        for (size_t i = 0; i < table->count; i++)
            cell = cell * table->points[i]->count + place[i];
        outcome = (size_t)(table->cells[cell] - '0');
        out.least = outcome < out.least ? outcome : out.least;
        out.most = outcome > out.most ? outcome : out.most;
    } while (advance(table, choice, place));
    return out;
}

struct str ssvc_path(const struct ssvc_table *table, const struct ssvc_choice *choice,
                     enum lang lang, struct arena *arena)
{
    struct ssvc_outcome outcome = ssvc_decide(table, choice);
    const struct ssvc_value *results = table->outcome->values;
    struct buf buf = buf_new(arena, PATH_MAX_BYTES);

    for (size_t i = 0; i < table->count; i++) {
        const struct ssvc_point *point = table->points[i];

        buf_add(&buf, i > 0 ? STR("; ") : STR(""));
        buf_add(&buf, tr(lang, point->words));
        buf_add(&buf, STR(": "));
        buf_add(&buf, choice->value[i] ? tr(lang, point->values[choice->value[i] - 1].words)
                                       : tr(lang, "Not answered"));
    }
    buf_add(&buf, STR(" → "));
    if (outcome.least == outcome.most)
        buf_add(&buf, tr(lang, results[outcome.least].words));
    else
        buf_add(&buf, tr_fill(arena, lang, "between \"{least}\" and \"{most}\"",
                              TR_ARGS({ "least", tr(lang, results[outcome.least].words) },
                                      { "most", tr(lang, results[outcome.most].words) })));
    return buf_str(&buf);
}
