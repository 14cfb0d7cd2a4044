#include "domain/casework/casework_testing.h"

#include "domain/casework/withdrawal.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/files/files.h"
#include "faces/desk/mailbox/mailbox.h"
#include "faces/http/testing.h"
#include <ftw.h>

/* A desk with one report in it, and its finder at a browser. */
struct mail_scene {
    struct desk_fixture *f;
    struct settings settings;
    struct desk desk;
    struct server *server;
    struct receipt receipt;
    char cookie[200], token[100];
};

static struct mail_scene scene;
static const struct str hosts[] = { STR_INIT("localhost") },
                        origins[] = { STR_INIT("http://localhost") };
static struct route_list lists[2];
static struct server_options options;

static int up(void **state)
{
    struct desk_fixture *f;
    struct tx *tx = NULL;

    if (desk_fixture_up(state) != 0)
        return -1;
    f = *state;
    f->now = utc_now();
    scene = (struct mail_scene){ .f = f };
    scene.settings = (struct settings){ .attachment_max_bytes = 1 << 20,
                                        .attachments_max = 2,
                                        .login_tries = 3,
                                        .login_window_minutes = 15,
                                        .session_idle_minutes = 30,
                                        .session_hours = 8,
                                        .portal_url = STR("http://localhost"),
                                        .receiving_body_en = STR("Receiving body"),
                                        .receiving_body_ja = STR("受付機関") };
    scene.desk =
        (struct desk){ .store = f->store,
                       .settings = &scene.settings,
                       .vault = &f->vault,
                       .casework = f->w,
                       .state_folder = f->folder,
                       .gate = { f->store, &f->vault, access_limits_from(&scene.settings) } };
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("0123456789abcdef0123456789abcdef"),
                          LANG_EN, STR("FORM"), f->now, f->arena, &scene.receipt, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    lists[0] = desk_mailbox_routes;
    lists[1] = desk_files_routes;
    options = (struct server_options){ .name = "desk",
                                       .threads = 2,
                                       .lists = lists,
                                       .list_count = COUNT(lists),
                                       .hooks = desk_hooks,
                                       .app = &scene.desk,
                                       .hosts = hosts,
                                       .host_count = 1,
                                       .origins = origins,
                                       .origin_count = 1,
                                       .is_private = true };
    scene.server = start(options);
    return 0;
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

    server_stop(scene.server, 1000);
    (void)nftw(arena_z(f->arena, arena_printf(f->arena, "%s/desk", f->folder)), forget, 8,
               FTW_DEPTH | FTW_PHYS);
    return desk_fixture_down(state);
}

/* What stands behind a mark in the last answer, up to a closing character. */
static void copy_after(const char *mark, char end, char *out, size_t room)
{
    const char *at = strstr(answer, mark);
    size_t len = 0;

    assert_non_null(at);
    for (at += strlen(mark); *at && *at != end && len + 1 < room; at++)
        out[len++] = *at;
    out[len] = 0;
}

static const char *headers(void)
{
    static char all[600];

    snprintf(
        all, sizeof all,
        "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://localhost\r\nCookie: %s\r\n",
        scene.cookie);
    return all;
}

static int get(const char *path)
{
    char line[200];

    snprintf(line, sizeof line, "GET %s", path);
    return ask(line, headers(), "");
}

static int press(const char *path, const char *fields)
{
    char body[8000];

    snprintf(body, sizeof body, "form_token=%s&%s", scene.token, fields);
    return post(path, headers(), body);
}

/* The page first: it brings the visitor's cookie and the form's token. */
static int try_to_open(const char *receipt, const char *passphrase)
{
    char fields[400];

    scene.cookie[0] = 0;
    assert_int_equal(ask("GET /en/mailbox", "", ""), 200);
    copy_after("Set-Cookie: ", ';', scene.cookie, sizeof scene.cookie);
    copy_after("name=\"form_token\" value=\"", '"', scene.token, sizeof scene.token);
    snprintf(fields, sizeof fields, "receipt=%s&passphrase=%s", receipt, passphrase);
    return press("/en/mailbox", fields);
}

static void open_it(struct desk_fixture *f)
{
    assert_int_equal(try_to_open(arena_z(f->arena, scene.receipt.number),
                                 arena_z(f->arena, scene.receipt.passphrase)),
                     303);
    copy_after("Set-Cookie: ", ';', scene.cookie, sizeof scene.cookie);
    assert_int_equal(get("/en/mailbox/case"), 200);
    copy_after("name=\"form_token\" value=\"", '"', scene.token, sizeof scene.token);
}

/* INT-13, C07: receipt and passphrase are enough, and guessing is slow. */
static void mailbox__opens_with_receipt_and_passphrase_alone(void **state)
{
    (void)state;
    assert_int_equal(get("/en/mailbox/case"),
                     303); /* to the login page, which leads to the mailbox's */
    assert_int_equal(try_to_open("R-2026-0000-0000", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"), 422);
    assert_true(has("do not belong together"));
    open_it(*state);
    assert_int_equal(get("/en/mailbox"), 303);
    for (int i = 0; i < 2; i++)
        assert_int_equal(try_to_open("R-2026-0000-0000", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"), 422);
    assert_int_equal(try_to_open("R-2026-0000-0000", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"), 429);
}

/* Requirements 5.1, row FI: what it wrote; never who it is, nor anything of the developers. */
static void mailbox__shows_what_the_finder_may_see(void **state)
{
    open_it(*state);
    assert_true(has("Your report is here") && has("canary-V") && has("canary-T") &&
                has("canary-X") && has("Sample Router RX-100"));
    assert_false(has("canary-I") || has("canary-i@") || has("organisation 3"));
}

/* FND-05, FND-10, INT-11; FND-11: to wait is advised even for a good reason. */
static void mailbox__writes_to_the_receiving_body(void **state)
{
    struct desk_fixture *f = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct product_case c;
    struct talks talks;

    open_it(f);
    assert_int_equal(press("/en/mailbox/case/messages", "kind=INQUIRY&text=How+far+is+it"), 303);
    assert_int_equal(press("/en/mailbox/case/messages", "kind=INQUIRY&text="), 422);
    assert_int_equal(
        press("/en/mailbox/case/consultation", "recipient=a+conference&reason=kept+text&date="),
        422);
    assert_true(has("kept text") && has("desirable to wait"));
    assert_int_equal(press("/en/mailbox/case/consultation",
                           "recipient=a+conference&reason=a+talk&date=2027-02-15"),
                     303);
    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, talk_list(tx, &f->rb, &c, THREAD_FINDER, NULL, f->arena, &talks, &f->err));
    assert_int_equal(talks.len, 2);
    assert_int_equal(talks.at[0].kind, TALK_INQUIRY);
    assert_int_equal(talks.at[1].kind, TALK_CONSULTATION);
    assert_true(str_contains(talks.at[1].text, STR("a conference")) &&
                str_contains(talks.at[1].text, STR("15 February 2027")));
}

/* FND-04, INT-04: the decision with its reason. */
static void mailbox__tells_the_reason_of_a_decision(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = NULL;
    struct product_case c;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_reject(tx, &f->rb, &c, STR("OUT_OF_SCOPE"), STR("It is about one site only."),
                          f->now, f->arena, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    open_it(f);
    assert_true(has("Not accepted") && has("Outside the targets of the partnership") &&
                has("It is about one site only."));
}

/* A developer was told so many days ago: the counting began there. */
static void begin_counting(struct desk_fixture *f, int days)
{
    struct utc then = utc_add_days(utc_now(), -days);
    struct tx *tx = NULL;
    struct product_case c;
    struct developers developers;
    struct developer d;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, intake_open(tx, &f->rb, &c, then, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, then, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, then, f->arena, &f->err));
    MUST(f, coordination_write_summary(tx, &f->cb, &c, STR("a router"), then, f->arena, &f->err));
    MUST(f,
         coordination_add(&f->w, tx, &f->cb, &c, f->organisation[0], then, f->arena, &d, &f->err));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, coordination_send_summary(&f->w, tx, &f->cb, &c, &developers.at[0],
                                      utc_add_days(then, 14), then, f->arena, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
}

/* FND-12, P23: too early it is refused with the reason, and the page names the day. */
static void mailbox__asks_for_release_after_a_year(void **state)
{
    static const char ask_path[] = "/en/mailbox/case/withdrawal",
                      yes[] = "understood=yes&words=a+talk+in+May";
    struct desk_fixture *f = *state;
    struct str day;

    begin_counting(f, 300);
    day = tr_date(f->arena, LANG_EN, utc_add_months(utc_add_days(utc_now(), -300), 12));
    open_it(f);
    assert_true(has(arena_z(f->arena, day)));
    assert_false(has("action=\"/en/mailbox/case/withdrawal\""));
    assert_int_equal(press(ask_path, yes), 422);
    assert_true(has("from the day named below on") && has(arena_z(f->arena, day)));
}

static void mailbox__is_released_after_a_year(void **state)
{
    static const char ask_path[] = "/en/mailbox/case/withdrawal",
                      yes[] = "understood=yes&words=a+talk+in+May";
    struct desk_fixture *f = *state;
    struct developers developers;
    struct tx *tx = NULL;
    struct product_case c;

    begin_counting(f, 367);
    open_it(f);
    assert_true(has("action=\"/en/mailbox/case/withdrawal\""));
    assert_int_equal(press(ask_path, "words=a+talk"), 422); /* what follows was not read */
    assert_int_equal(press(ask_path, yes), 303);
    assert_int_equal(press(ask_path, yes), 422); /* once is enough */
    assert_true(has("Please keep silent until the receiving body has answered"));
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, developers_load(tx, 1, f->arena, &developers, &f->err));
    MUST(f, withdrawal_decide(&f->w, tx, &f->rb, &c, &developers, true, STR("Thank you."),
                              utc_now(), f->arena, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    assert_int_equal(get("/en/mailbox/case"), 200);
    assert_true(has("You are free to publish") && has("Thank you."));
    assert_false(has("Please do not tell third parties"));
}

/* C16: a file goes in, and comes out as a download alone. */
static void mailbox__takes_files_and_gives_them_back(void **state)
{
    char body[2000], path[200], head[600];

    open_it(*state);
    snprintf(
        head, sizeof head,
        "Content-Type: multipart/form-data; boundary=XX\r\nOrigin: http://localhost\r\nCookie: %s\r\n",
        scene.cookie);
    snprintf(
        body, sizeof body,
        "--XX\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n%s\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"poc.html\"\r\nContent-Type: text/html\r\n\r\n<b>later</b>\r\n--XX--\r\n",
        scene.token);
    assert_int_equal(post("/en/mailbox/case/files", head, body), 303);
    assert_int_equal(get("/en/mailbox/case"), 200);
    copy_after("href=\"/en/mailbox/case/files/", '"', body, sizeof body);
    snprintf(path, sizeof path, "/mailbox/case/files/%.40s", body);
    assert_int_equal(get(path), 200);
    assert_true(has("attachment; filename=\"poc.html\"") && has("application/octet-stream") &&
                has("<b>later</b>"));
    snprintf(path, sizeof path, "/files/%.40s", body);
    assert_int_equal(get(path), 404); /* the desk's own door is for accounts */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(mailbox__opens_with_receipt_and_passphrase_alone, up, down),
        cmocka_unit_test_setup_teardown(mailbox__shows_what_the_finder_may_see, up, down),
        cmocka_unit_test_setup_teardown(mailbox__writes_to_the_receiving_body, up, down),
        cmocka_unit_test_setup_teardown(mailbox__tells_the_reason_of_a_decision, up, down),
        cmocka_unit_test_setup_teardown(mailbox__asks_for_release_after_a_year, up, down),
        cmocka_unit_test_setup_teardown(mailbox__is_released_after_a_year, up, down),
        cmocka_unit_test_setup_teardown(mailbox__takes_files_and_gives_them_back, up, down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
