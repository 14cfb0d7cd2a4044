#include "faces/cli/remote.h"

#include "base/err.h"
#include "base/log.h"
#include "base/record.h"
#include "faces/cli/open.h"
#include "faces/cli/state.h"
#include "outside/peer.h"

enum {
    ANSWER_MS = 60000,
    WORDS_MAX = 100,
    QUESTION_MAX = 64 << 10,
    REPLY_MAX = DESKWORK_OUTPUT_MAX + 4096
};

/* ---- who asks ---- */

static struct str question(const struct app *app, const char *command, const struct words *words,
                           const struct seal_key *master)
{
    struct buf body = buf_new(app->arena, QUESTION_MAX);

    record_put(&body, "token", state_command_token(master, app->arena));
    record_put(&body, "lang", lang_code(app->lang));
    record_put(&body, "command", str_from_z(command));
    for (size_t i = 0; i < words->len; i++)
        record_put(&body, "word", words->at[i]);
    return body.over ? STR_NONE : buf_str(&body);
}

bool remote_ask(const struct app *app, const char *command, const struct words *words,
                bool *was_asked, struct str *out, struct err *err)
{
    CLEANUP(peer_free_var) struct peer *desk = NULL;
    struct seal_key master;
    struct str body, reply;

    *was_asked = false;
    if (!state_become_user(app->settings, app->arena, err) ||
        !peer_connect(state_path(app->settings, app->arena, "desk.sock"), &desk, err))
        return PASS(err);
    if (!desk)
        return true;
    *was_asked = true;
    if (!state_master_key(app->settings, app->arena, &master, err))
        return PASS(err);
    body = question(app, command, words, &master);
    seal_key_wipe(&master);
    if (!body.ptr)
        return FAIL(err, TOO_LARGE, STR("a command"));
    if (!peer_call(desk, PEER_COMMAND, body, ANSWER_MS, app->arena, &reply, err))
        return PASS(err);
    *out = record_get(reply, "output");
    return true;
}

/* ---- the desk ---- */

static bool run_command(const struct remote_desk *desk, const struct deskwork_command *command,
                        struct str body, struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(store_close_var) struct store *store = NULL;
    struct store_options options = { .path = desk_path(desk->settings, arena),
                                     .kind = &store_desk,
                                     .connections = 1 };
    struct vault vault = vault_from(desk->master);
    struct deskwork work = {
        .vault = &vault, .settings = desk->settings, .now = utc_now(), .lang = LANG_EN
    };
    struct words words = { 0 };
    struct str word;
    bool done;

    (void)lang_from_code(record_get(body, "lang"), &work.lang);
    for (size_t i = 0; i < WORDS_MAX && record_get_nth(body, "word", i, &word); i++)
        VEC_PUSH(arena, &words, word);
    done = store_open(&options, &store, err);
    work.store = store;
    done = done && command->run(&work, &words, arena, out, err);
    vault_wipe(&vault);
    return done ? true : PASS(err);
}

static bool answer(void *context, const struct message *message, struct arena *arena,
                   struct str *reply, struct err *err)
{
    const struct remote_desk *desk = context;
    const struct deskwork_command *command = deskwork_command(record_get(message->body, "command"));
    struct buf body = buf_new(arena, REPLY_MAX);
    struct str out;

    if (!secret_eq(record_get(message->body, "token"), state_command_token(desk->master, arena)))
        return FAIL(err, FORBIDDEN, STR("command"));
    if (!command)
        return FAIL(err, USAGE, record_get(message->body, "command"));
    if (!run_command(desk, command, message->body, arena, &out, err))
        return PASS(err);
    LOG("command", { "name", str_from_z(command->name) });
    record_put(&body, "output", out);
    return buf_done(&body, reply, err) ? true : PASS(err);
}

bool remote_serve(const struct remote_desk *desk, int listen_fd, int stop_fd, struct err *err)
{
    static const unsigned allowed[] = { PEER_COMMAND, 0 };

    return peer_serve_local(listen_fd, stop_fd, allowed, answer, (void *)(uintptr_t)desk, err)
               ? true
               : PASS(err);
}
