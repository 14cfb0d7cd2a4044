/* formats/sarif/sarif.h: results of a tool as SARIF 2.1.0, as code hosts and editors show them. Pure: values in, text out. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"

struct buf;

enum sarif_level { SARIF_NONE, SARIF_NOTE, SARIF_WARNING, SARIF_ERROR };

struct sarif_texts {
    VEC_OF(struct str);
};
struct sarif_rule {
    struct str id, name, short_text, full_text, help_url, help; /* name: CamelCase, no blanks */
    struct str security_severity; /* "9.8": code hosts sort by it; may be empty */
    enum sarif_level level;
    struct sarif_texts tags;
};
/* Said by somebody: the result is not to be acted on. */
struct sarif_suppression {
    struct str justification; /* empty: not suppressed */
    bool is_under_review;
};
struct sarif_property {
    const char *name;
    struct str value;
};
struct sarif_result {
    size_t rule; /* place in rules */
    enum sarif_level level;
    struct str message;
    struct str path;        /* of the artifact, as a person writes it; becomes a URI reference.
                               Empty: it came from no file */
    size_t line;            /* from 1; 0: the artifact as a whole */
    struct str part;        /* what of it: a component's fully qualified name; may be empty */
    struct str fingerprint; /* the same for the same matter in every run */
    struct sarif_suppression suppression;
    struct {
        VEC_OF(struct sarif_property);
    } properties;
};
struct sarif {
    struct str tool, version, url;
    struct utc ended;
    struct {
        VEC_OF(struct sarif_rule);
    } rules;
    struct {
        VEC_OF(struct sarif_result);
    } results;
};

/**
 * Appends one run, indented, with a line's end.
 *
 * Rule: PSR-21 (OASIS SARIF 2.1.0)
 */
void sarif_write(const struct sarif *sarif, struct buf *buf);
