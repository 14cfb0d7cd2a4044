#include "domain/access/throttle.h"

#include "base/err.h"
#include "domain/access/throttle.sql.h"
#include <arpa/inet.h>
#include <string.h>

static struct hash key_of(const struct throttle *throttle, const char *kind, struct str about,
                          struct arena *arena)
{
    return hash_keyed(throttle->lookups, arena_printf(arena, "try %s %.*s", kind, STR_ARG(about)));
}

bool throttle_take(struct tx *write, const struct throttle *throttle, const char *kind,
                   struct str about, struct utc now, struct arena *arena, int64_t *id,
                   struct err *err)
{
    struct hash key = key_of(throttle, kind, about, arena);
    int64_t count;

    if (!store_exec(write, &sql_throttle_purge,
                    BINDS(bind_int("before", now.ms - throttle->window_ms)), NULL, err) ||
        !store_number(write, &sql_throttle_count,
                      BINDS(bind_blob("about", hash_str(&key)),
                            bind_int("since", now.ms - throttle->window_ms)),
                      0, &count, err))
        return PASS(err);
    if (count >= throttle->tries)
        return FAIL(err, TOO_MANY, str_from_z(kind));
    return store_insert(write, &sql_throttle_add,
                        BINDS(bind_blob("about", hash_str(&key)), bind_utc("now", now)), id, err)
               ? true
               : PASS(err);
}

bool throttle_forgive(struct tx *write, int64_t id, struct err *err)
{
    return store_exec(write, &sql_throttle_forget, BINDS(bind_int("id", id)), NULL, err)
               ? true
               : PASS(err);
}

bool throttle_clear(struct tx *write, const struct throttle *throttle, const char *kind,
                    struct str about, struct arena *arena, struct err *err)
{
    struct hash key = key_of(throttle, kind, about, arena);

    return store_exec(write, &sql_throttle_clear, BINDS(bind_blob("about", hash_str(&key))), NULL,
                      err)
               ? true
               : PASS(err);
}

struct str address_block(struct arena *arena, struct str address)
{
    const char *text = arena_z(arena, address);
    unsigned char v4[4], v6[16];
    char out[INET6_ADDRSTRLEN];

    if (inet_pton(AF_INET, text, v4) == 1)
        return arena_printf(arena, "%u.%u.%u.0/24", v4[0], v4[1], v4[2]);
    if (inet_pton(AF_INET6, text, v6) == 1) {
        memset(v6 + 7, 0, sizeof v6 - 7);
        if (inet_ntop(AF_INET6, v6, out, sizeof out))
            return arena_printf(arena, "%s/56", out);
    }
    return address;
}
