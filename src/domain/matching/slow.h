/* domain/matching/slow.h: the same answers as match.h from records in memory, each held against each question, with nothing clever in between. For tests and
 * bench/matching, which hold the index against it. */
#pragma once
#include "domain/matching/detail.h"
#include "domain/matching/match.h"
#include "domain/matching/statement.h"

struct slow;
struct slow_input {
    const struct catalog_record *records; /* must outlive it; each (source, id) once */
    size_t record_count;
    const struct kev_entry *kev;
    size_t kev_count;
    const struct epss_entry *epss;
    size_t epss_count;
};

struct slow *slow_new(struct slow_input input);
void slow_free(struct slow *slow); /* NULL does nothing */
DEFINE_CLEANUP(struct slow, slow_free)

void slow_find(const struct slow *slow, const struct inventory *inventory,
               struct matching_options options, struct arena *arena, struct findings *out);
/* Chosen statements (statements_choose), before they are put together. */
void slow_statements(const struct slow *slow, const struct question *question,
                     struct matching_options options, struct arena *arena, struct statements *out);
