#include "domain/catalog/difference.h"

#include <string.h>

struct comparing {
    const struct catalog_record *was, *is;
    struct arena *arena;
    struct differences found;
};

static void add(struct comparing *c, struct difference difference)
{
    VEC_PUSH(c->arena, &c->found, difference);
}

static void compare(struct comparing *c, enum difference_field field, struct str before,
                    struct str after)
{
    if (!str_eq(before, after))
        add(c, (struct difference){ .field = field, .before = before, .after = after });
}

/* What a stranger sends can be long, and each item is looked for in the other list. */
static bool is_short(struct comparing *c, enum difference_field field, size_t was, size_t is)
{
    if (was <= DIFFERENCE_LIST_MAX && is <= DIFFERENCE_LIST_MAX)
        return true;
    add(c, (struct difference){ .field = field, .is_long = true });
    return false;
}

/* ---- single words ---- */

static struct str state_word(enum catalog_state state)
{
    static const struct str words[] = { [CATALOG_PUBLISHED] = STR_INIT("published"),
                                        [CATALOG_REJECTED] = STR_INIT("rejected"),
                                        [CATALOG_WITHDRAWN] = STR_INIT("withdrawn") };

    return words[state];
}

static struct str disputed_word(const struct catalog_record *record)
{
    return record->is_disputed ? STR("disputed") : STR_NONE;
}

static struct str ssvc_words(const struct ssvc_points *points, struct arena *arena)
{
    if (points->exploitation.len + points->automatable.len + points->technical_impact.len == 0)
        return STR_NONE;
    return arena_printf(arena, "%.*s / %.*s / %.*s", STR_ARG(points->exploitation),
                        STR_ARG(points->automatable), STR_ARG(points->technical_impact));
}

static void compare_states(struct comparing *c)
{
    compare(c, DIFFERENCE_STATE, state_word(c->was->state), state_word(c->is->state));
    compare(c, DIFFERENCE_DISPUTED, disputed_word(c->was), disputed_word(c->is));
    compare(c, DIFFERENCE_STATUS, c->was->status, c->is->status);
}

/* ---- texts: the nth of its kind and language against the nth ---- */

static const struct catalog_text *nth_text(const struct catalog_record *record,
                                           const struct catalog_text *like, size_t n)
{
    for (size_t i = 0; i < record->texts.len; i++) {
        const struct catalog_text *text = &record->texts.at[i];

        if (text->kind == like->kind && str_eq(text->lang, like->lang) && n-- == 0)
            return text;
    }
    return NULL;
}

static size_t place_of(const struct catalog_record *record, size_t place)
{
    const struct catalog_text *text = &record->texts.at[place];
    size_t n = 0;

    for (size_t i = 0; i < place; i++)
        n += record->texts.at[i].kind == text->kind && str_eq(record->texts.at[i].lang, text->lang);
    return n;
}

static void add_text(struct comparing *c, const struct catalog_text *like, struct str before,
                     struct str after)
{
    if (!str_eq(before, after))
        add(c, (struct difference){ .field = DIFFERENCE_TEXT,
                                    .kind = like->kind,
                                    .about = like->lang,
                                    .before = before,
                                    .after = after });
}

static void compare_texts(struct comparing *c)
{
    if (!is_short(c, DIFFERENCE_TEXT, c->was->texts.len, c->is->texts.len))
        return;
    for (size_t i = 0; i < c->is->texts.len; i++) {
        const struct catalog_text *text = &c->is->texts.at[i],
                                  *before = nth_text(c->was, text, place_of(c->is, i));

        add_text(c, text, before ? before->text : STR_NONE, text->text);
    }
    for (size_t i = 0; i < c->was->texts.len; i++) {
        const struct catalog_text *text = &c->was->texts.at[i];

        if (!nth_text(c->is, text, place_of(c->was, i)))
            add_text(c, text, text->text, STR_NONE);
    }
}

/* ---- scores: by who says so and the version ---- */

static const struct catalog_score *same_score(const struct catalog_record *record,
                                              const struct catalog_score *like)
{
    for (size_t i = 0; i < record->scores.len; i++)
        if (str_eq(record->scores.at[i].by, like->by) &&
            str_eq(record->scores.at[i].version, like->version))
            return &record->scores.at[i];
    return NULL;
}

static void add_score(struct comparing *c, const struct catalog_score *was,
                      const struct catalog_score *is)
{
    add(c, (struct difference){ .field = DIFFERENCE_SCORE,
                                .about = is ? is->by : was->by,
                                .before = was ? was->vector : STR_NONE,
                                .after = is ? is->vector : STR_NONE });
}

static void compare_scores(struct comparing *c)
{
    if (!is_short(c, DIFFERENCE_SCORE, c->was->scores.len, c->is->scores.len))
        return;
    for (size_t i = 0; i < c->is->scores.len; i++) {
        const struct catalog_score *is = &c->is->scores.at[i], *was = same_score(c->was, is);

        if (!was || !str_eq(was->vector, is->vector))
            add_score(c, was, is);
    }
    for (size_t i = 0; i < c->was->scores.len; i++)
        if (!same_score(c->is, &c->was->scores.at[i]))
            add_score(c, &c->was->scores.at[i], NULL);
}

/* ---- lists of names ---- */

static bool holds(const struct catalog_strings *list, struct str text)
{
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->at[i], text))
            return true;
    return false;
}

static void compare_names(struct comparing *c, enum difference_field field,
                          const struct catalog_strings *was, const struct catalog_strings *is)
{
    if (!is_short(c, field, was->len, is->len))
        return;
    for (size_t i = 0; i < is->len; i++)
        if (!holds(was, is->at[i]))
            compare(c, field, STR_NONE, is->at[i]);
    for (size_t i = 0; i < was->len; i++)
        if (!holds(is, was->at[i]))
            compare(c, field, was->at[i], STR_NONE);
}

static struct catalog_strings urls_of(const struct catalog_record *record, struct arena *arena)
{
    struct catalog_strings urls = { 0 };

    for (size_t i = 0; i < record->references.len; i++)
        VEC_PUSH(arena, &urls, record->references.at[i].url);
    return urls;
}

static void compare_references(struct comparing *c)
{
    struct catalog_strings was = urls_of(c->was, c->arena), is = urls_of(c->is, c->arena);

    compare_names(c, DIFFERENCE_REFERENCE, &was, &is);
}

/* ---- products ---- */

static struct str name_of(const struct affected *affected)
{
    return affected->name.len > 0 ? affected->name : affected->product;
}

static bool is_same_product(const struct affected *a, const struct affected *b)
{
    return str_eq(a->ecosystem, b->ecosystem) && str_eq(a->release, b->release) &&
           str_eq(a->name, b->name) && str_eq(a->vendor, b->vendor) &&
           str_eq(a->product, b->product);
}

static bool is_same_span(const struct span *a, const struct span *b)
{
    return a->status == b->status && a->is_git == b->is_git &&
           a->from_is_excluded == b->from_is_excluded && a->to_is_included == b->to_is_included &&
           a->to_is_fix == b->to_is_fix && str_eq(a->from, b->from) && str_eq(a->to, b->to);
}

static bool says_the_same(const struct affected *a, const struct affected *b)
{
    if (a->default_status != b->default_status || a->spans.len != b->spans.len)
        return false;
    for (size_t i = 0; i < a->spans.len; i++)
        if (!is_same_span(&a->spans.at[i], &b->spans.at[i]))
            return false;
    return true;
}

static const struct affected *same_product(const struct catalog_record *record,
                                           const struct affected *like)
{
    for (size_t i = 0; i < record->affected.len; i++)
        if (is_same_product(&record->affected.at[i], like))
            return &record->affected.at[i];
    return NULL;
}

static void add_product(struct comparing *c, const struct affected *was, const struct affected *is)
{
    add(c, (struct difference){ .field = DIFFERENCE_PRODUCT,
                                .about = name_of(is ? is : was),
                                .product_was = was,
                                .product_is = is });
}

static void compare_products(struct comparing *c)
{
    if (!is_short(c, DIFFERENCE_PRODUCT, c->was->affected.len, c->is->affected.len))
        return;
    for (size_t i = 0; i < c->is->affected.len; i++) {
        const struct affected *is = &c->is->affected.at[i], *was = same_product(c->was, is);

        if (!was || !says_the_same(was, is))
            add_product(c, was, is);
    }
    for (size_t i = 0; i < c->was->affected.len; i++)
        if (!same_product(c->is, &c->was->affected.at[i]))
            add_product(c, &c->was->affected.at[i], NULL);
}

/* ---- configurations: what they hold, wherever in the tree ---- */

struct criteria {
    VEC_OF(const struct criterion *);
};

static void gather(const struct configuration *node, struct arena *arena, struct criteria *out)
{
    for (size_t i = 0; i < node->criteria.len; i++)
        VEC_PUSH(arena, out, &node->criteria.at[i]);
    for (size_t i = 0; i < node->nodes.len; i++)
        gather(&node->nodes.at[i], arena, out);
}

static struct criteria criteria_of(const struct catalog_record *record, struct arena *arena)
{
    struct criteria all = { 0 };

    for (size_t i = 0; i < record->configurations.len; i++)
        gather(&record->configurations.at[i], arena, &all);
    return all;
}

static bool has_criterion(const struct criteria *list, const struct criterion *like)
{
    for (size_t i = 0; i < list->len; i++) {
        const struct criterion *one = list->at[i];

        if (str_eq(one->cpe, like->cpe) && one->is_vulnerable == like->is_vulnerable &&
            one->from_is_excluded == like->from_is_excluded &&
            one->to_is_included == like->to_is_included && str_eq(one->from, like->from) &&
            str_eq(one->to, like->to))
            return true;
    }
    return false;
}

static void compare_criteria(struct comparing *c)
{
    struct criteria was = criteria_of(c->was, c->arena), is = criteria_of(c->is, c->arena);

    if (!is_short(c, DIFFERENCE_CRITERION, was.len, is.len))
        return;
    for (size_t i = 0; i < is.len; i++)
        if (!has_criterion(&was, is.at[i]))
            add(c, (struct difference){ .field = DIFFERENCE_CRITERION, .criterion_is = is.at[i] });
    for (size_t i = 0; i < was.len; i++)
        if (!has_criterion(&is, was.at[i]))
            add(c,
                (struct difference){ .field = DIFFERENCE_CRITERION, .criterion_was = was.at[i] });
}

struct differences catalog_difference(const struct catalog_record *was,
                                      const struct catalog_record *is, struct arena *arena)
{
    struct comparing c = { .was = was, .is = is, .arena = arena };

    compare_states(&c);
    compare_texts(&c);
    compare_scores(&c);
    compare_names(&c, DIFFERENCE_WEAKNESS, &was->weaknesses, &is->weaknesses);
    compare_names(&c, DIFFERENCE_ALIAS, &was->aliases, &is->aliases);
    compare_products(&c);
    compare_criteria(&c);
    compare_references(&c);
    compare(&c, DIFFERENCE_SSVC, ssvc_words(&was->ssvc, arena), ssvc_words(&is->ssvc, arena));
    return c.found;
}
