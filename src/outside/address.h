/* outside/address.h: which addresses of the internet are everybody's. Pure. */
#pragma once
#include <stdbool.h>
#include <sys/socket.h>

/**
 * False for what lies inside some network (private, loopback, link-local, shared, multicast), for what means another address (mapped, translated,
 * tunnelled) and for what is reserved (IANA's special-purpose registries, RFC 6890). Other families than IPv4 and IPv6: false.
 *
 * Rule:  C18
 */
bool address_is_public(const struct sockaddr *address);
