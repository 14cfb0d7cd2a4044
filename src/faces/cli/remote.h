/* faces/cli/remote.h: a command asked of the desk process while the service runs, over its 0600 socket (design 11.4). */
#pragma once
#include "faces/cli/deskwork.h"
#include "seal/seal.h"

struct app;

/* *was_asked is false when no service runs: the command then does its work itself. out: what is to be printed. Errors are the desk's. */
MUST_CHECK bool remote_ask(const struct app *app, const char *command, const struct words *words,
                           bool *was_asked, struct str *out, struct err *err);

/* The desk's side. Serves listen_fd until stop_fd can be read. Each question brings the token: other roles reach the socket, but not the key
 * that it is made of. ERR_PEER */
struct remote_desk {
    const struct settings *settings;
    const struct seal_key *master;
};
MUST_CHECK bool remote_serve(const struct remote_desk *desk, int listen_fd, int stop_fd,
                             struct err *err);
