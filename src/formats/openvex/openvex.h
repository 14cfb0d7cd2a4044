/* formats/openvex/openvex.h: OpenVEX documents, version 0.2.0 (and read: 0.0.1, whose products are plain names): what somebody says about
 * vulnerabilities in products. Pure: text in, values out. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "formats/json/json.h"

struct err;

enum { OPENVEX_STATEMENTS_MAX = 1 << 17, OPENVEX_PRODUCTS_MAX = 1 << 20 };
enum openvex_status {
    OPENVEX_NOT_AFFECTED,
    OPENVEX_AFFECTED,
    OPENVEX_FIXED,
    OPENVEX_UNDER_INVESTIGATION,
    OPENVEX_STATUSES
};

struct openvex_product {
    struct str id; /* "@id": often a purl */
    struct str purl, cpe22, cpe23;
    struct openvex_products {
        VEC_OF(struct openvex_product);
    } subcomponents; /* one level: a subcomponent has none */
};
struct openvex_statement {
    struct str id;
    struct str vulnerability, description; /* its name: "CVE-2021-44228" */
    struct {
        VEC_OF(struct str);
    } aliases;
    struct openvex_products products; /* empty: what the document is attached to */
    enum openvex_status status;
    struct str justification, impact, action, notes, supplier;
    struct utc timestamp, updated; /* 0: the document's */
};
struct openvex_document {
    struct str id, author, role, tooling;
    struct utc timestamp, updated;
    int64_t version;
    struct {
        VEC_OF(struct openvex_statement);
    } statements;
};

struct str openvex_status_word(enum openvex_status status); /* "not_affected" */
/* One of the five words of section 5 of the specification. */
bool openvex_is_justification(struct str word);

/* Is it OpenVEX, by its @context? */
bool openvex_is(struct json document);

/**
 * Reads a document. What changes nothing of a statement's meaning may be missing (the document's id, author, time); what does is refused: an
 * unknown status, a statement without vulnerability, a "not affected" without any reason, an unknown justification.
 *
 * out    texts live as long as the JSON's arena
 * err    ERR_VEX, ERR_TIME_SYNTAX, ERR_TOO_LARGE; the subject says where ("statements[3].status")
 * Rule:  STD-01 (OpenVEX specification 0.2.0)
 */
MUST_CHECK bool openvex_read(struct json document, struct arena *arena,
                             struct openvex_document *out, struct err *err);

/* Appends the document, indented, with a line's end. What is empty is left out. */
void openvex_write(const struct openvex_document *document, struct buf *buf);
