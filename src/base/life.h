/* base/life.h: a life is a table of moves; buttons, checks and audit all ask the same rows (conventions 6). */
#pragma once
#include "base/arena.h"
#include "base/err.h"

struct move {
    int from;
    unsigned who; /* roles, or-ed */
    int event, to;
    bool (*guard)(const void *facts); /* NULL: always allowed */
    const char *guard_name, *rule;    /* the rule's ids in requirements.md, blank-separated */
    const char *carries;              /* protocol events it carries, such as "RV RA"; "" for none */
};
#define IF(guard) guard, #guard
#define ALWAYS    0, ""

struct life {
    const char *name;
    const char *const *states; /* names by number; state 0 is the start, before anything */
    const char *const *events;
    size_t state_count, event_count;
    const struct move *moves;
    size_t move_count;
    unsigned final_states; /* bit n: state n has no way out */
};

/* Where the move leads. ERR_NO_SUCH_MOVE, ERR_NOT_YOUR_MOVE, ERR_NOT_READY (subject: guard's name). */
MUST_CHECK bool life_next(const struct life *life, int from, unsigned role, int event,
                          const void *facts, int *to, struct err *err);

/* The same question without an answer in words: for buttons. */
bool life_can(const struct life *life, int from, unsigned role, int event, const void *facts);

/* By name; -1 when there is none. */
int life_state(const struct life *life, struct str name);
int life_event(const struct life *life, struct str name);

/* Mermaid text of the diagram, for the docs; a test compares. */
MUST_CHECK bool life_diagram(const struct life *life, struct arena *arena, struct str *out,
                             struct err *err);

/* What a test asks of every life: reachable states, a way out of all but the final ones, no event twice from a state for
 * one role. False with a sentence in err->subject. */
MUST_CHECK bool life_check(const struct life *life, struct err *err);
