#include "seal/seal.h"

#include <sodium.h>

_Static_assert(SEAL_SIGNATURE_BYTES == crypto_sign_BYTES, "a signature of Ed25519");
_Static_assert(sizeof((struct seal_sign_keys *)0)->secret == crypto_sign_SECRETKEYBYTES,
               "a secret key of Ed25519");
_Static_assert(SEAL_KEY_BYTES == crypto_sign_SEEDBYTES &&
                   SEAL_KEY_BYTES == crypto_sign_PUBLICKEYBYTES,
               "keys of Ed25519");

struct seal_sign_keys seal_sign_keys_from(const struct seal_key *seed)
{
    struct seal_sign_keys keys;

    crypto_sign_seed_keypair(keys.public_key.bytes, keys.secret, seed->bytes);
    return keys;
}

void seal_sign_keys_wipe(struct seal_sign_keys *keys)
{
    sodium_memzero(keys->secret, sizeof keys->secret);
}

struct signature seal_sign(const struct seal_sign_keys *keys, struct str text)
{
    struct signature signature;

    crypto_sign_detached(signature.bytes, NULL, (const unsigned char *)text.ptr, text.len,
                         keys->secret);
    return signature;
}

bool seal_signed(const struct seal_key *public_key, struct str text,
                 const struct signature *signature)
{
    return crypto_sign_verify_detached(signature->bytes, (const unsigned char *)text.ptr, text.len,
                                       public_key->bytes) == 0;
}

struct str seal_hex(const void *bytes, size_t count, struct arena *arena)
{
    char *text = ARENA_NEW_N(arena, 2 * count + 1, char);

    sodium_bin2hex(text, 2 * count + 1, bytes, count);
    return (struct str){ text, 2 * count };
}

bool seal_unhex(struct str text, void *bytes, size_t count)
{
    size_t got;

    return text.len == 2 * count &&
           sodium_hex2bin(bytes, count, text.ptr, text.len, NULL, &got, NULL) == 0 && got == count;
}
