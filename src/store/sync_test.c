/* T04: what the store does when the disk says no. A file system that fails on demand stands between
 * SQLite and the real one. */
#include "store/store.h"

#include "base/err.h"
#include "base/testing.h"
#include <sqlite3.h>
#include <stdatomic.h>

struct file {
    sqlite3_file base;
    sqlite3_file *real;
    bool is_log;
};

/* State of the test's own disk, not of the program. */
static atomic_int syncs_to_fail;
static atomic_int syncs_failed;
static atomic_bool is_log_well; /* only the database's own file fails */
static atomic_bool is_full;

static sqlite3_file *real(sqlite3_file *file) { return ((struct file *)file)->real; }

#define PASS_ON(name, params, args) \
    static int name##_real params { return real(file)->pMethods->name args; }
PASS_ON(xRead, (sqlite3_file * file, void *at, int size, sqlite3_int64 from),
        (real(file), at, size, from))
PASS_ON(xTruncate, (sqlite3_file * file, sqlite3_int64 size), (real(file), size))
PASS_ON(xFileSize, (sqlite3_file * file, sqlite3_int64 *size), (real(file), size))
PASS_ON(xLock, (sqlite3_file * file, int lock), (real(file), lock))
PASS_ON(xUnlock, (sqlite3_file * file, int lock), (real(file), lock))
PASS_ON(xCheckReservedLock, (sqlite3_file * file, int *out), (real(file), out))
PASS_ON(xFileControl, (sqlite3_file * file, int what, void *data), (real(file), what, data))
PASS_ON(xSectorSize, (sqlite3_file * file), (real(file)))
PASS_ON(xDeviceCharacteristics, (sqlite3_file * file), (real(file)))
PASS_ON(xShmMap, (sqlite3_file * file, int page, int size, int extend, void volatile **out),
        (real(file), page, size, extend, out))
PASS_ON(xShmLock, (sqlite3_file * file, int at, int count, int flags),
        (real(file), at, count, flags))
PASS_ON(xShmUnmap, (sqlite3_file * file, int remove), (real(file), remove))

static int close_file(sqlite3_file *file)
{
    int rc = real(file)->pMethods->xClose(real(file));

    sqlite3_free(real(file));
    return rc;
}

static int write_file(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    return atomic_load(&is_full) ? SQLITE_FULL
                                 : real(file)->pMethods->xWrite(real(file), from, size, at);
}

static int sync_file(sqlite3_file *file, int flags)
{
    bool is_well = atomic_load(&is_log_well) && ((struct file *)file)->is_log;

    if (!is_well && atomic_load(&syncs_to_fail) > 0) {
        atomic_fetch_sub(&syncs_to_fail, 1);
        atomic_fetch_add(&syncs_failed, 1);
        return SQLITE_IOERR_FSYNC;
    }
    return real(file)->pMethods->xSync(real(file), flags);
}

static void barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = xRead_real,
    .xWrite = write_file,
    .xTruncate = xTruncate_real,
    .xSync = sync_file,
    .xFileSize = xFileSize_real,
    .xLock = xLock_real,
    .xUnlock = xUnlock_real,
    .xCheckReservedLock = xCheckReservedLock_real,
    .xFileControl = xFileControl_real,
    .xSectorSize = xSectorSize_real,
    .xDeviceCharacteristics = xDeviceCharacteristics_real,
    .xShmMap = xShmMap_real,
    .xShmLock = xShmLock_real,
    .xShmBarrier = barrier,
    .xShmUnmap = xShmUnmap_real,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    sqlite3_vfs *below = vfs->pAppData;
    struct file *ours = (struct file *)file;
    int rc;

    ours->base.pMethods = NULL;
    ours->is_log = (flags & SQLITE_OPEN_WAL) != 0;
    ours->real = sqlite3_malloc(below->szOsFile);
    if (!ours->real)
        return SQLITE_NOMEM;
    memset(ours->real, 0, (size_t)below->szOsFile);
    rc = below->xOpen(below, name, ours->real, flags, out);
    if (rc == SQLITE_OK)
        ours->base.pMethods = &methods;
    else
        sqlite3_free(ours->real);
    return rc;
}

static sqlite3_vfs disk;

static int put_disk_between(void **state)
{
    sqlite3_vfs *below = sqlite3_vfs_find(NULL);
    (void)state;

    disk = *below;
    disk.zName = "failing";
    disk.szOsFile = sizeof(struct file);
    disk.pAppData = below;
    disk.xOpen = open_file;
    disk.pNext = NULL;
    return sqlite3_vfs_register(&disk, 1) == SQLITE_OK ? 0 : -1;
}

static const struct migration migrations[] = {
    { 1, "start", "CREATE TABLE thing (id INTEGER PRIMARY KEY, body BLOB);" }
};
static const struct store_kind kind = { "test", migrations, 1, false };
static const struct query add = {
    .name = "add",
    .text = "INSERT INTO thing (body) VALUES (:body)",
    .params = (const char *const[]){ "body" },
    .param_count = 1,
};
static const struct query count = { .name = "count", .text = "SELECT count(*) FROM thing" };

struct bench {
    char folder[64], path[96];
    struct store *store;
};

static bool reopen(struct bench *bench, bool create, struct err *err)
{
    struct store_options options = { .path = bench->path, .kind = &kind, .create = create };

    store_close(bench->store);
    bench->store = NULL;
    return store_open(&options, &bench->store, err);
}

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct err err = { 0 };

    atomic_store(&syncs_to_fail, 0);
    atomic_store(&syncs_failed, 0);
    atomic_store(&is_log_well, false);
    atomic_store(&is_full, false);
    snprintf(bench->folder, sizeof bench->folder, "/tmp/noroshi-sync-XXXXXX");
    if (!mkdtemp(bench->folder))
        return -1;
    snprintf(bench->path, sizeof bench->path, "%s/test.db", bench->folder);
    *state = bench;
    return reopen(bench, true, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    struct bench *bench = *state;
    char path[128];

    atomic_store(&syncs_to_fail, 0);
    store_close(bench->store);
    for (size_t i = 0; i < COUNT(endings); i++) {
        snprintf(path, sizeof path, "%s%s", bench->path, endings[i]);
        unlink(path);
    }
    rmdir(bench->folder);
    free(bench);
    return 0;
}

static bool add_one(struct store *store, size_t size, struct err *err)
{
    static const char zeros[1 << 20];
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(store, TX_WRITE, &tx, err) &&
           store_exec(tx, &add, BINDS(bind_blob("body", ((struct str){ zeros, size }))), NULL,
                      err) &&
           tx_commit(&tx, err);
}

static int64_t count_of(struct store *store)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    int64_t n = -1;

    assert_true(tx_begin(store, TX_READ, &tx, &err));
    assert_true(store_number(tx, &count, NO_BINDS, 0, &n, &err));
    return n;
}

/* T04: readers go on, writers are refused, there is no second try; a new start takes up the work.
 */
static void commit__that_cannot_sync_stops_all_writing(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 };

    assert_true(add_one(bench->store, 10, &err));
    atomic_store(&syncs_to_fail, 1);
    assert_false(add_one(bench->store, 10, &err));
    assert_int_equal(err.code, ERR_STORE);
    assert_int_equal(atomic_load(&syncs_failed), 1);
    assert_true(store_is_stopped(bench->store));

    for (int i = 0; i < 3; i++) { /* the disk is well again, but what it lost nobody knows */
        struct err again = { 0 };

        assert_false(add_one(bench->store, 10, &again));
        assert_int_equal(again.code, ERR_STORE);
        assert_string_equal(again.subject, "stopped");
        assert_int_equal(count_of(bench->store), 1);
    }
    assert_true(reopen(bench, false, &err));
    assert_false(store_is_stopped(bench->store));
    assert_true(store_check(bench->store, &err));
    assert_in_range(count_of(bench->store), 1, 2);
    assert_true(add_one(bench->store, 10, &err));
}

/* The sync that fails is the database file's own, after commits that are safe in the log: they
 * count, and no other follows. */
static void checkpoint__that_cannot_sync_stops_all_writing(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 };
    int done = 0;

    atomic_store(&is_log_well, true);
    atomic_store(&syncs_to_fail, 1);
    while (done < 50 && add_one(bench->store, 900 << 10, &err))
        done++;
    assert_in_range(done, 1, 49);
    assert_int_equal(err.code, ERR_STORE);
    assert_string_equal(err.subject, "stopped");
    assert_int_equal(atomic_load(&syncs_failed),
                     1); /* no second try, not even by another connection at the end */
    assert_int_equal(count_of(bench->store), done);
    assert_true(reopen(bench, false, &err));
    assert_int_equal(count_of(bench->store), done);
    assert_true(store_check(bench->store, &err));
}

/* T06: a full disk is an answer, not an end: nothing is promised, and with room again the work goes
 * on. */
static void commit__on_a_full_disk_is_refused_and_works_again(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 };

    assert_true(add_one(bench->store, 10, &err));
    atomic_store(&is_full, true);
    assert_false(add_one(bench->store, 10, &err));
    assert_int_equal(err.code, ERR_STORE);
    assert_int_equal(count_of(bench->store), 1);
    assert_false(store_is_stopped(bench->store));
    atomic_store(&is_full, false);
    assert_true(add_one(bench->store, 10, &err));
    assert_int_equal(count_of(bench->store), 2);
    assert_true(store_check(bench->store, &err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(commit__that_cannot_sync_stops_all_writing),
        TEST(checkpoint__that_cannot_sync_stops_all_writing),
        TEST(commit__on_a_full_disk_is_refused_and_works_again),
    };

    return cmocka_run_group_tests(tests, put_disk_between, NULL);
}
