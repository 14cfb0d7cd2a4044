/* domain/triage/vex.h: what makers and others say about vulnerabilities in products (VEX), whatever document it stands in. */
#pragma once
#include "domain/inventory/component.h"
#include "domain/matching/finding.h"

struct err;

enum { VEX_TEXT_MAX = 32 << 20, VEX_TARGETS_MAX = 1 << 20, VEX_DEPTH = 1 };

/* A product or a part of one, by as many names as the document gives. */
struct vex_name {
    struct str id; /* as written: "@id", product_id, bom-ref */
    struct str purl, cpe;
};
/* The product as a whole when part is empty, else that part of it. product empty: what the document is attached to. */
struct vex_target {
    struct vex_name product, part;
    struct str version, range; /* of that version, or in that VERS range, alone; may be empty */
};
struct vex_statement {
    struct catalog_strings ids; /* the vulnerability's names */
    struct {
        VEC_OF(struct vex_target);
    } targets;
    enum finding_verdict verdict;
    struct str justification; /* the document's own word */
    struct str reason;        /* free text: impact, action, notes */
    struct utc at;
};
struct vex {
    struct str format; /* "OpenVEX", "CSAF", "CycloneDX" */
    struct str id, author;
    struct {
        VEC_OF(struct vex_statement);
    } statements;
};

/**
 * Reads a document, whichever of the three formats it is. To be called where strangers' files are parsed.
 *
 * text   at most VEX_TEXT_MAX bytes
 * err    ERR_UNKNOWN_FORMAT, ERR_VEX, ERR_JSON_SYNTAX, ERR_TIME_SYNTAX, ERR_TOO_LARGE
 * Rule:  PSR-21
 */
MUST_CHECK bool vex_read(struct str text, struct arena *arena, struct vex *out, struct err *err);

/* As bytes, from the worker that read the document. ERR_TOO_LARGE, ERR_NOT_UTF8; ERR_VEX */
MUST_CHECK bool vex_encode(const struct vex *vex, struct buf *buf, struct err *err);
MUST_CHECK bool vex_decode(struct str bytes, struct arena *arena, struct vex *out, struct err *err);

/**
 * Sets the statement of every finding that the document speaks about. Within the document the latest statement holds; documents are applied
 * in the order in which they are given, each over the ones before.
 *
 * A target is a component when its purl is the component's (a target without version means all of them; its qualifiers must be there), its CPE
 * is equal to or a superset of one of the component's, or its id is the component's name in the list. A product without part that is the
 * subject of the list means all components. A part counts when its product is the list's subject, or the list does not say what it is about.
 *
 * file   the name it is told with
 */
void vex_apply(const struct vex *vex, struct str file, const struct inventory *inventory,
               struct findings *findings, struct arena *arena);
