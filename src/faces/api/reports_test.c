#include "faces/http/testing.h"

#include "base/record.h"
#include "faces/api/reports.h"
#include "faces/public/context.h"
#include "outside/intake.h"
#include "outside/peer.h"
#include <pthread.h>

struct scene {
    struct arena *arena;
    struct settings settings;
    struct public_face face;
    struct seal_box_keys keys;
    struct peer *served;
    pthread_t thread;
    struct server *server;
    struct intake_form got;
};

static struct scene scene;

static bool keep(void *context, const struct message *message, struct arena *arena,
                 struct str *reply, struct err *err)
{
    struct scene *s = context;
    struct intake_receipt receipt = { .number = STR("R-2026-7K3M-92QF"),
                                      .passphrase = STR("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF") };

    return intake_read_form(&s->keys, message->body, s->arena, &s->got, err) &&
           intake_receipt_to(&receipt, arena, reply, err);
}

static void *serve(void *argument)
{
    static const unsigned allowed[] = { PEER_INTAKE_REPORT, 0 };
    struct scene *s = argument;

    peer_serve(s->served, allowed, keep, s);
    return NULL;
}

static enum may may(const struct request *req, unsigned permission)
{
    (void)req;
    (void)permission;
    return MAY_YES;
}

static const struct str hosts[] = { STR_INIT("localhost") },
                        origins[] = { STR_INIT("http://localhost") };
static struct server_options options;

static int up(void **state)
{
    struct seal_key seed;
    struct err err = { 0 };
    int fds[2];

    (void)state;
    if (!seal_start(&err) || socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
        return -1;
    seed = seal_key_new();
    scene = (struct scene){ .arena = arena_new(64 << 20),
                            .keys = seal_box_keys_from(&seed),
                            .served = peer_new(fds[0]) };
    scene.settings = (struct settings){ .desk_url = STR("http://desk.localhost:8081") };
    scene.face = (struct public_face){ .settings = &scene.settings,
                                       .intake = { .desk = peer_new(fds[1]),
                                                   .key = scene.keys.public_key } };
    options = (struct server_options){ .name = "public",
                                       .threads = 2,
                                       .lists = &api_report_routes,
                                       .list_count = 1,
                                       .hooks = { .may = may },
                                       .app = &scene.face,
                                       .hosts = hosts,
                                       .host_count = 1,
                                       .origins = origins,
                                       .origin_count = 1 };
    scene.server = start(options);
    return pthread_create(&scene.thread, NULL, serve, &scene);
}

static int down(void **state)
{
    (void)state;
    server_stop(scene.server, 1000);
    peer_free(scene.face.intake.desk);
    pthread_join(scene.thread, NULL);
    peer_free(scene.served);
    arena_free(scene.arena);
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
    assert_str(record_get(scene.got.form, "told_nobody"), "yes");
    assert_str(record_get(scene.got.form, "finder_email"), "taro@example.jp");
    assert_str(scene.got.channel, "API");
    snprintf(draft, sizeof draft, "%.*s", STR_ARG(scene.got.draft));
    assert_int_equal(post("/en/api/v1/reports", JSON_TYPE KEY, REPORT), 201);
    assert_str(scene.got.draft, draft);
    assert_int_equal(post("/en/api/v1/reports", JSON_TYPE, REPORT), 201);
    assert_false(str_eq_z(scene.got.draft, draft));
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
