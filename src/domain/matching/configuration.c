#include "domain/matching/index_internal.h"

#include <stdlib.h>

/* Configurations over one asset: true, false, or unclear because the asset does not name what it runs on (matching 4.4). */

enum truth { NOT_TRUE, UNCLEAR, TRUE };

struct evaluation {
    struct matching_session *session;
    const struct asked_name *names;
    uint32_t configuration, record;
    uint32_t first, end; /* words of the tree */
    uint8_t *truths;     /* of each word, once evaluated */
};

/* ---- leaves ---- */

/* The matches of a criterion in this question, the first one's place + 1. */
static uint32_t matches_of(const struct matching_session *session, uint32_t criterion)
{
    size_t criteria = (size_t)session->index->points + session->index->ranges;

    return criterion < criteria && session->linked_in[criterion] == session->round
               ? session->first[criterion]
               : 0;
}

static enum truth truth_of_leaf(const struct matching_session *session, uint32_t word)
{
    bool is_vulnerable = (word & TREE_VULNERABLE) != 0;
    uint8_t best = CRITERION_NO;

    if ((word & TREE_CRITERION) == TREE_CRITERION)
        return NOT_TRUE;
    for (uint32_t i = matches_of(session, word & TREE_CRITERION); i != 0;) {
        const struct match *match = &session->matches.at[i - 1];

        if (match->answer > best && !(match->is_platform_only && is_vulnerable))
            best = match->answer;
        i = match->next;
    }
    if (best != CRITERION_NO)
        return best == CRITERION_UNSURE ? UNCLEAR : TRUE;
    return session->parts & QUESTION_PART(tree_parts[word >> TREE_PART & 3]) ? NOT_TRUE : UNCLEAR;
}

/* ---- trees ---- */

/* Evaluates the word at *at and what hangs on it; leaves *at behind that. */
static enum truth evaluate(struct evaluation *evaluation, uint32_t *at, int depth)
{
    uint32_t word = index_word(evaluation->session->index, SECTION_TREES, *at), own = *at;
    uint32_t children = word & TREE_CHILDREN;
    enum truth truth = NOT_TRUE;

    ++*at;
    if (word & TREE_LEAF) {
        truth = truth_of_leaf(evaluation->session, word);
        evaluation->truths[own - evaluation->first] = (uint8_t)truth;
        return truth;
    }
    for (uint32_t i = 0; i < children && *at < evaluation->end && depth < INDEX_TREE_DEPTH; i++) {
        enum truth child = evaluate(evaluation, at, depth + 1);

        if (i == 0 || (word & TREE_AND ? child < truth : child > truth))
            truth = child;
    }
    if (word & TREE_NEGATED)
        truth = (enum truth)(TRUE - truth);
    evaluation->truths[own - evaluation->first] = (uint8_t)truth;
    return truth;
}

static void skip(const struct evaluation *evaluation, uint32_t *at, int depth)
{
    uint32_t word = index_word(evaluation->session->index, SECTION_TREES, *at);

    ++*at;
    if (word & TREE_LEAF)
        return;
    for (uint32_t i = 0;
         i < (word & TREE_CHILDREN) && *at < evaluation->end && depth < INDEX_TREE_DEPTH; i++)
        skip(evaluation, at, depth + 1);
}

static void tell(struct evaluation *evaluation, uint32_t criterion, enum truth path)
{
    struct matching_session *session = evaluation->session;

    for (uint32_t i = matches_of(session, criterion); i != 0;) {
        const struct match *match = &session->matches.at[i - 1];
        bool is_system = evaluation->names[match->asked].component == (size_t)QUESTION_SYSTEM;
        bool is_unsure = match->answer == CRITERION_UNSURE;
        struct hit hit = {
            .record = evaluation->record,
            .at = criterion,
            .configuration = evaluation->configuration,
            .asked = match->asked,
            .kind = is_unsure                        ? FINDING_UNKNOWN_VERSION
                    : path == UNCLEAR                ? FINDING_CONDITIONAL
                    : match->answer == CRITERION_ALL ? FINDING_NO_RANGE
                                                     : FINDING_AFFECTED,
            .confidence = match->answer == CRITERION_YES
                              ? index_criterion_confidence(session->index, criterion)
                              : CONFIDENCE_NAME_ONLY,
        };

        if (!match->is_platform_only && !is_system && (!is_unsure || session->unknown))
            session_hit(session, hit);
        i = match->next;
    }
}

/* Who took part: a vulnerable criterion that matched, under no node that is false or negated. path: the least truth on the way to it. */
static void harvest(struct evaluation *evaluation, uint32_t *at, enum truth path, int depth)
{
    uint32_t word = index_word(evaluation->session->index, SECTION_TREES, *at);
    enum truth truth = evaluation->truths[*at - evaluation->first];

    if (word & TREE_LEAF) {
        if (word & TREE_VULNERABLE)
            tell(evaluation, word & TREE_CRITERION, path);
        ++*at;
        return;
    }
    if (truth == NOT_TRUE || word & TREE_NEGATED) {
        skip(evaluation, at, depth);
        return;
    }
    if (truth < path)
        path = truth;
    ++*at;
    for (uint32_t i = 0;
         i < (word & TREE_CHILDREN) && *at < evaluation->end && depth < INDEX_TREE_DEPTH; i++)
        harvest(evaluation, at, path, depth + 1);
}

/* ---- the asset's configurations ---- */

static struct run tree_of(const struct matching_index *index, uint32_t configuration,
                          struct configuration_row *row)
{
    struct configuration_row next;

    INDEX_ROW(index, SECTION_CONFIGURATIONS, configuration, row);
    INDEX_ROW(index, SECTION_CONFIGURATIONS, (size_t)configuration + 1, &next);
    return index_run(row->tree, next.tree, index->sections[SECTION_TREES].len / sizeof(uint32_t));
}

/* Chains the matches of each criterion, in the order of the names. */
static void link_matches(struct matching_session *session)
{
    for (size_t i = session->matches.len; i > 0; i--) {
        struct match *match = &session->matches.at[i - 1];
        bool is_first = session->linked_in[match->criterion] != session->round;

        match->next = is_first ? 0 : session->first[match->criterion];
        session->linked_in[match->criterion] = session->round;
        session->first[match->criterion] = (uint32_t)i;
    }
}

void session_evaluate(struct matching_session *session, const struct asked_name *names)
{
    if (session->touched.len == 0)
        return;
    link_matches(session);
    for (size_t i = 0; i < session->touched.len; i++) {
        struct evaluation evaluation = { .session = session,
                                         .names = names,
                                         .configuration = session->touched.at[i] };
        struct configuration_row row;
        struct run tree = tree_of(session->index, evaluation.configuration, &row);
        uint32_t at = tree.first;

        if (tree.first == tree.end)
            continue;
        evaluation.record = row.record;
        evaluation.first = tree.first;
        evaluation.end = tree.end;
        evaluation.truths = session_truths(session, tree.end - tree.first);
        if (evaluate(&evaluation, &at, 0) == NOT_TRUE)
            continue;
        at = tree.first;
        harvest(&evaluation, &at, TRUE, 0);
    }
}

void session_platforms(const struct matching_session *session, uint32_t configuration,
                       struct arena *arena, struct platforms *out)
{
    struct configuration_row row;
    struct run tree = tree_of(session->index, configuration, &row);

    for (uint32_t i = tree.first; i < tree.end; i++) {
        uint32_t word = index_word(session->index, SECTION_TREES, i);
        struct criterion criterion;

        if (word & TREE_LEAF && truth_of_leaf(session, word) == UNCLEAR)
            platforms_add(
                out, index_criterion(session->index, word & TREE_CRITERION, arena, &criterion));
    }
}
