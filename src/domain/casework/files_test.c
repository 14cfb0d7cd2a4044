#include "domain/casework/casework_testing.h"

#include "base/fs.h"
#include "domain/casework/files.h"
#include <ftw.h>

#define DRAFT "0123456789abcdef0123456789abcdef"

static struct cabinet cabinet_of(struct desk_fixture *f)
{
    return (struct cabinet){
        .vault = &f->vault, .folder = f->folder, .max_bytes = 3 << 20, .max_files = 2
    };
}

static int forget(const char *path, const struct stat *stat, int kind, struct FTW *where)
{
    (void)stat;
    (void)kind;
    (void)where;
    return remove(path);
}

static int down(void **state)
{
    struct desk_fixture *f = *state;

    (void)nftw(arena_z(f->arena, arena_printf(f->arena, "%s/desk/files", f->folder)), forget, 8,
               FTW_DEPTH | FTW_PHYS);
    return desk_fixture_down(state);
}

/* A file of that many bytes, in pieces, each in a transaction of its own. */
static struct str send(struct desk_fixture *f, struct str bytes)
{
    struct cabinet cabinet = cabinet_of(f);
    struct case_file_piece piece = { .draft = STR(DRAFT),
                                     .name = STR("C:\\Users\\taro\\canary-name.txt") };
    struct str id = STR_NONE;

    for (; bytes.len > 0; piece.index++) {
        struct tx *tx = NULL;

        piece.bytes = str_take(bytes, CASE_FILE_PIECE);
        bytes = str_drop(bytes, CASE_FILE_PIECE);
        piece.is_last = bytes.len == 0;
        MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
        MUST(f, case_file_keep_piece(&cabinet, tx, &piece, f->now, f->arena, &id, &f->err));
        MUST(f, tx_commit(&tx, &f->err));
        piece.id = id;
    }
    return id;
}

static struct str random_bytes(struct desk_fixture *f, size_t len)
{
    char *bytes = arena_alloc(f->arena, len);

    random_fill(bytes, len);
    return (struct str){ bytes, len };
}

static struct receipt submit(struct desk_fixture *f)
{
    struct tx *tx = NULL;
    struct receipt receipt;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR(DRAFT), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    return receipt;
}

/* What a subject sees in the case's first and only report, at the stage `full` stands for. */
static struct case_files files_for(struct desk_fixture *f, struct tx *tx, const struct subject *who,
                                   unsigned full)
{
    struct grant grant = { .full = full };
    struct case_files files;
    struct product_case c;

    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, case_files_list(tx, who, &c, &grant, f->arena, &files, &f->err));
    return files;
}

/* INT-01, GEN-05: what is attached joins the report, sealed, and opens to what was sent. */
static void case_file__joins_the_report_it_was_sent_with(void **state)
{
    struct desk_fixture *f = *state;
    struct cabinet cabinet = cabinet_of(f);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str sent = random_bytes(f, (2 << 20) + 5),
               small = STR("canary-file: a program that shows it"), back, disk;
    struct str id = send(f, small);
    struct case_files files;
    struct receipt receipt;

    (void)send(f, sent);
    receipt = submit(f);
    assert_int_equal(receipt.files, 2);
    assert_int_equal(submit(f).files, 2); /* the same submission again */
    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    files = files_for(f, tx, &f->rb, SEES_V | SEES_T | SEES_X);
    assert_int_equal(files.len, 2);
    assert_str(files.at[0].name, "canary-name.txt");
    MUST(f, case_file_read(&cabinet, &files.at[0], f->arena, &back, &f->err));
    assert_true(str_eq(back, small));
    MUST(f, case_file_read(&cabinet, &files.at[1], f->arena, &back, &f->err));
    assert_true(str_eq(back, sent));
    MUST(f, fs_read_whole(arena_z(f->arena, arena_printf(f->arena, "%s/desk/files/%.2s/%.*s",
                                                         f->folder, id.ptr, STR_ARG(id))),
                          1 << 20, f->arena, &disk, &f->err));
    assert_false(str_contains(disk, STR("canary")));
}

/* C42: a person lets it go further, step by step. */
static void case_file__goes_further_only_when_a_person_lets_it(void **state)
{
    struct desk_fixture *f = *state;
    unsigned all = SEES_V | SEES_T | SEES_X;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct product_case c;
    struct case_file file;
    struct grant grant = { .full = SEES_V | SEES_T | SEES_X };

    (void)send(f, STR("bytes"));
    (void)submit(f);
    f->finder = (struct subject){ .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 1 };
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    assert_int_equal(files_for(f, tx, &f->finder, all).len, 1);
    assert_int_equal(files_for(f, tx, &f->cb, all).len, 0);
    file = files_for(f, tx, &f->rb, all).at[0];
    assert_false(case_file_release(tx, &f->cb, &c, &file, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    f->err = (struct err){ 0 };

    MUST(f, case_file_release(tx, &f->rb, &c, &file, f->now, f->arena, &f->err));
    assert_int_equal(files_for(f, tx, &f->cb, all).len, 1);
    assert_int_equal(files_for(f, tx, &f->cb, SEES_V).len, 0); /* not its class */
    assert_int_equal(files_for(f, tx, &f->pm1, all).len, 0);
    MUST(f, case_file_pick(tx, &f->cb, &c, &grant, file.public_id, f->arena, &file, &f->err));
    MUST(f, case_file_release(tx, &f->cb, &c, &file, f->now, f->arena, &f->err));
    assert_int_equal(files_for(f, tx, &f->pm1, all).len, 1);
    assert_int_equal(files_for(f, tx, &f->pm1, SEES_V).len, 0); /* before the detail */
}

static void case_file__keeps_to_its_limits(void **state)
{
    struct desk_fixture *f = *state;
    struct cabinet cabinet = cabinet_of(f);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct case_file_piece piece = {
        .draft = STR(DRAFT), .name = STR("a"), .bytes = STR("a"), .is_last = true
    };
    struct str id;

    (void)send(f, STR("one"));
    (void)send(f, STR("two"));
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    assert_false(case_file_keep_piece(&cabinet, tx, &piece, f->now, f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);

    /* another draft does not reach a file that is not its own, nor a place that is not next */
    cabinet.max_files = 9;
    piece.is_last = false;
    piece.bytes = random_bytes(f, CASE_FILE_PIECE);
    f->err = (struct err){ 0 };
    MUST(f, case_file_keep_piece(&cabinet, tx, &piece, f->now, f->arena, &id, &f->err));
    piece.id = id;
    piece.index = 2;
    assert_false(case_file_keep_piece(&cabinet, tx, &piece, f->now, f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);
    piece.index = 1;
    piece.draft = STR("another-draft-0123456789abcdef01");
    f->err = (struct err){ 0 };
    assert_false(case_file_keep_piece(&cabinet, tx, &piece, f->now, f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    cabinet.max_bytes = CASE_FILE_PIECE;
    piece.draft = STR(DRAFT);
    f->err = (struct err){ 0 };
    assert_false(case_file_keep_piece(&cabinet, tx, &piece, f->now, f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_TOO_LARGE);
}

static void case_file__is_deleted_when_its_report_never_comes(void **state)
{
    struct desk_fixture *f = *state;
    struct cabinet cabinet = cabinet_of(f);
    struct str id = send(f, STR("lonely"));
    const char *path = arena_z(f->arena, arena_printf(f->arena, "%s/desk/files/%.2s/%.*s",
                                                      f->folder, id.ptr, STR_ARG(id)));
    struct tx *tx = NULL;

    assert_true(fs_exists(path));
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, case_files_purge(&cabinet, tx, utc_add_days(f->now, CASE_FILE_DRAFT_DAYS), f->arena,
                             &f->err));
    assert_true(fs_exists(path));
    MUST(f, case_files_purge(&cabinet, tx, utc_add_days(f->now, CASE_FILE_DRAFT_DAYS + 1), f->arena,
                             &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    assert_false(fs_exists(path));
    assert_int_equal(submit(f).files, 0);
}

/* The finder adds a file later; nobody else's mailbox does. */
static void case_file__comes_from_the_mailbox_of_its_own_case(void **state)
{
    struct desk_fixture *f = *state;
    struct cabinet cabinet = cabinet_of(f);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct subject other = { .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 2 };
    struct product_case c;
    struct str id, back;

    (void)submit(f);
    f->finder = (struct subject){ .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 1 };
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    assert_false(case_file_attach(&cabinet, tx, &other, &c, THREAD_FINDER, NULL, STR("a.txt"),
                                  STR("a"), f->now, f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    f->err = (struct err){ 0 };
    MUST(f, case_file_attach(&cabinet, tx, &f->finder, &c, THREAD_FINDER, NULL, STR("a.txt"),
                             STR("later"), f->now, f->arena, &id, &f->err));
    MUST(f, case_file_read(&cabinet, &files_for(f, tx, &f->rb, SEES_X).at[0], f->arena, &back,
                           &f->err));
    assert_str(back, "later");
}

static bool sees(struct desk_fixture *f, struct tx *tx, const struct product_case *c,
                 const struct subject *who, int64_t participant_id, struct str id)
{
    struct grant grant = { .full = SEES_V | SEES_T | SEES_X, .participant_id = participant_id };
    struct case_file file;

    if (case_file_pick(tx, who, c, &grant, id, f->arena, &file, &f->err))
        return true;
    assert_int_equal(f->err.code, ERR_ABSENT);
    f->err = (struct err){ 0 };
    return false;
}

/* CFD-14, C42: a file that goes along with a message is seen by whoever reads that thread, by nobody else, and needs no release. */
static void case_file__of_a_message_is_its_threads(void **state)
{
    struct desk_fixture *f = *state;
    struct cabinet cabinet = cabinet_of(f);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct developer d;
    struct product_case c;
    struct str theirs, ours, questions;
    struct subject reader, outsider = { .kind = SUBJECT_ACCOUNT, .roles = ROLE_AUDITOR };

    (void)submit(f);
    f->finder = (struct subject){ .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 1 };
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, coordination_add(&f->w, tx, &f->cb, &c, f->organisation[0], f->now, f->arena, &d,
                             &f->err));
    reader = f->pm1;
    reader.roles = ROLE_PD;

    MUST(f, case_file_attach(&cabinet, tx, &f->cb, &c, THREAD_PARTICIPANT, &d, STR("log.txt"),
                             STR("a"), f->now, f->arena, &theirs, &f->err));
    MUST(f, case_file_attach(&cabinet, tx, &f->rb, &c, THREAD_BODIES, NULL, STR("note.txt"),
                             STR("b"), f->now, f->arena, &ours, &f->err));
    MUST(f, case_file_attach(&cabinet, tx, &f->rb, &c, THREAD_FINDER, NULL, STR("form.txt"),
                             STR("c"), f->now, f->arena, &questions, &f->err));
    assert_false(case_file_attach(&cabinet, tx, &f->rb, &c, THREAD_PARTICIPANT, &d, STR("x.txt"),
                                  STR("x"), f->now, f->arena, &theirs, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    assert_false(case_file_attach(&cabinet, tx, &reader, &c, THREAD_PARTICIPANT, &d, STR("x.txt"),
                                  STR("x"), f->now, f->arena, &theirs, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    f->err = (struct err){ 0 };

    assert_true(sees(f, tx, &c, &f->cb, 0, theirs) && sees(f, tx, &c, &f->pm1, d.id, theirs));
    assert_true(sees(f, tx, &c, &reader, d.id, theirs));
    assert_false(sees(f, tx, &c, &f->pm2, d.id + 1, theirs) || sees(f, tx, &c, &f->rb, 0, theirs) ||
                 sees(f, tx, &c, &f->finder, 0, theirs) || sees(f, tx, &c, &outsider, 0, theirs));
    assert_true(sees(f, tx, &c, &f->rb, 0, ours) && sees(f, tx, &c, &f->cb, 0, ours));
    assert_false(sees(f, tx, &c, &f->pm1, d.id, ours) || sees(f, tx, &c, &f->finder, 0, ours));
    assert_true(sees(f, tx, &c, &f->finder, 0, questions) && sees(f, tx, &c, &f->rb, 0, questions));
    assert_false(sees(f, tx, &c, &f->cb, 0, questions) ||
                 sees(f, tx, &c, &f->pm1, d.id, questions));
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, desk_fixture_up, down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DESK(case_file__joins_the_report_it_was_sent_with),
        WITH_DESK(case_file__goes_further_only_when_a_person_lets_it),
        WITH_DESK(case_file__keeps_to_its_limits),
        WITH_DESK(case_file__is_deleted_when_its_report_never_comes),
        WITH_DESK(case_file__of_a_message_is_its_threads),
        WITH_DESK(case_file__comes_from_the_mailbox_of_its_own_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
