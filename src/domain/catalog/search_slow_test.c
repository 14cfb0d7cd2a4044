/* VDB-04: whatever is asked, while the catalogue changes: the same entries in the same order, the same count and the same facets as looking at every entry by itself. */
#include "base/fold.h"
#include "domain/catalog/search.h"
#include "domain/catalog/testing.h"

enum { ENTRIES = 2400, ROUNDS = 6, QUESTIONS = 120, WEAKNESSES = 12 };

/* What stands in its record; what the catalogue made of it. */
struct thing {
    struct str text;
    bool is_title;
    int vendor, product, cwe;
    struct utc modified;
    bool is_rejected;
    struct catalog_entry entry;
};
struct world {
    struct shelf *shelf;
    uint64_t state;
    int64_t now;
    struct thing *things;
};

static size_t below(struct world *w, size_t n)
{
    w->state = w->state * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return (size_t)(w->state >> 33) % n;
}

/* ---- a catalogue ---- */

static const char *const characters[] = { "脆", "弱", "性", "認", "証", "サ", "バ",
                                          "の", "権", "情", "報", "漏", "、" };
/* "beta" stands in so many entries that it does not mean "betatron"; "alpha" means "alphabet" too. */
static const struct {
    const char *word;
    unsigned share; /* of a hundred texts */
} vocabulary[] = {
    { "beta", 80 }, { "betatron", 6 }, { "alpha", 3 }, { "alphabet", 4 }, { "xi", 9 }
};

static struct str text_of(struct world *w)
{
    struct buf buf = buf_new(w->shelf->arena, 4096);

    for (size_t i = below(w, 12); i > 0; i--)
        buf_add_z(&buf, characters[below(w, COUNT(characters))]);
    for (size_t i = 0; i < COUNT(vocabulary); i++) {
        if (below(w, 100) >= vocabulary[i].share)
            continue;
        buf_byte(&buf, ' ');
        buf_add_z(&buf, vocabulary[i].word);
    }
    buf_byte(&buf, '.');
    return buf_str(&buf);
}

static struct str name_of(struct world *w, size_t place)
{
    return arena_printf(w->shelf->arena, "CVE-2001-%zu", 10000 + place);
}

static void put(struct world *w, size_t place)
{
    struct thing new, *thing = &new;
    struct catalog_record record = {
        .source = place % 3 ? SOURCE_NVD : SOURCE_CVE,
        .id = name_of(w, place),
        .published = { (9000 + (int64_t)below(w, 3000)) * UTC_DAY },
        .modified = { (12000 + w->now * 10 + (int64_t)below(w, 40)) * UTC_DAY },
        .state = below(w, 20) ? CATALOG_PUBLISHED : CATALOG_REJECTED,
    };

    *thing = (struct thing){ .text = text_of(w),
                             .is_title = below(w, 2) == 0,
                             .vendor = (int)below(w, 5),
                             .product = (int)below(w, 3),
                             .cwe = (int)below(w, WEAKNESSES) + 1 };
    VEC_PUSH(w->shelf->arena, &record.texts,
             (struct catalog_text){ .kind = thing->is_title ? TEXT_TITLE : TEXT_DESCRIPTION,
                                    .lang = below(w, 3) ? STR("en") : STR("ja"),
                                    .text = thing->text });
    VEC_PUSH(w->shelf->arena, &record.weaknesses,
             arena_printf(w->shelf->arena, "CWE-%d", thing->cwe));
    VEC_PUSH(w->shelf->arena, &record.scores,
             (struct catalog_score){ .version = STR("3.1"), .tenths = (int)below(w, 101) });
    shelf_add_cpe(
        w->shelf, &record,
        arena_z(w->shelf->arena, arena_printf(w->shelf->arena, "cpe:2.3:a:v%d:p%d:*:*:*:*:*:*:*:*",
                                              thing->vendor, thing->product)));
    /* One that is dated before what is there changes nothing. */
    if (shelf_put(w->shelf, &record, NULL) != CATALOG_UNCHANGED)
        w->things[place] = new;
}

static void look_up(struct world *w)
{
    struct err err = { 0 };

    assert_true(tx_begin(w->shelf->store, TX_READ, &w->shelf->tx, &err));
    for (size_t i = 0; i < ENTRIES; i++)
        assert_true(catalog_entry_find(w->shelf->tx, name_of(w, i), w->shelf->arena,
                                       &w->things[i].entry, &err));
    tx_end(TAKE(w->shelf->tx));
}

static void put_scores(struct world *w)
{
    struct err err = { 0 };
    enum catalog_change change;
    bool is_old;

    for (size_t i = 0; i < 200; i++)
        assert_true(catalog_put_epss(w->shelf->batch,
                                     &(struct epss_row){ .cve = name_of(w, below(w, ENTRIES)),
                                                         .score = (int)below(w, 50) * 1000,
                                                         .percentile = 1 },
                                     (struct utc){ w->now * UTC_DAY }, w->shelf->arena, &change,
                                     &err));
    assert_true(
        catalog_kev_begin(w->shelf->batch, (struct utc){ w->now * UTC_DAY }, &is_old, &err));
    for (size_t i = 0; i < 60; i++)
        assert_true(catalog_put_kev(
            w->shelf->batch, &(struct kev_item){ .cve = name_of(w, below(w, ENTRIES)) },
            (struct utc){ w->now * UTC_DAY }, w->shelf->arena, &change, &err));
    assert_true(catalog_kev_end(w->shelf->batch, (struct utc){ w->now * UTC_DAY }, &err));
}

static void change(struct world *w)
{
    w->now++;
    shelf_begin(w->shelf, w->now * UTC_DAY);
    for (size_t i = below(w, 150); i > 0; i--)
        put(w, below(w, ENTRIES));
    if (below(w, 2))
        put_scores(w);
    if (below(w, 3) == 0)
        catalog_batch_rebuild(w->shelf->batch);
    shelf_end(w->shelf);
    look_up(w);
}

/* ---- what is asked ---- */

static struct str question_of(struct world *w)
{
    struct buf buf = buf_new(w->shelf->arena, 1024);

    for (size_t i = below(w, 3); i > 0; i--) {
        if (below(w, 2)) {
            buf_add_z(&buf, vocabulary[below(w, COUNT(vocabulary))].word);
        } else {
            for (size_t n = 1 + below(w, 3); n > 0; n--)
                buf_add_z(&buf, characters[below(w, COUNT(characters) - 1)]);
        }
        buf_byte(&buf, ' ');
    }
    return buf_str(&buf);
}

static struct search search_of(struct world *w)
{
    struct search s = { .words = question_of(w),
                        .order = (enum search_order)below(w, SEARCH_ORDERS),
                        .offset = below(w, 3) ? 0 : below(w, 300),
                        .limit = 1 + below(w, SEARCH_PAGE_MAX),
                        .with_rejected = below(w, 4) == 0 };

    if (below(w, 4) == 0) { /* of some that are there and some that are not */
        struct catalog_strings *keys = ARENA_NEW(w->shelf->arena, struct catalog_strings);

        for (size_t n = below(w, 6); n > 0; n--)
            VEC_PUSH(w->shelf->arena, keys,
                     arena_printf(w->shelf->arena, "v%zu:p%zu", below(w, 7), below(w, 5)));
        s.touching = keys;
    }
    if (below(w, 5) == 0)
        s.vendor = arena_printf(w->shelf->arena, "v%zu", below(w, 6));
    if (below(w, 5) == 0)
        s.product = arena_printf(w->shelf->arena, "v%zu:p%zu", below(w, 5), below(w, 4));
    if (below(w, 5) == 0)
        s.source = catalog_source_name(below(w, 2) ? SOURCE_NVD : SOURCE_CVE);
    if (below(w, 5) == 0)
        s.cwe = 1 + (int64_t)below(w, WEAKNESSES + 1);
    if (below(w, 5) == 0)
        s.severities = 1u << below(w, CATALOG_SEVERITIES) | 1u << below(w, CATALOG_SEVERITIES);
    if (below(w, 5) == 0)
        s.year = 1994 + (int)below(w, 10);
    if (below(w, 6) == 0)
        s.kev = below(w, 2) ? TICK_YES : TICK_NO;
    if (below(w, 6) == 0)
        s.has_ja = below(w, 2) ? TICK_YES : TICK_NO;
    if (below(w, 8) == 0)
        s.is_embedded = TICK_NO;
    if (below(w, 6) == 0)
        s.epss_min = (int)below(w, 50) * 1000;
    if (below(w, 6) == 0)
        s.published_from.ms = (9000 + (int64_t)below(w, 3000)) * UTC_DAY;
    if (below(w, 6) == 0)
        s.published_to.ms = (9000 + (int64_t)below(w, 3000)) * UTC_DAY;
    if (below(w, 6) == 0)
        s.modified_from.ms = (12000 + (int64_t)below(w, 80)) * UTC_DAY;
    if (below(w, 6) == 0)
        s.modified_to.ms = (12000 + (int64_t)below(w, 80)) * UTC_DAY;
    return s;
}

/* ---- by looking at each ---- */

/* Does a word of letters stand in the text? As its beginning too, unless it is the one that is frequent, or so short. */
static bool has_letters(struct str text, struct str word)
{
    bool goes_on = word.len >= 3 && !str_eq(word, STR("beta"));
    struct str part;

    text = str_take(text, str_index(text, '.'));
    while (str_split(&text, ' ', &part))
        if (str_eq(part, word) || (goes_on && str_starts(part, word)))
            return true;
    return false;
}

static bool has_words(struct str text, struct str words)
{
    struct str part;

    while (str_split(&words, ' ', &part)) {
        if (part.len == 0)
            continue;
        if ((unsigned char)part.ptr[0] < 0x80 ? !has_letters(text, part)
                                              : !str_contains(text, part))
            return false;
    }
    return true;
}

static bool is_hit(struct world *w, const struct thing *t, const struct search *s)
{
    const struct catalog_entry *e = &t->entry;
    enum catalog_source source;
    struct arena *arena = w->shelf->arena;

    return has_words(fold(arena, t->text), fold(arena, s->words)) &&
           (s->with_rejected || e->state == CATALOG_PUBLISHED) &&
           (s->vendor.len == 0 || str_eq(s->vendor, arena_printf(arena, "v%d", t->vendor))) &&
           (s->product.len == 0 ||
            str_eq(s->product, arena_printf(arena, "v%d:p%d", t->vendor, t->product))) &&
           (!catalog_source_from_name(s->source, &source) || e->sources >> source & 1) &&
           (!s->cwe || s->cwe == t->cwe) && (!s->severities || s->severities >> e->severity & 1) &&
           (!s->year || utc_to_jst(e->published).year == s->year) &&
           (s->kev == TICK_ANY || e->is_kev == (s->kev == TICK_YES)) &&
           (s->has_ja == TICK_ANY || e->has_ja == (s->has_ja == TICK_YES)) &&
           (s->is_embedded == TICK_ANY || e->is_embedded == (s->is_embedded == TICK_YES)) &&
           e->epss >= s->epss_min - (s->epss_min == 0) && e->published.ms >= s->published_from.ms &&
           (!s->published_to.ms || e->published.ms < s->published_to.ms) &&
           e->modified.ms >= s->modified_from.ms &&
           (!s->modified_to.ms || e->modified.ms < s->modified_to.ms);
}

struct comparing {
    struct arena *arena;
    const struct catalog_strings *touching;
    enum search_order order;
    bool by_words; /* of more than one character */
};

static int touched(struct arena *arena, const struct thing *t,
                   const struct catalog_strings *touching)
{
    struct str key = arena_printf(arena, "v%d:p%d", t->vendor, t->product);

    for (size_t i = 0; touching && i < touching->len; i++)
        if (str_eq(touching->at[i], key))
            return 1;
    return 0;
}

static int64_t key_of(const struct thing *t, enum search_order order)
{
    return order == ORDER_PUBLISHED  ? t->entry.published.ms
           : order == ORDER_SEVERITY ? t->entry.tenths
           : order == ORDER_EPSS     ? t->entry.epss
                                     : t->entry.modified.ms;
}

static int compare(const void *a, const void *b, void *context)
{
    const struct thing *x = *(const struct thing *const *)a, *y = *(const struct thing *const *)b;
    const struct comparing *by = context;
    int64_t p = key_of(x, by->order), q = key_of(y, by->order);
    int most = touched(by->arena, y, by->touching) - touched(by->arena, x, by->touching);

    if (most != 0)
        return most;
    if (!by->touching && by->order == ORDER_RELEVANCE && by->by_words && x->is_title != y->is_title)
        return x->is_title ? -1 : 1;
    return p != q ? (p < q) - (p > q) : (x->entry.id < y->entry.id) - (x->entry.id > y->entry.id);
}

/* All hits of it, in its order. */
static size_t look_at_each(struct world *w, const struct search *s, enum search_order order,
                           const struct thing **out)
{
    struct comparing by = { w->shelf->arena, s->touching, order, false };
    struct str rest = s->words, word;
    size_t count = 0;

    while (str_split(&rest, ' ', &word))
        by.by_words |= str_code_points(word) > 1;
    for (size_t i = 0; i < ENTRIES; i++)
        if (is_hit(w, &w->things[i], s))
            out[count++] = &w->things[i];
    qsort_r(out, count, sizeof *out, compare, &by);
    return count;
}

static int64_t count_of(const struct search_choices *choices, struct str key)
{
    for (size_t i = 0; i < choices->len; i++)
        if (str_eq(choices->at[i].key, key))
            return choices->at[i].count;
    return 0;
}

/* Those of severities, years, weaknesses and vendors, each of which has so few values that all are told; of the last two among the newest. */
static void check_facets(struct world *w, const struct search *s, const struct search_found *found)
{
    const struct thing *newest[ENTRIES];
    struct search asked = *s;
    size_t count;
    int64_t severities[CATALOG_SEVERITIES] = { 0 }, weaknesses[WEAKNESSES + 1] = { 0 }, kev = 0,
            vendors[5] = { 0 }, years[100] = { 0 }, sources = 0;

    asked.touching = NULL;
    count = look_at_each(w, &asked, ORDER_MODIFIED, newest);
    for (size_t i = 0; i < count; i++) {
        severities[newest[i]->entry.severity]++;
        years[utc_to_jst(newest[i]->entry.published).year % COUNT(years)]++;
        sources += newest[i]->entry.sources >> SOURCE_NVD & 1;
        kev += newest[i]->entry.is_kev;
        if (i >= SEARCH_COUNT_MAX)
            continue;
        weaknesses[newest[i]->cwe]++;
        vendors[newest[i]->vendor]++;
    }
    for (size_t i = 0; i < COUNT(severities); i++)
        assert_int_equal(count_of(&found->facets[FACET_SEVERITY],
                                  catalog_severity_name((enum catalog_severity)i)),
                         severities[i]);
    for (size_t i = 1; i < COUNT(weaknesses); i++)
        assert_int_equal(
            count_of(&found->facets[FACET_CWE], arena_printf(w->shelf->arena, "%zu", i)),
            weaknesses[i]);
    for (size_t i = 0; i < COUNT(vendors); i++)
        assert_int_equal(
            count_of(&found->facets[FACET_VENDOR], arena_printf(w->shelf->arena, "v%zu", i)),
            vendors[i]);
    for (size_t i = 0; i < found->facets[FACET_YEAR].len; i++) {
        struct str year = found->facets[FACET_YEAR].at[i].key;

        assert_int_equal(found->facets[FACET_YEAR].at[i].count,
                         years[(year.ptr[2] - '0') * 10 + year.ptr[3] - '0']);
    }
    assert_int_equal(count_of(&found->facets[FACET_SOURCE], STR("nvd")), sources);
    assert_int_equal(count_of(&found->facets[FACET_KEV], STR("yes")), kev);
}

static void check(struct world *w, struct tx *tx, const struct search *s)
{
    const struct thing *want[ENTRIES];
    size_t count = look_at_each(w, s, s->order, want), shown;
    struct search_found found;
    struct err err = { 0 };

    if (!catalog_search(tx, s, true, w->shelf->arena, &found, &err))
        fail_msg("%s %s", err_name(err.code), err.subject);
    shown = count > s->offset ? count - s->offset : 0;
    shown = shown > s->limit ? s->limit : shown;
    if (found.count != (int64_t)(count > SEARCH_COUNT_MAX ? SEARCH_COUNT_MAX : count) ||
        found.count_is_capped != (count > SEARCH_COUNT_MAX) || found.entries.len != shown)
        fail_msg("\"%.*s\" order %d: %lld, not %zu; %zu shown, not %zu", STR_ARG(s->words),
                 s->order, (long long)found.count, count, found.entries.len, shown);
    for (size_t i = 0; i < shown; i++)
        if (found.entries.at[i].id != want[s->offset + i]->entry.id)
            fail_msg("\"%.*s\" order %d: %lld in place %zu, not %lld", STR_ARG(s->words), s->order,
                     (long long)found.entries.at[i].id, s->offset + i,
                     (long long)want[s->offset + i]->entry.id);
    assert_int_equal(found.touched.len, s->touching ? shown : 0);
    for (size_t i = 0; i < found.touched.len; i++)
        assert_int_equal(found.touched.at[i],
                         touched(w->shelf->arena, want[s->offset + i], s->touching));
    if (count > 0)
        check_facets(w, s, &found);
}

/* Readers of the state before a change go on seeing that, beside those who see the next one. */
static void search__finds_what_looking_at_each_finds(void **state)
{
    struct world w = { .shelf = *state, .state = 7 };
    struct err err = { 0 };

    w.things = ARENA_NEW_N(w.shelf->arena, ENTRIES, struct thing);
    shelf_begin(w.shelf, 1);
    for (size_t i = 0; i < ENTRIES; i++)
        put(&w, i);
    put_scores(&w);
    shelf_end(w.shelf);
    look_up(&w);
    for (size_t round = 0; round < ROUNDS; round++) {
        CLEANUP(tx_end_var) struct tx *before = NULL, *after = NULL;
        struct world old = w;

        old.things = ARENA_NEW_N(w.shelf->arena, ENTRIES, struct thing);
        memcpy(old.things, w.things, ENTRIES * sizeof *w.things);
        assert_true(tx_begin(w.shelf->store, TX_READ, &before, &err));
        check(&old, before, &(struct search){ .limit = 20 });
        change(&w);
        assert_true(tx_begin(w.shelf->store, TX_READ, &after, &err));
        for (size_t i = 0; i < QUESTIONS; i++) {
            struct search search = search_of(&w);

            check(&w, after, &search);
            if (i % 8 == 0)
                check(&old, before, &search);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(search__finds_what_looking_at_each_finds, shelf_set_up,
                                        shelf_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
