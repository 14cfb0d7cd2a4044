/* Receipts and checkpoints that strangers send: what is read is written again and read to the same. */
#include "base/err.h"
#include "domain/casework/proof.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)16 << 20);
    struct str text = { (const char *)data, size };
    struct proof_signed checkpoint;
    struct proof proof, again;
    struct err err = { 0 };

    if (proof_checkpoint_read(text, arena, &checkpoint, &err))
        (void)proof_line(checkpoint.statement, "receipts");
    if (!proof_read(text, arena, &proof, &err))
        return 0;
    (void)proof_check(&proof, &(struct proof_others){ 0 });
    if (!proof_read(proof_write(&proof, arena), arena, &again, &err) ||
        !str_eq(again.receipt.statement, proof.receipt.statement) ||
        again.path.len != proof.path.len)
        abort();
    return 0;
}
