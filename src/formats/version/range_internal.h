/* formats/version/range_internal.h: how a native range is taken apart: alternatives, each a list of bounds that must all hold. */
#pragma once
#include "formats/version/version_internal.h"

struct range {
    enum version_scheme scheme;
    size_t alternative;
    version_bound_fn *each;
    void *context;
};

void range_bound(struct range *range, enum version_relation relation, struct str version);

/* A version as it is made of another; holds whatever a range can hold. */
struct range_text {
    char at[VERSION_TEXT_MAX + 64];
    size_t len;
};
void range_text_add(struct range_text *text, struct str s);
void range_text_add_next(struct range_text *text, struct str digits); /* the number after it */

enum range_sign {
    SIGN_NONE,
    SIGN_EQUAL,
    SIGN_NOT_EQUAL,
    SIGN_LESS,
    SIGN_LESS_OR_EQUAL,
    SIGN_GREATER,
    SIGN_GREATER_OR_EQUAL,
    SIGN_TILDE,
    SIGN_CARET
};
/* Takes a sign and the space after it: = == != <> < <= > >= ~ ~> ~= ^. */
enum range_sign range_take_sign(struct str *rest);
enum version_relation range_relation(enum range_sign sign); /* of the first seven */
void range_skip_space(struct str *rest);

/* Each emits the bounds of the whole range; false when it is none. */
bool range_walk_semver(struct range *range, struct str text); /* npm, cargo, hex, pub, conan */
bool range_walk_composer(struct range *range, struct str text);
bool range_walk_gem(struct range *range, struct str text);
bool range_walk_pypi(struct range *range, struct str text);
bool range_walk_intervals(struct range *range, struct str text); /* maven, nuget */
bool range_walk_list(struct range *range, struct str text);      /* openssl */

/* PEP 440 has rules of its own for what a bound holds. */
bool range_pypi_holds(const struct version_bound *bound, struct str version);
