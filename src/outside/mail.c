#include "outside/mail.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "outside/curl.h"

enum { WORDS_MAX = 400, LINE_MAX_BYTES = 1000, CONNECT_TIMEOUT_MS = 10000 };

bool mail_start(struct err *err)
{
    struct curl_calls curl;

    if (!curl_load(&curl, err))
        return PASS(err);
    return curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? true
                                                             : FAIL(err, MAIL, STR("libcurl"));
}

struct message_left {
    struct str rest;
};

static size_t give_message(char *to, size_t size, size_t count, void *argument)
{
    struct message_left *left = argument;
    struct str part = str_take(left->rest, size * count);

    if (part.len > 0)
        memcpy(to, part.ptr, part.len);
    left->rest = str_drop(left->rest, part.len);
    return part.len;
}

/* The host's answers come line by line; the last one counts. */
struct last_line {
    char at[LINE_MAX_BYTES];
    size_t len;
};

static size_t keep_line(char *from, size_t size, size_t count, void *argument)
{
    struct last_line *line = argument;
    size_t n = size * count;

    if (str_starts((struct str){ from, n }, STR("221"))) /* its goodbye */
        return n;
    line->len = n < sizeof line->at ? n : sizeof line->at;
    memcpy(line->at, from, line->len);
    return n;
}

static size_t drop_bytes(char *from, size_t size, size_t count, void *argument)
{
    (void)from;
    (void)argument;
    return size * count;
}

/* Words with an '@' are left out: the operator's page and the log name no people. What is not printable ASCII becomes '?'. */
static struct str without_addresses(struct str words, struct arena *arena)
{
    struct buf buf = buf_new(arena, WORDS_MAX + 1);
    struct str rest = str_take(str_trim(words), WORDS_MAX), word;

    if (rest.len == 0)
        return STR("");
    while (str_split(&rest, ' ', &word)) {
        if (buf_str(&buf).len > 0)
            buf_byte(&buf, ' ');
        if (str_index(word, '@') < word.len) {
            buf_byte(&buf, '*');
            continue;
        }
        for (size_t i = 0; i < word.len; i++)
            buf_byte(&buf, word.ptr[i] >= 0x20 && word.ptr[i] < 0x7f ? word.ptr[i] : '?');
    }
    return buf_str(&buf);
}

static bool is_mail_url(struct str url)
{
    return str_starts(url, STR("smtp://")) || str_starts(url, STR("smtps://"));
}

/* Controls in an address would be SMTP commands of a stranger's. Rule: C47 */
static bool is_clean(struct str address)
{
    for (size_t i = 0; i < address.len; i++)
        if ((unsigned char)address.ptr[i] <= 0x20 || address.ptr[i] == '<' ||
            address.ptr[i] == '>' || address.ptr[i] == 0x7f)
            return false;
    return address.len > 0 && address.len <= 254;
}

static void set_up(const struct curl_calls *curl, CURL *easy, const struct mail_host *host,
                   struct arena *arena)
{
    struct str url = host->url;

    if (host->helo.len > 0)
        url = arena_printf(arena, "%.*s/%.*s", STR_ARG(url), STR_ARG(host->helo));
    curl->easy_setopt(easy, CURLOPT_URL, arena_z(arena, url));
    curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(easy, CURLOPT_PROXY, "");
    curl->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIMEOUT_MS);
    curl->easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                      (long)(host->timeout_ms > 0 ? host->timeout_ms : 60000));
    curl->easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl->easy_setopt(easy, CURLOPT_USE_SSL,
                      (long)(host->starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl->easy_setopt(easy, CURLOPT_UPLOAD, 1L);
}

static enum mail_result result_of(CURLcode code, long status)
{
    if (code == CURLE_OK)
        return MAIL_SENT;
    if (status >= 500 && status < 600)
        return MAIL_REFUSED;
    return MAIL_LATER;
}

enum mail_result mail_send(const struct mail_host *host, struct str from, struct str to,
                           struct str message, struct arena *arena, struct str *text)
{
    struct message_left left = { message };
    struct last_line line = { .len = 0 };
    struct curl_slist *recipients;
    struct curl_calls curl;
    struct err err = { 0 };
    long status = 0;
    CURLcode code;
    CURL *easy;

    if (!is_mail_url(host->url) || !is_clean(from) || !is_clean(to)) {
        *text = STR("the envelope is not usable");
        return MAIL_REFUSED;
    }
    if (!curl_load(&curl, &err)) {
        *text = STR("libcurl is missing");
        return MAIL_LATER;
    }
    easy = curl.easy_init();
    recipients =
        curl.slist_append(NULL, arena_z(arena, arena_printf(arena, "<%.*s>", STR_ARG(to))));
    if (!easy || !recipients) {
        curl.slist_free_all(recipients);
        curl.easy_cleanup(easy);
        *text = STR("out of memory");
        return MAIL_LATER;
    }
    set_up(&curl, easy, host, arena);
    curl.easy_setopt(easy, CURLOPT_MAIL_FROM,
                     arena_z(arena, arena_printf(arena, "<%.*s>", STR_ARG(from))));
    curl.easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients);
    curl.easy_setopt(easy, CURLOPT_READFUNCTION, give_message);
    curl.easy_setopt(easy, CURLOPT_READDATA, &left);
    curl.easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.len);
    curl.easy_setopt(easy, CURLOPT_HEADERFUNCTION, keep_line);
    curl.easy_setopt(easy, CURLOPT_HEADERDATA, &line);
    curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop_bytes);

    code = curl.easy_perform(easy);
    curl.easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    *text = line.len > 0 ? without_addresses((struct str){ line.at, line.len }, arena)
                         : arena_str(arena, str_from_z(curl.easy_strerror(code)));
    curl.easy_cleanup(easy);
    curl.slist_free_all(recipients);
    return result_of(code, status);
}
