#include "domain/casework/casework_testing.h"

#include "faces/desk/intake/intake.h"
#include "outside/intake.h"
#include "outside/peer.h"
#include <ftw.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>

/* Public at one end of a socket, the desk at the other, as they are in the program. */
struct scene {
    struct desk_fixture *f;
    struct settings settings;
    struct desk desk;
    struct peer *served;
    struct intake_way way;
    pthread_t thread;
};

static struct scene scene;

static void *serve(void *argument)
{
    struct scene *s = argument;

    peer_serve(s->served, desk_intake_messages, desk_intake_handle, &s->desk);
    return NULL;
}

static int up(void **state)
{
    struct desk_fixture *f;
    int fds[2];

    if (desk_fixture_up(state) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
        return -1;
    f = *state;
    scene = (struct scene){ .f = f,
                            .settings = { .attachment_max_bytes = 10 << 20, .attachments_max = 2 },
                            .served = peer_new(fds[0]) };
    scene.desk = (struct desk){ .store = f->store,
                                .settings = &scene.settings,
                                .vault = &f->vault,
                                .casework = f->w,
                                .state_folder = f->folder };
    scene.way = (struct intake_way){ .desk = peer_new(fds[1]), .key = f->vault.intake.public_key };
    return pthread_create(&scene.thread, NULL, serve, &scene);
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

    peer_free(scene.way.desk);
    pthread_join(scene.thread, NULL);
    peer_free(scene.served);
    (void)nftw(arena_z(f->arena, arena_printf(f->arena, "%s/desk/files", f->folder)), forget, 8,
               FTW_DEPTH | FTW_PHYS);
    return desk_fixture_down(state);
}

static const struct query count_cases = {
    "testing_cases", "SELECT count(*) AS n FROM product_case", NULL, 0, NULL, 0
};

static int64_t cases(struct desk_fixture *f)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t n;

    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    MUST(f, store_number(tx, &count_cases, NO_BINDS, 0, &n, &f->err));
    return n;
}

/* INT-01, FND-01: sealed bytes become a case; the receipt comes after the commit, and the same draft brings the same. */
static void desk_intake__turns_a_sealed_form_into_a_case_once(void **state)
{
    struct desk_fixture *f = *state;
    struct intake_form form = { .draft = random_token(f->arena),
                                .form = testing_form(f),
                                .channel = STR("FORM"),
                                .lang = LANG_JA };
    struct intake_receipt first, again;
    struct str id;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t report;

    MUST(f, intake_send_file(&scene.way, form.draft, STR("poc.py"), STR("print('canary')"),
                             f->arena, &id, &f->err));
    MUST(f, intake_send_form(&scene.way, &form, f->arena, &first, &f->err));
    MUST(f, intake_send_form(&scene.way, &form, f->arena, &again, &f->err));
    assert_true(str_eq(first.number, again.number) && str_eq(first.passphrase, again.passphrase));
    assert_true(again.is_repeated && !first.is_repeated);
    assert_int_equal(first.files, 1);
    assert_int_equal(again.files, 1);
    assert_int_equal(cases(f), 1);
    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    MUST(f, intake_mailbox(&f->w, tx, first.number, first.passphrase, f->arena, &report, &f->err));
    assert_int_equal(report, 1);
}

/* What the public side did not check, the desk does. */
static void desk_intake__checks_everything_again(void **state)
{
    struct desk_fixture *f = *state;
    struct buf buf = buf_new(f->arena, 256);
    struct intake_form form = { .draft = random_token(f->arena),
                                .channel = STR("API"),
                                .lang = LANG_EN };
    struct intake_receipt receipt;
    struct seal_key stranger = seal_key_new();
    struct seal_box_keys keys = seal_box_keys_from(&stranger);
    struct intake_way wrong = { .desk = scene.way.desk, .key = keys.public_key };

    record_put(&buf, "product_name", STR("only this"));
    form.form = buf_str(&buf);
    assert_false(intake_send_form(&scene.way, &form, f->arena, &receipt, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);
    f->err = (struct err){ 0 };
    form.form = testing_form(f);
    assert_false(intake_send_form(&wrong, &form, f->arena, &receipt, &f->err));
    assert_int_equal(f->err.code, ERR_SEAL_BROKEN);
    assert_int_equal(cases(f), 0);
}

static void desk_intake__takes_only_so_many_files(void **state)
{
    struct desk_fixture *f = *state;
    struct str draft = random_token(f->arena), id;

    MUST(f, intake_send_file(&scene.way, draft, STR("1"), STR("1"), f->arena, &id, &f->err));
    MUST(f, intake_send_file(&scene.way, draft, STR("2"), STR("2"), f->arena, &id, &f->err));
    assert_false(intake_send_file(&scene.way, draft, STR("3"), STR("3"), f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(desk_intake__turns_a_sealed_form_into_a_case_once, up, down),
        cmocka_unit_test_setup_teardown(desk_intake__checks_everything_again, up, down),
        cmocka_unit_test_setup_teardown(desk_intake__takes_only_so_many_files, up, down),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
