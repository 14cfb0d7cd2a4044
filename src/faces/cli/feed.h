/* faces/cli/feed.h: what `noroshi feed` does. */
#pragma once
#include "faces/cli/deskwork.h"

/**
 * words: "add NAME URL …", without the command's own name.
 *
 * out    what is to be printed
 * err    ERR_USAGE; ERR_INPUT names the part that cannot be; ERR_ABSENT: there is no such feed
 */
MUST_CHECK bool feed_command(const struct deskwork *desk, const struct words *words,
                             struct arena *arena, struct str *out, struct err *err);
