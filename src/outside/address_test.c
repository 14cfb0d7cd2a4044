/* Which addresses are everybody's: each net at its edges, and the ways to write an inner address as an outer one. Rule: C18 */
#include "outside/address.h"

#include <arpa/inet.h>

#include "base/testing.h"

static bool is_public(const char *text)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return address_is_public((const struct sockaddr *)&v4);
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return address_is_public((const struct sockaddr *)&v6);
}

static void address_is_public__knows_what_is_not(void **state)
{
    static const char *const closed[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.7",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.3",
        "203.0.113.9",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "5f00::1",
        "4000::1",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(closed); i++) {
        print_message("case: %s\n", closed[i]);
        assert_false(is_public(closed[i]));
    }
    assert_false(address_is_public(&(struct sockaddr){ .sa_family = AF_UNIX }));
}

static void address_is_public__lets_the_others_through(void **state)
{
    static const char *const open[] = {
        "1.1.1.1",        "8.8.8.8",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",    "126.255.255.255", "128.0.0.0",       "169.253.255.255", "169.255.0.0",
        "172.15.255.255", "172.32.0.0",      "192.0.1.0",       "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0",      "223.255.255.255", "2001:200::1",     "2400:4050::1",
        "2a00:1450::1",   "3ffe:ffff::1",    "3fff:1000::1",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(open); i++) {
        print_message("case: %s\n", open[i]);
        assert_true(is_public(open[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(address_is_public__knows_what_is_not),
        cmocka_unit_test(address_is_public__lets_the_others_through),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
