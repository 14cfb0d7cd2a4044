#include "outside/worker.h"

#include "base/testing.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/record.h"
#include "outside/peer.h"

/* How the worker behaves that the supervisor of this test gives. */
enum manner { WORKS, DIES, ANSWERS_NONSENSE, FLOODS, NOBODY_COMES };

struct stage {
    struct peer *supervisor;
    enum manner manner;
    pthread_t thread;
};

static void act_as_worker(enum manner manner, int fd)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    CLEANUP(peer_free_var) struct peer *desk = peer_new(fd);
    struct buf nonsense = buf_new(arena, 1024);
    struct message question;
    struct err err = { 0 };
    struct str reply;

    if (manner == DIES || peer_receive(desk, 5000, arena, &question, &err) != 1)
        return;
    switch (manner) {
    case WORKS:
        assert_true(worker_answer(question.body, arena, &reply, &err));
        break;
    case FLOODS:
        while (send(fd, "\xff\xff\xff\xff\xff\xff\xff\xff", 8, MSG_NOSIGNAL) == 8)
            ;
        return;
    default:
        record_put_int(&nonsense, "kind", 4711);
        record_put_int(&nonsense, "verdict", 0);
        record_put_int(&nonsense, "reasons", 0);
        record_put(&nonsense, "name", STR("x"));
        reply = buf_str(&nonsense);
    }
    assert_true(peer_reply(desk, &question, reply, &err));
}

static void *supervise_once(void *argument)
{
    struct stage *stage = argument;
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct err err = { 0 }, why = { 0 };
    struct message question;
    int pair[2];

    if (peer_receive(stage->supervisor, 5000, arena, &question, &err) != 1)
        return NULL;
    assert_int_equal(question.type, PEER_SPAWN_PARSE);
    if (stage->manner == NOBODY_COMES) {
        (void)FAIL(&why, UNAVAILABLE, STR("a worker"));
        assert_true(peer_reply_error(stage->supervisor, &question, &why, &err));
        return NULL;
    }
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_true(peer_send_fd(stage->supervisor, PEER_SPAWN_PARSE | PEER_REPLY, question.id, STR(""),
                             pair[0], &err));
    close(pair[0]);
    act_as_worker(stage->manner, pair[1]);
    return NULL;
}

/* T46: one bad document harms only itself; the sender gets a clear answer. */
static void worker_inspect__believes_only_findings_that_make_sense(void **state)
{
    /* clang-format off */
    static const struct {
        const char *name;
        enum manner manner;
        enum err_code code;
    } cases[] = {
        { "works", WORKS, ERR_NONE },         { "dies", DIES, ERR_WORKER },
        { "nonsense", ANSWERS_NONSENSE, ERR_WORKER }, { "floods", FLOODS, ERR_WORKER },
        { "nobody comes", NOBODY_COMES, ERR_UNAVAILABLE },
    };
    /* clang-format on */

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
        struct inspection found = { .kind = FILE_UNKNOWN };
        struct stage stage = { .manner = cases[i].manner };
        struct err err = { 0 };
        struct peer *desk;
        int pair[2];

        print_message("case: %s\n", cases[i].name);
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
        desk = peer_new(pair[0]);
        stage.supervisor = peer_new(pair[1]);
        pthread_create(&stage.thread, NULL, supervise_once, &stage);
        assert_int_equal(worker_inspect(desk, STR("text"), STR("notes.txt"), arena, &found, &err),
                         cases[i].code == ERR_NONE);
        assert_int_equal(err.code, cases[i].code);
        pthread_join(stage.thread, NULL);
        if (cases[i].code == ERR_NONE) {
            assert_int_equal(found.verdict, VERDICT_CLEAN_TEXT);
            assert_str(found.safe_name, "notes.txt");
        } else {
            assert_null(found.safe_name.ptr);
        }
        peer_free(desk);
        peer_free(stage.supervisor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worker_inspect__believes_only_findings_that_make_sense),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
