/* catalog FOLDER WHAT SECONDS: how fast the catalogue answers, on the thread that asks. WHAT: "pages" makes the pages of entries as the portal's handler does; the
 * others are searches with facets, twenty to a page: "words" (one or two English words of the texts), "japanese" (one or two characters), "vendors" (what one
 * touches), "filters" (severity and weakness), "ids", and "published", "severity", "epss", "relevance": words in that order; "absent": words that nothing has;
 * "watched": what has no Japanese, that which touches most of 10,000 products first.
 * Prints: answers a second, the median and the 99th of a hundred in milliseconds of the wall, processor time of an answer in milliseconds, bytes of a page or
 * entries found in the mean. The same numbers for chance every time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/str.h"
#include "domain/catalog/search.h"
#include "faces/portal/records/record.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"
#include "store/generation.h"
#include "store/kinds.h"
#include "store/store.h"

enum { SAMPLE = 4000, WATCHED = SEARCH_TOUCHING_MAX, TIMES_MAX = 4 << 20, PAGE = 20, WARM = 50 };

static const struct query entries = {
    .name = "entries",
    .text =
        "SELECT e.name, e.title_ja, e.title_en, coalesce((SELECT v.key FROM entry_product ep JOIN product p ON p.id = ep.product_id JOIN vendor v ON v.id = "
        "p.vendor_id WHERE ep.entry_id = e.id LIMIT 1), '') AS vendor FROM entry e WHERE e.id % 83 = 7 LIMIT 4000",
};

static const struct query products = {
    .name = "products",
    .text =
        "SELECT v.key || ':' || p.key AS key FROM product p JOIN vendor v ON v.id = p.vendor_id ORDER BY p.id * 7919 % 104729, p.id LIMIT :limit",
};

struct sample {
    struct str name, title_ja, title_en, vendor;
};
struct bench {
    struct arena *arena; /* of the samples */
    struct store *store;
    struct settings settings;
    struct public_face face;
    struct sample samples[SAMPLE];
    size_t count;
    struct catalog_strings watched;
    uint64_t state;
    int64_t weight; /* bytes or hits, summed */
};

static void stop(const struct err *err)
{
    fprintf(stderr, "%s (%s)\n", err->subject, err->trail);
    exit(1);
}

static uint32_t below(struct bench *b, uint32_t n)
{
    b->state = b->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((b->state >> 32) * n >> 32);
}

static double seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void open_all(struct bench *b, const char *folder)
{
    char path[1024];
    struct err err = { 0 };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    snprintf(path, sizeof path, "%s/catalog.db", folder);
    b->arena = arena_new(1 << 30);
    if (!store_open(&(struct store_options){ .path = path, .kind = &store_catalog }, &b->store,
                    &err) ||
        !settings_load(STR(""), NULL, b->arena, &b->settings, &err) ||
        !watch_new(folder, &b->face.watch, &err) ||
        !public_catalog_new(str_from_z(folder), 2, &b->face.catalog, &err) ||
        !tx_begin(b->store, TX_READ, &tx, &err) ||
        !store_select(tx, &entries, NO_BINDS, b->arena, &rows, &err))
        stop(&err);
    b->face.settings = &b->settings;
    while (b->count < SAMPLE && rows_next(rows, &err) == 1)
        b->samples[b->count++] =
            (struct sample){ row_text(rows, "name"), row_text(rows, "title_ja"),
                             row_text(rows, "title_en"), row_text(rows, "vendor") };
    if (b->count == 0)
        stop(&err);
    rows_end(rows);
    rows = NULL;
    if (!store_select(tx, &products, BINDS(bind_int("limit", WATCHED)), b->arena, &rows, &err))
        stop(&err);
    while (rows_next(rows, &err) == 1)
        VEC_PUSH(b->arena, &b->watched, row_text(rows, "key"));
}

/* ---- what is asked ---- */

static struct str word_of(struct bench *b, struct str text)
{
    struct str word = STR_NONE, part, rest = text;

    for (uint32_t n = below(b, 12) + 1; n > 0 && str_split(&rest, ' ', &part); n--)
        if (part.len > 1 && part.len < 20 && part.ptr[0] > 0)
            word = part;
    return word;
}

static struct str characters_of(struct bench *b, struct str text, size_t count)
{
    size_t all = str_code_points(text), from;

    if (all < count)
        return STR("\xe8\xaa\x8d");
    from = below(b, (uint32_t)(all - count + 1));
    text = str_drop(text, str_take_code_points(text, from).len);
    return str_take_code_points(text, count);
}

static const struct sample *any(struct bench *b, bool in_japanese)
{
    for (;;) {
        const struct sample *sample = &b->samples[below(b, (uint32_t)b->count)];

        if (in_japanese ? sample->title_ja.len > 0 : sample->title_en.len > 0)
            return sample;
    }
}

static struct search question(struct bench *b, const char *what, struct arena *arena)
{
    static const struct {
        const char *name;
        enum search_order order;
    } orders[] = { { "published", ORDER_PUBLISHED },
                   { "severity", ORDER_SEVERITY },
                   { "epss", ORDER_EPSS },
                   { "relevance", ORDER_RELEVANCE } };
    struct search search = { .limit = PAGE };

    if (strcmp(what, "japanese") == 0) {
        search.words = characters_of(b, any(b, true)->title_ja, 1 + below(b, 2));
    } else if (strcmp(what, "vendors") == 0) {
        search.vendor = any(b, false)->vendor;
    } else if (strcmp(what, "filters") == 0) {
        search.severities = 1u << (SEVERITY_LOW + below(b, 4));
        search.cwe = below(b, 2) ? 79 : 0;
        search.year = below(b, 2) ? 2015 + (int)below(b, 10) : 0;
    } else if (strcmp(what, "ids") == 0) {
        search.words = any(b, false)->name;
    } else if (strcmp(what, "watched") == 0) {
        search.touching = &b->watched;
        search.has_ja = TICK_NO;
        search.order = ORDER_EPSS;
    } else if (strcmp(what, "absent") == 0) {
        search.words = arena_printf(arena, "xq%uzz", below(b, 1000000));
    } else {
        struct str word = word_of(b, any(b, false)->title_en),
                   other = word_of(b, any(b, false)->title_en);

        search.words =
            below(b, 2) ? arena_printf(arena, "%.*s %.*s", STR_ARG(word), STR_ARG(other)) : word;
        for (size_t i = 0; i < COUNT(orders); i++)
            if (strcmp(what, orders[i].name) == 0)
                search.order = orders[i].order;
    }
    return search;
}

static void search_once(struct bench *b, const char *what, struct arena *arena)
{
    const struct search search = question(b, what, arena);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct search_found found;
    struct err err = { 0 };

    if (!tx_begin(b->store, TX_READ, &tx, &err) ||
        !catalog_search(tx, &search, true, arena, &found, &err))
        stop(&err);
    b->weight += found.count;
}

static void page_once(struct bench *b, struct arena *arena)
{
    struct str name = b->samples[below(b, (uint32_t)b->count)].name;
    struct request req = { .arena = arena,
                           .now = { 1790000000000 },
                           .method = METHOD_GET,
                           .path = arena_printf(arena, "/records/%.*s", STR_ARG(name)),
                           .lang = LANG_JA,
                           .app = &b->face };
    struct response res = { .arena = arena };
    struct err err = { 0 };

    VEC_PUSH(arena, &req.path_values, (struct field){ STR("id"), name });
    if (!portal_record(&req, &res, &err))
        stop(&err);
    b->weight += (int64_t)res.body.len;
    if (res.release)
        res.release(res.owner);
}

static void once(struct bench *b, const char *what, struct arena *arena)
{
    if (strcmp(what, "pages") == 0)
        page_once(b, arena);
    else
        search_once(b, what, arena);
    arena_reset(arena);
}

/* ---- measuring ---- */

static int compare(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv)
{
    static struct bench b = { .state = 1 };
    static double times[TIMES_MAX];
    struct arena *arena = arena_new(1 << 30);
    double until, cpu;
    size_t count = 0;

    if (argc != 4)
        return 2;
    open_all(&b, argv[1]);
    for (int i = 0; i < WARM; i++)
        once(&b, argv[2], arena);
    b.weight = 0;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    until = seconds(CLOCK_MONOTONIC) + strtod(argv[3], NULL);
    for (double before = seconds(CLOCK_MONOTONIC); before < until && count < TIMES_MAX;) {
        double after;

        once(&b, argv[2], arena);
        after = seconds(CLOCK_MONOTONIC);
        times[count++] = after - before;
        before = after;
    }
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    qsort(times, count, sizeof times[0], compare);
    printf("%.0f %.3f %.3f %.4f %.0f\n", (double)count / strtod(argv[3], NULL),
           times[count / 2] * 1e3, times[count * 99 / 100] * 1e3, cpu / (double)count * 1e3,
           (double)b.weight / (double)count);
    return 0;
}
