#include "faces/public/testing.h"

#include "base/buf.h"
#include "base/record.h"
#include "faces/portal/report/notes.h"
#include "faces/portal/report/report.h"
#include "faces/public/form_token.h"
#include <string.h>

/* The public face as portal_serve makes it. */
struct scene {
    struct settings settings;
    struct public_face face;
    struct far_desk desk;
    struct server *server;
};

static struct scene scene;

static bool identify(struct request *req, struct err *err)
{
    (void)err;
    req->form_token = form_token_make(&public_of(req)->form_key, req->now, req->arena);
    return true;
}

static bool token_ok(const struct request *req, struct str token)
{
    return form_token_is(&public_of(req)->form_key, token, req->now, req->arena);
}

static void render(struct request *req, const struct err *err, struct response *res)
{
    if (!report_render_refused(req, err, res))
        res->status = err_http_status(err->code);
}

static struct server_options options;

static int up(void **state)
{
    (void)state;
    scene = (struct scene){ .settings = { .desk_url = STR("http://desk.localhost:8081"),
                                          .attachment_max_bytes = 10 << 20,
                                          .attachments_max = 2 } };
    scene.face = (struct public_face){ .settings = &scene.settings };
    if (!far_desk_start(&scene.desk, &scene.face.intake))
        return -1;
    scene.face.form_key = seal_key_new();
    options = (struct server_options){
        .name = "public",
        .threads = 2,
        .lists = &portal_report_routes,
        .list_count = 1,
        .hooks = { .identify = identify,
                   .may = far_desk_may,
                   .token_ok = token_ok,
                   .render_error = render },
        .app = &scene.face,
        .hosts = far_desk_hosts,
        .host_count = COUNT(far_desk_hosts),
        .origins = far_desk_origins,
        .origin_count = COUNT(far_desk_origins),
    };
    scene.server = start(options);
    return 0;
}

static int down(void **state)
{
    (void)state;
    server_stop(scene.server, 1000);
    far_desk_end(&scene.desk, &scene.face.intake);
    return 0;
}

#define URLENCODED "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://localhost\r\n"
#define STEP1      "product_name=Sample+Router&product_version=2.1&category=router&told_nobody=yes"
#define STEP2      "&vuln_info=canary%0D%0Asecond+line&vuln_impact=any+command"
#define STEP3      "&verification=open+it&reproducibility=always"
#define STEP4      "&finder_name=Taro&finder_email=taro%40example.jp"
#define CONSENT    "&read_notes=yes&declares_legal=yes&keeps_silent=yes"
#define DRAFT      "&draft=0123456789abcdef0123456789abcdef"

static int press(const char *path, const char *fields)
{
    static char body[65536];
    struct str token = form_token_make(&scene.face.form_key, utc_now(), scene.desk.arena);

    snprintf(body, sizeof body, "form_token=%.*s&%s", STR_ARG(token), fields);
    return post(path, URLENCODED, body);
}

/* FND-02, FND-17: the way in, with neither cookie nor login; nobody keeps the page. */
static void report__begins_without_cookie_or_login(void **state)
{
    (void)state;
    assert_int_equal(ask("GET /en/report", "", ""), 200);
    assert_true(has("Start the report"));
    assert_false(has("Set-Cookie"));
    assert_int_equal(press("/en/report/step", ""), 200);
    assert_true(has("name=\"product_name\"") && has("name=\"draft\"") && has("no-store"));
    assert_false(has("Set-Cookie"));
    assert_int_equal(ask("GET /en/report/step", "", ""), 303);
}

#define SITE1 "site_name=Sample+City&site_url=https%3A%2F%2Fcity.example%2Fsearch&told_nobody=yes"

/* GEN-03, GEN-10, INT-02: a single website has a form of its own, which asks for its name and address; it goes to the desk as such. */
static void report__on_a_website_is_a_form_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(ask("GET /en/report", "", ""), 200);
    assert_true(has("If it is about a single website") && has("name=\"target\" value=\"website\""));
    assert_int_equal(press("/en/report/step", "target=website"), 200);
    assert_true(has("name=\"site_name\"") && has("name=\"site_url\""));
    assert_false(has("name=\"product_name\""));
    assert_int_equal(press("/en/report/step", "target=website&step=1&go=next&site_name=Sample"),
                     422);
    assert_true(has("Address of the page (URL): ") && has("value=\"Sample\""));
    assert_int_equal(press("/en/report/step", "target=website&step=1&go=next&" SITE1), 200);
    assert_true(has("name=\"vuln_info\"") && has("name=\"target\" value=\"website\""));
    assert_int_equal(
        press("/en/report/send", "target=website&" SITE1 STEP2 STEP3 STEP4 CONSENT DRAFT), 200);
    assert_true(has("R-2026-7K3M-92QF"));
    assert_true(scene.desk.got.is_website);
    assert_true(
        str_eq(record_get(scene.desk.got.form, "site_url"), STR("https://city.example/search")));
    assert_int_equal(press("/en/report/send", STEP1 STEP2 STEP3 STEP4 CONSENT DRAFT), 200);
    assert_false(scene.desk.got.is_website);
}

/* GEN-03: an installation that does not take them says where they are taken. */
static void report__tells_where_else_a_website_is_reported(void **state)
{
    (void)state;
    scene.settings.website_reports_url = STR("https://rb.example/websites");
    assert_int_equal(ask("GET /report", "", ""), 200);
    assert_true(has("href=\"https://rb.example/websites\"") && has("ウェブサイト"));
    assert_false(has("value=\"website\""));
    assert_int_equal(press("/en/report/step", ""), 200);
    assert_true(has("A single website is not reported here"));
}

/* INT-01, INT-15: a fault keeps the page and all that was typed, here and on the pages before. */
static void report__keeps_what_was_typed_at_a_fault(void **state)
{
    (void)state;
    assert_int_equal(
        press("/en/report/step",
              "step=1&go=next&product_name=%3CRouter%3E&product_version=&category=router"),
        422);
    assert_true(has("value=\"&lt;Router&gt;\""));
    assert_true(has("href=\"#product_version\"") && has("href=\"#told_nobody\"") &&
                has("Whom you have told about it: "));
    assert_int_equal(press("/en/report/step", "step=2&go=next&" STEP1 DRAFT), 422);
    assert_true(has("<input type=\"hidden\" name=\"product_name\" value=\"Sample Router\">"));
    assert_true(has("value=\"0123456789abcdef0123456789abcdef\""));
}

static void report__walks_forth_and_back(void **state)
{
    (void)state;
    assert_int_equal(press("/en/report/step", "step=1&go=next&" STEP1), 200);
    assert_true(has("name=\"vuln_info\""));
    assert_int_equal(press("/en/report/step", "step=2&go=back&vuln_info=half&" STEP1), 200);
    assert_true(has("type=\"hidden\" name=\"vuln_info\" value=\"half\"") &&
                has("id=\"product_name\""));
    assert_int_equal(press("/en/report/step", "step=4&go=next&" STEP1 STEP2 STEP3 STEP4), 200);
    /* LGL-01 LGL-02 LGL-03 LGL-04 LGL-05 LGL-06 LGL-07 LGL-14: every note stands before the button, with its date. */
    for (size_t i = 0; i < report_note_count; i++) {
        char words[40];

        snprintf(words, sizeof words, "%.*s", (int)strcspn(report_notes[i].words, "'\""),
                 report_notes[i].words);
        assert_true(has(words));
    }
    assert_true(has("March 2013") && has("Send the report"));
}

/* INT-01: the receipt is the desk's word. */
static void report__shows_the_receipt_the_desk_gave(void **state)
{
    (void)state;
    assert_int_equal(press("/en/report/send", STEP1 STEP2 STEP3 STEP4 CONSENT DRAFT), 200);
    assert_true(has("R-2026-7K3M-92QF") && has("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF") &&
                has("http://desk.localhost:8081/en/mailbox"));
    assert_str(record_get(scene.desk.got.form, "vuln_info"), "canary\nsecond line");
    assert_str(scene.desk.got.draft, "0123456789abcdef0123456789abcdef");
    assert_int_equal(scene.desk.got.lang, LANG_EN);
    assert_false(has("Set-Cookie"));
}

/* FND-13, FND-17: nothing is sent without the declaration. */
static void report__is_not_sent_without_the_declarations(void **state)
{
    (void)state;
    scene.desk.got = (struct intake_form){ 0 };
    assert_int_equal(
        press("/en/report/send", STEP1 STEP2 STEP3 STEP4 "&read_notes=yes&keeps_silent=yes"), 422);
    assert_true(has("href=\"#declares_legal\""));
    assert_int_equal(press("/en/report/send", STEP1 STEP2 STEP4 CONSENT), 422);
    assert_true(has("id=\"verification\"")); /* the page where it is missing */
    assert_int_equal(scene.desk.got.form.len, 0);
}

static void report__comes_back_filled_in_when_the_desk_is_away(void **state)
{
    struct peer *desk = scene.face.intake.desk;

    (void)state;
    scene.face.intake.desk = NULL;
    assert_int_equal(press("/en/report/send", STEP1 STEP2 STEP3 STEP4 CONSENT DRAFT), 503);
    scene.face.intake.desk = desk;
    assert_true(has("could not be handed over") &&
                has("name=\"finder_email\" value=\"taro@example.jp\"") && has("Retry-After"));
    assert_false(has("R-2026-7K3M-92QF"));
}

/* C15: a token of another time or from nowhere; what was typed comes back all the same. */
static void report__keeps_what_was_typed_when_the_token_is_too_old(void **state)
{
    struct str old =
        form_token_make(&scene.face.form_key, utc_add_days(utc_now(), -3), scene.desk.arena);
    char body[4000];

    (void)state;
    snprintf(body, sizeof body, "form_token=%.*s&step=1&go=next&" STEP1, STR_ARG(old));
    assert_int_equal(post("/en/report/step", URLENCODED, body), 403);
    assert_true(has("value=\"Sample Router\""));
    assert_int_equal(
        post("/en/report/step",
             "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://elsewhere\r\n",
             body),
        403);
}

static void report__keeps_files_at_the_desk_when_something_is_missing(void **state)
{
    static const char head[] =
        "Content-Type: multipart/form-data; boundary=XX\r\nOrigin: http://localhost\r\n";
    struct str token = form_token_make(&scene.face.form_key, utc_now(), scene.desk.arena);
    char body[4000];

    (void)state;
    scene.desk.files = 0;
    snprintf(
        body, sizeof body,
        "--XX\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n%.*s\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"product_name\"\r\n\r\nSample Router\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"poc.txt\"\r\nContent-Type: text/plain\r\n\r\ncanary\r\n--XX--\r\n",
        STR_ARG(token));
    assert_int_equal(post("/en/report/send", head, body), 422);
    assert_int_equal(scene.desk.files, 1);
    assert_true(has("name=\"file\" value=\"01234567890123456789012345 6 poc.txt\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report__begins_without_cookie_or_login),
        cmocka_unit_test(report__on_a_website_is_a_form_of_its_own),
        cmocka_unit_test(report__tells_where_else_a_website_is_reported),
        cmocka_unit_test(report__keeps_what_was_typed_at_a_fault),
        cmocka_unit_test(report__walks_forth_and_back),
        cmocka_unit_test(report__shows_the_receipt_the_desk_gave),
        cmocka_unit_test(report__is_not_sent_without_the_declarations),
        cmocka_unit_test(report__comes_back_filled_in_when_the_desk_is_away),
        cmocka_unit_test(report__keeps_what_was_typed_when_the_token_is_too_old),
        cmocka_unit_test(report__keeps_files_at_the_desk_when_something_is_missing),
    };

    return cmocka_run_group_tests(tests, up, down);
}
