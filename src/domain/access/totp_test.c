#include "domain/access/totp.h"

#include "base/testing.h"
#include "domain/access/qr.h"
#include "seal/seal.h"

/* RFC 6238, appendix B (SHA-1), the last six of its eight digits. */
static void totp_code__is_that_of_the_standard(void **state)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } rows[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                 { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
    struct err err = { 0 };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        char code[TOTP_DIGITS + 1];

        print_message("case: %lld\n", (long long)rows[i].seconds);
        assert_true(totp_code(STR("12345678901234567890"), rows[i].seconds / TOTP_STEP_SECONDS,
                              code, &err));
        assert_string_equal(code, rows[i].code);
    }
}

/* C07: one step of difference either way, and each code once. */
static void totp_find_step__takes_one_step_either_way_and_none_twice(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct str secret = STR("12345678901234567890");
    struct utc now = { INT64_C(1111111111) * 1000 };
    int64_t present = 1111111111 / 30, step;
    struct err err = { 0 };
    char code[TOTP_DIGITS + 1];
    (void)state;

    for (int64_t near = -3; near <= 3; near++) {
        assert_true(totp_code(secret, present + near, code, &err));
        assert_true(totp_find_step(secret, str_from_z(code), now, 0, arena, &step, &err));
        assert_int_equal(step, near >= -1 && near <= 1 ? present + near : 0);
        assert_true(
            totp_find_step(secret, str_from_z(code), now, present + near, arena, &step, &err));
        assert_int_equal(step, 0);
    }
    assert_true(totp_find_step(secret, STR("０５０ ４７１"), now, 0, arena, &step, &err));
    assert_int_equal(step, present);
    for (size_t i = 0; i < 6; i++) {
        static const char *const wrong[] = { "", "05047", "0504711", "05047a", "-50471", "000000" };

        assert_true(totp_find_step(secret, str_from_z(wrong[i]), now, 0, arena, &step, &err));
        assert_int_equal(step, 0);
    }
    arena_free(arena);
}

static void totp_uri__says_what_an_app_needs(void **state)
{
    struct arena *arena = arena_new(8 << 20);
    struct str secret = STR("12345678901234567890");
    struct err err = { 0 };
    struct qr qr;
    size_t dark = 0;
    (void)state;

    assert_str(totp_secret_text(arena, secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assert_str(
        totp_uri(arena, STR("Noroshi"), STR("a+b@example.jp"), secret),
        "otpauth://totp/Noroshi:a%2Bb%40example.jp?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Noroshi");
    assert_true(
        qr_from(totp_uri(arena, STR("Noroshi"), STR("a@example.jp"), secret), arena, &qr, &err));
    assert_true(qr.size >= 21 && (qr.size - 17) % 4 == 0);
    assert_true(qr.dark[0] && qr.dark[6] && !qr.dark[7]); /* the corner's eye */
    for (size_t i = 0; i < qr.size * qr.size; i++)
        dark += qr.dark[i];
    assert_true(dark > qr.size * qr.size / 3 && dark < qr.size * qr.size * 2 / 3);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totp_code__is_that_of_the_standard),
        cmocka_unit_test(totp_find_step__takes_one_step_either_way_and_none_twice),
        cmocka_unit_test(totp_uri__says_what_an_app_needs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
