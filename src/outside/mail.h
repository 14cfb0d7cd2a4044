/* outside/mail.h: a finished message to the smarthost, by libcurl. Called in the courier alone. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct err;

/* Once a process, before its sandbox and its threads. ERR_MAIL */
MUST_CHECK bool mail_start(struct err *err);

enum mail_result { MAIL_SENT, MAIL_LATER, MAIL_REFUSED };

struct mail_host {
    struct str url; /* smtp://127.0.0.1:2525 or smtps://… */
    struct str helo;
    bool starttls; /* required when set */
    int timeout_ms;
};

/* from, to: plain addr-spec, already checked. message: RFC 5322 with CRLF. text: the host's last words, without addresses, for the operator. */
enum mail_result mail_send(const struct mail_host *host, struct str from, struct str to,
                           struct str message, struct arena *arena, struct str *text);
