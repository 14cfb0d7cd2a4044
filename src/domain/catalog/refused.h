/* domain/catalog/refused.h: what imports could not take, to be looked at: where it stood, why, and how it begins. */
#pragma once
#include "base/arena.h"
#include "base/utc.h"
#include "base/vec.h"

struct err;
struct tx;

struct refusal {
    int64_t id, line; /* line 0: the whole file */
    struct str file, reason;
    struct utc at;    /* when its import began */
    bool is_kept;     /* its bytes are here, so that a better reader can take them */
    struct str bytes; /* of refusal_find alone: how it begins, as text; empty where it is none */
};
struct refusals {
    VEC_OF(struct refusal);
};

enum { REFUSAL_SHOWN = 4000 /* bytes */ };

/* The latest first. words: stand in the file's name or in the reason; empty: all. ERR_STORE */
MUST_CHECK bool refusal_list(struct tx *tx, struct str words, size_t offset, size_t limit,
                             struct arena *arena, struct refusals *out, int64_t *count,
                             struct err *err);
/* ERR_ABSENT, ERR_ARCHIVE */
MUST_CHECK bool refusal_find(struct tx *tx, int64_t id, struct arena *arena, struct refusal *out,
                             struct err *err);
