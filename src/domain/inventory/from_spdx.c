#include "base/err.h"
#include "base/tr.h"
#include "domain/inventory/inventory_internal.h"
#include "formats/spdx/spdx.h"

/* The purposes of both generations as CycloneDX's types; any other is a library. */
static const char *type_of(const struct spdx_package *package)
{
    static const struct {
        const char *purpose, *type;
    } types[] = {
        { "APPLICATION", "application" },
        { "FRAMEWORK", "framework" },
        { "CONTAINER", "container" },
        { "OPERATING-SYSTEM", "operating-system" },
        { "OPERATING_SYSTEM", "operating-system" },
        { "operatingSystem", "operating-system" },
        { "DEVICE", "device" },
        { "deviceDriver", "device-driver" },
        { "FIRMWARE", "firmware" },
        { "FILE", "file" },
        { "DATA", "data" },
        { "MODEL", "machine-learning-model" },
    };

    for (size_t i = 0; i < COUNT(types); i++)
        if (str_eq_nocase(package->purpose, str_from_z(types[i].purpose)))
            return types[i].type;
    return str_starts(package->id, STR("SPDXRef-OperatingSystem")) ? "operating-system" : "library";
}

static void convert(const struct spdx_package *from, struct arena *arena, struct inventory *out,
                    struct component *to)
{
    *to = (struct component){ .ref = from->id,
                              .type = str_from_z(type_of(from)),
                              .name = from->name,
                              .version = from->version,
                              .supplier =
                                  str_is_empty(from->supplier) ? from->originator : from->supplier,
                              .license = from->license,
                              .line = from->line };
    for (size_t i = 0; i < from->cpes.len; i++)
        inventory_add_cpe(to, from->cpes.at[i], arena, out);
    for (size_t i = 0; i < from->purls.len && str_is_empty(to->purl); i++)
        inventory_set_purl(to, from->purls.at[i], arena, out);
    if (from->purls.len > 1)
        inventory_problem(out, arena, from->line, from->id,
                          N_("Several package URLs; the first is taken."), from->name);
    if (str_eq_z(to->type, "operating-system") && str_is_empty(out->os.id)) {
        out->os.id = from->name;
        out->os.version = from->version;
    }
}

/* A document describes one thing: that is its subject. It stays among the components, which are the document's packages. */
static void read_subject(const struct spdx *document, const struct lookup *ids,
                         struct inventory *out)
{
    size_t place = SIZE_MAX;

    for (size_t i = 0; i < document->relations.len; i++) {
        const struct spdx_relation *relation = &document->relations.at[i];
        size_t described;

        if (relation->kind != SPDX_DESCRIBES || !str_eq(relation->from, document->id) ||
            !lookup_find(ids, relation->to, &described) || described == place)
            continue;
        if (place != SIZE_MAX)
            return;
        place = described;
    }
    if (place != SIZE_MAX)
        out->subject = out->components.at[place];
}

static bool read_relations(const struct spdx *document, const struct lookup *ids,
                           struct arena *arena, struct inventory *out, struct err *err)
{
    bool *is_needed = ARENA_NEW_N(arena, out->components.len + 1, bool);

    for (size_t i = 0; i < document->relations.len; i++) {
        const struct spdx_relation *relation = &document->relations.at[i];
        size_t from, to;

        if (!lookup_find(ids, relation->to, &to))
            continue;
        is_needed[to] = is_needed[to] || relation->kind == SPDX_DEPENDS_ON ||
                        relation->kind == SPDX_DESCRIBES || relation->kind == SPDX_CONTAINS;
        if (relation->kind == SPDX_DEPENDS_FOR_DEVELOPMENT)
            out->components.at[to].is_development = true;
        if (!lookup_find(ids, relation->from, &from) || from == to)
            continue;
        if ((relation->kind == SPDX_DEPENDS_ON || relation->kind == SPDX_DEPENDS_FOR_DEVELOPMENT) &&
            !inventory_link(out, arena, from, to, err))
            return PASS(err);
    }
    for (size_t i = 0; i < out->components.len; i++)
        out->components.at[i].is_development =
            out->components.at[i].is_development && !is_needed[i];
    return true;
}

bool inventory_from_spdx(const struct spdx *document, struct arena *arena, struct inventory *out,
                         struct err *err)
{
    struct lookup ids = { 0 };

    out->format = arena_printf(arena, "SPDX %.*s", STR_ARG(document->version));
    out->serial = document->space;
    out->made = document->made;
    inventory_reserve(out, arena, document->packages.len);
    for (size_t i = 0; i < document->packages.len; i++) {
        struct component component;

        convert(&document->packages.at[i], arena, out, &component);
        if (!inventory_add(out, arena, &component, err))
            return PASS(err);
        lookup_add(arena, &ids, document->packages.at[i].id, out->components.len - 1);
    }
    lookup_sort(&ids);
    if (!read_relations(document, &ids, arena, out, err))
        return PASS(err);
    read_subject(document, &ids, out);
    return true;
}
