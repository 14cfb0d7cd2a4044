/* store/scratch_testing.h: an empty store of one of our kinds in a folder of its own, with a write begun. For the tests of the rooms above. */
#pragma once
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/testing.h"
#include "store/kinds.h"

struct scratch {
    struct arena *arena;
    struct store *store;
    struct tx *tx;
    char folder[32], path[64];
};

static inline int scratch_set_up(void **state, const struct store_kind *kind)
{
    struct scratch *scratch = calloc(1, sizeof *scratch);
    struct err err = { 0 };

    assert_non_null(scratch);
    snprintf(scratch->folder, sizeof scratch->folder, "/tmp/noroshi-test-XXXXXX");
    assert_non_null(mkdtemp(scratch->folder));
    snprintf(scratch->path, sizeof scratch->path, "%s/store.db", scratch->folder);
    scratch->arena = arena_new(1 << 30);
    assert_true(
        store_open(&(struct store_options){ .path = scratch->path, .kind = kind, .create = true },
                   &scratch->store, &err));
    assert_true(tx_begin(scratch->store, TX_WRITE, &scratch->tx, &err));
    *state = scratch;
    return 0;
}

static inline int scratch_tear_down(void **state)
{
    struct scratch *scratch = *state;
    char path[80];

    tx_end(scratch->tx);
    store_close(scratch->store);
    arena_free(scratch->arena);
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++) {
        snprintf(path, sizeof path, "%s%s", scratch->path, *end);
        unlink(path);
    }
    assert_int_equal(rmdir(scratch->folder), 0);
    free(scratch);
    return 0;
}
