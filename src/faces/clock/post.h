/* faces/clock/post.h: mails of the outbox on their way: composed, encrypted where a key is known, handed to the courier. */
#pragma once
#include "faces/desk/context.h"

/* Sends what is due, at most a handful a tick. Without a smarthost nothing is sent and nothing is lost. Rule: CFD-08 */
MUST_CHECK bool post_send_due(const struct desk *desk, struct utc now, struct err *err);
