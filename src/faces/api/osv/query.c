#include "base/ascii.h"
#include "base/err.h"
#include "domain/matching/ecosystem.h"
#include "faces/api/osv/osv.h"
#include "formats/json/json.h"
#include "formats/purl/purl.h"

/* What OSV knows (ossf.github.io/osv-schema, defined ecosystems); of those we have no rules for, names are compared as they stand. */
static bool is_ecosystem(struct str name)
{
    static const char *const names[] = { "AlmaLinux",
                                         "Alpaquita",
                                         "Alpine",
                                         "Android",
                                         "Azure Linux",
                                         "Bioconductor",
                                         "Bitnami",
                                         "CRAN",
                                         "Chainguard",
                                         "CleanStart",
                                         "ConanCenter",
                                         "Debian",
                                         "Echo",
                                         "FreeBSD",
                                         "GHC",
                                         "GIT",
                                         "GitHub Actions",
                                         "Go",
                                         "Hackage",
                                         "Hex",
                                         "Julia",
                                         "Kubernetes",
                                         "Linux",
                                         "Mageia",
                                         "Maven",
                                         "MinimOS",
                                         "NuGet",
                                         "OSS-Fuzz",
                                         "Packagist",
                                         "Photon OS",
                                         "Pub",
                                         "PyPI",
                                         "Red Hat",
                                         "Rocky Linux",
                                         "Root",
                                         "RubyGems",
                                         "SUSE",
                                         "SwiftURL",
                                         "TuxCare",
                                         "Ubuntu",
                                         "VSCode",
                                         "Wolfi",
                                         "crates.io",
                                         "npm",
                                         "opam",
                                         "openEuler",
                                         "openSUSE",
                                         "BellSoft Hardened Containers",
                                         "Docker Hardened Images" };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq_z(name, names[i]))
            return true;
    return str_eq(name, STR("Drupal")) || ecosystem_name(name).len > 0;
}

static bool is_commit(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = ascii_lower(text.ptr[i]);

        if (!ascii_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return text.len == 40 || text.len == 64;
}

static bool is_token(struct str text)
{
    return text.len <= OSV_TOKEN_MAX && str_is_plain(text, false);
}

static void set_package(struct osv_query *query, struct str ecosystem, struct str name,
                        struct arena *arena)
{
    size_t colon = str_index(ecosystem, ':');
    struct str known = ecosystem_name(str_take(ecosystem, colon));

    query->ecosystem = str_take(ecosystem, colon);
    query->release = str_drop(ecosystem, colon + 1);
    query->name = name;
    if (known.len > 0) {
        query->release = ecosystem_fold_release(known, query->release, arena);
        query->name = ecosystem_fold_name(known, name, arena);
    }
}

/* A type without an ecosystem of advisories asks for nothing. */
static struct str take_purl(struct str text, struct osv_query *query, struct arena *arena)
{
    static const struct distribution none = { STR_INIT(""), STR_INIT("") };
    struct err ignored = { 0 };
    struct package package;
    struct purl purl;

    if (!purl_parse(text, arena, &purl, &ignored))
        return STR("Invalid Package URL.");
    if (purl.version.len > 0 && query->version.len > 0)
        return STR("version specified in params and PURL query");
    if (purl.version.len > 0)
        query->version = purl.version;
    if (!ecosystem_of_purl(&purl, none, arena, &package)) {
        query->is_nothing = true;
        return STR_NONE;
    }
    query->ecosystem = package.ecosystem;
    query->release = package.release;
    query->name = package.name;
    return STR_NONE;
}

static struct str take_package(struct json json, struct osv_query *query, struct arena *arena)
{
    struct str name = json_text(json_get(json, "name")),
               ecosystem = json_text(json_get(json, "ecosystem")),
               purl = json_text(json_get(json, "purl"));

    if (purl.len > 0 && name.len > 0)
        return STR("name specified in a PURL query");
    if (purl.len > 0 && ecosystem.len > 0)
        return STR("ecosystem specified in a PURL query");
    if (purl.len > 0)
        return take_purl(purl, query, arena);
    if (name.len == 0 || ecosystem.len == 0)
        return STR("Invalid query.");
    if (!is_ecosystem(str_take(ecosystem, str_index(ecosystem, ':'))))
        return STR("Invalid ecosystem.");
    set_package(query, ecosystem, name, arena);
    return STR_NONE;
}

/* Gives what is wrong, or nothing. */
static struct str take_query(struct json json, struct osv_query *query, struct arena *arena)
{
    struct str commit = json_text(json_get(json, "commit"));

    *query = (struct osv_query){ .version = json_text(json_get(json, "version")),
                                 .after = json_text(json_get(json, "page_token")) };
    if (json_kind(json) != JSON_OBJECT)
        return STR("Invalid query.");
    if (!is_token(query->after))
        return STR("Invalid page token.");
    if (commit.len == 0)
        return take_package(json_get(json, "package"), query, arena);
    if (query->version.len > 0)
        return STR("Invalid query.");
    if (!is_commit(commit))
        return STR("Invalid hash.");
    query->commit = commit;
    return STR_NONE;
}

bool osv_read(struct str body, bool is_batch, struct arena *arena, struct osv_queries *out,
              struct str *why, struct err *err)
{
    struct osv_query query;
    struct json whole, list, one;

    *out = (struct osv_queries){ 0 };
    *why = STR_NONE;
    if (!json_read(body, arena, &whole, err))
        return PASS(err);
    if (!is_batch) {
        *why = take_query(whole, &query, arena);
        VEC_PUSH(arena, out, query);
        return true;
    }
    list = json_get(whole, "queries");
    if (json_kind(list) != JSON_ARRAY && json_kind(list) != JSON_NONE)
        *why = STR("Invalid query.");
    else if (json_count(list) > OSV_QUERIES_MAX)
        *why = STR("Too many queries.");
    for (struct json_iter i = json_iter(list); why->len == 0 && json_next(&i, NULL, &one);) {
        *why = take_query(one, &query, arena);
        VEC_PUSH(arena, out, query);
    }
    return true;
}
