#include "base/err.h"
#include "base/record.h"
#include "outside/mail.h"
#include "outside/peer.h"
#include "process/roles.h"

enum { MAIL_TIMEOUT_MS = 60000, REPLY_MAX = 4096 };

/* PEER_MAIL: from, to, message; reply: result ("sent", "later", "refused") and the host's words. */
static bool send_mail(void *context, const struct message *message, struct arena *arena,
                      struct str *reply, struct err *err)
{
    static const char *const results[] = {
        [MAIL_SENT] = "sent", [MAIL_LATER] = "later", [MAIL_REFUSED] = "refused"
    };
    const struct mail_host *host = context;
    struct buf answer = buf_new(arena, REPLY_MAX);
    struct str words;
    enum mail_result result;

    if (host->url.len == 0) {
        record_put(&answer, "result", STR("later"));
        record_put(&answer, "text", STR("mail_smarthost is not set"));
        return buf_done(&answer, reply, err) ? true : PASS(err);
    }
    result = mail_send(host, record_get(message->body, "from"), record_get(message->body, "to"),
                       record_get(message->body, "message"), arena, &words);
    record_put(&answer, "result", str_from_z(results[result]));
    record_put(&answer, "text", words);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

/* The setting says host:port; with a scheme (smtps://) it is taken as it is. */
static struct str smarthost_url(const struct settings *settings, struct arena *arena)
{
    struct str host = settings->mail_smarthost;

    return host.len == 0 || str_contains(host, STR("://"))
               ? host
               : arena_printf(arena, "smtp://%.*s", STR_ARG(host));
}

/* The only one that opens connections outwards; what it carries is finished and, where it matters, encrypted. */
bool role_courier_main(struct role_context *context, struct err *err)
{
    static const unsigned allowed[] = { PEER_MAIL, PEER_PING, 0 };
    CLEANUP(peer_free_var) struct peer *desk = peer_new(FD_DESK);
    struct mail_host host = { .url = smarthost_url(context->settings, context->arena),
                              .helo = context->settings->mail_helo,
                              .starttls = context->settings->smtp_starttls,
                              .timeout_ms = MAIL_TIMEOUT_MS };

    if (!mail_start(err) || !role_confine(context, err))
        return PASS(err);
    role_say_ready();
    peer_serve(desk, allowed, send_mail, &host); /* ends when the desk has */
    return true;
}
