/* faces/http/testing.h: the other side of the wire, for tests of faces: a server on a free port, and raw requests to it. */
#pragma once
#include "base/testing.h"
#include "faces/http/http.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>

#define HELPER __attribute__((unused)) static

static unsigned short port;

/* Starts on a free loopback port, which all that follows then talks to. */
HELPER struct server *start(struct server_options options)
{
    struct server *server = NULL;
    struct err err = { 0 };
    struct sockaddr_in address;
    socklen_t len = sizeof(address);

    assert_true(http_listen(STR("127.0.0.1:0"), &options.listen_fd, &err));
    assert_int_equal(getsockname(options.listen_fd, (struct sockaddr *)&address, &len), 0);
    port = ntohs(address.sin_port);
    if (!server_start(&options, &server, &err))
        fail_msg("%s: %s", err_name(err.code), err.subject);
    return server;
}

HELPER int dial(void)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons(port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    return fd;
}

static char answer[200000];
static bool was_closed;

/* All that comes back until the other side closes or is silent for wait_ms. */
HELPER const char *listen_to(int fd, int wait_ms)
{
    size_t len = 0;

    was_closed = false;
    for (;;) {
        struct pollfd p = { fd, POLLIN, 0 };
        ssize_t n;

        if (poll(&p, 1, wait_ms) <= 0)
            break;
        n = recv(fd, answer + len, sizeof(answer) - 1 - len, 0);
        if (n <= 0) {
            was_closed = true;
            break;
        }
        len += (size_t)n;
    }
    answer[len] = 0;
    return answer;
}

HELPER const char *send_raw(struct str bytes, int wait_ms)
{
    int fd = dial();

    send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
    listen_to(fd, wait_ms);
    close(fd);
    return answer;
}

/* The status of what came back; 0: none. */
HELPER int status_of(void)
{
    struct err err = { 0 };
    int64_t status = 0;

    if (strlen(answer) < 12 || !str_to_int((struct str){ answer + 9, 3 }, 100, 599, &status, &err))
        return 0;
    return (int)status;
}

/* A request with our Host that ends the connection. */
HELPER int ask(const char *line, const char *headers, const char *body)
{
    static char text[200000];
    int n = snprintf(text, sizeof(text),
                     "%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n%s", line,
                     headers, body);

    send_raw((struct str){ text, (size_t)n }, 5000);
    return status_of();
}

HELPER int post(const char *path, const char *headers, const char *body)
{
    char line[400], all[4000];

    snprintf(line, sizeof(line), "POST %s", path);
    snprintf(all, sizeof(all), "Content-Length: %zu\r\n%s", strlen(body), headers);
    return ask(line, all, body);
}

HELPER bool has(const char *text) { return strstr(answer, text) != NULL; }

HELPER const char *body_of(void)
{
    const char *at = strstr(answer, "\r\n\r\n");

    return at ? at + 4 : "";
}
