/* domain/catalog/difference.h: what changed between two states of one record, field by field, so that a reader can follow its history. Pure.
 * Rule: VDB-01 */
#pragma once
#include "domain/catalog/record.h"

enum difference_field {
    DIFFERENCE_STATE,    /* "published", "rejected", "withdrawn" */
    DIFFERENCE_DISPUTED, /* "disputed" or empty */
    DIFFERENCE_STATUS,   /* the source's own word */
    DIFFERENCE_TEXT,     /* kind, about: the language */
    DIFFERENCE_SCORE,    /* about: who says so; the vector */
    DIFFERENCE_WEAKNESS,
    DIFFERENCE_ALIAS,
    DIFFERENCE_PRODUCT,   /* about: its name; product_was, product_is */
    DIFFERENCE_CRITERION, /* of the configurations; criterion_was or criterion_is */
    DIFFERENCE_REFERENCE,
    DIFFERENCE_SSVC,
    DIFFERENCE_FIELDS
};

enum { DIFFERENCE_LIST_MAX = 1000 }; /* longer lists are not compared item by item */

/* before empty: it came in; after empty: it was taken out. */
struct difference {
    enum difference_field field;
    bool is_long; /* the list is too long to say what changed in it, if anything did */
    enum catalog_text_kind kind;
    struct str about, before, after;
    const struct affected *product_was, *product_is;
    const struct criterion *criterion_was, *criterion_is;
};
struct differences {
    VEC_OF(struct difference);
};

/* In the order of the fields, then of the newer record. The dates a source gives its record are no difference. Borrows from both. */
struct differences catalog_difference(const struct catalog_record *was,
                                      const struct catalog_record *is, struct arena *arena);
