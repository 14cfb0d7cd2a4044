/* outside/curl.h: libcurl, loaded by who carries mail and feeds; base/library.h says why it is not linked. */
#pragma once
#include <curl/curl.h>
#include <stdbool.h>

#include "base/attr.h"

struct err;

struct curl_calls {
    __typeof__(curl_global_init) *global_init;
    __typeof__(curl_easy_init) *easy_init;
    __typeof__(curl_easy_setopt) *easy_setopt;
    __typeof__(curl_easy_perform) *easy_perform;
    __typeof__(curl_easy_getinfo) *easy_getinfo;
    __typeof__(curl_easy_strerror) *easy_strerror;
    __typeof__(curl_easy_cleanup) *easy_cleanup;
    __typeof__(curl_slist_append) *slist_append;
    __typeof__(curl_slist_free_all) *slist_free_all;
};
/* The first time before the sandbox. ERR_LIBRARY */
MUST_CHECK bool curl_load(struct curl_calls *out, struct err *err);
