/* domain/matching/direct.h: one record against one asset, straight from the record's own lists and clause by clause, without any index. Slow and plain: it
 * is what the index is held against, and what tells which stored inventories a new record touches. */
#pragma once
#include "domain/matching/statement.h"

struct prepared_criterion {
    struct criterion joined; /* criterion_joined */
    struct cpe cpe;          /* empty fields: no CPE name, which matches nothing */
};
/* A record with its names parsed once. */
struct direct_record {
    const struct catalog_record *record;
    struct package *packages;            /* of each entry; without a name where it names none */
    struct str *vendors, *products;      /* of each entry, as names write words */
    struct prepared_criterion *criteria; /* of the configurations, in the order of their text */
};
/* record must outlive it. */
struct direct_record direct_prepare(const struct catalog_record *record, struct arena *arena);

/**
 * All that the record says about what is asked, not yet chosen (statements_choose).
 *
 * record    must outlive the statements, whose `at` point into it
 * number    the record's number in the statements
 * unknown   also components without a version
 * Rule:     matching 4.3, 4.4, 4.5, 4.8
 */
void direct_statements(const struct direct_record *record, uint32_t number,
                       const struct question *question, bool unknown, struct arena *arena,
                       struct statements *out);

/* The reason of such a statement, all but record and origin. */
void direct_reason(const struct question *question, const struct statement *statement,
                   struct arena *arena, struct finding_reason *out);

/* false: rejected by its source, withdrawn, or an advisory about no flaw: it never matches. */
bool record_can_match(const struct catalog_record *record);
/* Package, release and name of an entry, folded as the question's are; false when it names none. */
bool entry_package(const struct affected *entry, struct arena *arena, struct package *out);
/* A release that is not told takes in every one. */
bool entry_release_fits(struct str ecosystem, struct str entry, struct str asked);
enum statement_rank entry_rank(const struct catalog_record *record);
