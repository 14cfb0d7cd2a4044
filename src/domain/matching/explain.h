/* domain/matching/explain.h: a finding's reason in texts. Symbols and the sources' own words, no language: a face puts sentences around them. */
#pragma once
#include "domain/matching/criterion.h"
#include "domain/matching/statement.h"

struct str explain_range(const struct span *span, struct arena *arena); /* ">= 1.0, < 1.2.3" */
/* "1.0 <= 1.2.2 < 1.2.3 (npm)"; span NULL: "1.2.2: affected by default" */
struct str explain_comparison(const struct span *span, struct str version, struct arena *arena);
/* "npm lodash", "Debian:12 curl" */
struct str explain_package(struct str ecosystem, struct str release, struct str name,
                           struct arena *arena);
/* Why a version lies outside: "1.2.3 >= 1.2.3 (npm)"; span NULL: by default */
struct str explain_outside(const struct span *span, struct str version, struct arena *arena);

/* range, comparison and fixed of what the statement's entry says about a version. */
void explain_entry(const struct statement *statement, const struct affected *entry,
                   struct str version, struct arena *arena, struct finding_reason *out);
/* subject, criterion, range, comparison and fixed of a match by a CPE name; text: the criterion's formatted string. */
void explain_criterion(const struct criterion *criterion, struct str text,
                       const struct asked_name *name, enum finding_kind kind, struct arena *arena,
                       struct finding_reason *out);

/* What a conditional match would have to run on: each name once, at most EXPLAIN_PLATFORMS of them, with " | " between. */
enum { EXPLAIN_PLATFORMS = 8 };
struct platforms {
    struct str names[EXPLAIN_PLATFORMS];
    size_t count;
};
void platforms_add(struct platforms *platforms, struct str name);
struct str platforms_text(const struct platforms *platforms, struct arena *arena);
