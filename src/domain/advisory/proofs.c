#include "domain/advisory/proofs.h"

#include "base/err.h"
#include "base/record.h"
#include "store/store.h"

enum { MEMORY = 4 << 20, RECORD_MAX = 4096 };

static struct str name_of(struct utc at, struct arena *arena)
{
    return arena_printf(arena, CHECKPOINT_NAME "%.*s",
                        STR_ARG(str_take(utc_iso_jst(arena, at), STR("2026-11-21").len)));
}

static bool to_record(const struct casework *w, const struct proof_signed *proof,
                      struct arena *arena, struct str *out, struct err *err)
{
    struct seal_key key = w->vault->proofs.public_key;
    struct buf buf = buf_new(arena, RECORD_MAX);

    record_put(&buf, "file", proof_checkpoint_file(proof, arena));
    record_put(&buf, "key", seal_hex(key.bytes, sizeof key.bytes, arena));
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool is_due(struct store *desk, struct utc now, bool *due, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk, TX_READ, &tx, err) && checkpoint_is_due(tx, now, due, err) ? true
                                                                                     : PASS(err);
}

static bool make(const struct casework *w, struct store *desk, struct utc now, struct arena *arena,
                 struct checkpoints *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool made;

    return tx_begin(desk, TX_WRITE, &tx, err) && checkpoint_make(w, tx, now, &made, err) &&
                   checkpoint_unpublished(tx, arena, out, err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool done(struct store *desk, const struct checkpoint *one, struct utc now, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk, TX_WRITE, &tx, err) && checkpoint_done(tx, one, now, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool proofs_publish_due(const struct casework *w, struct store *desk, struct world *world,
                        struct utc now, size_t *count, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MEMORY);
    struct checkpoints due;
    bool is_time;

    if (count)
        *count = 0;
    if (!is_due(desk, now, &is_time, err))
        return PASS(err);
    if (!is_time)
        return true;
    if (!make(w, desk, now, arena, &due, err))
        return PASS(err);
    for (size_t i = 0; i < due.len; i++) {
        const struct checkpoint *one = &due.at[i];
        struct world_snapshot public = { name_of(one->made_at, arena), STR_NONE, one->made_at };

        if (!to_record(w, &one->proof, arena, &public.record, err) ||
            !world_publish_snapshot(world, &public, err) || !done(desk, one, now, err))
            return PASS(err);
    }
    if (count)
        *count = due.len;
    return true;
}
