#include "outside/pgp.h"

#include "base/testing.h"

#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"

extern char **environ;

static char home[64], other[64];

static int run(const char *const *argv)
{
    pid_t pid;
    int status = -1;

    assert_int_equal(
        posix_spawn(&pid, argv[0], NULL, NULL, (char *const *)(uintptr_t)argv, environ), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define GPG(...)                                                                                  \
    run((const char *const[]){ "/usr/bin/gpg", "--homedir", other, "--batch", "--quiet", "--yes", \
                               "--no-tty", __VA_ARGS__, NULL })

static struct str file_of(const char *name, struct arena *arena)
{
    struct err err = { 0 };
    struct str out;

    assert_true(fs_read_whole(arena_z(arena, arena_printf(arena, "%s/%s", other, name)), 1 << 20,
                              arena, &out, &err));
    return out;
}

static const char *path_of(const char *name, struct arena *arena)
{
    return arena_z(arena, arena_printf(arena, "%s/%s", other, name));
}

static struct str made_key(const char *uid, const char *algorithm, const char *usage,
                           const char *expires, struct arena *arena)
{
    const char *path = path_of(uid, arena);

    assert_int_equal(GPG("--passphrase", "", "--faked-system-time", "20250101T000000!",
                         "--quick-gen-key", uid, algorithm, usage, expires),
                     0);
    assert_int_equal(GPG("--armor", "--output", path, "--export", uid), 0);
    return file_of(uid, arena);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(home, sizeof home, "/tmp/noroshi-pgp-XXXXXX");
    snprintf(other, sizeof other, "/tmp/noroshi-gpg-XXXXXX");
    return mkdtemp(home) && mkdtemp(other) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    (void)run((const char *const[]){ "/usr/bin/gpgconf", "--homedir", other, "--kill", "gpg-agent",
                                     NULL });
    return run((const char *const[]){ "/bin/rm", "-rf", home, other, NULL });
}

/* Section 4.8: encrypted and signed in one step; the recipient reads it and knows who wrote. */
static void pgp_encrypt__is_read_by_the_recipient_alone(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    CLEANUP(pgp_close_var) struct pgp *pgp = NULL;
    struct str armored = made_key("hana@example.jp", "future-default", "default", "never", arena),
               cipher, plain;
    struct pgp_key key;
    struct err err = { 0 };

    (void)state;
    if (!pgp_open(home, STR("Noroshi"), STR("noroshi@example.jp"), &pgp, &err))
        fail_msg("%s %s", err.subject, err.trail);
    assert_true(pgp_inspect(pgp, armored, arena, &key, &err));
    assert_int_equal(key.fingerprint.len, 40);
    assert_str(key.algorithm, "Ed25519/X25519");
    assert_int_equal(key.uids.len, 1);
    assert_str(key.uids.at[0], "hana@example.jp");
    assert_int_equal(key.expires.ms, 0);

    if (!pgp_encrypt(pgp, armored, key.fingerprint, STR("the canary sings"), arena, &cipher, &err))
        fail_msg("%s %s", err.subject, err.trail);
    assert_true(str_starts(cipher, STR("-----BEGIN PGP MESSAGE-----")));
    assert_false(str_contains(cipher, STR("canary")));

    assert_true(fs_write_whole(path_of("m.asc", arena), cipher, 0600, &err));
    assert_true(fs_write_whole(path_of("own.asc", arena), pgp_own_key(pgp, arena), 0600, &err));
    assert_int_equal(GPG("--import", path_of("own.asc", arena)), 0);
    assert_int_equal(GPG("--status-file", path_of("status", arena), "--output",
                         path_of("m.txt", arena), "--decrypt", path_of("m.asc", arena)),
                     0);
    plain = file_of("m.txt", arena);
    assert_str(plain, "the canary sings");
    assert_true(str_contains(file_of("status", arena), STR("GOODSIG")));

    assert_false(pgp_encrypt(pgp, armored, STR("0000000000000000000000000000000000000000"),
                             STR("x"), arena, &cipher, &err));
    assert_int_equal(err.code, ERR_PGP);
}

/* gpg keeps a ready-made revocation beside each key; the ':' before its first line is a guard against accidents. */
static struct str revoked_key(struct pgp *pgp, struct arena *arena)
{
    struct str armored = made_key("gone@example.jp", "future-default", "default", "never", arena),
               revocation;
    struct err err = { 0 };
    struct pgp_key key;

    assert_true(pgp_inspect(pgp, armored, arena, &key, &err));
    revocation = file_of(
        arena_z(arena, arena_printf(arena, "openpgp-revocs.d/%.*s.rev", STR_ARG(key.fingerprint))),
        arena);
    revocation = str_drop(revocation, str_index_str(revocation, STR("-----BEGIN")));
    assert_true(fs_write_whole(path_of("rev.asc", arena), revocation, 0600, &err));
    assert_int_equal(GPG("--import", path_of("rev.asc", arena)), 0);
    assert_int_equal(
        GPG("--armor", "--output", path_of("gone", arena), "--export", "gone@example.jp"), 0);
    return file_of("gone", arena);
}

/* Section 4.8: refused are weak, expired, revoked and signing-only keys, secret keys, several at once, and what is no key. */
static void pgp_inspect__refuses_keys_that_do_not_protect(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    CLEANUP(pgp_close_var) struct pgp *pgp = NULL;
    struct err err = { 0 };
    struct pgp_key key;

    (void)state;
    if (!pgp_open(home, STR("Noroshi"), STR("noroshi@example.jp"), &pgp, &err))
        fail_msg("%s %s", err.subject, err.trail);

    struct str good = made_key("two@example.jp", "rsa2048", "cert,sign,encr", "never", arena);
    /* clang-format off */
    const struct {
        const char *name;
        struct str armored;
        const char *says;
    } wrong[] = {
        { "RSA 1024", made_key("weak@example.jp", "rsa1024", "default", "never", arena), "weak" },
        { "DSA", made_key("dsa@example.jp", "dsa2048", "default", "never", arena), "weak" },
        { "expired", made_key("old@example.jp", "future-default", "default", "30d", arena), "expired" },
        { "revoked", revoked_key(pgp, arena), "revoked" },
        { "signs only", made_key("sign@example.jp", "ed25519", "sign", "never", arena), "no key for encryption" },
        { "two keys", arena_printf(arena, "%.*s%.*s", STR_ARG(good), STR_ARG(file_of("weak@example.jp", arena))), "one" },
        { "nothing", STR_INIT(""), "not an armored" },
        { "garbage", STR_INIT("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n"), "" },
        { "our own", pgp_own_key(pgp, arena), "this service" },
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: %s\n", wrong[i].name);
        err = (struct err){ 0 };
        assert_false(pgp_inspect(pgp, wrong[i].armored, arena, &key, &err));
        assert_int_equal(err.code, ERR_PGP);
        if (!str_contains(str_from_z(err.subject), str_from_z(wrong[i].says)))
            fail_msg("says: %s", err.subject);
    }
    assert_int_equal(GPG("--armor", "--export-options", "export-minimal", "--output",
                         path_of("rsa", arena), "--export", "two@example.jp"),
                     0);
    err = (struct err){ 0 };
    assert_true(pgp_inspect(pgp, file_of("rsa", arena), arena, &key, &err));
    assert_str(key.algorithm, "RSA 2048");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pgp_encrypt__is_read_by_the_recipient_alone),
        cmocka_unit_test(pgp_inspect__refuses_keys_that_do_not_protect),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
