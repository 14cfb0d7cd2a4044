/* Full-text search finds what reading every text would find. */
#include "store/store.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/testing.h"

static const struct migration migrations[] = {
    { 1, "start",
      "CREATE TABLE text (id INTEGER PRIMARY KEY, body TEXT NOT NULL);"
      "CREATE VIRTUAL TABLE word USING fts5 (body, content = '', tokenize = 'bigram1');" },
};
static const struct migration foreign[] = {
    { 1, "start", "CREATE VIRTUAL TABLE word USING fts5 (body, tokenize = 'bigram0');" },
};
static const struct store_kind kind = { "words", migrations, 1, false };
static const struct store_kind foreign_kind = { "words", foreign, 1, false };

#define PARAMS(...)                                 \
    .params = (const char *const[]){ __VA_ARGS__ }, \
    .param_count = COUNT(((const char *const[]){ __VA_ARGS__ }))

static const struct query add_text = { .name = "add_text",
                                       .text = "INSERT INTO text (body) VALUES (:body)",
                                       PARAMS("body") };
static const struct query add_words = { .name = "add_words",
                                        .text =
                                            "INSERT INTO word (rowid, body) VALUES (:id, :body)",
                                        PARAMS("id", "body") };
static const struct query by_like = { .name = "by_like",
                                      .text =
                                          "SELECT count(*) FROM text WHERE instr(body, :word) > 0",
                                      PARAMS("word") };
static const struct query by_words = { .name = "by_words",
                                       .text = "SELECT count(*) FROM word WHERE word MATCH :match",
                                       PARAMS("match") };
/* Found by words, but the word does not stand there. */
static const struct query astray = {
    .name = "astray",
    .text = "SELECT count(*) FROM text WHERE id IN (SELECT rowid FROM word WHERE word MATCH :match)"
            " AND instr(body, :word) = 0",
    PARAMS("match", "word")
};

struct scene {
    char folder[64], path[96];
    struct arena *arena;
    struct store *store;
};

static bool open_kind(struct scene *s, const struct store_kind *wanted, struct err *err)
{
    const struct store_options options = { .path = s->path, .kind = wanted, .create = true };

    return store_open(&options, &s->store, err);
}

static int up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);

    snprintf(s->folder, sizeof s->folder, "/tmp/noroshi-words-XXXXXX");
    if (!mkdtemp(s->folder))
        return -1;
    snprintf(s->path, sizeof s->path, "%s/words.db", s->folder);
    s->arena = arena_new(64 << 20);
    *state = s;
    return 0;
}

static int down(void **state)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    struct scene *s = *state;

    store_close(s->store);
    for (size_t i = 0; i < COUNT(endings); i++)
        unlink(arena_z(s->arena, arena_printf(s->arena, "%s%s", s->path, endings[i])));
    rmdir(s->folder);
    arena_free(s->arena);
    free(s);
    return 0;
}

static void put(struct scene *s, struct tx *tx, struct str text)
{
    struct err err = { 0 };
    int64_t id;

    assert_true(store_insert(tx, &add_text, BINDS(bind_text("body", text)), &id, &err));
    assert_true(
        store_exec(tx, &add_words, BINDS(bind_int("id", id), bind_text("body", text)), NULL, &err));
    (void)s;
}

static int64_t count(struct tx *tx, const struct query *query, const struct bind *binds, size_t n)
{
    struct err err = { 0 };
    int64_t found = -1;

    assert_true(store_number(tx, query, binds, n, -1, &found, &err));
    return found;
}

/* Characters of real advisories, blanks and punctuation between them. */
static struct str some_text(struct arena *arena, unsigned *seed, size_t len)
{
    static const char *const parts[] = { "脆", "弱", "性", "認", "証", "さ",  "は",
                                         "権", "限", "・", "、", " ",  "sql", "2",
                                         "x",  "い", "ん", "𠮷", "é",  "-" };
    struct buf buf = buf_new(arena, 4096);

    for (size_t i = 0; i < len; i++) {
        *seed = *seed * 1103515245 + 12345;
        buf_add_z(&buf, parts[*seed / 65536 % COUNT(parts)]);
    }
    return buf_str(&buf);
}

static struct str quoted(struct arena *arena, struct str word, bool is_start)
{
    return arena_printf(arena, "\"%.*s\"%s", STR_ARG(word), is_start ? "*" : "");
}

/* Issue 4: a stretch of two or more characters, and one alone, are found wherever LIKE finds them. */
static void tokenizer__finds_what_a_scan_finds(void **state)
{
    static const char *const words[] = { "脆弱", "弱性",     "脆弱性", "認証",  "証さは",
                                         "権限", "さは",     "性",     "権",    "𠮷",
                                         "限𠮷", "脆弱性認", "んい",   "いんは" };
    struct scene *s = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    unsigned seed = 7;
    int64_t all = 0;

    assert_true(open_kind(s, &kind, &err));
    assert_true(tx_begin(s->store, TX_WRITE, &tx, &err));
    for (int i = 0; i < 2000; i++)
        put(s, tx, some_text(s->arena, &seed, 40));
    for (size_t i = 0; i < COUNT(words); i++) {
        struct str word = str_from_z(words[i]);
        struct str match = quoted(s->arena, word, str_code_points(word) == 1);
        int64_t scanned = count(tx, &by_like, BINDS(bind_text("word", word)));
        int64_t found = count(tx, &by_words, BINDS(bind_text("match", match)));

        print_message("case: %s, %lld texts\n", words[i], (long long)scanned);
        assert_int_equal(found, scanned);
        assert_int_equal(
            count(tx, &astray, BINDS(bind_text("match", match), bind_text("word", word))), 0);
        all += found;
    }
    assert_true(all > 1000);
}

/* Letters are words of their own; a question may mix both. */
static void tokenizer__keeps_letters_together(void **state)
{
    static const struct {
        const char *match;
        int found;
    } questions[] = {
        { "\"sql\"", 2 },
        { "\"sqlいんじぇくしょん\"", 1 },
        { "\"いんじぇくしょん\"", 2 },
        { "\"mysql\"", 1 },
        { "\"my\"*", 1 },
        { "\"cve-2021-44228\"", 1 },
        { "\"2021\"", 1 },
        { "\"くしょん対\"", 1 },
        { "\"対\"*", 1 },
        { "\"ん sql\"", 0 },
        { "\"café\"", 1 },
    };
    struct scene *s = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };

    assert_true(open_kind(s, &kind, &err));
    assert_true(tx_begin(s->store, TX_WRITE, &tx, &err));
    put(s, tx, STR("sqlいんじぇくしょん対策"));
    put(s, tx, STR("mysql、いんじぇくしょん。cve-2021-44228"));
    put(s, tx, STR("sql café"));
    for (size_t i = 0; i < COUNT(questions); i++) {
        print_message("case: %s\n", questions[i].match);
        assert_int_equal(
            count(tx, &by_words, BINDS(bind_text("match", str_from_z(questions[i].match)))),
            questions[i].found);
    }
}

/* Design 11.17: a file that was made with other words is not read as if it had ours. */
static void tokenizer__refuses_another_version(void **state)
{
    struct scene *s = *state;
    struct err err = { 0 };

    assert_false(open_kind(s, &foreign_kind, &err));
    assert_int_equal(err.code, ERR_STORE);
    assert_non_null(strstr(err.subject, "tokenizer"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tokenizer__finds_what_a_scan_finds),
        TEST(tokenizer__keeps_letters_together),
        TEST(tokenizer__refuses_another_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
