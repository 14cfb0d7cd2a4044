/* faces/desk/intake/intake.h: what the public process hands over: sealed reports, and sealed pieces of files. */
#pragma once
#include "faces/desk/context.h"

struct message;

/* What public may send; for peer_serve. */
extern const unsigned desk_intake_messages[];

/**
 * A peer_handler. Opens what came with the intake's key, checks all of it again, keeps it, and answers once it is on the disk for good.
 *
 * context  struct desk
 * err      what the public side tells the finder: ERR_INPUT, ERR_TOO_LARGE, ERR_UNAVAILABLE, …
 * Rule:    INT-01, FND-01, GEN-05
 */
bool desk_intake_handle(void *context, const struct message *message, struct arena *arena,
                        struct str *reply, struct err *err);
