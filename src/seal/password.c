#include "seal/seal.h"

#include "base/err.h"
#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { AT_ONCE = 2, PASSWORD_MAX = 1024 };
#define MEMORY (64ULL * 1024 * 1024)
#define PASSES 3ULL

/* Each costs 64 MiB for a tenth of a second: a crowd at the login must not take the machine. The
 * one piece of state here; it belongs to the machine's memory, not to a caller. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t is_free = PTHREAD_COND_INITIALIZER;
static int running;

static void enter(void)
{
    pthread_mutex_lock(&lock);
    while (running == AT_ONCE)
        pthread_cond_wait(&is_free, &lock);
    running++;
    pthread_mutex_unlock(&lock);
}

static void leave(void)
{
    pthread_mutex_lock(&lock);
    running--;
    pthread_cond_signal(&is_free);
    pthread_mutex_unlock(&lock);
}

bool password_hash(struct str password, struct arena *arena, struct str *out, struct err *err)
{
    char hash[crypto_pwhash_STRBYTES];
    int rc;

    if (password.len > PASSWORD_MAX)
        return FAIL(err, TOO_LARGE, STR("a password"));
    enter();
    rc = crypto_pwhash_str(hash, password.ptr ? password.ptr : "", password.len, PASSES, MEMORY);
    leave();
    if (rc != 0)
        return FAIL(err, UNAVAILABLE, STR("memory for a password"));
    *out = arena_str(arena, str_from_z(hash));
    return true;
}

/* With a NUL, as libsodium wants it; false when it cannot be one of ours. */
static bool hash_as_z(struct str hash, char out[crypto_pwhash_STRBYTES])
{
    if (!str_starts(hash, STR("$argon2id$")) || hash.len >= crypto_pwhash_STRBYTES ||
        memchr(hash.ptr, 0, hash.len))
        return false;
    memset(out, 0, crypto_pwhash_STRBYTES);
    memcpy(out, hash.ptr, hash.len);
    return true;
}

/* Rule: C04 */
bool password_matches(struct str password, struct str hash)
{
    /* Of no password: salt and hash are zeros. An account that does not exist is asked for this
     * one. */
    static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA"
                                 "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    char text[crypto_pwhash_STRBYTES];
    bool is_ours = hash_as_z(hash, text), matches;

    if (password.len > PASSWORD_MAX)
        return false;
    enter();
    matches = crypto_pwhash_str_verify(is_ours ? text : nobody, password.ptr ? password.ptr : "",
                                       password.len) == 0;
    leave();
    return matches && is_ours;
}

bool password_is_old(struct str hash)
{
    char text[crypto_pwhash_STRBYTES];

    return !hash_as_z(hash, text) || crypto_pwhash_str_needs_rehash(text, PASSES, MEMORY) != 0;
}
