/* A finder's question: received, consulted on, answered: INT-12, INT-13, N06, FND-05. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/inquiry.h"
#include "domain/casework/list.h"
#include "domain/casework/website.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
};

#define HERE_AND_NOW p->f->now, p->f->arena, &p->f->err

static const char guard[] = "consultation_on_record_and_identity_verified";

static void reload(struct play *p)
{
    MUST(p->f, case_load_by_id(&p->f->w, p->tx, 1, p->f->arena, &p->c, &p->f->err));
}

static struct play accepted(void **state)
{
    struct play p = { .f = *state };
    struct desk_fixture *f = p.f;
    struct receipt receipt;

    f->finder = (struct subject){ .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 1 };
    MUST(f, tx_begin(f->store, TX_WRITE, &p.tx, &f->err));
    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    reload(&p);
    MUST(f, intake_open(p.tx, &f->rb, &p.c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(p.tx, &f->rb, &p.c, true, true, f->now, f->arena, &f->err));
    return p;
}

static struct play forwarded(void **state)
{
    struct play p = accepted(state);

    MUST(p.f, intake_forward(p.tx, &p.f->rb, &p.c, p.f->now, p.f->arena, &p.f->err));
    return p;
}

static int64_t told(struct play *p, const char *notice)
{
    return testing_told(p->f, p->tx, notice);
}

static bool ask(struct play *p, const struct subject *who)
{
    return inquiry_ask(p->tx, who, &p->c, STR("canary-I how far is it?"), HERE_AND_NOW);
}

static bool answer(struct play *p, const struct subject *who)
{
    return inquiry_answer(p->tx, who, &p->c, NULL, 1, STR("it is coordinated"), HERE_AND_NOW);
}

static void expect_refusal(struct play *p, bool ok, enum err_code code, const char *subject)
{
    assert_false(ok);
    assert_int_equal(p->f->err.code, code);
    if (subject)
        assert_string_equal(p->f->err.subject, subject);
}

static bool has_task(struct play *p, const struct subject *who, const char *words)
{
    struct tasks tasks;

    MUST(p->f,
         tasks_today(&p->f->w, p->tx, who, false, p->f->now, p->f->arena, &tasks, &p->f->err));
    for (size_t i = 0; i < tasks.len; i++) {
        if (str_eq_z(str_from_z(tasks.at[i].words), words))
            return true;
    }
    return false;
}

/* INT-12: no answer before the coordinating body has said what may be told; each has its task until then. */
static void inquiry__is_answered_after_the_consultation(void **state)
{
    struct play play = forwarded(state), *p = &play;
    struct inquiries all;
    struct talks talks;
    struct entry entry;
    struct hash head;
    int64_t entries;

    MUST(p->f, ask(p, &p->f->finder));
    assert_int_equal(told(p, "FROM_FINDER"), 2); /* both officers */
    assert_true(has_task(p, &p->f->rb, "Consult on the finder's question, and answer it"));
    expect_refusal(p, answer(p, &p->f->rb), ERR_NOT_READY, guard);
    MUST(p->f, inquiry_consult(p->tx, &p->f->rb, &p->c, 1, STR("how far?"), HERE_AND_NOW));
    assert_int_equal(told(p, "BODIES"), 1);
    expect_refusal(p, answer(p, &p->f->rb), ERR_NOT_READY, guard);
    assert_true(has_task(p, &p->f->cb, "Say what the finder may be told"));
    expect_refusal(p, inquiry_advise(p->tx, &p->f->rb, &p->c, 1, STR("all of it"), HERE_AND_NOW),
                   ERR_NOT_YOUR_MOVE, NULL);
    MUST(p->f, inquiry_advise(p->tx, &p->f->cb, &p->c, 1, STR("no dates"), HERE_AND_NOW));
    assert_int_equal(told(p, "BODIES"), 3);
    assert_true(has_task(p, &p->f->rb, "Answer the finder's question: it has been consulted on"));
    expect_refusal(p, answer(p, &p->f->cb), ERR_NOT_YOUR_MOVE, NULL);
    assert_int_equal(told(p, "N06"), 0);
    MUST(p->f, answer(p, &p->f->rb));
    assert_int_equal(told(p, "N06"), 1);
    expect_refusal(p, answer(p, &p->f->rb), ERR_ABSENT, NULL); /* once */
    MUST(p->f, inquiries_waiting(p->tx, &p->f->rb, &p->c, p->f->arena, &all, &p->f->err));
    assert_int_equal(all.len, 0);
    MUST(p->f, talk_list(p->tx, &p->f->finder, &p->c, THREAD_FINDER, NULL, p->f->arena, &talks,
                         &p->f->err));
    assert_int_equal(talks.len, 2);
    assert_int_equal(talks.at[1].kind, TALK_ANSWER);
    assert_str(talks.at[1].text, "it is coordinated");
    MUST(p->f, talk_say(p->tx, &p->f->rb, &p->c, THREAD_FINDER, NULL, TALK_MESSAGE, STR("more"),
                        p->f->now, p->f->arena, &entry, &p->f->err));
    MUST(p->f, casework_verify(&p->f->w, p->tx, &entries, &head, &p->f->err));
    tx_end(p->tx);
}

/* INT-12: the guard is not gone round by calling an answer a message; a question may still be put (INT-11). */
static void inquiry__is_not_answered_by_a_message(void **state)
{
    struct play play = forwarded(state), *p = &play;
    struct entry entry;

    MUST(p->f, ask(p, &p->f->finder));
    for (int kind = TALK_MESSAGE; kind <= TALK_ANSWER; kind++) {
        bool ok = talk_say(p->tx, &p->f->rb, &p->c, THREAD_FINDER, NULL, (enum talk_kind)kind,
                           STR("it is coordinated"), p->f->now, p->f->arena, &entry, &p->f->err);

        print_message("case: %s\n", talk_kind_names[kind]);
        if (kind == TALK_QUESTION)
            assert_true(ok);
        else
            expect_refusal(p, ok, ERR_NOT_READY, "no_inquiry_waits");
    }
    tx_end(p->tx);
}

/* FND-01, INT-12: the finder's own words stay with the receiving body; nobody outside the two bodies learns of it. */
static void inquiry__keeps_the_finders_words(void **state)
{
    struct play play = forwarded(state), *p = &play;
    struct inquiries all;

    MUST(p->f, ask(p, &p->f->finder));
    MUST(p->f, inquiry_consult(p->tx, &p->f->rb, &p->c, 1, STR("how far?"), HERE_AND_NOW));
    MUST(p->f, inquiries_waiting(p->tx, &p->f->rb, &p->c, p->f->arena, &all, &p->f->err));
    assert_str(all.at[0].words, "canary-I how far is it?");
    assert_str(all.at[0].identity, "RECEIPT"); /* INT-13 */
    MUST(p->f, inquiries_waiting(p->tx, &p->f->cb, &p->c, p->f->arena, &all, &p->f->err));
    assert_int_equal(all.at[0].words.len, 0);
    assert_str(all.at[0].asked, "how far?");
    expect_refusal(p, inquiries_waiting(p->tx, &p->f->pm1, &p->c, p->f->arena, &all, &p->f->err),
                   ERR_ABSENT, NULL);
    tx_end(p->tx);
}

/* INT-12: before the coordinating body takes part there is nobody to consult. */
static void inquiry__is_answered_at_once_when_nobody_takes_part(void **state)
{
    struct play play = accepted(state), *p = &play;

    expect_refusal(p, ask(p, &p->f->rb), ERR_NOT_YOUR_MOVE, NULL);
    MUST(p->f, ask(p, &p->f->finder));
    expect_refusal(p, inquiry_consult(p->tx, &p->f->rb, &p->c, 1, STR("how?"), HERE_AND_NOW),
                   ERR_NOT_READY, "coordinating_body_takes_part");
    MUST(p->f, answer(p, &p->f->rb));
    tx_end(p->tx);
}

/* INT-12: of a website it is the operator, once it has the details; what it agreed to is kept by the receiving body. */
static void inquiry__of_a_website_is_consulted_on_with_its_operator(void **state)
{
    struct play play = { .f = *state }, *p = &play;
    struct desk_fixture *f = p->f;
    struct website site = { 0 };
    struct inquiry one = { .id = 1, .state = INQUIRY_RECEIVED, .identity = STR("RECEIPT") };

    assert_int_equal(inquiry_party(&site.c, &site), CONSULT_NOBODY);
    assert_true(inquiry_can(&f->rb, &one, CONSULT_NOBODY, ON_INQUIRY_ANSWER));
    site.stage3_at = f->now;
    assert_int_equal(inquiry_party(&site.c, &site), CONSULT_OPERATOR);
    assert_false(inquiry_can(&f->rb, &one, CONSULT_OPERATOR, ON_INQUIRY_ANSWER));
    assert_false(inquiry_can(&f->rb, &one, CONSULT_OPERATOR, ON_INQUIRY_CONSULT));
    assert_true(inquiry_can(&f->rb, &one, CONSULT_OPERATOR, ON_INQUIRY_RECORD));
    one.state = INQUIRY_CONSULTED;
    assert_true(inquiry_can(&f->rb, &one, CONSULT_OPERATOR, ON_INQUIRY_ANSWER));
    one.identity = STR_NONE; /* INT-13 */
    assert_false(inquiry_can(&f->rb, &one, CONSULT_OPERATOR, ON_INQUIRY_ANSWER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(inquiry__is_answered_after_the_consultation,
                                        desk_fixture_up, desk_fixture_down),
        cmocka_unit_test_setup_teardown(inquiry__is_not_answered_by_a_message, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(inquiry__keeps_the_finders_words, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(inquiry__is_answered_at_once_when_nobody_takes_part,
                                        desk_fixture_up, desk_fixture_down),
        cmocka_unit_test_setup_teardown(inquiry__of_a_website_is_consulted_on_with_its_operator,
                                        desk_fixture_up, desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
