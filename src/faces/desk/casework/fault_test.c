#include "faces/desk/casework/fault.h"

#include "base/testing.h"

#include "domain/access/subject.h"
#include "domain/advisory/editing.h"
#include "domain/casework/committee.h"
#include "domain/casework/developer_in_case.h"
#include "domain/casework/inquiry.h"
#include "domain/casework/observation.h"
#include "domain/casework/room.h"
#include "domain/casework/unreachable.h"
#include "domain/casework/website_case.h"
#include "domain/casework/withdrawal.h"

/* Whoever is stopped at a guard is told what to do: each guard that a person can meet has its sentence. */
static void fault_msgid__knows_every_guard(void **state)
{
    const struct life *const lives[] = { &product_life,  &developer_life,   &advisory_life,
                                         &website_life,  &unreachable_life, &observation_life,
                                         &docket_life,   &withdrawal_life,  &inquiry_life,
                                         &room_part_life };
    (void)state;

    for (size_t i = 0; i < COUNT(lives); i++) {
        for (size_t j = 0; j < lives[i]->move_count; j++) {
            const struct move *move = &lives[i]->moves[j];
            struct err err = { 0 };
            const char *field;

            if (!move->guard || !(move->who & ~(unsigned)ROLE_CLOCK))
                continue;
            print_message("case: %s %s\n", lives[i]->name, move->guard_name);
            assert_false(FAIL(&err, NOT_READY, str_from_z(move->guard_name)));
            assert_non_null(fault_msgid(&err, &field));
        }
    }
}

/* The field of the open form gets the words as well, and the list on top leads to it. */
static void fault_tell__leads_to_the_field(void **state)
{
    static const struct {
        enum err_code code;
        const char *subject, *field;
    } cases[] = {
        { ERR_INPUT, "score", "x-score" },
        { ERR_INPUT, "reason", "x-reason" },
        { ERR_NOT_READY, "reason_given", "x-reason" },
        { ERR_NOT_READY, "was_reminded", "" },
        { ERR_INPUT, "nothing", "" },
        { ERR_NO_SUCH_MOVE, "COORDINATING", "" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct request req = { .arena = arena, .lang = LANG_EN };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct deed_view deed = { .is_open = true }, closed = { 0 };
        struct deeds deeds = { 0 };
        struct fault_list out = { 0 };
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].subject);
        VEC_PUSH(arena, &closed.fields,
                 (struct field_view){ .id = STR("y-score"), .name = STR("score") });
        VEC_PUSH(arena, &deed.fields,
                 (struct field_view){ .id = STR("x-score"), .name = STR("score") });
        VEC_PUSH(arena, &deed.fields,
                 (struct field_view){
                     .id = STR("x-reason"), .name = STR("reason"), .label = STR("Reason") });
        VEC_PUSH(arena, &deeds, closed);
        VEC_PUSH(arena, &deeds, deed);
        err_set(&err, cases[i].code, str_from_z(cases[i].subject), HERE);
        fault_tell(&req, &err, (struct deeds *const[]){ &deeds }, 1, &out);
        assert_int_equal(out.len, 1);
        assert_str(out.at[0].field_id, cases[i].field);
        for (size_t j = 0; j < 2; j++) {
            const struct field_view *field = &deeds.at[1].fields.at[j];

            assert_true(str_eq(field->error,
                               str_eq_z(field->id, cases[i].field) ? out.at[0].words : STR_NONE));
        }
        assert_int_equal(deeds.at[0].fields.at[0].error.len, 0);
        if (cases[i].code == ERR_NO_SUCH_MOVE)
            assert_true(str_contains(out.at[0].words, STR("Being coordinated")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fault_msgid__knows_every_guard),
        cmocka_unit_test(fault_tell__leads_to_the_field),
    };

    return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
