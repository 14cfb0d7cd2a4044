/* formats/spdx/spdx.h: SPDX documents 2.0 to 2.3 (JSON, tag-value, RDF/XML) and 3.0 (JSON-LD): what a reader of components needs of them. Files, snippets and
 * annotations are passed over. Pure. Rule: STD-14 */
#pragma once
#include "base/utc.h"
#include "base/vec.h"

struct err;

enum { SPDX_PACKAGES_MAX = 1 << 20, SPDX_RELATIONS_MAX = 1 << 22 };

enum spdx_relation_kind {
    SPDX_OTHER, /* not kept */
    SPDX_DESCRIBES,
    SPDX_CONTAINS,
    SPDX_DEPENDS_ON,
    SPDX_DEPENDS_FOR_DEVELOPMENT, /* to build or test */
    SPDX_GENERATED_FROM
};
/* Inverse relations ("DEPENDENCY_OF") are turned round. Ends may be files or lie in other documents. */
struct spdx_relation {
    enum spdx_relation_kind kind;
    struct str from, to;
};
struct spdx_strings {
    VEC_OF(struct str);
};
/* NOASSERTION and NONE are left empty. */
struct spdx_package {
    struct str id, name, version;
    struct str supplier, originator; /* names, without kind and address */
    struct str license;              /* concluded, else declared */
    struct str purpose;              /* "LIBRARY"; 3.0: "library" */
    struct spdx_strings purls, cpes; /* as given */
    size_t line;
};
struct spdx {
    struct str version; /* "2.3", "3.0.1" */
    struct str id, name, space;
    struct utc made;
    struct {
        VEC_OF(struct spdx_package);
    } packages;
    struct {
        VEC_OF(struct spdx_relation);
    } relations;
};

/*
 * Readers. text: valid UTF-8, borrowed; out: filled on success, texts live in arena or in text.
 * err: ERR_JSON_SYNTAX, ERR_XML_SYNTAX, ERR_INVENTORY with line and reason, ERR_TOO_LARGE
 * Rule: STD-14 (ISO/IEC 5962, SPDX 2.2, 2.3, 3.0)
 */
MUST_CHECK bool spdx_read_json(struct str text, struct arena *arena, struct spdx *out,
                               struct err *err); /* 2.x; also inside GitHub's {"sbom": ...} */
MUST_CHECK bool spdx_read_tag_value(struct str text, struct arena *arena, struct spdx *out,
                                    struct err *err);
MUST_CHECK bool spdx_read_rdf(struct str text, struct arena *arena, struct spdx *out,
                              struct err *err);
MUST_CHECK bool spdx_read_json3(struct str text, struct arena *arena, struct spdx *out,
                                struct err *err);
