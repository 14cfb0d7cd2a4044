/* faces/cli/jail.h: a child of this command that reads what strangers wrote: it has one descriptor to read from, memory, time, and a pipe
 * for its answers, nothing else. What it answers is a stranger's word too: check it. Rule: C25 */
#pragma once
#include <sys/types.h>

#include "faces/cli/cli.h"

struct jail; /* the child's side */

struct jail_limits {
    uint64_t memory;     /* bytes it may take beyond what it starts with */
    unsigned step_ms;    /* processor time from one jail_turn or jail_beat to the next */
    unsigned seconds;    /* processor time in all; 0: as long as it goes on */
    uint32_t answer_max; /* bytes of one answer */
};

struct jail_job {
    int input; /* a descriptor for reading; -1: none. Of a file that can be rewound when is_stepwise */
    struct jail_limits limits; /* of each child */
    /* In a child of its own beside the first, under the same limits: has the input, and makes what the work reads in its place with jail_feed. So
     * the two share the time, and what one needs of memory the other has not. NULL: the work reads the input itself. */
    bool (*feed)(struct jail *jail, void *task, struct err *err);
    /* In the child. What it finds wrong is *err, as everywhere. */
    bool (*work)(struct jail *jail, void *task, struct err *err);
    /* In the parent: each answer, in order. false ends the child. */
    bool (*take)(void *task, struct str answer, struct err *err);
    /* In the parent, about ten times a second; may be NULL. place: what the child said last, of the first or a later start. */
    void (*tick)(void *task, uint64_t place);
    void *task;
    /* The work goes step by step, one answer each. When the child dies or takes too long at one, a fresh child starts from the beginning of
     * the input, passes over the steps that are answered, and is told to set that one aside. */
    bool is_stepwise;
};

enum jail_end {
    JAIL_DONE,
    JAIL_REFUSED, /* the work said no: its *err */
    JAIL_DIED,    /* ERR_WORKER */
    JAIL_OVERRAN, /* ERR_WORKER */
    JAIL_STOPPED  /* by us: take's *err, or the system gave no child (ERR_IO, ERR_SANDBOX) */
};
enum { JAIL_ASIDE_MAX = 64 }; /* steps of one job that may be set aside before it is given up */

/**
 * Runs the job to its end. *err is set by all ends but JAIL_DONE.
 *
 * answered   steps that were answered; may be NULL
 * Rule:      C25, T46
 */
MUST_CHECK enum jail_end jail_run(const struct app *app, const struct jail_job *job,
                                  uint64_t *answered, struct err *err);

/* ---- for the work ---- */

int jail_input(const struct jail *jail); /* of feed, and of a work without one */
/* Up to size bytes of the input, or of what was fed; 0 at its end, -1 with ERR_IO, what stopped feed, or ERR_WORKER when it died */
ssize_t jail_read(struct jail *jail, char *at, size_t size, struct err *err);
/* feed alone. ERR_IO when nobody reads any more */
MUST_CHECK bool jail_feed(struct jail *jail, struct str bytes, struct err *err);
/* It lives: the time of a step begins anew. place: for the progress bar, bytes of the input used so far; of a work that is fed it does not
 * count. */
void jail_beat(struct jail *jail, uint64_t place);

enum jail_turn {
    JAIL_DO,            /* answer this step */
    JAIL_PASS,          /* it is answered already: no answer */
    JAIL_ASIDE_DIED,    /* do not touch it, answer that */
    JAIL_ASIDE_OVERRAN, /* the same */
};
/* Begins the next step. */
enum jail_turn jail_turn(struct jail *jail);
/* Ends the step, if the job has steps. ERR_TOO_LARGE, ERR_IO when the parent is gone */
MUST_CHECK bool jail_answer(struct jail *jail, struct str answer, struct err *err);
