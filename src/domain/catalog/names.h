/* domain/catalog/names.h: vendors and products by any part of their names, so that looking one up does not go through all of them. */
#pragma once
#include "base/arena.h"

struct err;
struct tx;

enum { NAMES_PART_MIN = 3 }; /* characters; a shorter part has to be looked for in all names */

/* Takes in what came since the last time; all of them when JVN's dictionary, which names what is there already, has changed. ERR_STORE */
MUST_CHECK bool names_renew(struct tx *tx, struct err *err);
/* A question to vendor_names and product_names for this part, folded; empty when it is too short to be asked. */
struct str names_question(struct str part, struct arena *arena);
