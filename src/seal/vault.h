/* seal/vault.h: the keys of the desk, each for one purpose, derived from the master key. Later held by a keeper process. */
#pragma once
#include "seal/seal.h"

struct vault {
    struct seal_key cases; /* wraps each case's own key */
    struct seal_key
        identity; /* wraps the key of each finder's identity; nothing else is under it */
    struct seal_key receipts; /* a repeated submission gets the receipt and passphrase it had */
    struct seal_key secrets;  /* second factors, invitation tokens on their way */
    struct seal_key lookups;  /* keyed hashes: throttling, draft tokens, fingerprints of reports */
    struct seal_key rows;     /* MACs of rows */
    struct seal_box_keys intake;  /* public seals to it, desk opens */
    struct seal_sign_keys proofs; /* signs receipts of reports and checkpoints of the ledger */
};

struct vault vault_from(const struct seal_key *master);
void vault_wipe(struct vault *vault);
