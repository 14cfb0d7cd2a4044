#include "outside/curl.h"

#include "base/library.h"

#define CALL(name)                                       \
    {                                                    \
        "curl_" #name, offsetof(struct curl_calls, name) \
    }

bool curl_load(struct curl_calls *out, struct err *err)
{
    static const struct library_call calls[] = {
        CALL(global_init),  CALL(easy_init),    CALL(easy_setopt),
        CALL(easy_perform), CALL(easy_getinfo), CALL(easy_strerror),
        CALL(easy_cleanup), CALL(slist_append), CALL(slist_free_all),
    };

    return library_load("libcurl.so.4", calls, COUNT(calls), out, err);
}
