#include "domain/matching/alias.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "domain/matching/ecosystem.h"
#include "domain/matching/pool.h"
#include "domain/matching/statement.h"

enum { ALIASES_MEMORY = INT32_MAX };

struct member {
    uint32_t parent; /* union by the smaller number, with halved paths */
    uint32_t cve;    /* of a group: its CVE, STATEMENT_NONE without one */
    bool is_rejected, is_told;
};
struct aliases {
    struct pool ids;
    struct arena *arena;
    struct {
        OWN_LIST_OF(struct member);
    } members; /* of each id */
};

struct aliases *aliases_new(void)
{
    struct arena *arena = arena_new(ALIASES_MEMORY);
    struct aliases *aliases = ARENA_NEW(arena, struct aliases);

    aliases->arena = arena;
    return aliases;
}

void aliases_free(struct aliases *aliases)
{
    if (!aliases)
        return;
    pool_done(&aliases->ids);
    OWN_DONE(&aliases->members);
    arena_free(aliases->arena); /* itself too */
}

bool alias_is_cve(struct str id) { return str_starts(id, STR("CVE-")); }

static bool is_cve(struct str id) { return str_eq_nocase(str_take(id, 4), STR("CVE-")); }

/* CVE numbers are written in capitals whoever writes them; other ids keep their writing, and GHSA's is in small letters. */
struct str alias_folded(struct str id, char room[CATALOG_ID_MAX])
{
    if (!is_cve(id))
        return id;
    id = str_take(id, CATALOG_ID_MAX);
    for (size_t i = 0; i < id.len; i++)
        room[i] = id.ptr[i] >= 'a' && id.ptr[i] <= 'z' ? (char)(id.ptr[i] - 'a' + 'A') : id.ptr[i];
    return (struct str){ room, id.len };
}

static uint32_t find(const struct aliases *aliases, uint32_t id)
{
    struct member *at = aliases->members.at;

    while (at[id].parent != id) {
        at[id].parent = at[at[id].parent].parent;
        id = at[id].parent;
    }
    return id;
}

uint32_t aliases_id(struct aliases *aliases, struct str id)
{
    char room[CATALOG_ID_MAX];
    struct str folded = alias_folded(id, room);
    uint32_t number = pool_number(&aliases->ids, folded);

    if (number == aliases->members.len)
        OWN_PUSH(&aliases->members,
                 (struct member){ .parent = number,
                                  .cve = alias_is_cve(folded) ? number : STATEMENT_NONE });
    return number;
}

bool aliases_find(const struct aliases *aliases, struct str id, uint32_t *out)
{
    return pool_find(&aliases->ids, id, out);
}

size_t aliases_count(const struct aliases *aliases) { return aliases->members.len; }

struct str aliases_text(const struct aliases *aliases, uint32_t id)
{
    return pool_text(&aliases->ids, id);
}

uint32_t aliases_group(const struct aliases *aliases, uint32_t id) { return find(aliases, id); }

uint32_t aliases_cve(const struct aliases *aliases, uint32_t group)
{
    return aliases->members.at[find(aliases, group)].cve;
}

/* Two CVE numbers never become one. */
static void join(struct aliases *aliases, uint32_t a, uint32_t b)
{
    struct member *at = aliases->members.at;

    a = find(aliases, a);
    b = find(aliases, b);
    if (a == b || (at[a].cve != STATEMENT_NONE && at[b].cve != STATEMENT_NONE))
        return;
    if (b < a) {
        uint32_t swap = a;
        a = b;
        b = swap;
    }
    at[b].parent = a;
    if (at[a].cve == STATEMENT_NONE)
        at[a].cve = at[b].cve;
}

static bool is_cve_of(struct str id, struct str cve)
{
    char room[CATALOG_ID_MAX], other[CATALOG_ID_MAX];

    return str_eq(alias_folded(id, room), alias_folded(cve, other));
}

/* How many different CVE the record calls itself: none, one or several. */
static size_t claimed_cves(const struct catalog_record *record)
{
    struct str first = is_cve(record->id) ? record->id : STR_NONE;

    for (size_t i = 0; i < record->aliases.len; i++) {
        struct str id = record->aliases.at[i];

        if (!is_cve(id) || (first.len > 0 && is_cve_of(id, first)))
            continue;
        if (first.len > 0)
            return 2;
        first = id;
    }
    return first.len > 0 ? 1 : 0;
}

/* An advisory about a copy in a distribution names its flaws in `upstream`; older exports in `related`. */
static bool names_related(const struct catalog_record *record)
{
    if (record->aliases.len > 0 || record->upstream.len > 0 || alias_is_cve(record->id))
        return false;
    for (size_t i = 0; i < record->affected.len; i++) {
        if (ecosystem_is_distribution(record->affected.at[i].ecosystem))
            return true;
    }
    return false;
}

static void add_cves(const struct catalog_strings *ids, struct arena *arena,
                     struct catalog_strings *out)
{
    for (size_t i = 0; i < ids->len; i++) {
        if (alias_is_cve(ids->at[i]))
            VEC_PUSH(arena, out, ids->at[i]);
    }
}

struct catalog_strings alias_subjects(const struct catalog_record *record, struct arena *arena)
{
    struct catalog_strings subjects = { 0 };

    for (size_t i = 0; i < record->upstream.len; i++)
        VEC_PUSH(arena, &subjects, record->upstream.at[i]);
    if (names_related(record))
        add_cves(&record->related, arena, &subjects);
    if (claimed_cves(record) > 1 && !alias_is_cve(record->id))
        add_cves(&record->aliases, arena, &subjects);
    if (subjects.len == 0)
        VEC_PUSH(arena, &subjects, record->id);
    return subjects;
}

bool alias_joins(const struct catalog_record *record)
{
    return record->state == CATALOG_PUBLISHED && claimed_cves(record) <= 1;
}

struct alias_claim aliases_add(struct aliases *aliases, const struct catalog_record *record,
                               struct arena *arena)
{
    struct alias_claim claim = { .own = aliases_id(aliases, record->id) };
    bool is_authority = record->source == SOURCE_NVD || record->source == SOURCE_CVE;
    struct catalog_strings subjects = alias_subjects(record, arena);

    if (record->state == CATALOG_REJECTED && is_authority)
        aliases->members.at[claim.own].is_rejected = true;
    aliases->members.at[claim.own].is_told = true;
    for (size_t i = 0; i < subjects.len; i++)
        VEC_PUSH(arena, &claim.ids, aliases_id(aliases, subjects.at[i]));
    if (alias_joins(record)) {
        for (size_t i = 0; i < record->aliases.len; i++) {
            uint32_t id = aliases_id(aliases, record->aliases.at[i]);

            aliases->members.at[id].is_told = true;
            join(aliases, claim.own, id);
        }
    }
    return claim;
}

static bool counts(const struct aliases *aliases, const struct alias_claim *claim, uint32_t group)
{
    uint32_t cve = aliases->members.at[group].cve;

    if (cve == STATEMENT_NONE || !aliases->members.at[cve].is_rejected)
        return true;
    return aliases->members.at[claim->own].cve != claim->own && find(aliases, claim->own) == group;
}

static bool has(const struct alias_groups *groups, uint32_t group)
{
    for (size_t i = 0; i < groups->len; i++) {
        if (groups->at[i] == group)
            return true;
    }
    return false;
}

struct alias_groups aliases_subjects(const struct aliases *aliases, const struct alias_claim *claim,
                                     struct arena *arena)
{
    struct alias_groups groups = { 0 };

    for (size_t i = 0; i < claim->ids.len; i++) {
        uint32_t group = find(aliases, claim->ids.at[i]);

        if (!has(&groups, group) && counts(aliases, claim, group))
            VEC_PUSH(arena, &groups, group);
    }
    return groups;
}

/* ---- of a part of all records ---- */

void aliases_touch(struct aliases *aliases, struct str id)
{
    uint32_t number = aliases_id(aliases, id);

    aliases->members.at[number].is_told = true;
}

bool aliases_is_told(const struct aliases *aliases, uint32_t id)
{
    return aliases->members.at[id].is_told;
}

bool aliases_is_rejected(const struct aliases *aliases, uint32_t group)
{
    uint32_t cve = aliases_cve(aliases, group);

    return cve != STATEMENT_NONE && aliases->members.at[cve].is_rejected;
}

int alias_compare(struct str a, struct str b)
{
    if (alias_is_cve(a) != alias_is_cve(b))
        return alias_is_cve(a) ? -1 : 1;
    return str_cmp(a, b);
}

static int compare_ids(const void *left, const void *right)
{
    return alias_compare(*(const struct str *)left, *(const struct str *)right);
}

void alias_sort(struct str *ids, size_t count)
{
    if (count > 1)
        qsort(ids, count, sizeof *ids, compare_ids);
}
