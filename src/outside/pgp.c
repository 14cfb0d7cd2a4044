#include "outside/pgp.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <gpgme.h>

#include "base/err.h"
#include "base/fs.h"

enum {
    ARMORED_MAX = 256 << 10,
    RSA_BITS_MIN = 2048,
    UIDS_MAX = 20,
    UID_MAX = 400,
    CIPHER_MAX = 32 << 20
};

struct pgp {
    gpgme_ctx_t ctx;
    gpgme_key_t signer;
    char home[1024];
};

/* Nothing is looked up on any network, nothing is asked of anybody, SHA-1 and MD5 bind no key (security.md 4.8). */
static const char gpg_conf[] =
    "batch\nno-tty\nno-greeting\nno-auto-key-locate\nno-auto-key-retrieve\ndisable-dirmngr\n"
    "no-auto-check-trustdb\ntrust-model always\nweak-digest SHA1\npersonal-digest-preferences SHA512 SHA384 SHA256\n"
    "cert-digest-algo SHA512\npersonal-cipher-preferences AES256 AES192 AES\nno-comments\nno-emit-version\n";
static const char agent_conf[] =
    "disable-scdaemon\nallow-loopback-pinentry\nno-allow-external-cache\n";

/* gpgme's words are ours to show: they hold no text of anybody. */
static bool fail_gpg(gpgme_error_t code, const char *where, struct err *err)
{
    return err_set(err, ERR_PGP, str_from_z(gpgme_strerror(code)), where);
}

static bool write_conf(const char *home, const char *name, const char *text, struct arena *arena,
                       struct err *err)
{
    const char *path = arena_z(arena, arena_printf(arena, "%s/%s", home, name));

    return fs_write_whole(path, str_from_z(text), 0600, err) ? true : PASS(err);
}

static bool is_usable(gpgme_key_t key)
{
    return !key->revoked && !key->expired && !key->disabled && !key->invalid;
}

/* Our own key, once made, is the only secret one in this home. */
static bool find_signer(struct pgp *pgp, struct err *err)
{
    gpgme_key_t key = NULL;
    gpgme_error_t code = gpgme_op_keylist_start(pgp->ctx, NULL, 1);

    while (!code && !(code = gpgme_op_keylist_next(pgp->ctx, &key))) {
        if (!pgp->signer && is_usable(key) && key->can_sign)
            pgp->signer = key;
        else
            gpgme_key_unref(key);
    }
    (void)gpgme_op_keylist_end(pgp->ctx);
    return gpgme_err_code(code) == GPG_ERR_EOF ? true : fail_gpg(code, HERE, err);
}

static bool make_signer(struct pgp *pgp, struct str name, struct str address, struct arena *arena,
                        struct err *err)
{
    const char *uid =
        arena_z(arena, arena_printf(arena, "%.*s <%.*s>", STR_ARG(name), STR_ARG(address)));
    gpgme_error_t code = gpgme_op_createkey(pgp->ctx, uid, "future-default", 0, 0, NULL,
                                            GPGME_CREATE_NOPASSWD | GPGME_CREATE_NOEXPIRE);

    return code ? fail_gpg(code, HERE, err) : true;
}

static bool open_context(struct pgp *pgp, struct err *err)
{
    gpgme_error_t code;

    /* gpg and its agent are all that may run here. */
    if (gpgme_set_global_flag("disable-gpgconf", "1") != 0 || !gpgme_check_version("1.18.0"))
        return FAIL(err, PGP, STR("GPGME is too old"));
    code = gpgme_set_engine_info(GPGME_PROTOCOL_OpenPGP, "/usr/bin/gpg", pgp->home);
    if (!code)
        code = gpgme_new(&pgp->ctx);
    if (!code)
        code = gpgme_set_protocol(pgp->ctx, GPGME_PROTOCOL_OpenPGP);
    if (!code)
        code = gpgme_set_pinentry_mode(pgp->ctx, GPGME_PINENTRY_MODE_LOOPBACK);
    if (code)
        return fail_gpg(code, HERE, err);
    gpgme_set_armor(pgp->ctx, 1);
    gpgme_set_offline(pgp->ctx, 1);
    return true;
}

bool pgp_open(const char *home, struct str signer_name, struct str signer_address, struct pgp **out,
              struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    CLEANUP(pgp_close_var) struct pgp *pgp = calloc(1, sizeof *pgp);

    if (!pgp)
        abort();
    if (strlen(home) >= sizeof pgp->home)
        return FAIL(err, TOO_LARGE, STR("the path of the key folder"));
    memcpy(pgp->home, home, strlen(home) + 1);
    if (!fs_make_folder(home, 0700, err) || !write_conf(home, "gpg.conf", gpg_conf, arena, err) ||
        !write_conf(home, "gpg-agent.conf", agent_conf, arena, err))
        return PASS(err);
    if (!open_context(pgp, err) || !find_signer(pgp, err))
        return PASS(err);
    if (!pgp->signer &&
        (!make_signer(pgp, signer_name, signer_address, arena, err) || !find_signer(pgp, err)))
        return PASS(err);
    if (!pgp->signer)
        return FAIL(err, PGP, STR("the service's own key"));

    gpgme_error_t code = gpgme_signers_add(pgp->ctx, pgp->signer);

    if (code)
        return fail_gpg(code, HERE, err);
    *out = TAKE(pgp);
    return true;
}

/* The agent outlives gpg; ours ends with us. What it answers does not matter. */
static void end_agent(const char *home)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int n = snprintf(at.sun_path, sizeof at.sun_path, "%s/S.gpg-agent", home);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval patience = { .tv_sec = 1 };
    char answer[64];

    if (fd >= 0 && n > 0 && (size_t)n < sizeof at.sun_path &&
        connect(fd, (struct sockaddr *)&at, sizeof at) == 0) {
        (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (recv(fd, answer, sizeof answer, 0) > 0 &&
            send(fd, "KILLAGENT\n", 10, MSG_NOSIGNAL) == 10)
            (void)recv(fd, answer, sizeof answer, 0);
    }
    if (fd >= 0)
        close(fd);
}

void pgp_close(struct pgp *pgp)
{
    if (!pgp)
        return;
    gpgme_key_unref(pgp->signer);
    if (pgp->ctx)
        gpgme_release(pgp->ctx);
    if (pgp->home[0])
        end_agent(pgp->home);
    free(pgp);
}

/* ---- data in and out ---- */

static bool take_data(gpgme_data_t data, size_t max, struct arena *arena, struct str *out,
                      struct err *err)
{
    size_t len = 0;
    char *bytes = gpgme_data_release_and_get_mem(data, &len);
    bool fits = bytes && len <= max;

    if (fits)
        *out = arena_str(arena, (struct str){ bytes, len });
    gpgme_free(bytes);
    return fits ? true : FAIL(err, TOO_LARGE, STR("an OpenPGP message"));
}

struct str pgp_own_key(struct pgp *pgp, struct arena *arena)
{
    gpgme_data_t data;
    struct str armored = STR_NONE;
    struct err ignored = { 0 };

    if (gpgme_data_new(&data))
        return STR_NONE;
    if (gpgme_op_export(pgp->ctx, pgp->signer->fpr, GPGME_EXPORT_MODE_MINIMAL, data)) {
        gpgme_data_release(data);
        return STR_NONE;
    }
    return take_data(data, ARMORED_MAX, arena, &armored, &ignored) ? armored : STR_NONE;
}

/* ---- which keys we take ---- */

static bool is_modern_curve(const char *curve)
{
    static const char *const curves[] = { "ed25519", "cv25519", "nistp256", "nistp384",
                                          "nistp521" };

    for (size_t i = 0; curve && i < COUNT(curves); i++)
        if (strcmp(curve, curves[i]) == 0)
            return true;
    return false;
}

static bool is_strong(gpgme_subkey_t subkey)
{
    switch (subkey->pubkey_algo) {
    case GPGME_PK_RSA:
    case GPGME_PK_RSA_E:
    case GPGME_PK_RSA_S:
        return subkey->length >= RSA_BITS_MIN;
    case GPGME_PK_ECC:
    case GPGME_PK_ECDSA:
    case GPGME_PK_ECDH:
    case GPGME_PK_EDDSA:
        return is_modern_curve(subkey->curve);
    default: /* DSA, ElGamal, what we do not know */
        return false;
    }
}

/* gpg picks the newest usable one, so each of them has to be strong. */
static bool check_strength(gpgme_key_t key, struct err *err)
{
    size_t usable = 0;

    if (!is_strong(key->subkeys))
        return FAIL(
            err, PGP,
            STR("its algorithm is too weak (RSA of at least 2048 bits, Ed25519 or a NIST curve)"));
    for (gpgme_subkey_t s = key->subkeys; s; s = s->next) {
        if (!s->can_encrypt || s->revoked || s->expired || s->disabled || s->invalid)
            continue;
        if (!is_strong(s))
            return FAIL(
                err, PGP,
                STR("its encryption key is too weak (RSA of at least 2048 bits, X25519 or a NIST curve)"));
        usable++;
    }
    return usable > 0 ? true : FAIL(err, PGP, STR("it has no key for encryption"));
}

static bool check_key(gpgme_key_t key, struct err *err)
{
    if (key->revoked)
        return FAIL(err, PGP, STR("it is revoked"));
    if (key->expired)
        return FAIL(err, PGP, STR("it has expired"));
    if (!is_usable(key) || !key->subkeys)
        return FAIL(err, PGP, STR("it is not valid"));
    return check_strength(key, err) ? true : PASS(err);
}

/* Into the key ring, so that gpg itself checks its self-signatures. *out also on failure of the check: the caller removes it. */
static bool import_one(struct pgp *pgp, struct str armored, gpgme_key_t *out, struct err *err)
{
    gpgme_data_t data;
    gpgme_error_t code;
    gpgme_import_result_t result;

    if (armored.len > ARMORED_MAX)
        return FAIL(err, TOO_LARGE, STR("an OpenPGP key"));
    if (!str_contains(armored, STR("-----BEGIN PGP PUBLIC KEY BLOCK-----")) ||
        str_contains(armored, STR("PRIVATE KEY BLOCK")))
        return FAIL(err, PGP, STR("it is not an armored public key"));
    code = gpgme_data_new_from_mem(&data, armored.ptr, armored.len, 0);
    if (code)
        return fail_gpg(code, HERE, err);
    code = gpgme_op_import(pgp->ctx, data);
    gpgme_data_release(data);
    if (code)
        return fail_gpg(code, HERE, err);
    result = gpgme_op_import_result(pgp->ctx);
    if (!result || result->considered != 1 || !result->imports || result->imports->result ||
        result->secret_read > 0)
        return FAIL(err, PGP, STR("it is not exactly one valid public key"));
    code = gpgme_get_key(pgp->ctx, result->imports->fpr, out, 0);
    if (code)
        return fail_gpg(code, HERE, err);
    if (strcmp((*out)->fpr, pgp->signer->fpr) == 0) {
        gpgme_key_unref(TAKE(*out)); /* it stays */
        return FAIL(err, PGP, STR("it is the key of this service"));
    }
    return true;
}

/* Keys live in the desk's database; each piece of work brings its own, so none stays here to be mixed up with the next. */
static void remove_key(struct pgp *pgp, gpgme_key_t key)
{
    if (!key)
        return;
    (void)gpgme_op_delete_ext(pgp->ctx, key, GPGME_DELETE_FORCE);
    gpgme_key_unref(key);
}

static struct str algorithm_words(gpgme_key_t key, struct arena *arena)
{
    gpgme_subkey_t first = key->subkeys;

    if (!first->curve)
        return arena_printf(arena, "RSA %u", first->length);
    if (strcmp(first->curve, "ed25519") == 0)
        return STR("Ed25519/X25519");
    return arena_printf(arena, "NIST P-%.*s", 3, first->curve + strlen("nistp"));
}

static struct utc earliest_end(gpgme_key_t key)
{
    return (struct utc){ (int64_t)key->subkeys->expires * 1000 };
}

static struct pgp_key describe(gpgme_key_t key, struct arena *arena)
{
    struct pgp_key out = { .fingerprint = arena_str(arena, str_from_z(key->fpr)),
                           .algorithm = algorithm_words(key, arena),
                           .expires = earliest_end(key) };

    for (gpgme_user_id_t uid = key->uids; uid && out.uids.len < UIDS_MAX; uid = uid->next) {
        struct str text = str_from_z(uid->uid);

        if (!uid->revoked && !uid->invalid && text.len <= UID_MAX && str_is_utf8(text) &&
            str_is_plain(text, false))
            VEC_PUSH(arena, &out.uids, arena_str(arena, text));
    }
    return out;
}

bool pgp_inspect(struct pgp *pgp, struct str armored, struct arena *arena, struct pgp_key *out,
                 struct err *err)
{
    gpgme_key_t key = NULL;
    bool good = import_one(pgp, armored, &key, err) && check_key(key, err);

    if (good)
        *out = describe(key, arena);
    remove_key(pgp, key);
    return good ? true : PASS(err);
}

static bool encrypt_to(struct pgp *pgp, gpgme_key_t key, struct str plain, struct arena *arena,
                       struct str *out, struct err *err)
{
    gpgme_key_t recipients[] = { key, NULL };
    gpgme_data_t in = NULL, cipher = NULL;
    gpgme_error_t code = gpgme_data_new_from_mem(&in, plain.ptr, plain.len, 0);
    gpgme_encrypt_result_t encrypted;
    gpgme_sign_result_t signed_by;

    if (!code)
        code = gpgme_data_new(&cipher);
    if (!code)
        code = gpgme_op_encrypt_sign(pgp->ctx, recipients,
                                     GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_ENCRYPT_TO, in,
                                     cipher);
    gpgme_data_release(in);
    if (code) {
        gpgme_data_release(cipher);
        return fail_gpg(code, HERE, err);
    }
    encrypted = gpgme_op_encrypt_result(pgp->ctx);
    signed_by = gpgme_op_sign_result(pgp->ctx);
    if (!encrypted || encrypted->invalid_recipients || !signed_by || signed_by->invalid_signers ||
        !signed_by->signatures) {
        gpgme_data_release(cipher);
        return FAIL(err, PGP, STR("it could not be encrypted and signed"));
    }
    return take_data(cipher, CIPHER_MAX, arena, out, err) ? true : PASS(err);
}

bool pgp_encrypt(struct pgp *pgp, struct str armored, struct str fingerprint, struct str plain,
                 struct arena *arena, struct str *out, struct err *err)
{
    gpgme_key_t key = NULL;
    bool good = import_one(pgp, armored, &key, err) && check_key(key, err);

    if (good && !str_eq_z(fingerprint, key->fpr))
        good = FAIL(err, PGP, STR("it is not the key that was confirmed"));
    if (good)
        good = encrypt_to(pgp, key, plain, arena, out, err);
    remove_key(pgp, key);
    return good ? true : PASS(err);
}
