#include "faces/public/testing.h"

#include "base/record.h"
#include "faces/api/reports.h"

struct scene {
    struct settings settings;
    struct public_face face;
    struct far_desk desk;
    struct server *server;
};

static struct scene scene;
static struct server_options options;

static int up(void **state)
{
    (void)state;
    scene = (struct scene){ .settings = { .desk_url = STR("http://desk.localhost:8081") } };
    scene.face = (struct public_face){ .settings = &scene.settings };
    options = (struct server_options){ .name = "public",
                                       .threads = 2,
                                       .lists = &api_report_routes,
                                       .list_count = 1,
                                       .hooks = { .may = far_desk_may },
                                       .app = &scene.face,
                                       .hosts = far_desk_hosts,
                                       .host_count = COUNT(far_desk_hosts),
                                       .origins = far_desk_origins,
                                       .origin_count = COUNT(far_desk_origins) };
    if (!far_desk_start(&scene.desk, &scene.face.intake))
        return -1;
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

#define JSON_TYPE "Content-Type: application/json\r\n"
#define KEY       "Idempotency-Key: 0123456789abcdef0123456789abcdef\r\n"
#define REPORT                                                                                                              \
    "{\"product_name\":\"Sample Router\",\"product_version\":\"2.1\",\"category\":\"router\",\"told_nobody\":true,"         \
    "\"vuln_info\":\"canary\",\"vuln_impact\":\"any command\",\"verification\":\"open it\",\"reproducibility\":\"always\"," \
    "\"finder_name\":\"Taro\",\"finder_email\":\"taro@example.jp\",\"read_notes\":true,\"declares_legal\":true,\"keeps_silent\":true}"

/* INT-01: the same form by interface; the same key with the same content is the same draft. */
static void api_reports__takes_the_same_form(void **state)
{
    char draft[100];

    (void)state;
    assert_int_equal(post("/en/api/v1/reports", JSON_TYPE KEY, REPORT), 201);
    assert_true(has("\"receipt\":\"R-2026-7K3M-92QF\"") &&
                has("\"passphrase\":\"AAAA-BBBB-CCCC-DDDD-EEEE-FFFF\"") && has("no-store"));
    assert_str(record_get(scene.desk.got.form, "told_nobody"), "yes");
    assert_str(record_get(scene.desk.got.form, "finder_email"), "taro@example.jp");
    assert_str(scene.desk.got.channel, "API");
    snprintf(draft, sizeof draft, "%.*s", STR_ARG(scene.desk.got.draft));
    assert_int_equal(post("/en/api/v1/reports", JSON_TYPE KEY, REPORT), 201);
    assert_str(scene.desk.got.draft, draft);
    assert_int_equal(post("/en/api/v1/reports", JSON_TYPE, REPORT), 201);
    assert_false(str_eq_z(scene.desk.got.draft, draft));
}

static void api_reports__names_every_fault(void **state)
{
    /* clang-format off */
    static const struct {
        const char *headers, *body, *says;
        int status;
    } wrong[] = {
        { JSON_TYPE, "{\"product_name\":\"only\",\"category\":\"boat\"}", "\"field\":\"vuln_info\"", 422 },
        { JSON_TYPE, "{\"product_name\":\"only\",\"category\":\"boat\"}", "\"field\":\"category\"", 422 },
        { JSON_TYPE, "{\"no_such_field\":\"x\"}", "no_such_field", 422 },
        { JSON_TYPE, "{\"product_name\":true}", "product_name", 422 },
        { JSON_TYPE, "{\"product_name\":\"a\",\"product_name\":\"b\"}", "JSON_SYNTAX", 400 },
        { JSON_TYPE, "[]", "JSON_SYNTAX", 400 },
        { JSON_TYPE "Idempotency-Key: short\r\n", REPORT, "Idempotency-Key", 400 },
        { JSON_TYPE "Origin: http://elsewhere\r\n", REPORT, "FORM_ORIGIN", 403 },
        { "Content-Type: text/plain\r\n", REPORT, "MEDIA_TYPE", 415 },
    };
    /* clang-format on */

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: %s\n", wrong[i].body);
        assert_int_equal(post("/en/api/v1/reports", wrong[i].headers, wrong[i].body),
                         wrong[i].status);
        assert_true(has(wrong[i].says) && has("application/problem+json"));
    }
}

static void api_reports__says_when_the_desk_is_away(void **state)
{
    struct peer *desk = scene.face.intake.desk;

    (void)state;
    scene.face.intake.desk = NULL;
    assert_int_equal(post("/api/v1/reports", JSON_TYPE KEY, REPORT), 503);
    scene.face.intake.desk = desk;
    assert_true(has("Retry-After"));
    assert_false(has("R-2026-7K3M-92QF"));
}

static void api_reports__tells_its_fields(void **state)
{
    (void)state;
    assert_int_equal(ask("GET /api/v1/reports/form", "", ""), 200);
    assert_true(has("\"name\":\"attack\",\"kind\":\"lines\",\"class\":\"X\",\"required\":false") &&
                has("\"en\":\"Attack method\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(api_reports__takes_the_same_form),
        cmocka_unit_test(api_reports__names_every_fault),
        cmocka_unit_test(api_reports__says_when_the_desk_is_away),
        cmocka_unit_test(api_reports__tells_its_fields),
    };

    return cmocka_run_group_tests(tests, up, down);
}
