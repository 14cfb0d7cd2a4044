/* Words for full-text search in Japanese and English, for FTS5: a run of letters and digits is one word; where a language writes no blanks,
 * each two neighbouring characters are one ("脆弱性": 脆弱 弱性), so that any stretch of two or more is found as a phrase and one character as the
 * beginning of a word. The text is folded before it comes here (base/fold). Its version is its name, which the file keeps: a file made with
 * another one is refused by FTS5 itself. */
#include "store/store_internal.h"

#include "base/ascii.h"
#include "base/err.h"
#include <string.h>

#define TOKENIZER_NAME "bigram1"
enum { WORD_MAX = 64 }; /* bytes of a word; longer ones are cut, in texts as in questions */

enum kind { KIND_GAP, KIND_LETTER, KIND_CHARACTER };

/* One character: its kind and its length in bytes. */
static enum kind kind_of(const unsigned char *at, size_t left, size_t *size)
{
    uint32_t point;

    *size = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    if (*size > left)
        *size = left;
    if (at[0] < 0x80)
        return ascii_is_alnum(at[0]) ? KIND_LETTER : KIND_GAP;
    point = at[0] & (0xffU >> (*size + 1));
    for (size_t i = 1; i < *size; i++)
        point = point << 6 | (at[i] & 0x3fU);
    if (point < 0xc0 || (point >= 0x2000 && point <= 0x2bff) ||
        (point >= 0xff00 && point <= 0xff0f))
        return KIND_GAP; /* signs, arrows, punctuation */
    if ((point >= 0x3000 && point <= 0x3004) || (point >= 0x3008 && point <= 0x3020) ||
        point == 0x30fb || point == 0x303d)
        return KIND_GAP; /* 、。「」・ and their like */
    return point < 0x2e80 ? KIND_LETTER : KIND_CHARACTER;
}

struct reader {
    const char *text;
    size_t len, at;
    bool is_question;
    void *context;
    token_taker *tell;
};

static int tell(const struct reader *r, size_t from, size_t to)
{
    size_t size = to - from > WORD_MAX ? WORD_MAX : to - from;

    return r->tell(r->context, 0, r->text + from, (int)size, (int)from, (int)to);
}

static enum kind peek(const struct reader *r, size_t at, size_t *size)
{
    if (at >= r->len)
        return KIND_GAP;
    return kind_of((const unsigned char *)r->text + at, r->len - at, size);
}

static int read_letters(struct reader *r)
{
    size_t from = r->at, size = 0;

    do {
        while (r->at < r->len && ascii_is_alnum(r->text[r->at])) /* most are */
            r->at++;
        if (peek(r, r->at, &size) != KIND_LETTER)
            break;
        r->at += size;
    } while (true);
    return tell(r, from, r->at);
}

/* Two at a time. The last stands alone as well, so that it can be asked for by itself; a question that ends here does without, or it would
 * find only texts that end here too. */
static int read_characters(struct reader *r)
{
    size_t before = r->at, size = 0, count = 0;
    int rc = SQLITE_OK;

    for (size_t last = r->at; rc == SQLITE_OK && peek(r, r->at, &size) == KIND_CHARACTER; count++) {
        r->at += size;
        before = last;
        last = r->at - size;
        if (count > 0)
            rc = tell(r, before, r->at);
        before = last;
    }
    if (rc == SQLITE_OK && (count == 1 || !r->is_question || r->at < r->len))
        rc = tell(r, before, r->at);
    return rc;
}

static int read_all(struct reader reader)
{
    int rc = SQLITE_OK;

    while (rc == SQLITE_OK && reader.at < reader.len) {
        size_t size = 1;

        switch (peek(&reader, reader.at, &size)) {
        case KIND_LETTER:
            rc = read_letters(&reader);
            break;
        case KIND_CHARACTER:
            rc = read_characters(&reader);
            break;
        default:
            reader.at += size;
        }
    }
    return rc;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                    token_taker *take)
{
    (void)tokenizer;
    return read_all((struct reader){ .text = text,
                                     .len = len > 0 ? (size_t)len : 0,
                                     .is_question = (flags & FTS5_TOKENIZE_QUERY) != 0,
                                     .context = context,
                                     .tell = take });
}

int tokenizer_read(struct str text, void *context, token_taker *take)
{
    return read_all(
        (struct reader){ .text = text.ptr, .len = text.len, .context = context, .tell = take });
}

int tokenizer_ask(struct str text, void *context, token_taker *take)
{
    return read_all((struct reader){
        .text = text.ptr, .len = text.len, .is_question = true, .context = context, .tell = take });
}

static int make(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    static const char stateless;
    union {
        const char *from;
        Fts5Tokenizer *to;
    } none = { .from = &stateless };

    (void)context, (void)arguments;
    *out = none.to;
    return count == 0 ? SQLITE_OK : SQLITE_ERROR;
}

static void unmake(Fts5Tokenizer *tokenizer) { (void)tokenizer; }

bool tokenizer_register(struct connection *connection, struct err *err)
{
    fts5_tokenizer functions = { make, unmake, tokenize };
    sqlite3_stmt *statement = NULL;
    fts5_api *api = NULL;
    int rc = sqlite3_prepare_v2(connection->sqlite, "SELECT fts5(?1)", -1, &statement, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    if (rc == SQLITE_OK)
        (void)sqlite3_step(statement);
    sqlite3_finalize(statement);
    if (rc != SQLITE_OK)
        return connection_fail(connection, rc, "fts5", err);
    if (!api)
        return FAIL(err, STORE, STR("SQLite has no FTS5"));
    rc = api->xCreateTokenizer(api, TOKENIZER_NAME, NULL, &functions, NULL);
    return rc == SQLITE_OK ? true : connection_fail(connection, rc, "tokenizer", err);
}
