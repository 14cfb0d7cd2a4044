/* domain/matching/entry.h: what one entry of a record's list of affected packages says about one version (matching 4.5, 4.8). */
#pragma once
#include "domain/catalog/record.h"

enum entry_says {
    ENTRY_SILENT, /* nothing that can be compared here, or nothing about this version: never read as safe */
    ENTRY_UNAFFECTED,
    ENTRY_AFFECTED,
    ENTRY_NO_RANGE,       /* names the package and gives no usable version */
    ENTRY_UNKNOWN_VERSION /* would depend on the version, which is not known */
};

/* What is left of an entry's spans once those that have no order here are set aside. */
struct entry_facts {
    enum span_status default_status;
    bool had_spans;                         /* it gives some, usable or not */
    bool has_gap;                           /* one calls affected what is no version: "n/a" */
    bool any_applies, any_affected_applies; /* usable spans for this version */
};

bool span_is_usable(const struct span *span); /* has an order here: no commits, no "n/a" */
bool span_is_gap(const struct span *span);    /* calls affected what is no version */
bool span_is_point(const struct span *span);
bool span_is_unbounded(const struct span *span);
bool span_is_modular(const struct span *span);
bool span_holds(const struct span *span, struct str version); /* empty: only an unbounded one */
/* One status fits all: the order of the spans does not count. */
bool entry_is_union(const struct affected *entry);

/* A build of a module's stream (Red Hat and its rebuilds) and a build outside of modules do not compare. */
bool version_is_modular(struct str version);

/* held: the status of the span that holds the version, NULL when none does. */
enum entry_says entry_judge(const struct entry_facts *facts, const enum span_status *held,
                            bool has_version);

struct entry_verdict {
    enum entry_says says;
    const struct span *
        span; /* what decided; for ENTRY_UNAFFECTED the first span that does not hold; may be NULL */
    struct str fixed; /* the first version after this one that has the correction; may be empty */
};
/**
 * The whole evaluation, straight from the record.
 *
 * version   empty when it is not known
 * Rule:     matching 4.5, 4.8
 */
struct entry_verdict entry_verdict(const struct affected *entry, struct str version);
int entry_confidence(const struct span *span); /* NULL: decided by default */
