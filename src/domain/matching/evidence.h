/* domain/matching/evidence.h: what whoever answers (the index, or the slow evaluation) can tell about its records when findings are put together. */
#pragma once
#include "domain/matching/alias.h"
#include "domain/matching/statement.h"

struct evidence {
    const void *of;
    /* The groups (vulnerabilities) that its record speaks about and its word counts for, each once. */
    struct alias_groups (*subjects)(const void *of, const struct statement *statement,
                                    struct arena *arena);
    /* The reason in texts. */
    void (*reason)(const void *of, const struct question *question,
                   const struct statement *statement, struct arena *arena,
                   struct finding_reason *out);
    /* id, ids, title, scores, KEV, EPSS and what else the group's records know. */
    void (*describe)(const void *of, uint32_t group, struct arena *arena, struct finding *out);
};

/* Statements (chosen: see statements_choose) put together by component and vulnerability; RANK decides contradictions, the overruled stay visible with a
 * statement that says who overruled them. Rule: VDB-01, matching 4.3, 4.8 */
void reconcile(const struct evidence *evidence, const struct question *question,
               const struct statements *statements, struct arena *arena, struct findings *out);
