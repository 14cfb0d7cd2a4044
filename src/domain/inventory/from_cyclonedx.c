#include "base/err.h"
#include "base/tr.h"
#include "domain/inventory/inventory_internal.h"
#include "formats/cyclonedx/cyclonedx.h"

static struct str property(const struct cyclonedx_component *from, const char *name)
{
    for (size_t i = 0; i < from->properties.len; i++)
        if (str_eq_z(from->properties.at[i].name, name))
            return from->properties.at[i].value;
    return STR_NONE;
}

static struct str first_property(const struct cyclonedx_component *from, const char *const names[])
{
    struct str value = STR_NONE;

    for (size_t i = 0; names[i] && str_is_empty(value); i++)
        value = property(from, names[i]);
    return value;
}

static struct str first_said(struct str a, struct str b, struct str c, struct str d)
{
    return !str_is_empty(a) ? a : !str_is_empty(b) ? b : !str_is_empty(c) ? c : d;
}

/* The names that the well-known writers have for what CycloneDX has no field for. */
static void read_source(const struct cyclonedx_component *from, struct arena *arena,
                        struct component *to)
{
    static const char *const names[] = { "aquasecurity:trivy:SrcName", "syft:metadata:source",
                                         "syft:metadata:originPackage", NULL };
    static const char *const versions[] = { "aquasecurity:trivy:SrcVersion",
                                            "syft:metadata:sourceVersion", NULL };
    struct str release = property(from, "aquasecurity:trivy:SrcRelease");
    struct str epoch = property(from, "aquasecurity:trivy:SrcEpoch");

    to->source.name = first_property(from, names);
    if (str_is_empty(to->source.name))
        return;
    to->source.version = first_property(from, versions);
    if (str_is_empty(to->source.version))
        to->source.version = to->version;
    if (!str_is_empty(release))
        to->source.version =
            arena_printf(arena, "%.*s-%.*s", STR_ARG(to->source.version), STR_ARG(release));
    if (!str_is_empty(epoch))
        to->source.version =
            arena_printf(arena, "%.*s:%.*s", STR_ARG(epoch), STR_ARG(to->source.version));
}

static void convert(const struct cyclonedx_component *from, struct arena *arena,
                    struct inventory *out, struct component *to)
{
    static const char *const paths[] = { "syft:location:0:path", "aquasecurity:trivy:FilePath",
                                         "SrcFile", NULL };

    *to = (struct component){ .ref = from->ref,
                              .type = from->type,
                              .group = from->group,
                              .name = from->name,
                              .version = from->version,
                              .license = from->license,
                              .path = from->path,
                              .line = from->line };
    to->supplier = first_said(from->supplier, from->publisher, from->manufacturer, from->author);
    if (str_is_empty(to->path))
        to->path = first_property(from, paths);
    to->is_development = str_eq_z(from->scope, "excluded") ||
                         str_eq_z(property(from, "cdx:npm:package:development"), "true");
    if (!str_is_empty(from->cpe))
        VEC_PUSH(arena, &to->cpes, from->cpe);
    read_source(from, arena, to);
    inventory_set_purl(to, from->purl, arena, out);
}

/* The system as its own component, whatever its writer calls the fields. */
static void read_os(const struct cyclonedx_component *from, struct inventory *out)
{
    static const char *const ids[] = { "syft:distro:id", "aquasecurity:trivy:Type", NULL };
    static const char *const versions[] = { "syft:distro:versionID", NULL };
    static const char *const names[] = { "syft:distro:prettyName", NULL };
    static const char *const codenames[] = { "syft:distro:versionCodename", NULL };
    struct operating_system os = { 0 };

    if (!str_eq_z(from->type, "operating-system"))
        return;
    os.id = first_said(first_property(from, ids), from->name, STR_NONE, STR_NONE);
    os.version = first_said(first_property(from, versions), from->version, STR_NONE, STR_NONE);
    os.name = first_property(from, names);
    os.codename = first_property(from, codenames);
    os.cpe = from->cpe;
    out->os = os;
}

/* Refs of services and of things in other documents lead to no component: no edge. */
static bool read_dependencies(const struct cyclonedx *document, size_t first, struct arena *arena,
                              struct inventory *out, struct err *err)
{
    struct lookup refs = { 0 };

    for (size_t i = 0; i < document->components.len; i++)
        if (!str_is_empty(document->components.at[i].ref))
            lookup_add(arena, &refs, document->components.at[i].ref, first + i);
    lookup_sort(&refs);
    for (size_t i = 0; i < document->dependencies.len; i++) {
        const struct cyclonedx_dependency *dependency = &document->dependencies.at[i];
        size_t from, to;

        if (!lookup_find(&refs, dependency->ref, &from))
            continue;
        for (size_t n = 0; n < dependency->on.len; n++)
            if (lookup_find(&refs, dependency->on.at[n], &to) &&
                !inventory_link(out, arena, from, to, err))
                return PASS(err);
    }
    return true;
}

bool inventory_from_cyclonedx(const struct cyclonedx *document, struct arena *arena,
                              struct inventory *out, struct err *err)
{
    size_t first = out->components.len;

    out->format = arena_printf(arena, "CycloneDX %.*s", STR_ARG(document->version));
    out->serial = document->serial;
    out->made = document->made;
    if (document->has_subject) {
        convert(&document->subject, arena, out, &out->subject);
        inventory_clean(&out->subject, arena);
    }
    for (size_t i = 0; i < document->components.len; i++)
        read_os(&document->components.at[i], out);
    for (size_t i = 0; i < document->components.len; i++) {
        struct component component;

        convert(&document->components.at[i], arena, out, &component);
        if (!inventory_add(out, arena, &component, err))
            return PASS(err);
    }
    return read_dependencies(document, first, arena, out, err);
}
