#include "seal/seal.h"

#include "base/testing.h"
#include <fcntl.h>
#include <sys/stat.h>

static int make_arena(void **state)
{
    struct err err = { 0 };

    *state = arena_new(64 << 20);
    return seal_start(&err) ? 0 : -1;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

/* Whatever the length, what was sealed opens to the same, and the sealed bytes do not hold it. */
static void seal_text__opens_to_what_was_sealed(void **state)
{
    struct seal_key key = seal_key_new();

    for (size_t length = 0; length < 300; length += 7) {
        char *bytes = arena_alloc(*state, length + 1);
        struct str sealed, again, plain = STR_NONE;
        struct err err = { 0 };

        random_fill(bytes, length);
        sealed = seal_text(&key, STR("case 12 report.vuln"), (struct str){ bytes, length }, *state);
        again = seal_text(&key, STR("case 12 report.vuln"), (struct str){ bytes, length }, *state);
        assert_int_equal(sealed.len, length + SEAL_OVERHEAD);
        assert_false(str_eq(sealed, again));
        assert_true(seal_open(&key, STR("case 12 report.vuln"), sealed, *state, &plain, &err));
        assert_true(str_eq(plain, (struct str){ bytes, length }));
        assert_non_null(plain.ptr);
        if (length > 7)
            assert_false(str_contains(sealed, plain));
    }
}

static void seal_open__refuses_every_changed_bit_and_every_cut(void **state)
{
    struct seal_key key = seal_key_new();
    struct str sealed = seal_text(&key, STR("case 1"), STR("the secret"), *state);
    struct str out = STR_NONE;

    for (size_t i = 0; i < sealed.len * 8; i++) {
        struct str bad = arena_str(*state, sealed);
        struct err err = { 0 };

        ((char *)bad.ptr)[i / 8] ^= (char)(1 << i % 8);
        assert_false(seal_open(&key, STR("case 1"), bad, *state, &out, &err));
        assert_int_equal(err.code, ERR_SEAL_BROKEN);
        assert_null(out.ptr);
    }
    for (size_t length = 0; length < sealed.len; length++) {
        struct err err = { 0 };

        assert_false(seal_open(&key, STR("case 1"), str_take(sealed, length), *state, &out, &err));
        assert_int_equal(err.code, ERR_SEAL_BROKEN);
    }
}

/* A sealed text cannot be moved to another case or field, nor opened with another key. */
static void seal_open__refuses_another_place_and_another_key(void **state)
{
    struct seal_key key = seal_key_new(), other = seal_key_new();
    struct str sealed = seal_text(&key, STR("case 1 title"), STR("x"), *state), out;
    struct err err = { 0 };

    assert_false(seal_open(&key, STR("case 2 title"), sealed, *state, &out, &err));
    assert_int_equal(err.code, ERR_SEAL_BROKEN);
    assert_string_equal(err.subject, "case 2 title");
    assert_false(seal_open(&key, STR_NONE, sealed, *state, &out, &err));
    assert_false(seal_open(&other, STR("case 1 title"), sealed, *state, &out, &err));
}

static void seal_wrap__keeps_a_key_under_another(void **state)
{
    struct seal_key master = seal_key_new(), key = seal_key_new(), back = { { 0 } };
    struct str wrapped = seal_wrap(&master, STR("case 1"), &key, *state);
    struct err err = { 0 };

    assert_true(seal_unwrap(&master, STR("case 1"), wrapped, &back, &err));
    assert_memory_equal(back.bytes, key.bytes, SEAL_KEY_BYTES);
    assert_false(seal_unwrap(&master, STR("case 2"), wrapped, &back, &err));
    assert_int_equal(err.code, ERR_SEAL_BROKEN);
    /* A sealed text of another length is not a key. */
    assert_false(seal_unwrap(&master, STR("case 1"),
                             seal_text(&master, STR("case 1"), STR("short"), *state), &back, &err));
}

/* Whoever seals cannot open again: only the secret key opens, and the same seed gives the same
 * pair. */
static void seal_box__opens_with_the_secret_key_alone(void **state)
{
    struct seal_key seed = seal_key_new(), wrong_seed = seal_key_new();
    struct seal_box_keys keys = seal_box_keys_from(&seed), same = seal_box_keys_from(&seed);
    struct seal_box_keys wrong = seal_box_keys_from(&wrong_seed);
    struct str sealed = seal_box(&keys.public_key, STR("a report"), *state), out = STR_NONE;
    struct err err = { 0 };

    assert_memory_equal(&keys, &same, sizeof keys);
    assert_int_equal(sealed.len, strlen("a report") + SEAL_BOX_OVERHEAD);
    assert_true(seal_box_open(&same, sealed, *state, &out, &err));
    assert_str(out, "a report");

    wrong.public_key = keys.public_key;
    assert_false(seal_box_open(&wrong, sealed, *state, &out, &err));
    assert_int_equal(err.code, ERR_SEAL_BROKEN);
    ((char *)sealed.ptr)[sealed.len - 1] ^= 1;
    assert_false(seal_box_open(&keys, sealed, *state, &out, &err));
    assert_false(seal_box_open(&keys, str_take(sealed, 47), *state, &out, &err));
}

static void seal_derive__gives_one_key_for_one_purpose(void **state)
{
    struct seal_key master = seal_key_new();
    struct seal_key a = seal_derive(&master, STR("identity"));
    struct seal_key b = seal_derive(&master, STR("receipt"));
    struct seal_key again = seal_derive(&master, STR("identity"));
    struct hash mac = hash_keyed(&master, STR("identity"));
    (void)state;

    assert_memory_equal(a.bytes, again.bytes, SEAL_KEY_BYTES);
    assert_memory_not_equal(a.bytes, b.bytes, SEAL_KEY_BYTES);
    /* A MAC that is shown never gives a key away. */
    assert_memory_not_equal(a.bytes, mac.bytes, SEAL_KEY_BYTES);
    seal_key_wipe(&a);
    assert_int_equal(a.bytes[0] | a.bytes[15] | a.bytes[31], 0);
}

static void seal_key_read__wants_the_right_mode_and_the_right_text(void **state)
{
    char folder[] = "/tmp/noroshi-seal-XXXXXX", path[64];
    struct seal_key first, second;
    struct err err = { 0 };
    int fd;
    (void)state;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/master.key", folder);
    assert_false(seal_key_read(path, &first, &err));
    assert_int_equal(err.code, ERR_KEY_MISSING);

    assert_true(seal_key_make(path, &err));
    assert_true(seal_key_read(path, &first, &err));
    assert_true(seal_key_make(path, &err)); /* never overwrites */
    assert_true(seal_key_read(path, &second, &err));
    assert_memory_equal(first.bytes, second.bytes, SEAL_KEY_BYTES);
    assert_int_equal(chmod(path, 0400), 0);
    assert_true(seal_key_read(path, &second, &err));

    for (unsigned i = 0; i < 3; i++) {
        static const mode_t wrong[] = { 0640, 0604, 0700 };

        assert_int_equal(chmod(path, wrong[i]), 0);
        assert_false(seal_key_read(path, &second, &err));
        assert_int_equal(err.code, ERR_KEY_MISSING);
    }
    assert_int_equal(chmod(path, 0600), 0);
    fd = open(path, O_WRONLY | O_APPEND);
    assert_int_equal(write(fd, "0", 1), 1);
    close(fd);
    assert_false(seal_key_read(path, &second, &err));
    assert_int_equal(err.code, ERR_KEY_MISSING);

    unlink(path);
    assert_int_equal(rmdir(folder), 0); /* and nothing else was left there */
}

/* The published test vectors: BLAKE2b-256, FIPS 180-4. */
static void hash__gives_the_published_values(void **state)
{
    struct hash_stream stream;
    struct hash ab_c, a_bc;
    struct seal_key key;

    assert_str(hash_hex(hash_of(STR("abc")), *state),
               "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_str(hash_hex(hash_sha256(STR("abc")), *state),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_str(hash_sha512_hex(STR("abc"), *state),
               "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
               "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");

    /* RFC 4231, test case 1: a short key is one with zeros behind it. */
    memset(key.bytes, 0, sizeof key.bytes);
    memset(key.bytes, 0x0b, 20);
    assert_str(hash_hex(hash_hmac_sha256(&key, STR("Hi There")), *state),
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    assert_str(seal_base64("f", 1, *state), "Zg==");
    assert_str(seal_base64("foobar", 6, *state), "Zm9vYmFy");

    hash_begin(&stream);
    hash_add(&stream, STR("ab"));
    hash_add(&stream, STR("c"));
    ab_c = hash_end(&stream);
    hash_begin(&stream);
    hash_add(&stream, STR("a"));
    hash_add(&stream, STR("bc"));
    a_bc = hash_end(&stream);
    assert_false(hash_eq(ab_c, a_bc));
    hash_begin(&stream);
    hash_add_bytes(&stream, STR("ab"));
    hash_add_bytes(&stream, STR("c"));
    assert_true(hash_eq(hash_end(&stream), hash_of(STR("abc"))));
    assert_true(hash_eq(ab_c, ab_c));
}

static void hash_keyed__depends_on_key_and_text(void **state)
{
    struct seal_key a = seal_key_new(), b = seal_key_new();
    struct hash mac = hash_keyed(&a, STR("row"));
    (void)state;

    assert_true(hash_eq(mac, hash_keyed(&a, STR("row"))));
    assert_false(hash_eq(mac, hash_keyed(&b, STR("row"))));
    assert_false(hash_eq(mac, hash_keyed(&a, STR("rows"))));
    assert_false(hash_eq(mac, hash_of(STR("row"))));
    assert_int_equal(hash_str(&mac).len, SEAL_HASH_BYTES);
}

static void secret_eq__says_what_str_eq_says(void **state)
{
    static const char *const texts[] = { "", "a", "b", "ab", "ba", "token-1", "token-2" };
    (void)state;

    for (size_t i = 0; i < COUNT(texts); i++) {
        for (size_t j = 0; j < COUNT(texts); j++)
            assert_int_equal(secret_eq(str_from_z(texts[i]), str_from_z(texts[j])), i == j);
    }
    assert_true(secret_eq(STR_NONE, STR("")));
    assert_true(secret_eq((struct str){ "\0a", 2 }, (struct str){ "\0a", 2 }));
    assert_false(secret_eq((struct str){ "\0a", 2 }, (struct str){ "\0b", 2 }));
}

static void public_id__is_26_digits_and_never_twice(void **state)
{
    static const char *const wrong[] = { "",
                                         "0000000000000000000000000",
                                         "000000000000000000000000000",
                                         "80000000000000000000000000",
                                         "0000000000000000000000000i",
                                         "0000000000000000000000000A",
                                         "0000000000000000000000000-" };
    struct str before = STR_NONE;

    for (int i = 0; i < 1000; i++) {
        struct str id = public_id_new(*state);

        assert_true(public_id_is(id));
        assert_false(str_eq(id, before));
        before = id;
    }
    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(public_id_is(str_from_z(wrong[i])));
    }
    assert_true(public_id_is(STR("7zzzzzzzzzzzzzzzzzzzzzzzzz")));
}

/* Every digit of a token varies: no bit of the random bytes is lost or always zero. */
static void random_token__uses_all_its_bits(void **state)
{
    bool varies[52] = { false };
    struct str first = random_token(*state);

    assert_int_equal(first.len, 52);
    for (int i = 0; i < 200; i++) {
        struct str token = random_token(*state);

        for (size_t k = 0; k < token.len; k++)
            varies[k] |= token.ptr[k] != first.ptr[k];
    }
    for (size_t k = 0; k < COUNT(varies); k++)
        assert_true(varies[k]);
}

static void code__is_the_same_however_it_is_typed(void **state)
{
    static const struct {
        const char *typed, *want;
    } cases[] = {
        { "7K3M-92QF", "7K3M-92QF" },
        { "7k3m92qf", "7K3M-92QF" },
        { " 7k3m 92qf\r\n", "7K3M-92QF" },
        { "7-K-3-M-9-2-Q-F", "7K3M-92QF" },
        { "7K3M\xe2\x80\x93"
          "92QF",
          "7K3M-92QF" },
        { "7K3M\xe3\x83\xbc"
          "92QF",
          "7K3M-92QF" },
        { "\xef\xbc\x97\xef\xbc\xab\xef\xbd\x8d"
          "3M9\xe3\x80\x80"
          "2Q",
          "7KM3-M92Q" },
        { "oOiIlL00", "0011-1100" },
        { "7K3M-92Q", NULL },
        { "7K3M-92QFF", NULL },
        { "7K3M-92QU", NULL },
        { "7K3M_92QF", NULL },
        { "7K3M-92Q\xc3\xa9", NULL },
        { "7K3M-92Q\xef\xbc", NULL },
        { "7K3M-92Q\xef\xbc\x80", NULL },
        { "", NULL },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str code = code_normal(*state, str_from_z(cases[i].typed), 2, 4);

        print_message("case: \"%s\"\n", cases[i].typed);
        if (cases[i].want)
            assert_str(code, cases[i].want);
        else
            assert_null(code.ptr);
    }
    for (int i = 0; i < 200; i++) {
        struct str code = random_code(*state, 4, 5);

        assert_int_equal(code.len, 23);
        assert_true(str_eq(code_normal(*state, code, 4, 5), code));
    }
}

static void derived_code__is_the_same_for_the_same_text(void **state)
{
    struct seal_key key = seal_key_new(), other = seal_key_new();
    struct str code = derived_code(&key, STR("draft 1"), 3, 4, *state);

    assert_int_equal(code.len, 14);
    assert_true(str_eq(code, derived_code(&key, STR("draft 1"), 3, 4, *state)));
    assert_false(str_eq(code, derived_code(&key, STR("draft 2"), 3, 4, *state)));
    assert_false(str_eq(code, derived_code(&other, STR("draft 1"), 3, 4, *state)));
    assert_true(str_eq(code_normal(*state, code, 3, 4), code));
}

/* C04: Argon2id, 64 MiB, t = 3, p = 1, kept with the hash. */
static void password__matches_itself_alone(void **state)
{
    struct str hash, other;
    struct err err = { 0 };
    char *too_long = arena_alloc(*state, 1025);

    assert_true(password_hash(STR("correct horse battery"), *state, &hash, &err));
    assert_true(str_starts(hash, STR("$argon2id$v=19$m=65536,t=3,p=1$")));
    assert_true(password_matches(STR("correct horse battery"), hash));
    assert_false(password_matches(STR("correct horse batterz"), hash));
    assert_false(password_matches(STR_NONE, hash));
    assert_true(password_hash(STR("correct horse battery"), *state, &other, &err));
    assert_false(str_eq(hash, other));

    assert_false(password_matches(STR("x"), STR_NONE));
    assert_false(password_matches(STR(""), STR("")));
    assert_false(password_matches(STR("x"), STR("plain text")));
    assert_false(password_hash((struct str){ too_long, 1025 }, *state, &other, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

static void password_is_old__when_made_with_other_parameters(void **state)
{
    struct str hash;
    struct err err = { 0 };

    assert_true(password_hash(STR("x"), *state, &hash, &err));
    assert_false(password_is_old(hash));
    assert_true(password_is_old(STR("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
                                    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
    assert_true(password_is_old(STR("")));
}

/* RFC 8032, section 7.1, test 2. */
static void seal_sign__gives_the_published_values(void **state)
{
    struct seal_key seed;
    struct seal_sign_keys keys;
    struct signature signature;

    assert_true(seal_unhex(STR("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"),
                           seed.bytes, sizeof seed.bytes));
    keys = seal_sign_keys_from(&seed);
    assert_true(str_eq(seal_hex(keys.public_key.bytes, sizeof keys.public_key.bytes, *state),
                       STR("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")));
    signature = seal_sign(&keys, STR("\x72"));
    assert_true(str_eq(
        seal_hex(signature.bytes, sizeof signature.bytes, *state),
        STR("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")));
    assert_true(seal_signed(&keys.public_key, STR("\x72"), &signature));
    assert_false(seal_signed(&keys.public_key, STR("\x73"), &signature));
    signature.bytes[0] ^= 1;
    assert_false(seal_signed(&keys.public_key, STR("\x72"), &signature));
}

static void seal_unhex__wants_exactly_so_many_bytes(void **state)
{
    unsigned char bytes[2];
    (void)state;

    assert_true(seal_unhex(STR("0aFf"), bytes, 2) && bytes[0] == 0x0a && bytes[1] == 0xff);
    assert_false(seal_unhex(STR("0aF"), bytes, 2));
    assert_false(seal_unhex(STR("0aFf0"), bytes, 2));
    assert_false(seal_unhex(STR("0axx"), bytes, 2));
    assert_false(seal_unhex(STR_NONE, bytes, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seal_text__opens_to_what_was_sealed),
        cmocka_unit_test(seal_open__refuses_every_changed_bit_and_every_cut),
        cmocka_unit_test(seal_open__refuses_another_place_and_another_key),
        cmocka_unit_test(seal_wrap__keeps_a_key_under_another),
        cmocka_unit_test(seal_box__opens_with_the_secret_key_alone),
        cmocka_unit_test(seal_derive__gives_one_key_for_one_purpose),
        cmocka_unit_test(seal_key_read__wants_the_right_mode_and_the_right_text),
        cmocka_unit_test(seal_sign__gives_the_published_values),
        cmocka_unit_test(seal_unhex__wants_exactly_so_many_bytes),
        cmocka_unit_test(hash__gives_the_published_values),
        cmocka_unit_test(hash_keyed__depends_on_key_and_text),
        cmocka_unit_test(secret_eq__says_what_str_eq_says),
        cmocka_unit_test(public_id__is_26_digits_and_never_twice),
        cmocka_unit_test(random_token__uses_all_its_bits),
        cmocka_unit_test(code__is_the_same_however_it_is_typed),
        cmocka_unit_test(derived_code__is_the_same_for_the_same_text),
        cmocka_unit_test(password__matches_itself_alone),
        cmocka_unit_test(password_is_old__when_made_with_other_parameters),
    };

    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
