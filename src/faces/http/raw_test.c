/* One request is one request: raw bytes that two readers could read differently (T48). */
#include "faces/http/testing.h"

#include "faces/http/respond.h"
#include "seal/seal.h"
#include <stdatomic.h>

static atomic_int second;

static bool home(struct request *req, struct response *res, struct err *err)
{
    (void)req;
    (void)err;
    return respond_text(res, STR("home"));
}

static bool smuggled(struct request *req, struct response *res, struct err *err)
{
    (void)req;
    (void)err;
    atomic_fetch_add(&second, 1);
    return respond_text(res, STR("smuggled"));
}

static const struct route table[] = {
    ROUTE_GET("/", 1, home),
    ROUTE_GET("/smuggled", 1, smuggled),
    ROUTE_POST("/", 1, TOKEN_API, BODY_NONE, 0, home),
    ROUTE_POST("/json", 1, TOKEN_API, BODY_JSON, 100, home),
};
static const struct route_list lists[] = { ROUTES(table) };
static const struct str hosts[] = { STR_INIT("localhost") };

static enum may all_may(const struct request *req, unsigned permission)
{
    (void)req;
    (void)permission;
    return MAY_YES;
}

static int set_up(void **state)
{
    struct err err = { 0 };
    struct server_options options = { .name = "raw",
                                      .threads = 2,
                                      .lists = lists,
                                      .list_count = 1,
                                      .hooks.may = all_may,
                                      .hosts = hosts,
                                      .host_count = 1,
                                      .per_address = 500 };

    if (!seal_start(&err))
        return 1;
    *state = start(options);
    return 0;
}

static int tear_down(void **state)
{
    server_stop(*state, 1000);
    return 0;
}

#define TAIL "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"

/* Each is followed by a second request, which must never be answered. */
static const struct {
    const char *what;
    struct str bytes;
} cases[] = {
#define CASE(what, text)          \
    {                             \
        what, STR_INIT(text TAIL) \
    }
#define POST "POST / HTTP/1.1\r\nHost: localhost\r\n"
#define GET  "GET / HTTP/1.1\r\nHost: localhost\r\n"
    CASE("two lengths in one", POST "Content-Length: 0, 4\r\n\r\n"),
    CASE("two lengths", POST "Content-Length: 0\r\nContent-Length: 44\r\n\r\n"),
    CASE("the same length twice", POST "Content-Length: 0\r\nContent-Length: 0\r\n\r\n"),
    CASE("negative length", POST "Content-Length: -1\r\n\r\n"),
    CASE("length with plus", POST "Content-Length: +0\r\n\r\n"),
    CASE("hexadecimal length", POST "Content-Length: 0x0\r\n\r\n"),
    CASE("empty length", POST "Content-Length: \r\n\r\n"),
    CASE("length too long", POST "Content-Length: 99999999999999999999\r\n\r\n"),
    CASE("length and chunks",
         POST "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    CASE("chunks and length",
         POST "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n"),
    CASE("chunks", POST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    CASE("chunks twice",
         POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
    CASE("chunks in quotes", POST "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
    CASE("chunks with a blank before the colon",
         POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    CASE("chunks after a vertical tab", POST "Transfer-Encoding:\x0b"
                                             "chunked\r\n\r\n0\r\n\r\n"),
    CASE("another coding", POST "Transfer-Encoding: cow\r\n\r\n0\r\n\r\n"),
    CASE("identity", POST "Transfer-Encoding: identity\r\n\r\n"),
    CASE("chunks for GET", GET "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    CASE("length for GET", GET "Content-Length: 44\r\n\r\n"),
    CASE("no length for POST", POST "\r\n"),
    CASE("HTTP/1.0 with chunks",
         "POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    CASE("other expectation", POST "Expect: 200-ok\r\nContent-Length: 0\r\n\r\n"),
    CASE("two hosts", GET "Host: localhost\r\n\r\n"),
    CASE("no host", "GET / HTTP/1.1\r\n\r\n"),
    CASE("foreign host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
    CASE("host with a path", "GET / HTTP/1.1\r\nHost: localhost/b\r\n\r\n"),
    CASE("host with a user", "GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n"),
    CASE("unknown method", "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    CASE("HTTP/1.10", "GET / HTTP/1.10\r\nHost: localhost\r\n\r\n"),
    CASE("HTTP/2.0", "PRI * HTTP/2.0\r\nHost: localhost\r\n\r\n"),
    CASE("http in small letters", "GET / http/1.1\r\nHost: localhost\r\n\r\n"),
    CASE("something behind the version", "GET / HTTP/1.1 x\r\nHost: localhost\r\n\r\n"),
    CASE("a folded first line", "GET / HTTP/1.1\r\n X: y\r\nHost: localhost\r\n\r\n"),
    CASE("a header name with a blank", GET "X y: z\r\n\r\n"),
    CASE("a header name that is not ASCII", GET "\xef\xbc\xb8: z\r\n\r\n"),
    CASE("a header without a colon", GET "X\r\n\r\n"),
    CASE("a control character in a value", GET "X: a\x01z\r\n\r\n"),
    CASE("no version", "GET /\r\nHost: localhost\r\n\r\n"),
};

/* T48, C50 */
static void server__takes_nothing_after_an_uncertain_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].what);
        send_raw(cases[i].bytes, 300);
        print_message("      %d %s\n", status_of(), was_closed ? "closed" : "open");
        assert_true(status_of() == 0 || status_of() >= 400);
        assert_true(was_closed);
        assert_int_equal(second, 0);
    }
}

/* A request that is cut at any byte is no request, and the server goes on. */
static void server__does_not_answer_half_a_request(void **state)
{
    static const struct str whole =
        STR_INIT("POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                 "Content-Length: 4\r\n\r\nnull");
    int fds[200];
    (void)state;

    assert_true(whole.len <= COUNT(fds));

    for (size_t i = 1; i < whole.len; i++) {
        fds[i] = dial();
        send(fds[i], whole.ptr, i, MSG_NOSIGNAL);
        shutdown(fds[i], SHUT_WR);
    }
    poll(NULL, 0, 1000); /* one second for all of them, not for each */
    for (size_t i = 1; i < whole.len; i++) {
        listen_to(fds[i], 0);
        close(fds[i]);
        assert_true(status_of() != 200);
    }
    send_raw(whole, 200);
    assert_int_equal(status_of(), 200);
}

/* ---- the hostile collection, when it stands beside the source ---- */

static FILE *open_collection(void)
{
    static const char *const places[] = { "../shared", "../../shared", "../../../shared",
                                          "../../../../shared" };
    char path[200];

    for (size_t i = 0; i < COUNT(places); i++) {
        FILE *file;

        snprintf(path, sizeof(path), "%s/data/hostile/own/http-raw.jsonl", places[i]);
        file = fopen(path, "r");
        if (file)
            return file;
    }
    return NULL;
}

static int base64_digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

static size_t base64_decode(const char *text, char *out)
{
    size_t len = 0;
    unsigned bits = 0, held = 0;

    for (; base64_digit(*text) >= 0; text++) {
        held = held << 6 | (unsigned)base64_digit(*text);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[len++] = (char)(held >> bits & 0xff);
        }
    }
    return len;
}

/* What libmicrohttpd forgives before we see it: a bare LF, a header without a name, two blanks
 * before the path, empty lines in front. README.md names them. */
static const char *const known[] = { "http-raw-040", "http-raw-045", "http-raw-063",
                                     "http-raw-070" };

static bool is_known(const char *line)
{
    for (size_t i = 0; i < COUNT(known); i++)
        if (strstr(line, known[i]))
            return true;
    return false;
}

static void server__survives_the_hostile_collection(void **state)
{
    static char line[200000], bytes[150000];
    FILE *file = open_collection();
    int wrong = 0;
    (void)state;

    if (!file) {
        print_message("the collection is not here\n");
        skip();
    }
    while (fgets(line, sizeof(line), file)) {
        const char *b64 = strstr(line, "\"b64\": \"");
        bool must_refuse = strstr(line, "closed") && !is_known(line);

        if (!b64)
            continue;
        send_raw((struct str){ bytes, base64_decode(b64 + 8, bytes) }, 50);
        print_message("%.23s %d %s\n", line, status_of(), was_closed ? "closed" : "open");
        if (must_refuse && status_of() != 0 && status_of() < 400) {
            print_error("taken: %.23s\n", line);
            wrong++;
        }
    }
    fclose(file);
    assert_int_equal(wrong, 0);
    assert_int_equal(ask("GET /", "", ""), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(server__takes_nothing_after_an_uncertain_end, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(server__does_not_answer_half_a_request, set_up, tear_down),
        cmocka_unit_test_setup_teardown(server__survives_the_hostile_collection, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
