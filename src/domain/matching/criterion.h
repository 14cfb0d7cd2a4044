/* domain/matching/criterion.h: the relation of a CPE criterion to an asset's name (matching 4.3), and how it is written down in order. */
#pragma once
#include "domain/catalog/record.h"
#include "domain/matching/question.h"

/* What follows the version: update to other. */
enum { CRITERION_TAIL = CPE_FIELDS - CPE_UPDATE };

enum criterion_answer {
    CRITERION_NO,
    CRITERION_UNSURE, /* the asset does not tell its version */
    CRITERION_ALL,    /* the criterion takes in all versions: it gives none */
    CRITERION_YES
};
/* Which of the ways to ask a criterion fits its version. */
enum criterion_shape {
    CRITERION_OPEN, /* ANY without bounds */
    CRITERION_BOUNDED,
    CRITERION_NA,
    CRITERION_PATTERN, /* a value with wildcards, or with bounds beside it */
    CRITERION_POINT    /* one value */
};

enum criterion_shape criterion_shape(struct str version, bool has_bounds);

/* 4.3.3: where a criterion has an upper bound, its update is a part of that bound ("4.4" and "rc8": up to 4.4-rc8), no condition of its own. Gives the criterion
 * with such a bound; its texts are borrowed or in arena. */
struct criterion criterion_joined(const struct criterion *criterion, const struct cpe *cpe,
                                  struct arena *arena);
bool criterion_is_joined(enum criterion_shape shape, bool has_upper_bound);

/* 4.3.3 and 4.3.4: update, unless it was joined to a bound, and the attributes behind it; tail: CRITERION_TAIL fields. */
bool criterion_tail_allows(const struct str tail[], bool is_joined, const struct asked_name *name);

/* 4.3.2 for shapes without bounds (a bounded one: see criterion_version). is_platform: vulnerable is false; "running on" a system whose version the
 * criterion calls NA cannot be told from the system's version. */
enum criterion_answer criterion_value_answers(enum criterion_shape shape, struct str version,
                                              const struct asked_name *name, bool is_platform);

/**
 * The whole relation, straight from the texts.
 *
 * criterion  joined (criterion_joined)
 * cpe        its name, parsed
 * Rule:      matching 4.3.1 to 4.3.4
 */
enum criterion_answer criterion_answers(const struct criterion *criterion, const struct cpe *cpe,
                                        const struct asked_name *name);

/* How sure a match is that such an answer makes. */
int criterion_confidence(const struct criterion *criterion, enum criterion_answer answer);

/* The order in which criteria are numbered: single values first, then by product, version, the rest and the bounds. */
int criterion_compare(const struct criterion *a, const struct cpe *a_cpe, const struct criterion *b,
                      const struct cpe *b_cpe);

/* part:vendor:product, the key under which criteria and names meet; in arena. True where one of the three stands for many. */
struct str criterion_product(const struct cpe *cpe, struct arena *arena);
bool criterion_is_wild(const struct cpe *cpe);
/* update to other as one text, as a formatted string has them */
struct str criterion_tail(const struct cpe *cpe, struct arena *arena);

/* A name's attribute of several words from the words that people write: "Apache HTTP Server" is "apache_http_server". */
struct str criterion_word(struct str words, struct arena *arena);
