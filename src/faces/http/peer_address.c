#include "faces/http/peer_address.h"

#include "base/err.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* Every address as the 16 bytes of IPv6; IPv4 stands below ::ffff:0:0/96. */
struct address {
    unsigned char bytes[16];
};

static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

static bool address_parse(struct str text, struct address *out, bool *is_v4)
{
    char z[INET6_ADDRSTRLEN] = "";

    if (text.len == 0 || text.len >= sizeof(z) || memchr(text.ptr, 0, text.len))
        return false;
    memcpy(z, text.ptr, text.len);
    memcpy(out->bytes, mapped, sizeof(mapped));
    *is_v4 = inet_pton(AF_INET, z, out->bytes + sizeof(mapped)) == 1;
    return *is_v4 || inet_pton(AF_INET6, z, out->bytes) == 1;
}

static struct str address_print(const struct address *address, struct arena *arena)
{
    char z[INET6_ADDRSTRLEN];
    bool is_v4 = memcmp(address->bytes, mapped, sizeof(mapped)) == 0;
    const char *ok = is_v4 ? inet_ntop(AF_INET, address->bytes + sizeof(mapped), z, sizeof(z))
                           : inet_ntop(AF_INET6, address->bytes, z, sizeof(z));

    return arena_str(arena, str_from_z(ok ? ok : "?"));
}

struct str address_text(const struct sockaddr *address, struct arena *arena)
{
    struct address a;

    if (address && address->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, address, sizeof(in));
        memcpy(a.bytes, mapped, sizeof(mapped));
        memcpy(a.bytes + sizeof(mapped), &in.sin_addr, 4);
        return address_print(&a, arena);
    }
    if (address && address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;

        memcpy(&in, address, sizeof(in));
        memcpy(a.bytes, &in.sin6_addr, 16);
        return address_print(&a, arena);
    }
    return STR("unix");
}

static bool net_parse(struct str net, struct address *out, unsigned *bits)
{
    size_t at = str_index(net, '/');
    bool is_v4;
    int64_t n;
    struct err err = { 0 };

    if (!address_parse(str_take(net, at), out, &is_v4))
        return false;
    n = is_v4 ? 32 : 128;
    if (at < net.len && !str_to_int(str_drop(net, at + 1), 0, n, &n, &err))
        return false;
    *bits = (unsigned)n + (is_v4 ? 96 : 0);
    return true;
}

bool net_is_valid(struct str net)
{
    struct address a;
    unsigned bits;

    return str_eq(net, STR("unix")) || net_parse(net, &a, &bits);
}

bool net_holds(struct str net, struct str address)
{
    struct address want, have;
    unsigned bits;
    bool is_v4;

    if (str_eq(net, STR("unix")) || str_eq(address, STR("unix")))
        return str_eq(net, address);
    if (!net_parse(net, &want, &bits) || !address_parse(address, &have, &is_v4))
        return false;
    for (unsigned i = 0; i < bits; i++)
        if ((want.bytes[i / 8] ^ have.bytes[i / 8]) & (0x80U >> i % 8))
            return false;
    return true;
}

bool address_is_proxy(struct str address, const struct str *proxies, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (net_holds(proxies[i], address))
            return true;
    return false;
}

/* Takes the text behind the last ',' off *rest. */
static struct str take_last(struct str *rest)
{
    size_t at = rest->len;

    while (at > 0 && rest->ptr[at - 1] != ',')
        at--;
    struct str last = str_trim(str_drop(*rest, at));
    *rest = str_take(*rest, at > 0 ? at - 1 : 0);
    return last;
}

struct str address_behind(struct str peer, struct str forwarded_for, const struct str *proxies,
                          size_t count, struct arena *arena)
{
    struct str found = peer, rest = forwarded_for;

    while (rest.len > 0 && address_is_proxy(found, proxies, count)) {
        struct address address;
        bool is_v4;

        if (!address_parse(take_last(&rest), &address, &is_v4))
            break;
        found = address_print(&address, arena);
    }
    return found;
}
