/* domain/statistics/tally.h: one case after the other counted into figures. */
#pragma once
#include "domain/statistics/statistics.h"

/* What is known of one case at the end of the time that is counted. */
struct counted_case {
    bool is_product;
    struct utc
        decided_at; /* accepted or not: before that a report is not counted at all (requirements 5.1, row STATISTICS) */
    struct utc accepted_at, published_at;
    struct utc detailed_at,
        fixed_at;           /* a website's: its operator has the details; it has reported the fix */
    struct str state, code; /* where it stands; why, when it is closed */
    struct str fix_kind;    /* a website's */
    struct str origin, category;
    bool is_iot;
};

struct tally;
struct tally *tally_new(const struct statistics_rules *rules, struct utc until,
                        struct arena *arena);
/* ERR_SETTING: it ended in a way that has no category */
MUST_CHECK bool tally_case(struct tally *tally, const struct counted_case *c, struct err *err);
/* An entry on the portal, at its first publication. source: empty for the Partnership's own; origin: of its case. */
void tally_entry(struct tally *tally, struct str source, struct str origin);
/* A case of which a sector was told before publication, at the first time. Rule: PRI-06 */
void tally_provision(struct tally *tally, struct str sector, struct utc at);
void tally_end(struct tally *tally, struct statistics *out);

/* The category of where a case stands: one of those of requirements 1.23.3. ERR_SETTING: no word of the rules' categories is about it. */
MUST_CHECK bool statistics_category(const struct statistics_rules *rules, bool is_product,
                                    struct str state, struct str code, struct str *out,
                                    struct err *err);
