#include "domain/catalog/asked.h"

#include <string.h>

#include "base/err.h"
#include "base/tr.h"
#include "formats/cwe/cwe.h"

enum { VALUE_MAX = 1200 /* bytes */, YEAR_FIRST = 1970, YEAR_LAST = 9999, CHANCE_DIGITS = 5 };

/* ---- values ---- */

static bool read_words(struct str value, struct search *search)
{
    search->words = value;
    return str_code_points(value) <= SEARCH_WORDS_MAX;
}

static bool read_severity(struct str value, struct search *search)
{
    enum catalog_severity severity;
    struct str one;

    while (str_split(&value, ',', &one)) {
        if (!catalog_severity_from_name(one, &severity))
            return false;
        search->severities |= 1u << severity;
    }
    return true;
}

static bool read_source(struct str value, struct search *search)
{
    enum catalog_source source;

    search->source = value;
    return catalog_source_from_name(value, &source);
}

static bool read_vendor(struct str value, struct search *search)
{
    search->vendor = value;
    return true;
}

static bool read_product(struct str value, struct search *search)
{
    search->product = value;
    return true;
}

static bool read_cwe(struct str value, struct search *search)
{
    struct err ignored = { 0 };
    unsigned number;

    if (cwe_parse(value, &number)) {
        search->cwe = number;
        return true;
    }
    return str_to_int(value, 1, 99999, &search->cwe, &ignored);
}

static bool read_year(struct str value, struct search *search)
{
    struct err ignored = { 0 };
    int64_t year;

    if (!str_to_int(value, YEAR_FIRST, YEAR_LAST, &year, &ignored))
        return false;
    search->year = (int)year;
    return true;
}

static bool read_tick(struct str value, enum search_tick *out)
{
    *out = str_eq(value, STR("yes")) ? TICK_YES : str_eq(value, STR("no")) ? TICK_NO : TICK_ANY;
    return *out != TICK_ANY;
}

static bool read_kev(struct str value, struct search *search)
{
    return read_tick(value, &search->kev);
}

static bool read_embedded(struct str value, struct search *search)
{
    return read_tick(value, &search->is_embedded);
}

static bool read_ja(struct str value, struct search *search)
{
    return read_tick(value, &search->has_ja);
}

/* "0.1": a chance from 0 to 1, in 1/100000. */
static bool read_epss(struct str value, struct search *search)
{
    struct str fraction = value;
    struct err ignored = { 0 };
    int64_t n = 0;

    if (str_eq(value, STR("1"))) {
        search->epss_min = 100000;
        return true;
    }
    if (!str_skip(&fraction, STR("0.")) || fraction.len > CHANCE_DIGITS ||
        !str_to_int(fraction, 0, 99999, &n, &ignored) || fraction.ptr[0] == '-')
        return false;
    for (size_t i = fraction.len; i < CHANCE_DIGITS; i++)
        n *= 10;
    search->epss_min = (int)n;
    return true;
}

/* A day alone, in Japan. */
static bool read_day(struct str value, struct utc *out)
{
    struct err ignored = { 0 };

    return value.len == strlen("2026-11-21") && utc_parse(value, out, &ignored);
}

static bool read_from(struct str value, struct search *search)
{
    return read_day(value, &search->published_from);
}

static bool read_to(struct str value, struct search *search)
{
    if (!read_day(value, &search->published_to))
        return false;
    search->published_to = utc_add_days(search->published_to, 1);
    return true;
}

static bool read_rejected(struct str value, struct search *search)
{
    enum search_tick tick;
    bool is_read = read_tick(value, &tick);

    search->with_rejected = tick == TICK_YES;
    return is_read;
}

static bool read_sort(struct str value, struct search *search)
{
    static const char *const words[SEARCH_ORDERS] = {
        [ORDER_MODIFIED] = "modified",   [ORDER_PUBLISHED] = "published",
        [ORDER_SEVERITY] = "severity",   [ORDER_EPSS] = "epss",
        [ORDER_RELEVANCE] = "relevance",
    };

    for (int i = 0; i < SEARCH_ORDERS; i++) {
        if (!str_eq_z(value, words[i]))
            continue;
        search->order = (enum search_order)i;
        return true;
    }
    return false;
}

/* ---- parameters ---- */

#define YES_OR_NO N_("\"{value}\" is neither yes nor no ({name}).")
#define A_DAY     N_("\"{value}\" is not a day such as 2026-11-21 ({name}).")

/* clang-format off */
static const struct {
    const char *name;
    bool (*read)(struct str value, struct search *search);
    const char *wrong;
} params[SEARCH_PARAMS] = {
    [PARAM_WORDS]    = { "q",        read_words,    N_("The words may have at most 200 characters.") },
    [PARAM_SEVERITY] = { "severity", read_severity, N_("\"{value}\" is not a severity. It may be critical, high, medium, low, none or unknown, several with commas between.") },
    [PARAM_SOURCE]   = { "source",   read_source,   N_("\"{value}\" is not a source. It may be nvd, cve, osv, csaf, jvn or ours.") },
    [PARAM_VENDOR]   = { "vendor",   read_vendor,   N_("This vendor cannot be searched for.") },
    [PARAM_PRODUCT]  = { "product",  read_product,  N_("This product cannot be searched for.") },
    [PARAM_CWE]      = { "cwe",      read_cwe,      N_("\"{value}\" is not a number of CWE, such as 79.") },
    [PARAM_YEAR]     = { "year",     read_year,     N_("\"{value}\" is not a year with four digits.") },
    [PARAM_KEV]      = { "kev",      read_kev,      YES_OR_NO },
    [PARAM_EPSS]     = { "epss",     read_epss,     N_("\"{value}\" is not a probability from 0 to 1, such as 0.1.") },
    [PARAM_EMBEDDED] = { "embedded", read_embedded, YES_OR_NO },
    [PARAM_JA]       = { "ja",       read_ja,       YES_OR_NO },
    [PARAM_FROM]     = { "from",     read_from,     A_DAY },
    [PARAM_TO]       = { "to",       read_to,       A_DAY },
    [PARAM_REJECTED] = { "rejected", read_rejected, YES_OR_NO },
    [PARAM_SORT]     = { "sort",     read_sort,     N_("\"{value}\" is not an order. It may be modified, published, severity, epss or relevance.") },
};
/* clang-format on */

const char *search_param_name(enum search_param param) { return params[param].name; }

const char *search_param_wrong(enum search_param param) { return params[param].wrong; }

bool search_param_from_name(struct str name, enum search_param *out)
{
    for (size_t i = 0; i < SEARCH_PARAMS; i++) {
        if (!str_eq_z(name, params[i].name))
            continue;
        *out = (enum search_param)i;
        return true;
    }
    return false;
}

bool search_param_read(enum search_param param, struct str value, struct search *search)
{
    struct search asked = *search;

    if (value.len > VALUE_MAX || !str_is_plain(value, false) || !params[param].read(value, &asked))
        return false;
    *search = asked;
    return true;
}
