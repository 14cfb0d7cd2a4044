/* formats/packages/packages_internal.h: lines, and adding to a list. */
#pragma once
#include "formats/packages/packages.h"

/* A text's lines, without their ends, counted from 1. */
struct lines {
    struct str rest;
    size_t number;
};
bool lines_next(struct lines *lines, struct str *line);

/* The next word, blanks before and behind it gone; false when there is none. */
bool word_next(struct str *rest, struct str *word);

/* "Name: value"; false when there is no colon. The value is trimmed. */
bool field_parse(struct str line, struct str *name, struct str *value);

/* ERR_TOO_LARGE */
MUST_CHECK bool packages_add(struct packages *out, struct arena *arena,
                             const struct package *package, struct err *err);
void packages_problem(struct packages *out, struct arena *arena, size_t line, const char *what,
                      struct str subject);
/* ERR_INVENTORY with line and reason */
bool packages_fail(struct err *err, size_t line, const char *what);
