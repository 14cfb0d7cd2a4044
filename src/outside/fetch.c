#include "outside/fetch.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fs.h"
#include "outside/curl.h"
#include "seal/seal.h"

enum { CONNECT_MS = 20000, WORDS_MAX = 300, MEMORY = 8 << 20, SHORT_SUM = 64, LONG_SUM = 128 };

struct fetch {
    pthread_mutex_t lock; /* of state and what it points to */
    pthread_t thread;
    bool has_thread;
    atomic_bool is_ending;
    atomic_int_least64_t bytes, expected;
    struct arena *arena; /* of ask and state: begins anew with each start */
    struct fetch_ask ask;
    struct fetch_state state;
};

/* ---- checksums ---- */

static size_t hex_run(struct str text)
{
    size_t n = 0;

    while (n < text.len && ((text.ptr[n] >= '0' && text.ptr[n] <= '9') ||
                            (text.ptr[n] >= 'a' && text.ptr[n] <= 'f') ||
                            (text.ptr[n] >= 'A' && text.ptr[n] <= 'F')))
        n++;
    return n;
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The first run of exactly 64 or 128 hex digits; *rest: behind it. */
static struct str next_sum(struct str *rest)
{
    while (rest->len > 0) {
        size_t n = hex_run(*rest);
        struct str found = str_take(*rest, n);

        if ((n == SHORT_SUM || n == LONG_SUM) && (n == rest->len || !is_word(rest->ptr[n]))) {
            *rest = str_drop(*rest, n);
            return found;
        }
        while (n < rest->len && is_word(rest->ptr[n])) /* a longer word is none */
            n++;
        *rest = str_drop(*rest, n > 0 ? n : 1);
    }
    return STR_NONE;
}

static struct str in_lower_case(struct str text, struct arena *arena)
{
    char *out = arena_alloc(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        out[i] = text.ptr[i] >= 'A' && text.ptr[i] <= 'F' ? (char)(text.ptr[i] + 'a' - 'A')
                                                          : text.ptr[i];
    return (struct str){ out, text.len };
}

/* What stands about that name: its line, or in JSON what is between the braces around it. */
static struct str part_about(struct str text, struct str name)
{
    const bool is_json = str_contains(text, STR("{"));
    const char opens = is_json ? '{' : '\n', closes = is_json ? '}' : '\n';
    size_t from = str_index_str(text, name), to = from;

    if (name.len == 0 || from == text.len)
        return STR_NONE;
    while (from > 0 && text.ptr[from - 1] != opens)
        from--;
    while (to < text.len && text.ptr[to] != closes)
        to++;
    return (struct str){ text.ptr + from, to - from };
}

struct str fetch_sum_for(struct str text, struct str name, struct arena *arena)
{
    struct str about = part_about(text, name), rest = about, only;

    if (about.len > 0) {
        only = next_sum(&rest);
        return only.len > 0 ? in_lower_case(only, arena) : STR_NONE;
    }
    rest = text;
    only = next_sum(&rest);
    return only.len > 0 && next_sum(&rest).len == 0 ? in_lower_case(only, arena) : STR_NONE;
}

static struct str sum_of_file(const char *path, size_t digits, struct arena *arena)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    struct str bytes, out = STR_NONE;

    if (fd < 0)
        return STR_NONE;
    if (fstat(fd, &st) == 0 && st.st_size > 0) {
        bytes.len = (size_t)st.st_size;
        bytes.ptr = mmap(NULL, bytes.len, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes.ptr != MAP_FAILED) {
            out = digits == LONG_SUM ? hash_sha512_hex(bytes, arena)
                                     : hash_hex(hash_sha256(bytes), arena);
            munmap((void *)(uintptr_t)bytes.ptr, bytes.len);
        }
    }
    close(fd);
    return out;
}

/* ---- one transfer ---- */

struct transfer {
    struct fetch *fetch;
    struct curl_calls curl;
    CURL *easy;
    struct arena *arena;
    int fd;           /* where it goes; -1: into text */
    struct buf text;  /* of the file of checksums */
    int64_t had, max; /* bytes that stood there before */
    bool is_too_large, is_write_error, is_begun;
    struct str etag, modified;
    int64_t retry_seconds;
};

static long status_of(const struct transfer *t)
{
    long status = 0;

    t->curl.easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* With the first byte it is known whether the server sends the rest or all of it. */
static bool begin_file(struct transfer *t)
{
    curl_off_t length = -1;

    t->is_begun = true;
    if (status_of(t) != 206) {
        t->had = 0;
        if (ftruncate(t->fd, 0) != 0)
            return false;
    }
    if (lseek(t->fd, t->had, SEEK_SET) < 0)
        return false;
    atomic_store(&t->fetch->bytes, t->had);
    t->curl.easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    atomic_store(&t->fetch->expected, length >= 0 ? t->had + length : -1);
    return true;
}

static size_t take_bytes(char *from, size_t size, size_t count, void *argument)
{
    struct transfer *t = argument;
    struct str bytes = { from, size * count };
    long status = status_of(t);

    if (status != 200 && status != 206) /* a page that says why not */
        return bytes.len;
    if (t->fd < 0) {
        if (buf_str(&t->text).len + bytes.len > FETCH_SUM_FILE_MAX) {
            t->is_too_large = true;
            return 0;
        }
        buf_add(&t->text, bytes);
        return bytes.len;
    }
    if (!t->is_begun && !begin_file(t)) {
        t->is_write_error = true;
        return 0;
    }
    if (atomic_load(&t->fetch->bytes) + (int64_t)bytes.len > t->max) {
        t->is_too_large = true;
        return 0;
    }
    if (!fs_write_all(t->fd, bytes)) {
        t->is_write_error = true;
        return 0;
    }
    atomic_fetch_add(&t->fetch->bytes, (int64_t)bytes.len);
    return bytes.len;
}

static struct str header_value(struct str line, struct str name)
{
    struct str head = str_take(line, name.len);

    if (line.len <= name.len || line.ptr[name.len] != ':' || !str_eq_nocase(head, name))
        return STR_NONE;
    return str_trim(str_drop(line, name.len + 1));
}

static bool is_mark(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20 || (unsigned char)text.ptr[i] > 0x7e)
            return false;
    return text.len > 0 && text.len <= FETCH_MARK_MAX;
}

static size_t take_header(char *from, size_t size, size_t count, void *argument)
{
    struct transfer *t = argument;
    struct str line = str_trim((struct str){ from, size * count }), value;
    struct err ignored = { 0 };

    if (str_starts(line, STR("HTTP/"))) { /* of the next answer, after a redirect */
        t->etag = t->modified = STR_NONE;
        t->retry_seconds = 0;
    }
    if (is_mark(value = header_value(line, STR("etag"))))
        t->etag = arena_str(t->arena, value);
    if (is_mark(value = header_value(line, STR("last-modified"))))
        t->modified = arena_str(t->arena, value);
    value = header_value(line, STR("retry-after"));
    if (value.len > 0)
        (void)!str_to_int(value, 0, 7 * 86400, &t->retry_seconds, &ignored);
    return size * count;
}

static int look_up(void *argument, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct fetch *fetch = argument;

    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&fetch->is_ending); /* not 0: give up */
}

static void set_up(struct transfer *t, struct str url)
{
    const struct fetch_ask *ask = &t->fetch->ask;
    const char *protocols = ask->plain_ok ? "http,https" : "https";

    t->curl.easy_setopt(t->easy, CURLOPT_URL, arena_z(t->arena, url));
    t->curl.easy_setopt(t->easy, CURLOPT_PROTOCOLS_STR, protocols);
    t->curl.easy_setopt(t->easy, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    t->curl.easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 1L);
    t->curl.easy_setopt(t->easy, CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTS);
    t->curl.easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
    t->curl.easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    t->curl.easy_setopt(t->easy, CURLOPT_LOW_SPEED_LIMIT, (long)FETCH_SLOW_BYTES);
    t->curl.easy_setopt(t->easy, CURLOPT_LOW_SPEED_TIME, (long)FETCH_SLOW_SECONDS);
    t->curl.easy_setopt(t->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    t->curl.easy_setopt(t->easy, CURLOPT_USERAGENT, "noroshi/" NOROSHI_VERSION);
    t->curl.easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_bytes);
    t->curl.easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
    t->curl.easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, take_header);
    t->curl.easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
    t->curl.easy_setopt(t->easy, CURLOPT_NOPROGRESS, 0L);
    t->curl.easy_setopt(t->easy, CURLOPT_XFERINFOFUNCTION, look_up);
    t->curl.easy_setopt(t->easy, CURLOPT_XFERINFODATA, t->fetch);
}

static struct curl_slist *add_line(const struct transfer *t, struct curl_slist *lines,
                                   const char *name, struct str value)
{
    struct curl_slist *more;

    if (value.len == 0)
        return lines;
    more = t->curl.slist_append(
        lines, arena_z(t->arena, arena_printf(t->arena, "%s%.*s", name, STR_ARG(value))));
    return more ? more : lines;
}

/* What stands there is of another try; a weak mark promises no bytes. */
static bool can_resume(const struct fetch_ask *ask, int64_t had)
{
    return had > 0 && ask->part_etag.len > 0 && !str_starts(ask->part_etag, STR("W/"));
}

static struct curl_slist *lines_of(const struct transfer *t)
{
    const struct fetch_ask *ask = &t->fetch->ask;
    struct curl_slist *lines = add_line(t, NULL, "", ask->header);

    if (t->fd < 0)
        return lines;
    if (t->had > 0) {
        lines =
            add_line(t, lines, "Range: bytes=", arena_printf(t->arena, "%lld-", (long long)t->had));
        return add_line(t, lines, "If-Range: ", ask->part_etag);
    }
    lines = add_line(t, lines, "If-None-Match: ", ask->etag);
    return add_line(t, lines, "If-Modified-Since: ", ask->modified);
}

static CURLcode perform(struct transfer *t, struct str url)
{
    struct curl_slist *lines = lines_of(t);
    CURLcode code;

    set_up(t, url);
    t->curl.easy_setopt(t->easy, CURLOPT_HTTPHEADER, lines);
    code = t->curl.easy_perform(t->easy);
    t->curl.slist_free_all(lines);
    return code;
}

static void end_as(struct fetch_state *state, enum fetch_result result, struct str words)
{
    state->result = result;
    state->words = words;
}

/* What an answer that is no file means for the next try. */
static void end_badly(struct transfer *t, CURLcode code, struct fetch_state *state)
{
    long status = status_of(t);

    state->retry_seconds = t->retry_seconds;
    if (t->is_too_large)
        end_as(state, FETCH_REFUSED, STR("it is larger than this feed may be"));
    else if (t->is_write_error)
        end_as(state, FETCH_LATER, STR("it cannot be written here"));
    else if (code != CURLE_OK && code != CURLE_HTTP_RETURNED_ERROR)
        end_as(state,
               code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ||
                       code == CURLE_TOO_MANY_REDIRECTS
                   ? FETCH_REFUSED
                   : FETCH_LATER,
               arena_str(t->arena, str_take(str_from_z(t->curl.easy_strerror(code)), WORDS_MAX)));
    else
        end_as(state,
               status == 408 || status == 425 || status == 429 || status >= 500 ? FETCH_LATER
                                                                                : FETCH_REFUSED,
               arena_printf(t->arena, "the server answered %ld", status));
}

static struct str file_name(struct str url)
{
    struct str path = str_take(url, str_index(url, '?'));
    size_t from = path.len;

    while (from > 0 && path.ptr[from - 1] != '/')
        from--;
    return str_drop(path, from);
}

/* False: it ends here. *sum: what the file must have; empty: nothing is known. */
static bool ask_for_sum(struct transfer *t, struct fetch_state *state, struct str *sum)
{
    const struct fetch_ask *ask = &t->fetch->ask;
    CURLcode code;

    *sum = STR_NONE;
    if (ask->sum_url.len == 0)
        return true;
    t->fd = -1;
    t->text = buf_new(t->arena, FETCH_SUM_FILE_MAX);
    code = perform(t, ask->sum_url);
    if (code != CURLE_OK || status_of(t) != 200) {
        end_badly(t, code, state);
        return false;
    }
    *sum = fetch_sum_for(buf_str(&t->text), file_name(ask->url), t->arena);
    if (sum->len == 0) {
        end_as(state, FETCH_REFUSED, STR("its file of checksums does not name it"));
        return false;
    }
    if (str_eq(*sum, ask->sum_known)) {
        end_as(state, FETCH_SAME, STR_NONE);
        return false;
    }
    return true;
}

static void get_file(struct transfer *t, struct str sum, struct fetch_state *state)
{
    const struct fetch_ask *ask = &t->fetch->ask;
    struct stat st = { 0 };
    CURLcode code;

    t->fd = open(ask->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (t->fd < 0 || fstat(t->fd, &st) != 0) {
        end_as(state, FETCH_LATER, STR("it cannot be written here"));
        return;
    }
    t->had = can_resume(ask, st.st_size) ? st.st_size : 0;
    t->max = ask->max_bytes;
    atomic_store(&t->fetch->bytes, 0);
    atomic_store(&t->fetch->expected, -1);
    code = perform(t, ask->url);
    state->etag = t->etag;
    state->modified = t->modified;
    if (code != CURLE_OK || (status_of(t) != 200 && status_of(t) != 206)) {
        if (code == CURLE_OK && status_of(t) == 304)
            end_as(state, FETCH_SAME, STR_NONE);
        else
            end_badly(t, code, state);
    } else if (!t->is_begun && ftruncate(t->fd, 0) != 0) { /* an empty file */
        end_as(state, FETCH_LATER, STR("it cannot be written here"));
    } else {
        end_as(state, FETCH_NEW, STR_NONE);
    }
    if (status_of(t) ==
        416) /* what stood here is more than there is now: from the beginning next time */
        (void)!ftruncate(t->fd, 0);
    if (state->result == FETCH_NEW && sum.len > 0) {
        state->sum = sum_of_file(ask->path, sum.len, t->arena);
        if (!str_eq(state->sum, sum)) {
            (void)!ftruncate(t->fd, 0);
            end_as(state, FETCH_LATER, STR("its checksum is another one"));
            state->sum = STR_NONE;
        }
    }
    close(t->fd);
}

static void transfer(struct transfer *t, struct fetch_state *state)
{
    struct str sum;

    t->easy = t->curl.easy_init();
    if (!t->easy)
        end_as(state, FETCH_LATER, STR("out of memory"));
    else if (ask_for_sum(t, state, &sum))
        get_file(t, sum, state);
    t->curl.easy_cleanup(t->easy);
}

static void *run(void *argument)
{
    struct fetch *fetch = argument;
    struct transfer t = { .fetch = fetch, .arena = fetch->arena };
    struct fetch_state state = { .expected = -1 };

    if (!curl_load(&t.curl, &(struct err){ 0 }))
        end_as(&state, FETCH_LATER, STR("libcurl is missing"));
    else
        transfer(&t, &state);
    pthread_mutex_lock(&fetch->lock);
    fetch->state = state;
    pthread_mutex_unlock(&fetch->lock);
    return NULL;
}

/* ---- from outside ---- */

struct fetch *fetch_new(void)
{
    struct fetch *fetch = calloc(1, sizeof *fetch);

    if (!fetch)
        abort(); /* our machine's trouble, as in the arena */
    pthread_mutex_init(&fetch->lock, NULL);
    fetch->arena = arena_new(MEMORY);
    fetch->state.result = FETCH_SAME;
    return fetch;
}

static void join(struct fetch *fetch)
{
    if (fetch->has_thread)
        pthread_join(fetch->thread, NULL);
    fetch->has_thread = false;
}

void fetch_free(struct fetch *fetch)
{
    if (!fetch)
        return;
    atomic_store(&fetch->is_ending, true);
    join(fetch);
    pthread_mutex_destroy(&fetch->lock);
    arena_free(fetch->arena);
    free(fetch);
}

/* A line break in it would be a line of a stranger's. Rule: C47 */
static bool is_line(struct str text, size_t max)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20 || (unsigned char)text.ptr[i] > 0x7e)
            return false;
    return text.len <= max;
}

static bool is_address(struct str url, bool plain_ok)
{
    return is_line(url, FETCH_URL_MAX) && !str_contains(url, STR(" ")) &&
           (str_starts(url, STR("https://")) || (plain_ok && str_starts(url, STR("http://"))));
}

bool fetch_start(struct fetch *fetch, const struct fetch_ask *ask, struct err *err)
{
    struct fetch_state now;
    const struct str *lines[] = { &ask->etag, &ask->modified, &ask->part_etag, &ask->sum_known };

    if (!is_address(ask->url, ask->plain_ok))
        return FAIL(err, INPUT, STR("url"));
    if (ask->sum_url.len > 0 && !is_address(ask->sum_url, ask->plain_ok))
        return FAIL(err, INPUT, STR("checksums"));
    for (size_t i = 0; i < COUNT(lines); i++)
        if (!is_line(*lines[i], FETCH_MARK_MAX))
            return FAIL(err, INPUT, STR("mark"));
    if (!is_line(ask->header, FETCH_URL_MAX))
        return FAIL(err, INPUT, STR("header"));
    pthread_mutex_lock(&fetch->lock);
    now = fetch->state;
    pthread_mutex_unlock(&fetch->lock);
    if (now.result == FETCH_RUNNING)
        return FAIL(err, UNAVAILABLE, STR("the courier"));
    join(fetch);
    arena_reset(fetch->arena);
    fetch->ask = (struct fetch_ask){ .url = arena_str(fetch->arena, ask->url),
                                     .plain_ok = ask->plain_ok,
                                     .etag = arena_str(fetch->arena, ask->etag),
                                     .modified = arena_str(fetch->arena, ask->modified),
                                     .part_etag = arena_str(fetch->arena, ask->part_etag),
                                     .sum_url = arena_str(fetch->arena, ask->sum_url),
                                     .sum_known = arena_str(fetch->arena, ask->sum_known),
                                     .header = arena_str(fetch->arena, ask->header),
                                     .max_bytes = ask->max_bytes,
                                     .path = arena_z(fetch->arena, str_from_z(ask->path)) };
    fetch->state = (struct fetch_state){ .result = FETCH_RUNNING };
    atomic_store(&fetch->bytes, 0);
    atomic_store(&fetch->expected, -1);
    if (pthread_create(&fetch->thread, NULL, run, fetch) != 0) {
        fetch->state.result = FETCH_LATER;
        return FAIL(err, UNAVAILABLE, STR("a thread"));
    }
    fetch->has_thread = true;
    return true;
}

void fetch_look(struct fetch *fetch, struct arena *arena, struct fetch_state *out)
{
    pthread_mutex_lock(&fetch->lock);
    *out = fetch->state;
    out->etag = arena_str(arena, out->etag);
    out->modified = arena_str(arena, out->modified);
    out->sum = arena_str(arena, out->sum);
    out->words = arena_str(arena, out->words);
    pthread_mutex_unlock(&fetch->lock);
    out->bytes = atomic_load(&fetch->bytes);
    out->expected = atomic_load(&fetch->expected);
}
