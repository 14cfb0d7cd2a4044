#include "faces/public/limits.h"

#include "base/err.h"
#include "base/testing.h"
#include "seal/seal.h"

/* API-05: a row for every kind of address that programs ask for; all else is a page. */
static void limit_of__tells_programs_from_people(void **state)
{
    static const struct {
        const char *path;
        enum limit want;
    } cases[] = {
        { "/", LIMIT_PAGES },
        { "/search", LIMIT_PAGES },
        { "/records/CVE-2021-44228", LIMIT_PAGES },
        { "/records/CVE-2021-44228.json", LIMIT_INTERFACES },
        { "/records/CVE-2021-44228.vuldef.xml", LIMIT_INTERFACES },
        { "/myjvn", LIMIT_INTERFACES },
        { "/rest/json/cves/2.0", LIMIT_INTERFACES },
        { "/v1/querybatch", LIMIT_INTERFACES },
        { "/v1/vulns/GHSA-xxxx-yyyy-zzzz", LIMIT_INTERFACES },
        { "/ja/rss/search.rdf", LIMIT_INTERFACES },
        { "/ja/rss/jvndb.rdf", LIMIT_FILES },
        { "/rss/noroshi.rdf", LIMIT_FILES },
        { "/ja/feed/checksum.txt", LIMIT_FILES },
        { "/.well-known/csaf/white/index.txt", LIMIT_FILES },
        { "/.well-known/security.txt", LIMIT_PAGES },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].path);
        assert_int_equal(limit_of(str_from_z(cases[i].path)), cases[i].want);
    }
}

static bool ask(struct limits *limits, const char *address, const char *path, unsigned *wait)
{
    struct request req = { .now = { 1800000000000 },
                           .path = str_from_z(path),
                           .peer_address = str_from_z(address) };

    return limits_take(limits, &req, wait);
}

/* API-05, C55: each kind has its own budget, each address its own, and what is over is told how long to wait. */
static void limits_take__counts_each_kind_apart(void **state)
{
    const struct settings settings = { .public_rate_per_minute = 2,
                                       .interface_rate_per_minute = 3,
                                       .file_rate_per_minute = 4 };
    struct err err = { 0 };
    CLEANUP(limits_free_var) struct limits *limits = NULL;
    unsigned wait = 0;

    (void)state;
    assert_true(seal_start(&err));
    limits = limits_new(&settings);
    for (int i = 0; i < 3; i++)
        assert_true(ask(limits, "192.0.2.1", "/v1/vulns/X", &wait));
    assert_false(ask(limits, "192.0.2.1", "/rest/json/cves/2.0", &wait));
    assert_int_equal(wait, 20);
    for (int i = 0; i < 2; i++)
        assert_true(ask(limits, "192.0.2.1", "/search", &wait));
    assert_false(ask(limits, "192.0.2.1", "/", &wait));
    for (int i = 0; i < 4; i++)
        assert_true(ask(limits, "192.0.2.1", "/ja/rss/jvndb.rdf", &wait));
    assert_false(ask(limits, "192.0.2.1", "/feed/checksum.txt", &wait));
    assert_true(ask(limits, "192.0.2.2", "/v1/vulns/X", &wait));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limit_of__tells_programs_from_people),
        cmocka_unit_test(limits_take__counts_each_kind_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
