#include "domain/casework/checkpoint.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/checkpoint.sql.h"
#include "domain/casework/due.h"
#include "domain/casework/words.h"
#include "store/store.h"
#include <string.h>

enum { RECORD_MAX = 4096, LEAVES_MEMORY = 256 << 20 };

static struct proof_signed sign(const struct vault *vault, struct str statement)
{
    return (struct proof_signed){ statement, seal_sign(&vault->proofs, statement) };
}

/* ---- receipts ---- */

bool receipt_issue(struct tx *tx, const struct subject *finder, struct product_case *c,
                   struct str number, struct str record, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct str statement = proof_receipt(number, now, proof_report_text(record, arena), arena);
    struct buf facts = buf_new(arena, RECORD_MAX), payload = buf_new(arena, RECORD_MAX);
    struct hash leaf = proof_leaf(statement);
    struct details details = { 0 };
    struct entry entry;

    record_put(&facts, "leaf", hash_hex(leaf, arena));
    record_put(&payload, "text", statement);
    return buf_done(&facts, &details.facts, err) && buf_done(&payload, &details.payload, err) &&
                   case_note(tx, finder, c, 0, "receipt.issued", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

static bool issued(struct tx *tx, const struct product_case *c, struct arena *arena, int64_t *seq,
                   int64_t *report_seq, struct utc *at, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *seq = 0;
    if (!store_select(tx, &sql_receipt_of_case, BINDS(bind_int("case_id", c->id)), arena, &rows,
                      err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0) {
        *seq = row_int(rows, "seq");
        *report_seq = row_int(rows, "submitted_seq");
        *at = row_utc(rows, "at");
    }
    return got >= 0 ? true : PASS(err);
}

static bool leaves_between(struct tx *tx, const struct vault *vault, int64_t after, int64_t upto,
                           struct arena *arena, struct proof_leaves *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct seal_key blind =
        seal_derive(&vault->lookups, arena_printf(arena, "checkpoint at %lld", (long long)upto));
    int got;

    *out = (struct proof_leaves){ 0 };
    if (!store_select(tx, &sql_checkpoint_leaves,
                      BINDS(bind_int("after", after), bind_int("upto", upto)), arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct hash leaf;

        if (!seal_unhex(record_get(row_text(rows, "facts"), "leaf"), leaf.bytes, sizeof leaf.bytes))
            return FAIL(err, LEDGER_BROKEN, STR("a receipt"));
        VEC_PUSH(arena, out, leaf);
    }
    if (got < 0)
        return PASS(err);
    proof_leaves_fill(out, &blind, arena);
    seal_key_wipe(&blind);
    return true;
}

static bool signature_of(struct rows *rows, struct signature *out, struct err *err)
{
    struct str bytes = row_text(rows, "signature");

    if (bytes.len != sizeof out->bytes)
        return FAIL(err, LEDGER_BROKEN, STR("a checkpoint"));
    memcpy(out->bytes, bytes.ptr, sizeof out->bytes);
    return true;
}

static bool add_checkpoint(const struct casework *w, struct tx *tx, int64_t seq,
                           struct arena *arena, struct proof *proof, struct utc *at,
                           struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct proof_leaves leaves;
    int64_t after, upto;
    int got;

    if (!store_select(tx, &sql_checkpoint_over, BINDS(bind_int("seq", seq)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    proof->checkpoint.statement = row_text(rows, "statement");
    *at = row_utc(rows, "made_at");
    after = row_int(rows, "after");
    upto = row_int(rows, "upto");
    if (!signature_of(rows, &proof->checkpoint.signature, err) ||
        !leaves_between(tx, w->vault, after, upto, arena, &leaves, err))
        return PASS(err);
    return proof_path_of(&leaves, proof_leaf(proof->receipt.statement), arena, &proof->path)
               ? true
               : FAIL(err, LEDGER_BROKEN, STR("a receipt"));
}

bool receipt_load(const struct casework *w, struct tx *tx, const struct product_case *c,
                  struct arena *arena, struct receipt_kept *out, struct err *err)
{
    struct proof proof = { .key = w->vault->proofs.public_key };
    int64_t seq, report_seq;
    struct str record, report;

    *out = (struct receipt_kept){ 0 };
    if (!issued(tx, c, arena, &seq, &report_seq, &out->at, err))
        return PASS(err);
    if (!seq || c->key.is_destroyed)
        return true;
    if (!ledger_payload(tx, &c->key, seq, arena, &record, err) ||
        !ledger_payload(tx, &c->key, report_seq, arena, &report, err))
        return PASS(err);
    proof.receipt = sign(w->vault, record_get(record, "text"));
    if (!add_checkpoint(w, tx, seq, arena, &proof, &out->checkpoint_at, err))
        return PASS(err);
    out->file = proof_write(&proof, arena);
    out->text = proof_report_text(report, arena);
    return true;
}

/* ---- checkpoints ---- */

static bool last(struct tx *tx, struct arena *arena, int64_t *upto, struct utc *made_at,
                 struct str *statement, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *upto = 0;
    *made_at = (struct utc){ 0 };
    *statement = STR_NONE;
    if (!store_select(tx, &sql_checkpoint_last, NO_BINDS, arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0) {
        *upto = row_int(rows, "upto");
        *made_at = row_utc(rows, "made_at");
        *statement = row_text(rows, "statement");
    }
    return got >= 0 ? true : PASS(err);
}

static bool note(struct tx *tx, const struct proof_signed *checkpoint, struct utc now,
                 struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, RECORD_MAX);
    struct event event = { .kind = "checkpoint.made" };
    struct subject clock = subject_clock();
    struct entry entry;

    record_put(&facts, "statement", checkpoint->statement);
    return buf_done(&facts, &event.facts, err) &&
                   ledger_append(tx, NULL, &clock, &event, now, arena, &entry, err)
               ? true
               : PASS(err);
}

static bool is_new_day(int64_t after, struct utc made_at, struct utc now)
{
    return !after || utc_days_between(made_at, now) >= 1;
}

bool checkpoint_is_due(struct tx *tx, struct utc now, bool *is_due, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(RECORD_MAX * 4);
    struct str statement;
    struct utc made_at;
    int64_t after, open;

    if (!last(tx, arena, &after, &made_at, &statement, err) ||
        !store_number(tx, &sql_checkpoint_unpublished_count, NO_BINDS, 0, &open, err))
        return PASS(err);
    *is_due = open > 0 || is_new_day(after, made_at, now);
    return true;
}

bool checkpoint_make(const struct casework *w, struct tx *tx, struct utc now, bool *made,
                     struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(LEAVES_MEMORY);
    struct proof_signed checkpoint;
    struct proof_leaves leaves;
    struct str previous;
    struct utc made_at;
    int64_t after, upto;
    struct hash head;

    *made = false;
    if (!last(tx, arena, &after, &made_at, &previous, err))
        return PASS(err);
    if (!is_new_day(after, made_at, now))
        return true;
    if (!ledger_head(tx, arena, &upto, &head, err))
        return PASS(err);
    if (!upto) /* nothing has ever happened */
        return true;
    if (!leaves_between(tx, w->vault, after, upto, arena, &leaves, err))
        return PASS(err);
    checkpoint =
        sign(w->vault, proof_checkpoint(now, head, proof_root(&leaves, arena), previous, arena));
    *made = true;
    return store_exec(
               tx, &sql_checkpoint_add,
               BINDS(bind_int("upto", upto), bind_utc("now", now),
                     bind_text("statement", checkpoint.statement),
                     bind_blob("signature", (struct str){ (const char *)checkpoint.signature.bytes,
                                                          sizeof checkpoint.signature.bytes })),
               NULL, err) &&
                   note(tx, &checkpoint, now, arena, err)
               ? true
               : PASS(err);
}

bool checkpoint_unpublished(struct tx *tx, struct arena *arena, struct checkpoints *out,
                            struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct checkpoints){ 0 };
    if (!store_select(tx, &sql_checkpoint_unpublished, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct checkpoint one = { .upto = row_int(rows, "upto"),
                                  .made_at = row_utc(rows, "made_at"),
                                  .proof = { .statement = row_text(rows, "statement") } };

        if (!signature_of(rows, &one.proof.signature, err))
            return PASS(err);
        VEC_PUSH(arena, out, one);
    }
    return got == 0 ? true : PASS(err);
}

bool checkpoint_done(struct tx *tx, const struct checkpoint *checkpoint, struct utc now,
                     struct err *err)
{
    return store_exec(tx, &sql_checkpoint_done,
                      BINDS(bind_int("upto", checkpoint->upto), bind_utc("now", now)), NULL, err)
               ? true
               : PASS(err);
}
