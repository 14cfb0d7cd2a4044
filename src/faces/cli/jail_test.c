#include "faces/cli/jail.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/testing.h"

enum { STEPS = 1000, LARGE = 3 << 20 };

struct plan {
    uint64_t dies_at, overruns_at, refuses_at; /* steps from 1; 0: never */
    bool dies_between;                         /* after its steps */
    bool stops_us;
    size_t large; /* bytes of one more answer */
    /* what came */
    struct arena *arena;
    struct buf heard;
    size_t largest;
};

static int setup(void **state)
{
    struct arena *arena = arena_new(256 << 20);
    struct plan *plan = ARENA_NEW(arena, struct plan);

    plan->arena = arena;
    plan->heard = buf_new(arena, 1 << 20);
    *state = plan;
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct plan *)*state)->arena);
    return 0;
}

static void step(struct plan *plan, uint64_t n)
{
    if (n == plan->dies_at)
        raise(SIGKILL);
    while (n == plan->overruns_at)
        continue;
}

static bool work(struct jail *jail, void *task, struct err *err)
{
    struct plan *plan = task;
    char text[32];

    for (uint64_t n = 1; n <= STEPS; n++) {
        enum jail_turn turn = jail_turn(jail);

        if (turn == JAIL_PASS)
            continue;
        if (turn == JAIL_DO)
            step(plan, n);
        if (n == plan->refuses_at) {
            (void)FAIL(err, JSON_SYNTAX, STR("a quote is missing"));
            err->line = 12;
            return false;
        }
        snprintf(text, sizeof text, "%d%s ", (int)n,
                 turn == JAIL_ASIDE_DIED      ? "died"
                 : turn == JAIL_ASIDE_OVERRAN ? "overran"
                                              : "");
        if (!jail_answer(jail, str_from_z(text), err))
            return PASS(err);
    }
    if (plan->dies_between)
        raise(SIGKILL);
    return plan->large == 0 ||
           jail_answer(jail, (struct str){ arena_alloc(plan->arena, plan->large), plan->large },
                       err);
}

static bool take(void *task, struct str answer, struct err *err)
{
    struct plan *plan = task;

    if (plan->stops_us)
        return FAIL(err, STORE, STR("full"));
    if (answer.len > plan->largest)
        plan->largest = answer.len;
    if (answer.len < 32)
        buf_add(&plan->heard, answer);
    return true;
}

static enum jail_end run(struct plan *plan, struct err *err)
{
    const struct app app = { .arena = plan->arena };
    const struct jail_job job = {
        .input = -1,
        .limits = { .memory = 64 << 20, .step_ms = 300, .answer_max = LARGE },
        .work = work,
        .take = take,
        .task = plan,
        .is_stepwise = true
    };
    uint64_t answered = 0;

    return jail_run(&app, &job, &answered, err);
}

/* What must have been heard: every step once, in order, with a word behind those that were set aside. */
static void assert_all_heard(struct plan *plan)
{
    struct buf want = buf_new(plan->arena, 1 << 20);

    for (uint64_t n = 1; n <= STEPS; n++)
        buf_printf(&want, "%d%s ", (int)n,
                   n == plan->dies_at       ? "died"
                   : n == plan->overruns_at ? "overran"
                                            : "");
    assert_true(str_eq(buf_str(&plan->heard), buf_str(&want)));
}

static void jail__hears_every_answer_in_order(void **state)
{
    struct plan *plan = *state;
    struct err err = { 0 };

    plan->large = LARGE; /* more than the pipe takes at once */
    assert_int_equal(run(plan, &err), JAIL_DONE);
    assert_int_equal(err.code, ERR_NONE);
    assert_int_equal(plan->largest, LARGE);
    assert_all_heard(plan);
}

/* T46, design 2: what the reader dies on is set aside, and the stream goes on after it. */
static void jail__goes_on_after_the_step_that_killed_the_child(void **state)
{
    struct plan *plan = *state;
    struct err err = { 0 };

    plan->dies_at = 500;
    assert_int_equal(run(plan, &err), JAIL_DONE);
    assert_all_heard(plan);
}

static void jail__ends_a_step_that_takes_too_long_and_goes_on(void **state)
{
    struct plan *plan = *state;
    struct err err = { 0 };

    plan->overruns_at = 7;
    plan->dies_at = STEPS;
    assert_int_equal(run(plan, &err), JAIL_DONE);
    assert_all_heard(plan);
}

static void jail__says_why_the_work_said_no(void **state)
{
    struct plan *plan = *state;
    struct err err = { 0 };

    plan->refuses_at = 3;
    assert_int_equal(run(plan, &err), JAIL_REFUSED);
    assert_int_equal(err.code, ERR_JSON_SYNTAX);
    assert_int_equal(err.line, 12);
    assert_string_equal(err.subject, "a quote is missing");
    assert_str(buf_str(&plan->heard), "1 2 ");
}

static void jail__tells_what_cannot_be_set_aside(void **state)
{
    struct plan *plan = *state;
    struct err err = { 0 };

    plan->dies_between = true;
    assert_int_equal(run(plan, &err), JAIL_DIED);
    assert_int_equal(err.code, ERR_WORKER);
}

static void jail__refuses_answers_over_the_limit(void **state)
{
    struct plan *plan = *state;
    struct err err = { 0 };

    plan->large = LARGE + 1;
    assert_int_equal(run(plan, &err), JAIL_REFUSED);
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

static void jail__stops_when_an_answer_cannot_be_taken(void **state)
{
    struct plan *plan = *state;
    struct err err = { 0 };

    plan->stops_us = true;
    assert_int_equal(run(plan, &err), JAIL_STOPPED);
    assert_int_equal(err.code, ERR_STORE);
}

/* ---- with a child that makes the input ---- */

enum { FED = 4 << 20, NEVER = -1 };

struct meal {
    int ends_at, dies_at, loops_at, step_dies; /* bytes of FED, a step; NEVER */
    struct arena *arena;
    struct buf heard;
};

/* A megabyte a time: its number as bytes. */
static bool feed(struct jail *jail, void *task, struct err *err)
{
    const struct meal *meal = task;
    enum { PART = 1 << 20 };
    char *part = arena_alloc(meal->arena, PART);

    for (int at = 0; at < FED; at += PART) {
        if (at == meal->dies_at)
            raise(SIGKILL);
        while (at == meal->loops_at)
            continue;
        if (at == meal->ends_at)
            return FAIL(err, ARCHIVE, STR("its packing is damaged"));
        memset(part, '0' + at / PART, PART);
        if (!jail_feed(jail, (struct str){ part, PART }, err))
            return PASS(err);
    }
    return true;
}

/* A step for each new byte that comes. */
static bool eat(struct jail *jail, void *task, struct err *err)
{
    struct meal *meal = task;
    char room[4000], last = 0;
    ssize_t n;

    while ((n = jail_read(jail, room, sizeof room, err)) > 0) {
        for (ssize_t i = 0; i < n; i++) {
            enum jail_turn turn;

            if (room[i] == last)
                continue;
            last = room[i];
            turn = jail_turn(jail);
            if (turn == JAIL_PASS)
                continue;
            if (turn == JAIL_DO && meal->step_dies == last - '0')
                raise(SIGKILL);
            if (!jail_answer(jail, turn == JAIL_DO ? (struct str){ &last, 1 } : STR("x"), err))
                return PASS(err);
        }
    }
    return n == 0;
}

static bool note(void *task, struct str answer, struct err *err)
{
    struct meal *meal = task;
    (void)err;

    buf_add(&meal->heard, answer);
    return true;
}

static enum jail_end dine(const int *when, struct str *heard, struct arena *arena, struct err *err)
{
    struct meal meal = { when[0], when[1], when[2], when[3], arena, buf_new(arena, 1000) };
    const struct app app = { .arena = arena };
    const struct jail_job job = {
        .input = -1,
        .limits = { .memory = 64 << 20, .step_ms = 300, .answer_max = 16 },
        .feed = feed,
        .work = eat,
        .take = note,
        .task = &meal,
        .is_stepwise = true
    };
    enum jail_end end;

    *err = (struct err){ 0 };
    end = jail_run(&app, &job, NULL, err);
    *heard = buf_str(&meal.heard);
    return end;
}

/* C25: unpacking has its own child; its end is an end, its reason a reason, and its death no end of the file. */
static void jail__is_fed_by_a_child_of_its_own(void **state)
{
    struct arena *arena = ((struct plan *)*state)->arena;
    struct err err = { 0 };
    struct str heard;

    assert_int_equal(dine((const int[]){ NEVER, NEVER, NEVER, NEVER }, &heard, arena, &err),
                     JAIL_DONE);
    assert_str(heard, "0123");
    assert_int_equal(dine((const int[]){ NEVER, NEVER, NEVER, 2 }, &heard, arena, &err), JAIL_DONE);
    assert_str(heard, "01x3");
    assert_int_equal(dine((const int[]){ 3 << 20, NEVER, NEVER, NEVER }, &heard, arena, &err),
                     JAIL_REFUSED);
    assert_str(heard, "012");
    assert_int_equal(err.code, ERR_ARCHIVE);
    assert_string_equal(err.subject, "its packing is damaged");
    assert_int_equal(dine((const int[]){ NEVER, 3 << 20, NEVER, NEVER }, &heard, arena, &err),
                     JAIL_REFUSED);
    assert_str(heard, "012");
    assert_int_equal(err.code, ERR_WORKER);
    assert_int_equal(dine((const int[]){ NEVER, NEVER, 1 << 20, NEVER }, &heard, arena, &err),
                     JAIL_OVERRAN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(jail__hears_every_answer_in_order),
        TEST(jail__goes_on_after_the_step_that_killed_the_child),
        TEST(jail__ends_a_step_that_takes_too_long_and_goes_on),
        TEST(jail__says_why_the_work_said_no),
        TEST(jail__tells_what_cannot_be_set_aside),
        TEST(jail__refuses_answers_over_the_limit),
        TEST(jail__stops_when_an_answer_cannot_be_taken),
        TEST(jail__is_fed_by_a_child_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
