#include "faces/http/headers.h"

#define NOTHING_ELSE "; base-uri 'none'; frame-ancestors 'none'"

static bool always(const struct headers_of *of)
{
    (void)of;
    return true;
}

static bool is_page(const struct headers_of *of) { return of->content == CONTENT_PAGE; }

static bool is_data(const struct headers_of *of)
{
    return of->content == CONTENT_DATA || of->content == CONTENT_ASSET;
}

static bool is_download(const struct headers_of *of) { return of->content == CONTENT_DOWNLOAD; }

static bool is_secret_link(const struct headers_of *of) { return of->secret_link; }

static bool is_no_secret_link(const struct headers_of *of) { return !of->secret_link; }

static bool is_https(const struct headers_of *of) { return of->is_https; }

static bool is_logout(const struct headers_of *of) { return of->clear_site; }

static bool varies(const struct headers_of *of) { return of->has_gzip; }

/* Private answers and errors are kept by nobody, whatever the handler wished; assets hold nothing
 * private. */
static enum cache cache_of(const struct headers_of *of)
{
    if (of->is_error || (of->is_private && of->content != CONTENT_ASSET) || of->secret_link)
        return CACHE_NONE;
    if (of->cache != CACHE_BY_FACE)
        return of->cache;
    return of->is_private ? CACHE_NONE : CACHE_ASK;
}

static bool keeps_nothing(const struct headers_of *of) { return cache_of(of) == CACHE_NONE; }

static bool asks(const struct headers_of *of) { return cache_of(of) == CACHE_ASK; }

static bool keeps(const struct headers_of *of) { return cache_of(of) == CACHE_FOREVER; }

/*
 * One row a header. Referrer-Policy: with no-referrer a browser sends "Origin: null" and every form
 * would be refused; strict-origin keeps a secret link's path at home as well and names the origin.
 */
/* clang-format off */
static const struct {
    const char *name, *value;
    bool (*when)(const struct headers_of *of);
} table[] = {
    { "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
      "font-src 'self'; connect-src 'self'; form-action 'self'" NOTHING_ELSE
      "; require-trusted-types-for 'script'; trusted-types 'none'",                      is_page },
    { "Content-Security-Policy", "default-src 'none'; form-action 'none'" NOTHING_ELSE,  is_data },
    { "Content-Security-Policy", "default-src 'none'; form-action 'none'" NOTHING_ELSE "; sandbox", is_download },
    { "X-Content-Type-Options", "nosniff",                                               always },
    { "Referrer-Policy", "same-origin",                                                  is_no_secret_link },
    { "Referrer-Policy", "strict-origin",                                                is_secret_link },
    { "Cross-Origin-Opener-Policy", "same-origin",                                       always },
    { "Cross-Origin-Resource-Policy", "same-origin",                                     always },
    { "Permissions-Policy", "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
      "fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
      "picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()", always },
    { "X-Frame-Options", "DENY",                                                         always },
    { "Strict-Transport-Security", "max-age=63072000",                                   is_https },
    { "Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"",                          is_logout },
    { "Vary", "Accept-Encoding",                                                         varies },
    { "Cache-Control", "no-store",                                                       keeps_nothing },
    { "Cache-Control", "no-cache",                                                       asks },
    { "Cache-Control", "public, max-age=31536000, immutable",                            keeps },
};
/* clang-format on */

void headers_each(const struct headers_of *of,
                  void (*add)(void *to, const char *name, const char *value), void *to)
{
    for (size_t i = 0; i < COUNT(table); i++)
        if (table[i].when(of))
            add(to, table[i].name, table[i].value);
}
