/* An index made whole is the one that FTS5 would have made row by row, and FTS5 goes on with it; a word's rows read from it are those that FTS5 finds. */
#include "store/fulltext.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/testing.h"
#include "store/scratch_testing.h"
#include <sqlite3.h>

static const struct migration migrations[] = {
    { 1, "start",
      "CREATE VIRTUAL TABLE whole USING fts5 (names, texts, tags, content = '', tokenize = 'bigram1');"
      "CREATE VIRTUAL TABLE rows USING fts5 (names, texts, tags, content = '', tokenize = 'bigram1');"
      "CREATE VIRTUAL TABLE whole_said USING fts5vocab (whole, instance);"
      "CREATE VIRTUAL TABLE rows_said USING fts5vocab (rows, instance);" },
};
static const struct store_kind kind = { "words", migrations, 1, true };

#define PARAMS(...)                                 \
    .params = (const char *const[]){ __VA_ARGS__ }, \
    .param_count = COUNT(((const char *const[]){ __VA_ARGS__ }))

static const struct query add_whole = {
    .name = "add_whole",
    .text = "INSERT INTO whole (rowid, names, texts, tags) VALUES (:id, :names, :texts, :tags)",
    PARAMS("id", "names", "texts", "tags")
};
static const struct query add_row = {
    .name = "add_row",
    .text = "INSERT INTO rows (rowid, names, texts, tags) VALUES (:id, :names, :texts, :tags)",
    PARAMS("id", "names", "texts", "tags")
};
static const struct query check = { .name = "check",
                                    .text =
                                        "INSERT INTO whole (whole) VALUES ('integrity-check')" };
static const struct query optimize = { .name = "optimize",
                                       .text = "INSERT INTO whole (whole) VALUES ('optimize')" };
static const struct query empty_rows = { .name = "empty_rows",
                                         .text = "INSERT INTO rows (rows) VALUES ('delete-all')" };
static const struct query said_whole = { .name = "said_whole",
                                         .text =
                                             "SELECT term, doc, col, \"offset\" FROM whole_said" };
static const struct query said_rows = { .name = "said_rows",
                                        .text =
                                            "SELECT term, doc, col, \"offset\" FROM rows_said" };
static const struct query sizes_differ = {
    .name = "sizes_differ",
    .text =
        "SELECT (SELECT count(*) FROM whole_docsize) <> (SELECT count(*) FROM rows_docsize) OR EXISTS (SELECT 1 FROM whole_docsize w LEFT JOIN "
        "rows_docsize r ON r.id = w.id WHERE r.sz IS NOT w.sz) OR (SELECT block FROM whole_data WHERE id = 1) <> (SELECT block FROM rows_data WHERE id = 1)"
};
/* Of the indices of lists, those above the lowest. */
static const struct query high_steps = {
    .name = "high_steps",
    .text = "SELECT count(*) FROM whole_data WHERE (id >> 36) & 1 AND (id >> 31) & 31 > 0"
};
static const struct query from_the_middle = {
    .name = "from_the_middle",
    .text = "SELECT count(*) FROM whole WHERE whole MATCH :match AND rowid > :id",
    PARAMS("match", "id")
};

static const struct fulltext_table whole_table = FULLTEXT_TABLE("whole");
static const struct fulltext_table rows_table = FULLTEXT_TABLE("rows");
static const struct query found_whole = {
    .name = "found_whole",
    .text = "SELECT rowid AS id FROM whole WHERE whole MATCH :match",
    PARAMS("match")
};
static const struct query found_rows = { .name = "found_rows",
                                         .text =
                                             "SELECT rowid AS id FROM rows WHERE rows MATCH :match",
                                         PARAMS("match") };
static const struct query words_rows = { .name = "words_rows",
                                         .text = "SELECT DISTINCT term FROM rows_said" };
static const struct query forget_row = {
    .name = "forget_row",
    .text =
        "INSERT INTO rows (rows, rowid, names, texts, tags) VALUES ('delete', :id, :names, :texts, :tags)",
    PARAMS("id", "names", "texts", "tags")
};

/* A row's texts, the same from the same number: a few words that stand everywhere, many that stand once, in two scripts. */
static struct str text_of(struct arena *arena, uint64_t *seed, size_t words)
{
    static const char *const often[] = { "remote",     "attacker", "脆弱性",
                                         "認証の不備", "a",        "buffer overflow" };
    struct buf buf = buf_new(arena, 1 << 20);

    for (size_t i = 0; i < words; i++) {
        *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        if (*seed >> 60 < 9)
            buf_add_z(&buf, often[(*seed >> 40) % COUNT(often)]);
        else if (*seed >> 60 < 15)
            buf_printf(&buf, "w%u", (unsigned)(*seed >> 33) % 5000);
        else
            buf_printf(&buf,
                       "averyveryverylongwordthatgoesbeyondwhatthereisroomfor%uandmuchlongerstill",
                       (unsigned)(*seed >> 33) % 50);
        buf_byte(&buf, ' ');
    }
    return buf_str(&buf);
}

struct row {
    int64_t id;
    struct str texts[3];
};

static struct row row_of(struct arena *arena, int64_t n, size_t words)
{
    uint64_t seed = (uint64_t)n * 7919;
    struct row row = { .id = 3 * n + n % 2 };

    row.texts[0] = text_of(arena, &seed, 2);
    row.texts[1] = n % 11 ? text_of(arena, &seed, words) : STR("");
    row.texts[2] = text_of(arena, &seed, n % 5);
    return row;
}

static void put(struct tx *tx, const struct query *query, const struct row *row)
{
    struct err err = { 0 };

    assert_true(
        store_exec(tx, query,
                   BINDS(bind_int("id", row->id), bind_text("names", row->texts[0]),
                         bind_text("texts", row->texts[1]), bind_text("tags", row->texts[2])),
                   NULL, &err));
}

/* Every word of every row at its place, in both; what the whole index says is also in order by itself. */
static void assert_same(struct tx *tx)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)4 << 30);
    CLEANUP(rows_end_var) struct rows *whole = NULL, *rows = NULL;
    struct err err = { 0 };
    int64_t count = 0;
    int there;

    assert_true(store_exec(tx, &check, NO_BINDS, NULL, &err));
    assert_true(store_select(tx, &said_whole, NO_BINDS, arena, &whole, &err));
    assert_true(store_select(tx, &said_rows, NO_BINDS, arena, &rows, &err));
    while ((there = rows_next(rows, &err)) == 1) {
        assert_int_equal(rows_next(whole, &err), 1);
        assert_true(str_eq(row_text(whole, "term"), row_text(rows, "term")));
        assert_int_equal(row_int(whole, "doc"), row_int(rows, "doc"));
        assert_true(str_eq(row_text(whole, "col"), row_text(rows, "col")));
        assert_int_equal(row_int(whole, "offset"), row_int(rows, "offset"));
        count++;
    }
    assert_int_equal(there, 0);
    assert_int_equal(rows_next(whole, &err), 0);
    print_message("%lld words\n", (long long)count);
}

/* Both: one whole, one row by row. */
static bool fill(struct tx *tx, int64_t from, int64_t to, size_t words, size_t most)
{
    CLEANUP(fulltext_free_var) struct fulltext *fulltext = fulltext_new(tx, 3, most);
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)4 << 30);
    struct err err = { 0 };

    for (int64_t n = from; n < to; n++) {
        struct row row = row_of(arena, n, words);

        assert_true(fulltext_add(fulltext, row.id, row.texts, &err));
        put(tx, &add_row, &row);
        arena_reset(arena);
    }
    return fulltext_write(fulltext, tx, "whole", &err);
}

static void put_all(struct tx *tx, const struct query *query, int64_t from, int64_t to)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 30);

    for (int64_t n = from; n < to; n++) {
        struct row row = row_of(arena, n, 20);

        put(tx, query, &row);
    }
}

static int up(void **state) { return scratch_set_up(state, &kind); }

/* In memory, in many runs, with lists over many leaves; each in place of the one before. */
static void fulltext__is_what_fts5_would_have_made(void **state)
{
    static const struct {
        int64_t rows;
        size_t words, most;
    } cases[] = {
        { 0, 10, 1 << 20 },  { 1, 10, 1 << 20 },     { 3000, 40, 64 << 20 },
        { 3000, 40, 40000 }, { 300, 3000, 1 << 20 }, { 2, 10, 1 << 20 },
    };
    struct scratch *scratch = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = { 0 };
        int64_t differ;

        print_message("case: %lld rows of %zu words\n", (long long)cases[i].rows, cases[i].words);
        assert_true(store_exec(scratch->tx, &empty_rows, NO_BINDS, NULL, &err));
        assert_true(fill(scratch->tx, 1, 1 + cases[i].rows, cases[i].words, cases[i].most));
        assert_same(scratch->tx);
        assert_true(tx_commit(&scratch->tx, &err));
        assert_true(tx_begin(scratch->store, TX_WRITE, &scratch->tx, &err));
        assert_true(store_number(scratch->tx, &sizes_differ, NO_BINDS, -1, &differ, &err));
        assert_int_equal(differ, 0);
    }
}

/* Rows that came before are gone; rows that come later, in the same transaction and in others, are merged with what was made. */
static void fulltext__is_gone_on_with_by_fts5(void **state)
{
    struct scratch *scratch = *state;
    struct err err = { 0 };

    put_all(scratch->tx, &add_whole, 1, 50);
    assert_true(fill(scratch->tx, 1, 2000, 40, 1 << 20));
    put_all(scratch->tx, &add_whole, 2000, 2100);
    put_all(scratch->tx, &add_row, 2000, 2100);
    for (int64_t n = 2100; n < 2140; n++) {
        assert_true(tx_commit(&scratch->tx, &err));
        assert_true(tx_begin(scratch->store, TX_WRITE, &scratch->tx, &err));
        put_all(scratch->tx, &add_whole, n, n + 1);
        put_all(scratch->tx, &add_row, n, n + 1);
    }
    assert_same(scratch->tx);
    assert_true(store_exec(scratch->tx, &optimize, NO_BINDS, NULL, &err));
    assert_same(scratch->tx);
}

/* From a row on, a list is entered in its middle, where its index says; rows far apart and full of one word make that two steps high. */
static void fulltext__finds_the_middle_of_a_long_list(void **state)
{
    enum { ROWS = 1000, WORDS = 3000, STRIDE = 41 };
    const int64_t apart = INT64_C(1) << 40;
    struct scratch *scratch = *state;
    CLEANUP(fulltext_free_var)
    struct fulltext *fulltext = fulltext_new(scratch->tx, 3, 1 << 20);
    struct buf buf = buf_new(scratch->arena, 1 << 20);
    struct err err = { 0 };
    int64_t high;

    for (size_t i = 0; i < WORDS; i++)
        buf_add_z(&buf, "same ");
    for (int64_t n = 1; n <= ROWS; n++)
        assert_true(fulltext_add(fulltext, n * apart,
                                 (const struct str[]){ STR("x"), buf_str(&buf), STR("") }, &err));
    assert_true(fulltext_write(fulltext, scratch->tx, "whole", &err));
    assert_true(store_exec(scratch->tx, &check, NO_BINDS, NULL, &err));
    assert_true(store_number(scratch->tx, &high_steps, NO_BINDS, -1, &high, &err));
    assert_int_equal(high, 1);
    for (int64_t n = 0; n <= ROWS; n += STRIDE) {
        int64_t found;

        assert_true(
            store_number(scratch->tx, &from_the_middle,
                         BINDS(bind_text("match", STR("same AND x")), bind_int("id", n * apart)),
                         -1, &found, &err));
        assert_int_equal(found, ROWS - n);
    }
}

/* ---- reading ---- */

enum { ROW_MAX = 20000 };

struct taken {
    bool has_it[ROW_MAX], is_there[ROW_MAX];
};

static void take(void *context, int64_t row, bool has_it, bool is_there)
{
    struct taken *taken = context;

    assert_true(row >= 0 && row < ROW_MAX);
    taken->has_it[row] = has_it;
    taken->is_there[row] = is_there;
}

static void assert_as_fts5(const bool *has, struct tx *tx, const struct query *query,
                           struct str word, const char *where, struct arena *arena)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    static bool expected[ROW_MAX];
    struct err err = { 0 };

    memset(expected, 0, sizeof expected);
    assert_true(store_select(
        tx, query,
        BINDS(bind_text("match", arena_printf(arena, "%s\"%.*s\"", where, STR_ARG(word)))), arena,
        &rows, &err));
    while (rows_next(rows, &err) == 1)
        expected[row_int(rows, "id")] = true;
    assert_memory_equal(has, expected, sizeof expected);
}

/* Those that FTS5 finds, and no other; of those it finds in these columns the same. */
static void assert_found(struct tx *tx, const struct fulltext_table *table,
                         const struct query *query, struct str word, const char *where,
                         unsigned columns, struct arena *arena)
{
    static const bool none[ROW_MAX];
    static struct taken taken;
    struct err err = { 0 };

    memset(&taken, 0, sizeof taken);
    assert_true(fulltext_find(tx, table, word, columns, arena, take, &taken, &err));
    assert_as_fts5(taken.has_it, tx, query, word, "", arena);
    if (columns)
        assert_as_fts5(taken.is_there, tx, query, word, where, arena);
    else
        assert_memory_equal(taken.is_there, none, sizeof none);
}

static void assert_all_found(struct scratch *scratch)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)4 << 30);
    CLEANUP(arena_free_var) struct arena *each = arena_new(1 << 30);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err err = { 0 };
    size_t count = 0;

    assert_true(tx_commit(&scratch->tx, &err));
    assert_true(tx_begin(scratch->store, TX_READ, &tx, &err));
    assert_true(store_select(tx, &words_rows, NO_BINDS, arena, &rows, &err));
    for (; rows_next(rows, &err) == 1; count++) {
        struct str word = row_text(rows, "term");

        assert_found(tx, &rows_table, &found_rows, word, "", 0, each);
        assert_found(tx, &whole_table, &found_whole, word, "", 0, each);
        assert_found(tx, &rows_table, &found_rows, word, "{names tags} : ", 5, each);
        assert_found(tx, &whole_table, &found_whole, word, "texts : ", 2, each);
        arena_reset(each);
    }
    assert_found(tx, &whole_table, &found_whole, STR("0"), "", 0, each);
    assert_found(tx, &whole_table, &found_whole, STR("zzzzzz"), "", 0, each);
    rows_end(rows);
    tx_end(TAKE(tx));
    assert_true(count > 20);
    print_message("%zu words found\n", count);
    assert_true(tx_begin(scratch->store, TX_WRITE, &scratch->tx, &err));
}

/* VDB-04: made whole or row by row, in one segment or many, with rows that are gone; with lists over many leaves, and rows whose places are. */
static void fulltext__finds_what_fts5_finds(void **state)
{
    static const struct {
        int64_t rows;
        size_t words;
    } cases[] = { { 1500, 40 }, { 60, 6000 } };
    struct scratch *scratch = *state;
    struct err err = { 0 };

    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t end = 1 + cases[i].rows;

        assert_true(store_exec(scratch->tx, &empty_rows, NO_BINDS, NULL, &err));
        assert_true(fill(scratch->tx, 1, end, cases[i].words, 1 << 20));
        assert_all_found(scratch);
        for (int64_t n = end; n < end + 40; n++) {
            put_all(scratch->tx, &add_whole, n, n + 1);
            put_all(scratch->tx, &add_row, n, n + 1);
            if (n % 3 == 0)
                assert_true(tx_commit(&scratch->tx, &err) &&
                            tx_begin(scratch->store, TX_WRITE, &scratch->tx, &err));
        }
        for (int64_t n = 1; n < end; n += 7) {
            struct row row = row_of(scratch->arena, n, cases[i].words);

            put(scratch->tx, &forget_row, &row);
            if (n % 2) { /* and is there again, with other words */
                row = row_of(scratch->arena, n, 3);
                put(scratch->tx, &add_row, &row);
            }
        }
        assert_all_found(scratch);
        assert_true(store_exec(scratch->tx, &optimize, NO_BINDS, NULL, &err));
        assert_all_found(scratch);
    }
}

static void take_any(void *context, int64_t row, bool has_it, bool is_there)
{
    *(int64_t *)context += row ^ has_it ^ is_there;
}

static void damage(sqlite3_stmt *change, uint64_t seed, size_t round)
{
    sqlite3_bind_int64(change, 1, round % 10 ? (int64_t)(seed >> 40 & 0xffff) : 0);
    sqlite3_bind_int64(change, 2, (int64_t)(seed >> 20 & 0xfff));
    sqlite3_bind_blob(change, 3, &seed, 1, SQLITE_STATIC);
    sqlite3_bind_int64(change, 4, (int64_t)(seed >> 60 & 7));
    assert_int_equal(sqlite3_step(change), SQLITE_DONE);
    sqlite3_reset(change);
}

static void run(sqlite3 *sqlite, const char *sql)
{
    assert_int_equal(sqlite3_exec(sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* One byte of what FTS5 keeps is another one, or a leaf ends early: rows that are wrong, or ERR_STORE, and never more than that. */
static void fulltext__survives_damage(void **state)
{
    enum { CASES = 1500 };
    static const char *const words[] = { "remote", "attacker", "a", "w17", "脆弱" };
    static const char *const one_byte =
        "UPDATE whole_data SET block = CAST(substr(block, 1, ?2 % length(block)) || ?3 || "
        "CASE ?4 WHEN 0 THEN '' ELSE substr(block, ?2 % length(block) + 2) END AS BLOB) "
        "WHERE id = (SELECT id FROM sound LIMIT 1 OFFSET ?1 % (SELECT count(*) FROM sound))";
    struct scratch *scratch = *state;
    uint64_t seed = 7;
    size_t refused = 0;
    sqlite3 *sqlite;
    sqlite3_stmt *change;
    struct err err = { 0 };

    assert_true(fill(scratch->tx, 1, 400, 60, 1 << 20));
    assert_true(tx_commit(&scratch->tx, &err));
    assert_int_equal(sqlite3_open(scratch->path, &sqlite), SQLITE_OK);
    run(sqlite, "CREATE TABLE sound AS SELECT id, block FROM whole_data WHERE id >= 10");
    assert_int_equal(sqlite3_prepare_v2(sqlite, one_byte, -1, &change, NULL), SQLITE_OK);
    for (size_t i = 0; i < CASES; i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 30);
        CLEANUP(tx_end_var) struct tx *tx = NULL;
        int64_t sum = 0;

        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        damage(change, seed, i);
        assert_true(tx_begin(scratch->store, TX_READ, &tx, &err));
        for (unsigned j = 0; j < COUNT(words); j++) {
            struct err why = { 0 };

            if (fulltext_find(tx, &whole_table, str_from_z(words[j]), j, arena, take_any, &sum,
                              &why))
                continue;
            assert_int_equal(why.code, ERR_STORE);
            refused++;
        }
        run(sqlite, "UPDATE whole_data SET block = s.block FROM sound s "
                    "WHERE s.id = whole_data.id AND s.block IS NOT whole_data.block");
    }
    sqlite3_finalize(change);
    assert_int_equal(sqlite3_close(sqlite), SQLITE_OK);
    print_message("%d changes, %zu refused\n", CASES, refused);
    assert_true(refused > 0);
    assert_true(tx_begin(scratch->store, TX_WRITE, &scratch->tx, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fulltext__is_what_fts5_would_have_made, up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(fulltext__is_gone_on_with_by_fts5, up, scratch_tear_down),
        cmocka_unit_test_setup_teardown(fulltext__finds_the_middle_of_a_long_list, up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(fulltext__finds_what_fts5_finds, up, scratch_tear_down),
        cmocka_unit_test_setup_teardown(fulltext__survives_damage, up, scratch_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
