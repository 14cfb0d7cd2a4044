#include "formats/spdx/spdx_internal.h"

#include "base/err.h"

struct str spdx_said(struct str value)
{
    value = str_trim(value);
    return str_eq_z(value, "NOASSERTION") || str_eq_z(value, "NONE") ? STR_NONE : value;
}

struct str spdx_actor(struct str value)
{
    value = spdx_said(value);
    if (str_skip(&value, STR("Organization:")) || str_skip(&value, STR("Person:")) ||
        str_skip(&value, STR("Tool:")))
        value = str_trim(value);
    if (str_ends(value, STR(")")))
        value = str_take(value, str_index_str(value, STR(" (")));
    return str_trim(value);
}

bool spdx_version(struct str word, struct str *out)
{
    static const char *const known[] = { "2.0", "2.1", "2.2", "2.3" };

    if (!str_skip(&word, STR("SPDX-")))
        return false;
    for (size_t i = 0; i < COUNT(known); i++) {
        if (str_eq_z(word, known[i])) {
            *out = word;
            return true;
        }
    }
    return false;
}

bool spdx_check_head(const struct spdx *document, struct str version_word, struct str created,
                     struct utc *made, struct err *err)
{
    struct err unused = { 0 };

    if (str_is_empty(document->version))
        return spdx_fail(err, 1, "a version of SPDX that is not known", version_word);
    if (!str_ends(document->id, STR("SPDXRef-DOCUMENT")))
        return spdx_fail(err, 1, "the document's SPDXID is not SPDXRef-DOCUMENT", document->id);
    if (!document->name.ptr)
        return spdx_fail(err, 1, "the document has no name", STR_NONE);
    if (!str_contains(created, STR("T")) || !utc_parse(created, made, &unused))
        return spdx_fail(err, 1, "the document does not say when it was created", created);
    return true;
}

bool spdx_add_package(struct spdx *document, struct arena *arena,
                      const struct spdx_package *package, struct err *err)
{
    if (str_is_empty(package->id))
        return spdx_fail(err, package->line, "a package without an SPDXID", package->name);
    if (str_is_empty(package->name))
        return spdx_fail(err, package->line, "a package without a name", package->id);
    if (document->packages.len == SPDX_PACKAGES_MAX)
        return FAIL(err, TOO_LARGE, STR("the list of packages"));
    VEC_PUSH(arena, &document->packages, *package);
    return true;
}

static const struct {
    const char *word;
    enum spdx_relation_kind kind;
    bool is_inverse;
} relation_words[] = {
    { "CONTAINS", SPDX_CONTAINS, false },
    { "CONTAINED_BY", SPDX_CONTAINS, true },
    { "DESCRIBES", SPDX_DESCRIBES, false },
    { "DESCRIBE", SPDX_DESCRIBES, false }, /* some writers' word */
    { "DESCRIBED_BY", SPDX_DESCRIBES, true },
    { "DEPENDS_ON", SPDX_DEPENDS_ON, false },
    { "DEPENDENCY_OF", SPDX_DEPENDS_ON, true },
    { "RUNTIME_DEPENDENCY_OF", SPDX_DEPENDS_ON, true },
    { "OPTIONAL_DEPENDENCY_OF", SPDX_DEPENDS_ON, true },
    { "PROVIDED_DEPENDENCY_OF", SPDX_DEPENDS_ON, true },
    { "HAS_PREREQUISITE", SPDX_DEPENDS_ON, false },
    { "PREREQUISITE_FOR", SPDX_DEPENDS_ON, true },
    { "STATIC_LINK", SPDX_DEPENDS_ON, false },
    { "DYNAMIC_LINK", SPDX_DEPENDS_ON, false },
    { "DEV_DEPENDENCY_OF", SPDX_DEPENDS_FOR_DEVELOPMENT, true },
    { "BUILD_DEPENDENCY_OF", SPDX_DEPENDS_FOR_DEVELOPMENT, true },
    { "TEST_DEPENDENCY_OF", SPDX_DEPENDS_FOR_DEVELOPMENT, true },
    { "DEV_TOOL_OF", SPDX_DEPENDS_FOR_DEVELOPMENT, true },
    { "BUILD_TOOL_OF", SPDX_DEPENDS_FOR_DEVELOPMENT, true },
    { "TEST_TOOL_OF", SPDX_DEPENDS_FOR_DEVELOPMENT, true },
    { "GENERATED_FROM", SPDX_GENERATED_FROM, false },
    { "GENERATES", SPDX_GENERATED_FROM, true },
    /* 3.0; what a dependency is for is told apart by its reader */
    { "contains", SPDX_CONTAINS, false },
    { "describes", SPDX_DESCRIBES, false },
    { "dependsOn", SPDX_DEPENDS_ON, false },
    { "hasPrerequisite", SPDX_DEPENDS_ON, false },
    { "hasOptionalDependency", SPDX_DEPENDS_ON, false },
    { "hasProvidedDependency", SPDX_DEPENDS_ON, false },
    { "hasStaticLink", SPDX_DEPENDS_ON, false },
    { "hasDynamicLink", SPDX_DEPENDS_ON, false },
    { "usesTool", SPDX_DEPENDS_FOR_DEVELOPMENT, false },
    { "generates", SPDX_GENERATED_FROM, true },
};

bool spdx_add_relation(struct spdx *document, struct arena *arena, struct str type, struct str from,
                       struct str to, struct err *err)
{
    for (size_t i = 0; i < COUNT(relation_words); i++) {
        struct spdx_relation relation = { relation_words[i].kind, from, to };

        if (!str_eq_z(type, relation_words[i].word))
            continue;
        if (relation_words[i].is_inverse)
            relation = (struct spdx_relation){ relation_words[i].kind, to, from };
        if (document->relations.len == SPDX_RELATIONS_MAX)
            return FAIL(err, TOO_LARGE, STR("the list of relationships"));
        VEC_PUSH(arena, &document->relations, relation);
        return true;
    }
    return true;
}

void spdx_add_reference(struct spdx_package *package, struct arena *arena, struct str type,
                        struct str locator)
{
    str_skip(&type, STR("http://spdx.org/rdf/references/"));
    if (str_eq_z(type, "purl"))
        VEC_PUSH(arena, &package->purls, str_trim(locator));
    else if (str_eq_z(type, "cpe23Type") || str_eq_z(type, "cpe22Type"))
        VEC_PUSH(arena, &package->cpes, str_trim(locator));
}
