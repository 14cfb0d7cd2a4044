#include "faces/http/microhttpd.h"

#include "base/library.h"

#define CALL(name)                                            \
    {                                                         \
        "MHD_" #name, offsetof(struct microhttpd_calls, name) \
    }

bool microhttpd_load(struct microhttpd_calls *out, struct err *err)
{
    static const struct library_call calls[] = {
        CALL(start_daemon),        CALL(quiesce_daemon),          CALL(stop_daemon),
        CALL(get_connection_info), CALL(get_connection_values_n), CALL(create_response_from_buffer),
        CALL(add_response_header), CALL(queue_response),          CALL(destroy_response),
    };

    return library_load("libmicrohttpd.so.12", calls, COUNT(calls), out, err);
}
