#include "seal/vault.h"

struct vault vault_from(const struct seal_key *master)
{
    struct seal_key seed = seal_derive(master, STR("intake box")),
                    proof_seed = seal_derive(master, STR("proofs"));
    struct vault vault = {
        .cases = seal_derive(master, STR("case keys")),
        .identity = seal_derive(master, STR("finder identity")),
        .receipts = seal_derive(master, STR("receipts")),
        .secrets = seal_derive(master, STR("account secrets")),
        .lookups = seal_derive(master, STR("lookups")),
        .rows = seal_derive(master, STR("row macs")),
        .intake = seal_box_keys_from(&seed),
        .proofs = seal_sign_keys_from(&proof_seed),
    };

    seal_key_wipe(&seed);
    seal_key_wipe(&proof_seed);
    return vault;
}

void vault_wipe(struct vault *vault)
{
    seal_key_wipe(&vault->cases);
    seal_key_wipe(&vault->identity);
    seal_key_wipe(&vault->receipts);
    seal_key_wipe(&vault->secrets);
    seal_key_wipe(&vault->lookups);
    seal_key_wipe(&vault->rows);
    seal_key_wipe(&vault->intake.secret_key);
    seal_sign_keys_wipe(&vault->proofs);
}
