#include "domain/matching/direct.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "domain/matching/criterion.h"
#include "domain/matching/entry.h"
#include "domain/matching/explain.h"
#include "domain/matching/platform.h"
#include "formats/purl/purl.h"

struct direct {
    const struct direct_record *prepared;
    const struct catalog_record *record;
    uint32_t number;
    const struct question *question;
    bool unknown;
    struct arena *arena;
    struct statements *out;
};

/* ---- records ---- */

/* The families that rebuild Red Hat name bug fixes and enhancements like flaws: RHBA-…, ALEA-…. */
static bool is_bug_fix(struct str id)
{
    return id.len > 5 && ascii_is_upper(id.ptr[0]) && ascii_is_upper(id.ptr[1]) &&
           (id.ptr[2] == 'B' || id.ptr[2] == 'E') && id.ptr[3] == 'A' && id.ptr[4] == '-';
}

bool record_can_match(const struct catalog_record *record)
{
    bool is_about_nothing = record->aliases.len == 0 && record->upstream.len == 0 &&
                            record->related.len == 0 && is_bug_fix(record->id);

    return record->state == CATALOG_PUBLISHED && !is_about_nothing;
}

enum statement_rank entry_rank(const struct catalog_record *record)
{
    return record->source == SOURCE_CVE || record->source == SOURCE_NVD ? RANK_CNA : RANK_ECOSYSTEM;
}

bool entry_package(const struct affected *entry, struct arena *arena, struct package *out)
{
    struct str ecosystem = ecosystem_name(entry->ecosystem);
    struct err ignored = { 0 };
    struct purl purl;

    if (!str_is_empty(ecosystem) && !str_is_empty(entry->name)) {
        *out = (struct package){
            .ecosystem = ecosystem,
            .release = ecosystem_fold_release(ecosystem, entry->release, arena),
            .name = ecosystem_fold_name(ecosystem, entry->name, arena),
        };
        return true;
    }
    return !str_is_empty(entry->purl) && purl_parse(entry->purl, arena, &purl, &ignored) &&
           ecosystem_of_purl(&purl, (struct distribution){ STR_NONE, STR_NONE }, arena, out);
}

bool entry_release_fits(struct str ecosystem, struct str entry, struct str asked)
{
    if (str_is_empty(entry) || str_eq(entry, asked))
        return true;
    return str_is_empty(asked) && !ecosystem_is_distribution(ecosystem);
}

/* ---- packages, and vendor and product in words ---- */

static enum finding_kind kind_of(enum entry_says says)
{
    return says == ENTRY_NO_RANGE          ? FINDING_NO_RANGE
           : says == ENTRY_UNKNOWN_VERSION ? FINDING_UNKNOWN_VERSION
                                           : FINDING_AFFECTED;
}

/* The platforms that it holds on alone, where the asset does not tell of running on one of them; else empty. */
static struct str away(const struct question *question, const struct catalog_strings *platforms,
                       struct arena *arena)
{
    struct str text = platform_text(platforms, arena);

    return platform_narrows(text) && !platform_is_met(text, &question->os) ? text : STR_NONE;
}

static bool is_away(const struct direct *direct, const struct catalog_strings *platforms)
{
    return away(direct->question, platforms, direct->arena).len > 0;
}

static void say(struct direct *direct, struct statement statement, struct entry_verdict verdict,
                int limit)
{
    if (verdict.says == ENTRY_SILENT || (verdict.says == ENTRY_UNKNOWN_VERSION && !direct->unknown))
        return;
    statement.record = direct->number;
    statement.is_affected = verdict.says != ENTRY_UNAFFECTED;
    statement.kind = kind_of(verdict.says);
    statement.confidence =
        statement.kind == FINDING_AFFECTED ? entry_confidence(verdict.span) : CONFIDENCE_NAME_ONLY;
    if (statement.confidence > limit)
        statement.confidence = limit;
    if (!statement.is_affected)
        statement.confidence = 0; /* has no meaning */
    if (is_away(direct, &((const struct affected *)statement.at[0])->platforms) &&
        !statement_away_from_platform(&statement))
        return;
    VEC_PUSH(direct->arena, direct->out, statement);
}

static void say_package(struct direct *direct, size_t entry_number, size_t asked_number)
{
    const struct package *package = &direct->prepared->packages[entry_number];
    const struct affected *entry = &direct->record->affected.at[entry_number];
    const struct asked_package *asked = &direct->question->packages.at[asked_number];

    if (!str_eq(package->ecosystem, asked->package.ecosystem) ||
        !str_eq(package->name, asked->package.name) ||
        !entry_release_fits(package->ecosystem, package->release, asked->package.release))
        return;
    say(direct,
        (struct statement){
            .component = asked->component,
            .by = BY_PACKAGE,
            .rank = entry_rank(direct->record),
            .place = { (uint32_t)asked_number, (uint32_t)entry_number },
            .at = { entry },
        },
        entry_verdict(entry, asked->version),
        asked->package.is_derived ? CONFIDENCE_GENERIC : CONFIDENCE_EXACT);
}

/* matching 4.5: vendor and product in words reach a given name with little confidence. */
static void say_words(struct direct *direct, size_t entry_number, size_t name_number)
{
    const struct affected *entry = &direct->record->affected.at[entry_number];
    const struct asked_name *name = &direct->question->names.at[name_number];
    struct entry_verdict verdict;

    if (name->component == (size_t)QUESTION_SYSTEM ||
        !str_eq(direct->prepared->vendors[entry_number], name->cpe.field[CPE_VENDOR]) ||
        !str_eq(direct->prepared->products[entry_number], name->cpe.field[CPE_PRODUCT]))
        return;
    verdict = entry_verdict(entry, name->version);
    if (verdict.says == ENTRY_UNAFFECTED)
        return; /* words alone prove no safety */
    say(direct,
        (struct statement){
            .component = name->component,
            .by = BY_WORDS,
            .rank = RANK_NAME,
            .place = { (uint32_t)name_number, (uint32_t)entry_number },
            .at = { entry },
        },
        verdict, CONFIDENCE_WORDS);
}

static void say_entry(struct direct *direct, size_t number)
{
    const struct direct_record *prepared = direct->prepared;

    if (!str_is_empty(prepared->packages[number].name)) {
        for (size_t i = 0; i < direct->question->packages.len; i++)
            say_package(direct, number, i);
    }
    if (!str_is_empty(prepared->vendors[number]) && !str_is_empty(prepared->products[number])) {
        for (size_t i = 0; i < direct->question->names.len; i++)
            say_words(direct, number, i);
    }
}

/* ---- configurations ---- */

enum truth { NOT_TRUE, UNCLEAR, TRUE };

/* A criterion as it stands in the tree, with its answer to each name. */
struct leaf {
    const struct criterion *criterion;
    const struct cpe *cpe;
    uint32_t order;                 /* among the record's criteria: see criterion_compare */
    enum criterion_answer *answers; /* one for each name of the question */
    enum truth truth;
};
struct tree {
    const struct configuration *configuration;
    struct leaf *leaves; /* of configuration->criteria */
    struct tree *nodes;
    enum truth truth;
};
struct leaves {
    VEC_OF(struct leaf *);
    const struct prepared_criterion *next; /* the next criterion */
};

static enum criterion_answer answer(const struct criterion *criterion, const struct cpe *cpe,
                                    const struct asked_name *name)
{
    return str_is_empty(cpe->field[CPE_PART]) ? CRITERION_NO
                                              : criterion_answers(criterion, cpe, name);
}

static enum truth truth_of_leaf(const struct direct *direct, struct leaf *leaf)
{
    enum criterion_answer best = CRITERION_NO;
    struct str part = leaf->cpe->field[CPE_PART];

    leaf->answers =
        ARENA_NEW_N(direct->arena, direct->question->names.len + 1, enum criterion_answer);
    for (size_t i = 0; i < direct->question->names.len; i++) {
        leaf->answers[i] = answer(leaf->criterion, leaf->cpe, &direct->question->names.at[i]);
        if (leaf->answers[i] > best)
            best = leaf->answers[i];
    }
    if (best >= CRITERION_ALL)
        return TRUE;
    if (best == CRITERION_UNSURE)
        return UNCLEAR;
    /* The list names nothing of this kind at all (an SBOM without its system): it cannot be told. */
    return part.len == 1 && !(direct->question->parts & QUESTION_PART(part.ptr[0])) ? UNCLEAR
                                                                                    : NOT_TRUE;
}

static void join(bool is_and, bool is_first, enum truth next, enum truth *truth)
{
    if (is_first || (is_and ? next < *truth : next > *truth))
        *truth = next;
}

static struct tree plant(const struct direct *direct, const struct configuration *configuration,
                         struct leaves *leaves)
{
    struct tree tree = {
        .configuration = configuration,
        .leaves = ARENA_NEW_N(direct->arena, configuration->criteria.len + 1, struct leaf),
        .nodes = ARENA_NEW_N(direct->arena, configuration->nodes.len + 1, struct tree),
        .truth = NOT_TRUE,
    };
    bool is_first = true;

    for (size_t i = 0; i < configuration->criteria.len; i++, is_first = false) {
        struct leaf *leaf = &tree.leaves[i];

        leaf->criterion = &leaves->next->joined;
        leaf->cpe = &leaves->next++->cpe;
        leaf->truth = truth_of_leaf(direct, leaf);
        VEC_PUSH(direct->arena, leaves, leaf);
        join(configuration->is_and, is_first, leaf->truth, &tree.truth);
    }
    for (size_t i = 0; i < configuration->nodes.len; i++, is_first = false) {
        tree.nodes[i] = plant(direct, &configuration->nodes.at[i], leaves);
        join(configuration->is_and, is_first, tree.nodes[i].truth, &tree.truth);
    }
    if (configuration->is_negated)
        tree.truth = (enum truth)(TRUE - tree.truth);
    return tree;
}

/* Who took part: a vulnerable criterion that matched, under no node that is false or negated. path: the least truth on the way to it. */
static void harvest(const struct direct *direct, const struct tree *root, const struct tree *tree,
                    uint32_t configuration, enum truth path)
{
    const struct question *question = direct->question;

    if (tree->truth == NOT_TRUE || tree->configuration->is_negated)
        return;
    if (tree->truth < path)
        path = tree->truth;
    for (size_t i = 0; i < tree->configuration->criteria.len; i++) {
        const struct leaf *leaf = &tree->leaves[i];

        for (size_t n = 0; leaf->criterion->is_vulnerable && n < question->names.len; n++) {
            enum criterion_answer given = leaf->answers[n];
            struct statement statement = {
                .component = question->names.at[n].component,
                .record = direct->number,
                .by = BY_CPE,
                .rank = RANK_NAME,
                .is_affected = true,
                .kind = given == CRITERION_UNSURE ? FINDING_UNKNOWN_VERSION
                        : path == UNCLEAR         ? FINDING_CONDITIONAL
                        : given == CRITERION_ALL  ? FINDING_NO_RANGE
                                                  : FINDING_AFFECTED,
                .confidence = criterion_confidence(leaf->criterion, given),
                .place = { leaf->order, configuration, (uint32_t)n },
                .at = { leaf->criterion, root },
            };

            if (given == CRITERION_NO || statement.component == (size_t)QUESTION_SYSTEM ||
                (given == CRITERION_UNSURE && !direct->unknown))
                continue;
            VEC_PUSH(direct->arena, direct->out, statement);
        }
    }
    for (size_t i = 0; i < tree->configuration->nodes.len; i++)
        harvest(direct, root, &tree->nodes[i], configuration, path);
}

static int compare_leaves(const void *left, const void *right)
{
    const struct leaf *a = *(struct leaf *const *)left, *b = *(struct leaf *const *)right;

    return criterion_compare(a->criterion, a->cpe, b->criterion, b->cpe);
}

static void number_leaves(struct leaves *leaves)
{
    if (leaves->len > 1)
        qsort(leaves->at, leaves->len, sizeof *leaves->at, compare_leaves);
    for (size_t i = 0; i < leaves->len; i++) {
        bool is_same = i > 0 && compare_leaves(&leaves->at[i - 1], &leaves->at[i]) == 0;

        leaves->at[i]->order = is_same ? leaves->at[i - 1]->order : (uint32_t)i;
    }
}

/* A vulnerable criterion that answers, anywhere: without one there is nothing to evaluate. */
static bool any_answers(const struct direct *direct, const struct configuration *configuration,
                        const struct prepared_criterion **next)
{
    bool is_one = false;

    for (size_t i = 0; i < configuration->criteria.len; i++, ++*next) {
        const struct criterion *criterion = &(*next)->joined;

        for (size_t n = 0; criterion->is_vulnerable && n < direct->question->names.len; n++)
            is_one |=
                answer(criterion, &(*next)->cpe, &direct->question->names.at[n]) != CRITERION_NO;
    }
    for (size_t i = 0; i < configuration->nodes.len; i++)
        is_one |= any_answers(direct, &configuration->nodes.at[i], next);
    return is_one;
}

static void say_configurations(struct direct *direct)
{
    const struct catalog_record *record = direct->record;
    const struct prepared_criterion *next = direct->prepared->criteria;
    struct leaves leaves = { .next = next };
    bool is_one = false;
    struct tree *trees;

    for (size_t i = 0; i < record->configurations.len; i++)
        is_one |= any_answers(direct, &record->configurations.at[i], &next);
    if (!is_one)
        return;
    trees = ARENA_NEW_N(direct->arena, record->configurations.len + 1, struct tree);
    for (size_t i = 0; i < record->configurations.len; i++)
        trees[i] = plant(direct, &record->configurations.at[i], &leaves);
    number_leaves(&leaves);
    for (size_t i = 0; i < record->configurations.len; i++)
        harvest(direct, &trees[i], &trees[i], (uint32_t)i,
                is_away(direct, &record->configurations.at[i].platforms) ? UNCLEAR : TRUE);
}

void direct_statements(const struct direct_record *record, uint32_t number,
                       const struct question *question, bool unknown, struct arena *arena,
                       struct statements *out)
{
    struct direct direct = { record, record->record, number, question, unknown, arena, out };

    if (!record_can_match(record->record))
        return;
    for (size_t i = 0; i < record->record->affected.len; i++)
        say_entry(&direct, i);
    if (question->names.len > 0)
        say_configurations(&direct);
}

/* ---- preparing ---- */

static size_t count_criteria(const struct configuration *configuration)
{
    size_t count = configuration->criteria.len;

    for (size_t i = 0; i < configuration->nodes.len; i++)
        count += count_criteria(&configuration->nodes.at[i]);
    return count;
}

static void parse_criteria(const struct configuration *configuration, struct arena *arena,
                           struct prepared_criterion **next)
{
    for (size_t i = 0; i < configuration->criteria.len; i++, ++*next) {
        const struct criterion *criterion = &configuration->criteria.at[i];
        struct err ignored = { 0 };

        **next = (struct prepared_criterion){ .joined = *criterion };
        if (cpe_parse(criterion->cpe, arena, &(*next)->cpe, &ignored))
            (*next)->joined = criterion_joined(criterion, &(*next)->cpe, arena);
    }
    for (size_t i = 0; i < configuration->nodes.len; i++)
        parse_criteria(&configuration->nodes.at[i], arena, next);
}

struct direct_record direct_prepare(const struct catalog_record *record, struct arena *arena)
{
    struct direct_record out = {
        .record = record,
        .packages = ARENA_NEW_N(arena, record->affected.len + 1, struct package),
        .vendors = ARENA_NEW_N(arena, record->affected.len + 1, struct str),
        .products = ARENA_NEW_N(arena, record->affected.len + 1, struct str),
    };
    size_t criteria = 1;
    struct prepared_criterion *next;

    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *entry = &record->affected.at[i];

        if (!entry_package(entry, arena, &out.packages[i]))
            out.packages[i] = (struct package){ 0 };
        out.vendors[i] = criterion_word(entry->vendor, arena);
        out.products[i] = criterion_word(entry->product, arena);
    }
    for (size_t i = 0; i < record->configurations.len; i++)
        criteria += count_criteria(&record->configurations.at[i]);
    next = out.criteria = ARENA_NEW_N(arena, criteria, struct prepared_criterion);
    for (size_t i = 0; i < record->configurations.len; i++)
        parse_criteria(&record->configurations.at[i], arena, &next);
    return out;
}

/* ---- reasons ---- */

static struct str canonical(const struct criterion *criterion, struct arena *arena)
{
    struct err ignored = { 0 };
    struct cpe cpe;

    return cpe_parse(criterion->cpe, arena, &cpe, &ignored) ? cpe_text(&cpe, arena)
                                                            : criterion->cpe;
}

/* The criteria of a configuration that are unclear, in its order. */
static void unclear(const struct tree *tree, struct arena *arena, struct platforms *platforms)
{
    for (size_t i = 0; i < tree->configuration->criteria.len; i++) {
        if (tree->leaves[i].truth == UNCLEAR)
            platforms_add(platforms, canonical(tree->leaves[i].criterion, arena));
    }
    for (size_t i = 0; i < tree->configuration->nodes.len; i++)
        unclear(&tree->nodes[i], arena, platforms);
}

static void reason_by_cpe(const struct question *question, const struct statement *statement,
                          struct arena *arena, struct finding_reason *out)
{
    const struct tree *tree = statement->at[1];
    struct platforms platforms = { 0 };

    explain_criterion(statement->at[0], canonical(statement->at[0], arena),
                      &question->names.at[statement->place[2]], statement->kind, arena, out);
    if (statement->kind != FINDING_CONDITIONAL)
        return;
    unclear(tree, arena, &platforms);
    platforms_add(&platforms, away(question, &tree->configuration->platforms, arena));
    out->platform = platforms_text(&platforms, arena);
}

static void reason_by_package(const struct statement *statement, const struct asked_package *asked,
                              struct arena *arena, struct finding_reason *out)
{
    const struct affected *entry = statement->at[0];

    out->subject = asked->subject;
    out->criterion = str_is_empty(entry->name)
                         ? entry->purl
                         : explain_package(entry->ecosystem, entry->release, entry->name, arena);
    out->platform = platform_text(&entry->platforms, arena);
    explain_entry(statement, entry, asked->version, arena, out);
}

void direct_reason(const struct question *question, const struct statement *statement,
                   struct arena *arena, struct finding_reason *out)
{
    const struct affected *entry = statement->at[0];
    const struct asked_name *name;

    if (statement->by == BY_CPE) {
        reason_by_cpe(question, statement, arena, out);
        return;
    }
    if (statement->by == BY_PACKAGE) {
        reason_by_package(statement, &question->packages.at[statement->place[0]], arena, out);
        return;
    }
    name = &question->names.at[statement->place[0]];
    out->subject = name->text;
    out->criterion =
        arena_printf(arena, "%.*s %.*s", STR_ARG(entry->vendor), STR_ARG(entry->product));
    out->platform = platform_text(&entry->platforms, arena);
    explain_entry(statement, entry, name->version, arena, out);
}
