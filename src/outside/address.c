#include "outside/address.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"

/* clang-format off */
static const struct {
    unsigned char bytes[4];
    int bits;
} closed_v4[] = {
    { { 0 },             8 },  /* this network */
    { { 10 },            8 },  /* private */
    { { 100, 64 },       10 }, /* shared, behind carriers */
    { { 127 },           8 },  /* loopback */
    { { 169, 254 },      16 }, /* link-local, and clouds' metadata */
    { { 172, 16 },       12 }, /* private */
    { { 192, 0, 0 },     24 }, /* protocol assignments */
    { { 192, 0, 2 },     24 }, /* documentation */
    { { 192, 88, 99 },   24 }, /* 6to4 relays */
    { { 192, 168 },      16 }, /* private */
    { { 198, 18 },       15 }, /* benchmarks */
    { { 198, 51, 100 },  24 }, /* documentation */
    { { 203, 0, 113 },   24 }, /* documentation */
    { { 224 },           3 },  /* multicast, reserved, broadcast */
}, closed_v6[] = { /* within 2000::/3, which is all that is given out */
    { { 0x20, 0x01, 0x00 },       23 }, /* protocol assignments: Teredo, ORCHID */
    { { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
    { { 0x20, 0x02 },             16 }, /* 6to4: an IPv4 address within */
    { { 0x3f, 0xff, 0x00 },       20 }, /* documentation */
};
/* clang-format on */

static bool begins_with(const unsigned char *address, const unsigned char *net, int bits)
{
    int whole = bits / 8, rest = bits % 8;

    return memcmp(address, net, (size_t)whole) == 0 &&
           (rest == 0 || (address[whole] ^ net[whole]) >> (8 - rest) == 0);
}

static bool v4_is_public(const unsigned char *address)
{
    for (size_t i = 0; i < COUNT(closed_v4); i++) {
        if (begins_with(address, closed_v4[i].bytes, closed_v4[i].bits))
            return false;
    }
    return true;
}

static bool v6_is_public(const unsigned char *address)
{
    if (address[0] >> 5 != 1)
        return false;
    for (size_t i = 0; i < COUNT(closed_v6); i++) {
        if (begins_with(address, closed_v6[i].bytes, closed_v6[i].bits))
            return false;
    }
    return true;
}

bool address_is_public(const struct sockaddr *address)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    switch (address->sa_family) {
    case AF_INET:
        memcpy(&v4, address, sizeof v4);
        return v4_is_public((const unsigned char *)&v4.sin_addr);
    case AF_INET6:
        memcpy(&v6, address, sizeof v6);
        return v6_is_public(v6.sin6_addr.s6_addr);
    default:
        return false;
    }
}
