/* domain/matching/question.h: what one asset asks of the records: the packages and the CPE names of its components, ready to be compared. */
#pragma once
#include "domain/inventory/component.h"
#include "domain/matching/ecosystem.h"
#include "formats/cpe/cpe.h"

/* A package of a component, as the advisories of its ecosystem would name it. */
struct asked_package {
    size_t component;
    struct package package;
    struct str version; /* empty: unknown */
    struct str subject; /* for people: the purl, or "source NAME VERSION" */
};

/* A CPE name that the list gives for a component or for its operating system. Names that themselves say ANY or hold wildcards in part, vendor or product
 * identify nothing and are left out (matching 4.3.1). */
struct asked_name {
    size_t component; /* QUESTION_SYSTEM for the operating system: a platform, never a finding */
    struct cpe cpe;
    struct str text;
    struct str
        version; /* version and update together, as a range is asked: "1.0-rc1"; empty where the name has none */
    struct str purl_type; /* guards target_sw; empty without a purl */
};
enum { QUESTION_SYSTEM = -1 };

struct question {
    struct {
        VEC_OF(struct asked_package); /* by component */
    } packages;
    struct {
        VEC_OF(struct asked_name); /* by component; the system's last */
    } names;
    unsigned parts;             /* which of 'a', 'o', 'h' the names hold: QUESTION_PART */
    struct operating_system os; /* of the inventory */
    size_t components;
    bool *is_distribution; /* for each component: a package of a distribution, with its backports */
};
#define QUESTION_PART(letter) (1u << ((unsigned char)(letter)&31))

/* Everything that is asked of the records for an inventory. Texts are borrowed from it or live in arena. What cannot be parsed asks nothing: the
 * inventory's reader has told it as a problem. */
void question_of(const struct inventory *inventory, struct arena *arena, struct question *out);

/* One name, such as of a list of CPE; false when it identifies nothing. */
bool question_name(struct cpe cpe, struct str text, size_t component, struct str purl_type,
                   struct arena *arena, struct asked_name *out);
