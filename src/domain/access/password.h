/* domain/access/password.h: which passwords are refused. Pure. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum { PASSWORD_MIN = 12 /* characters */, PASSWORD_MAX = 1024 /* bytes */ };

/**
 * What is wrong with a new password; NULL when it may be used. Any characters, no rules of composition.
 *
 * about   words it must not hold: the person's name, the local part of the address, the organisation's name; words under four
 *         characters are not looked for
 * Returns a msgid.
 * Rule:   C03
 */
const char *password_fault(struct str password, const struct str *about, size_t count,
                           struct arena *arena);
