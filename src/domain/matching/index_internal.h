/* domain/matching/index_internal.h: the layout of the match index's file, for those who write and read it. */
#pragma once
#include "base/vec.h"
#include "domain/matching/criterion.h"
#include "domain/matching/entry.h"
#include "domain/matching/explain.h"
#include "domain/matching/index.h"
#include "domain/matching/platform.h"
#include "domain/matching/statement.h"
#include "seal/seal.h"

#include <endian.h>
#include <string.h>

/*
 * An index is a base and segments upon it, each a file of its own that never changes, and a manifest that names them (manifest.h).
 * A file, numbers little-endian:
 *   head       magic (8), version u32, sections u32, size of the file u64, built i64, what of the catalogue it covers (COVER i64), identity of the
 *              layer below or zero (32), identity: BLAKE2b-256 of head and table without it (32)
 *   table      for each section: place u64, length u64, BLAKE2b-256
 *   sections   each at a multiple of 64
 * Most sections are rows of u32; a row that owns a run of rows elsewhere gives the first of them, and the next row's first is their end (there
 * is one row more than there are). Texts are offsets into SECTION_TEXTS (length u16, bytes), 0 is the empty text.
 *
 * A record stands whole in one layer: its criteria, entries and details. A segment says which records of the layers below hold no more
 * (SECTION_MASKED), and holds every id whose group may be another because of them: the newest layer that has an id says what its group is.
 */
enum {
    INDEX_VERSION = 4,
    INDEX_HEAD = 160,
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
    SECTION_RECORDS,  /* struct record_row */
    SECTION_SUBJECTS, /* u32: lists of ids, each after its length */
    SECTION_GROUPS,   /* struct group_row */
    SECTION_IDS, /* u32: texts of a group's ids, the best first; behind those of the last group ids that a layer below knows */
    SECTION_ID_SLOTS,  /* of ids that have a group here, as SECTION_PRODUCT_SLOTS */
    SECTION_MEMBERS,   /* u32: records of a group; MEMBER_BELOW and a number: of a layer below */
    SECTION_EXPLOITED, /* struct exploited_row, by text of the CVE */
    SECTION_DETAILS,   /* length u32, bytes: detail.h */
    SECTION_SOURCES,   /* struct source_row, by name; of this layer and those below together */
    SECTION_MASKED, /* u32: records of the layers below, counted through, that hold no more; ascending */
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
    uint32_t record, tree,
        platforms; /* platforms: in words; it holds on these alone (platform.h) */
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
    ENTRY_RANK = 32,         /* times enum statement_rank */
    ENTRY_ON_PLATFORMS = 128 /* they stand behind the label, after a line's end */
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
    uint32_t number; /* in the order of the catalogue; rows ascend by it */
    uint32_t id, origin, subjects, detail,
        source; /* subjects: an id, or SUBJECT_LIST and a place in SECTION_SUBJECTS */
};
struct group_row {
    uint32_t ids, members,
        exploited; /* members: the first, and GROUP_REJECTED; exploited: row + 1, of its CVE */
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
#define GROUP_REJECTED        0x80000000u
#define MEMBER_BELOW          0x80000000u
#define NUMBER_MAX            0x7fffffffu
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

/* One file of an index. */
struct index_layer {
    struct str bytes;
    bool is_mapped;
    struct {
        const unsigned char *at;
        size_t len;
    } sections[INDEX_SECTIONS];
    /* rows that hold something: without the one that ends the last */
    uint32_t products, points, ranges, configurations, packages, entries, records, groups;
    struct utc built;
    struct index_cover cover;
    struct hash identity, below;
    /* within the index */
    uint32_t place;
    uint32_t first_record,
        first_group;  /* its records and groups, counted through all layers from the base on */
    uint64_t *masked; /* a bit for each of its records; NULL: all hold */
};

struct matching_index {
    size_t count; /* layers, the base first */
    struct index_layer layers[INDEX_LAYERS_MAX];
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
static inline uint32_t index_word(const struct index_layer *layer, enum index_section section,
                                  size_t n)
{
    return n < layer->sections[section].len / sizeof(uint32_t)
               ? index_u32(layer->sections[section].at + n * sizeof(uint32_t))
               : 0;
}

/* Copies row n; all zero beyond the end, so that a damaged place reads as an empty row. */
static inline void index_copy(const struct index_layer *layer, enum index_section section, size_t n,
                              uint32_t *row, size_t words)
{
    size_t size = words * sizeof(uint32_t);

    if (n >= layer->sections[section].len / size) {
        memset(row, 0, size);
        return;
    }
    memcpy(row, layer->sections[section].at + n * size, size);
    for (size_t i = 0; BYTE_ORDER == BIG_ENDIAN && i < words; i++)
        row[i] = le32toh(row[i]);
}
#define INDEX_ROW(layer, section, n, row) \
    index_copy((layer), (section), (n), (uint32_t *)(row), sizeof *(row) / sizeof(uint32_t))

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
static inline size_t index_rows(const struct index_layer *layer, enum index_section section,
                                size_t words)
{
    return layer->sections[section].len / (words * sizeof(uint32_t));
}

struct str index_text(const struct index_layer *layer, uint32_t offset);
struct str index_key(const struct index_layer *layer, uint32_t offset);

/* The number of a product or package; false when there is none of that name. */
bool index_find_product(const struct index_layer *layer, const struct cpe *cpe, uint32_t *out);
bool index_find_package(const struct index_layer *layer, struct str ecosystem, struct str name,
                        uint32_t *out);
uint64_t index_hash_product(struct str part, struct str vendor, struct str product);
uint64_t index_hash_package(struct str ecosystem, struct str name);

/* ---- layers ---- */

/* The identity that belongs in a head; head and table follow each other. */
struct hash layer_identity(const unsigned char *head);
/* Upon those that are there. On failure the bytes stay the caller's. ERR_MATCH_INDEX */
MUST_CHECK bool index_add_layer(struct matching_index *index, struct str bytes, bool is_mapped,
                                struct err *err);

/* Does a newer layer say that the record holds no more? */
static inline bool layer_is_masked(const struct index_layer *layer, uint32_t record)
{
    return layer->masked && record < layer->records &&
           (layer->masked[record / 64] >> record % 64 & 1);
}

/* manifest.c: the index's base alone. */
MUST_CHECK bool matching_index_open_base(const char *path, struct matching_index **out,
                                         struct err *err);
/* Of a record or group counted through all layers. */
const struct index_layer *index_layer_of_record(const struct matching_index *index,
                                                uint32_t *record);
const struct index_layer *index_layer_of_group(const struct matching_index *index, uint32_t *group);

/* The record of that number in a layer. */
bool layer_find_record(const struct index_layer *layer, uint32_t number, uint32_t *out);
/* The group here of an id; false when the layer does not have it. */
bool layer_find_group(const struct index_layer *layer, struct str id, uint32_t *out);
/* The same by the place among the ids. */
bool layer_group_of(const struct index_layer *layer, uint32_t id, uint32_t *out);
/* The record that holds, counted through, among the first `count` layers. */
bool index_find_record(const struct matching_index *index, size_t count, uint32_t number,
                       uint32_t *out);
/* The group of an id, counted through: what the newest of the first `count` layers says that has it. */
bool index_find_group(const struct matching_index *index, size_t count, struct str id,
                      uint32_t *out);
uint64_t index_hash_id(struct str id);

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
struct version_place index_place(const struct index_layer *layer, enum index_section section,
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
    struct arena *arena;               /* its own */
    const struct operating_system *os; /* of the asset; NULL: not known */
    bool unknown;                      /* also hits that hang on a version which is not told */
    unsigned parts;
    size_t count;
    struct layer_session *layers;
    uint8_t *truths;
    size_t truth_cap;
    struct {
        struct match_hit *at;
        size_t len, cap;
    } hits; /* records counted through */
};

/* What a question meets in one layer. */
struct layer_session {
    struct matching_session *all;
    const struct index_layer *layer;
    uint32_t criteria; /* that the layer has */
    uint32_t round;    /* marks what this question has touched */
    struct matches matches;
    struct words touched; /* configurations */
    /* made when the first configuration is touched */
    uint32_t *touched_in; /* for each configuration, the round in which it was touched */
    uint64_t *met;        /* a bit for each criterion that has matches in this question */
    uint32_t *first;      /* for those, the first of the matches + 1 */
};

void session_begin(struct matching_session *session);
void session_hit(struct matching_session *session, struct match_hit hit);
struct match_hit *session_room(struct matching_session *session,
                               size_t count); /* behind the hits */
void session_match(struct layer_session *session, struct match match);
void session_touch(struct layer_session *session, uint32_t configuration);

static inline bool session_is_met(const struct layer_session *session, uint32_t criterion)
{
    return criterion < session->criteria && (session->met[criterion / 64] >> criterion % 64 & 1);
}
static inline void session_meet(struct layer_session *session, uint32_t criterion)
{
    session->met[criterion / 64] |= UINT64_C(1) << criterion % 64;
}

/* names_match.c: criteria that the name meets: hits of plain records, matches and touched configurations of the others. */
void layer_ask_name(struct layer_session *session, const struct asked_name *name, uint32_t asked);
void session_ask_name(struct matching_session *session, const struct asked_name *name,
                      uint32_t asked); /* in all layers */
/* configuration.c: after all names were asked. */
void session_evaluate(struct matching_session *session, const struct asked_name *names);
uint8_t *session_truths(struct matching_session *session, size_t count);
/* What is unclear of a configuration, for people; of the last question. */
void session_platforms(const struct layer_session *session, uint32_t configuration,
                       struct arena *arena, struct platforms *out);
/* The criterion as its formatted string; fills the rest. */
struct str index_criterion(const struct index_layer *layer, uint32_t number, struct arena *arena,
                           struct criterion *out);

/* package_match.c: what the entries of a package say about a version. */
struct asked_entry {
    struct str ecosystem, release, name, version; /* folded */
};
struct said {
    const struct index_layer *layer;
    uint32_t record;                /* counted through */
    uint32_t entry, package_bounds; /* package_bounds: the first bound of its package */
    struct entry_row row;
    enum entry_says says;
    int confidence;
};
/* Calls `say` for each entry of the release that says anything, in their order. */
void index_ask_package(const struct index_layer *layer, const struct asked_entry *asked,
                       void (*say)(void *of, const struct said *said), void *of);
/* What a reason calls it, and the platforms it holds on; empty: all. */
struct str index_entry_label(const struct index_layer *layer, const struct entry_row *row,
                             struct str *platforms);
/* It holds on some platforms alone, and the asset does not tell of running on one of them. */
bool index_entry_is_away(const struct said *said, const struct operating_system *os);
/* The entry with its spans, for explaining; lists in arena. */
struct affected index_entry(const struct index_layer *layer, uint32_t entry,
                            uint32_t package_bounds, struct arena *arena);
/* Vendor and product of a name as the entries in words have them: false when they do not fit. */
enum { WORDS_MAX = 2 * CPE_TEXT_MAX };
struct str index_words_of(const struct cpe *cpe, char room[WORDS_MAX]);
