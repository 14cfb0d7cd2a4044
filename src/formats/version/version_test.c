#include "formats/version/version_testing.h"

static void check_case(struct str line)
{
    struct str rest = line, a = line, relation = line, b = line, hash = line, name = line;
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

/* The longest texts there are, of pieces that make much key each, which differ in their last byte alone. */
static void version_compare__takes_texts_of_any_length(void **state)
{
    static const char *const pieces[] = { "0.", "-", "a1", ".a", "0a", "x.", "~", "_p", "-a", "9" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    unsigned char key[VERSION_KEY_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct buf a = buf_new(arena, VERSION_TEXT_MAX), b;

        buf_byte(&a, '1');
        while (a.len + strlen(pieces[i]) < VERSION_TEXT_MAX)
            buf_add_z(&a, pieces[i]);
        b = buf_new(arena, VERSION_TEXT_MAX);
        buf_add(&b, buf_str(&a));
        buf_byte(&a, '1');
        buf_byte(&b, '2');
        for (unsigned s = 0; s < VERSION_SCHEMES; s++) {
            enum version_scheme scheme = (enum version_scheme)s;

            print_message("case: %.*s, %s\n", STR_ARG(version_scheme_name(scheme)), pieces[i]);
            assert_int_equal(checked_order(scheme, buf_str(&a), buf_str(&b)), -1);
            assert_true(version_key(scheme, buf_str(&a), key) <= VERSION_KEY_MAX);
        }
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
        cmocka_unit_test(version_compare__orders_our_own_cases),
        cmocka_unit_test(version_compare__is_a_total_order),
        cmocka_unit_test(version_compare__takes_texts_of_any_length),
        cmocka_unit_test(version_scheme__has_every_name_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
