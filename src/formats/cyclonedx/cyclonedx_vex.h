/* formats/cyclonedx/cyclonedx_vex.h: the vulnerabilities of a CycloneDX document (VEX): read from 1.4 to 1.7, written as 1.6. Pure: text in,
 * values out. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "formats/json/json.h"

struct err;

enum { CYCLONEDX_VULNERABILITIES_MAX = 1 << 17, CYCLONEDX_AFFECTS_MAX = 1 << 20 };
enum cyclonedx_state {
    CYCLONEDX_UNSAID,
    CYCLONEDX_RESOLVED,
    CYCLONEDX_RESOLVED_WITH_PEDIGREE,
    CYCLONEDX_EXPLOITABLE,
    CYCLONEDX_IN_TRIAGE,
    CYCLONEDX_FALSE_POSITIVE,
    CYCLONEDX_NOT_AFFECTED,
    CYCLONEDX_STATES
};

struct cyclonedx_texts {
    VEC_OF(struct str);
};
struct cyclonedx_rating {
    struct str source, severity, method, vector; /* severity, method: the schema's words */
    int tenths;                                  /* below 0: no score */
};
/* A component by its ref; of one version or range (VERS) alone when it has one. */
struct cyclonedx_affected {
    struct str ref, version, range, status; /* status: of the version; "affected" when empty */
};
struct cyclonedx_vulnerability {
    struct str id, source_name, source_url;
    struct cyclonedx_texts aliases; /* references[].id */
    struct {
        VEC_OF(struct cyclonedx_rating);
    } ratings;
    struct {
        VEC_OF(int64_t);
    } cwes;
    struct str description, detail, recommendation;
    struct cyclonedx_texts advisories; /* URLs */
    struct utc published, updated;
    enum cyclonedx_state state;
    struct str justification, analysis; /* the schema's word; the analysis's detail */
    struct cyclonedx_texts responses;
    struct utc analysed; /* lastUpdated, else firstIssued */
    struct {
        VEC_OF(struct cyclonedx_affected);
    } affects;
};
struct cyclonedx_vex_component {
    struct str ref, type, group, name, version, purl, cpe;
};
struct cyclonedx_vex {
    struct str serial; /* "urn:uuid:…" */
    struct utc timestamp;
    struct str tool, tool_version, author; /* author: of the document, or its supplier */
    struct cyclonedx_vex_component subject;
    struct {
        VEC_OF(struct cyclonedx_vex_component); /* read: also those inside others */
    } components;
    struct {
        VEC_OF(struct cyclonedx_vulnerability);
    } vulnerabilities;
};

struct str cyclonedx_state_word(enum cyclonedx_state state); /* "in_triage"; empty when unsaid */

bool cyclonedx_is_justification(struct str word);

/**
 * Reads the vulnerabilities and what they refer to. A state or justification that the schema does not know is refused, since it decides.
 *
 * out    texts live as long as the JSON's arena
 * err    ERR_VEX, its subject says where; ERR_TIME_SYNTAX, ERR_TOO_LARGE
 * Rule:  PSR-21 (ECMA-424)
 */
MUST_CHECK bool cyclonedx_vex_read(struct json document, struct arena *arena,
                                   struct cyclonedx_vex *out, struct err *err);

/* Appends the document, indented, with a line's end. What is empty is left out. */
void cyclonedx_vex_write(const struct cyclonedx_vex *vex, struct buf *buf);
