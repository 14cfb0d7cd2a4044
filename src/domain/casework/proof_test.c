/* The receipt that proves what was reported and when, held against everything somebody could change in it. */
#include "base/testing.h"

#include "base/err.h"
#include "domain/casework/proof.h"
#include <string.h>

struct scene {
    struct arena *arena;
    struct seal_sign_keys keys;
    struct proof proof;
    struct str report;
};

static struct proof_signed sign(const struct scene *s, struct str statement)
{
    return (struct proof_signed){ statement, seal_sign(&s->keys, statement) };
}

static struct hash some_hash(struct arena *arena, int n)
{
    return hash_of(arena_printf(arena, "%d", n));
}

static struct proof_leaves leaves_with(struct scene *s, int others)
{
    struct seal_key blind = { { 1 } };
    struct proof_leaves leaves = { 0 };

    VEC_PUSH(s->arena, &leaves, proof_leaf(s->proof.receipt.statement));
    for (int i = 0; i < others; i++)
        VEC_PUSH(s->arena, &leaves, some_hash(s->arena, i));
    proof_leaves_fill(&leaves, &blind, s->arena);
    return leaves;
}

static void bind_it(struct scene *s, int others)
{
    struct proof_leaves leaves = leaves_with(s, others);

    s->proof.checkpoint =
        sign(s, proof_checkpoint((struct utc){ 1790000900000 }, some_hash(s->arena, 1),
                                 proof_root(&leaves, s->arena), STR("the one before"), s->arena));
    assert_true(
        proof_path_of(&leaves, proof_leaf(s->proof.receipt.statement), s->arena, &s->proof.path));
}

static int up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);
    struct seal_key seed = { { 42 } };
    struct err err = { 0 };

    assert_true(seal_start(&err));
    s->arena = arena_new(16 << 20);
    s->keys = seal_sign_keys_from(&seed);
    s->report = STR("== vuln_info\na shell\n\n");
    s->proof.key = s->keys.public_key;
    s->proof.receipt = sign(s, proof_receipt(STR("R-2026-7K3M-92QF"), (struct utc){ 1790000000000 },
                                             s->report, s->arena));
    *state = s;
    return 0;
}

static int down(void **state)
{
    struct scene *s = *state;

    arena_free(s->arena);
    free(s);
    return 0;
}

static enum proof_verdict check(const struct proof *proof)
{
    return proof_check(proof, &(struct proof_others){ 0 });
}

/* FND-04: the receipt alone, with the text, with the checkpoint as published. */
static void proof_check__is_content_with_what_is_genuine(void **state)
{
    struct scene *s = *state;
    struct proof_others others = { .report = &s->report, .key = &s->keys.public_key };

    assert_int_equal(proof_check(&s->proof, &others), PROOF_GOOD);
    for (int count = 0; count < 200; count += 33) {
        bind_it(s, count);
        others.checkpoint = &s->proof.checkpoint;
        assert_int_equal(proof_check(&s->proof, &others), PROOF_GOOD);
    }
}

static void proof_check__finds_what_was_changed(void **state)
{
    struct scene *s = *state;
    struct str other_report = STR("== vuln_info\nanother shell\n\n");
    struct seal_key other_key = { { 7 } };
    struct proof_signed other;
    struct proof changed;

    assert_int_equal(proof_check(&s->proof, &(struct proof_others){ .report = &other_report }),
                     PROOF_OTHER_REPORT);
    assert_int_equal(proof_check(&s->proof, &(struct proof_others){ .key = &other_key }),
                     PROOF_OTHER_KEY);
    bind_it(s, 5);

    changed = s->proof; /* an earlier day, by somebody without the key */
    changed.receipt.statement =
        proof_receipt(STR("R-2026-7K3M-92QF"), (struct utc){ 1700000000000 }, s->report, s->arena);
    assert_int_equal(check(&changed), PROOF_NOT_SIGNED);

    changed.receipt = sign(s, changed.receipt.statement); /* and by us, who have it */
    assert_int_equal(check(&changed), PROOF_NOT_IN_CHECKPOINT);

    changed = s->proof;
    changed.checkpoint.signature.bytes[9] ^= 1;
    assert_int_equal(check(&changed), PROOF_CHECKPOINT_NOT_SIGNED);

    changed = s->proof;
    changed.path.index ^= 1;
    assert_int_equal(check(&changed), PROOF_NOT_IN_CHECKPOINT);

    other = sign(s, proof_checkpoint((struct utc){ 1790000900000 }, some_hash(s->arena, 2),
                                     some_hash(s->arena, 3), STR_NONE, s->arena));
    assert_int_equal(proof_check(&s->proof, &(struct proof_others){ .checkpoint = &other }),
                     PROOF_OTHER_CHECKPOINT);
}

/* A checkpoint must not tell how many reports a day had: at least 64 leaves, in the order of their bytes. */
static void proof_leaves_fill__hides_how_many_there_are(void **state)
{
    struct scene *s = *state;

    assert_int_equal(leaves_with(s, 0).len, PROOF_LEAVES_LEAST);
    assert_int_equal(leaves_with(s, 62).len, PROOF_LEAVES_LEAST);
    assert_int_equal(leaves_with(s, 63).len, 2 * PROOF_LEAVES_LEAST);
    for (int count = 0; count < 70; count += 23) {
        struct proof_leaves leaves = leaves_with(s, count);

        for (size_t i = 1; i < leaves.len; i++)
            assert_true(memcmp(leaves.at[i - 1].bytes, leaves.at[i].bytes, SEAL_HASH_BYTES) < 0);
    }
}

static void proof_receipt__is_salted(void **state)
{
    struct scene *s = *state;
    struct str again =
        proof_receipt(STR("R-2026-7K3M-92QF"), (struct utc){ 1790000000000 }, s->report, s->arena);

    assert_false(str_eq(again, s->proof.receipt.statement));
    assert_true(str_eq(proof_line(again, "number"), STR("R-2026-7K3M-92QF")));
    assert_true(str_eq(proof_line(again, "received"), STR("2026-09-21T14:13:20Z")));
    assert_int_equal(proof_line(again, "absent").len, 0);
}

static void proof_read__gives_what_was_written(void **state)
{
    struct scene *s = *state;
    struct str text, file;
    struct proof read;
    struct proof_signed checkpoint;
    struct err err = { 0 };

    for (int round = 0; round < 2; round++) {
        text = proof_write(&s->proof, s->arena);
        assert_true(proof_read(text, s->arena, &read, &err));
        assert_true(str_eq(proof_write(&read, s->arena), text));
        assert_int_equal(check(&read), PROOF_GOOD);
        bind_it(s, 3);
    }
    file = proof_checkpoint_file(&s->proof.checkpoint, s->arena);
    assert_true(proof_checkpoint_read(file, s->arena, &checkpoint, &err));
    assert_true(str_eq(checkpoint.statement, s->proof.checkpoint.statement));
    assert_int_equal(proof_check(&s->proof, &(struct proof_others){ .checkpoint = &checkpoint }),
                     PROOF_GOOD);
}

static void proof_read__refuses_what_is_none(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"statement\":\"noroshi receipt 2\\n\"}",
        "{\"statement\":\"noroshi receipt 1\\n\",\"signature\":\"00\"}",
    };
    struct scene *s = *state;
    struct proof_signed checkpoint;
    struct proof read;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct err err = { 0 };

        print_message("case: %s\n", wrong[i]);
        assert_false(proof_read(str_from_z(wrong[i]), s->arena, &read, &err));
        assert_false(proof_checkpoint_read(str_from_z(wrong[i]), s->arena, &checkpoint, &err));
    }
}

#define WITH_SCENE(test) cmocka_unit_test_setup_teardown(test, up, down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(proof_check__is_content_with_what_is_genuine),
        WITH_SCENE(proof_check__finds_what_was_changed),
        WITH_SCENE(proof_leaves_fill__hides_how_many_there_are),
        WITH_SCENE(proof_receipt__is_salted),
        WITH_SCENE(proof_read__gives_what_was_written),
        WITH_SCENE(proof_read__refuses_what_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
