#include "domain/statistics/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/settings.h"
#include "domain/casework/product_case.h"

enum { CATEGORIES_MAX = 16, EDGES_MAX = 12, DAYS_MAX = 10000 };

/* ---- rules ---- */

/* The ends a product report can come to, in the order they are shown (requirements 1.23.3). */
static const char *const ends[] = { "PUBLISHED", "NOT_COORDINATED", "INDIVIDUAL", "NOT_VULNERABLE",
                                    "REJECTED" };

static bool is_end(struct str category)
{
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (str_eq_z(category, ends[i]))
            return true;
    }
    return false;
}

/* Every word is STATE=CATEGORY or STATE/CODE=CATEGORY with a category there is. */
static bool categories_make_sense(struct str categories)
{
    struct str word;

    while (str_split(&categories, ' ', &word)) {
        size_t equals = str_index(word, '=');
        struct str state = str_take(word, str_index(str_take(word, equals), '/'));

        if (word.len > 0 && (equals == word.len || life_state(&product_life, state) < 0 ||
                             !is_end(str_drop(word, equals + 1))))
            return false;
    }
    return true;
}

static size_t edges_of(struct str text, int64_t edges[EDGES_MAX])
{
    struct err ignored = { 0 };
    struct str word;
    size_t count = 0;

    while (str_split(&text, ' ', &word)) {
        if (word.len == 0)
            continue;
        if (count == EDGES_MAX || !str_to_int(word, 1, DAYS_MAX, &edges[count], &ignored) ||
            (count > 0 && edges[count] <= edges[count - 1]))
            return 0;
        count++;
    }
    return count;
}

bool statistics_rules_from(const struct settings *settings, struct statistics_rules *out,
                           struct err *err)
{
    int64_t edges[EDGES_MAX];

    *out = (struct statistics_rules){ .categories = settings->statistics_categories,
                                      .day_edges = settings->statistics_days,
                                      .least = settings->statistics_least };
    if (settings->acceptance_began.len > 0 &&
        !utc_parse(settings->acceptance_began, &out->began, err))
        return FAIL(err, SETTING, STR("acceptance_began"));
    if (!categories_make_sense(out->categories))
        return FAIL(err, SETTING, STR("statistics_categories"));
    if (edges_of(out->day_edges, edges) == 0)
        return FAIL(err, SETTING, STR("statistics_days"));
    return true;
}

bool statistics_category(const struct statistics_rules *rules, struct str state, struct str code,
                         struct str *out, struct err *err)
{
    struct str rest = rules->categories, word, found = STR_NONE;
    int number = life_state(&product_life, state);

    if (number >= 0 && !product_is_closed((enum product_state)number)) {
        *out = STR("IN_HANDLING");
        return true;
    }
    while (str_split(&rest, ' ', &word)) {
        size_t equals = str_index(word, '=');
        struct str what = str_take(word, equals);
        size_t slash = str_index(what, '/');

        if (!str_eq(str_take(what, slash), state))
            continue;
        if (slash < what.len && str_eq(str_drop(what, slash + 1), code)) {
            found = str_drop(word, equals + 1); /* the word about this very cause holds */
            break;
        }
        if (slash == what.len)
            found = str_drop(word, equals + 1);
    }
    *out = found;
    return found.len > 0 ? true : FAIL(err, SETTING, STR("statistics_categories"));
}

/* ---- counting ---- */

struct counter {
    struct str key;
    int64_t n[2];
};
struct counters {
    VEC_OF(struct counter);
};

struct tally {
    const struct statistics_rules *rules;
    struct arena *arena;
    struct utc until, first;
    int64_t edges[EDGES_MAX + 1];
    size_t edge_count;
    struct counters quarters, states, days, origins, kinds, iot;
};

static struct counter *counter(struct tally *t, struct counters *list, struct str key)
{
    for (size_t i = 0; i < list->len; i++) {
        if (str_eq(list->at[i].key, key))
            return &list->at[i];
    }
    VEC_PUSH(t->arena, list, (struct counter){ .key = arena_str(t->arena, key) });
    return &list->at[list->len - 1];
}

static void begin_with(struct tally *t, struct counters *list, const char *const *keys,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        counter(t, list, str_from_z(keys[i]));
}

/* "0-45", "46-300", "301+": days from and to, both counted. */
static struct str bucket(const struct tally *t, size_t i)
{
    long long from = i == 0 ? 0 : (long long)t->edges[i - 1] + 1;

    if (i + 1 == t->edge_count)
        return arena_printf(t->arena, "%lld+", from);
    return arena_printf(t->arena, "%lld-%lld", from, (long long)t->edges[i]);
}

static const char *const origins[] = { "FINDER", "DEVELOPER", "COLLECTED", "FOREIGN" };

struct tally *tally_new(const struct statistics_rules *rules, struct utc until, struct arena *arena)
{
    struct tally *t = ARENA_NEW(arena, struct tally);

    *t = (struct tally){ .rules = rules, .arena = arena, .until = until };
    t->edge_count = edges_of(rules->day_edges, t->edges);
    t->edges[t->edge_count++] = INT64_MAX;
    begin_with(t, &t->states, ends, COUNT(ends));
    counter(t, &t->states, STR("IN_HANDLING"));
    begin_with(t, &t->origins, origins, COUNT(origins));
    for (size_t i = 0; i < t->edge_count; i++)
        counter(t, &t->days, bucket(t, i));
    return t;
}

/* Days are counted as a person counts them, by dates; the day of acceptance is day 0. Rule: STA-05 COO-37 */
static void count_days(struct tally *t, const struct counted_case *c)
{
    int64_t days = utc_days_between(c->accepted_at, c->published_at);
    size_t i = 0;

    while (days > t->edges[i])
        i++;
    t->days.at[i].n[0]++;
}

bool tally_case(struct tally *t, const struct counted_case *c, struct err *err)
{
    struct str category;

    if (c->decided_at.ms == 0)
        return true;
    if (t->first.ms == 0 || c->decided_at.ms < t->first.ms)
        t->first = c->decided_at;
    counter(t, &t->quarters, quarter_name(quarter_of(c->decided_at), t->arena))
        ->n[c->is_product ? 0 : 1]++;
    if (!c->is_product)
        return true;
    if (!statistics_category(t->rules, c->state, c->code, &category, err))
        return PASS(err);
    counter(t, &t->states, category)->n[0]++;
    if (c->published_at.ms && c->accepted_at.ms)
        count_days(t, c);
    if (str_eq(category, STR("REJECTED")))
        return true;
    counter(t, &t->kinds, c->category.len > 0 ? c->category : STR("other"))->n[0]++;
    if (c->is_iot) {
        struct counter *iot = counter(t, &t->iot, c->category);

        iot->n[0]++;
        iot->n[1] += c->published_at.ms != 0;
    }
    return true;
}

void tally_entry(struct tally *t, struct str source, struct str origin)
{
    struct str key = STR("FINDER");

    if (str_starts(source, STR("CERTCC")) || str_eq(source, STR("CPNI")) ||
        str_eq(origin, STR("FOREIGN")))
        key = STR("FOREIGN");
    else if (str_eq(source, STR("OWN_COLLECTION")))
        key = STR("COLLECTED");
    else if (str_eq(source, STR("SELF_PRODUCT")) || str_eq(origin, STR("SELF")))
        key = STR("DEVELOPER");
    counter(t, &t->origins, key)->n[0]++;
}

/* ---- into figures ---- */

static struct figure *figure_new(struct tally *t, struct statistics *out, const char *key)
{
    for (size_t i = 0; i < figure_kind_count; i++) {
        if (strcmp(figure_kinds[i].key, key) == 0)
            VEC_PUSH(t->arena, &out->figures, (struct figure){ .kind = &figure_kinds[i] });
    }
    return &out->figures.at[out->figures.len - 1];
}

static void copy(struct tally *t, const struct counters *from, struct figure *to)
{
    for (size_t i = 0; i < from->len; i++)
        VEC_PUSH(t->arena, to,
                 (struct figure_row){ .key = from->at[i].key,
                                      .n = { from->at[i].n[0], from->at[i].n[1] } });
}

/* Every quarter from the first to the last, those without a report as well. Rule: STA-02 */
static void quarters(struct tally *t, struct statistics *out)
{
    struct figure *figure = figure_new(t, out, "reports_by_quarter");
    struct utc began = t->rules->began.ms ? t->rules->began : t->first;
    struct quarter last = quarter_of((struct utc){ t->until.ms - 1 });
    int64_t cumulative = 0, days = 0;
    struct utc counted = began;

    if (t->quarters.len == 0)
        return;
    for (struct quarter q = quarter_of(t->first); q.n <= last.n; q.n++) {
        struct counter *c = counter(t, &t->quarters, quarter_name(q, t->arena));
        struct utc end = q.n == last.n ? t->until : quarter_end(q);
        int64_t new = c->n[0] + c->n[1];

        cumulative += new;
        if (end.ms > counted.ms) {
            days += calendar_working_days(counted, end);
            counted = end;
        }
        VEC_PUSH(
            t->arena, figure,
            (struct figure_row){ .key = c->key,
                                 .n = { c->n[0], c->n[1], new, cumulative,
                                        days > 0 ? (cumulative * 200 + days) / (2 * days) : 0 } });
    }
}

static int fewer_last(const void *a, const void *b)
{
    const struct counter *x = a, *y = b;

    if (x->n[0] != y->n[0])
        return x->n[0] > y->n[0] ? -1 : 1;
    return str_cmp(x->key, y->key);
}

/* A kind with few reports could tell of a case that is still dark, so the small ones are put together until they are enough.
 * Rule: STA-24 */
static void put_small_together(struct tally *t, struct counters *list)
{
    int64_t other = 0;
    size_t keep = 0;

    for (size_t i = 0; i < list->len; i++) {
        if (str_eq(list->at[i].key, STR("other"))) {
            other = list->at[i].n[0];
            list->at[i] = list->at[--list->len];
            break;
        }
    }
    if (list->len > 0)
        qsort(list->at, list->len, sizeof *list->at, fewer_last);
    while (keep < list->len && list->at[keep].n[0] >= t->rules->least)
        keep++;
    for (size_t i = keep; i < list->len; i++)
        other += list->at[i].n[0];
    while (other > 0 && other < t->rules->least && keep > 0)
        other += list->at[--keep].n[0];
    list->len = keep;
    if (other > 0)
        counter(t, list, STR("other"))->n[0] = other;
}

static bool is_told_apart(const struct counters *kinds, struct str key)
{
    for (size_t i = 0; i < kinds->len; i++) {
        if (str_eq(kinds->at[i].key, key))
            return !str_eq(key, STR("other"));
    }
    return false;
}

/* Given only when every one of its kinds stands for itself in the figure above: else the difference of the two would tell of the rest.
 * Rule: STA-21 STA-24 */
static void iot(struct tally *t, struct statistics *out)
{
    struct figure *figure = figure_new(t, out, "iot");
    struct figure_row all = { .key = STR("all") };

    for (size_t i = 0; i < t->iot.len; i++) {
        if (!is_told_apart(&t->kinds, t->iot.at[i].key))
            return;
        all.n[0] += t->iot.at[i].n[0];
        all.n[1] += t->iot.at[i].n[1];
    }
    if (all.n[0] == 0)
        return;
    VEC_PUSH(t->arena, figure, all);
    copy(t, &t->iot, figure);
    for (size_t i = 1; i < figure->len; i++)
        figure->at[i].is_part = true;
}

void tally_end(struct tally *t, struct statistics *out)
{
    *out = (struct statistics){ .until = t->until };
    quarters(t, out);
    copy(t, &t->states, figure_new(t, out, "products_by_state"));
    copy(t, &t->days, figure_new(t, out, "days_to_publication"));
    copy(t, &t->origins, figure_new(t, out, "entries_by_origin"));
    put_small_together(t, &t->kinds);
    copy(t, &t->kinds, figure_new(t, out, "products_by_kind"));
    iot(t, out);
}
