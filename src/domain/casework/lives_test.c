#include "base/testing.h"

#include "base/err.h"
#include "base/fs.h"
#include "base/life_testing.h"
#include "domain/access/subject.h"
#include "domain/casework/committee.h"
#include "domain/casework/cve.h"
#include "domain/casework/developer_in_case.h"
#include "domain/casework/inquiry.h"
#include "domain/casework/observation.h"
#include "domain/casework/product_case.h"
#include "domain/casework/protocol.h"
#include "domain/casework/room.h"
#include "domain/casework/unreachable.h"
#include "domain/casework/visibility.h"
#include "domain/casework/website_visibility.h"
#include "domain/casework/withdrawal.h"
#include <stdlib.h>
#include <string.h>

/* Conventions 6: every state can be reached, each but the final ones has a way out, no event twice. */
static void lives__are_whole(void **state)
{
    static const struct life *const lives[] = {
        &product_life,     &developer_life, &website_life,    &cve_life,     &unreachable_life,
        &observation_life, &docket_life,    &withdrawal_life, &inquiry_life, &room_part_life
    };
    struct err err = { 0 };
    (void)state;

    for (size_t i = 0; i < COUNT(lives); i++) {
        print_message("life: %s\n", lives[i]->name);
        if (!life_check(lives[i], &err))
            fail_msg("%s", err.subject);
        assert_diagram_is_current(lives[i]);
    }
}

/* Requirements 2.1 and 2.3: the rows that concern a domestic case stand in the tables, with their states and who presses. */
static void lives__have_the_rows_of_the_requirements(void **state)
{
    /* clang-format off */
    static const struct {
        const struct life *life;
        const char *rule, *from, *to;
        unsigned who;
    } rows[] = {
        { &product_life, "P01", "START", "SUBMITTED", ROLE_FINDER },
        { &product_life, "P02", "SUBMITTED", "UNDER_REVIEW", ROLE_RB },
        { &product_life, "P03", "UNDER_REVIEW", "REJECTED", ROLE_RB },
        { &product_life, "P04", "UNDER_REVIEW", "ACCEPTED", ROLE_RB },
        { &product_life, "P05", "ACCEPTED", "STOPPED", ROLE_RB },
        { &product_life, "P05", "WITH_CB", "STOPPED", ROLE_RB },
        { &product_life, "P05", "VENDOR_IDENTIFIED", "STOPPED", ROLE_RB },
        { &product_life, "P05", "COORDINATING", "STOPPED", ROLE_RB },
        { &product_life, "P06", "ACCEPTED", "WITH_CB", ROLE_RB },
        { &product_life, "P07", "WITH_CB", "VENDOR_IDENTIFIED", ROLE_CB },
        { &product_life, "P08", "VENDOR_IDENTIFIED", "COORDINATING", ROLE_CB },
        { &product_life, "P09", "COORDINATING", "DATE_SET", ROLE_CB },
        { &product_life, "P10", "DATE_SET", "DATE_SET", ROLE_CB },
        { &product_life, "P11", "DATE_SET", "DATE_SET", ROLE_RB | ROLE_CB },
        { &product_life, "P12", "DATE_SET", "PUBLISHED", ROLE_CLOCK },
        { &product_life, "P13", "COORDINATING", "CANCELLED_KNOWN", ROLE_CB },
        { &product_life, "P13", "DATE_SET", "CANCELLED_KNOWN", ROLE_CB },
        { &product_life, "P14", "COORDINATING", "CLOSED_NOT_VULN", ROLE_CB },
        { &product_life, "P14", "DATE_SET", "CLOSED_NOT_VULN", ROLE_CB },
        { &product_life, "P15", "COORDINATING", "CLOSED_INDIVIDUAL", ROLE_CB },
        { &product_life, "P16", "COORDINATING", "CLOSED_EOL_A", ROLE_CB },
        { &product_life, "P17", "COORDINATING", "COMMITTEE", ROLE_CB },
        { &product_life, "P17", "DATE_SET", "COMMITTEE", ROLE_CB },
        { &product_life, "P18", "COMMITTEE", "PUBLISHED", ROLE_CLOCK }, /* what the committee judged and RB ordered */
        { &product_life, "P19", "COMMITTEE", "COORDINATING", ROLE_RB | ROLE_CB | ROLE_PM },
        { &product_life, "P22", "PUBLISHED", "PUBLISHED", ROLE_CLOCK },
        { &product_life, "P24", "START", "SELF_PRODUCT", ROLE_PM },
        { &product_life, "P24", "SELF_PRODUCT", "DATE_SET", ROLE_CB },
        { &product_life, "P25", "START", "FOREIGN", ROLE_CB | ROLE_FB },
        { &product_life, "P25", "FOREIGN", "VENDOR_IDENTIFIED", ROLE_CB },
        { &developer_life, "V01", "START", "IDENTIFIED", ROLE_CB },
        { &developer_life, "V02", "IDENTIFIED", "SUMMARY_SENT", ROLE_CB },
        { &developer_life, "V03", "SUMMARY_SENT", "NO_PRODUCT", ROLE_PM },
        { &developer_life, "V04", "SUMMARY_SENT", "DETAIL_REQUESTED", ROLE_PM },
        { &developer_life, "V05", "DETAIL_REQUESTED", "DETAIL_SENT", ROLE_CB },
        { &developer_life, "V06", "DETAIL_SENT", "VERIFIED", ROLE_PM },
        { &developer_life, "V07", "VERIFIED", "MITIGATING", ROLE_PM },
        { &developer_life, "V08", "MITIGATING", "READY", ROLE_PM },
        { &developer_life, "V09", "READY", "PUBLISHED", ROLE_CLOCK },
        { &developer_life, "V10", "DETAIL_SENT", "NO_REPLY", ROLE_CB },
        { &unreachable_life, "P20", "CONFIRMED", "LISTED", ROLE_CB },
        { &unreachable_life, "P21", "LISTED", "RESUMED", ROLE_CB | ROLE_PM },
        { &unreachable_life, "P21", "DEADLINE_SET", "RESUMED", ROLE_CB | ROLE_PM },
        { &withdrawal_life, "P23", "NONE", "REQUESTED", ROLE_FINDER },
        { &withdrawal_life, "P23", "REQUESTED", "WITHDRAWN", ROLE_RB },
        { &developer_life, "V11", "IDENTIFIED", "UNREACHABLE", ROLE_CB },
        { &developer_life, "V11", "NO_REPLY", "UNREACHABLE", ROLE_CB },
        { &developer_life, "V12", "UNREACHABLE", "RESUMED", ROLE_CB | ROLE_PM },
        { &developer_life, "V12", "RESUMED", "SUMMARY_SENT", ROLE_CB | ROLE_PM },
        { &developer_life, "V13", "VERIFIED", "REFUSED", ROLE_PM },
        { &developer_life, "V14", "PUBLISHED", "PUBLISHED", ROLE_PM },
        { &website_life, "W01", "START", "SUBMITTED", ROLE_FINDER },
        { &website_life, "W02", "SUBMITTED", "REJECTED", ROLE_RB },
        { &website_life, "W03", "SUBMITTED", "ACCEPTED", ROLE_RB },
        { &website_life, "W04", "ACCEPTED", "STOPPED", ROLE_RB },
        { &website_life, "W04", "FIXING", "STOPPED", ROLE_RB },
        { &website_life, "W05", "ACCEPTED", "STAGE1_SENT", ROLE_RB },
        { &website_life, "W06", "STAGE1_SENT", "STAGE2_SENT", ROLE_RB },
        { &website_life, "W07", "STAGE2_SENT", "STAGE3_SENT", ROLE_RB },
        { &website_life, "W08", "STAGE3_SENT", "INVESTIGATING", ROLE_OPERATOR },
        { &website_life, "W09", "INVESTIGATING", "CLOSED_NOT_VULN", ROLE_RB },
        { &website_life, "W10", "INVESTIGATING", "FIXING", ROLE_OPERATOR },
        { &website_life, "W11", "STAGE3_SENT", "FIXED", ROLE_OPERATOR },
        { &website_life, "W11", "INVESTIGATING", "FIXED", ROLE_OPERATOR },
        { &website_life, "W11", "FIXING", "FIXED", ROLE_OPERATOR },
        { &website_life, "W12", "FIXED", "CLOSED", ROLE_RB },
        { &website_life, "W13", "STAGE3_SENT", "STAGE3_SENT", ROLE_CLOCK },
        { &website_life, "W14", "STAGE1_SENT", "UNHANDLEABLE", ROLE_RB },
        { &website_life, "W15", "ACCEPTED", "CLOSED_ALERT", ROLE_RB },
        { &website_life, "W16", "INVESTIGATING", "STOPPED", ROLE_RB },
        { &website_life, "W17", "STAGE3_SENT", "STAGE3_SENT", ROLE_RB },
    };
    /* clang-format on */
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct life *life = rows[i].life;
        bool is_there = false;

        print_message("%s: %s to %s\n", rows[i].rule, rows[i].from, rows[i].to);
        for (size_t n = 0; n < life->move_count; n++) {
            const struct move *move = &life->moves[n];

            is_there |= strstr(move->rule, rows[i].rule) && move->who == rows[i].who &&
                        strcmp(life->states[move->from], rows[i].from) == 0 &&
                        strcmp(life->states[move->to], rows[i].to) == 0;
        }
        assert_true(is_there);
    }
}

/* domain-model 2.1: the machines as published, with their three corrections. */
static void protocol__has_the_transitions_of_the_standard(void **state)
{
    static const size_t counts[] = { 11, 10, 15, 3, 12 };
    size_t count;
    (void)state;

    for (size_t m = 0; m < COUNT(counts); m++) {
        (void)protocol_transitions((enum protocol_machine)m, &count);
        assert_int_equal(count, counts[m]);
    }
    assert_null(protocol_next(MACHINE_RM, STR("VALID"), STR("c"))); /* invariant 7 */
    assert_null(protocol_next(MACHINE_VFD, STR("vfd"), STR("F")));
    assert_string_equal(protocol_next(MACHINE_PXA, STR("pxa"), STR("A")), "pxA");
}

/* Each machine as a diagram in docs/lives: of the protocol, and of a developer's part (contact, disclosure level). */
static void protocol__is_printed_from_its_tables(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(4 << 20);
    (void)state;

    for (int m = 0; m < MACHINES; m++) {
        struct buf diagram = buf_new(arena, 1 << 20);
        const struct protocol_transition *at;
        size_t count;

        at = protocol_transitions((enum protocol_machine)m, &count);
        buf_add(&diagram, STR("stateDiagram-v2\n"));
        buf_printf(&diagram, "    [*] --> %s\n", at[0].from);
        for (size_t i = 0; i < count; i++)
            buf_printf(&diagram, "    %s --> %s: %s\n", at[i].from, at[i].to, at[i].symbol);
        assert_document_is_current(arena, protocol_name((enum protocol_machine)m),
                                   buf_str(&diagram));
    }
}

/* Domain model 7.4: silence does not end that a developer cannot be reached, its answer does; a level is never lowered. */
static void protocol_reach__follows_the_events(void **state)
{
    static const struct {
        const char *kind, *contact, *level;
    } steps[] = {
        { "contact.attempted", "CONTACT_ATTEMPTED", "NONE" },
        { "message.sent", "CONTACT_ATTEMPTED", "NONE" },
        { "unreachable.confirmed", "UNREACHABLE", "NONE" },
        { "contact.attempted", "UNREACHABLE", "NONE" },
        { "unreachable.named", "UNREACHABLE_NAMED", "NONE" },
        { "unreachable.product_named", "UNREACHABLE_PRODUCT", "NONE" },
        { "docket.proposed", "UNDER_JUDGEMENT", "NONE" },
        { "docket.suspended", "UNREACHABLE_PRODUCT", "NONE" },
        { "contact.acknowledged", "OPEN", "NONE" },
        { "unreachable.cleared", "OPEN", "NONE" },
        { "summary.sent", "CONTACT_ATTEMPTED", "SUMMARY" },
        { "participant.seen", "OPEN", "SUMMARY" },
        { "detail.requested", "IN_PROGRESS", "SUMMARY" },
        { "detail.sent", "IN_PROGRESS", "DETAIL" },
        { "summary.sent", "IN_PROGRESS", "DETAIL" },
        { "participant.refused", "DISPUTED", "DETAIL" },
    };
    struct protocol p = { .contact = STR("NOT_CONTACTED"), .level = STR("NONE") };
    (void)state;

    for (size_t i = 0; i < COUNT(steps); i++) {
        protocol_reach(&p, str_from_z(steps[i].kind));
        assert_str(p.contact, steps[i].contact);
        assert_str(p.level, steps[i].level);
    }
}

/* The same walks every time. */
static unsigned next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Whatever road a case takes through its table, what the moves carry is always possible for the protocol's machines. */
static void product_life__carries_only_what_the_protocol_allows(void **state)
{
    unsigned seed = 7;
    (void)state;

    for (int walk = 0; walk < 2000; walk++) {
        struct protocol p = { STR("START"), STR("START"),         STR("NONE"),
                              STR("pxa"),   STR("START"),         STR("NO_EMBARGO"),
                              STR("vfd"),   STR("NOT_CONTACTED"), STR("NONE") };
        struct err err = { 0 };
        int at = CASE_START;

        for (int step = 0; step < 30; step++) {
            int fits[64];
            size_t n = 0;

            for (size_t i = 0; i < product_life.move_count && n < COUNT(fits); i++) {
                if (product_life.moves[i].from == at)
                    fits[n++] = (int)i;
            }
            if (n == 0)
                break;
            const struct move *move = &product_life.moves[fits[next(&seed) % n]];

            if (!protocol_carry(&p, str_from_z(move->carries), &err))
                fail_msg("%s -> %s: %s", product_life.states[move->from],
                         product_life.states[move->to], err.subject);
            at = move->to;
        }
    }
}

/* What a letter means in one of the matrices. */
typedef unsigned class_of(char c);

static unsigned class_of_product(char c)
{
    static const char letters[] = "IVTXMSDRLC";
    const char *at = strchr(letters, c);

    if (c == 'O')
        return SEES_OWN_S;
    if (c == 'N')
        return SEES_OWN_M;
    return at && c ? 1u << (at - letters) : 0;
}

static unsigned class_of_website(char c)
{
    switch (c) {
    case 'U':
        return SEES_URL;
    case 'K':
        return SEES_ENCRYPTION;
    case 'H':
        return SEES_HANDLING;
    case 'W':
        return SEES_ANSWERS;
    case 'F':
        return SEES_FIX;
    case 'O':
        return SEES_ORDINANCE;
    default:
        return class_of_product(c);
    }
}

static struct cell cell_of(struct str text, class_of *class)
{
    struct cell cell = { 0, 0 };

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c >= 'a' && c <= 'z')
            cell.part |= class((char)(c - 'a' + 'A'));
        else
            cell.full |= class(c);
    }
    return cell;
}

/* One matrix as code has it, and as its data file says it. */
struct matrix {
    const char *file;
    const char *const *names;
    size_t rows, phases;
    class_of *class;
    struct cell (*cell)(size_t audience, size_t phase);
};

static struct cell product_cell(size_t audience, size_t phase)
{
    return visibility_cell((enum audience)audience, (enum phase)phase);
}

static struct cell site_cell(size_t audience, size_t phase)
{
    return website_cell((enum website_audience)audience, (enum website_phase)phase);
}

static void compare(const struct matrix *matrix)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    const char *root = getenv("NOROSHI_SOURCE_ROOT");
    struct str text, line, audience, cell;
    struct err err = { 0 };
    size_t rows = 0;

    assert_non_null(root);
    assert_true(fs_read_whole(
        arena_z(arena, arena_printf(arena, "%s/tests/visibility/%s", root, matrix->file)), 65536,
        arena, &text, &err));
    while (text.len > 0 && str_split(&text, '\n', &line)) {
        size_t a;

        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        assert_true(str_split(&line, '\t', &audience));
        for (a = 0; a < matrix->rows && !str_eq_z(audience, matrix->names[a]); a++)
            ;
        assert_true(a < matrix->rows);
        rows++;
        for (size_t phase = 0; phase < matrix->phases; phase++) {
            struct cell want, have = matrix->cell(a, phase);

            assert_true(str_split(&line, '\t', &cell));
            want = cell_of(cell, matrix->class);
            print_message("%s %c: %.*s\n", matrix->names[a], (char)('A' + phase), STR_ARG(cell));
            assert_int_equal(have.full, want.full);
            assert_int_equal(have.part, want.part);
        }
    }
    assert_int_equal(rows, matrix->rows);
}

/* GEN-07: requirements 5.1 and 5.2, read from the data files that the code's author does not bend. */
static void visibility__is_the_matrix_of_the_requirements(void **state)
{
    (void)state;
    compare(&(struct matrix){ "product_case.tsv", audience_names, AUDIENCES, PHASES,
                              class_of_product, product_cell });
    compare(&(struct matrix){ "website_case.tsv", website_audience_names, SITE_AUDIENCES,
                              SITE_PHASES, class_of_website, site_cell });
}

/* PUB-03, UNR-10: what is printed beside a developer; silence reads "no report" once the advisory is out, and at once when it was established. */
static void vendor_status__says_what_is_known(void **state)
{
    const struct {
        enum developer_state state;
        const char *affected;
        bool published;
        enum vendor_status want;
    } rows[] = {
        { DEVELOPER_SUMMARY_SENT, "", false, VENDOR_NOTIFIED },
        { DEVELOPER_SUMMARY_SENT, "", true, VENDOR_NO_REPORT },
        { DEVELOPER_DETAIL_SENT, "", false, VENDOR_NOTIFIED },
        { DEVELOPER_DETAIL_SENT, "", true, VENDOR_NO_REPORT },
        { DEVELOPER_NO_REPLY, "", false, VENDOR_NO_REPORT },
        { DEVELOPER_NO_REPLY, "YES", true, VENDOR_NO_REPORT },
        { DEVELOPER_NO_PRODUCT, "", true, VENDOR_NOT_AFFECTED },
        { DEVELOPER_VERIFIED, "NO", true, VENDOR_NOT_AFFECTED },
        { DEVELOPER_VERIFIED, "INVESTIGATING", true, VENDOR_NOT_AFFECTED_INVESTIGATING },
        { DEVELOPER_VERIFIED, "YES", true, VENDOR_AFFECTED_INVESTIGATING },
        { DEVELOPER_READY, "YES", true, VENDOR_AFFECTED },
        { DEVELOPER_REFUSED, "", true, VENDOR_UNKNOWN },
        { DEVELOPER_UNREACHABLE, "", true, VENDOR_UNKNOWN },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("%s %s\n", developer_life.states[rows[i].state], rows[i].affected);
        assert_int_equal(
            developer_vendor_status(rows[i].state, str_from_z(rows[i].affected), rows[i].published),
            rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lives__are_whole),
        cmocka_unit_test(lives__have_the_rows_of_the_requirements),
        cmocka_unit_test(protocol__has_the_transitions_of_the_standard),
        cmocka_unit_test(protocol__is_printed_from_its_tables),
        cmocka_unit_test(protocol_reach__follows_the_events),
        cmocka_unit_test(product_life__carries_only_what_the_protocol_allows),
        cmocka_unit_test(visibility__is_the_matrix_of_the_requirements),
        cmocka_unit_test(vendor_status__says_what_is_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
