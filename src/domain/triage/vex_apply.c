/* domain/triage/vex_apply.c: which statement speaks about which finding. */
#include <stdlib.h>

#include "base/err.h"
#include "domain/triage/vex.h"
#include "formats/cpe/cpe.h"
#include "formats/purl/purl.h"
#include "formats/vers/vers.h"

enum { WORK_MAX = 1 << 30 };

/* One name of a vulnerability, and the statement that has it. */
struct mention {
    struct str id;
    const struct vex_statement *statement;
    size_t place;
};
struct mentions {
    VEC_OF(struct mention);
};

struct applying {
    const struct inventory *inventory;
    struct arena *work;       /* emptied after each finding */
    struct mentions mentions; /* by id, then time, then place: the last one holds */
};

static int mention_cmp(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    int by_id = str_cmp(x->id, y->id);

    if (by_id != 0)
        return by_id;
    if (x->statement->at.ms != y->statement->at.ms)
        return x->statement->at.ms < y->statement->at.ms ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static struct mentions mentions_of(const struct vex *vex, struct arena *arena)
{
    struct mentions all = { 0 };

    for (size_t i = 0; i < vex->statements.len; i++) {
        const struct vex_statement *statement = &vex->statements.at[i];

        for (size_t n = 0; n < statement->ids.len; n++)
            VEC_PUSH(arena, &all, (struct mention){ statement->ids.at[n], statement, i });
    }
    if (all.len > 0)
        qsort(all.at, all.len, sizeof *all.at, mention_cmp);
    return all;
}

/* The first mention of that id, or all.len. */
static size_t first_of(const struct mentions *all, struct str id)
{
    size_t low = 0, high = all->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_cmp(all->at[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- does a name mean a component? ---- */

static bool purl_covers(struct str named, struct str own, struct arena *arena)
{
    struct purl a, b;
    struct err ignored = { 0 };

    if (named.len == 0 || own.len == 0)
        return false;
    if (str_eq(named, own))
        return true;
    if (!purl_parse(named, arena, &a, &ignored) || !purl_parse(own, arena, &b, &ignored) ||
        !str_eq(a.type, b.type) || !str_eq(a.namespace, b.namespace) || !str_eq(a.name, b.name) ||
        (a.version.len > 0 && !str_eq(a.version, b.version)) ||
        (a.subpath.len > 0 && !str_eq(a.subpath, b.subpath)))
        return false;
    for (size_t i = 0; i < a.qualifiers.len; i++) {
        const struct purl_qualifier *qualifier = &a.qualifiers.at[i];

        if (!str_eq(purl_qualifier(&b, arena_z(arena, qualifier->key)), qualifier->value))
            return false;
    }
    return true;
}

static bool cpe_covers(struct str named, const struct component *component, struct arena *arena)
{
    struct cpe criterion, own;
    struct err ignored = { 0 };

    if (named.len == 0 || !cpe_parse(named, arena, &criterion, &ignored))
        return false;
    for (size_t i = 0; i < component->cpes.len; i++) {
        enum cpe_relation relation;

        if (!cpe_parse(component->cpes.at[i], arena, &own, &ignored))
            continue;
        relation = cpe_relation(&criterion, &own);
        if (relation == CPE_EQUAL || relation == CPE_SUPERSET)
            return true;
    }
    return false;
}

/* "urn:cdx:SERIAL/VERSION#REF" (BOM-Link) when the serial number is this list's. */
static bool is_link_to(struct str id, struct str ref, const struct inventory *inventory)
{
    struct str rest = id, serial = inventory->serial;

    (void)str_skip(&serial, STR("urn:uuid:"));
    if (serial.len == 0 || !str_skip(&rest, STR("urn:cdx:")) || !str_skip(&rest, serial) ||
        !str_skip(&rest, STR("/")))
        return false;
    return str_eq(str_drop(rest, str_index(rest, '#') + 1), ref);
}

static bool is_empty_name(const struct vex_name *name)
{
    return name->id.len == 0 && name->purl.len == 0 && name->cpe.len == 0;
}

static bool means(const struct applying *a, const struct vex_name *name,
                  const struct component *component)
{
    return (component->ref.len > 0 && (str_eq(name->id, component->ref) ||
                                       is_link_to(name->id, component->ref, a->inventory))) ||
           purl_covers(name->purl, component->purl, a->work) ||
           cpe_covers(name->cpe, component, a->work);
}

static bool is_version_meant(const struct applying *a, const struct vex_target *target,
                             const struct component *component)
{
    struct err ignored = { 0 };
    struct vers range;

    if (target->version.len > 0)
        return str_eq(target->version, component->version);
    return target->range.len == 0 || (vers_parse(target->range, a->work, &range, &ignored) &&
                                      vers_contains(&range, component->version));
}

static bool is_about_nothing(const struct component *subject)
{
    return subject->ref.len == 0 && subject->name.len == 0 && subject->purl.len == 0;
}

static bool target_means(const struct applying *a, const struct vex_target *target,
                         const struct component *component)
{
    const struct component *subject = &a->inventory->subject;
    bool is_whole = is_empty_name(&target->part);

    if (is_whole && !is_empty_name(&target->product) && means(a, &target->product, component))
        return is_version_meant(a, target, component);
    if (!is_empty_name(&target->product) && !means(a, &target->product, subject) &&
        (is_whole || !is_about_nothing(subject)))
        return false;
    return is_whole ? is_version_meant(a, target, subject) : means(a, &target->part, component);
}

/* ---- findings ---- */

static bool speaks_about(const struct applying *a, const struct vex_statement *statement,
                         const struct component *component)
{
    for (size_t i = 0; i < statement->targets.len; i++)
        if (target_means(a, &statement->targets.at[i], component))
            return true;
    return false;
}

/* The last of the statements about any of the finding's names. */
static const struct mention *said_about(const struct applying *a, const struct finding *finding)
{
    const struct component *component = &a->inventory->components.at[finding->component];
    const struct mention *last = NULL;

    for (size_t n = 0; n < finding->ids.len; n++) {
        struct str id = finding->ids.at[n];

        for (size_t i = first_of(&a->mentions, id);
             i < a->mentions.len && str_eq(a->mentions.at[i].id, id); i++) {
            const struct mention *mention = &a->mentions.at[i];

            if (last && (mention->statement->at.ms < last->statement->at.ms ||
                         (mention->statement->at.ms == last->statement->at.ms &&
                          mention->place < last->place)))
                continue;
            if (speaks_about(a, mention->statement, component))
                last = mention;
        }
    }
    return last;
}

void vex_apply(const struct vex *vex, struct str file, const struct inventory *inventory,
               struct findings *findings, struct arena *arena)
{
    CLEANUP(arena_free_var) struct arena *work = arena_new(WORK_MAX);
    struct applying a = { inventory, work, mentions_of(vex, arena) };
    struct str from = str_is_empty(vex->author)
                          ? file
                          : arena_printf(arena, "%.*s (%.*s)", STR_ARG(file), STR_ARG(vex->author));

    for (size_t i = 0; i < findings->len; i++) {
        const struct mention *mention = said_about(&a, &findings->at[i]);

        if (mention)
            findings->at[i].statement =
                (struct finding_statement){ .verdict = mention->statement->verdict,
                                            .justification = mention->statement->justification,
                                            .reason = mention->statement->reason,
                                            .from = from };
        arena_reset(work);
    }
}
