/* outside/incoming.h: the folder in which the courier lays down what it fetched: one file a feed, there until it is taken in. Called in the courier alone. */
#pragma once
#include "base/attr.h"
#include "base/str.h"

struct err;

/* "feed12": a feed's number behind "feed", and nothing that leads out of the folder. */
bool incoming_is_name(struct str name);

/**
 * Removes every file in the folder but those that are named; folders in it stay.
 *
 * keep  a record of fields "name"
 * err   ERR_INPUT: a name that can be none (then nothing is removed), ERR_IO
 */
MUST_CHECK bool incoming_keep(const char *folder, struct str keep, struct err *err);
