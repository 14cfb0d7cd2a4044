/* formats/cyclonedx/cyclonedx.h: CycloneDX bills of materials, 1.2 to 1.7 (XML also 1.0 and 1.1): what a reader of components needs of them. Services,
 * compositions, pedigree, formulations and vulnerabilities are passed over. Pure. Rule: STD-14 */
#pragma once
#include "base/lookup.h"
#include "base/utc.h"
#include "base/vec.h"

struct err;

enum { CYCLONEDX_COMPONENTS_MAX = 1 << 20, CYCLONEDX_EDGES_MAX = 1 << 22 };

struct cyclonedx_property {
    struct str name, value;
};
struct cyclonedx_strings {
    VEC_OF(struct str);
};
struct cyclonedx_component {
    struct str ref, type, group, name, version, purl, cpe, scope;
    struct str publisher, supplier, manufacturer, author; /* names */
    struct str license; /* expression, or ids and names with ", " between */
    struct str path;    /* of the first occurrence in evidence */
    struct {
        VEC_OF(struct cyclonedx_property);
    } properties;
    size_t parent; /* place of the component that holds it; its own place when none does */
    size_t line;
};
struct cyclonedx_dependency {
    struct str ref;
    struct cyclonedx_strings on;
    size_t line;
};
struct cyclonedx {
    struct str version; /* "1.6" */
    struct str serial;
    struct utc made; /* 0: not said */
    bool has_subject;
    struct cyclonedx_component subject; /* metadata.component; what it holds is among components */
    struct {
        VEC_OF(struct cyclonedx_component); /* each before what it holds */
    } components;
    struct {
        VEC_OF(struct cyclonedx_dependency);
    } dependencies;
    struct lookup refs; /* places of components by ref; of the subject: components.len */
};

/**
 * Reads a document.
 *
 * text   borrowed; JSON at most JSON_TEXT_MAX, XML at most XML_TEXT_MAX
 * out    filled on success; texts live in arena
 * err    ERR_JSON_SYNTAX, ERR_XML_SYNTAX, ERR_INVENTORY with line and reason, ERR_TOO_LARGE
 * Rule:  STD-14 (ECMA-424)
 */
MUST_CHECK bool cyclonedx_read_json(struct str text, struct arena *arena, struct cyclonedx *out,
                                    struct err *err);
MUST_CHECK bool cyclonedx_read_xml(struct str text, struct arena *arena, struct cyclonedx *out,
                                   struct err *err);
