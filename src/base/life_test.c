#include "base/life.h"

#include <string.h>

#include "base/testing.h"

enum { START, OPEN, DONE, STATES };
enum { ON_BEGIN, ON_END, EVENTS };
enum { RB = 1, CB = 2 };

static bool is_ready(const void *facts) { return *(const bool *)facts; }

static const char *const states[] = { "START", "OPEN", "DONE" };
static const char *const events[] = { "BEGIN", "END" };
static const struct move moves[] = {
    { START, RB, ON_BEGIN, OPEN, ALWAYS, "INT-01", "" },
    { OPEN, RB, ON_END, DONE, IF(is_ready), "INT-02", "RV" },
    { OPEN, CB, ON_END, DONE, ALWAYS, "INT-03", "" },
};

static struct life life_of(const struct move *rows, size_t count)
{
    return (struct life){ "test", states, events, STATES, EVENTS, rows, count, 1U << DONE };
}

static void life__asks_state_role_and_guard_in_this_order(void **state)
{
    struct life life = life_of(moves, COUNT(moves));
    bool is_ready_now = false;
    struct err err = { 0 };
    int to = -1;
    (void)state;

    assert_true(life_next(&life, START, RB, ON_BEGIN, NULL, &to, &err));
    assert_int_equal(to, OPEN);
    assert_false(life_next(&life, START, CB, ON_BEGIN, NULL, &to, &err));
    assert_int_equal(err.code, ERR_NOT_YOUR_MOVE);
    assert_string_equal(err.subject, "BEGIN");
    assert_false(life_next(&life, DONE, RB, ON_END, NULL, &to, &err));
    assert_int_equal(err.code, ERR_NO_SUCH_MOVE);
    assert_string_equal(err.subject, "DONE");
    assert_false(life_next(&life, OPEN, RB, ON_END, &is_ready_now, &to, &err));
    assert_int_equal(err.code, ERR_NOT_READY);
    assert_string_equal(err.subject, "is_ready");
    assert_true(
        life_can(&life, OPEN, CB, ON_END, &is_ready_now)); /* its own row, without the guard */
    is_ready_now = true;
    assert_true(life_can(&life, OPEN, RB, ON_END, &is_ready_now));
    assert_int_equal(life_state(&life, STR("DONE")), DONE);
    assert_int_equal(life_event(&life, STR("FLY")), -1);
}

static void life_check__finds_what_is_wrong_with_a_table(void **state)
{
    static const struct move twice[] = { { START, RB, ON_BEGIN, OPEN, ALWAYS, "A", "" },
                                         { START, RB | CB, ON_BEGIN, DONE, ALWAYS, "A", "" },
                                         { OPEN, RB, ON_END, DONE, ALWAYS, "A", "" } };
    static const struct move stuck[] = { { START, RB, ON_BEGIN, OPEN, ALWAYS, "A", "" },
                                         { START, RB, ON_END, DONE, ALWAYS, "A", "" } };
    static const struct move lost[] = { { START, RB, ON_BEGIN, DONE, ALWAYS, "A", "" },
                                        { OPEN, RB, ON_END, DONE, ALWAYS, "A", "" } };
    static const struct move risen[] = { { START, RB, ON_BEGIN, OPEN, ALWAYS, "A", "" },
                                         { OPEN, RB, ON_END, DONE, ALWAYS, "A", "" },
                                         { DONE, RB, ON_BEGIN, OPEN, ALWAYS, "A", "" } };
    static const struct move nobody[] = { { START, 0, ON_BEGIN, OPEN, ALWAYS, "A", "" } };
    static const struct move no_rule[] = { { START, RB, ON_BEGIN, OPEN, ALWAYS, "", "" } };
    static const struct move outside[] = { { START, RB, ON_BEGIN, STATES, ALWAYS, "A", "" } };
    /* clang-format off */
    static const struct {
        const struct move *moves;
        size_t count;
        const char *words;
    } rows[] = {
        { twice, COUNT(twice), "twice" },    { stuck, COUNT(stuck), "no way leads out" },
        { lost, COUNT(lost), "be reached" }, { risen, COUNT(risen), "final state" },
        { nobody, 1, "nobody" },             { no_rule, 1, "no rule" },
        { outside, 1, "outside" },
    };
    /* clang-format on */
    struct life good = life_of(moves, COUNT(moves));
    struct err err = { 0 };
    (void)state;

    assert_true(life_check(&good, &err));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct life life = life_of(rows[i].moves, rows[i].count);

        print_message("case: %s\n", rows[i].words);
        assert_false(life_check(&life, &err));
        assert_non_null(strstr(err.subject, rows[i].words));
    }
}

static void life_diagram__is_mermaid(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct life life = life_of(moves, COUNT(moves));
    struct str text;
    struct err err = { 0 };
    (void)state;

    assert_true(life_diagram(&life, arena, &text, &err));
    assert_str(text, "stateDiagram-v2\n"
                     "    [*] --> OPEN: BEGIN (INT-01)\n"
                     "    OPEN --> DONE: END [is_ready] (INT-02)\n"
                     "    OPEN --> DONE: END (INT-03)\n"
                     "    DONE --> [*]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(life__asks_state_role_and_guard_in_this_order),
        cmocka_unit_test(life_check__finds_what_is_wrong_with_a_table),
        cmocka_unit_test(life_diagram__is_mermaid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
