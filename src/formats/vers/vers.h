/* formats/vers/vers.h: VERS, ranges of versions as one text ("vers:npm/>=1.0.0|<2.0.0"). Pure: text in, values out. */
#pragma once
#include "base/vec.h"
#include "formats/version/version.h"

enum { VERS_TEXT_MAX = 16384, VERS_CONSTRAINTS_MAX = 1024 };
enum vers_comparator {
    VERS_EQUAL,
    VERS_NOT_EQUAL,
    VERS_LESS,
    VERS_LESS_OR_EQUAL,
    VERS_GREATER,
    VERS_GREATER_OR_EQUAL
};

struct vers_constraint {
    enum vers_comparator comparator;
    struct str version; /* decoded */
};
struct vers {
    struct str type;
    enum version_scheme scheme; /* of the type; generic for one that has none of ours */
    bool is_everything;         /* "*" */
    struct {
        VEC_OF(struct vers_constraint); /* by version, ascending */
    } constraints;
};

/* ERR_VERS_SYNTAX for what is not canonical, ERR_TOO_LARGE. Texts live in arena. */
MUST_CHECK bool vers_parse(struct str text, struct arena *arena, struct vers *out, struct err *err);
/* The same for what people and older programs write: constraints in any order, "=" before a version, space around them. */
MUST_CHECK bool vers_parse_loose(struct str text, struct arena *arena, struct vers *out,
                                 struct err *err);
struct str vers_text(const struct vers *vers, struct arena *arena); /* canonical */
bool vers_contains(const struct vers *vers, struct str version);

/* The same range out of the ecosystem's own way to write it. ERR_VERSION_RANGE: it is none, holds nothing, or says what VERS cannot
 * (PEP 440's "==1.*"). What pre-releases npm leaves out besides the order, VERS does not say either. */
MUST_CHECK bool vers_from_native(enum version_scheme scheme, struct str range, struct arena *arena,
                                 struct vers *out, struct err *err);
