#include "outside/mail.h"

#include "base/testing.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A mail server for one conversation: it keeps what it hears and answers RCPT as it was told. */
struct sink {
    int fd;
    const char *rcpt_answer;
    char heard[8192];
    size_t len;
    pthread_t thread;
    struct mail_host host;
    char url[64];
};

static void say(int fd, const char *line)
{
    assert_int_equal(send(fd, line, strlen(line), MSG_NOSIGNAL), (ssize_t)strlen(line));
}

static struct str hear_line(struct sink *sink, int fd)
{
    size_t from = sink->len;

    while (sink->len < sizeof sink->heard && recv(fd, sink->heard + sink->len, 1, 0) == 1)
        if (sink->heard[sink->len++] == '\n')
            break;
    return (struct str){ sink->heard + from, sink->len - from };
}

static void *converse(void *argument)
{
    struct sink *sink = argument;
    int fd = accept(sink->fd, NULL, NULL);
    bool in_data = false;

    if (fd < 0)
        return NULL;
    say(fd, "220 sink\r\n");
    for (;;) {
        struct str line = hear_line(sink, fd);

        if (line.len == 0)
            break;
        if (in_data) {
            in_data = !str_eq_z(line, ".\r\n");
            if (!in_data)
                say(fd, "250 queued as 7\r\n");
        } else if (str_starts(line, STR("RCPT"))) {
            say(fd, sink->rcpt_answer);
        } else if (str_starts(line, STR("DATA"))) {
            in_data = true;
            say(fd, "354 go on\r\n");
        } else {
            say(fd, str_starts(line, STR("QUIT")) ? "221 bye\r\n" : "250 ok\r\n");
        }
    }
    close(fd);
    return NULL;
}

static void sink_open(struct sink *sink, const char *rcpt_answer)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;

    *sink = (struct sink){ .fd = socket(AF_INET, SOCK_STREAM, 0), .rcpt_answer = rcpt_answer };
    assert_int_equal(bind(sink->fd, (struct sockaddr *)&at, size), 0);
    assert_int_equal(getsockname(sink->fd, (struct sockaddr *)&at, &size), 0);
    assert_int_equal(listen(sink->fd, 1), 0);
    snprintf(sink->url, sizeof sink->url, "smtp://127.0.0.1:%d", ntohs(at.sin_port));
    sink->host = (struct mail_host){ .url = str_from_z(sink->url),
                                     .helo = STR("noroshi.example"),
                                     .timeout_ms = 5000 };
}

static void sink_close(struct sink *sink)
{
    shutdown(sink->fd, SHUT_RDWR);
    pthread_join(sink->thread, NULL);
    close(sink->fd);
}

static const struct str message =
    STR_INIT("Subject: Notice\r\n\r\n.a line that begins with a dot\r\n");

static void mail_send__hands_over_one_message_dot_stuffed(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct sink sink;
    struct str text, heard;

    (void)state;
    sink_open(&sink, "250 ok\r\n");
    pthread_create(&sink.thread, NULL, converse, &sink);
    assert_int_equal(mail_send(&sink.host, STR("noroshi@example.jp"), STR("hana@example.jp"),
                               message, arena, &text),
                     MAIL_SENT);
    sink_close(&sink);
    heard = (struct str){ sink.heard, sink.len };
    assert_true(str_contains(heard, STR("EHLO noroshi.example\r\n")));
    assert_true(str_contains(heard, STR("MAIL FROM:<noroshi@example.jp>")));
    assert_true(str_contains(heard, STR("RCPT TO:<hana@example.jp>")));
    assert_true(str_contains(heard, STR("\r\n..a line")));
    arena_free(arena);
}

static void mail_send__tells_never_from_later_and_names_nobody(void **state)
{
    static const struct {
        const char *answer;
        enum mail_result result;
        const char *text;
    } cases[] = {
        { "550 <hana@example.jp> unknown\r\n", MAIL_REFUSED, "550 * unknown" },
        { "451 try later\r\n", MAIL_LATER, "451 try later" },
    };
    struct arena *arena = arena_new(1 << 16);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sink sink;
        struct str text;

        print_message("case: %s", cases[i].answer);
        sink_open(&sink, cases[i].answer);
        pthread_create(&sink.thread, NULL, converse, &sink);
        assert_int_equal(mail_send(&sink.host, STR("noroshi@example.jp"), STR("hana@example.jp"),
                                   message, arena, &text),
                         cases[i].result);
        sink_close(&sink);
        assert_str(text, cases[i].text);
    }
    arena_free(arena);
}

/* C47: a control character in an envelope would be a command of a stranger's. */
static void mail_send__refuses_an_envelope_with_controls_and_other_protocols(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct mail_host host = { .url = STR("smtp://127.0.0.1:9"),
                              .helo = STR("x"),
                              .timeout_ms = 500 };
    struct str text;

    (void)state;
    assert_int_equal(
        mail_send(&host, STR("a@example.jp"), STR("b@example.jp>\r\nDATA"), message, arena, &text),
        MAIL_REFUSED);
    assert_int_equal(mail_send(&host, STR(""), STR("b@example.jp"), message, arena, &text),
                     MAIL_REFUSED);
    assert_int_equal(
        mail_send(&host, STR("a@example.jp"), STR("b@example.jp"), message, arena, &text),
        MAIL_LATER);
    host.url = STR("file:///etc/passwd");
    assert_int_equal(
        mail_send(&host, STR("a@example.jp"), STR("b@example.jp"), message, arena, &text),
        MAIL_REFUSED);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mail_send__hands_over_one_message_dot_stuffed),
        cmocka_unit_test(mail_send__tells_never_from_later_and_names_nobody),
        cmocka_unit_test(mail_send__refuses_an_envelope_with_controls_and_other_protocols),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
