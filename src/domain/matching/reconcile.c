#include "domain/matching/evidence.h"

#include <stdlib.h>
#include <string.h>

/* A statement about one vulnerability; a record about several makes several. */
struct share {
    size_t component;
    uint32_t group;
    struct statement statement;
};
struct shares {
    VEC_OF(struct share);
};

#define ORDER(a, b) ((a) < (b) ? -1 : (a) > (b))

/* By component and vulnerability; there the highest rank first, affected before unaffected, the surest first. */
static int compare(const void *left, const void *right)
{
    const struct share *a = left, *b = right;
    int order = ORDER(a->component, b->component);

    if (order == 0)
        order = ORDER(a->group, b->group);
    if (order == 0)
        order = ORDER(b->statement.rank, a->statement.rank);
    if (order == 0)
        order = ORDER(b->statement.is_affected, a->statement.is_affected);
    if (order == 0)
        order = ORDER(a->statement.kind, b->statement.kind);
    if (order == 0)
        order = ORDER(b->statement.confidence, a->statement.confidence);
    return order == 0 ? ORDER(a->statement.record, b->statement.record) : order;
}

static struct shares shares_of(const struct evidence *evidence, const struct statements *statements,
                               struct arena *arena)
{
    struct shares shares = { 0 };

    VEC_ROOM(arena, &shares, statements->len);
    for (size_t i = 0; i < statements->len; i++) {
        const struct statement *statement = &statements->at[i];
        struct alias_groups groups = evidence->subjects(evidence->of, statement, arena);

        for (size_t n = 0; n < groups.len; n++)
            VEC_PUSH(arena, &shares,
                     (struct share){ statement->component, groups.at[n], *statement });
    }
    if (shares.len > 1)
        qsort(shares.at, shares.len, sizeof *shares.at, compare);
    return shares;
}

/* Only a version that was compared is a verdict. */
static bool is_verdict(const struct statement *statement)
{
    return !statement->is_affected || statement->kind <= FINDING_CONDITIONAL;
}

/* The statement of the highest rank that decides, when it says unaffected; NULL when nothing overrules the rest. */
static const struct statement *overruling(const struct share *shares, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_verdict(&shares[i].statement))
            return shares[i].statement.is_affected ? NULL : &shares[i].statement;
    }
    return NULL;
}

static bool any_affected(const struct share *shares, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (shares[i].statement.is_affected)
            return true;
    }
    return false;
}

/* A distribution corrects without changing the upstream version: where it is silent, a range of the upstream is worth little. */
static int confidence_of(const struct question *question, const struct share *share, bool is_backed)
{
    if (share->statement.rank == RANK_NAME && question->is_distribution[share->component] &&
        !is_backed)
        return CONFIDENCE_NAME_ONLY;
    return share->statement.confidence;
}

static void add_fixed(struct finding *finding, struct str fixed, struct arena *arena)
{
    if (str_is_empty(fixed))
        return;
    for (size_t i = 0; i < finding->fixed.len; i++) {
        if (str_eq(finding->fixed.at[i], fixed))
            return;
    }
    VEC_PUSH(arena, &finding->fixed, fixed);
}

static int compare_versions(const void *left, const void *right)
{
    return version_compare(VERSION_GENERIC, *(const struct str *)left, *(const struct str *)right);
}

static void overrule(const struct evidence *evidence, const struct question *question,
                     const struct statement *by, struct arena *arena, struct finding *finding)
{
    struct finding_reason reason = { 0 };

    evidence->reason(evidence->of, question, by, arena, &reason);
    finding->statement = (struct finding_statement){
        .verdict = VERDICT_NOT_AFFECTED,
        .reason = arena_printf(arena, "%.*s: %.*s; %.*s", STR_ARG(reason.criterion),
                               STR_ARG(reason.range), STR_ARG(reason.comparison)),
        .from = reason.record,
    };
}

static void add_finding(const struct evidence *evidence, const struct question *question,
                        const struct share *shares, size_t count, struct arena *arena,
                        struct findings *out)
{
    const struct statement *by = overruling(shares, count);
    bool is_backed = shares[0].statement.rank > RANK_NAME && shares[0].statement.is_affected;
    struct finding finding = {
        .component = shares[0].component,
        .kind = FINDING_UNKNOWN_VERSION,
        .epss = -1,
        .epss_percentile = -1,
    };

    VEC_ROOM(arena, &finding.reasons, count);
    for (size_t i = 0; i < count; i++) {
        struct finding_reason reason = { 0 };

        if (!shares[i].statement.is_affected)
            continue;
        evidence->reason(evidence->of, question, &shares[i].statement, arena, &reason);
        reason.kind = shares[i].statement.kind;
        reason.confidence = confidence_of(question, &shares[i], is_backed);
        if (reason.kind < finding.kind)
            finding.kind = reason.kind;
        if (reason.confidence > finding.confidence)
            finding.confidence = reason.confidence;
        add_fixed(&finding, reason.fixed, arena);
        VEC_PUSH(arena, &finding.reasons, reason);
    }
    if (finding.fixed.len > 1)
        qsort(finding.fixed.at, finding.fixed.len, sizeof *finding.fixed.at, compare_versions);
    if (by)
        overrule(evidence, question, by, arena, &finding);
    evidence->describe(evidence->of, shares[0].group, arena, &finding);
    VEC_PUSH(arena, out, finding);
}

static int compare_findings(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;
    int order = ORDER(a->component, b->component);

    return order == 0 ? str_cmp(a->id, b->id) : order;
}

/* Where the shares of the next component or vulnerability begin. */
static size_t end_of(const struct shares *shares, size_t i)
{
    const struct share *first = &shares->at[i++];

    while (i < shares->len && shares->at[i].component == first->component &&
           shares->at[i].group == first->group)
        i++;
    return i;
}

void reconcile(const struct evidence *evidence, const struct question *question,
               const struct statements *statements, struct arena *arena, struct findings *out)
{
    struct shares shares = shares_of(evidence, statements, arena);
    size_t most = 0;

    *out = (struct findings){ 0 };
    for (size_t i = 0; i < shares.len; i = end_of(&shares, i))
        most++;
    VEC_ROOM(arena, out, most);
    for (size_t i = 0, end; i < shares.len; i = end) {
        const struct share *first = &shares.at[i];

        end = end_of(&shares, i);
        if (any_affected(first, end - i))
            add_finding(evidence, question, first, end - i, arena, out);
    }
    if (out->len > 1)
        qsort(out->at, out->len, sizeof *out->at, compare_findings);
}
