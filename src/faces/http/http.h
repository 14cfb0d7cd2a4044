/* faces/http/http.h: requests, responses, routes and the server that brings them together (libmicrohttpd behind it).
 * A face gives tables of routes and a few hooks; permission, form token and origin are checked before a handler runs. */
#pragma once
#include "base/arena.h"
#include "base/tr.h"
#include "base/utc.h"
#include "base/vec.h"
#include "faces/html/embedded.h"
#include "faces/html/html.h"

struct err;
struct server_options;

enum {
    HTTP_URL_MAX = 8192,
    HTTP_SEGMENTS_MAX = 16, /* of a path */
    HTTP_HEADERS_MAX = 100, /* of a request */
    HTTP_HEAD_MAX = 32768,  /* bytes of all of them */
    HTTP_COOKIES_MAX = 50,
    HTTP_FIELDS_MAX = 1000, /* of a form or a query: a whole list may be ticked */
    HTTP_FILES_MAX = 32,    /* of a form */
    HTTP_FIELD_NAME_MAX = 64,
    HTTP_FILE_NAME_MAX = 255,
    HTTP_PART_HEAD_MAX = 4096, /* header lines of one part of a multipart form */
    HTTP_BOUNDARY_MAX = 70     /* RFC 2046, 5.1.1 */
};

/* HEAD is answered as GET without the body; other methods get 405, unknown ones 501. */
enum method { METHOD_GET, METHOD_POST };

struct field {
    struct str name, value;
};
struct fields {
    VEC_OF(struct field);
};

/* A file of a multipart form. bytes points into the request's body and ends with the request. */
struct upload {
    struct str field, name, type,
        bytes; /* name: the last part of what the browser said, UTF-8, for eyes only */
};
struct uploads {
    VEC_OF(struct upload);
};

struct request {
    struct arena *arena; /* ends with the request */
    struct utc now;
    enum method method;
    bool is_head, is_https;
    bool is_preflight;     /* OPTIONS of a browser that asks for a page of another origin */
    struct str path;       /* decoded once, validated, without the language prefix */
    struct str raw_path;   /* as it came, with the prefix, without the query */
    struct str query_text; /* as it came, without '?' */
    enum lang lang;
    struct str base;           /* "" or "/en": what internal links start with */
    struct str host;           /* one of the configured hosts */
    struct str id;             /* 16 hex digits, for the log and problem documents */
    struct str peer_address;   /* behind trusted proxies: the address they name */
    const struct route *route; /* NULL in render_error when there was none */
    void *app;                 /* server_options.app */
    const struct server_options *options;
    const void *subject;   /* who: set by the hook identify; NULL for nobody */
    struct str form_token; /* what forms of this subject must bring back: set by identify */
    unsigned wait_seconds; /* what Retry-After says beside ERR_TOO_MANY; 0: a minute */
    struct str body;       /* BODY_JSON, BODY_ANY and BODY_BYTES: as it came */
    struct fields query, form, headers, cookies, path_values;
    struct uploads uploads;
};

/* The first value of that name; STR_NONE (ptr NULL) when it was not sent, an empty text when it was sent empty. Values are
 * UTF-8 without NUL; what else they may hold is the reader's question (str_is_plain). */
struct str request_query(const struct request *req, const char *name);
struct str request_form(const struct request *req, const char *name);
struct str request_path(const struct request *req, const char *name); /* {name} of the route */
struct str request_header(const struct request *req,
                          const char *name); /* ASCII case does not matter */
/* A cookie that was sent twice counts as not sent: nobody can put a second one beside ours. */
struct str request_cookie(const struct request *req, const char *name);
/* Repeated fields, such as check boxes. */
size_t request_form_count(const struct request *req, const char *name);
struct str request_form_nth(const struct request *req, const char *name, size_t n);
/* The nth (from 0) file that was chosen in that field; NULL when there are fewer. Empty file inputs do not count. */
const struct upload *request_upload(const struct request *req, const char *field, size_t n);
/* A link to here in the other language, with its query: "/en/search?q=x". */
struct str request_in(const struct request *req, enum lang lang);

/* ---- answers: respond_*() in faces/http/respond.h fill it ---- */

enum content {
    CONTENT_PAGE,
    CONTENT_DATA,
    CONTENT_ASSET,
    CONTENT_DOWNLOAD
}; /* chooses the policy in headers.c */
enum cache {
    CACHE_BY_FACE,
    CACHE_NONE,
    CACHE_ASK,
    CACHE_FOREVER
}; /* BY_FACE: private face none, public face ask */

struct response {
    struct arena *arena; /* the request's */
    int status;
    enum content content;
    enum cache cache;
    struct str type, body;
    struct str gzip;       /* body in gzip; empty: none */
    struct str etag;       /* strong, with its quotes; empty: none */
    bool secret_link;      /* opened by a link that is a secret: no Referer leaves the page */
    bool clear_site;       /* at logout */
    struct fields headers; /* further ones: response_header, response_cookie */
    void (*release)(void *owner); /* NULL, or told once when nobody reads body and gzip any more */
    void *owner;
};

/* ---- routes ---- */

enum token_rule {
    TOKEN_NONE_GET, /* for GET alone: changes nothing */
    TOKEN_FORM,     /* form_token in the form, and an Origin or Sec-Fetch-Site of ours */
    TOKEN_API,      /* no cookie counts here: a foreign Origin is refused, a missing one is not */
    TOKEN_OPEN /* no cookie counts and nothing changes: pages of every origin may ask and read what is no page itself */
};
enum body_kind {
    BODY_NONE,
    BODY_FORM,
    BODY_MULTIPART,
    BODY_JSON,
    BODY_ANY, /* for interfaces whose clients name no type, or a wrong one */
    BODY_BYTES
}; /* MULTIPART takes plain forms as well */

/* The right to see what lies below /assets/: everybody has it. */
#define HTTP_MAY_ASSETS 0xffffffffU

struct route {
    enum method method;
    const char *path; /* "/cases/{id}/moves"; "{rest*}" as the last takes one or more segments */
    unsigned may;     /* the face's permission; 0 is none, and the server does not start */
    enum token_rule token;
    enum body_kind body;
    size_t body_max;
    bool (*handle)(struct request *req, struct response *res, struct err *err);
    const char *name; /* for the log and the counters; [a-z_] */
};

/* Rows of a face's table: ROUTE_GET("/cases/{id}", MAY_READ_CASE, case_show). A missing part does not compile. */
#define ROUTE_GET(path, may, handle)                                                \
    {                                                                               \
        METHOD_GET, path "", (may), TOKEN_NONE_GET, BODY_NONE, 0, (handle), #handle \
    }
#define ROUTE_GET_OPEN(path, may, handle)                                       \
    {                                                                           \
        METHOD_GET, path "", (may), TOKEN_OPEN, BODY_NONE, 0, (handle), #handle \
    }
#define ROUTE_POST(path, may, token, body, body_max, handle)                        \
    {                                                                               \
        METHOD_POST, path "", (may), (token), (body), (body_max), (handle), #handle \
    }

struct route_list {
    const struct route *at;
    size_t len;
};
#define ROUTES(table)         \
    {                         \
        (table), COUNT(table) \
    }

/* ---- the server ---- */

enum may {
    MAY_YES,
    MAY_LOGIN,
    MAY_NOT_SEE,
    MAY_NOT_DO
}; /* 401 or the login page; 404 as if there were nothing; 403 */

struct hooks {
    /* Who asks: fills subject, form_token. NULL: everybody is nobody. An error ends the request with it. */
    bool (*identify)(struct request *req, struct err *err);
    enum may (*may)(const struct request *req, unsigned permission); /* needed */
    /* NULL: form field "form_token" equals req->form_token, which must not be empty. */
    bool (*token_ok)(const struct request *req, struct str token);
    /* Puts err into words: a page, or a problem document on interfaces. Must not look at err->trail. NULL: plain problem document. */
    void (*render_error)(struct request *req, const struct err *err, struct response *res);
    const char *login_path; /* "/login": where GET pages send MAY_LOGIN, with ?next=; NULL: 401 */
};

struct server_options {
    const char *name; /* for log lines: "public" */
    int listen_fd;    /* bound and listening; the server closes it */
    unsigned threads; /* 1..64 */
    const struct route_list *lists;
    size_t list_count;
    struct hooks hooks;
    void *app;
    const struct str *hosts; /* as browsers send them: "localhost:8080", "jvn.example.jp" */
    size_t host_count;
    const struct str *origins; /* "https://desk.example.jp" */
    size_t origin_count;
    const struct str *
        proxies; /* addresses or nets whose forwarded headers count: "127.0.0.1", "10.0.0.0/8", "unix" */
    size_t proxy_count;
    const struct embedded *assets; /* answered below /assets/; NULL: none */
    size_t asset_count;
    bool is_private;       /* the desk: nothing of it is kept by anybody */
    size_t request_memory; /* arena of one request; 0: 64 MiB. Larger than any body_max */
    size_t bodies_memory;  /* all bodies at once; beyond it 503. 0: 256 MiB */
    unsigned head_seconds, body_seconds, idle_seconds; /* 0: 10, 300, 60 */
    unsigned connections, per_address;                 /* 0: 4096, 64 */
};

struct server;

/* Loads what serving needs: once a process, before its sandbox. ERR_LIBRARY */
MUST_CHECK bool server_prepare(struct err *err);

/**
 * Starts serving on threads of its own. options and all it points to must outlive the server.
 *
 * err    ERR_BUG naming the route without permission, token rule, handler or with a path like another's;
 *        ERR_SETTING (hosts, origins, proxies); ERR_UNAVAILABLE
 * Rule:  C15, C50, C54
 */
MUST_CHECK bool server_start(const struct server_options *options, struct server **out,
                             struct err *err);
/* Takes no new connections, lets running requests end for at most wait_ms, then ends. NULL does nothing. */
void server_stop(struct server *server, unsigned wait_ms);
unsigned server_running(const struct server *server); /* requests being answered now */
/* Counters and latencies by route name, as Prometheus text: for a /metrics route. */
MUST_CHECK bool server_metrics(const struct server *server, struct arena *arena, struct str *out,
                               struct err *err);

/* The same check that server_start makes, for tests of a face's tables. ERR_BUG */
MUST_CHECK bool routes_check(const struct route_list *lists, size_t count, struct arena *arena,
                             struct err *err);

/* A listening TCP socket: "127.0.0.1:8080", "[::1]:0", "unix:/run/noroshi/public.sock". ERR_SETTING, ERR_UNAVAILABLE */
MUST_CHECK bool http_listen(struct str address, int *fd, struct err *err);
