/* domain/matching/match.h: which known vulnerabilities touch the components of an asset, and why. */
#pragma once
#include "domain/inventory/component.h"
#include "domain/matching/finding.h"
#include "domain/matching/index.h"

struct matching_options {
    bool
        unknown_versions; /* also FINDING_UNKNOWN_VERSION: a component that tells no version may be anything */
};

/**
 * Holds an asset against the index: packages by the advisories of their ecosystem or distribution, given CPE names by configurations that are evaluated over the
 * whole asset, both put together by vulnerability.
 *
 * inventory  borrowed; the findings' texts point into it, into the index's file, or live in arena
 * out        by component, then id
 * Rule:      VDB-01, matching 4.3 to 4.8
 */
void matching_find(const struct matching_index *index, const struct inventory *inventory,
                   struct matching_options options, struct arena *arena, struct findings *out);

/* ---- without reasons: for bulk questions, each answered by a record and what of it matched ---- */

struct match_hit {
    uint32_t record;            /* matching_record_id */
    uint32_t at, configuration; /* the criterion and configuration, or the entry: opaque */
    uint32_t asked;             /* the place of the name in the question */
    uint16_t kind;              /* enum finding_kind */
    uint16_t confidence;
};
struct match_hits {
    const struct match_hit *at; /* a record may stand there more than once */
    size_t count;
};

/* Memory of one thread that asks; opened on an index and closed before it. */
struct matching_session;
struct matching_session *matching_session_new(const struct matching_index *index);
void matching_session_free(struct matching_session *session); /* NULL does nothing */
DEFINE_CLEANUP(struct matching_session, matching_session_free)

struct asked_name;
/* The hits of an asset that has these names (question_name), until the next question. */
struct match_hits matching_hits_of_names(struct matching_session *session,
                                         const struct asked_name *names, size_t count);
/* The hits of one package as its ecosystem names it ("npm", "@scope/name", "1.2.3"), folded (ecosystem_fold_name); release: of a distribution. */
struct match_hits matching_hits_of_package(struct matching_session *session, struct str ecosystem,
                                           struct str release, struct str name, struct str version);
struct str matching_record_id(const struct matching_index *index, uint32_t record);
