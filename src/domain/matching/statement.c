#include "domain/matching/statement.h"

#include <stdlib.h>

#define ORDER(a, b) ((a) < (b) ? -1 : (a) > (b))

bool statement_away_from_platform(struct statement *statement)
{
    if (statement->is_affected && statement->kind == FINDING_AFFECTED)
        statement->kind = FINDING_CONDITIONAL;
    return statement->is_affected;
}

/* Strongest first. */
static int compare(const void *left, const void *right)
{
    const struct statement *a = left, *b = right;
    int order = ORDER(a->component, b->component);

    if (order == 0)
        order = ORDER(a->record, b->record);
    if (order == 0)
        order = ORDER(b->rank, a->rank);
    if (order == 0)
        order = ORDER(b->is_affected, a->is_affected);
    if (order == 0 && a->is_affected)
        order = ORDER(a->kind, b->kind);
    if (order == 0 && a->is_affected)
        order = ORDER(b->confidence, a->confidence);
    if (order == 0)
        order = ORDER(a->by, b->by);
    for (size_t i = 0; order == 0 && i < COUNT(a->place); i++)
        order = ORDER(a->place[i], b->place[i]);
    return order;
}

void statements_choose(struct statements *statements)
{
    size_t kept = 0;

    if (statements->len > 1)
        qsort(statements->at, statements->len, sizeof *statements->at, compare);
    for (size_t i = 0; i < statements->len; i++) {
        const struct statement *last = kept > 0 ? &statements->at[kept - 1] : NULL;

        if (!last || last->component != statements->at[i].component ||
            last->record != statements->at[i].record || last->rank != statements->at[i].rank)
            statements->at[kept++] = statements->at[i];
    }
    statements->len = kept;
}
