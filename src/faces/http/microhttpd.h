/* faces/http/microhttpd.h: libmicrohttpd, loaded by the roles that serve; base/library.h says why it is not linked. */
#pragma once
#include <microhttpd.h>
#include <stdbool.h>

#include "base/attr.h"

struct err;

struct microhttpd_calls {
    __typeof__(MHD_start_daemon) *start_daemon;
    __typeof__(MHD_quiesce_daemon) *quiesce_daemon;
    __typeof__(MHD_stop_daemon) *stop_daemon;
    __typeof__(MHD_get_connection_info) *get_connection_info;
    __typeof__(MHD_get_connection_values_n) *get_connection_values_n;
    __typeof__(MHD_create_response_from_buffer) *create_response_from_buffer;
    __typeof__(MHD_add_response_header) *add_response_header;
    __typeof__(MHD_queue_response) *queue_response;
    __typeof__(MHD_destroy_response) *destroy_response;
};
/* ERR_LIBRARY */
MUST_CHECK bool microhttpd_load(struct microhttpd_calls *out, struct err *err);
