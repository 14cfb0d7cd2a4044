#include "faces/http/http.h"

#include "base/err.h"
#include <errno.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum { BACKLOG = 1024 };

static bool listen_on(int fd, const struct sockaddr *address, socklen_t len, struct str name,
                      int *out, struct err *err)
{
    if (fd < 0)
        return FAIL(err, UNAVAILABLE, name);
    if (bind(fd, address, len) != 0 || listen(fd, BACKLOG) != 0) {
        close(fd);
        return FAIL(err, UNAVAILABLE, name);
    }
    *out = fd;
    return true;
}

/* A socket file that nobody listens on is left from before. */
static bool listen_unix(struct str name, struct str path, int *out, struct err *err)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    struct stat status;

    if (path.len == 0 || path.len >= sizeof(address.sun_path))
        return FAIL(err, SETTING, name);
    memcpy(address.sun_path, path.ptr, path.len);
    if (lstat(address.sun_path, &status) == 0 && S_ISSOCK(status.st_mode))
        unlink(address.sun_path);
    return listen_on(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
                     (struct sockaddr *)&address, sizeof(address), name, out, err) ||
           PASS(err);
}

/* "host:port" or "[v6]:port"; numbers only, no resolver. */
static bool split_address(struct str address, char *host, size_t host_max, char *port,
                          size_t port_max)
{
    size_t at = address.len;
    struct str h, p;

    while (at > 0 && address.ptr[at - 1] != ':')
        at--;
    if (at == 0)
        return false;
    h = str_take(address, at - 1);
    p = str_drop(address, at);
    if (str_starts(h, STR("[")) && str_ends(h, STR("]")))
        h = str_drop(str_take(h, h.len - 1), 1);
    if (h.len == 0 || h.len >= host_max || p.len == 0 || p.len >= port_max)
        return false;
    memcpy(host, h.ptr, h.len);
    memcpy(port, p.ptr, p.len);
    return true;
}

bool http_listen(struct str address, int *out, struct err *err)
{
    char host[64] = "", port[8] = "";
    struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                              .ai_socktype = SOCK_STREAM };
    struct addrinfo *info;
    struct str path = address;
    int one = 1, fd;
    bool ok;

    if (str_skip(&path, STR("unix:")))
        return listen_unix(address, path, out, err) || PASS(err);
    if (!split_address(address, host, sizeof(host), port, sizeof(port)) ||
        getaddrinfo(host, port, &hints, &info) != 0)
        return FAIL(err, SETTING, address);
    fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    ok = listen_on(fd, info->ai_addr, info->ai_addrlen, address, out, err);
    freeaddrinfo(info);
    return ok;
}
