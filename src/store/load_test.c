/* Many at once, copies under load, damage, and killed processes. */
#include "store/testing.h"

#include "base/buf.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { WRITERS = 6, EACH = 60 };

struct writer {
    struct store *store;
    int number;
    atomic_bool *stop; /* NULL: EACH times */
    int done;
};

static void *write_many(void *data)
{
    struct writer *writer = data;

    for (int i = 0; writer->stop ? !atomic_load(writer->stop) : i < EACH; i++) {
        char name[32];
        struct err err = { 0 };

        snprintf(name, sizeof name, "%d-%d", writer->number, i);
        if (!add_one(writer->store, name, &err))
            break;
        writer->done++;
    }
    return NULL;
}

static void *read_many(void *data)
{
    struct writer *reader = data;

    for (int i = 0; i < EACH; i++)
        reader->done += number(reader->store, &difference) == 0;
    return NULL;
}

static void writers__lose_nothing_and_readers_see_no_half(void **state)
{
    struct bench *bench = *state;
    struct writer workers[WRITERS + 2];
    pthread_t threads[WRITERS + 2];
    struct err err = { 0 };

    for (int i = 0; i < WRITERS + 2; i++) {
        workers[i] = (struct writer){ .store = bench->store, .number = i };
        assert_int_equal(
            pthread_create(&threads[i], NULL, i < WRITERS ? write_many : read_many, &workers[i]),
            0);
    }
    for (int i = 0; i < WRITERS + 2; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].done, EACH);
    }
    assert_int_equal(number(bench->store, &total), WRITERS * EACH);
    assert_int_equal(number(bench->store, &difference), 0);
    assert_true(store_check(bench->store, &err));
}

/* Every row, in order. */
static struct str dump(struct store *store, struct arena *arena)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct buf out = buf_new(arena, 8 << 20);
    struct err err = { 0 };
    struct str text;

    assert_true(tx_begin(store, TX_READ, &tx, &err));
    assert_true(store_select(tx, &find, NO_BINDS, arena, &rows, &err));
    while (rows_next(rows, &err) == 1) {
        buf_int(&out, row_int(rows, "id"));
        buf_add(&out, row_text(rows, "name"));
        buf_int(&out, row_int(rows, "size"));
        buf_byte(&out, '\n');
    }
    assert_true(buf_done(&out, &text, &err));
    return text;
}

static void store_backup__is_one_moment_under_load(void **state)
{
    struct bench *bench = *state;
    struct store_options options = options_of(bench, &first);
    struct err err = { 0 };
    atomic_bool stop = false;
    struct writer writer = { .store = bench->store, .stop = &stop };
    char path[128];
    struct stat stats;
    pthread_t thread;

    snprintf(path, sizeof path, "%s.copy", bench->path);
    options.path = path;
    assert_int_equal(pthread_create(&thread, NULL, write_many, &writer), 0);
    for (int i = 0; i < 5; i++) {
        struct store *copy = NULL;

        assert_true(store_backup(bench->store, path, &err));
        assert_true(store_open(&options, &copy, &err));
        assert_true(store_check(copy, &err));
        assert_int_equal(number(copy, &difference), 0);
        store_close(copy);
    }
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    assert_true(writer.done > 0);

    /* And in silence it equals. */
    assert_true(store_backup(bench->store, path, &err));
    assert_int_equal(stat(path, &stats), 0);
    assert_int_equal(stats.st_mode & 0777, 0600);
    {
        CLEANUP(store_close_var) struct store *copy = NULL;

        assert_true(store_open(&options, &copy, &err));
        assert_true(str_eq(dump(copy, bench->arena), dump(bench->store, bench->arena)));
        assert_int_equal(number(copy, &total), writer.done);
    }
}

static void store_check__finds_damage(void **state)
{
    struct bench *bench = *state;
    char junk[4096];
    struct err err = { 0 };
    struct stat stats;
    int fd;

    for (int i = 0; i < 200; i++) {
        char name[100];

        snprintf(name, sizeof name, "%d-%080d", i, i);
        assert_true(add_one(bench->store, name, &err));
    }
    assert_true(store_check(bench->store, &err));
    close_store(bench);
    assert_int_equal(stat(bench->path, &stats), 0);
    memset(junk, 0x5a, sizeof junk);
    fd = open(bench->path, O_WRONLY);
    assert_int_equal(pwrite(fd, junk, sizeof junk, stats.st_size - 4096), (ssize_t)sizeof junk);
    close(fd);
    assert_true(reopen(bench, &first, false, &err));
    assert_false(store_check(bench->store, &err));
    assert_int_equal(err.code, ERR_STORE);
}

/* T01: what the store said yes to is there after kill -9, and no half of anything else. */
static void store__loses_nothing_to_a_killed_process(void **state)
{
    struct bench *bench = *state;
    int64_t before = 0;

    for (int round = 0; round < 6; round++) {
        int pipe_fds[2], promised = 0, rc;
        struct err err = { 0 };
        char byte;
        pid_t child;

        close_store(bench);
        assert_int_equal(pipe(pipe_fds), 0);
        child = fork();
        if (child == 0) {
            close(pipe_fds[0]);
            if (!reopen(bench, &first, false, &err))
                _exit(1);
            for (int i = 0;; i++) {
                char name[32];

                snprintf(name, sizeof name, "%d/%d", round, i);
                if (!add_one(bench->store, name, &err) || write(pipe_fds[1], ".", 1) != 1)
                    _exit(1);
            }
        }
        close(pipe_fds[1]);
        while ((rc = (int)read(pipe_fds[0], &byte, 1)) == 1) {
            if (++promised == 5 + 17 * round)
                kill(child, SIGKILL);
        }
        assert_true(promised >= 5 + 17 * round);
        waitpid(child, NULL, 0);
        close(pipe_fds[0]);
        assert_true(reopen(bench, &first, false, &err));
        assert_true(number(bench->store, &total) >= before + promised);
        assert_int_equal(number(bench->store, &difference), 0);
        assert_true(store_check(bench->store, &err));
        before = number(bench->store, &total);
    }
}

static void readers__wait_for_a_connection(void **state)
{
    struct bench *bench = *state;
    struct store_options options = options_of(bench, &first);
    struct writer workers[5];
    pthread_t threads[5];
    struct err err = { 0 };

    close_store(bench);
    options.connections = 1;
    assert_true(store_open(&options, &bench->store, &err));
    for (int i = 0; i < 5; i++) {
        workers[i] = (struct writer){ .store = bench->store };
        assert_int_equal(pthread_create(&threads[i], NULL, read_many, &workers[i]), 0);
    }
    for (int i = 0; i < 5; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].done, EACH);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(writers__lose_nothing_and_readers_see_no_half),
        TEST(store_backup__is_one_moment_under_load),
        TEST(store_check__finds_damage),
        TEST(store__loses_nothing_to_a_killed_process),
        TEST(readers__wait_for_a_connection),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
