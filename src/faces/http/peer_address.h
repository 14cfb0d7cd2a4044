/* faces/http/peer_address.h: who is at the other end, also behind proxies we know. Pure. */
#pragma once
#include "faces/http/http.h"

struct sockaddr;

/* "192.0.2.7", "2001:db8::1" (an IPv4 address in IPv6 clothes as IPv4), "unix". Lives in arena. */
struct str address_text(const struct sockaddr *address, struct arena *arena);

/* "127.0.0.1", "10.0.0.0/8", "2001:db8::/32", "unix". */
bool net_is_valid(struct str net);
bool net_holds(struct str net, struct str address);

/**
 * The address a request comes from: peer itself, unless peer is one of the proxies; then the last address in forwarded_for
 * that is no proxy. What is no address ends the search, because a stranger wrote it.
 * Rule: C50
 */
struct str address_behind(struct str peer, struct str forwarded_for, const struct str *proxies,
                          size_t count, struct arena *arena);
bool address_is_proxy(struct str address, const struct str *proxies, size_t count);
