/* Receipts of reports and the checkpoints of the ledger that bind them. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/checkpoint.h"

static struct tx *write_tx(struct desk_fixture *f)
{
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    return tx;
}

static struct product_case reported(struct desk_fixture *f, struct tx *tx, const char *draft,
                                    int64_t id, struct receipt *receipt)
{
    struct product_case c;

    MUST(f, intake_submit(&f->w, tx, testing_form(f), str_from_z(draft), LANG_JA, STR("FORM"),
                          f->now, f->arena, receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, id, f->arena, &c, &f->err));
    return c;
}

static struct proof kept_proof(struct desk_fixture *f, struct tx *tx, const struct product_case *c,
                               struct receipt_kept *kept)
{
    struct proof proof;

    MUST(f, receipt_load(&f->w, tx, c, f->arena, kept, &f->err));
    MUST(f, proof_read(kept->file, f->arena, &proof, &f->err));
    return proof;
}

/* FND-04: what was reported and when, signed as soon as it is kept; who reported is not in it. */
static void receipt__proves_what_was_reported(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct receipt receipt;
    struct product_case c = reported(f, tx, "one", 1, &receipt);
    struct receipt_kept kept;
    struct proof proof = kept_proof(f, tx, &c, &kept);
    struct proof_others others = { .report = &kept.text, .key = &f->vault.proofs.public_key };

    assert_int_equal(proof_check(&proof, &others), PROOF_GOOD);
    assert_true(str_eq(proof_line(proof.receipt.statement, "number"), receipt.number));
    assert_true(str_eq(proof_line(proof.receipt.statement, "received"), utc_iso(f->arena, f->now)));
    assert_true(str_contains(kept.text, STR("canary-V")) &&
                str_contains(kept.text, STR("canary-X")));
    assert_false(str_contains(kept.text, STR("canary-I")) ||
                 str_contains(kept.text, STR("canary-i@")));
    assert_false(str_contains(kept.file, STR("canary")));
    assert_int_equal(kept.checkpoint_at.ms, 0);

    MUST(f, case_key_destroy(tx, c.id, &f->err)); /* what is deleted is not proved any more */
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, receipt_load(&f->w, tx, &c, f->arena, &kept, &f->err));
    assert_int_equal(kept.file.len + kept.text.len, 0);
    tx_end(tx);
}

static bool make(struct desk_fixture *f, struct tx *tx, struct utc now)
{
    bool made;

    MUST(f, checkpoint_make(&f->w, tx, now, &made, &f->err));
    return made;
}

/* One a day, each with the one before; every receipt proves itself by the first after it; the ledger still verifies. */
static void checkpoint__binds_the_receipts_of_its_day(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct checkpoints all;
    struct receipt receipt;
    struct product_case first, second;
    struct receipt_kept kept;
    struct hash head;
    int64_t entries;
    struct proof proof;

    assert_false(make(f, tx, f->now)); /* nothing has happened yet */
    first = reported(f, tx, "one", 1, &receipt);
    assert_true(make(f, tx, f->now));
    assert_false(make(f, tx, f->now)); /* once a day */
    second = reported(f, tx, "two", 2, &receipt);
    assert_true(make(f, tx, utc_add_days(f->now, 1)));
    MUST(f, checkpoint_unpublished(tx, f->arena, &all, &f->err));
    assert_int_equal(all.len, 2);
    assert_true(str_eq(proof_line(all.at[1].proof.statement, "previous"),
                       hash_hex(hash_sha256(all.at[0].proof.statement), f->arena)));

    proof = kept_proof(f, tx, &first, &kept);
    assert_true(str_eq(proof.checkpoint.statement, all.at[0].proof.statement));
    assert_int_equal(proof_check(&proof, &(struct proof_others){ .report = &kept.text,
                                                                 .checkpoint = &all.at[0].proof }),
                     PROOF_GOOD);
    proof = kept_proof(f, tx, &second, &kept);
    assert_int_equal(proof_check(&proof, &(struct proof_others){ .checkpoint = &all.at[1].proof }),
                     PROOF_GOOD);
    assert_int_equal(proof_check(&proof, &(struct proof_others){ .checkpoint = &all.at[0].proof }),
                     PROOF_OTHER_CHECKPOINT);
    assert_int_equal(all.at[0].proof.statement.len, all.at[1].proof.statement.len);

    MUST(f, checkpoint_done(tx, &all.at[0], f->now, &f->err));
    MUST(f, checkpoint_unpublished(tx, f->arena, &all, &f->err));
    assert_int_equal(all.len, 1);
    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(receipt__proves_what_was_reported, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(checkpoint__binds_the_receipts_of_its_day, desk_fixture_up,
                                        desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
