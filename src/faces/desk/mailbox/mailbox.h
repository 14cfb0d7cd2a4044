/* faces/desk/mailbox/mailbox.h: the finder's mailbox: opened with receipt number and passphrase, without any account. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_mailbox_routes;
