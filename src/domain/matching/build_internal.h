/* domain/matching/build_internal.h: what is gathered of the records before it is sorted and written. */
#pragma once
#include "base/buf.h"
#include "domain/matching/alias.h"
#include "domain/matching/index_internal.h"
#include "domain/matching/pool.h"

struct built_record {
    uint32_t id, origin; /* texts */
    uint32_t detail;
    enum catalog_source source;
    bool is_published;
    struct alias_claim claim;
};
/* A criterion once, whatever number of records name it. Texts are offsets in `texts`. */
struct built_criterion {
    uint32_t product; /* number in `products` */
    uint32_t version, tail, from, to;
    enum criterion_shape shape;
    bool from_is_excluded, to_is_included, is_platform;
};
struct built_product {
    bool is_wild;
};
struct built_posting {
    uint32_t criterion, to;
};
struct built_configuration {
    uint32_t record, tree;
};
struct built_entry {
    uint32_t package; /* number in `packages` */
    uint32_t record, number, release, label, flags;
    uint32_t spans, span_count; /* in `spans` */
};
struct built_span {
    uint32_t from, to; /* texts */
    enum version_scheme scheme;
    uint32_t flags;
};
struct built_package {
    uint32_t ecosystem, name; /* texts */
};

struct built_source {
    struct str name;
    uint32_t records;
    int64_t newest;
};

struct index_builder {
    struct arena *arena;   /* what lasts */
    struct arena *scratch; /* of one record */
    struct pool texts, keys;
    struct aliases *aliases;
    struct pool criterion_names, product_names, package_names; /* numbers */
    struct {
        VEC_OF(struct built_record);
    } records;
    struct {
        VEC_OF(struct built_criterion);
    } criteria;
    struct {
        VEC_OF(struct built_product);
    } products;
    struct {
        VEC_OF(struct built_posting);
    } postings;
    struct {
        VEC_OF(struct built_configuration);
    } configurations;
    struct {
        VEC_OF(uint32_t);
    } trees; /* leaves hold built criteria until these are sorted */
    struct {
        VEC_OF(struct built_package);
    } packages;
    struct {
        VEC_OF(struct built_entry);
    } entries;
    struct {
        VEC_OF(struct built_span);
    } spans;
    struct {
        VEC_OF(struct kev_entry);
    } kev;
    struct {
        VEC_OF(struct epss_entry);
    } epss;
    struct {
        VEC_OF(struct built_source); /* by name */
    } sources;
    struct buf details;
};

/* A section as it grows. */
struct section {
    VEC_OF(uint32_t);
};
#define SECTION_PUT(arena, section, ...)                                       \
    do {                                                                       \
        const uint32_t words_[] = { __VA_ARGS__ };                             \
        for (size_t put_ = 0; put_ < sizeof words_ / sizeof words_[0]; put_++) \
            VEC_PUSH((arena), (section), words_[put_]);                        \
    } while (0)

/* All sections of words; texts, keys and details are bytes of their own. */
struct built_sections {
    struct section at[INDEX_SECTIONS];
};

/* Each part of the records into its sections: build_names.c, build_packages.c, build_groups.c. */
void build_names(struct index_builder *builder, struct built_sections *out);
void build_packages(struct index_builder *builder, struct built_sections *out);
void build_groups(struct index_builder *builder, struct built_sections *out);

void build_sources(struct index_builder *builder, struct built_sections *out);

/* Records of a source that are there, the newest of them of that time. */
void build_note_source(struct index_builder *builder, struct str name, size_t records,
                       struct utc newest);
/* One record's lists: build_names.c, build_packages.c */
void build_add_configurations(struct index_builder *builder, const struct catalog_record *record,
                              uint32_t number);
void build_add_entries(struct index_builder *builder, const struct catalog_record *record,
                       uint32_t number);

/* A hash table of `count` rows: slots at most half full. */
void build_slots(struct arena *arena, size_t count, uint64_t (*hash)(const void *of, uint32_t row),
                 const void *of, struct section *out);
/* Texts with ':' between fields, field by field: an end of field stands before every character. */
int build_compare_fields(struct str a, struct str b);

/* The distinct bounds of one run of ranges, ascending by scheme and version, then by text. */
struct built_bound {
    uint32_t text;
    enum version_scheme scheme;
};
struct built_bounds {
    VEC_OF(struct built_bound);
};
void build_bounds(struct index_builder *builder, struct built_bounds *bounds, struct section *out);
/* Its place + 1 after build_bounds; 0 for no text. */
uint32_t build_bound_place(const struct index_builder *builder, const struct built_bounds *bounds,
                           uint32_t text, enum version_scheme scheme);
