#include "base/err.h"
#include "base/tr.h"
#include "domain/inventory/inventory_internal.h"
#include "formats/cyclonedx/cyclonedx.h"

/* The names that the well-known writers have for what CycloneDX has no field for. */
enum known {
    TRIVY_SOURCE,
    TRIVY_SOURCE_VERSION,
    TRIVY_SOURCE_RELEASE,
    TRIVY_SOURCE_EPOCH,
    TRIVY_PATH,
    TRIVY_TYPE,
    SYFT_SOURCE,
    SYFT_SOURCE_VERSION,
    SYFT_ORIGIN,
    SYFT_PATH,
    SYFT_OS,
    SYFT_OS_VERSION,
    SYFT_OS_NAME,
    SYFT_OS_CODENAME,
    NPM_DEVELOPMENT,
    KNOWN
};
static const struct str known_names[KNOWN] = {
    [TRIVY_SOURCE] = STR_INIT("aquasecurity:trivy:SrcName"),
    [TRIVY_SOURCE_VERSION] = STR_INIT("aquasecurity:trivy:SrcVersion"),
    [TRIVY_SOURCE_RELEASE] = STR_INIT("aquasecurity:trivy:SrcRelease"),
    [TRIVY_SOURCE_EPOCH] = STR_INIT("aquasecurity:trivy:SrcEpoch"),
    [TRIVY_PATH] = STR_INIT("aquasecurity:trivy:FilePath"),
    [TRIVY_TYPE] = STR_INIT("aquasecurity:trivy:Type"),
    [SYFT_SOURCE] = STR_INIT("syft:metadata:source"),
    [SYFT_SOURCE_VERSION] = STR_INIT("syft:metadata:sourceVersion"),
    [SYFT_ORIGIN] = STR_INIT("syft:metadata:originPackage"),
    [SYFT_PATH] = STR_INIT("syft:location:0:path"),
    [SYFT_OS] = STR_INIT("syft:distro:id"),
    [SYFT_OS_VERSION] = STR_INIT("syft:distro:versionID"),
    [SYFT_OS_NAME] = STR_INIT("syft:distro:prettyName"),
    [SYFT_OS_CODENAME] = STR_INIT("syft:distro:versionCodename"),
    [NPM_DEVELOPMENT] = STR_INIT("cdx:npm:package:development"),
};
struct properties {
    struct str at[KNOWN];
};

static struct properties read_properties(const struct cyclonedx_component *from)
{
    struct properties properties = { 0 };

    for (size_t i = 0; i < from->properties.len; i++)
        for (size_t n = 0; n < KNOWN; n++)
            if (!properties.at[n].ptr && str_eq(from->properties.at[i].name, known_names[n]))
                properties.at[n] = from->properties.at[i].value;
    return properties;
}

static struct str first_said(struct str a, struct str b, struct str c, struct str d)
{
    return !str_is_empty(a) ? a : !str_is_empty(b) ? b : !str_is_empty(c) ? c : d;
}

static void read_source(const struct properties *from, struct arena *arena, struct component *to)
{
    struct str release = from->at[TRIVY_SOURCE_RELEASE], epoch = from->at[TRIVY_SOURCE_EPOCH];
    struct str *version = &to->source.version;

    to->source.name =
        first_said(from->at[TRIVY_SOURCE], from->at[SYFT_SOURCE], from->at[SYFT_ORIGIN], STR_NONE);
    if (str_is_empty(to->source.name))
        return;
    *version = first_said(from->at[TRIVY_SOURCE_VERSION], from->at[SYFT_SOURCE_VERSION],
                          to->version, STR_NONE);
    if (!str_is_empty(release))
        *version = arena_printf(arena, "%.*s-%.*s", STR_ARG(*version), STR_ARG(release));
    if (!str_is_empty(epoch))
        *version = arena_printf(arena, "%.*s:%.*s", STR_ARG(epoch), STR_ARG(*version));
}

static void convert(const struct cyclonedx_component *from, struct arena *arena,
                    struct inventory *out, struct component *to)
{
    const struct properties properties = read_properties(from);

    *to = (struct component){ .ref = from->ref,
                              .type = from->type,
                              .group = from->group,
                              .name = from->name,
                              .version = from->version,
                              .license = from->license,
                              .line = from->line };
    to->supplier = first_said(from->supplier, from->publisher, from->manufacturer, from->author);
    to->path =
        first_said(from->path, properties.at[SYFT_PATH], properties.at[TRIVY_PATH], STR_NONE);
    to->is_development =
        str_eq_z(from->scope, "excluded") || str_eq_z(properties.at[NPM_DEVELOPMENT], "true");
    if (!str_is_empty(from->cpe))
        inventory_add_cpe(to, from->cpe, arena, out);
    read_source(&properties, arena, to);
    inventory_set_purl(to, from->purl, arena, out);
}

/* The system as its own component, whatever its writer calls the fields. */
static void read_os(const struct cyclonedx_component *from, struct inventory *out)
{
    struct properties properties;

    if (!str_eq_z(from->type, "operating-system"))
        return;
    properties = read_properties(from);
    out->os = (struct operating_system){
        .id = first_said(properties.at[SYFT_OS], properties.at[TRIVY_TYPE], from->name, STR_NONE),
        .version = first_said(properties.at[SYFT_OS_VERSION], from->version, STR_NONE, STR_NONE),
        .codename = properties.at[SYFT_OS_CODENAME],
        .name = properties.at[SYFT_OS_NAME],
        .cpe = from->cpe,
    };
}

static bool find(const struct cyclonedx *document, struct str ref, size_t *place)
{
    return lookup_find(&document->refs, ref, place) && *place < document->components.len;
}

/* Refs of services and of things in other documents lead to no component: no edge. */
static bool read_dependencies(const struct cyclonedx *document, size_t first, struct arena *arena,
                              struct inventory *out, struct err *err)
{
    for (size_t i = 0; i < document->dependencies.len; i++) {
        const struct cyclonedx_dependency *dependency = &document->dependencies.at[i];
        size_t from, to;

        if (!find(document, dependency->ref, &from))
            continue;
        for (size_t n = 0; n < dependency->on.len; n++)
            if (find(document, dependency->on.at[n], &to) &&
                !inventory_link(out, arena, first + from, first + to, err))
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
    inventory_reserve(out, arena, document->components.len);
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
