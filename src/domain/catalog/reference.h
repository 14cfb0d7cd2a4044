/* domain/catalog/reference.h: what lists say that are not about one vulnerability: CWE's weaknesses, and how long products are supported. Each telling is kept as its
 * list gave it, beside those of other lists. Rule: STD-08, VDB-10 */
#pragma once
#include "domain/catalog/catalog.h"
#include "formats/endoflife/endoflife.h"
#include "formats/json/json.h"

struct packer;
struct shape;
struct shape_limits;

enum reference_form {
    REFERENCE_CWE,      /* of CWE's interface: {"ID": "79", "Name": …} */
    REFERENCE_CWE_LIST, /* of its list taken apart: {"id": "79", "name": …} */
    REFERENCE_EOL,      /* a page of endoflife.date */
    REFERENCE_EOL_RELEASES,
    REFERENCE_FORMS
};

struct catalog_weakness {
    struct str number; /* "79" */
    struct str name, status, abstraction /* "Base"; of a view "Graph"; of a category none */, text;
    struct catalog_strings parents; /* "74"; in whatever view */
};

struct reference {
    enum reference_form form;
    struct str name; /* "79", "almalinux" */
    struct str told; /* in reference_shape's bytes */
    struct str sent; /* packed */
};
/* Of struct catalog_weakness or struct endoflife. */
const struct shape *reference_shape(enum reference_form form);
extern const struct shape_limits reference_limits;

/* Is it one of CWE's entries, and in which form? */
bool reference_is_weakness(struct json json, enum reference_form *out);
/* ERR_CATALOG_RECORD with what is missing */
MUST_CHECK bool reference_weakness_from(struct json json, enum reference_form form,
                                        struct arena *arena, struct catalog_weakness *out,
                                        struct err *err);

/* told must have been read by its shape: what it says of names goes into the index. ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool reference_put(struct tx *tx, const struct reference *reference,
                              struct packer *packer, struct arena *arena, enum catalog_change *out,
                              struct err *err);

/* The newest list's word. ERR_ABSENT, ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool reference_weakness(struct tx *tx, int64_t number, struct arena *arena,
                                   struct catalog_weakness *out, struct err *err);
/* By a CPE name of any version, else by a package's address without one; either may be empty. The same errors. */
MUST_CHECK bool reference_life(struct tx *tx, struct str cpe, struct str purl, struct arena *arena,
                               struct endoflife *out, struct err *err);
