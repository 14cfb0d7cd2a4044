#include "formats/testing.h"
#include "formats/version/version.h"

static int sign(int n) { return (n > 0) - (n < 0); }

/* The order of two keys, or that of the texts where one of them has none. */
static int compare_keys(enum version_scheme scheme, struct str a, struct str b)
{
    unsigned char keys[2][VERSION_KEY_MAX];
    size_t len_a = version_key(scheme, a, keys[0]), len_b = version_key(scheme, b, keys[1]);

    if (len_a == 0 || len_b == 0)
        return sign(version_compare(scheme, a, b));
    return sign(
        str_cmp((struct str){ (char *)keys[0], len_a }, (struct str){ (char *)keys[1], len_b }));
}

/* What every two texts must keep to, whatever they are; gives their order. */
static int checked_order(enum version_scheme scheme, struct str a, struct str b)
{
    int order = sign(version_compare(scheme, a, b));

    if (order != -sign(version_compare(scheme, b, a)))
        fail_msg("%.*s: \"%.*s\" and \"%.*s\" have two orders",
                 STR_ARG(version_scheme_name(scheme)), STR_ARG(a), STR_ARG(b));
    if (order != compare_keys(scheme, a, b))
        fail_msg("%.*s: the keys of \"%.*s\" and \"%.*s\" have another order",
                 STR_ARG(version_scheme_name(scheme)), STR_ARG(a), STR_ARG(b));
    return order;
}

/* Comparisons by the ecosystems' own tools. different: so many lines we answer in another way, as docs/conformance.md says. */
/* clang-format off */
static const struct suite {
    const char *name;
    enum version_scheme scheme;
    size_t different;
} suites[] = {
    { "oracle-semver",                       VERSION_SEMVER,   0 },
    { "oracle-cargo",                        VERSION_CARGO,    0 },
    { "oracle-go",                           VERSION_GOLANG,   0 },
    { "oracle-pep440",                       VERSION_PYPI,     0 },
    { "oracle-deb",                          VERSION_DEB,      0 },
    { "oracle-rpm",                          VERSION_RPM,      0 },
    { "rpm-rpmvercmp",                       VERSION_RPM,      0 },
    { "apk-tools-version-data",              VERSION_APK,      0 },
    { "libversion-generic",                  VERSION_GENERIC,  0 },
    { "scalibr-semver-versions",             VERSION_SEMVER,   0 },
    { "scalibr-pypi-versions",               VERSION_PYPI,     0 },
    { "scalibr-pypi-versions-generated",     VERSION_PYPI,     0 },
    { "scalibr-debian-versions",             VERSION_DEB,      0 },
    { "scalibr-debian-versions-generated",   VERSION_DEB,      0 },
    { "scalibr-redhat-versions",             VERSION_RPM,      0 },
    { "scalibr-alpine-versions",             VERSION_APK,      5 },
    { "scalibr-alpine-versions-generated",   VERSION_APK,      0 },
    { "scalibr-pub-versions",                VERSION_PUB,      0 },
    { "scalibr-nuget-versions",              VERSION_NUGET,    0 },
};
/* clang-format on */

static bool agrees(enum version_scheme scheme, struct str line, size_t *total)
{
    struct str a, b, want;

    if (!str_split(&line, '\t', &a) || !str_split(&line, '\t', &b) ||
        !str_split(&line, '\t', &want) ||
        !(str_eq_z(want, "-1") || str_eq_z(want, "0") || str_eq_z(want, "1")))
        return true;
    (*total)++;
    if (str_eq(want, STR("0")) ? checked_order(scheme, a, b) == 0
                               : checked_order(scheme, a, b) == (str_eq(want, STR("1")) ? 1 : -1))
        return true;
    print_message("differs: %.*s: %.*s, %.*s\n", STR_ARG(version_scheme_name(scheme)), STR_ARG(a),
                  STR_ARG(b));
    return false;
}

static void run_suite(const struct suite *suite)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct str name = arena_printf(arena, "version-compare/%s.tsv", suite->name);
    const char *path = testing_data(arena, arena_z(arena, name));
    size_t total = 0, different = 0;
    struct str rest, line;

    if (!path)
        return;
    rest = testing_read(arena, path);
    while (str_split(&rest, '\n', &line))
        different += !agrees(suite->scheme, line, &total);
    print_message("conformance: version-compare/%s %zu/%zu\n", suite->name, total - different,
                  total);
    assert_true(total > 0);
    assert_int_equal(different, suite->different);
}

/* VDB-13: versions stand in the order of their ecosystem's own tools. */
static void version_compare__agrees_with_the_ecosystems_tools(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(suites); i++)
        run_suite(&suites[i]);
}

static void check_case(struct str line)
{
    struct str rest = line, a, relation, b, hash, name;
    enum version_scheme scheme;
    int order;

    print_message("case: %.*s\n", STR_ARG(line));
    assert_true(str_split(&rest, ' ', &a) && str_split(&rest, ' ', &relation) &&
                str_split(&rest, ' ', &b) && str_split(&rest, ' ', &hash) &&
                str_split(&rest, ' ', &name) && str_eq(hash, STR("#")));
    assert_true(version_scheme_from_name(name, &scheme));
    order = checked_order(scheme, a, b);
    assert_true(str_eq(relation, STR("<")) ? order < 0 : str_eq(relation, STR("=")) && order == 0);
}

static void version_compare__orders_our_own_cases(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct str path = arena_printf(arena, "%.*stestdata/order.txt", STR_ARG(TESTING_HERE));
    struct str rest = testing_read(arena, arena_z(arena, path)), line;

    (void)state;
    while (str_split(&rest, '\n', &line))
        if (line.len > 0)
            check_case(line);
}

/* A text of the kinds of pieces that versions are made of, often like another of the same pool. */
static struct str random_text(struct arena *arena, uint64_t *seed)
{
    static const char *const pieces[] = { "0",  "1",    "00", "10", "999999999999999999999999",
                                          ".",  "-",    "_",  "+",  "~",
                                          "^",  ":",    "!",  "a",  "alpha",
                                          "rc", "post", "v",  "Z",  "\xff",
                                          " ",  "-r",   "_p", "dev" };
    struct buf buf = buf_new(arena, 256);

    for (uint64_t n = 1 + (*seed >> 60) / 2; n > 0; n--) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        buf_add_z(&buf, pieces[(*seed >> 33) % COUNT(pieces)]);
    }
    return buf_str(&buf);
}

/* Antisymmetry, transitivity and keys over texts that nobody would write. */
static void version_compare__is_a_total_order(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    size_t rounds = getenv("NOROSHI_LONG") ? 100000 : 4000;
    uint64_t seed = 1;

    (void)state;
    for (size_t i = 0; i < rounds; i++) {
        struct str a = random_text(arena, &seed), b = random_text(arena, &seed),
                   c = random_text(arena, &seed);

        for (unsigned s = 0; s < VERSION_SCHEMES; s++) {
            enum version_scheme scheme = (enum version_scheme)s;
            int ab = checked_order(scheme, a, b), bc = checked_order(scheme, b, c),
                ac = checked_order(scheme, a, c);

            if ((ab <= 0 && bc <= 0 && ac > 0) || (ab >= 0 && bc >= 0 && ac < 0))
                fail_msg("%.*s: \"%.*s\" \"%.*s\" \"%.*s\" go round in a circle",
                         STR_ARG(version_scheme_name(scheme)), STR_ARG(a), STR_ARG(b), STR_ARG(c));
            assert_int_equal(checked_order(scheme, a, a), 0);
        }
    }
}

static void version_compare__takes_texts_of_any_length(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct buf a = buf_new(arena, 1 << 16), b = buf_new(arena, 1 << 16);
    unsigned char key[VERSION_KEY_MAX];

    (void)state;
    for (int i = 0; i < 2000; i++) {
        buf_add_z(&a, "0.");
        buf_add_z(&b, "0.");
    }
    buf_add_z(&a, "1");
    buf_add_z(&b, "2");
    for (unsigned s = 0; s < VERSION_SCHEMES; s++) {
        enum version_scheme scheme = (enum version_scheme)s;

        print_message("case: %.*s\n", STR_ARG(version_scheme_name(scheme)));
        assert_int_equal(checked_order(scheme, buf_str(&a), buf_str(&b)), -1);
        assert_true(version_key(scheme, buf_str(&a), key) <= VERSION_KEY_MAX);
        assert_false(
            version_is_valid(VERSION_GENERIC, (struct str){ a.ptr, VERSION_TEXT_MAX + 1 }));
    }
}

static void version_scheme__has_every_name_once(void **state)
{
    static const struct {
        const char *word;
        enum version_scheme scheme;
    } words[] = { { "crates.io", VERSION_CARGO }, { "Debian:12", VERSION_DEB },
                  { "PyPI", VERSION_PYPI },       { "ebuild", VERSION_GENTOO },
                  { "custom", VERSION_GENERIC },  { "Ubuntu:22.04:LTS", VERSION_DEB } };
    enum version_scheme found;

    (void)state;
    for (unsigned s = 0; s < VERSION_SCHEMES; s++) {
        assert_true(version_scheme_from_name(version_scheme_name((enum version_scheme)s), &found));
        assert_int_equal(found, s);
    }
    for (size_t i = 0; i < COUNT(words); i++) {
        print_message("case: %s\n", words[i].word);
        assert_true(version_scheme_from_name(str_from_z(words[i].word), &found));
        assert_int_equal(found, words[i].scheme);
    }
    assert_false(version_scheme_from_name(STR("git"), &found));
    assert_false(version_scheme_from_name(STR(""), &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_compare__agrees_with_the_ecosystems_tools),
        cmocka_unit_test(version_compare__orders_our_own_cases),
        cmocka_unit_test(version_compare__is_a_total_order),
        cmocka_unit_test(version_compare__takes_texts_of_any_length),
        cmocka_unit_test(version_scheme__has_every_name_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
