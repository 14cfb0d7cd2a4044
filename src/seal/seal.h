/* seal/seal.h: what is kept under key, and the small cryptographic tools of the house. All of it is libsodium's. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct err;

enum { SEAL_KEY_BYTES = 32, SEAL_HASH_BYTES = 32, SEAL_OVERHEAD = 24 + 16, SEAL_BOX_OVERHEAD = 48 };

struct seal_key {
    unsigned char bytes[SEAL_KEY_BYTES];
};

/* Once a process, before anything here. ERR_BUG when libsodium refuses. */
MUST_CHECK bool seal_start(struct err *err);

/* ---- keys ---- */
struct seal_key seal_key_new(void); /* from the kernel's random source */
void seal_key_wipe(struct seal_key *key);
/* The file holds 32 bytes as 64 hex digits; its mode must be 0600 or 0400. ERR_KEY_MISSING, ERR_IO */
MUST_CHECK bool seal_key_read(const char *path, struct seal_key *out, struct err *err);
/* Makes it if missing (0600, synced); never overwrites. */
MUST_CHECK bool seal_key_make(const char *path, struct err *err);
/* A key for one purpose ("identity", "receipt", "row-mac"), derived from another; label at most 64 bytes. */
struct seal_key seal_derive(const struct seal_key *from, struct str label);

/* ---- sealed texts: XChaCha20-Poly1305, random nonce; `about` is bound to it ("case 12 report.vuln") and must be the same at opening ---- */
struct str seal_text(const struct seal_key *key, struct str about, struct str plain,
                     struct arena *arena);
/* ERR_SEAL_BROKEN when key, bytes or `about` are not the ones it was sealed with. */
MUST_CHECK bool seal_open(const struct seal_key *key, struct str about, struct str sealed,
                          struct arena *arena, struct str *out, struct err *err);
/* A key kept under another key. */
struct str seal_wrap(const struct seal_key *wrapping, struct str about, const struct seal_key *key,
                     struct arena *arena);
MUST_CHECK bool seal_unwrap(const struct seal_key *wrapping, struct str about, struct str wrapped,
                            struct seal_key *out, struct err *err);

/* ---- sealed boxes: whoever seals cannot open again (public world to desk) ---- */
struct seal_box_keys {
    struct seal_key public_key, secret_key;
};
struct seal_box_keys
seal_box_keys_from(const struct seal_key *seed); /* the same seed gives the same pair */
struct str seal_box(const struct seal_key *public_key, struct str plain, struct arena *arena);
MUST_CHECK bool seal_box_open(const struct seal_box_keys *keys, struct str sealed,
                              struct arena *arena, struct str *out, struct err *err);

/* ---- signatures: Ed25519; with the public key anybody can check, and only the holder of the seed can sign ---- */
enum { SEAL_SIGNATURE_BYTES = 64 };
struct signature {
    unsigned char bytes[SEAL_SIGNATURE_BYTES];
};
struct seal_sign_keys {
    struct seal_key public_key;
    unsigned char secret[64];
};
struct seal_sign_keys
seal_sign_keys_from(const struct seal_key *seed); /* the same seed gives the same pair */
void seal_sign_keys_wipe(struct seal_sign_keys *keys);
struct signature seal_sign(const struct seal_sign_keys *keys, struct str text);
bool seal_signed(const struct seal_key *public_key, struct str text,
                 const struct signature *signature);

/* ---- hexadecimal: lower case out, either case in; false unless the text is `count` bytes exactly ---- */
struct str seal_hex(const void *bytes, size_t count, struct arena *arena);
bool seal_unhex(struct str text, void *bytes, size_t count);

/* Base64 with its padding (RFC 4648, section 4). */
struct str seal_base64(const void *bytes, size_t count, struct arena *arena);

/* ---- hashes ---- */
struct hash {
    unsigned char bytes[SEAL_HASH_BYTES];
};
struct hash hash_of(struct str bytes); /* BLAKE2b-256 */
struct hash hash_keyed(const struct seal_key *key,
                       struct str bytes); /* BLAKE2b-256 with key: a MAC */
struct hash hash_sha256(struct str bytes);
/* HMAC-SHA-256 (RFC 2104, FIPS 198-1): what others can check as well. */
struct hash hash_hmac_sha256(const struct seal_key *key, struct str bytes);
struct str hash_sha512_hex(struct str bytes, struct arena *arena);
struct str hash_hex(struct hash hash, struct arena *arena);
struct str hash_str(const struct hash *hash); /* its 32 bytes, borrowed */
bool hash_eq(struct hash a, struct hash b);   /* constant time */
bool secret_eq(struct str a, struct str b);   /* constant time for equal lengths */

/* Piece by piece. */
struct hash_stream {
    _Alignas(64) unsigned char state[448];
};
void hash_begin(struct hash_stream *stream);
void hash_add(struct hash_stream *stream,
              struct str bytes); /* adds length and bytes, so that pieces cannot flow together */
/* The bytes alone: hash_end gives what hash_of gives of all of them. */
void hash_add_bytes(struct hash_stream *stream, struct str bytes);
struct hash hash_end(struct hash_stream *stream);

/* ---- randomness and ids ---- */
void random_fill(void *bytes, size_t count);
uint32_t random_below(uint32_t limit);
enum { PUBLIC_ID_LENGTH = 26 };
/* 128 random bits in lower-case Crockford base32 (26 characters): the id of an object in every URL, mail and interface. */
struct str public_id_new(struct arena *arena);
bool public_id_is(struct str text);
struct str random_token(struct arena *arena); /* 256 bits, base32, 52 characters */
struct str random_code(struct arena *arena, size_t groups,
                       size_t width); /* "7K3M-92QF": upper-case Crockford without I L O U */
/* The same shape from a key and a text: the same text gives the same code (a repeated submission gets the receipt it had). */
struct str derived_code(const struct seal_key *key, struct str text, size_t groups, size_t width,
                        struct arena *arena);
/* As people type it: lower case, blanks, missing or other dashes, O for 0, I and L for 1. STR_NONE when it cannot be one. */
struct str code_normal(struct arena *arena, struct str typed, size_t groups, size_t width);

/* ---- passwords: Argon2id, 64 MiB, t = 3, p = 1 (C04); a fixed number at once, others wait ---- */
MUST_CHECK bool password_hash(struct str password, struct arena *arena, struct str *out,
                              struct err *err);
bool password_matches(struct str password,
                      struct str hash); /* an empty hash costs the same and says no */
bool password_is_old(struct str hash);  /* made with other parameters: hash anew at login */
