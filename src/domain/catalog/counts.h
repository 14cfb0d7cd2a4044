/* domain/catalog/counts.h: how many entries came in each quarter, by source and by edition. The Japanese edition is what has Japanese text, the English
 * one what has English text; an entry that several sources tell of counts once for each of them and once in all. Beside the sources: what is marked as embedded
 * or as standard software. Rule: VDB-03, VDB-11, VDB-13, VDB-16 */
#pragma once
#include "domain/calendar/calendar.h"
#include "domain/catalog/record.h"

struct tx;

enum catalog_edition { EDITION_JA, EDITION_EN, CATALOG_EDITIONS };
/* The day that places an entry: when its sources published it, or when this catalogue first took it. */
enum counted_by { COUNTED_BY_PUBLISHED, COUNTED_BY_REGISTERED };
enum { COUNTED_EMBEDDED = CATALOG_SOURCES, COUNTED_STANDARD, COUNTED_ALL, COUNTED_COLUMNS };

struct catalog_count {
    struct quarter quarter;
    int64_t added[CATALOG_EDITIONS][COUNTED_COLUMNS]; /* in the quarter */
    int64_t total[CATALOG_EDITIONS][COUNTED_COLUMNS]; /* until its end */
};
/* Every quarter from the first with an entry to the last, empty ones too. */
struct catalog_counts {
    VEC_OF(struct catalog_count);
    int64_t undated; /* published, and no source names a day: in none of them */
};
/* A row a year instead: its quarter is the first of those that stood there. */
void catalog_counts_by_year(struct catalog_counts *counts);
/* Entries that are rejected or withdrawn are left out. ERR_STORE */
MUST_CHECK bool catalog_count_quarters(struct tx *tx, enum counted_by by, struct arena *arena,
                                       struct catalog_counts *out, struct err *err);
