#include "domain/inventory/inventory_internal.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/shape.h"
#include "base/tr.h"
#include "formats/cpe/cpe.h"
#include "formats/purl/purl.h"

/* One byte that says the layout, then what base/shape.h makes of the tables. */
enum { LAYOUT = 1, ENTRIES_MAX = 1 << 22 };

static const struct shape_limits limits = { ENTRIES_MAX, 0 };

/* clang-format off */
static const struct shape_field source_fields[] = { SHAPE_FIELD(source_package, name, TEXT), SHAPE_FIELD(source_package, version, TEXT) };
static const struct shape source_shape = SHAPE_OF(source_package, source_fields);

static const struct shape_field component_fields[] = {
    SHAPE_FIELD(component, ref, TEXT), SHAPE_FIELD(component, type, TEXT), SHAPE_FIELD(component, group, TEXT), SHAPE_FIELD(component, name, TEXT),
    SHAPE_FIELD(component, version, TEXT), SHAPE_FIELD(component, purl, TEXT), SHAPE_FIELD(component, cpes, TEXTS), SHAPE_FIELD_OF(component, source, ONE, source_shape),
    SHAPE_FIELD(component, supplier, TEXT), SHAPE_FIELD(component, license, TEXT), SHAPE_FIELD(component, path, TEXT), SHAPE_FIELD(component, is_development, FLAG),
    SHAPE_FIELD(component, line, NUMBER),
};
static const struct shape component_shape = SHAPE_OF(component, component_fields);

static const struct shape_field dependency_fields[] = { SHAPE_FIELD(dependency, from, NUMBER), SHAPE_FIELD(dependency, to, NUMBER) };
static const struct shape dependency_shape = SHAPE_OF(dependency, dependency_fields);

static const struct shape_field os_fields[] = {
    SHAPE_FIELD(operating_system, id, TEXT), SHAPE_FIELD(operating_system, version, TEXT), SHAPE_FIELD(operating_system, codename, TEXT), SHAPE_FIELD(operating_system, name, TEXT),
    SHAPE_FIELD(operating_system, cpe, TEXT),
};
static const struct shape os_shape = SHAPE_OF(operating_system, os_fields);

static const struct shape_field problem_fields[] = {
    SHAPE_FIELD(inventory_problem, line, NUMBER), SHAPE_FIELD(inventory_problem, where, TEXT), SHAPE_FIELD(inventory_problem, what, TEXT), SHAPE_FIELD(inventory_problem, subject, TEXT),
};
static const struct shape problem_shape = SHAPE_OF(inventory_problem, problem_fields);

static const struct shape_field inventory_fields[] = {
    SHAPE_FIELD(inventory, format, TEXT), SHAPE_FIELD(inventory, serial, TEXT), SHAPE_FIELD_OF(inventory, subject, ONE, component_shape), SHAPE_FIELD_OF(inventory, os, ONE, os_shape),
    SHAPE_FIELD(inventory, made, TIME), SHAPE_FIELD_OF(inventory, components, MANY, component_shape), SHAPE_FIELD_OF(inventory, dependencies, MANY, dependency_shape),
    SHAPE_FIELD_OF(inventory, problems, MANY, problem_shape),
};
static const struct shape inventory_shape = SHAPE_OF(inventory, inventory_fields);
/* clang-format on */

bool inventory_encode(const struct inventory *inventory, struct buf *buf, struct err *err)
{
    buf_byte(buf, LAYOUT);
    return shape_write(&inventory_shape, inventory, &limits, buf, err) || PASS(err);
}

bool inventory_decode(struct str bytes, struct arena *arena, struct inventory *out, struct err *err)
{
    struct inventory inventory = { 0 };

    if (bytes.len == 0 || bytes.ptr[0] != LAYOUT ||
        !shape_read(&inventory_shape, str_drop(bytes, 1), &limits, arena, &inventory) ||
        inventory.components.len > INVENTORY_COMPONENTS_MAX)
        return FAIL(err, INVENTORY, STR("it is not whole"));
    for (size_t i = 0; i < inventory.dependencies.len; i++)
        if (inventory.dependencies.at[i].from >= inventory.components.len ||
            inventory.dependencies.at[i].to >= inventory.components.len)
            return FAIL(err, INVENTORY, STR("a dependency leads nowhere"));
    *out = inventory;
    return true;
}

/* Control characters have no place in a name; a terminal would obey them. */
static struct str clean(struct str text, struct arena *arena)
{
    struct buf buf;

    if (!str_has_controls(text))
        return text;
    buf = buf_new(arena, text.len);
    for (size_t i = 0; i < text.len; i++) {
        bool is_control = (unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == 0x7f;

        buf_byte(&buf, is_control ? ' ' : text.ptr[i]);
    }
    return str_trim(buf_str(&buf));
}

void inventory_clean(struct component *component, struct arena *arena)
{
    struct str *const texts[] = {
        &component->ref,         &component->type,           &component->group,
        &component->name,        &component->version,        &component->purl,
        &component->source.name, &component->source.version, &component->supplier,
        &component->license,     &component->path,
    };

    for (size_t i = 0; i < COUNT(texts); i++)
        *texts[i] = clean(*texts[i], arena);
    for (size_t i = 0; i < component->cpes.len; i++)
        component->cpes.at[i] = clean(component->cpes.at[i], arena);
}

bool inventory_add(struct inventory *out, struct arena *arena, const struct component *component,
                   struct err *err)
{
    if (out->components.len == INVENTORY_COMPONENTS_MAX)
        return FAIL(err, TOO_LARGE, STR("the list of components"));
    VEC_PUSH(arena, &out->components, *component);
    inventory_clean(&out->components.at[out->components.len - 1], arena);
    return true;
}

void inventory_reserve(struct inventory *out, struct arena *arena, size_t count)
{
    if (count <= INVENTORY_COMPONENTS_MAX)
        VEC_ROOM(arena, &out->components, count);
}

bool inventory_link(struct inventory *out, struct arena *arena, size_t from, size_t to,
                    struct err *err)
{
    if (out->dependencies.len == INVENTORY_DEPENDENCIES_MAX)
        return FAIL(err, TOO_LARGE, STR("the list of dependencies"));
    VEC_PUSH(arena, &out->dependencies, (struct dependency){ from, to });
    return true;
}

void inventory_problem(struct inventory *out, struct arena *arena, size_t line, struct str where,
                       const char *what, struct str subject)
{
    VEC_PUSH(arena, &out->problems,
             (struct inventory_problem){ line, clean(where, arena), str_from_z(what),
                                         clean(subject, arena) });
}

void inventory_os_from_distro(struct str distro, struct operating_system *os)
{
    size_t dash = distro.len;

    /* "opensuse-leap-15.5": the version begins at the last dash that a digit follows */
    for (size_t i = 0; i + 1 < distro.len; i++)
        if (distro.ptr[i] == '-' && distro.ptr[i + 1] >= '0' && distro.ptr[i + 1] <= '9')
            dash = i;
    if (dash == distro.len || dash == 0)
        return; /* a codename alone names no distribution */
    os->id = str_take(distro, dash);
    os->version = str_drop(distro, dash + 1);
}

/* "glibc" or "glibc@2.36-9"; rpm's is the file's name. */
static void source_from_upstream(const struct purl *purl, struct component *component)
{
    struct str upstream = purl_qualifier(purl, "upstream");
    size_t at = str_index(upstream, '@');

    if (str_is_empty(upstream) || !str_is_empty(component->source.name))
        return;
    if (str_ends(upstream, STR(".src.rpm"))) {
        size_t dashes[2] = { 0 }, count = 0;

        upstream = str_take(upstream, upstream.len - 8);
        for (size_t i = upstream.len; i > 0 && count < 2; i--)
            if (upstream.ptr[i - 1] == '-')
                dashes[count++] = i - 1;
        if (count < 2)
            return;
        component->source.name = str_take(upstream, dashes[1]);
        component->source.version = str_drop(upstream, dashes[1] + 1);
        return;
    }
    component->source.name = str_take(upstream, at);
    component->source.version = at < upstream.len ? str_drop(upstream, at + 1) : component->version;
}

void inventory_set_purl(struct component *component, struct str text, struct arena *arena,
                        struct inventory *out)
{
    struct err unused = { 0 };
    struct purl purl;

    if (str_is_empty(text))
        return;
    if (!purl_parse(text, arena, &purl, &unused) ||
        !purl_text(&purl, arena, &component->purl, &unused)) {
        inventory_problem(out, arena, component->line, component->ref,
                          N_("This is no package URL."), text);
        return;
    }
    if (str_is_empty(component->name))
        component->name = purl.name;
    if (str_is_empty(component->version))
        component->version = purl.version;
    source_from_upstream(&purl, component);
    if (str_is_empty(out->os.id))
        inventory_os_from_distro(purl_qualifier(&purl, "distro"), &out->os);
}

void inventory_add_cpe(struct component *component, struct str text, struct arena *arena,
                       struct inventory *out)
{
    struct err unused = { 0 };
    struct cpe cpe;

    VEC_PUSH(arena, &component->cpes, text);
    if (!cpe_parse(text, arena, &cpe, &unused))
        inventory_problem(out, arena, component->line, component->ref, N_("This is no CPE name."),
                          text);
}

/* "name@version", or what else names it. */
static struct str ref_of(const struct component *component, struct arena *arena)
{
    if (!str_is_empty(component->name) && !str_is_empty(component->version))
        return arena_printf(arena, "%.*s@%.*s", STR_ARG(component->name),
                            STR_ARG(component->version));
    if (!str_is_empty(component->name))
        return component->name;
    return component->cpes.len > 0 ? component->cpes.at[0] : component->purl;
}

void inventory_finish(struct inventory *out, struct arena *arena)
{
    struct str *const texts[] = { &out->serial,      &out->os.id,   &out->os.version,
                                  &out->os.codename, &out->os.name, &out->os.cpe };
    struct lookup refs = { 0 };
    size_t number = 1;

    for (size_t i = 0; i < COUNT(texts); i++)
        *texts[i] = clean(*texts[i], arena);
    for (size_t i = 0; i < out->components.len; i++) {
        struct component *component = &out->components.at[i];

        if (str_is_empty(component->ref))
            component->ref = ref_of(component, arena);
    }
    for (size_t i = 0; i < out->components.len; i++)
        lookup_add(arena, &refs, out->components.at[i].ref, i);
    lookup_sort(&refs);
    for (size_t i = 1; i < refs.len; i++) {
        struct component *component = &out->components.at[refs.at[i].place];

        number = str_eq(refs.at[i - 1].key, refs.at[i].key) ? number + 1 : 1;
        if (number > 1)
            component->ref = arena_printf(arena, "%.*s (%zu)", STR_ARG(refs.at[i].key), number);
    }
}
