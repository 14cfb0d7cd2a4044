/* domain/casework/invite.h: many developers join a case at once, from lines that an officer pastes: read, held against the developer list, tried
 * out, and added together. Looking writes nothing and can be repeated; so can adding: who takes part already stays as it is. */
#pragma once
#include "domain/access/directory.h"
#include "domain/casework/coordination.h"

enum { INVITE_LINES_MAX = 500, INVITE_LINE_MAX = 300 /* code points */ };

/* What would become of a line. */
enum invite_outcome {
    INVITE_JOINS,    /* one developer, which would join */
    INVITE_ASKS,     /* several may be meant, or one that only resembles it: somebody chooses */
    INVITE_UNKNOWN,  /* nobody on the list */
    INVITE_IN_CASE,  /* takes part already, or did once */
    INVITE_LEFT_OUT, /* left out of later handling (CFD-07) */
    INVITE_AGAIN,    /* an earlier line means the same one */
    INVITE_TOO_LONG,
    INVITE_OUTCOMES
};
struct invite_candidate {
    struct directory_hit hit;
    enum joining joining;
};
struct invite_line {
    unsigned number; /* in what was pasted, from 1 */
    struct str text, name, product;
    enum invite_outcome outcome;
    struct {
        VEC_OF(struct invite_candidate);
    } candidates;  /* INVITE_ASKS: all that could join; else the one, or none */
    bool has_more; /* candidates than are shown */
};
struct invite_lines {
    VEC_OF(struct invite_line);
};

/**
 * Holds each line against the developer list and tries out what would happen if it were added (the policy of coordination_joining): nothing is
 * written. A line is a name, an id of the list, a mail address or a domain; then, behind a tab or the last comma, a product if one is to be named.
 * Empty lines are passed over.
 *
 * text   as pasted, UTF-8; at most INVITE_LINES_MAX lines that are not empty, else ERR_TOO_LARGE
 * err    ERR_TOO_LARGE, ERR_NOT_YOUR_MOVE, ERR_NO_SUCH_MOVE (the case takes nobody in)
 * Rule:  COO-06 CFD-07
 */
MUST_CHECK bool invite_look(struct tx *tx, const struct subject *who, const struct product_case *c,
                            struct str text, struct arena *arena, struct invite_lines *out,
                            struct err *err);
/**
 * The chosen ones join, all or none; who takes part already is passed over. Nobody is told yet (COO-08 is a step of its own).
 *
 * organisations  public ids, at most INVITE_LINES_MAX, else ERR_TOO_LARGE
 * added          how many joined by this
 * err            as coordination_add
 * Rule:          COO-06 COO-07 CFD-07
 */
MUST_CHECK bool invite_all(const struct casework *w, struct tx *tx, const struct subject *who,
                           struct product_case *c, const struct organisation_ids *organisations,
                           struct utc now, struct arena *arena, int64_t *added, struct err *err);
