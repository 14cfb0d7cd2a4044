/* domain/matching/index.h: the match index: one read-only file, mapped, that is built from all records and never changed. */
#pragma once
#include "domain/matching/detail.h"

struct matching_index;
struct index_builder;

/* ---- reading ---- */

/**
 * Maps the file and checks its head and its table of sections, no more, so that opening costs the same whatever its size. What is read later is checked where it
 * is read: a damaged file gives wrong answers, never a fault. matching_index_verify reads all of it.
 *
 * err    ERR_MATCH_INDEX, ERR_IO
 */
MUST_CHECK bool matching_index_open(const char *path, struct matching_index **out, struct err *err);
/* The same from bytes that outlive it. */
MUST_CHECK bool matching_index_read(struct str bytes, struct matching_index **out, struct err *err);
void matching_index_close(struct matching_index *index); /* NULL does nothing */
DEFINE_CLEANUP(struct matching_index, matching_index_close)

/* Every section against its checksum. ERR_MATCH_INDEX names the section. */
MUST_CHECK bool matching_index_verify(const struct matching_index *index, struct err *err);

struct matching_index_facts {
    size_t records, groups, packages, products, criteria, configurations;
    size_t bytes, detail_bytes; /* of the whole file; of what only findings read */
    struct utc built;
};
struct matching_index_facts matching_index_facts(const struct matching_index *index);

/* Where its records come from: "NVD", "GHSA", "Debian", "KEV", "EPSS", by name, with the latest change among them. Texts point into the file. */
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

struct index_builder *index_builder_new(void);
void index_builder_free(struct index_builder *builder); /* NULL does nothing */
DEFINE_CLEANUP(struct index_builder, index_builder_free)

/* Records in any order, each (source, id) once; nothing of the record is kept. ERR_TOO_LARGE */
MUST_CHECK bool index_builder_add(struct index_builder *builder,
                                  const struct catalog_record *record, struct err *err);
void index_builder_add_kev(struct index_builder *builder, const struct kev_entry *entry);
void index_builder_add_epss(struct index_builder *builder, const struct epss_entry *entry);

/**
 * Writes the file: whole or not at all (a temporary name, synced, renamed). The same records in the same order give the same bytes but for `built`.
 *
 * err    ERR_IO, ERR_TOO_LARGE
 */
MUST_CHECK bool index_builder_write(struct index_builder *builder, const char *path,
                                    struct utc built, struct err *err);
/* The file's bytes, in arena. */
MUST_CHECK bool index_builder_bytes(struct index_builder *builder, struct utc built,
                                    struct arena *arena, struct str *out, struct err *err);
