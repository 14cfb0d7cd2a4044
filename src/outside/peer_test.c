#include "outside/peer.h"

#include "base/testing.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/record.h"

struct pair {
    struct peer *asks, *answers;
    pthread_t thread;
    struct arena *arena;
};

static const unsigned may_ask[] = { PEER_PING, PEER_MAIL, 0 };

static bool echo(void *context, const struct message *message, struct arena *arena,
                 struct str *reply, struct err *err)
{
    struct buf out = buf_new(arena, PEER_BODY_MAX);

    (void)context;
    if (message->type == PEER_MAIL)
        return FAIL(err, MAIL, STR("the smarthost is away"));
    record_put(&out, "echo", record_get(message->body, "text"));
    *reply = buf_str(&out);
    return true;
}

static void *serve(void *argument)
{
    struct pair *pair = argument;

    peer_serve(pair->answers, may_ask, echo, NULL);
    peer_free(TAKE(pair->answers));
    return NULL;
}

static struct pair pair_new(void)
{
    int fds[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    return (struct pair){ .asks = peer_new(fds[0]),
                          .answers = peer_new(fds[1]),
                          .arena = arena_new(128 << 20) };
}

static void pair_done(struct pair *pair)
{
    peer_free(TAKE(pair->asks));
    if (pair->thread)
        pthread_join(pair->thread, NULL);
    peer_free(pair->answers);
    arena_free(pair->arena);
}

static struct str one_field(struct arena *arena, const char *name, struct str value)
{
    struct buf out = buf_new(arena, PEER_BODY_MAX);

    record_put(&out, name, value);
    return buf_str(&out);
}

static void peer_call__brings_the_answer_to_its_question(void **state)
{
    struct pair pair = pair_new();
    size_t large = 3 << 20;
    char *text = arena_alloc(pair.arena, large);
    struct err err = { 0 };
    struct str reply;

    (void)state;
    memset(text, 'x', large);
    pthread_create(&pair.thread, NULL, serve, &pair);
    for (int i = 0; i < 3; i++) {
        struct str body = one_field(pair.arena, "text", (struct str){ text, large - (size_t)i });

        assert_true(peer_call(pair.asks, PEER_PING, body, 5000, pair.arena, &reply, &err));
        assert_int_equal(record_get(reply, "echo").len, large - (size_t)i);
    }
    pair_done(&pair);
}

static void peer_call__gives_the_error_the_other_side_had(void **state)
{
    struct pair pair = pair_new();
    struct err err = { 0 };
    struct str reply;

    (void)state;
    pthread_create(&pair.thread, NULL, serve, &pair);
    assert_false(peer_call(pair.asks, PEER_MAIL, STR(""), 5000, pair.arena, &reply, &err));
    assert_int_equal(err.code, ERR_MAIL);
    assert_string_equal(err.subject, "the smarthost is away");
    pair_done(&pair);
}

/* security.md 4.1: an unknown or forbidden type ends the connection. */
static void peer_serve__ends_with_one_who_asks_what_he_may_not(void **state)
{
    struct pair pair = pair_new();
    struct err err = { 0 };
    struct str reply;

    (void)state;
    pthread_create(&pair.thread, NULL, serve, &pair);
    assert_false(peer_call(pair.asks, PEER_PARSE, STR(""), 5000, pair.arena, &reply, &err));
    assert_int_equal(err.code, ERR_PEER);
    err = (struct err){ 0 };
    assert_false(peer_call(pair.asks, PEER_PING, STR(""), 5000, pair.arena, &reply, &err));
    assert_int_equal(err.code, ERR_PEER);
    pair_done(&pair);
}

static void peer_call__does_not_wait_longer_than_told_and_skips_the_late_answer(void **state)
{
    struct pair pair = pair_new();
    struct message first, second;
    struct err err = { 0 };
    struct str reply;

    (void)state;
    assert_false(peer_call(pair.asks, PEER_PING, STR(""), 50, pair.arena, &reply, &err));
    assert_int_equal(err.code, ERR_PEER);

    /* The late answer comes before the one to the second question. */
    assert_int_equal(peer_receive(pair.answers, 1000, pair.arena, &first, &err), 1);
    err = (struct err){ 0 };
    assert_true(peer_reply(pair.answers, &first, one_field(pair.arena, "n", STR("1")), &err));
    second = first;
    second.id = first.id + 1;
    assert_true(peer_reply(pair.answers, &second, one_field(pair.arena, "n", STR("2")), &err));
    assert_true(peer_call(pair.asks, PEER_PING, STR(""), 1000, pair.arena, &reply, &err));
    assert_str(record_get(reply, "n"), "2");
    pair_done(&pair);
}

/* T40: what is not a frame of ours is never taken for one. */
static void peer_receive__refuses_what_is_not_a_frame(void **state)
{
    static const struct {
        const char *name;
        struct str bytes;
    } wrong[] = {
        { "unknown type", STR_INIT("\0\0\0\x63\0\0\0\0\0\0\0\0\0\0\0\x01") },
        { "too long", STR_INIT("\0\0\0\x0a\x7f\0\0\0\0\0\0\0\0\0\0\x01") },
        { "body is no record", STR_INIT("\0\0\0\x0a\0\0\0\x03\0\0\0\0\0\0\0\x01"
                                        "\x05"
                                        "ab") },
        { "cut off", STR_INIT("\0\0\0\x0a\0\0\0\x03\0\0\0\0\0\0\0\x01"
                              "\x01") },
        { "cut in its head", STR_INIT("\0\0\0\x0a") },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct pair pair = pair_new();
        struct message message;
        struct err err = { 0 };

        print_message("case: %s\n", wrong[i].name);
        assert_int_equal(write(peer_fd(pair.asks), wrong[i].bytes.ptr, wrong[i].bytes.len),
                         (ssize_t)wrong[i].bytes.len);
        shutdown(peer_fd(pair.asks), SHUT_WR);
        assert_int_equal(peer_receive(pair.answers, 1000, pair.arena, &message, &err), -1);
        assert_int_equal(err.code, ERR_PEER);
        pair_done(&pair);
    }
}

static void peer_send_fd__brings_a_descriptor_and_others_drop_it(void **state)
{
    struct pair pair = pair_new();
    struct message message;
    struct err err = { 0 };
    int fds[2], got = -1;

    (void)state;
    assert_int_equal(pipe(fds), 0);
    assert_true(peer_send_fd(pair.asks, PEER_PING, 1, STR(""), fds[1], &err));
    assert_int_equal(peer_receive_fd(pair.answers, 1000, pair.arena, &message, &got, &err), 1);
    assert_true(got >= 0);
    assert_int_equal(write(got, "x", 1), 1);
    close(got);
    assert_true(peer_send_fd(pair.asks, PEER_PING, 2, STR(""), fds[1], &err));
    assert_int_equal(peer_receive(pair.answers, 1000, pair.arena, &message, &err), 1);
    assert_int_equal(message.id, 2);
    close(fds[0]);
    close(fds[1]);
    pair_done(&pair);
}

static int listener(char *path)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(at.sun_path, sizeof at.sun_path, "%s/link", path);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(fd, 8), 0);
    return fd;
}

struct local_service {
    int listen_fd, stop_fd;
};

static void *serve_local(void *argument)
{
    struct local_service *service = argument;
    struct err err = { 0 };

    assert_true(peer_serve_local(service->listen_fd, service->stop_fd, may_ask, echo, NULL, &err));
    return NULL;
}

static void peer_serve_local__answers_programs_of_this_user_until_it_is_to_stop(void **state)
{
    char folder[] = "/tmp/noroshi-peer-XXXXXX", path[64];
    struct arena *arena = arena_new(1 << 20);
    struct local_service service;
    struct peer *first, *second, *none;
    struct err err = { 0 };
    pthread_t thread;
    struct str reply;
    int stop[2];

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/link", folder);
    assert_true(peer_connect(path, &none, &err));
    assert_null(none);
    service.listen_fd = listener(folder);
    assert_int_equal(pipe(stop), 0);
    service.stop_fd = stop[0];
    pthread_create(&thread, NULL, serve_local, &service);
    assert_true(peer_connect(path, &first, &err) && peer_connect(path, &second, &err));
    assert_true(peer_call(second, PEER_PING, one_field(arena, "text", STR("b")), 5000, arena,
                          &reply, &err));
    assert_true(
        peer_call(first, PEER_PING, one_field(arena, "text", STR("a")), 5000, arena, &reply, &err));
    assert_str(record_get(reply, "echo"), "a");
    close(stop[1]);
    pthread_join(thread, NULL);
    assert_false(peer_call(first, PEER_PING, STR(""), 1000, arena, &reply, &err));
    peer_free(first);
    peer_free(second);
    close(service.listen_fd);
    close(stop[0]);
    unlink(path);
    rmdir(folder);
    arena_free(arena);
}

/* Only the supervisor, the parent, connects to a link; and the newest connection counts. */
static void peer_new_link__takes_the_newest_connection_of_the_parent_alone(void **state)
{
    char folder[] = "/tmp/noroshi-peer-XXXXXX", path[64];
    struct arena *arena = arena_new(1 << 20);
    struct peer *stranger;
    struct err err = { 0 };
    struct str reply;
    struct peer *link;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/link", folder);
    link = peer_new_link(listener(folder));
    /* This test connects to itself: it is not its own parent. */
    assert_true(peer_connect(path, &stranger, &err));
    assert_false(peer_call(link, PEER_PING, STR(""), 200, arena, &reply, &err));
    assert_int_equal(err.code, ERR_PEER);
    assert_int_equal(peer_fd(link), -1);
    peer_free(stranger);
    peer_free(link);
    unlink(path);
    rmdir(folder);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(peer_call__brings_the_answer_to_its_question),
        cmocka_unit_test(peer_call__gives_the_error_the_other_side_had),
        cmocka_unit_test(peer_serve__ends_with_one_who_asks_what_he_may_not),
        cmocka_unit_test(peer_call__does_not_wait_longer_than_told_and_skips_the_late_answer),
        cmocka_unit_test(peer_receive__refuses_what_is_not_a_frame),
        cmocka_unit_test(peer_send_fd__brings_a_descriptor_and_others_drop_it),
        cmocka_unit_test(peer_serve_local__answers_programs_of_this_user_until_it_is_to_stop),
        cmocka_unit_test(peer_new_link__takes_the_newest_connection_of_the_parent_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
