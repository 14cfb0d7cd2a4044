#include "domain/matching/index_internal.h"

#include "domain/matching/match.h"

/* Configurations over one asset: true, false, or unclear because the asset does not name what it runs on (matching 4.4). */

enum truth { NOT_TRUE, UNCLEAR, TRUE };

struct evaluation {
    struct layer_session *session;
    const struct asked_name *names;
    uint32_t configuration, record;
    const unsigned char *words; /* of the tree */
    uint32_t count;
    uint8_t *truths; /* of each node, once evaluated */
};

static uint32_t word_at(const struct evaluation *evaluation, uint32_t at)
{
    return index_u32(evaluation->words + (size_t)at * sizeof(uint32_t));
}

/* ---- leaves ---- */

/* The matches of a criterion in this question, the first one's place + 1. */
static uint32_t matches_of(const struct layer_session *session, uint32_t criterion)
{
    return session_is_met(session, criterion) ? session->first[criterion] : 0;
}

/* What a leaf is when nothing meets it: false where the asset names things of its kind, else it cannot be told. */
static enum truth unmet(const struct layer_session *session, uint32_t word)
{
    if ((word & TREE_CRITERION) == TREE_CRITERION)
        return NOT_TRUE;
    return session->all->parts & QUESTION_PART(tree_parts[word >> TREE_PART & 3]) ? NOT_TRUE
                                                                                  : UNCLEAR;
}

static enum truth truth_of_leaf(const struct layer_session *session, uint32_t word)
{
    bool is_vulnerable = (word & TREE_VULNERABLE) != 0;
    uint8_t best = CRITERION_NO;

    for (uint32_t i = matches_of(session, word & TREE_CRITERION); i != 0;) {
        const struct match *match = &session->matches.at[i - 1];

        if (match->answer > best && !(match->is_platform_only && is_vulnerable))
            best = match->answer;
        i = match->next;
    }
    if (best == CRITERION_NO)
        return unmet(session, word);
    return best == CRITERION_UNSURE ? UNCLEAR : TRUE;
}

/* ---- trees ---- */

static enum truth truth_of_children(struct evaluation *evaluation, uint32_t word, uint32_t *at,
                                    int depth);

/* Evaluates the word at *at and what hangs on it; leaves *at behind that. */
static enum truth evaluate(struct evaluation *evaluation, uint32_t *at, int depth)
{
    uint32_t own = (*at)++, word = word_at(evaluation, own);
    enum truth truth;

    if (word & TREE_LEAF)
        return truth_of_leaf(evaluation->session, word);
    truth = truth_of_children(evaluation, word, at, depth);
    if (word & TREE_NEGATED)
        truth = (enum truth)(TRUE - truth);
    evaluation->truths[own] = (uint8_t)truth;
    return truth;
}

/* The children that there are: a damaged node may claim more. */
static uint32_t children_of(const struct evaluation *evaluation, uint32_t word, uint32_t at)
{
    uint32_t left = evaluation->count - at, children = word & TREE_CHILDREN;

    return children < left ? children : left;
}

static enum truth truth_of_children(struct evaluation *evaluation, uint32_t word, uint32_t *at,
                                    int depth)
{
    bool is_and = (word & TREE_AND) != 0;
    enum truth truth = is_and ? TRUE : NOT_TRUE;
    uint32_t children = children_of(evaluation, word, *at);

    if (children == 0)
        return NOT_TRUE;
    if (word & TREE_FLAT) { /* leaves alone: as soon as one decides, the others need no look */
        for (uint32_t i = 0; i < children && truth != (is_and ? NOT_TRUE : TRUE); i++) {
            enum truth child = truth_of_leaf(evaluation->session, word_at(evaluation, *at + i));

            if (is_and ? child < truth : child > truth)
                truth = child;
        }
        *at += children;
        return truth;
    }
    for (uint32_t i = 0; i < children && *at < evaluation->count && depth < INDEX_TREE_DEPTH; i++) {
        enum truth child = evaluate(evaluation, at, depth + 1);

        if (is_and ? child < truth : child > truth)
            truth = child;
    }
    return truth;
}

static void skip(const struct evaluation *evaluation, uint32_t *at, int depth)
{
    uint32_t word = word_at(evaluation, (*at)++);
    uint32_t children;

    if (word & TREE_LEAF)
        return;
    children = children_of(evaluation, word, *at);
    if (word & TREE_FLAT) {
        *at += children;
        return;
    }
    for (uint32_t i = 0; i < children && *at < evaluation->count && depth < INDEX_TREE_DEPTH; i++)
        skip(evaluation, at, depth + 1);
}

static void tell(struct evaluation *evaluation, uint32_t criterion, enum truth path)
{
    struct layer_session *session = evaluation->session;

    for (uint32_t i = matches_of(session, criterion); i != 0;) {
        const struct match *match = &session->matches.at[i - 1];
        bool is_system = evaluation->names[match->asked].component == (size_t)QUESTION_SYSTEM;
        bool is_unsure = match->answer == CRITERION_UNSURE;
        struct match_hit hit = {
            .record = evaluation->record,
            .at = criterion,
            .configuration = evaluation->configuration,
            .asked = match->asked,
            .kind = is_unsure                        ? FINDING_UNKNOWN_VERSION
                    : path == UNCLEAR                ? FINDING_CONDITIONAL
                    : match->answer == CRITERION_ALL ? FINDING_NO_RANGE
                                                     : FINDING_AFFECTED,
            .confidence = match->confidence,
        };

        if (!match->is_platform_only && !is_system && (!is_unsure || session->all->unknown))
            session_hit(session->all, hit);
        i = match->next;
    }
}

static void tell_leaf(struct evaluation *evaluation, uint32_t word, enum truth path)
{
    if (word & TREE_VULNERABLE && session_is_met(evaluation->session, word & TREE_CRITERION))
        tell(evaluation, word & TREE_CRITERION, path);
}

/* Who took part: a vulnerable criterion that matched, under no node that is false or negated. path: the least truth on the way to it. */
static void harvest(struct evaluation *evaluation, uint32_t *at, enum truth path, int depth)
{
    uint32_t word = word_at(evaluation, *at), children;
    enum truth truth;

    if (word & TREE_LEAF) {
        tell_leaf(evaluation, word, path);
        ++*at;
        return;
    }
    truth = evaluation->truths[*at];
    if (truth == NOT_TRUE || word & TREE_NEGATED) {
        skip(evaluation, at, depth);
        return;
    }
    if (truth < path)
        path = truth;
    children = children_of(evaluation, word, ++*at);
    if (word & TREE_FLAT) {
        for (uint32_t i = 0; i < children; i++)
            tell_leaf(evaluation, word_at(evaluation, *at + i), path);
        *at += children;
        return;
    }
    for (uint32_t i = 0; i < children && *at < evaluation->count && depth < INDEX_TREE_DEPTH; i++)
        harvest(evaluation, at, path, depth + 1);
}

/* ---- the asset's configurations ---- */

static struct run tree_of(const struct index_layer *layer, uint32_t configuration,
                          struct configuration_row *row)
{
    struct configuration_row next;

    INDEX_ROW(layer, SECTION_CONFIGURATIONS, configuration, row);
    INDEX_ROW(layer, SECTION_CONFIGURATIONS, (size_t)configuration + 1, &next);
    return index_run(row->tree, next.tree, layer->sections[SECTION_TREES].len / sizeof(uint32_t));
}

/* Chains the matches of each criterion, in the order of the names. */
static void link_matches(struct layer_session *session)
{
    for (size_t i = session->matches.len; i > 0; i--) {
        struct match *match = &session->matches.at[i - 1];

        match->next =
            session_is_met(session, match->criterion) ? session->first[match->criterion] : 0;
        session_meet(session, match->criterion);
        session->first[match->criterion] = (uint32_t)i;
    }
}

static void evaluate_one(struct layer_session *session, const struct asked_name *names,
                         uint32_t configuration)
{
    struct configuration_row row;
    struct run tree = tree_of(session->layer, configuration, &row);
    struct evaluation evaluation = {
        .session = session,
        .names = names,
        .configuration = configuration,
        .record = session->layer->first_record + row.record,
        .words = session->layer->sections[SECTION_TREES].at + (size_t)tree.first * sizeof(uint32_t),
        .count = tree.end - tree.first,
    };
    uint32_t at = 0;

    struct str platforms = index_text(session->layer, row.platforms);
    bool is_away = platforms.len > 0 && !platform_is_met(platforms, session->all->os);

    if (evaluation.count == 0 || layer_is_masked(session->layer, row.record))
        return;
    evaluation.truths = session_truths(session->all, evaluation.count);
    if (evaluate(&evaluation, &at, 0) == NOT_TRUE)
        return;
    at = 0;
    harvest(&evaluation, &at, is_away ? UNCLEAR : TRUE, 0);
}

void session_evaluate(struct matching_session *session, const struct asked_name *names)
{
    for (size_t i = 0; i < session->count; i++) {
        struct layer_session *layer = &session->layers[i];

        if (layer->touched.len == 0)
            continue;
        link_matches(layer);
        for (size_t n = 0; n < layer->touched.len; n++)
            evaluate_one(layer, names, layer->touched.at[n]);
    }
}

void session_platforms(const struct layer_session *session, uint32_t configuration,
                       struct arena *arena, struct platforms *out)
{
    struct configuration_row row;
    struct run tree = tree_of(session->layer, configuration, &row);

    for (uint32_t i = tree.first; i < tree.end; i++) {
        uint32_t word = index_word(session->layer, SECTION_TREES, i);
        struct criterion criterion;

        if (word & TREE_LEAF && truth_of_leaf(session, word) == UNCLEAR)
            platforms_add(
                out, index_criterion(session->layer, word & TREE_CRITERION, arena, &criterion));
    }
    if (!platform_is_met(index_text(session->layer, row.platforms), session->all->os))
        platforms_add(out, index_text(session->layer, row.platforms));
}
