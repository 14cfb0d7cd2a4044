#include "domain/catalog/counts.h"

#include <stdlib.h>

#include "base/err.h"
#include "domain/catalog/counts.sql.h"
#include "store/store.h"

static int by_quarter(const void *a, const void *b)
{
    int64_t x = ((const struct catalog_count *)a)->quarter.n,
            y = ((const struct catalog_count *)b)->quarter.n;

    return (x > y) - (x < y);
}

/* The row of a quarter; quarters come in any order, and there are few of them. */
static struct catalog_count *row_of(struct catalog_counts *counts, struct quarter quarter,
                                    struct arena *arena)
{
    for (size_t i = counts->len; i-- > 0;) {
        if (counts->at[i].quarter.n == quarter.n)
            return &counts->at[i];
    }
    VEC_PUSH(arena, counts, (struct catalog_count){ .quarter = quarter });
    return &counts->at[counts->len - 1];
}

static void count(struct catalog_count *row, enum catalog_edition edition, struct rows *rows)
{
    for (int i = 0; i < CATALOG_SOURCES; i++)
        row->added[edition][i] += row_int(rows, "sources") >> i & 1;
    row->added[edition][COUNTED_EMBEDDED] += row_int(rows, "is_embedded");
    row->added[edition][COUNTED_STANDARD] += row_int(rows, "is_standard");
    row->added[edition][COUNTED_ALL]++;
}

/* Quarters in which nothing came are rows too, and every row says how many there are until its end. */
static void add_up(struct catalog_counts *counts, struct arena *arena)
{
    size_t known = counts->len;

    if (known == 0)
        return;
    qsort(counts->at, known, sizeof *counts->at, by_quarter);
    for (size_t i = 1; i < known; i++) {
        for (int64_t n = counts->at[i - 1].quarter.n + 1; n < counts->at[i].quarter.n; n++)
            VEC_PUSH(arena, counts, (struct catalog_count){ .quarter = { n } });
    }
    qsort(counts->at, counts->len, sizeof *counts->at, by_quarter);
    for (size_t i = 0; i < counts->len; i++) {
        for (int e = 0; e < CATALOG_EDITIONS; e++) {
            for (int c = 0; c < COUNTED_COLUMNS; c++)
                counts->at[i].total[e][c] =
                    counts->at[i].added[e][c] + (i > 0 ? counts->at[i - 1].total[e][c] : 0);
        }
    }
}

void catalog_counts_by_year(struct catalog_counts *counts)
{
    size_t len = 0;

    for (size_t i = 0; i < counts->len; i++) {
        const struct catalog_count *row = &counts->at[i];
        struct catalog_count *year = len > 0 ? &counts->at[len - 1] : NULL;

        if (!year || quarter_year(year->quarter) != quarter_year(row->quarter)) {
            counts->at[len++] = *row;
            continue;
        }
        for (int e = 0; e < CATALOG_EDITIONS; e++)
            for (int c = 0; c < COUNTED_COLUMNS; c++) {
                year->added[e][c] += row->added[e][c];
                year->total[e][c] = row->total[e][c];
            }
    }
    counts->len = len;
}

bool catalog_count_quarters(struct tx *tx, enum counted_by by, struct arena *arena,
                            struct catalog_counts *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    const struct query *query =
        by == COUNTED_BY_PUBLISHED ? &sql_counted_by_published : &sql_counted_by_registered;
    int got;

    *out = (struct catalog_counts){ 0 };
    if (!store_select(tx, query, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct utc at = row_utc(rows, "at");
        struct catalog_count *row;

        if (at.ms == 0) {
            out->undated++;
            continue;
        }
        row = row_of(out, quarter_of(at), arena);
        if (row_int(rows, "has_ja"))
            count(row, EDITION_JA, rows);
        if (row_int(rows, "has_en"))
            count(row, EDITION_EN, rows);
    }
    if (got < 0)
        return PASS(err);
    add_up(out, arena);
    return true;
}
