#include "base/arena.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/testing.h"
#include "base/vec.h"

enum { MAX = 64 << 20 };

static void fill_again_and_again(struct arena *arena)
{
    static const size_t sizes[] = {
        1, 15, 16, 17, 4000, 20000, 3000000, 7, 1500000, 2097152, 900000
    };

    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT(sizes); i++) {
            unsigned char *at = arena_alloc(arena, sizes[i]);

            assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
            for (size_t j = 0; j < sizes[i]; j++)
                assert_int_equal(at[j], 0);
            memset(at, 0xa5, sizes[i]);
        }
        arena_reset(arena);
    }
}

static void arena__hands_out_zeroed_aligned_memory_again_after_a_reset(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    (void)state;

    fill_again_and_again(arena);
}

static void arena__keeps_what_it_is_told_to_wiped(void **state)
{
    static const size_t kept[] = { 1, 40000, 5 << 20, SIZE_MAX };
    (void)state;

    for (size_t i = 0; i < COUNT(kept); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);

        arena_keep(arena, kept[i]);
        fill_again_and_again(arena);
    }
}

static void arena__texts_are_copies_with_a_nul_behind(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    char bytes[] = "abc";
    struct str copy = arena_str(arena, str_from_z(bytes));
    (void)state;

    bytes[0] = 'x';
    assert_str(copy, "abc");
    assert_string_equal(arena_z(arena, STR("def")), "def");
    assert_string_equal(arena_z(arena, STR_NONE), "");
    assert_str(arena_printf(arena, "%d-%s", 7, "seven"), "7-seven");
    for (int width = 250; width < 260; width++) {
        struct str wide = arena_printf(arena, "%*d", width, 7);

        assert_int_equal(wide.len, width);
        assert_int_equal(wide.ptr[width - 1], '7');
        assert_int_equal(wide.ptr[width], 0);
    }
    assert_str(ARENA_JOIN(arena, copy, STR("@"), STR_NONE, STR("1")), "abc@1");
}

/* Runs what must end the process in a child and tells its exit status. */
static int status_of(void (*what)(struct arena *arena))
{
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        close(STDERR_FILENO);
        what(arena_new(1000));
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void ask_too_much(struct arena *arena)
{
    arena_alloc(arena, 500);
    arena_alloc(arena, 501);
}

static void ask_what_overflows(struct arena *arena) { arena_alloc_n(arena, SIZE_MAX / 2, 3); }

static void arena__beyond_its_maximum_ends_the_process(void **state)
{
    (void)state;
    assert_int_equal(status_of(ask_too_much), 71);
    assert_int_equal(status_of(ask_what_overflows), 71);
}

static void vec__keeps_what_was_pushed_while_it_grows(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct {
        VEC_OF(int);
    } list = { 0 };
    (void)state;

    for (int i = 0; i < 1000; i++)
        VEC_PUSH(arena, &list, i);
    assert_int_equal(list.len, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list.at[i], i);
}

static void buf__tells_once_that_something_did_not_fit(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct buf buf = buf_new(arena, 5);
    struct str out = STR("untouched");
    struct err err = { 0 };
    (void)state;

    buf_add(&buf, STR("abc"));
    buf_add(&buf, STR("def"));
    buf_add(&buf, STR("g")); /* would fit, but comes after the gap */
    assert_str(buf_str(&buf), "abc");
    assert_false(buf_done(&buf, &out, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_str(out, "untouched");
}

static void buf__writes_any_number(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct buf buf = buf_new(arena, 100);
    (void)state;

    buf_int(&buf, 0);
    buf_int(&buf, INT64_MIN);
    buf_int(&buf, INT64_MAX);
    assert_str(buf_str(&buf), "0-92233720368547758089223372036854775807");
}

static void buf__takes_exactly_its_maximum(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct buf buf = buf_new(arena, 6), wide = buf_new(arena, 1000);
    struct str out;
    struct err err = { 0 };
    (void)state;

    buf_add_z(&buf, "ab");
    buf_byte(&buf, 'c');
    buf_int(&buf, -12);
    assert_true(buf_done(&buf, &out, &err));
    assert_str(out, "abc-12");
    buf_printf(&wide, "%0300d|", 1);
    buf_printf(&wide, "%s", "end");
    assert_true(buf_done(&wide, &out, &err));
    assert_int_equal(out.len, 304);
    assert_true(str_ends(out, STR("01|end")));
    buf_printf(&wide, "%0900d", 1);
    assert_false(buf_done(&wide, &out, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena__hands_out_zeroed_aligned_memory_again_after_a_reset),
        cmocka_unit_test(arena__keeps_what_it_is_told_to_wiped),
        cmocka_unit_test(arena__texts_are_copies_with_a_nul_behind),
        cmocka_unit_test(arena__beyond_its_maximum_ends_the_process),
        cmocka_unit_test(vec__keeps_what_was_pushed_while_it_grows),
        cmocka_unit_test(buf__tells_once_that_something_did_not_fit),
        cmocka_unit_test(buf__writes_any_number),
        cmocka_unit_test(buf__takes_exactly_its_maximum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
