/* domain/matching/build_internal.h: what is gathered of the records before it is sorted and written. */
#pragma once
#include "domain/matching/alias.h"
#include "domain/matching/index_internal.h"
#include "domain/matching/own.h"
#include "domain/matching/pool.h"

/* A record that the file holds. */
struct built_record {
    uint32_t number, id, origin;              /* id, origin: texts */
    uint32_t detail, subjects, subject_count; /* subjects: in `subjects` */
    enum catalog_source source;
};
/* Whoever is a member of a group, also records of layers below. */
struct built_speaker {
    uint32_t own, member; /* member: as SECTION_MEMBERS has it */
};
/* A criterion once, whatever number of records name it. Texts are offsets in `texts`. */
struct built_criterion {
    uint32_t product; /* number in `products` */
    uint32_t version, tail, from, to;
    uint32_t flags; /* as struct range_row's */
};
struct built_posting {
    uint32_t criterion, to;
};
struct built_configuration {
    uint32_t record, tree, platforms;
};
struct built_entry {
    uint32_t package; /* number in `packages` */
    uint32_t record, number, release, label, flags;
    uint32_t spans, span_count; /* in `spans` */
};
struct built_span {
    uint32_t from, to; /* texts */
    uint32_t flags;
};
struct built_package {
    uint32_t ecosystem, name; /* texts */
};

struct built_source {
    struct str name;
    int64_t records, newest;
};

/* A section as it grows. */
struct section {
    OWN_LIST_OF(uint32_t);
};
#define SECTION_PUT(section, ...)                                              \
    do {                                                                       \
        const uint32_t words_[] = { __VA_ARGS__ };                             \
        for (size_t put_ = 0; put_ < sizeof words_ / sizeof words_[0]; put_++) \
            OWN_PUSH((section), words_[put_]);                                 \
    } while (0)

/* All sections of words; texts, keys and details are bytes of their own. */
struct built_sections {
    struct section at[INDEX_SECTIONS];
};

/* Details go to the file as they come. */
struct details {
    struct {
        OWN_LIST_OF(char);
    } bytes; /* what the file does not have yet */
    int fd;  /* -1: there is none, all stay in memory */
    uint64_t written;
    struct hash_stream *hash;
};

struct index_builder {
    const struct matching_index *below; /* NULL: this makes a base */
    struct index_cover cover;
    struct arena *arena;   /* what lasts */
    struct arena *scratch; /* of one record, product or package */
    struct pool texts, keys;
    struct aliases *aliases;
    struct pool product_names, package_names; /* numbers */
    struct {
        OWN_LIST_OF(struct built_record);
    } records;
    struct {
        OWN_LIST_OF(uint32_t);
    } subjects; /* numbers of aliases */
    struct {
        OWN_LIST_OF(struct built_speaker);
    } speakers;
    struct {
        OWN_LIST_OF(uint32_t);
    } changed; /* numbers of records that came, whatever became of them */
    struct {
        OWN_LIST_OF(struct built_criterion);
    } criteria;
    struct pool_slots criterion_slots;
    struct {
        OWN_LIST_OF(bool);
    } wild; /* of each product: its name stands for many */
    uint32_t last_product;
    struct {
        OWN_LIST_OF(struct built_posting);
    } postings;
    struct {
        OWN_LIST_OF(struct built_configuration);
    } configurations;
    struct {
        OWN_LIST_OF(uint32_t);
    } trees; /* leaves hold built criteria until these are sorted */
    struct {
        OWN_LIST_OF(struct built_package);
    } packages;
    struct {
        OWN_LIST_OF(struct built_entry);
    } entries;
    struct {
        OWN_LIST_OF(struct built_span);
    } spans;
    struct {
        OWN_LIST_OF(struct kev_entry);
    } kev;
    struct {
        OWN_LIST_OF(struct epss_entry);
    } epss;
    struct {
        VEC_OF(struct built_source); /* by name */
    } sources;
    struct details details;
    const char *path, *temporary; /* of the file that details go to */
};

/* Each part of the records into its sections, and its memory is given back: build_names.c, build_packages.c, build_groups.c. */
void build_names(struct index_builder *builder, struct built_sections *out);
void build_packages(struct index_builder *builder, struct built_sections *out);
void build_groups(struct index_builder *builder, struct built_sections *out);
/* Of this layer and those below: build_sources.c */
void build_sources(struct index_builder *builder, struct built_sections *out);

/* Records of a source that are there, the newest of them of that time. */
void build_note_source(struct index_builder *builder, struct str name, int64_t records,
                       struct utc newest);
void build_begin_sources(struct index_builder *builder);
/* What findings call the source: of OSV's databases each its own. */
struct str build_source_name(enum catalog_source source, struct str origin);
/* One record's lists: build_names.c, build_packages.c */
void build_add_configurations(struct index_builder *builder, const struct catalog_record *record,
                              uint32_t number);
void build_add_entries(struct index_builder *builder, const struct catalog_record *record,
                       uint32_t number);

/* A hash table of `count` rows: slots at most two thirds full. */
void build_slots(size_t count, uint64_t (*hash)(const void *of, uint32_t row), const void *of,
                 struct section *out);
/* Texts with ':' between fields, field by field: an end of field stands before every character. */
int build_compare_fields(struct str a, struct str b);

/* A bound of one run of ranges; where its place + 1 belongs once they are sorted. */
struct built_bound {
    uint32_t text;
    enum version_scheme scheme;
    struct str key;
    uint32_t *place;
};
struct built_bounds {
    VEC_OF(struct built_bound);
};
/* Without a text there is nothing to note, and the place is 0. Keys live in scratch. */
void build_note_bound(struct index_builder *builder, struct built_bounds *bounds, uint32_t text,
                      enum version_scheme scheme, uint32_t *place);
/* The distinct ones, ascending by scheme and version, then by text. */
void build_bounds(struct index_builder *builder, struct built_bounds *bounds, struct section *out);
