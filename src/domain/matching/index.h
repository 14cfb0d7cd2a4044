/* domain/matching/index.h: the match index: one read-only file, mapped, that is built from all records and never changed. */
#pragma once
#include "domain/matching/detail.h"

struct matching_index;
struct index_builder;

enum { INDEX_LAYERS_MAX = 32, INDEX_COVER = 8 };
/* How far into the catalogue an index reaches, in the words of whoever builds it (update.h). */
struct index_cover {
    int64_t at[INDEX_COVER];
};

/* ---- reading ---- */

/**
 * Maps the file and checks its head and its table of sections, no more, so that opening costs the same whatever its size. What is read later is checked where it
 * is read: a damaged file gives wrong answers, never a fault. matching_index_verify reads all of it.
 *
 * err    ERR_MATCH_INDEX, ERR_IO
 */
MUST_CHECK bool matching_index_open(const char *path, struct matching_index **out, struct err *err);
/* The same from the bytes of its files, the base first, which outlive it. */
MUST_CHECK bool matching_index_read(const struct str *layers, size_t count,
                                    struct matching_index **out, struct err *err);
void matching_index_close(struct matching_index *index); /* NULL does nothing */
DEFINE_CLEANUP(struct matching_index, matching_index_close)

/* Every section against its checksum. ERR_MATCH_INDEX names the section. */
MUST_CHECK bool matching_index_verify(const struct matching_index *index, struct err *err);

struct matching_index_facts {
    size_t records;
    /* of all its files, also what a newer one has masked */
    size_t groups, packages, products, criteria, configurations;
    size_t segments;
    size_t bytes, detail_bytes; /* in all; of what only findings read */
    struct utc built;
};
struct index_cover matching_index_cover(const struct matching_index *index,
                                        size_t layers); /* of its first so many files */
struct matching_index_facts matching_index_facts(const struct matching_index *index);

/* Where its records come from: "NVD", "GHSA", "Debian", "KEV", "EPSS", by name, with the latest change among them. A record that
 * has come to say another origin still counts for the date of the old one until the next base. Texts point into the file. */
struct matching_source {
    struct str name;
    struct utc newest;
    size_t records;
};
struct matching_sources {
    VEC_OF(struct matching_source);
};
void matching_index_sources(const struct matching_index *index, struct arena *arena,
                            struct matching_sources *out);

/* ---- building ---- */

struct index_builder *index_builder_new(void); /* of a base: all records */
/* Of a segment upon an index that outlives the builder: the records that changed, rejected and withdrawn ones too; what else is about the same
 * vulnerabilities as they are now or as they were (index_builder_add_relative, index_builder_touch); and what the catalogue of exploited ones and EPSS say
 * now about each CVE of these, or newly about any. */
struct index_builder *index_builder_upon(const struct matching_index *below);
void index_builder_free(struct index_builder *builder); /* NULL does nothing */
DEFINE_CLEANUP(struct index_builder, index_builder_free)

/* What it is to say of how far it reaches. */
void index_builder_cover(struct index_builder *builder, struct index_cover cover);
/* Before the first record: what only findings read goes to a file beside `path` at once instead of into memory. ERR_IO */
MUST_CHECK bool index_builder_spill(struct index_builder *builder, const char *path,
                                    struct err *err);

/* Each (source, id) once, in the order of their numbers, relatives among them; nothing of the record is kept. ERR_TOO_LARGE */
MUST_CHECK bool index_builder_add(struct index_builder *builder, uint32_t number,
                                  const struct catalog_record *record, struct err *err);
/* One that a layer below holds as it is, or that is rejected: its source, id, state and aliases. */
void index_builder_add_relative(struct index_builder *builder, uint32_t number,
                                const struct catalog_record *record);
/* An id that may have had another group before. */
void index_builder_touch(struct index_builder *builder, struct str id);
void index_builder_add_kev(struct index_builder *builder, const struct kev_entry *entry);
/* In a segment a score of -1 says that there is none any more. */
void index_builder_add_epss(struct index_builder *builder, const struct epss_entry *entry);
/* For a segment: how many a source of exploitation ("KEV", "EPSS") has in all. */
void index_builder_total(struct index_builder *builder, struct str name, size_t records,
                         struct utc newest);

/**
 * Writes the file and then the manifest at `path` that names it and those below: each whole or not at all (a temporary name, synced, renamed). The
 * same records in the same order give the same bytes but for `built`. The builder is used up.
 *
 * err    ERR_IO, ERR_TOO_LARGE
 */
MUST_CHECK bool index_builder_write(struct index_builder *builder, const char *path,
                                    struct utc built, struct err *err);
/* The file's bytes, in arena. */
MUST_CHECK bool index_builder_bytes(struct index_builder *builder, struct utc built,
                                    struct arena *arena, struct str *out, struct err *err);
