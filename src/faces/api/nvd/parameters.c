#include "faces/api/nvd/parameters.h"

#include "base/ascii.h"
#include "base/err.h"
#include "faces/api/nvd/nvd.h"

#define ON(interface) (1u << (interface))
enum {
    CVES = ON(NVD_CVES),
    CHANGES = ON(NVD_CHANGES),
    CPES = ON(NVD_CPES),
    MATCHES = ON(NVD_MATCHES),
    SOURCES = ON(NVD_SOURCES)
};

/* What was read; ranges and pairs are put together behind the last parameter. */
struct reading {
    struct arena *arena;
    enum nvd_interface interface;
    struct nvd_asked *out;
    struct {
        struct utc from, to;
    } published, modified, kev, changed;
    struct str cve, words, cpe_name, match_string, version[2]; /* start, end */
    bool is_exact, is_vulnerable, has_version_type[2], is_excluding[2];
    int64_t start, count;
};

static bool refuse(struct reading *r, struct str why)
{
    if (r->out->why.len == 0)
        r->out->why = why;
    return false;
}

/* ---- values ---- */

/* With a zone or without, then UTC; a '+' that was not quoted came as a blank. */
static bool to_time(struct str text, struct arena *arena, struct utc *out)
{
    struct buf buf = buf_new(arena, 64);
    struct err ignored = { 0 };
    size_t at = str_index(text, 'T');
    bool has_zone;

    if (text.len < 16 || text.len > 40 || at != 10)
        return false;
    for (size_t i = 0; i < text.len; i++)
        buf_byte(&buf, text.ptr[i] == ' ' ? '+' : text.ptr[i]);
    text = buf_str(&buf);
    at = text.len - str_drop(text, 10).len;
    has_zone = str_ends(text, STR("Z")) || str_contains(str_drop(text, at), STR("+")) ||
               str_contains(str_drop(text, at), STR("-"));
    if (!has_zone)
        text = arena_printf(arena, "%.*s%sZ", STR_ARG(text), text.len == 16 ? ":00" : "");
    return utc_parse(text, out, &ignored) && out->ms > 0;
}

static bool is_cve(struct str text)
{
    size_t digits = 0;

    if (!str_starts(text, STR("CVE-")) || text.len < 13 || text.len > 28 || text.ptr[8] != '-')
        return false;
    for (size_t i = 4; i < text.len; i++)
        digits += ascii_is_digit(text.ptr[i]);
    return digits == text.len - 5;
}

/* NVD takes the beginning of a name: the rest is open. */
static bool to_cpe(struct reading *r, struct str text, struct cpe *out)
{
    struct err ignored = { 0 };
    size_t colons = 0;

    if (text.len > CPE_TEXT_MAX || !str_starts(text, STR("cpe:2.3:")))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\\')
            i++;
        else
            colons += text.ptr[i] == ':';
    }
    for (; colons < 12; colons++)
        text = arena_printf(r->arena, "%.*s:*", STR_ARG(text));
    return cpe_parse(text, r->arena, out, &ignored);
}

/* ---- one parameter ---- */

typedef bool take(struct reading *r, struct str value, int argument);

static bool take_cve(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->cve = value;
    return is_cve(value);
}

static bool take_tag(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->out->cves.tag = value;
    return str_eq(value, STR("disputed")) || str_eq(value, STR("unsupported-when-assigned")) ||
           str_eq(value, STR("exclusively-hosted-service"));
}

static bool take_weakness(struct reading *r, struct str value, int argument)
{
    struct str rest = value;
    struct err ignored = { 0 };
    int64_t number;

    (void)argument;
    r->out->cves.mark = value;
    if (str_eq(value, STR("NVD-CWE-Other")) || str_eq(value, STR("NVD-CWE-noinfo")))
        return true;
    return str_skip(&rest, STR("CWE-")) && str_to_int(rest, 1, 999999, &number, &ignored);
}

/* argument: enum of the version; the words of a vector, some of them. */
static bool take_metrics(struct reading *r, struct str value, int argument)
{
    if (str_starts(value, STR("CVSS:")))
        value = str_drop(value, str_index(value, '/') + 1);
    r->out->cves.vectors[argument] = value;
    for (size_t i = 0; i < value.len; i++)
        if (!ascii_is_alnum(value.ptr[i]) && value.ptr[i] != ':' && value.ptr[i] != '/')
            return false;
    return value.len > 0 && value.len <= 200 && str_index(value, ':') < value.len;
}

static bool take_severity(struct reading *r, struct str value, int argument)
{
    static const char *const words[] = { "LOW", "MEDIUM", "HIGH", "CRITICAL" };
    size_t count = argument == NVD_V2 ? 3 : COUNT(words);

    for (size_t i = 0; i < count; i++) {
        if (!str_eq_nocase(value, str_from_z(words[i])))
            continue;
        r->out->cves.severities[argument] = argument == NVD_V2   ? FACT_V2_LOW << i
                                            : argument == NVD_V3 ? FACT_V3_NONE << (i + 1)
                                                                 : FACT_V4_NONE << (i + 1);
        return true;
    }
    return false;
}

/* Flags have no value; "hasKev=" and "hasKev" are one. argument: a fact */
static bool take_fact(struct reading *r, struct str value, int argument)
{
    r->out->cves.must |= (unsigned)argument;
    return value.len == 0;
}

static bool take_kev(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->out->cves.is_kev = true;
    return value.len == 0;
}

static bool take_no_rejected(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->out->cves.no_rejected = true;
    return value.len == 0;
}

static bool take_vulnerable(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->is_vulnerable = true;
    return value.len == 0;
}

static bool take_exact(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->is_exact = true;
    return value.len == 0;
}

static bool take_words(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->words = str_trim(value);
    return r->words.len > 0 && r->words.len <= NVD_WORDS_MAX && str_is_plain(value, false);
}

enum date {
    PUBLISHED_FROM,
    PUBLISHED_TO,
    MODIFIED_FROM,
    MODIFIED_TO,
    KEV_FROM,
    KEV_TO,
    CHANGED_FROM,
    CHANGED_TO
};

static bool take_date(struct reading *r, struct str value, int argument)
{
    struct utc *const places[] = {
        [PUBLISHED_FROM] = &r->published.from,
        [PUBLISHED_TO] = &r->published.to,
        [MODIFIED_FROM] = &r->modified.from,
        [MODIFIED_TO] = &r->modified.to,
        [KEV_FROM] = &r->kev.from,
        [KEV_TO] = &r->kev.to,
        [CHANGED_FROM] = &r->changed.from,
        [CHANGED_TO] = &r->changed.to,
    };

    return to_time(value, r->arena, places[argument]);
}

static bool take_source(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->out->source = value;
    return value.len > 0 && value.len <= CATALOG_ID_MAX && str_is_plain(value, false);
}

static bool take_event(struct reading *r, struct str value, int argument)
{
    static const char *const others[] = {
        "Initial Analysis",   "Reanalysis",        "CVE Translated",
        "Vendor Comment",     "CVE Source Update", "CPE Deprecation Remap",
        "CWE Remap",          "Modified Analysis", "Reference Tag Update",
        "CVE CISA KEV Update"
    };

    (void)argument;
    r->out->changes.event = value;
    for (size_t i = 0; i < COUNT(others); i++)
        if (str_eq_z(value, others[i]))
            return true;
    return nvd_is_event(value);
}

static bool take_cpe_name(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->cpe_name = value;
    return value.len > 0;
}

static bool take_match_string(struct reading *r, struct str value, int argument)
{
    (void)argument;
    r->match_string = value;
    return value.len > 0;
}

/* argument: 0 start, 1 end */
static bool take_version(struct reading *r, struct str value, int argument)
{
    r->version[argument] = value;
    return value.len > 0 && value.len <= 200 && str_is_plain(value, false);
}

static bool take_version_type(struct reading *r, struct str value, int argument)
{
    r->has_version_type[argument] = true;
    r->is_excluding[argument] = str_eq(value, STR("excluding"));
    return r->is_excluding[argument] || str_eq(value, STR("including"));
}

/* argument: whose id */
static bool take_id(struct reading *r, struct str value, int argument)
{
    if (argument == CPES)
        r->out->names_of_match = value;
    else
        r->out->cpes.id = value;
    return value.len == 36 && str_is_plain(value, false);
}

static bool take_start(struct reading *r, struct str value, int argument)
{
    struct err ignored = { 0 };

    (void)argument;
    return str_to_int(value, 0, INT32_MAX, &r->start, &ignored);
}

static int64_t most_of(enum nvd_interface interface)
{
    static const int64_t most[] = { [NVD_CVES] = NVD_CVES_MAX,
                                    [NVD_CHANGES] = NVD_CHANGES_MAX,
                                    [NVD_CPES] = NVD_CPES_MAX,
                                    [NVD_MATCHES] = NVD_MATCHES_MAX,
                                    [NVD_SOURCES] = NVD_SOURCES_MAX };

    return most[interface];
}

static bool take_count(struct reading *r, struct str value, int argument)
{
    struct err ignored = { 0 };

    (void)argument;
    if (!str_to_int(value, 0, INT32_MAX, &r->count, &ignored))
        return false;
    return r->count <= most_of(r->interface)
               ? true
               : refuse(r, arena_printf(r->arena, "resultsPerPage parameter cannot exceed %lld.",
                                        (long long)most_of(r->interface)));
}

/* clang-format off */
static const struct parameter {
    const char *name;
    unsigned on; /* interfaces that know it */
    take *take;
    int argument;
} parameters[] = {
    { "cveId",               CVES | CHANGES | MATCHES, take_cve, 0 },
    { "cpeName",             CVES, take_cpe_name, 0 },
    { "virtualMatchString",  CVES, take_match_string, 0 },
    { "cpeMatchString",      CPES, take_match_string, 0 },
    { "matchStringSearch",   MATCHES, take_match_string, 0 },
    { "versionStart",        CVES, take_version, 0 },
    { "versionEnd",          CVES, take_version, 1 },
    { "versionStartType",    CVES, take_version_type, 0 },
    { "versionEndType",      CVES, take_version_type, 1 },
    { "isVulnerable",        CVES, take_vulnerable, 0 },
    { "cveTag",              CVES, take_tag, 0 },
    { "cweId",               CVES, take_weakness, 0 },
    { "cvssV2Metrics",       CVES, take_metrics, NVD_V2 },
    { "cvssV3Metrics",       CVES, take_metrics, NVD_V3 },
    { "cvssV4Metrics",       CVES, take_metrics, NVD_V4 },
    { "cvssV2Severity",      CVES, take_severity, NVD_V2 },
    { "cvssV3Severity",      CVES, take_severity, NVD_V3 },
    { "cvssV4Severity",      CVES, take_severity, NVD_V4 },
    { "hasCertAlerts",       CVES, take_fact, FACT_CERT_ALERT },
    { "hasCertNotes",        CVES, take_fact, FACT_CERT_NOTE },
    { "hasOval",             CVES, take_fact, FACT_OVAL },
    { "hasKev",              CVES, take_kev, 0 },
    { "noRejected",          CVES, take_no_rejected, 0 },
    { "kevStartDate",        CVES, take_date, KEV_FROM },
    { "kevEndDate",          CVES, take_date, KEV_TO },
    { "pubStartDate",        CVES, take_date, PUBLISHED_FROM },
    { "pubEndDate",          CVES, take_date, PUBLISHED_TO },
    { "lastModStartDate",    CVES | CPES | MATCHES | SOURCES, take_date, MODIFIED_FROM },
    { "lastModEndDate",      CVES | CPES | MATCHES | SOURCES, take_date, MODIFIED_TO },
    { "changeStartDate",     CHANGES, take_date, CHANGED_FROM },
    { "changeEndDate",       CHANGES, take_date, CHANGED_TO },
    { "eventName",           CHANGES, take_event, 0 },
    { "sourceIdentifier",    CVES | SOURCES, take_source, 0 },
    { "keywordSearch",       CVES | CPES, take_words, 0 },
    { "keywordExactMatch",   CVES | CPES, take_exact, 0 },
    { "cpeNameId",           CPES, take_id, 0 },
    { "matchCriteriaId",     CPES, take_id, CPES },
    { "matchCriteriaId",     MATCHES, take_id, 0 },
    { "startIndex",          CVES | CHANGES | CPES | MATCHES | SOURCES, take_start, 0 },
    { "resultsPerPage",      CVES | CHANGES | CPES | MATCHES | SOURCES, take_count, 0 },
};
/* clang-format on */

static const struct parameter *find(enum nvd_interface interface, struct str name)
{
    for (size_t i = 0; i < COUNT(parameters); i++)
        if ((parameters[i].on & ON(interface)) &&
            str_eq_nocase(name, str_from_z(parameters[i].name)))
            return &parameters[i];
    return NULL;
}

const char *nvd_parameter_name(enum nvd_interface interface, size_t n)
{
    for (size_t i = 0; i < COUNT(parameters); i++)
        if ((parameters[i].on & ON(interface)) && n-- == 0)
            return parameters[i].name;
    return NULL;
}

/* ---- what goes together ---- */

/* Both ends, in order, and not too far apart. */
static bool put_range(struct reading *r, const char *name, struct utc from, struct utc to,
                      struct nvd_time *out)
{
    if (from.ms == 0 && to.ms == 0)
        return true;
    if (from.ms == 0 || to.ms == 0)
        return refuse(
            r, arena_printf(r->arena, "%sStartDate and %sEndDate must both be there.", name, name));
    if (to.ms < from.ms || to.ms - from.ms > NVD_DAYS_MAX * UTC_DAY)
        return refuse(r, arena_printf(r->arena,
                                      "%sEndDate must be at most %d days behind %sStartDate.", name,
                                      NVD_DAYS_MAX, name));
    *out = (struct nvd_time){ from, to };
    return true;
}

/* A whole name: what it is and which version. */
static bool put_cpe_name(struct reading *r, struct nvd_name *out)
{
    static const enum cpe_attribute needed[] = { CPE_PART, CPE_VENDOR, CPE_PRODUCT, CPE_VERSION };

    if (r->cpe_name.len == 0)
        return r->is_vulnerable ? refuse(r, STR("isVulnerable goes with cpeName.")) : true;
    if (r->match_string.len > 0)
        return refuse(r, STR("cpeName and virtualMatchString cannot be used together."));
    if (!to_cpe(r, r->cpe_name, &out->cpe))
        return refuse(r, STR("Invalid cpeName parameter."));
    for (size_t i = 0; i < COUNT(needed); i++)
        if (cpe_is_any(out->cpe.field[needed[i]]) ||
            (needed[i] != CPE_VERSION && cpe_is_na(out->cpe.field[needed[i]])))
            return refuse(r, STR("cpeName must tell part, vendor, product and version."));
    out->is_set = true;
    out->is_vulnerable = r->is_vulnerable;
    return true;
}

static bool put_versions(struct reading *r, struct nvd_name *out)
{
    for (int i = 0; i < 2; i++)
        if ((r->version[i].len > 0) != r->has_version_type[i])
            return refuse(r, i == 0 ? STR("versionStart and versionStartType go together.")
                                    : STR("versionEnd and versionEndType go together."));
    if (r->version[0].len + r->version[1].len > 0 && r->match_string.len == 0)
        return refuse(r, STR("versionStart and versionEnd go with virtualMatchString."));
    out->from = r->version[0];
    out->from_is_excluded = r->is_excluding[0];
    out->to = r->version[1];
    out->to_is_included = r->has_version_type[1] && !r->is_excluding[1];
    return true;
}

/* Without a vendor it would be about everything. */
static bool put_match_string(struct reading *r, struct nvd_name *out)
{
    if (r->match_string.len == 0)
        return true;
    if (!to_cpe(r, r->match_string, &out->cpe))
        return refuse(r, STR("The match string is no CPE name."));
    if (cpe_is_any(out->cpe.field[CPE_VENDOR]))
        return refuse(r, STR("The match string must tell the vendor."));
    out->is_set = true;
    return true;
}

static bool put_page(struct reading *r)
{
    size_t offset = (size_t)r->start, limit = (size_t)r->count;

    r->out->cves.offset = r->out->changes.offset = r->out->cpes.offset = offset;
    r->out->cves.limit = r->out->changes.limit = r->out->cpes.limit = limit;
    return true;
}

static bool put_words(struct reading *r)
{
    if (r->is_exact && r->words.len == 0)
        return refuse(r, STR("keywordExactMatch goes with keywordSearch."));
    r->out->cves.words = r->out->cpes.words = r->words;
    r->out->cves.is_phrase = r->out->cpes.is_phrase = r->is_exact;
    return true;
}

static void put_together(struct reading *r)
{
    struct nvd_asked *out = r->out;
    struct nvd_name *name = r->interface == NVD_CVES ? &out->cves.name : &out->cpes.name;

    out->cves.cve = out->changes.cve = out->match_of_cve = r->cve;
    out->cves.origin = out->source;
    if (!put_range(r, "pub", r->published.from, r->published.to, &out->cves.published) ||
        !put_range(r, "lastMod", r->modified.from, r->modified.to, &out->cves.modified) ||
        !put_range(r, "kev", r->kev.from, r->kev.to, &out->cves.kev_added) ||
        !put_range(r, "change", r->changed.from, r->changed.to, &out->changes.at) ||
        !put_words(r) || !put_cpe_name(r, name) || !put_versions(r, name) ||
        !put_match_string(r, name) || !put_page(r))
        return;
    out->cpes.modified = out->cves.modified;
}

void nvd_parameters(enum nvd_interface interface, const struct fields *query, struct arena *arena,
                    struct nvd_asked *out)
{
    struct reading r = { .arena = arena, .interface = interface, .out = out };

    *out = (struct nvd_asked){ 0 };
    r.count = most_of(interface);
    for (size_t i = 0; i < query->len; i++) {
        const struct parameter *parameter = find(interface, query->at[i].name);

        if (!parameter) {
            refuse(&r, arena_printf(arena, "Unknown parameter: %.*s.",
                                    STR_ARG(str_take_code_points(query->at[i].name, 64))));
            return;
        }
        if (!parameter->take(&r, query->at[i].value, parameter->argument)) {
            refuse(&r, arena_printf(arena, "Invalid %s parameter.", parameter->name));
            return;
        }
    }
    put_together(&r);
}
