/* outside/pgp.h: OpenPGP through gpgme, in the pgp process alone. Keys: RSA >= 2048, Ed25519/X25519, NIST curves; refused: DSA, ElGamal, expired, revoked, no encryption subkey. */
#pragma once
#include "base/arena.h"
#include "base/utc.h"
#include "base/vec.h"

struct err;
struct pgp;

struct pgp_key {
    struct str fingerprint; /* 40 or 64 upper-case hex digits */
    struct str algorithm;   /* "RSA 3072", "Ed25519/X25519" */
    struct {
        VEC_OF(struct str);
    } uids;
    struct utc expires; /* 0: never */
};

/* home: its own folder, mode 0700; signer: the service's own key is made there at first start ("Noroshi <from address>"), Ed25519. ERR_PGP */
MUST_CHECK bool pgp_open(const char *home, struct str signer_name, struct str signer_address,
                         struct pgp **out, struct err *err);
void pgp_close(struct pgp *pgp); /* ends the agent too */
DEFINE_CLEANUP(struct pgp, pgp_close)

struct str pgp_own_key(struct pgp *pgp, struct arena *arena); /* armored public key */
MUST_CHECK bool pgp_inspect(struct pgp *pgp, struct str armored, struct arena *arena,
                            struct pgp_key *out, struct err *err);
/* Encrypts to the one key in `armored` (its fingerprint must be the one given) and signs with our own. Armored. Nothing leaves on failure. */
MUST_CHECK bool pgp_encrypt(struct pgp *pgp, struct str armored, struct str fingerprint,
                            struct str plain, struct arena *arena, struct str *out,
                            struct err *err);
