#include "base/err.h"
#include "base/record.h"
#include "outside/peer.h"
#include "outside/pgp.h"
#include "process/roles.h"
#include "seal/seal.h"

/* PEER_PGP_IMPORT: key; reply: fingerprint, algorithm, uid (each), expires (ms, 0 never). Without key: own, our public key. */
static bool import(struct pgp *pgp, const struct message *message, struct arena *arena, struct str *reply, struct err *err)
{
    struct buf answer = buf_new(arena, 64 << 10);
    struct str armored = record_get(message->body, "key");
    struct pgp_key key;

    if (!armored.ptr) {
        record_put(&answer, "own", pgp_own_key(pgp, arena));
        return buf_done(&answer, reply, err) ? true : PASS(err);
    }
    if (!pgp_inspect(pgp, armored, arena, &key, err))
        return PASS(err);
    record_put(&answer, "fingerprint", key.fingerprint);
    record_put(&answer, "algorithm", key.algorithm);
    for (size_t i = 0; i < key.uids.len; i++)
        record_put(&answer, "uid", key.uids.at[i]);
    record_put_int(&answer, "expires", key.expires.ms);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

/* Lines end with CR LF on the way, however they ended before. */
static void add_lines(struct buf *out, struct str text)
{
    struct str line;

    while (text.len > 0 && str_split(&text, '\n', &line)) {
        buf_add(out, str_ends(line, STR("\r")) ? str_take(line, line.len - 1) : line);
        buf_add(out, STR("\r\n"));
    }
}

/* RFC 3156, section 4. headers: whole lines of the outer header, which say nothing (T83). */
static struct str finished(struct str headers, struct str cipher, struct arena *arena)
{
    struct buf out = buf_new(arena, PEER_BODY_MAX - 4096);
    struct str boundary = random_token(arena);

    add_lines(&out, headers);
    buf_printf(&out,
               "MIME-Version: 1.0\r\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";\r\n boundary=\"%.*s\"\r\n\r\n"
               "--%.*s\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n"
               "--%.*s\r\nContent-Type: application/octet-stream; name=\"encrypted.asc\"\r\n"
               "Content-Disposition: inline; filename=\"encrypted.asc\"\r\n\r\n",
               STR_ARG(boundary), STR_ARG(boundary), STR_ARG(boundary));
    add_lines(&out, cipher);
    buf_printf(&out, "\r\n--%.*s--\r\n", STR_ARG(boundary));
    return out.over ? STR_NONE : buf_str(&out);
}

/* PEER_PGP_ENCRYPT: key, fingerprint, inner (a MIME entity), headers; reply: message. */
static bool encrypt(struct pgp *pgp, const struct message *message, struct arena *arena, struct str *reply, struct err *err)
{
    struct buf answer = buf_new(arena, PEER_BODY_MAX);
    struct str cipher, whole;

    if (!pgp_encrypt(pgp, record_get(message->body, "key"), record_get(message->body, "fingerprint"), record_get(message->body, "inner"), arena,
                     &cipher, err))
        return PASS(err);
    whole = finished(record_get(message->body, "headers"), cipher, arena);
    if (!whole.ptr)
        return FAIL(err, TOO_LARGE, STR("a mail"));
    record_put(&answer, "message", whole);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

static bool answer_pgp(void *context, const struct message *message, struct arena *arena, struct str *reply, struct err *err)
{
    switch (message->type) {
    case PEER_PGP_IMPORT:
        return import(context, message, arena, reply, err) ? true : PASS(err);
    case PEER_PGP_ENCRYPT:
        return encrypt(context, message, arena, reply, err) ? true : PASS(err);
    default:
        return true; /* a ping */
    }
}

/* Its own key ring, gpg and its agent, no network. gpg runs inside this role's sandbox. */
bool role_pgp_main(struct role_context *context, struct err *err)
{
    static const unsigned allowed[] = { PEER_PGP_IMPORT, PEER_PGP_ENCRYPT, PEER_PING, 0 };
    CLEANUP(peer_free_var) struct peer *desk = peer_new(FD_DESK);
    CLEANUP(pgp_close_var) struct pgp *pgp = NULL;
    const char *home = arena_z(context->arena, arena_printf(context->arena, "%s/pgp", context->state_folder));

    if (!role_confine(context, err) || !pgp_open(home, STR("Noroshi"), context->settings->mail_from, &pgp, err))
        return PASS(err);
    role_say_ready();
    peer_serve(desk, allowed, answer_pgp, pgp); /* ends when the desk has */
    return true;
}
