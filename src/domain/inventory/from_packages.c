#include "base/ascii.h"
#include "base/err.h"
#include "base/tr.h"
#include "domain/inventory/inventory_internal.h"
#include "formats/cpe/cpe.h"
#include "formats/packages/packages.h"
#include "formats/purl/purl.h"

static void qualifier(struct purl *purl, struct arena *arena, const char *key, struct str value)
{
    if (!str_is_empty(value))
        VEC_PUSH(arena, &purl->qualifiers, (struct purl_qualifier){ str_from_z(key), value });
}

/* What the registered types call the makers, where os-release says it in another way. */
static struct str rpm_namespace(struct str id)
{
    static const struct {
        const char *id, *name;
    } names[] = {
        { "rhel", "redhat" },
        { "sles", "suse" },
        { "opensuse-leap", "opensuse" },
        { "opensuse-tumbleweed", "opensuse" },
    };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq_z(id, names[i].id))
            return str_from_z(names[i].name);
    return id;
}

/* Packages of a distribution: their maker is told by where they are installed. */
static bool distribution_purl(const struct package *package, const struct operating_system *os,
                              struct arena *arena, struct purl *purl)
{
    static const char *const types[] = {
        [PACKAGE_DEB] = "deb", [PACKAGE_RPM] = "rpm", [PACKAGE_APK] = "apk"
    };
    struct str epoch = STR_NONE;

    if (str_is_empty(os->id))
        return false;
    purl->type = str_from_z(types[package->kind]);
    purl->namespace = package->kind == PACKAGE_RPM ? rpm_namespace(os->id) : os->id;
    purl->name = package->name;
    purl->version = package->version;
    if (package->kind == PACKAGE_RPM) {
        size_t colon = str_index(package->version, ':');

        if (colon < package->version.len) {
            epoch = str_take(package->version, colon);
            purl->version = str_drop(package->version, colon + 1);
        }
    }
    qualifier(purl, arena, "arch", package->arch);
    qualifier(purl, arena, "distro",
              str_is_empty(os->version)
                  ? os->id
                  : arena_printf(arena, "%.*s-%.*s", STR_ARG(os->id), STR_ARG(os->version)));
    qualifier(purl, arena, "epoch", epoch);
    return true;
}

/* "@scope/name" */
static void npm_purl(const struct package *package, struct purl *purl)
{
    size_t slash = str_index(package->name, '/');

    purl->type = STR("npm");
    purl->name = package->name;
    purl->version = package->version;
    if (package->name.len > 0 && package->name.ptr[0] == '@' && slash < package->name.len) {
        purl->namespace = str_take(package->name, slash);
        purl->name = str_drop(package->name, slash + 1);
    }
}

/* "golang.org/x/net", "monolog/monolog": what stands before the last slash is the namespace. */
static void path_purl(const struct package *package, struct purl *purl)
{
    size_t at = package->name.len;

    while (at > 0 && package->name.ptr[at - 1] != '/')
        at--;
    purl->type = package->kind == PACKAGE_GO ? STR("golang") : STR("composer");
    purl->namespace = at > 0 ? str_take(package->name, at - 1) : STR_NONE;
    purl->name = str_drop(package->name, at);
    purl->version = package->version;
}

static bool purl_of(const struct package *package, const struct operating_system *os,
                    struct arena *arena, struct purl *purl)
{
    switch (package->kind) {
    case PACKAGE_DEB:
    case PACKAGE_RPM:
    case PACKAGE_APK:
        return distribution_purl(package, os, arena, purl);
    case PACKAGE_NPM:
        npm_purl(package, purl);
        return true;
    case PACKAGE_PYPI:
        purl->type = STR("pypi");
        break;
    case PACKAGE_NUGET:
        purl->type = STR("nuget");
        break;
    case PACKAGE_CARGO:
        purl->type = STR("cargo");
        break;
    case PACKAGE_GEM:
        purl->type = STR("gem");
        break;
    case PACKAGE_GO:
    case PACKAGE_COMPOSER:
        path_purl(package, purl);
        return true;
    case PACKAGE_OTHER:
        if (str_is_empty(package->type) || str_is_empty(package->name))
            return false; /* a name alone tells nothing for certain */
        purl->type = package->type;
        purl->namespace = package->group;
        break;
    }
    purl->name = package->name;
    purl->version = package->version;
    return true;
}

static void set_purl(const struct package *package, struct arena *arena, struct inventory *out,
                     struct component *component)
{
    struct err unused = { 0 };
    struct purl purl = { 0 };

    if (!str_is_empty(package->purl))
        inventory_set_purl(component, package->purl, arena, out);
    else if (purl_of(package, &out->os, arena, &purl) &&
             !purl_text(&purl, arena, &component->purl, &unused))
        inventory_problem(out, arena, package->line, package->path,
                          N_("No package URL can be made of this."), package->name);
}

static struct str said(struct str field, struct arena *arena)
{
    return cpe_is_any(field) || cpe_is_na(field) ? STR_NONE : cpe_plain(field, arena);
}

/* For a list that gives nothing else. */
static void name_from_cpe(struct component *component, struct str text, struct arena *arena)
{
    struct err unused = { 0 };
    struct cpe cpe;

    if (!cpe_parse(text, arena, &cpe, &unused))
        return;
    component->group = said(cpe.field[CPE_VENDOR], arena);
    component->name = said(cpe.field[CPE_PRODUCT], arena);
    component->version = said(cpe.field[CPE_VERSION], arena);
    if (str_eq_z(cpe.field[CPE_PART], "o"))
        component->type = STR("operating-system");
    else if (str_eq_z(cpe.field[CPE_PART], "h"))
        component->type = STR("device");
}

static void convert(const struct package *package, struct arena *arena, struct inventory *out,
                    struct component *to)
{
    *to = (struct component){
        .type = package->kind == PACKAGE_OTHER ? STR("application") : STR("library"),
        .group = package->group,
        .name = package->name,
        .version = package->version,
        .source = { package->source_name, package->source_version },
        .supplier = package->supplier,
        .license = package->license,
        .path = package->path,
        .is_development = package->is_development,
        .line = package->line,
    };
    if (!str_is_empty(package->cpe)) {
        if (str_is_empty(to->name) && str_is_empty(package->purl))
            name_from_cpe(to, package->cpe, arena);
        inventory_add_cpe(to, package->cpe, arena, out);
    }
    set_purl(package, arena, out, to);
}

/* Distributions write themselves into the versions of their packages: "+deb12u9", "ubuntu0.22.04", ".el9_3", ".fc39", ".amzn2023". */
struct trace {
    enum package_kind kind;
    const char *mark, *id;
    size_t count;
    int64_t release; /* the highest of the numbers behind the mark */
    bool has_release;
};

static void follow(struct trace *trace, struct str version)
{
    struct str rest = str_drop(version, str_index_str(version, str_from_z(trace->mark)));
    struct err unused = { 0 };
    int64_t number = 0;
    size_t digits = 0;

    if (!str_skip(&rest, str_from_z(trace->mark)))
        return;
    trace->count++;
    while (digits < rest.len && ascii_is_digit(rest.ptr[digits]))
        digits++;
    if (trace->has_release && str_to_int(str_take(rest, digits), 1, 9999, &number, &unused) &&
        number > trace->release)
        trace->release = number;
}

/* kind: of the packages of a distribution */
static void os_from_versions(const struct packages *packages, enum package_kind kind,
                             struct arena *arena, struct inventory *out)
{
    struct trace traces[] = {
        { PACKAGE_DEB, "+deb", "debian", 0, 0, true },
        { PACKAGE_DEB, "ubuntu", "ubuntu", 0, 0, false },
        { PACKAGE_RPM, ".el", "rhel", 0, 0, true },
        { PACKAGE_RPM, ".fc", "fedora", 0, 0, true },
        { PACKAGE_RPM, ".amzn", "amzn", 0, 0, true },
    };
    const struct trace *most = &traces[0];

    for (size_t i = 0; i < packages->list.len; i++)
        for (size_t t = 0; t < COUNT(traces); t++)
            if (packages->list.at[i].kind == traces[t].kind)
                follow(&traces[t], packages->list.at[i].version);
    for (size_t t = 1; t < COUNT(traces); t++)
        if (traces[t].count > most->count)
            most = &traces[t];
    if (most->count == 0 || most->kind != kind) {
        inventory_problem(out, arena, 0, STR_NONE,
                          N_("The list does not say which distribution its packages are of."),
                          STR_NONE);
        return;
    }
    out->os.id = str_from_z(most->id);
    if (most->release > 0)
        out->os.version = arena_printf(arena, "%lld", (long long)most->release);
    inventory_problem(
        out, arena, 0, STR_NONE,
        N_("The list does not name its distribution; the versions of its packages do."),
        out->os.id);
}

static bool is_of_distribution(enum package_kind kind)
{
    return kind == PACKAGE_DEB || kind == PACKAGE_RPM || kind == PACKAGE_APK;
}

bool inventory_from_packages(const struct packages *packages, struct arena *arena,
                             struct inventory *out, struct err *err)
{
    size_t first = out->components.len;

    if (str_is_empty(out->os.id) && packages->list.len > 0 &&
        is_of_distribution(packages->list.at[0].kind))
        os_from_versions(packages, packages->list.at[0].kind, arena, out);
    if (!str_is_empty(packages->subject.name)) {
        convert(&packages->subject, arena, out, &out->subject);
        out->subject.type = STR("application");
        inventory_clean(&out->subject, arena);
    }
    inventory_reserve(out, arena, packages->list.len);
    for (size_t i = 0; i < packages->list.len; i++) {
        struct component component;

        convert(&packages->list.at[i], arena, out, &component);
        if (!inventory_add(out, arena, &component, err))
            return PASS(err);
    }
    for (size_t i = 0; i < packages->edges.len; i++)
        if (!inventory_link(out, arena, first + packages->edges.at[i].from,
                            first + packages->edges.at[i].to, err))
            return PASS(err);
    for (size_t i = 0; i < packages->problems.len; i++)
        inventory_problem(out, arena, packages->problems.at[i].line, STR_NONE,
                          packages->problems.at[i].what, packages->problems.at[i].subject);
    return true;
}

void inventory_from_os_release(const struct os_release *os, struct inventory *out)
{
    out->os = (struct operating_system){ os->id, os->version, os->codename, os->name, os->cpe };
}
