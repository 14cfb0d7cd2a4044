/* faces/cli/demo/stage.h: plays the cases, one deed after the other in the order of their days, through the same functions as the desk. */
#pragma once
#include "domain/advisory/publishing.h"
#include "faces/cli/demo/cast.h"
#include "faces/cli/demo/plot.h"

struct actor;
struct stage {
    const struct casework *casework;
    const struct cast *cast;
    struct store *desk;
    struct world *world;
    struct number_prefixes prefixes;
    struct actor *actors; /* one for each story, while it plays */
    struct utc now;       /* the real present: nothing is played beyond it */
    struct buf
        receipts; /* receipt and passphrase of reports whose finders wait, for the list of logins */
};

/* The day of a story, at midnight. */
struct utc stage_day(const struct stage *stage, const struct story *story, int day);
MUST_CHECK bool stage_play(struct stage *stage, struct err *err);
