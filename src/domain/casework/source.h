/* domain/casework/source.h: where an entry of the portal comes from, and which series of numbers it has. */
#pragma once
#include "base/str.h"

/* Domestic cases, what is coordinated with foreign bodies or came to the coordinating body itself, alerts. Rule: PUB-07 */
enum number_series { SERIES_PARTNERSHIP, SERIES_COORDINATED, SERIES_ALERT, NUMBER_SERIES };
/* The first part of the numbers of each. */
struct number_prefixes {
    struct str of[NUMBER_SERIES];
};

struct source {
    const char *code, *words, *origin; /* words: msgid; origin: of the case */
    bool is_taken_up;                  /* by the coordinating body, without a report (P25) */
    bool has_partner;                  /* it came from a foreign coordinator of the register */
    enum number_series series;
};
/* Rule: PUB-08 */
extern const struct source sources[];              /* ends with { 0 } */
const struct source *source_find(struct str code); /* NULL: there is none */
/* Of a case by its origin alone: reported by a finder, or by a developer on its own product. */
const struct source *source_of_origin(struct str origin);
