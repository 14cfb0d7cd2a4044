/* domain/catalog/search.h: finding entries: words in Japanese and English, filters, an order, a page of them, how many there are, and what they could be narrowed by.
 * Counts stop at a limit and say so; nothing here grows with the size of the catalogue but the choice of what to walk. Rule: VDB-04, VDB-15 */
#pragma once
#include "domain/catalog/entry.h"

enum {
    SEARCH_WORDS_MAX = 200,
    SEARCH_PAGE_MAX = 100,
    SEARCH_COUNT_MAX = 1000,
    SEARCH_OFFSET_MAX = 10000,
    SEARCH_TOUCHING_MAX = 10000 /* products */
};

enum search_order {
    ORDER_MODIFIED, /* the latest first */
    ORDER_PUBLISHED,
    ORDER_SEVERITY, /* the highest score first */
    ORDER_EPSS,
    ORDER_RELEVANCE, /* words in names, titles and products first (of frequent phrases among the newest that have them); then the latest first */
    SEARCH_ORDERS
};
enum search_tick { TICK_ANY, TICK_YES, TICK_NO };

struct search {
    struct str
        words; /* as typed; quotes keep words together; a word of three or more letters that few entries have also finds longer ones; an id finds its entry first. May be empty */
    struct str vendor,
        product;         /* keys of the dictionary (product.h): "apache", "apache:http_server" */
    struct str source;   /* catalog_source_name */
    int64_t cwe;         /* 79; 0: any */
    unsigned severities; /* 1u << enum catalog_severity; 0: any */
    int year;            /* of its first publication; 0: any */
    enum search_tick kev, has_ja, is_embedded;
    int epss_min; /* 1/100000; 0: any */
    struct utc published_from, published_to, modified_from,
        modified_to;    /* 0: open; the end is excluded */
    bool with_rejected; /* otherwise rejected and withdrawn ones are left out */
    enum search_order order;
    const struct catalog_strings *
        touching; /* keys as `product` has them: entries about most of these come first (64 and more are alike); of as many each `order` decides, by
                     relevance the latest. NULL: order alone */
    size_t offset, limit;
};

struct search_choice {
    struct str key, name_ja, name_en; /* key: what the filter takes */
    int64_t count;                    /* how many hits have it: search_facet_is_of_newest */
};
struct search_choices {
    VEC_OF(struct search_choice);
};
enum search_facet {
    FACET_SEVERITY,
    FACET_SOURCE,
    FACET_VENDOR,
    FACET_PRODUCT,
    FACET_CWE,
    FACET_YEAR,
    FACET_KEV,
    FACET_EMBEDDED,
    FACET_JA,
    SEARCH_FACETS
};
struct search_found {
    struct catalog_entries entries;
    struct {
        VEC_OF(int); /* beside entries: how many of `touching` each is about; empty without it */
    } touched;
    int64_t count;
    bool count_is_capped; /* there are more than count */
    struct search_choices
        facets[SEARCH_FACETS]; /* the most frequent first; empty without with_facets */
    struct search_choices
        meant; /* nothing was found: what would have found something, key: words */
};

/* Of those that are many (vendors, products, weaknesses) the counts are of the newest SEARCH_COUNT_MAX hits, where there are more; the others' are of all. */
bool search_facet_is_of_newest(enum search_facet facet);

/**
 * One page of what is asked for, in a stable order (ties by id, the newest first).
 *
 * err    ERR_SEARCH about the filter that cannot be (words too long, unknown source, offset beyond the limit); ERR_STORE
 * Rule:  VDB-04
 */
MUST_CHECK bool catalog_search(struct tx *tx, const struct search *search, bool with_facets,
                               struct arena *arena, struct search_found *out, struct err *err);
