/* domain/advisory/proofs.h: the daily checkpoints of the ledger on their way to the portal. */
#pragma once
#include "domain/advisory/world.h"
#include "domain/casework/checkpoint.h"

/* Of snapshots in the public world, "checkpoint-2026-11-21": a record of file (proof_checkpoint_file) and key (hex). */
#define CHECKPOINT_NAME "checkpoint-"

/* Makes the day's checkpoint when it is time and brings to the public world what is not there yet, whatever interrupted it. The caller has no
 * transaction open. count: how many became public; may be NULL. */
MUST_CHECK bool proofs_publish_due(const struct casework *w, struct store *desk,
                                   struct world *world, struct utc now, size_t *count,
                                   struct err *err);
