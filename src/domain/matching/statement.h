/* domain/matching/statement.h: what one record says about one component, before the records about one vulnerability are put together. */
#pragma once
#include "domain/matching/finding.h"
#include "domain/matching/question.h"

/* Which kind of name led from the component to the record; the greater overrules the smaller where they contradict (matching 4.8). */
enum statement_rank {
    RANK_NAME,     /* a CPE name, or vendor and product in words */
    RANK_CNA,      /* a package, by the words of the CVE's assigner */
    RANK_ECOSYSTEM /* a package, by the advisories of its own ecosystem or distribution */
};

/* How sure a match is (matching 4.3.5). */
enum confidence {
    CONFIDENCE_EXACT = 100,  /* the very version is named, or a range in a known order */
    CONFIDENCE_GENERIC = 80, /* a range in the generic order */
    CONFIDENCE_WORDS = 50,   /* a range, but vendor and product are only alike in words */
    CONFIDENCE_NAME_ONLY =
        10 /* the name alone: no version was compared, or one that backports make worthless */
};

enum statement_by { BY_PACKAGE, BY_CPE, BY_WORDS };
enum { STATEMENT_NONE = UINT32_MAX };

struct statement {
    size_t component;
    uint32_t record; /* its place in the order of the records */
    uint32_t held;   /* the index's own: where it stands */
    enum statement_by by;
    enum statement_rank rank;
    bool is_affected; /* false: this version is not affected; kind has no meaning */
    enum finding_kind kind;
    int confidence;
    /* Where it stands, for the same choice and the same words whoever answers. BY_PACKAGE, BY_WORDS: the question's package or name, the entry, the
     * span; BY_CPE: the criterion, the configuration, the question's name. */
    uint32_t place[3];
    const void *at[2]; /* the direct evaluation's own */
};
struct statements {
    VEC_OF(struct statement);
};

/* What an entry that holds on some platforms alone says of an asset that does not tell of running on one: to be affected hangs on that, and nobody is safe by it.
 * false: nothing is said. */
bool statement_away_from_platform(struct statement *statement);

/* Sorts, and leaves one statement for each component, record and rank: the strongest of those that say affected, else the first. */
void statements_choose(struct statements *statements);
