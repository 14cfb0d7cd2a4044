#include "faces/api/myjvn/request.h"

#include "base/ascii.h"
#include "base/err.h"
#include "faces/api/myjvn/parameters.h"
#include "formats/cpe/cpe.h"
#include "formats/cvss/cvss.h"
#include "formats/cwe/cwe.h"

enum { KEYWORD_MAX = 200, STATISTICS_MAX = 10000, FIRST_YEAR = 1970 };

/* ---- methods ---- */

static const struct {
    struct str name, prefix; /* of its error codes */
    int64_t most;
} methods[] = {
    [METHOD_VENDORS] = { STR_INIT("getVendorList"), STR_INIT("VN"), MYJVN_LIST_MAX },
    [METHOD_PRODUCTS] = { STR_INIT("getProductList"), STR_INIT("PR"), MYJVN_LIST_MAX },
    [METHOD_OVERVIEW] = { STR_INIT("getVulnOverviewList"), STR_INIT("VL"), 50 },
    [METHOD_DETAIL] = { STR_INIT("getVulnDetailInfo"), STR_INIT("VD"), 10 },
    [METHOD_STATISTICS] = { STR_INIT("getStatistics"), STR_INIT("VS"), STATISTICS_MAX },
    [METHOD_ALERTS] = { STR_INIT("getAlertList"), STR_INIT("AL"), 50 },
};
static const struct str legacy[] = {
    STR_INIT("getCvrfInfo"),      STR_INIT("getOvalList"),  STR_INIT("getOvalData"),
    STR_INIT("getXccdfList"),     STR_INIT("getXccdfData"), STR_INIT("getCPEdictionary"),
    STR_INIT("getCPEDictionary"),
};

int64_t myjvn_most(enum myjvn_method method)
{
    return (size_t)method < COUNT(methods) ? methods[method].most : -1;
}

struct str myjvn_method_name(enum myjvn_method method)
{
    return (size_t)method < COUNT(methods) ? methods[method].name : STR_NONE;
}

static enum myjvn_method method_of(struct str name)
{
    for (size_t i = 0; i < COUNT(methods); i++)
        if (str_eq(name, methods[i].name))
            return (enum myjvn_method)i;
    for (size_t i = 0; i < COUNT(legacy); i++)
        if (str_eq(name, legacy[i]))
            return METHOD_LEGACY;
    return METHOD_UNKNOWN;
}

/* ---- faults ---- */

enum fault {
    FAULT_FEED,
    FAULT_METHOD,
    FAULT_LEGACY,
    FAULT_MISSING,
    FAULT_START,
    FAULT_COUNT,
    FAULT_LANG,
    FAULT_CPE,
    FAULT_NUMBER,
    FAULT_MANY,
    FAULT_TWO,
    FAULT_KEYWORD,
    FAULT_SEVERITY,
    FAULT_VECTOR,
    FAULT_ID_PREFIX,
    FAULT_ID,
    FAULT_THEME,
    FAULT_TYPE,
    FAULT_CWE,
    FAULT_RANGE,
    FAULT_DATE,
    FAULT_DATES,
    FAULT_YEAR,
    FAULT_FT,
    FAULT_SERVER
};
/* Codes of the service itself where one was seen (01020003, 01030602, 06030970, 0703019, 02990356, XX00000001), others beside them: docs/myjvn.md. */
static const struct {
    const char *code; /* behind the method's prefix, or with XX */
    const char *words;
} faults[] = {
    [FAULT_FEED] = { "XX00000001", N_("{name}: there is no such version of the interface.") },
    [FAULT_METHOD] = { "XX00000002", N_("{name}: there is no such method.") },
    [FAULT_LEGACY] = { "XX00000003", N_("{name}: this method is no longer offered.") },
    [FAULT_MISSING] = { "01010001", N_("{name} is needed.") },
    [FAULT_START] = { "01020003", N_("{name} can only be a positive whole number.") },
    [FAULT_COUNT] = { "01020004", N_("{name} can only be a whole number from 1 to {max}.") },
    [FAULT_LANG] = { "01020005", N_("{name} can only be ja or en.") },
    [FAULT_CPE] = { "02010001", N_("{name} is not a CPE name as this method takes it.") },
    [FAULT_NUMBER] = { "02010002", N_("{name} can only be numbers.") },
    [FAULT_MANY] = { "02010003", N_("{name} holds too many values.") },
    [FAULT_TWO] = { "02020001",
                    N_("Only one of cpeName, vendorId and productId can be given: {name}.") },
    [FAULT_KEYWORD] = { "02030001", N_("{name} is too long, or holds control characters.") },
    [FAULT_SEVERITY] = { "03010001", N_("{name} can only be n, l, m, h or c.") },
    [FAULT_VECTOR] = { "03010002", N_("{name} is not a vector of the base metrics of CVSS v3.") },
    [FAULT_ID_PREFIX] = { "01030602", N_("{name} can only begin with \"JVNDB\".") },
    [FAULT_ID] = { "01030603", N_("{name} can only be of the form JVNDB-YYYY-NNNNNN.") },
    [FAULT_THEME] = { "05010001", N_("{name} can only be sumAll, sumJvnDb, sumCvss or sumCwe.") },
    [FAULT_TYPE] = { "05010002", N_("{name} can only be y, q or m.") },
    [FAULT_CWE] = { "05010003", N_("{name} can only be of the form CWE-N.") },
    [FAULT_RANGE] = { "06010001", N_("{name} can only be n, w or m.") },
    [FAULT_DATE] = { "06020001", N_("{name} is not a year, a month or a day.") },
    [FAULT_DATES] = { "06030970", N_("The combination of dates is not valid: {name}.") },
    [FAULT_YEAR] = { "0703019", N_("{name} can only be digits from 1 to 9999.") },
    [FAULT_FT] = { "0704001", N_("{name} can only be xml or json.") },
    [FAULT_SERVER] = { "02990356", N_("The answer could not be made.") },
};

struct reading {
    const struct fields *query, *form;
    struct str own;
    struct utc now;
    struct arena *arena;
    struct myjvn_request *out;
};

/* Always false. */
static bool refuse(const struct reading *r, enum fault fault, const char *name)
{
    struct myjvn_request *out = r->out;
    const char *code = faults[fault].code;
    struct str max = arena_printf(r->arena, "%lld", (long long)myjvn_most(out->method)),
               prefix =
                   (size_t)out->method < COUNT(methods) ? methods[out->method].prefix : STR("XX");

    out->status.error =
        code[0] == 'X' ? str_from_z(code) : arena_printf(r->arena, "%.*s%s", STR_ARG(prefix), code);
    out->status.message = tr_fill(r->arena, out->lang, faults[fault].words,
                                  TR_ARGS({ "name", str_from_z(name) }, { "max", max }));
    out->status.max = -1;
    return false;
}

void myjvn_fail(struct myjvn_request *request, struct arena *arena)
{
    const struct reading r = { .arena = arena, .out = request };

    request->status.total = request->status.returned = request->status.first = -1;
    request->status.largest = -1;
    (void)refuse(&r, FAULT_SERVER, "");
}

/* ---- values ---- */

static struct str field_of(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->len; i++)
        if (str_eq_z(fields->at[i].name, name) && fields->at[i].value.len > 0)
            return fields->at[i].value;
    return STR_NONE;
}

/* The first that is not empty, of the form first. Of a method that has no such parameter: none. */
static struct str value_of(const struct reading *r, const char *name)
{
    struct str value;

    if (!myjvn_is_parameter_of(str_from_z(name), r->out->method))
        return STR_NONE;
    value = field_of(r->form, name);
    return value.len > 0 ? value : field_of(r->query, name);
}

static bool number_of(struct str text, int64_t min, int64_t max, int64_t *out)
{
    struct err ignored = { 0 };

    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.ptr[i]))
            return false;
    return str_to_int(text, min, max, out, &ignored);
}

/* The next of a list: '+' as it is sent in two ways, and a blank. */
static bool next_of(struct str *rest, struct str *out)
{
    while (rest->len > 0 && (rest->ptr[0] == '+' || rest->ptr[0] == ' '))
        *rest = str_drop(*rest, 1);
    for (size_t i = 0; i < rest->len; i++) {
        if (rest->ptr[i] == '+' || rest->ptr[i] == ' ') {
            *out = str_take(*rest, i);
            *rest = str_drop(*rest, i);
            return true;
        }
    }
    *out = *rest;
    *rest = STR_NONE;
    return out->len > 0;
}

static bool read_numbers(const struct reading *r, const char *name, struct myjvn_numbers *out)
{
    struct str rest = value_of(r, name), one;

    while (next_of(&rest, &one)) {
        int64_t n;

        if (!number_of(one, 0, INT64_MAX, &n))
            return refuse(r, FAULT_NUMBER, name);
        if (out->len == MYJVN_NAMED_MAX)
            return refuse(r, FAULT_MANY, name);
        VEC_PUSH(r->arena, out, n);
    }
    return true;
}

/* "cpe:/a:vendor:product", each part with '*' in it or not. parts: at most, 2 for a vendor */
static bool is_cpe(struct str name, size_t parts)
{
    size_t count = 1;

    if (name.len > CPE_TEXT_MAX || name.len < 6 || !str_eq_nocase(str_take(name, 5), STR("cpe:/")))
        return false;
    name = str_drop(name, 5);
    if (!(name.ptr[0] == ':' ||
          (name.len > 1 && name.ptr[1] == ':' && str_index(STR("hoaHOA*"), name.ptr[0]) < 7)))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (c == ':' && ++count > parts)
            return false;
        if (c != ':' && !ascii_is_alnum(c) && str_index(STR("._-~%*"), c) == 6)
            return false;
    }
    return count >= 2;
}

static bool read_cpes(const struct reading *r, size_t parts, struct myjvn_texts *out)
{
    struct str rest = value_of(r, "cpeName"), one;

    while (next_of(&rest, &one)) {
        if (!is_cpe(one, parts))
            return refuse(r, FAULT_CPE, "cpeName");
        if (out->len == MYJVN_NAMED_MAX)
            return refuse(r, FAULT_MANY, "cpeName");
        VEC_PUSH(r->arena, out, one);
    }
    return true;
}

static bool read_keyword(const struct reading *r)
{
    struct str keyword = value_of(r, "keyword");

    if (!str_is_utf8(keyword) || !str_is_plain(keyword, false) ||
        str_code_points(keyword) > KEYWORD_MAX)
        return refuse(r, FAULT_KEYWORD, "keyword");
    r->out->search.choice.keyword = keyword;
    return true;
}

static bool read_choice(const struct reading *r)
{
    struct myjvn_choice *choice = &r->out->search.choice;
    bool is_of_vendors = r->out->method == METHOD_VENDORS;

    if (!read_cpes(r, is_of_vendors ? 2 : 3, &choice->cpes) ||
        (!is_of_vendors && (!read_numbers(r, "vendorId", &choice->vendors) ||
                            !read_numbers(r, "productId", &choice->products))) ||
        !read_keyword(r))
        return false;
    return (choice->cpes.len > 0) + (choice->vendors.len > 0) + (choice->products.len > 0) < 2
               ? true
               : refuse(r, FAULT_TWO, choice->products.len > 0 ? "productId" : "vendorId");
}

static bool read_paging(const struct reading *r)
{
    struct str start = value_of(r, "startItem"), count = value_of(r, "maxCountItem");
    struct myjvn_request *out = r->out;

    out->start = 1;
    out->count = myjvn_most(out->method);
    if (start.len > 0 && !number_of(start, 1, INT32_MAX, &out->start))
        return refuse(r, FAULT_START, "startItem");
    if (count.len > 0 && !number_of(count, 1, myjvn_most(out->method), &out->count))
        return refuse(r, FAULT_COUNT, "maxCountItem");
    out->search.offset = out->start - 1;
    out->search.limit = out->count;
    return true;
}

/* ---- dates ---- */

struct day {
    int64_t year, month, day; /* 0: not given */
};

static bool read_part(const struct reading *r, const char *name, char part, int64_t min,
                      int64_t max, int64_t *out)
{
    const char *whole = arena_z(r->arena, arena_printf(r->arena, "%s%c", name, part));
    struct str value = value_of(r, whole);

    *out = 0;
    if (value.len == 0)
        return true;
    return (part != 'Y' || value.len == 4) && number_of(value, min, max, out)
               ? true
               : refuse(r, FAULT_DATE, whole);
}

static bool read_day(const struct reading *r, const char *name, struct day *out)
{
    if (!read_part(r, name, 'Y', 1, 9999, &out->year) ||
        !read_part(r, name, 'M', 1, 12, &out->month) || !read_part(r, name, 'D', 1, 31, &out->day))
        return false;
    if ((out->month != 0 && out->year == 0) || (out->day != 0 && out->month == 0))
        return refuse(r, FAULT_DATES, name);
    return true;
}

/* Where the day, month or year begins in Japan. Years before 1970 begin where time does; false: there is no such day. */
static bool begin_of(const struct day *day, struct utc *out)
{
    struct civil civil = { .year = (int)day->year,
                           .month = day->month ? (int)day->month : 1,
                           .day = day->day ? (int)day->day : 1 };

    if (day->year < FIRST_YEAR) {
        out->ms = 1;
        return true;
    }
    if (!civil_is_valid(civil))
        return false;
    *out = utc_from_jst(civil);
    return true;
}

/* Where what comes behind it begins. */
static bool end_of(const struct day *day, struct utc *out)
{
    if (!begin_of(day, out))
        return false;
    if (day->year < FIRST_YEAR)
        return true;
    *out = day->day     ? utc_add_days(*out, 1)
           : day->month ? utc_add_months(*out, 1)
                        : utc_add_months(*out, 12);
    return true;
}

/* "w": the last seven days and today. */
static bool read_range(const struct reading *r, const char *name, struct str otherwise,
                       struct myjvn_span *out)
{
    struct civil today = utc_to_jst(r->now);
    struct utc midnight =
        utc_from_jst((struct civil){ .year = today.year, .month = today.month, .day = today.day });
    struct str range = value_of(r, name);

    if (range.len == 0)
        range = otherwise;
    if (str_eq(range, STR("w")))
        out->from = utc_add_days(midnight, -7);
    else if (str_eq(range, STR("m")))
        out->from = utc_add_months(midnight, -1);
    else if (!str_eq(range, STR("n")))
        return refuse(r, FAULT_RANGE, name);
    return true;
}

/* Without dates of its own a dimension is that of the last week, which surprises everybody but is so. A range beside dates holds as well. */
static bool read_span(const struct reading *r, const char *range, const char *name,
                      struct myjvn_span *out)
{
    const char *start = arena_z(r->arena, arena_printf(r->arena, "%sStart", name)),
               *end = arena_z(r->arena, arena_printf(r->arena, "%sEnd", name));
    struct day from, to;
    struct utc first = { 0 };

    if (!read_day(r, start, &from) || !read_day(r, end, &to) ||
        !read_range(r, range, from.year || to.year ? STR("n") : STR("w"), out))
        return false;
    if (from.year && !begin_of(&from, &first))
        return refuse(r, FAULT_DATES, start);
    if (first.ms > out->from.ms)
        out->from = first;
    if (to.year && !end_of(&to, &out->to))
        return refuse(r, FAULT_DATES, end);
    if (from.year && to.year && out->to.ms <= first.ms)
        return refuse(r, FAULT_DATES, end);
    return true;
}

/* ---- each method ---- */

static bool read_severity(const struct reading *r)
{
    struct str value = value_of(r, "severity"), words = STR("nlmhc"); /* as enum cvss_severity */
    size_t at;

    r->out->search.severity = MYJVN_SEVERITY_ANY;
    if (value.len == 0)
        return true;
    at = str_index(words, value.ptr[0]);
    if (value.len != 1 || at == words.len)
        return refuse(r, FAULT_SEVERITY, "severity");
    r->out->search.severity = (int)at;
    return true;
}

static bool read_vector(const struct reading *r)
{
    struct str value = value_of(r, "vector");
    struct err ignored = { 0 };
    struct cvss cvss;

    if (value.len == 0)
        return true;
    if (!cvss_parse(value, &cvss, &ignored) ||
        (cvss.version != CVSS_3_0 && cvss.version != CVSS_3_1))
        return refuse(r, FAULT_VECTOR, "vector");
    cvss = cvss_base_part(&cvss);
    cvss.version = CVSS_3_0;
    r->out->search.vector = cvss_text(&cvss, r->arena);
    return true;
}

static bool read_overview(const struct reading *r)
{
    struct myjvn_search *search = &r->out->search;

    return read_paging(r) && read_choice(r) && read_severity(r) && read_vector(r) &&
           read_span(r, "rangeDatePublic", "datePublic", &search->made_public) &&
           read_span(r, "rangeDatePublished", "datePublished", &search->modified) &&
           read_span(r, "rangeDateFirstPublished", "dateFirstPublished", &search->issued);
}

/* "JVNDB-2025-002953", or the same behind the prefix of our own series. */
static bool has_form(const struct reading *r, struct str id)
{
    struct str rest = id;

    if (r->own.len > 0 && str_skip(&rest, r->own))
        id = arena_printf(r->arena, "JVNDB%.*s", STR_ARG(rest));
    return myjvn_is_name(id) ? true : refuse(r, FAULT_ID, "vulnId");
}

static bool read_detail(const struct reading *r)
{
    struct str rest = value_of(r, "vulnId"), one;

    if (rest.len == 0)
        return refuse(r, FAULT_MISSING, "vulnId");
    if (!read_paging(r))
        return false;
    while (next_of(&rest, &one)) {
        if (!str_starts(one, STR("JVNDB")) && !(r->own.len > 0 && str_starts(one, r->own)))
            return refuse(r, FAULT_ID_PREFIX, "vulnId");
        if (!has_form(r, one))
            return false;
        if (r->out->ids.len == MYJVN_NAMED_MAX)
            return refuse(r, FAULT_MANY, "vulnId");
        VEC_PUSH(r->arena, &r->out->ids, one);
    }
    return r->out->ids.len > 0 ? true : refuse(r, FAULT_MISSING, "vulnId");
}

static bool read_months(const struct reading *r)
{
    struct myjvn_counting *counting = &r->out->counting;
    struct civil now = utc_to_jst(r->now);
    int last = 12 * now.year + now.month - 1;
    struct day from = { 0 }, to = { 0 };

    if (!read_part(r, "datePublicStart", 'Y', 1, 9999, &from.year) ||
        !read_part(r, "datePublicStart", 'M', 1, 12, &from.month) ||
        !read_part(r, "datePublicEnd", 'Y', 1, 9999, &to.year) ||
        !read_part(r, "datePublicEnd", 'M', 1, 12, &to.month))
        return false;
    if ((from.month && !from.year) || (to.month && !to.year))
        return refuse(r, FAULT_DATES,
                      from.month && !from.year ? "datePublicStartM" : "datePublicEndM");
    if (counting->period != PERIOD_MONTH)
        from.month = to.month = 0;
    if (from.year)
        counting->from = (int)(12 * from.year + (from.month ? from.month - 1 : 0));
    if (to.year)
        counting->to = (int)(12 * to.year + (to.month ? to.month - 1 : 11));
    if ((to.year && counting->to < counting->from) || counting->from > last)
        return refuse(r, FAULT_DATES, "datePublicStartY");
    /* What no entry can be in would be rows without end. */
    if (from.year && counting->from < 12 * FIRST_YEAR)
        counting->from = 12 * FIRST_YEAR;
    if (counting->to > last)
        counting->to = last;
    return !to.year || counting->to >= 12 * FIRST_YEAR ? true
                                                       : refuse(r, FAULT_DATES, "datePublicEndY");
}

static bool read_cwe(const struct reading *r)
{
    struct str value = value_of(r, "cweId");
    struct myjvn_request *out = r->out;
    unsigned number;

    if (value.len > 0 && !cwe_parse(value, &number) && !str_eq(value, STR("CWE-Other")) &&
        !str_eq(value, STR("CWE-noinfo")))
        return refuse(r, FAULT_CWE, "cweId");
    if (value.len == 0 && out->has_cwe && !out->has_all)
        return refuse(r, FAULT_MISSING, "cweId");
    out->has_cwe = out->has_cwe && value.len > 0;
    out->counting.weakness = value;
    return true;
}

static bool read_statistics(const struct reading *r)
{
    struct str theme = value_of(r, "theme"), type = value_of(r, "type"), pid = value_of(r, "pid"),
               types = STR("yqm");
    struct myjvn_request *out = r->out;
    struct myjvn_texts cpes = { 0 };
    bool is_all = str_eq(theme, STR("sumAll"));

    if (theme.len == 0)
        return refuse(r, FAULT_MISSING, "theme");
    out->has_all = is_all || str_eq(theme, STR("sumJvnDb"));
    out->has_cvss = is_all || str_eq(theme, STR("sumCvss"));
    out->has_cwe = is_all || str_eq(theme, STR("sumCwe"));
    if (!out->has_all && !out->has_cvss && !out->has_cwe)
        return refuse(r, FAULT_THEME, "theme");
    if (type.len > 0) {
        size_t at = str_index(types, type.ptr[0]);

        if (type.len != 1 || at == types.len)
            return refuse(r, FAULT_TYPE, "type");
        out->counting.period = (enum myjvn_period)at;
    }
    if (!read_cwe(r))
        return false;
    if (pid.len > 0 && !number_of(pid, 1, INT64_MAX, &out->counting.pid))
        return refuse(r, FAULT_NUMBER, "pid");
    if (!read_cpes(r, 3, &cpes))
        return false;
    if (cpes.len > 1)
        return refuse(r, FAULT_MANY, "cpeName");
    out->counting.cpe = cpes.len > 0 ? myjvn_pattern(cpes.at[0], r->arena) : STR_NONE;
    return read_months(r);
}

static bool read_year(const struct reading *r, const char *name, int64_t *out)
{
    struct str value = value_of(r, name);

    return value.len == 0 || number_of(value, 1, 9999, out) ? true : refuse(r, FAULT_YEAR, name);
}

static bool read_alerts(const struct reading *r)
{
    struct str ft = value_of(r, "ft");

    if (ft.len > 0 && !r->out->is_json && !str_eq(ft, STR("xml")))
        return refuse(r, FAULT_FT, "ft");
    return read_paging(r) && read_cpes(r, 3, &r->out->search.choice.cpes) &&
           read_year(r, "datePublished", &r->out->updated_year) &&
           read_year(r, "dateFirstPublished", &r->out->issued_year);
}

static bool read_method(const struct reading *r)
{
    switch (r->out->method) {
    case METHOD_VENDORS:
    case METHOD_PRODUCTS:
        return read_paging(r) && read_choice(r);
    case METHOD_OVERVIEW:
        return read_overview(r);
    case METHOD_DETAIL:
        return read_detail(r);
    case METHOD_STATISTICS:
        return read_statistics(r);
    case METHOD_ALERTS:
        return read_alerts(r);
    case METHOD_LEGACY:
        return refuse(r, FAULT_LEGACY, "method");
    default:
        return refuse(r, FAULT_METHOD, "method");
    }
}

/* ---- the whole ---- */

static void echo(const struct reading *r, const struct fields *fields)
{
    struct myjvn_status *status = &r->out->status;

    for (size_t i = 0; i < fields->len; i++) {
        const struct field *field = &fields->at[i];
        bool is_there = false;

        for (size_t k = 0; k < status->echoes.len; k++)
            is_there = is_there || str_eq(status->echoes.at[k].name, field->name);
        if (!is_there && field->value.len > 0 && myjvn_is_echoed(field->name))
            VEC_PUSH(r->arena, &status->echoes, (struct myjvn_echo){ field->name, field->value });
    }
}

static void set_status(const struct reading *r, struct str method, struct str feed)
{
    struct myjvn_request *out = r->out;

    out->status =
        (struct myjvn_status){ .method = method,
                               .lang =
                                   out->method == METHOD_ALERTS ? STR_NONE : lang_code(out->lang),
                               .max = myjvn_most(out->method),
                               .largest = -1,
                               .total = -1,
                               .returned = -1,
                               .first = -1 };
    if (str_eq(feed, STR("hnd")) || str_eq(feed, STR("itm")))
        out->status.feed = feed;
    out->status.version = str_eq(feed, STR("itm")) ? MYJVN_ITM : MYJVN_HND;
    echo(r, r->form);
    echo(r, r->query);
}

bool myjvn_read_request(const struct fields *query, const struct fields *form, struct str own,
                        struct utc now, struct arena *arena, struct myjvn_request *out)
{
    const struct reading r = { query, form, own, now, arena, out };
    struct str method, feed, lang;

    *out = (struct myjvn_request){ .method = METHOD_UNKNOWN };
    method = value_of(&r, "method");
    feed = value_of(&r, "feed");
    lang = value_of(&r, "lang");
    out->method = method_of(method);
    if (str_eq(lang, STR("en")))
        out->lang = LANG_EN;
    out->search.lang = out->lang;
    out->search.severity = MYJVN_SEVERITY_ANY;
    out->is_json = str_eq(value_of(&r, "ft"), STR("json"));
    set_status(&r, method, feed);
    /* The first version did not ask for a feed, and is still spoken. */
    if (feed.len > 0 && !str_eq(feed, STR("hnd")) &&
        !(str_eq(feed, STR("itm")) && out->method == METHOD_STATISTICS))
        return refuse(&r, FAULT_FEED, "feed");
    if (method.len == 0)
        return refuse(&r, FAULT_MISSING, "method");
    if (out->method != METHOD_ALERTS && lang.len > 0 && !lang_from_code(lang, &out->lang))
        return refuse(&r, FAULT_LANG, "lang");
    return read_method(&r);
}
