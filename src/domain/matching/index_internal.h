/* domain/matching/index_internal.h: the layout of the match index's file, for those who write and read it. */
#pragma once
#include "base/vec.h"
#include "domain/matching/criterion.h"
#include "domain/matching/entry.h"
#include "domain/matching/explain.h"
#include "domain/matching/index.h"
#include "domain/matching/statement.h"

#include <endian.h>
#include <string.h>

/*
 * The file, numbers little-endian:
 *   head       magic (8), version u32, sections u32, size of the file u64, built i64, BLAKE2b-256 of the table
 *   table      for each section: place u64, length u64, BLAKE2b-256
 *   sections   each at a multiple of 64
 * Most sections are rows of u32; a row that owns a run of rows elsewhere gives the first of them, and the next row's first is their end (there
 * is one row more than there are). Texts are offsets into SECTION_TEXTS (length u16, bytes), 0 is the empty text.
 */
enum {
    INDEX_VERSION = 2,
    INDEX_HEAD = 64,
    INDEX_TABLE_ROW = 48,
    INDEX_ALIGN = 64,
    INDEX_ANY_TAIL = 2, /* the first text: "*:*:*:*:*:*:*", which allows everything */
    INDEX_TREE_DEPTH = CATALOG_DEPTH_MAX + 2
};
#define INDEX_MAGIC "NRSHMTX\n"

enum index_section {
    SECTION_TEXTS,
    SECTION_KEYS, /* of versions: length u16, bytes */
    /* CPE */
    SECTION_PRODUCT_SLOTS, /* hash table: 8 bits of the hash, 24 bits of product + 1 */
    SECTION_PRODUCTS,      /* struct product_row, in their order */
    SECTION_WILD,          /* products whose name stands for many */
    SECTION_POINTS, /* criteria of one value: struct point_row; a criterion's number counts through points, then ranges */
    SECTION_RANGES, /* all others: struct range_row */
    SECTION_BOUNDS, /* of a product's ranges, ascending: struct bound_row */
    SECTION_POSTINGS,       /* u32: a record, or POSTING_CONFIGURATION and a configuration */
    SECTION_CONFIGURATIONS, /* struct configuration_row */
    SECTION_TREES,          /* u32, see TREE_ */
    /* packages, and vendor and product in words */
    SECTION_PACKAGE_SLOTS,
    SECTION_PACKAGES, /* struct package_row */
    SECTION_ENTRIES,  /* struct entry_row, by package, record */
    SECTION_SPANS,    /* struct span_row */
    SECTION_PACKAGE_BOUNDS,
    /* records */
    SECTION_RECORDS,   /* struct record_row */
    SECTION_SUBJECTS,  /* u32: lists of groups, each after its length */
    SECTION_GROUPS,    /* struct group_row */
    SECTION_IDS,       /* u32: texts of a group's ids, the best first */
    SECTION_MEMBERS,   /* u32: records of a group */
    SECTION_EXPLOITED, /* struct exploited_row, by text of the CVE */
    SECTION_DETAILS,   /* length u32, bytes: detail.h */
    SECTION_SOURCES,   /* struct source_row, by name */
    INDEX_SECTIONS
};

struct product_row {
    uint32_t name, points, ranges, bounds; /* "part:vendor:product" */
};
struct point_row {
    uint32_t version, tail, postings;
};
struct range_row {
    uint32_t version, tail;
    uint32_t from, to; /* place among the product's bounds + 1; 0: none */
    uint32_t flags;    /* RANGE_ and the shape */
    uint32_t postings;
};
enum { RANGE_SHAPE = 7, RANGE_FROM_EXCLUDED = 8, RANGE_TO_INCLUDED = 16, RANGE_IS_PLATFORM = 32 };
struct bound_row {
    uint32_t text, key, scheme; /* key 0: this text has none; then texts are compared */
};
struct configuration_row {
    uint32_t record, tree;
};
struct package_row {
    uint32_t ecosystem, name, entries, bounds;
};
struct entry_row {
    uint32_t record, release, label, flags, spans;
};
enum {
    ENTRY_DEFAULT = 3,
    ENTRY_HAD_SPANS = 4,
    ENTRY_GAP = 8,
    ENTRY_LISTS_AFFECTED = 16,
    ENTRY_RANK = 32 /* times enum statement_rank */
};
struct span_row {
    uint32_t from, to, flags;
};
enum {
    SPAN_STATUS = 3,
    SPAN_FROM_EXCLUDED = 4,
    SPAN_TO_INCLUDED = 8,
    SPAN_IS_FIX = 16,
    SPAN_IS_MODULAR = 32,
    SPAN_IS_POINT = 64,
    SPAN_SCHEME = 256 /* times enum version_scheme */
};
struct record_row {
    uint32_t id, origin, subjects, detail,
        source; /* subjects: a group, or SUBJECT_LIST and a place in SECTION_SUBJECTS */
};
struct group_row {
    uint32_t ids, members, exploited; /* exploited: row + 1 */
};
struct exploited_row {
    uint32_t cve, flags;
    uint32_t epss, percentile;                       /* of int32_t */
    uint32_t kev_added[2], kev_due[2], epss_date[2]; /* the low half first */
};
struct source_row {
    uint32_t name, records, newest[2];
};
enum { EXPLOITED_KEV = 1, EXPLOITED_RANSOMWARE = 2 };

#define POSTING_CONFIGURATION 0x80000000u
#define SUBJECT_LIST          0x80000000u
/* A tree in preorder: a node says how many children follow, a leaf is a criterion. */
#define TREE_LEAF       0x80000000u
#define TREE_VULNERABLE 0x40000000u /* of a leaf */
#define TREE_PART       28          /* of a leaf: two bits, place in tree_parts */
#define TREE_CRITERION  0x0fffffffu /* of a leaf; all ones: matches nothing */
#define TREE_AND        0x40000000u /* of a node */
#define TREE_NEGATED    0x20000000u /* of a node */
#define TREE_FLAT       0x10000000u /* of a node: its children are leaves */
#define TREE_CHILDREN   0x0fffffffu
extern const char tree_parts[4];

/* Stands as the ecosystem of vendor and product in words, "vendor:product". */
#define WORDS_ECOSYSTEM "="

/* ---- reading ---- */

struct matching_index {
    struct str bytes;
    bool is_mapped;
    struct {
        const unsigned char *at;
        size_t len;
    } sections[INDEX_SECTIONS];
    /* rows that hold something: without the one that ends the last */
    uint32_t products, points, ranges, configurations, packages, entries, records, groups;
    struct utc built;
};

static inline uint32_t index_u32(const unsigned char *at)
{
    uint32_t n;

    memcpy(&n, at, sizeof n);
    return le32toh(n);
}

static inline uint64_t index_u64(const unsigned char *at)
{
    uint64_t n;

    memcpy(&n, at, sizeof n);
    return le64toh(n);
}

/* The n-th u32 of a section; 0 beyond its end. */
static inline uint32_t index_word(const struct matching_index *index, enum index_section section,
                                  size_t n)
{
    return n < index->sections[section].len / sizeof(uint32_t)
               ? index_u32(index->sections[section].at + n * sizeof(uint32_t))
               : 0;
}

/* Copies row n; all zero beyond the end, so that a damaged place reads as an empty row. */
static inline void index_copy(const struct matching_index *index, enum index_section section,
                              size_t n, uint32_t *row, size_t words)
{
    size_t size = words * sizeof(uint32_t);

    if (n >= index->sections[section].len / size) {
        memset(row, 0, size);
        return;
    }
    memcpy(row, index->sections[section].at + n * size, size);
    for (size_t i = 0; BYTE_ORDER == BIG_ENDIAN && i < words; i++)
        row[i] = le32toh(row[i]);
}
#define INDEX_ROW(index, section, n, row) \
    index_copy((index), (section), (n), (uint32_t *)(row), sizeof *(row) / sizeof(uint32_t))

/* A run [first, end) that a row owns, cut at the rows there are. */
struct run {
    uint32_t first, end;
};
static inline struct run index_run(uint32_t first, uint32_t next, size_t count)
{
    struct run run = { first, next < count ? next : (uint32_t)count };

    if (run.first > run.end)
        run.first = run.end;
    return run;
}
static inline size_t index_rows(const struct matching_index *index, enum index_section section,
                                size_t words)
{
    return index->sections[section].len / (words * sizeof(uint32_t));
}

struct str index_text(const struct matching_index *index, uint32_t offset);
struct str index_key(const struct matching_index *index, uint32_t offset);

/* The number of a product or package; false when there is none of that name. */
bool index_find_product(const struct matching_index *index, const struct cpe *cpe, uint32_t *out);
bool index_find_package(const struct matching_index *index, struct str ecosystem, struct str name,
                        uint32_t *out);
uint64_t index_hash_product(struct str part, struct str vendor, struct str product);
uint64_t index_hash_package(struct str ecosystem, struct str name);

/* ---- places of versions ---- */

/* Where a version lies among the bounds of a run: below first come the lesser ones, from first to end those that are equal. */
struct version_place {
    uint32_t first, end;
};
/**
 * Makes every later comparison with these bounds one of two small numbers.
 *
 * bounds   rows of SECTION_BOUNDS or SECTION_PACKAGE_BOUNDS, ascending by scheme and version
 */
struct version_place index_place(const struct matching_index *index, enum index_section section,
                                 struct run bounds, enum version_scheme scheme, struct str version);

/* Does it lie between two bounds (places + 1 from the run's first; 0: none)? */
static inline bool place_is_inside(struct version_place place, uint32_t first, uint32_t from,
                                   bool from_is_excluded, uint32_t to, bool to_is_included)
{
    if (from != 0) {
        uint32_t bound = first + from - 1;

        if (from_is_excluded ? bound >= place.first : bound >= place.end)
            return false;
    }
    if (to != 0) {
        uint32_t bound = first + to - 1;

        if (to_is_included ? bound < place.first : bound < place.end)
            return false;
    }
    return true;
}

/* ---- matching ---- */

/* A criterion that a name of the asset meets. */
struct match {
    uint32_t criterion, asked;
    uint8_t answer, confidence; /* enum criterion_answer */
    bool is_platform_only;      /* counts for leaves that are not vulnerable */
    uint32_t next;              /* of the same criterion, once these are linked; place + 1 */
};
struct match_hit;
struct matches {
    struct match *at;
    size_t len, cap;
};
struct words {
    uint32_t *at;
    size_t len, cap;
};

struct matching_session {
    struct arena *arena; /* its own */
    const struct matching_index *index;
    bool unknown;      /* also hits that hang on a version which is not told */
    uint32_t criteria; /* that the index has */
    uint32_t round;    /* marks what this question has touched */
    unsigned parts;
    struct matches matches;
    struct words touched; /* configurations */
    /* made when the first configuration is touched */
    uint32_t *touched_in; /* for each configuration, the round in which it was touched */
    uint64_t *met;        /* a bit for each criterion that has matches in this question */
    uint32_t *first;      /* for those, the first of the matches + 1 */
    uint8_t *truths;
    size_t truth_cap;
    struct {
        struct match_hit *at;
        size_t len, cap;
    } hits;
};

void session_begin(struct matching_session *session);
void session_hit(struct matching_session *session, struct match_hit hit);
struct match_hit *session_room(struct matching_session *session,
                               size_t count); /* behind the hits */
void session_match(struct matching_session *session, struct match match);
void session_touch(struct matching_session *session, uint32_t configuration);

static inline bool session_is_met(const struct matching_session *session, uint32_t criterion)
{
    return criterion < session->criteria && (session->met[criterion / 64] >> criterion % 64 & 1);
}
static inline void session_meet(struct matching_session *session, uint32_t criterion)
{
    session->met[criterion / 64] |= UINT64_C(1) << criterion % 64;
}

/* names_match.c: criteria that the name meets: hits of plain records, matches and touched configurations of the others. */
void session_ask_name(struct matching_session *session, const struct asked_name *name,
                      uint32_t asked);
/* configuration.c: after all names were asked. */
void session_evaluate(struct matching_session *session, const struct asked_name *names);
uint8_t *session_truths(struct matching_session *session, size_t count);
/* What is unclear of a configuration, for people; of the last question. */
void session_platforms(const struct matching_session *session, uint32_t configuration,
                       struct arena *arena, struct platforms *out);
/* The criterion as its formatted string; fills the rest. */
struct str index_criterion(const struct matching_index *index, uint32_t number, struct arena *arena,
                           struct criterion *out);

/* package_match.c: what the entries of a package say about a version. */
struct asked_entry {
    struct str ecosystem, release, name, version; /* folded */
};
struct said {
    uint32_t entry, package_bounds; /* package_bounds: the first bound of its package */
    struct entry_row row;
    enum entry_says says;
    int confidence;
};
/* Calls `say` for each entry of the release that says anything, in their order. */
void index_ask_package(const struct matching_index *index, const struct asked_entry *asked,
                       void (*say)(void *of, const struct said *said), void *of);
/* The entry with its spans, for explaining; lists in arena. */
struct affected index_entry(const struct matching_index *index, uint32_t entry,
                            uint32_t package_bounds, struct arena *arena);
/* Vendor and product of a name as the entries in words have them: false when they do not fit. */
enum { WORDS_MAX = 2 * CPE_TEXT_MAX };
struct str index_words_of(const struct cpe *cpe, char room[WORDS_MAX]);
