/* domain/triage/condition.h: what a scan fails on: "kev,epss>=0.5,severity>=high+fix". */
#pragma once
#include "base/vec.h"
#include "domain/triage/measure.h"

enum { CONDITION_TEXT_MAX = 4096, CONDITION_TERMS_MAX = 256 };
enum condition_relation { CONDITION_IS, CONDITION_AT_LEAST, CONDITION_MORE };

struct condition_term {
    const struct measure *measure;
    enum condition_relation relation;
    int64_t value;
};
/* Terms joined by '+': all must hold of one finding. */
struct condition {
    struct str text;
    bool takes_uncertain; /* a term is "possible": findings that only may be are looked at */
    struct {
        VEC_OF(struct condition_term);
    } terms;
};
/* Conditions joined by ',': one is enough. */
struct conditions {
    VEC_OF(struct condition);
};

/**
 * Reads conditions. A term is a measure's name (flags), or name, relation (">=", ">", "=") and value.
 *
 * text   at most CONDITION_TEXT_MAX bytes
 * out    filled on success; texts borrowed
 * err    ERR_GATE; its subject is the text with "<?>" before what is wrong
 */
MUST_CHECK bool conditions_parse(struct str text, struct arena *arena, struct conditions *out,
                                 struct err *err);

/* Does the finding meet it? What is suppressed never does, and what only may be affected does when the condition says "possible". */
bool condition_is_met(const struct condition *condition, const struct finding *finding,
                      const struct priority *priority);
