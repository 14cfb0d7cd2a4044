#include "domain/statistics/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/settings.h"
#include "domain/access/partner.h"
#include "domain/casework/product_case.h"
#include "domain/casework/website_case.h"

enum { EDGES_MAX = 12, DAYS_MAX = 10000 };

/* ---- rules ---- */

/* The ends a report can come to, in the order they are shown (requirements 1.23.3). */
static const char *const product_ends[] = { "PUBLISHED", "NOT_COORDINATED", "INDIVIDUAL",
                                            "NOT_VULNERABLE", "REJECTED" };
static const char *const website_ends[] = { "FIXED", "ALERT", "NOT_VULNERABLE", "UNHANDLEABLE",
                                            "REJECTED" };
_Static_assert(COUNT(product_ends) == COUNT(website_ends), "both are walked by the same loop");

static bool is_end(bool is_product, struct str category)
{
    for (size_t i = 0; i < COUNT(product_ends); i++) {
        if (str_eq_z(category, is_product ? product_ends[i] : website_ends[i]))
            return true;
    }
    return false;
}

static const struct life *life_of(bool is_product)
{
    return is_product ? &product_life : &website_life;
}

/* Every word is STATE=CATEGORY or STATE/CODE=CATEGORY with a category there is. */
static bool categories_make_sense(bool is_product, struct str categories)
{
    struct str word;

    while (str_split(&categories, ' ', &word)) {
        size_t equals = str_index(word, '=');
        struct str state = str_take(word, str_index(str_take(word, equals), '/'));

        if (word.len > 0 && (equals == word.len || life_state(life_of(is_product), state) < 0 ||
                             !is_end(is_product, str_drop(word, equals + 1))))
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

static bool edges_make_sense(struct str text)
{
    int64_t edges[EDGES_MAX];

    return edges_of(text, edges) > 0;
}

bool statistics_rules_from(const struct settings *settings, struct statistics_rules *out,
                           struct err *err)
{
    *out = (struct statistics_rules){ .categories = settings->statistics_categories,
                                      .website_categories = settings->statistics_website_categories,
                                      .days = settings->statistics_days,
                                      .fix_days = settings->statistics_fix_days,
                                      .pending_days = settings->statistics_pending_days,
                                      .least = settings->statistics_least };
    if (settings->acceptance_began.len > 0 &&
        !utc_parse(settings->acceptance_began, &out->began, err))
        return FAIL(err, SETTING, STR("acceptance_began"));
    if (!categories_make_sense(true, out->categories))
        return FAIL(err, SETTING, STR("statistics_categories"));
    if (!categories_make_sense(false, out->website_categories))
        return FAIL(err, SETTING, STR("statistics_website_categories"));
    if (!edges_make_sense(out->days))
        return FAIL(err, SETTING, STR("statistics_days"));
    if (!edges_make_sense(out->fix_days))
        return FAIL(err, SETTING, STR("statistics_fix_days"));
    if (!edges_make_sense(out->pending_days))
        return FAIL(err, SETTING, STR("statistics_pending_days"));
    return true;
}

/* The word about this very cause holds, else the one about the state. */
static struct str category_by(struct str categories, struct str state, struct str code)
{
    struct str word, found = STR_NONE;

    while (str_split(&categories, ' ', &word)) {
        size_t equals = str_index(word, '=');
        struct str what = str_take(word, equals);
        size_t slash = str_index(what, '/');

        if (!str_eq(str_take(what, slash), state))
            continue;
        if (slash < what.len && str_eq(str_drop(what, slash + 1), code))
            return str_drop(word, equals + 1);
        if (slash == what.len)
            found = str_drop(word, equals + 1);
    }
    return found;
}

bool statistics_category(const struct statistics_rules *rules, bool is_product, struct str state,
                         struct str code, struct str *out, struct err *err)
{
    int number = life_state(life_of(is_product), state);

    *out = category_by(is_product ? rules->categories : rules->website_categories, state, code);
    if (out->len > 0)
        return true;
    if (is_product && number == CASE_MERGED) /* it rests, and is handled in another */
        number = CASE_COORDINATING;
    if (number < 0 || (is_product ? product_is_closed((enum product_state)number)
                                  : website_is_closed((enum website_state)number)))
        return FAIL(err, SETTING,
                    is_product ? STR("statistics_categories")
                               : STR("statistics_website_categories"));
    *out = STR("IN_HANDLING");
    return true;
}

/* ---- counting ---- */

struct counter {
    struct str key;
    int64_t n[2];
};
struct counters {
    VEC_OF(struct counter);
};

/* Days by parts: up to each edge, and what lies beyond. */
struct spread {
    int64_t edges[EDGES_MAX + 1];
    size_t count;
    struct counters parts;
};

struct tally {
    const struct statistics_rules *rules;
    struct arena *arena;
    struct utc until, first;
    struct spread to_publication, to_fix, pending;
    struct counters quarters, states, site_states, origins, kinds, iot, provisions;
    int64_t avoided, deleted; /* of the fixed websites */
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
static void spread_init(struct tally *t, struct spread *spread, struct str edges)
{
    int64_t from = 0;

    spread->count = edges_of(edges, spread->edges);
    spread->edges[spread->count++] = INT64_MAX;
    for (size_t i = 0; i < spread->count; i++) {
        bool is_last = i + 1 == spread->count;

        counter(t, &spread->parts,
                is_last ? arena_printf(t->arena, "%lld+", (long long)from)
                        : arena_printf(t->arena, "%lld-%lld", (long long)from,
                                       (long long)spread->edges[i]));
        from = is_last ? from : spread->edges[i] + 1;
    }
}

/* Days are counted as a person counts them, by dates; the day it begins is day 0. */
static void spread_count(struct spread *spread, struct utc from, struct utc to)
{
    int64_t days = utc_days_between(from, to);
    size_t i = 0;

    while (days > spread->edges[i])
        i++;
    spread->parts.at[i].n[0]++;
}

static const char *const origins[] = { "FINDER", "DEVELOPER", "COLLECTED", "FOREIGN" };

struct tally *tally_new(const struct statistics_rules *rules, struct utc until, struct arena *arena)
{
    struct tally *t = ARENA_NEW(arena, struct tally);

    *t = (struct tally){ .rules = rules, .arena = arena, .until = until };
    begin_with(t, &t->states, product_ends, COUNT(product_ends));
    counter(t, &t->states, STR("IN_HANDLING"));
    begin_with(t, &t->site_states, website_ends, COUNT(website_ends));
    counter(t, &t->site_states, STR("IN_HANDLING"));
    begin_with(t, &t->origins, origins, COUNT(origins));
    spread_init(t, &t->to_publication, rules->days);
    spread_init(t, &t->to_fix, rules->fix_days);
    spread_init(t, &t->pending, rules->pending_days);
    return t;
}

/* Rule: STA-03 STA-05 COO-37 STA-07 STA-21 */
static void count_product(struct tally *t, const struct counted_case *c, struct str category)
{
    counter(t, &t->states, category)->n[0]++;
    if (c->published_at.ms && c->accepted_at.ms)
        spread_count(&t->to_publication, c->accepted_at, c->published_at);
    if (str_eq(category, STR("REJECTED")))
        return;
    counter(t, &t->kinds, c->category.len > 0 ? c->category : STR("other"))->n[0]++;
    if (c->is_iot) {
        struct counter *iot = counter(t, &t->iot, c->category);

        iot->n[0]++;
        iot->n[1] += c->published_at.ms != 0;
    }
}

/* Rule: STA-04 STA-11 STA-14 WEB-12 */
static void count_website(struct tally *t, const struct counted_case *c, struct str category)
{
    bool is_fixed = str_eq(category, STR("FIXED"));

    counter(t, &t->site_states, category)->n[0]++;
    t->avoided += is_fixed && str_eq(c->fix_kind, STR("OPERATIONAL"));
    t->deleted += is_fixed && str_eq(c->fix_kind, STR("PAGE_DELETED"));
    if (is_fixed && c->detailed_at.ms && c->fixed_at.ms)
        spread_count(&t->to_fix, c->detailed_at, c->fixed_at);
    if (str_eq(category, STR("IN_HANDLING")) && c->detailed_at.ms)
        spread_count(&t->pending, c->detailed_at, (struct utc){ t->until.ms - 1 });
}

bool tally_case(struct tally *t, const struct counted_case *c, struct err *err)
{
    struct str category;

    if (c->decided_at.ms == 0)
        return true;
    if (!statistics_category(t->rules, c->is_product, c->state, c->code, &category, err))
        return PASS(err);
    if (t->first.ms == 0 || c->decided_at.ms < t->first.ms)
        t->first = c->decided_at;
    counter(t, &t->quarters, quarter_name(quarter_of(c->decided_at), t->arena))
        ->n[c->is_product ? 0 : 1]++;
    if (c->is_product)
        count_product(t, c, category);
    else
        count_website(t, c, category);
    return true;
}

void tally_entry(struct tally *t, struct str source, struct str origin)
{
    struct str key = STR("FINDER");

    if (str_starts(source, STR("CERTCC")) || str_eq(source, STR("CPNI")) ||
        str_eq(source, STR("FOREIGN")) || str_eq(origin, STR("FOREIGN")))
        key = STR("FOREIGN");
    else if (str_eq(source, STR("OWN_COLLECTION")))
        key = STR("COLLECTED");
    else if (str_eq(source, STR("SELF_PRODUCT")) || str_eq(origin, STR("SELF")))
        key = STR("DEVELOPER");
    counter(t, &t->origins, key)->n[0]++;
}

/* Rule: PRI-06 STA-09 */
void tally_provision(struct tally *t, struct str sector, struct utc at)
{
    struct counter *c = counter(t, &t->provisions, sector);

    c->n[0] += quarter_of(at).n == quarter_of((struct utc){ t->until.ms - 1 }).n;
    c->n[1]++;
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

static void add_part(struct tally *t, struct figure *to, const char *key, int64_t n)
{
    VEC_PUSH(t->arena, to,
             (struct figure_row){ .key = str_from_z(key), .is_part = true, .n = { n } });
}

/* Rule: STA-04 */
static void websites(struct tally *t, struct statistics *out)
{
    struct figure *figure = figure_new(t, out, "websites_by_state");

    for (size_t i = 0; i < t->site_states.len; i++) {
        VEC_PUSH(t->arena, figure,
                 (struct figure_row){ .key = t->site_states.at[i].key,
                                      .n = { t->site_states.at[i].n[0] } });
        if (i == 0) {
            add_part(t, figure, "OPERATIONAL", t->avoided);
            add_part(t, figure, "PAGE_DELETED", t->deleted);
        }
    }
}

/* In the order of the list of sectors, those that were ever told. */
static void provisions(struct tally *t, struct statistics *out)
{
    struct figure *figure = figure_new(t, out, "provisions_by_sector");

    for (const struct sector *s = sectors; s->code; s++) {
        struct counter *c = counter(t, &t->provisions, str_from_z(s->code));

        if (c->n[1] > 0)
            VEC_PUSH(t->arena, figure,
                     (struct figure_row){ .key = c->key, .n = { c->n[0], c->n[1] } });
    }
}

void tally_end(struct tally *t, struct statistics *out)
{
    *out = (struct statistics){ .until = t->until };
    quarters(t, out);
    copy(t, &t->states, figure_new(t, out, "products_by_state"));
    websites(t, out);
    copy(t, &t->to_publication.parts, figure_new(t, out, "days_to_publication"));
    copy(t, &t->origins, figure_new(t, out, "entries_by_origin"));
    put_small_together(t, &t->kinds);
    copy(t, &t->kinds, figure_new(t, out, "products_by_kind"));
    provisions(t, out);
    copy(t, &t->to_fix.parts, figure_new(t, out, "days_to_fix"));
    copy(t, &t->pending.parts, figure_new(t, out, "websites_pending"));
    iot(t, out);
}
