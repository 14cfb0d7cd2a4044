#include "base/err.h"
#include "base/record.h"
#include "formats/mime/mime.h"
#include "outside/peer.h"
#include "outside/pgp.h"
#include "process/roles.h"
#include "seal/seal.h"

/* PEER_PGP_IMPORT: key; reply: fingerprint, algorithm, uid (each), expires (ms, 0 never). Without key: own, our public key. */
static bool import(struct pgp *pgp, const struct message *message, struct arena *arena,
                   struct str *reply, struct err *err)
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

/* PEER_PGP_ENCRYPT: key, fingerprint, and what the mail is to say; reply: message, finished (RFC 3156, RFC 9788). Nothing leaves on failure. */
static bool encrypt(struct pgp *pgp, const struct message *message, struct arena *arena,
                    struct str *reply, struct err *err)
{
    struct str body = message->body;
    struct mime_message mail = { .from_name = record_get(body, "from_name"),
                                 .from_address = record_get(body, "from"),
                                 .to_address = record_get(body, "to"),
                                 .subject = record_get(body, "subject"),
                                 .outer_subject = record_get(body, "outer_subject"),
                                 .message_id = record_get(body, "message_id"),
                                 .date = { record_get_int(body, "date", 0) },
                                 .body = record_get(body, "body") };
    struct buf answer = buf_new(arena, PEER_BODY_MAX);
    struct str inner, cipher, whole;

    if (!mime_inner(&mail, arena, &inner, err) ||
        !pgp_encrypt(pgp, record_get(body, "key"), record_get(body, "fingerprint"), inner, arena,
                     &cipher, err) ||
        !mime_encrypted(&mail, cipher, arena, &whole, err))
        return PASS(err);
    record_put(&answer, "message", whole);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

static bool answer_pgp(void *context, const struct message *message, struct arena *arena,
                       struct str *reply, struct err *err)
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
    const char *home =
        arena_z(context->arena, arena_printf(context->arena, "%s/pgp", context->state_folder));

    if (!role_confine(context, err) ||
        !pgp_open(home, STR("Noroshi"), context->settings->mail_from, &pgp, err))
        return PASS(err);
    role_say_ready();
    peer_serve(desk, allowed, answer_pgp, pgp); /* ends when the desk has */
    return true;
}
