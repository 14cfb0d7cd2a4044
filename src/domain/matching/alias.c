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
    bool is_rejected;
};
struct aliases {
    struct pool ids;
    struct arena *arena;
    struct {
        VEC_OF(struct member);
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
    arena_free(aliases->arena); /* itself too */
}

bool alias_is_cve(struct str id) { return str_starts(id, STR("CVE-")); }

static struct str upper(struct str id, char room[CATALOG_ID_MAX])
{
    id = str_take(id, CATALOG_ID_MAX);
    for (size_t i = 0; i < id.len; i++)
        room[i] = id.ptr[i] >= 'a' && id.ptr[i] <= 'z' ? (char)(id.ptr[i] - 'a' + 'A') : id.ptr[i];
    return (struct str){ room, id.len };
}

/* CVE numbers are written in capitals whoever writes them; other ids keep their writing, and GHSA's is in small letters. */
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
    bool is_cve = str_eq_nocase(str_take(id, 4), STR("CVE-"));
    uint32_t number = pool_number(&aliases->ids, is_cve ? upper(id, room) : id);

    if (number == aliases->members.len)
        VEC_PUSH(aliases->arena, &aliases->members,
                 (struct member){ number, is_cve ? number : STATEMENT_NONE, false });
    return number;
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

/* How many different CVE the record calls itself, and the ids of its list that are CVE. */
static size_t claimed_cves(struct aliases *aliases, const struct catalog_record *record)
{
    uint32_t own = aliases_id(aliases, record->id), first = STATEMENT_NONE;

    if (alias_is_cve(aliases_text(aliases, own)))
        first = own;
    for (size_t i = 0; i < record->aliases.len; i++) {
        uint32_t id = aliases_id(aliases, record->aliases.at[i]);

        if (!alias_is_cve(aliases_text(aliases, id)) || id == first)
            continue;
        if (first != STATEMENT_NONE)
            return 2;
        first = id;
    }
    return first == STATEMENT_NONE ? 0 : 1;
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

static void claim_cves(struct aliases *aliases, const struct catalog_strings *ids,
                       struct arena *arena, struct alias_claim *claim)
{
    for (size_t i = 0; i < ids->len; i++) {
        if (alias_is_cve(ids->at[i]))
            VEC_PUSH(arena, &claim->ids, aliases_id(aliases, ids->at[i]));
    }
}

struct alias_claim aliases_add(struct aliases *aliases, const struct catalog_record *record,
                               struct arena *arena)
{
    struct alias_claim claim = { .own = aliases_id(aliases, record->id) };
    bool is_authority = record->source == SOURCE_NVD || record->source == SOURCE_CVE;
    size_t cves = claimed_cves(aliases, record);

    if (record->state == CATALOG_REJECTED && is_authority)
        aliases->members.at[claim.own].is_rejected = true;
    for (size_t i = 0; i < record->upstream.len; i++)
        VEC_PUSH(arena, &claim.ids, aliases_id(aliases, record->upstream.at[i]));
    if (names_related(record))
        claim_cves(aliases, &record->related, arena, &claim);
    if (cves > 1 && !alias_is_cve(record->id))
        claim_cves(aliases, &record->aliases, arena, &claim);
    if (claim.ids.len == 0)
        VEC_PUSH(arena, &claim.ids, claim.own);
    if (cves <= 1 && record->state == CATALOG_PUBLISHED) {
        for (size_t i = 0; i < record->aliases.len; i++)
            join(aliases, claim.own, aliases_id(aliases, record->aliases.at[i]));
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
