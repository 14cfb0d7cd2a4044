/* A CPE name against the match criteria of a record, as NVD's interface asks. */
#include "base/err.h"
#include "domain/catalog/nvd.h"
#include "formats/version/version.h"

static bool is_open(struct str field) { return cpe_is_any(field); }

/* What one of the two leaves open fits the other. */
static bool field_fits(struct str criterion, struct str name)
{
    enum cpe_relation there = cpe_field_relation(criterion, name),
                      back = cpe_field_relation(name, criterion);

    return there == CPE_EQUAL || there == CPE_SUPERSET || there == CPE_SUBSET ||
           back == CPE_EQUAL || back == CPE_SUPERSET;
}

struct range {
    struct str from, to;
    bool from_is_excluded, to_is_included;
};

/* Whether `a` ends before `b` begins. */
static bool ends_before(const struct range *a, const struct range *b)
{
    int order;

    if (a->to.len == 0 || b->from.len == 0)
        return false;
    order = version_compare(VERSION_GENERIC, a->to, b->from);
    return order < 0 || (order == 0 && (!a->to_is_included || b->from_is_excluded));
}

static struct range range_at(struct str version, struct arena *arena)
{
    struct str plain = cpe_plain(version, arena);

    return (struct range){ .from = plain, .to = plain, .to_is_included = true };
}

/* With its bounds, or its one version; open when it says neither. */
static struct range range_of(struct str version, struct str from, bool from_is_excluded,
                             struct str to, bool to_is_included, struct arena *arena)
{
    if (from.len + to.len == 0 && !is_open(version))
        return range_at(version, arena);
    return (struct range){ from, to, from_is_excluded, to_is_included };
}

bool nvd_criterion_fits(const struct nvd_name *name, const struct criterion *criterion,
                        struct arena *arena)
{
    struct str version = name->cpe.field[CPE_VERSION];
    struct err ignored = { 0 };
    struct range there, asked;
    struct cpe cpe;

    if ((name->is_vulnerable && !criterion->is_vulnerable) ||
        !cpe_parse(criterion->cpe, arena, &cpe, &ignored))
        return false;
    for (size_t f = 0; f < CPE_FIELDS; f++)
        if (f != CPE_VERSION && !field_fits(cpe.field[f], name->cpe.field[f]))
            return false;
    if (cpe_is_na(version) || cpe_is_na(cpe.field[CPE_VERSION]))
        return field_fits(cpe.field[CPE_VERSION], version);
    there = range_of(cpe.field[CPE_VERSION], criterion->from, criterion->from_is_excluded,
                     criterion->to, criterion->to_is_included, arena);
    asked = range_of(version, name->from, name->from_is_excluded, name->to, name->to_is_included,
                     arena);
    return !ends_before(&there, &asked) && !ends_before(&asked, &there);
}

static bool node_fits(const struct nvd_name *name, const struct configuration *node,
                      struct arena *arena)
{
    for (size_t i = 0; i < node->criteria.len; i++)
        if (nvd_criterion_fits(name, &node->criteria.at[i], arena))
            return true;
    for (size_t i = 0; i < node->nodes.len; i++)
        if (node_fits(name, &node->nodes.at[i], arena))
            return true;
    return false;
}

bool nvd_name_fits(const struct nvd_name *name, const struct catalog_record *record,
                   struct arena *arena)
{
    for (size_t i = 0; i < record->configurations.len; i++)
        if (node_fits(name, &record->configurations.at[i], arena))
            return true;
    return false;
}
