/* domain/triage/ignore.h: rules for findings that somebody has decided to pass over: which, why, until when. What a rule covers stays visible. */
#pragma once
#include "base/vec.h"
#include "domain/inventory/component.h"
#include "domain/matching/finding.h"

struct err;

enum { IGNORE_TEXT_MAX = 1 << 20, IGNORE_RULES_MAX = 1 << 14 };

struct ignore_rule {
    struct str id;        /* any name of the vulnerability; "*": every one */
    struct str component; /* purl, CPE, "name" or "name@version", with '*' for any characters */
    struct utc
        until; /* the rule holds on this day (JST) for the last time; 0: always, in so many words */
    struct str reason;
    unsigned line;
    bool was_used; /* it covered something */
};
struct ignore_rules {
    VEC_OF(struct ignore_rule);
};

/**
 * Reads rules, one a line; empty lines and lines that begin with '#' say nothing:
 *
 *     CVE-2021-44228  pkg:maven/org.apache.logging.log4j/log4j-core  until 2026-12-31: JndiLookup is taken out of our build
 *     CVE-2019-10744  lodash@4.17.*  always: used by a build script alone
 *
 * A rule says why, and until when or in so many words that it has no end; one that covers everything ("* *") is refused.
 *
 * text   borrowed, UTF-8
 * err    ERR_IGNORE_RULE with line, ERR_TOO_LARGE, ERR_NOT_UTF8
 */
MUST_CHECK bool ignore_read(struct str text, struct arena *arena, struct ignore_rules *out,
                            struct err *err);

/* Has its last day passed? */
bool ignore_is_over(const struct ignore_rule *rule, struct utc now);

/* Sets the statement of each finding that a rule covers which is not over; file: the name it is told with. Findings that are suppressed
 * already keep what was said about them. */
void ignore_apply(struct ignore_rules *rules, struct str file, struct utc now,
                  const struct inventory *inventory, struct findings *findings,
                  struct arena *arena);
