#include "seal/seal.h"

#include <sodium.h>

static const unsigned char *bytes_of(struct str s) { return (const unsigned char *)s.ptr; }

struct hash hash_of(struct str bytes)
{
    struct hash hash;

    crypto_generichash(hash.bytes, sizeof hash.bytes, bytes_of(bytes), bytes.len, NULL, 0);
    return hash;
}

struct hash hash_keyed(const struct seal_key *key, struct str bytes)
{
    struct hash hash;

    crypto_generichash(hash.bytes, sizeof hash.bytes, bytes_of(bytes), bytes.len, key->bytes,
                       sizeof key->bytes);
    return hash;
}

struct hash hash_sha256(struct str bytes)
{
    struct hash hash;

    _Static_assert(crypto_hash_sha256_BYTES == SEAL_HASH_BYTES, "one size of hash");
    crypto_hash_sha256(hash.bytes, bytes_of(bytes), bytes.len);
    return hash;
}

struct hash hash_hmac_sha256(const struct seal_key *key, struct str bytes)
{
    struct hash mac;

    _Static_assert(crypto_auth_hmacsha256_BYTES == SEAL_HASH_BYTES, "one size of hash");
    _Static_assert(crypto_auth_hmacsha256_KEYBYTES == SEAL_KEY_BYTES, "one size of key");
    crypto_auth_hmacsha256(mac.bytes, bytes_of(bytes), bytes.len, key->bytes);
    return mac;
}

struct str seal_base64(const void *bytes, size_t count, struct arena *arena)
{
    size_t size = sodium_base64_ENCODED_LEN(count, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_alloc(arena, size);

    sodium_bin2base64(text, size, bytes, count, sodium_base64_VARIANT_ORIGINAL);
    return (struct str){ text, size - 1 };
}

static struct str hex_of(const unsigned char *bytes, size_t size, struct arena *arena)
{
    char *text = arena_alloc(arena, 2 * size + 1);

    sodium_bin2hex(text, 2 * size + 1, bytes, size);
    return (struct str){ text, 2 * size };
}

struct str hash_sha512_hex(struct str bytes, struct arena *arena)
{
    unsigned char hash[crypto_hash_sha512_BYTES];

    crypto_hash_sha512(hash, bytes_of(bytes), bytes.len);
    return hex_of(hash, sizeof hash, arena);
}

struct str hash_hex(struct hash hash, struct arena *arena)
{
    return hex_of(hash.bytes, sizeof hash.bytes, arena);
}

struct str hash_str(const struct hash *hash)
{
    return (struct str){ (const char *)hash->bytes, sizeof hash->bytes };
}

bool hash_eq(struct hash a, struct hash b)
{
    return sodium_memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

bool secret_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.ptr, b.ptr, a.len) == 0);
}

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(struct hash_stream), "the state fits");
_Static_assert(_Alignof(crypto_generichash_state) <= _Alignof(struct hash_stream),
               "and is aligned");

static crypto_generichash_state *state_of(struct hash_stream *stream)
{
    return (crypto_generichash_state *)(void *)stream->state;
}

void hash_begin(struct hash_stream *stream)
{
    crypto_generichash_init(state_of(stream), NULL, 0, SEAL_HASH_BYTES);
}

void hash_add(struct hash_stream *stream, struct str bytes)
{
    unsigned char length[8];

    for (size_t i = 0; i < sizeof length; i++)
        length[i] = (unsigned char)((uint64_t)bytes.len >> (56 - 8 * i));
    crypto_generichash_update(state_of(stream), length, sizeof length);
    crypto_generichash_update(state_of(stream), bytes_of(bytes), bytes.len);
}

void hash_add_bytes(struct hash_stream *stream, struct str bytes)
{
    crypto_generichash_update(state_of(stream), bytes_of(bytes), bytes.len);
}

struct hash hash_end(struct hash_stream *stream)
{
    struct hash hash;

    crypto_generichash_final(state_of(stream), hash.bytes, sizeof hash.bytes);
    return hash;
}
