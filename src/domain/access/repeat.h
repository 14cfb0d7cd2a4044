/* domain/access/repeat.h: a program's writing request and what it was answered, so that the same request sent again is answered the same and does
 * nothing (C30). Kept in the transaction of the deed; the answer holds ids, no contents. */
#pragma once
#include "domain/access/deed.h"
#include "seal/seal.h"

enum { REPEAT_KEY_MIN = 16, REPEAT_KEY_MAX = 200, REPEAT_DAYS = 7 };

struct repeat {
    struct hash key, request; /* of what the program calls it, and of what it asked for */
    int64_t status;
    struct str answer, etag;
};
/* Fills status, answer and etag when deed->who has sent this before; *found false: it has not. ERR_REPEATED: the key, but for another request. */
MUST_CHECK bool repeat_find(const struct deed *deed, struct repeat *repeat, bool *found,
                            struct err *err);
MUST_CHECK bool repeat_keep(const struct deed *deed, const struct repeat *repeat, struct err *err);
/* Deletes what is older than REPEAT_DAYS. */
MUST_CHECK bool repeat_purge(struct tx *write, struct utc now, struct err *err);
