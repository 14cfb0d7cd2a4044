/* domain/access/address.h: a mail address as it identifies an account. Pure. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum { ADDRESS_MAX = 254 };

/* Trimmed and in lower case, or STR_NONE when it is none we can write to (formats/mailaddr). Lives in arena. */
struct str address_normal(struct arena *arena, struct str typed);
