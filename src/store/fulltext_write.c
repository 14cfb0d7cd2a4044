/* The runs that wait become one segment, in the form that fts5_index.c of SQLite describes at its beginning: leaves of words and lists, for each leaf that begins a
 * word its first bytes, and for a long list which row each of its leaves begins with. */
#include "store/fulltext_internal.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "store/store_internal.h"
#include <assert.h>

enum {
    LEAF = 4050, /* FTS5's own: two leaves fill a page of the file */
    LEAF_HEAD = 4,
    LEAF_ROOM = 2 * LEAF, /* what a leaf may grow to with what was begun on it */
    SEGMENT = 1,
    AVERAGES_ID = 1,
    STRUCTURE_ID = 10,
    STEPS_MAX = 8,       /* of an index of a list: more than any file holds */
    STEP_LEAVES_MIN = 4, /* a list gets one that goes over so many leaves */
    LEVEL_LEAVES = 256,  /* FTS5 writes so many before a level is full with four of them */
    COOKIE = 4,
    FORGET = 1 << 20 /* bytes of a run */
};
#define WORKING_MEMORY ((size_t)1 << 30)

/* A step of the index of a list: which row the leaves begin with, or the leaves of the step below. */
struct step {
    uint32_t page;
    bool has_before;
    int64_t before;
    size_t len;
    char bytes[LEAF + 4 * VARINT_MAX];
};
struct kept_step {
    int64_t id;
    struct str bytes;
};

struct writer {
    struct connection *connection;
    struct arena *arena;
    sqlite3_stmt *put_leaf, *put_first;
    char leaf[LEAF_ROOM], foot[LEAF_ROOM];
    size_t len, foot_len, word_at; /* word_at: where the last word on the leaf begins */
    uint32_t page;
    bool has_word, has_row, is_list_begun; /* on this leaf; of this word */
    char word[1 + TERM_MAX],
        first[1 + TERM_MAX]; /* the last one; the beginning of the first one on first_page */
    size_t word_len, first_len;
    uint32_t first_page, wordless; /* 0: it is told already; leaves behind it without a word */
    int64_t row;
    struct step steps[STEPS_MAX];
    struct {
        VEC_OF(struct kept_step); /* they go behind all leaves */
    } kept;
};

static int64_t leaf_id(uint32_t page) { return ((int64_t)SEGMENT << 37) + page; }

static int64_t step_id(size_t height, uint32_t page)
{
    return ((int64_t)SEGMENT << 37) + ((int64_t)1 << 36) + ((int64_t)height << 31) + page;
}

static bool step(struct writer *w, sqlite3_stmt *statement, struct err *err)
{
    int rc = sqlite3_step(statement);

    (void)sqlite3_reset(statement);
    return rc == SQLITE_DONE ? true : connection_fail(w->connection, rc, "words", err);
}

static bool put_block(struct writer *w, int64_t id, struct str bytes, struct err *err)
{
    sqlite3_bind_int64(w->put_leaf, 1, id);
    sqlite3_bind_blob64(w->put_leaf, 2, bytes.ptr, bytes.len, SQLITE_STATIC);
    return step(w, w->put_leaf, err) ? true : PASS(err);
}

/* ---- the index of a list ---- */

static void add_number(struct step *step, uint64_t n)
{
    step->len += varint_put(step->bytes + step->len, n);
}

static void keep_step(struct writer *w, size_t height)
{
    struct step *step = &w->steps[height];

    VEC_PUSH(w->arena, &w->kept,
             (struct kept_step){ step_id(height, step->page),
                                 arena_str(w->arena, (struct str){ step->bytes, step->len }) });
}

/* The first row that a step tells of. */
static int64_t first_row(const struct step *step)
{
    const char *end = step->bytes + step->len, *at;
    uint64_t n = 0;

    at = varint_get(step->bytes + 1, end, &n);
    (void)varint_get(at, end, &n);
    return (int64_t)n;
}

/* A full one goes, and what begins with this row is told one step higher. */
static void put_step(struct writer *w, size_t height, uint32_t page, int64_t row)
{
    struct step *step = &w->steps[height];
    bool is_full = step->len >= LEAF;

    if (is_full) {
        assert(height + 1 < STEPS_MAX);
        step->bytes[0] = 1; /* it is not the highest */
        keep_step(w, height);
        if (w->steps[height + 1].len == 0)
            put_step(w, height + 1, step->page, first_row(step));
        step->page++;
        step->len = 0;
        step->has_before = false;
    }
    if (step->has_before) {
        add_number(step, (uint64_t)(row - step->before));
    } else {
        if (height > 0 && !is_full)
            step->page = page;
        add_number(step, is_full);
        add_number(step, page);
        add_number(step, (uint64_t)row);
    }
    step->has_before = true;
    step->before = row;
    if (is_full)
        put_step(w, height + 1, step->page, row);
}

/* Kept where the list is long; the next list begins without. */
static bool end_steps(struct writer *w)
{
    bool is_kept = w->steps[0].len > 0 && w->wordless >= STEP_LEAVES_MIN;

    for (size_t i = 0; i < STEPS_MAX && w->steps[i].len > 0; i++) {
        if (is_kept)
            keep_step(w, i);
        w->steps[i].len = 0;
        w->steps[i].has_before = false;
    }
    w->wordless = 0;
    return is_kept;
}

/* ---- leaves ---- */

/* All is known of the leaves from first_page on. */
static bool tell_first(struct writer *w, struct err *err)
{
    int64_t page = (int64_t)w->first_page << 1;

    if (w->first_page == 0)
        return true;
    page |= end_steps(w);
    w->first_page = 0;
    sqlite3_bind_blob64(w->put_first, 1, w->first, w->first_len, SQLITE_STATIC);
    sqlite3_bind_int64(w->put_first, 2, page);
    return step(w, w->put_first, err) ? true : PASS(err);
}

static void put_short(char *at, size_t n)
{
    at[0] = (char)(n >> 8);
    at[1] = (char)(n & 0xff);
}

static bool end_leaf(struct writer *w, struct err *err)
{
    put_short(w->leaf + 2, w->len);
    if (w->has_word) {
        memcpy(w->leaf + w->len, w->foot, w->foot_len);
        w->len += w->foot_len;
    } else {
        if (!w->has_row && w->steps[0].len > 0)
            add_number(&w->steps[0], 0);
        w->wordless++;
    }
    if (!put_block(w, leaf_id(w->page), (struct str){ w->leaf, w->len }, err))
        return PASS(err);
    memset(w->leaf, 0, LEAF_HEAD);
    w->len = LEAF_HEAD;
    w->foot_len = w->word_at = 0;
    w->has_word = w->has_row = false;
    w->page++;
    return true;
}

static void add_varint(struct writer *w, uint64_t n) { w->len += varint_put(w->leaf + w->len, n); }

static void add_bytes(struct writer *w, const char *bytes, size_t len)
{
    memcpy(w->leaf + w->len, bytes, len);
    w->len += len;
}

static size_t common(const struct writer *w, const char *word, size_t len)
{
    size_t n = 0, most = len < w->word_len ? len : w->word_len;

    while (n < most && w->word[n] == word[n])
        n++;
    return n;
}

/* The beginning of the first word on a leaf that tells it from all before. */
static bool begin_leaf(struct writer *w, const char *word, size_t len, struct err *err)
{
    if (w->page == 1)
        return true;
    if (!tell_first(w, err))
        return PASS(err);
    w->first_len = w->word_len > 0 ? common(w, word, len) + 1 : len;
    memcpy(w->first, word, w->first_len);
    w->first_page = w->page;
    return true;
}

static bool put_word(struct writer *w, const char *word, size_t len, struct err *err)
{
    size_t same = 0;

    if (w->len + w->foot_len + len + 2 >= LEAF && w->len > LEAF_HEAD && !end_leaf(w, err))
        return PASS(err);
    w->foot_len += varint_put(w->foot + w->foot_len, w->len - w->word_at);
    w->word_at = w->len;
    if (w->has_word) {
        same = common(w, word, len);
        add_varint(w, same);
    } else if (!begin_leaf(w, word, len, err)) {
        return PASS(err);
    }
    add_varint(w, len - same);
    add_bytes(w, word + same, len - same);
    memcpy(w->word, word, len);
    w->word_len = len;
    w->has_word = w->has_row = true;
    w->is_list_begun = false;
    w->steps[0].page = w->page;
    return true;
}

static bool put_row(struct writer *w, int64_t row, struct err *err)
{
    if (w->len + w->foot_len >= LEAF && !end_leaf(w, err))
        return PASS(err);
    if (!w->has_row) {
        put_short(w->leaf, w->len);
        put_step(w, 0, w->page, row);
    }
    add_varint(w, (uint64_t)(w->is_list_begun && w->has_row ? row - w->row : row));
    w->row = row;
    w->is_list_begun = w->has_row = true;
    return true;
}

/* On as many leaves as it needs; no number goes over the end of one. */
static bool put_places(struct writer *w, const char *at, size_t len, struct err *err)
{
    while (w->len + w->foot_len + len >= LEAF) {
        size_t most = LEAF - w->len - w->foot_len, n = 0;

        if (w->len + w->foot_len > LEAF)
            most = 0;
        while (n < most || (n > 0 && at[n - 1] & 0x80))
            n++;
        add_bytes(w, at, n);
        at += n;
        len -= n;
        if (!end_leaf(w, err))
            return PASS(err);
    }
    add_bytes(w, at, len);
    return true;
}

/* ---- the runs ---- */

struct run {
    const char *at, *end; /* behind the present word's list; of the run */
    const char *known;    /* what lies before it may leave memory */
    struct str word, list;
    int64_t last;
};

static void forget(struct run *run)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = (uintptr_t)run->known / page * page;

    if (run->at - run->known < FORGET)
        return;
    (void)madvise((void *)from, (size_t)(run->at - run->known), MADV_DONTNEED);
    run->known = run->at;
}

static bool next_word(struct run *run)
{
    uint64_t size = 0, last = 0;
    const char *at = run->at;

    if (at == run->end)
        return false;
    run->word = (struct str){ at + 1, (unsigned char)at[0] };
    at = varint_get(at + 1 + run->word.len, run->end, &size);
    at = varint_get(at, run->end, &last);
    run->list = (struct str){ at, size };
    run->last = (int64_t)last;
    forget(run);
    run->at = at + size;
    return true;
}

/* The rows of a word in one run: behind those of the runs before. */
static bool put_list(struct writer *w, struct str list, struct err *err)
{
    const char *at = list.ptr, *end = at + list.len;
    int64_t row = 0;

    while (at < end) {
        uint64_t n = 0, size = 0;

        at = varint_get(at, end, &n);
        at = varint_get(at, end, &size);
        row += (int64_t)n;
        if (!put_row(w, row, err))
            return PASS(err);
        add_varint(w, size);
        if (!put_places(w, at, size / 2, err))
            return PASS(err);
        at += size / 2;
    }
    return true;
}

struct runs {
    VEC_OF(struct run); /* those that have a word still, in their order */
};

static void drop_run(struct runs *runs, size_t i)
{
    runs->len--;
    memmove(&runs->at[i], &runs->at[i + 1], (runs->len - i) * sizeof runs->at[0]);
}

static bool put_least(struct writer *w, struct runs *runs, struct err *err)
{
    char text[1 + TERM_MAX] = "0"; /* the index of whole words, not of beginnings */
    struct str word = runs->at[0].word;

    for (size_t i = 1; i < runs->len; i++)
        if (str_cmp(runs->at[i].word, word) < 0)
            word = runs->at[i].word;
    memcpy(text + 1, word.ptr, word.len);
    if (!put_word(w, text, 1 + word.len, err))
        return PASS(err);
    for (size_t i = 0; i < runs->len;) {
        struct run *run = &runs->at[i];

        if (str_cmp(run->word, word) != 0) {
            i++;
            continue;
        }
        if (!put_list(w, run->list, err))
            return PASS(err);
        if (next_word(run))
            i++;
        else
            drop_run(runs, i);
    }
    return true;
}

static bool put_words(struct writer *w, const struct fulltext *fulltext, const char *waiting,
                      struct err *err)
{
    struct runs runs = { 0 };

    for (size_t i = 0; i < fulltext->runs.len; i++) {
        size_t end = i + 1 < fulltext->runs.len ? fulltext->runs.at[i + 1] : fulltext->waiting;
        const char *at = waiting + fulltext->runs.at[i];
        struct run run = { .at = at, .known = at, .end = waiting + end };

        if (next_word(&run))
            VEC_PUSH(w->arena, &runs, run);
    }
    while (runs.len > 0)
        if (!put_least(w, &runs, err))
            return PASS(err);
    if (w->len > LEAF_HEAD && !end_leaf(w, err))
        return PASS(err);
    if (w->page > 1 && !tell_first(w, err))
        return PASS(err);
    for (size_t i = 0; i < w->kept.len; i++)
        if (!put_block(w, w->kept.at[i].id, w->kept.at[i].bytes, err))
            return PASS(err);
    return true;
}

/* ---- the table ---- */

/* before, the table's name, after. */
static bool prepare(struct writer *w, const char *before, const char *table, const char *after,
                    sqlite3_stmt **out, struct err *err)
{
    struct str text =
        ARENA_JOIN(w->arena, str_from_z(before), str_from_z(table), str_from_z(after));
    int rc = sqlite3_prepare_v2(w->connection->sqlite, text.ptr, (int)text.len, out, NULL);

    return rc == SQLITE_OK ? true : connection_fail(w->connection, rc, "words", err);
}

static void add_to(struct buf *buf, uint64_t n)
{
    char bytes[VARINT_MAX];

    buf_add(buf, (struct str){ bytes, varint_put(bytes, n) });
}

/* The segment stands on the level that FTS5 would have it on by its size: what comes later is merged long before it is. */
static struct str structure_of(const struct writer *w, struct str before)
{
    struct buf buf = buf_new(w->arena, LEAF);
    uint32_t leaves = w->page - 1;
    unsigned level = 0;

    for (uint32_t most = LEVEL_LEAVES; leaves > most && level < 16; most *= 4)
        level++;
    buf_add(&buf, str_take(before, COOKIE));
    add_to(&buf, level + 1u);
    add_to(&buf, 1);
    add_to(&buf, leaves);
    for (unsigned i = 0; i <= level; i++) {
        add_to(&buf, 0);
        add_to(&buf, i == level);
    }
    add_to(&buf, SEGMENT);
    add_to(&buf, 1);
    add_to(&buf, leaves);
    return buf_str(&buf);
}

static bool read_structure(struct writer *w, const char *table, struct str *out, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    bool ok = false;

    if (!prepare(w, "SELECT block FROM \"", table, "_data\" WHERE id = 10", &statement, err))
        return PASS(err);
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_bytes(statement, 0) >= COOKIE) {
        const char *bytes = sqlite3_column_blob(statement, 0);

        *out = arena_str(w->arena, (struct str){ bytes, COOKIE });
        ok = true;
    }
    sqlite3_finalize(statement);
    return ok ? true : FAIL(err, STORE, STR("words"));
}

static bool put_structure(struct writer *w, const struct fulltext *fulltext, const char *table,
                          struct err *err)
{
    struct buf averages = buf_new(w->arena, LEAF);
    sqlite3_stmt *statement = NULL;
    struct str before;
    bool ok;

    add_to(&averages, fulltext->rows);
    for (size_t i = 0; i < fulltext->columns; i++)
        add_to(&averages, fulltext->totals[i]);
    if (!read_structure(w, table, &before, err) ||
        !prepare(w, "REPLACE INTO \"", table, "_data\" (id, block) VALUES (?1, ?2)", &statement,
                 err))
        return PASS(err);
    sqlite3_finalize(w->put_leaf);
    w->put_leaf = statement;
    ok = (fulltext->rows == 0 || put_block(w, AVERAGES_ID, buf_str(&averages), err)) &&
         (w->page == 1 || put_block(w, STRUCTURE_ID, structure_of(w, before), err));
    return ok ? true : PASS(err);
}

/* How many words each row has by column. */
static bool put_counts(struct writer *w, const struct fulltext *fulltext, const char *table,
                       struct err *err)
{
    const char *at = fulltext->counts.ptr, *end = at + fulltext->counts.len;
    sqlite3_stmt *statement = NULL;
    int64_t row = 0;
    bool ok = true;

    if (!prepare(w, "INSERT INTO \"", table, "_docsize\" (id, sz) VALUES (?1, ?2)", &statement,
                 err))
        return PASS(err);
    while (ok && at < end) {
        uint64_t n = 0, len = 0;

        at = varint_get(at, end, &n);
        at = varint_get(at, end, &len);
        row += (int64_t)n;
        sqlite3_bind_int64(statement, 1, row);
        sqlite3_bind_blob64(statement, 2, at, len, SQLITE_STATIC);
        ok = step(w, statement, err);
        at += len;
    }
    sqlite3_finalize(statement);
    return ok ? true : PASS(err);
}

/* FTS5 forgets what it knows of the table, and writes nothing more of it: at a savepoint it puts down all it has. */
static bool empty(struct writer *w, const char *table, struct err *err)
{
    const char *text = arena_z(
        w->arena,
        arena_printf(w->arena, "INSERT INTO \"%s\" (\"%s\") VALUES ('delete-all')", table, table));

    return connection_run(w->connection, "SAVEPOINT words", err) &&
                   connection_run(w->connection, "RELEASE words", err) &&
                   connection_run(w->connection, text, err)
               ? true
               : PASS(err);
}

static bool write_all(struct writer *w, const struct fulltext *fulltext, const char *waiting,
                      const char *table, struct err *err)
{
    return empty(w, table, err) &&
                   prepare(w, "INSERT INTO \"", table, "_data\" (id, block) VALUES (?1, ?2)",
                           &w->put_leaf, err) &&
                   prepare(w, "INSERT INTO \"", table,
                           "_idx\" (segid, term, pgno) VALUES (1, ?1, ?2)", &w->put_first, err) &&
                   put_words(w, fulltext, waiting, err) && put_structure(w, fulltext, table, err) &&
                   put_counts(w, fulltext, table, err)
               ? true
               : PASS(err);
}

/* The tables below an FTS5 table are nobody's to write but its own: for as long as this takes they are ours. */
static bool write_below(struct writer *w, const struct fulltext *fulltext, const char *waiting,
                        const char *table, struct err *err)
{
    bool ok, was_ours = w->connection->is_ours;

    w->connection->is_ours = true;
    ok = sqlite3_db_config(w->connection->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL) == SQLITE_OK
             ? write_all(w, fulltext, waiting, table, err)
             : FAIL(err, STORE, STR("SQLite does not take a setting"));
    sqlite3_finalize(w->put_leaf);
    sqlite3_finalize(w->put_first);
    w->connection->is_ours = was_ours;
    if (sqlite3_db_config(w->connection->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK &&
        ok)
        ok = FAIL(err, STORE, STR("SQLite does not take a safety setting"));
    return ok;
}

bool fulltext_write(struct fulltext *fulltext, struct tx *tx, const char *table, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORKING_MEMORY);
    struct writer *w = ARENA_NEW(arena, struct writer);
    void *waiting = NULL;
    bool ok;

    assert(tx->kind == TX_WRITE);
    *w = (struct writer){
        .connection = tx->connection, .arena = arena, .len = LEAF_HEAD, .page = 1, .first_page = 1
    };
    if (fulltext->terms.len > 0 && !fulltext_spill(fulltext, err))
        return PASS(err);
    if (fulltext->waiting > 0) {
        waiting = mmap(NULL, fulltext->waiting, PROT_READ, MAP_PRIVATE, fulltext->fd, 0);
        if (waiting == MAP_FAILED)
            return FAIL(err, IO, STR("words that wait"));
    }
    ok = write_below(w, fulltext, waiting, table, err);
    if (waiting)
        munmap(waiting, fulltext->waiting);
    return ok ? true : PASS(err);
}
