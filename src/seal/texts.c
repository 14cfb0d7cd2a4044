#include "seal/seal.h"

#include "base/err.h"
#include <assert.h>
#include <sodium.h>
#include <string.h>

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};
_Static_assert(NONCE + TAG == SEAL_OVERHEAD, "the header tells the overhead");
_Static_assert(crypto_box_SEALBYTES == SEAL_BOX_OVERHEAD, "the header tells the overhead");

static const unsigned char *bytes_of(struct str s) { return (const unsigned char *)s.ptr; }

/* out: plain.len + SEAL_OVERHEAD bytes: the nonce, then text and tag. */
static void seal_into(unsigned char *out, const struct seal_key *key, struct str about,
                      struct str plain)
{
    randombytes_buf(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, bytes_of(plain), plain.len,
                                               bytes_of(about), about.len, NULL, out, key->bytes);
}

/* out: sealed.len - SEAL_OVERHEAD bytes. */
static bool open_into(unsigned char *out, const struct seal_key *key, struct str about,
                      struct str sealed)
{
    const unsigned char *at = bytes_of(sealed);

    return crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, at + NONCE,
                                                      sealed.len - NONCE, bytes_of(about),
                                                      about.len, at, key->bytes) == 0;
}

struct str seal_text(const struct seal_key *key, struct str about, struct str plain,
                     struct arena *arena)
{
    size_t size = plain.len + SEAL_OVERHEAD;
    unsigned char *out = arena_alloc(arena, size);

    seal_into(out, key, about, plain);
    return (struct str){ (const char *)out, size };
}

bool seal_open(const struct seal_key *key, struct str about, struct str sealed, struct arena *arena,
               struct str *out, struct err *err)
{
    unsigned char *plain;

    if (sealed.len < SEAL_OVERHEAD)
        return FAIL(err, SEAL_BROKEN, about);
    plain = arena_alloc(arena, sealed.len - SEAL_OVERHEAD + 1);
    if (!open_into(plain, key, about, sealed))
        return FAIL(err, SEAL_BROKEN, about);
    *out = (struct str){ (const char *)plain, sealed.len - SEAL_OVERHEAD };
    return true;
}

struct str seal_wrap(const struct seal_key *wrapping, struct str about, const struct seal_key *key,
                     struct arena *arena)
{
    return seal_text(wrapping, about, (struct str){ (const char *)key->bytes, sizeof key->bytes },
                     arena);
}

bool seal_unwrap(const struct seal_key *wrapping, struct str about, struct str wrapped,
                 struct seal_key *out, struct err *err)
{
    struct seal_key key;

    if (wrapped.len != SEAL_KEY_BYTES + SEAL_OVERHEAD ||
        !open_into(key.bytes, wrapping, about, wrapped))
        return FAIL(err, SEAL_BROKEN, about);
    *out = key;
    seal_key_wipe(&key);
    return true;
}

struct seal_box_keys seal_box_keys_from(const struct seal_key *seed)
{
    struct seal_box_keys keys;

    _Static_assert(crypto_box_SEEDBYTES == SEAL_KEY_BYTES &&
                       crypto_box_PUBLICKEYBYTES == SEAL_KEY_BYTES &&
                       crypto_box_SECRETKEYBYTES == SEAL_KEY_BYTES,
                   "one size of key");
    crypto_box_seed_keypair(keys.public_key.bytes, keys.secret_key.bytes, seed->bytes);
    return keys;
}

struct str seal_box(const struct seal_key *public_key, struct str plain, struct arena *arena)
{
    size_t size = plain.len + SEAL_BOX_OVERHEAD;
    unsigned char *out = arena_alloc(arena, size);
    int rc = crypto_box_seal(out, bytes_of(plain), plain.len, public_key->bytes);

    /* It fails for a public key of low order alone; ours come from seal_box_keys_from. */
    assert(rc == 0);
    (void)rc;
    return (struct str){ (const char *)out, size };
}

bool seal_box_open(const struct seal_box_keys *keys, struct str sealed, struct arena *arena,
                   struct str *out, struct err *err)
{
    unsigned char *plain;

    if (sealed.len < SEAL_BOX_OVERHEAD)
        return FAIL(err, SEAL_BROKEN, STR("box"));
    plain = arena_alloc(arena, sealed.len - SEAL_BOX_OVERHEAD + 1);
    if (crypto_box_seal_open(plain, bytes_of(sealed), sealed.len, keys->public_key.bytes,
                             keys->secret_key.bytes) != 0)
        return FAIL(err, SEAL_BROKEN, STR("box"));
    *out = (struct str){ (const char *)plain, sealed.len - SEAL_BOX_OVERHEAD };
    return true;
}
