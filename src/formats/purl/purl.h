/* formats/purl/purl.h: package URLs (ECMA-427): parse, canonical form. Pure: text in, values out. */
#pragma once
#include "base/vec.h"

struct err;

enum { PURL_TEXT_MAX = 4096, PURL_QUALIFIERS_MAX = 64 };

struct purl_qualifier {
    struct str key, value; /* decoded */
};
/* The parts decoded and normalised by their type's rules; what is not there is empty. */
struct purl {
    struct str type, namespace, name, version, subpath;
    struct {
        VEC_OF(struct purl_qualifier); /* by key, ascending; without empty values */
    } qualifiers;
};

/**
 * Reads a package URL such as "pkg:deb/debian/curl@7.88.1-10?arch=amd64".
 *
 * text   at most PURL_TEXT_MAX bytes
 * out    filled on success, untouched on failure; its texts live in arena
 * err    ERR_PURL_SYNTAX, ERR_TOO_LARGE
 * Rule:  STD-03, STD-14 (ECMA-427)
 */
MUST_CHECK bool purl_parse(struct str text, struct arena *arena, struct purl *out, struct err *err);

/* The canonical text. ERR_PURL_SYNTAX when the parts make none (no type, no name, what the type forbids). */
MUST_CHECK bool purl_text(const struct purl *purl, struct arena *arena, struct str *out,
                          struct err *err);
struct str purl_qualifier(const struct purl *purl,
                          const char *key); /* STR_NONE when there is none */
