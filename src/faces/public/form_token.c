#include "faces/public/form_token.h"

static struct str token_of(const struct seal_key *key, int64_t hour, struct arena *arena)
{
    return hash_hex(hash_keyed(key, arena_printf(arena, "form token %lld", (long long)hour)),
                    arena);
}

struct str form_token_make(const struct seal_key *key, struct utc now, struct arena *arena)
{
    return token_of(key, now.ms / UTC_HOUR, arena);
}

bool form_token_is(const struct seal_key *key, struct str token, struct utc now,
                   struct arena *arena)
{
    bool found = false;

    for (int64_t i = 0; i <= FORM_TOKEN_HOURS; i++)
        found |= secret_eq(token, token_of(key, now.ms / UTC_HOUR - i, arena));
    return found;
}
