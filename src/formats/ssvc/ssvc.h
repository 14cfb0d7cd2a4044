/* formats/ssvc/ssvc.h: decision tables of SSVC (CISA, CERT/CC): what to do about a vulnerability, from a few points that are answered. Pure. */
#pragma once
#include "base/arena.h"
#include "base/tr.h"

enum { SSVC_POINTS_MAX = 7 };

/* A value of a point. name is the standard's, words a msgid that says it to people. */
struct ssvc_value {
    const char *key, *name, *words; /* "P", "Public PoC" */
    const char *old;                /* its name in older versions, "PoC"; NULL: the same */
};
struct ssvc_point {
    const char *id, *name, *words;   /* "ssvc:E:1.1.0", "Exploitation" */
    const struct ssvc_value *values; /* the mildest first */
    size_t count;
};
struct ssvc_table {
    const char *key; /* "deployer": as our own interfaces name it */
    const char *id;  /* "ssvc:DT_DP:1.0.0" */
    const char *name, *words;
    const struct ssvc_point *points[SSVC_POINTS_MAX];
    size_t count;
    const struct ssvc_point *outcome;
    const char *
        cells; /* for each combination, the last point's values going round fastest, the place of the outcome */
};

size_t ssvc_tables(const struct ssvc_table **out);        /* all of them */
const struct ssvc_table *ssvc_find(struct str key_or_id); /* NULL: there is no such table */

/* What is known of the points of a table: the place of the value + 1; 0: not known. Starts as { 0 }. */
struct ssvc_choice {
    unsigned char value[SSVC_POINTS_MAX];
};

/* Point and value by key, name or id, in any case, with "-" or "_" for blanks: ("Exploitation", "poc"). False when the table has no such point or the point no such value. */
MUST_CHECK bool ssvc_choose(const struct ssvc_table *table, struct str point, struct str value,
                            struct ssvc_choice *choice);

/* Places among the values of table->outcome: the mildest and the gravest that the known points allow; equal when all that matters is known. */
struct ssvc_outcome {
    size_t least, most;
};
/* Rule: STD-01 (SSVC decision tables) */
struct ssvc_outcome ssvc_decide(const struct ssvc_table *table, const struct ssvc_choice *choice);

/* How it came about, in words: "State of exploitation: Active exploitation; …: unknown → At least …". In arena. */
struct str ssvc_path(const struct ssvc_table *table, const struct ssvc_choice *choice,
                     enum lang lang, struct arena *arena);
