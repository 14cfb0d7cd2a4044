/* GET /rest/json/{cves,cvehistory,cpes,cpematch,source}/2.0 */
#include "base/err.h"
#include "domain/catalog/to.h"
#include "faces/api/nvd/nvd.h"
#include "faces/api/nvd/parameters.h"
#include "faces/http/respond.h"
#include "faces/public/catalog.h"
#include "faces/public/machine.h"
#include "formats/json/json.h"

enum { MAY_EVERYBODY = 1, HEAD_MAX = 4096 };

/* The list is made first: how many there are stands before it. */
struct sheet {
    struct machine *list;
    int64_t count, total;
    size_t offset;
    const char *format, *name; /* "NVD_CVE", "vulnerabilities" */
};

/* ---- answering ---- */

/* NVD says what is wrong in a header, and nothing else. */
static bool refuse(struct response *res, struct str why)
{
    struct buf plain = buf_new(res->arena, 1024);

    for (size_t i = 0; i < why.len; i++) /* a header is ASCII */
        buf_byte(&plain, (unsigned char)why.ptr[i] < 0x80 ? why.ptr[i] : '?');
    res->status = 404;
    res->cache = CACHE_NONE;
    response_header(res, "message", buf_str(&plain));
    return respond_text(res, STR(""));
}

static struct str nvd_time(struct utc t, struct arena *arena)
{
    struct civil c = utc_to_civil(t);

    return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03d", c.year, c.month, c.day, c.hour,
                        c.minute, c.second, (int)(t.ms % UTC_SECOND));
}

static void put_number(struct json_writer *w, const char *key, int64_t n)
{
    json_key(w, key);
    json_put_int(w, n);
}

/* The tag stands for everything but the hour it was asked at. */
static bool send(struct request *req, struct response *res, const struct sheet *sheet,
                 struct err *err)
{
    CLEANUP(machine_free_var) struct machine *machine = machine_new();
    struct json_writer *w = &machine->w;
    struct str list, content;

    if (!buf_done(&sheet->list->buf, &list, err))
        return PASS(err);
    json_object_begin(w);
    put_number(w, "resultsPerPage", sheet->count);
    put_number(w, "startIndex", (int64_t)sheet->offset);
    put_number(w, "totalResults", sheet->total);
    json_pair(w, "format", str_from_z(sheet->format));
    json_pair(w, "version", STR("2.0"));
    content = arena_printf(machine->arena, "%.*s %.*s", STR_ARG(buf_str(w->buf)), STR_ARG(list));
    json_pair(w, "timestamp", nvd_time(req->now, machine->arena));
    json_key(w, sheet->name);
    json_put_json(w, list);
    json_object_end(w);
    return machine_send(req, res, &machine, STR("application/json"), content, err) ? true
                                                                                   : PASS(err);
}

/* A page that would grow too large ends earlier: its resultsPerPage says so, and the client goes on from there. */
static bool is_full(const struct sheet *sheet) { return sheet->list->buf.len > MACHINE_MAX / 4; }

static void begin(struct sheet *sheet, struct machine *list, size_t offset, int64_t total)
{
    sheet->list = list;
    sheet->offset = offset;
    sheet->total = total;
    json_array_begin(&list->w);
}

/* ---- cves ---- */

/* What NVD sent, as it came; older files hold the CVE without what stands around it. */
static bool put_sent(struct tx *tx, int64_t record, struct machine *to, bool *is_put,
                     struct err *err)
{
    struct str format, bytes;
    struct json whole;
    struct err ignored = { 0 };

    *is_put = false;
    if (!catalog_source_text(tx, record, to->scratch, &format, &bytes, err))
        return PASS(err);
    if (!str_eq(format, STR("nvd")) || !json_read(bytes, to->scratch, &whole, &ignored))
        return true;
    if (json_kind(json_get(whole, "cve")) == JSON_OBJECT) {
        json_put_json(&to->w, bytes);
    } else {
        json_object_begin(&to->w);
        json_key(&to->w, "cve");
        json_put_json(&to->w, bytes);
        json_object_end(&to->w);
    }
    *is_put = true;
    return true;
}

static bool put_made(struct tx *tx, const struct nvd_row *row, struct machine *to, struct err *err)
{
    struct catalog_exploited kev;
    struct catalog_record record;

    if (!nvd_record(tx, row->record, to->scratch, &record, err) ||
        !catalog_entry_kev(tx, row->cve, to->scratch, &kev, err))
        return PASS(err);
    catalog_to_nvd(&record, &kev, &to->w);
    return true;
}

static bool put_cve(struct tx *tx, const struct nvd_row *row, struct machine *to, struct err *err)
{
    bool is_put = false;

    arena_reset(to->scratch);
    if (row->is_nvd && !put_sent(tx, row->record, to, &is_put, err))
        return PASS(err);
    return is_put || put_made(tx, row, to, err) ? true : PASS(err);
}

static bool nvd_cves(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(machine_free_var) struct machine *list = machine_new();
    struct sheet sheet = { .format = "NVD_CVE", .name = "vulnerabilities" };
    struct nvd_asked asked;
    struct nvd_rows rows;
    int64_t total;

    nvd_parameters(NVD_CVES, &req->query, req->arena, &asked);
    if (asked.why.len > 0)
        return refuse(res, asked.why);
    if (!public_catalog_begin(req, &tx, err) ||
        !nvd_list(tx, &asked.cves, list->arena, &rows, &total, err))
        return PASS(err);
    begin(&sheet, list, asked.cves.offset, total);
    for (size_t i = 0; i < rows.len && !is_full(&sheet); i++, sheet.count++)
        if (!put_cve(tx, &rows.at[i], list, err))
            return PASS(err);
    json_array_end(&list->w);
    return send(req, res, &sheet, err) ? true : PASS(err);
}

/* ---- cvehistory ---- */

static void put_change(const struct nvd_event *event, const struct nvd_change *change,
                       struct json_writer *w)
{
    json_object_begin(w);
    json_key(w, "change");
    json_object_begin(w);
    json_pair(w, "cveId", event->cve);
    json_pair(w, "eventName", change->event);
    json_pair(w, "cveChangeId", change->id);
    json_pair(w, "sourceIdentifier", change->origin);
    json_pair(w, "created", nvd_time(event->at, w->buf->arena));
    json_key(w, "details");
    json_array_begin(w);
    for (size_t i = 0; i < change->details.len; i++) {
        json_object_begin(w);
        json_pair(w, "action", change->details.at[i].action);
        json_pair(w, "type", change->details.at[i].type);
        json_pair(w, "oldValue", change->details.at[i].was);
        json_pair(w, "newValue", change->details.at[i].is);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
    json_object_end(w);
}

static bool nvd_history(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(machine_free_var) struct machine *list = machine_new();
    struct sheet sheet = { .format = "NVD_CVEHistory", .name = "cveChanges" };
    struct nvd_events events;
    struct nvd_asked asked;
    int64_t total;

    nvd_parameters(NVD_CHANGES, &req->query, req->arena, &asked);
    if (asked.why.len > 0)
        return refuse(res, asked.why);
    if (!public_catalog_begin(req, &tx, err) ||
        !nvd_events_list(tx, &asked.changes, list->arena, &events, &total, err))
        return PASS(err);
    begin(&sheet, list, asked.changes.offset, total);
    for (size_t i = 0; i < events.len && !is_full(&sheet); i++, sheet.count++) {
        struct nvd_change change;

        arena_reset(list->scratch);
        if (!nvd_change_of(tx, &events.at[i], list->scratch, &change, err))
            return PASS(err);
        put_change(&events.at[i], &change, &list->w);
    }
    json_array_end(&list->w);
    return send(req, res, &sheet, err) ? true : PASS(err);
}

/* ---- cpes and cpematch ---- */

/* Ids that another parameter stands for. */
static bool find_ids(struct tx *tx, bool is_match, struct nvd_asked *asked, struct arena *arena,
                     struct catalog_strings *ids, struct err *err)
{
    struct str of = is_match ? asked->match_of_cve : asked->names_of_match;

    if (of.len == 0)
        return true;
    asked->cpes.ids = ids;
    return (is_match ? cpe_matches_of_cve(tx, of, arena, ids, err)
                     : cpe_names_of_match(tx, of, arena, ids, err))
               ? true
               : PASS(err);
}

static bool answer_cpe(struct request *req, struct response *res, bool is_match, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(machine_free_var) struct machine *list = machine_new();
    struct sheet sheet = { .format = is_match ? "NVD_CPEMatchString" : "NVD_CPE",
                           .name = is_match ? "matchStrings" : "products" };
    struct catalog_strings ids, found;
    struct nvd_asked asked;
    int64_t total;

    nvd_parameters(is_match ? NVD_MATCHES : NVD_CPES, &req->query, req->arena, &asked);
    if (asked.why.len > 0)
        return refuse(res, asked.why);
    if (!public_catalog_begin(req, &tx, err) ||
        !find_ids(tx, is_match, &asked, list->arena, &ids, err) ||
        !cpe_list(tx, is_match, &asked.cpes, list->arena, &found, &total, err))
        return PASS(err);
    begin(&sheet, list, asked.cpes.offset, total);
    for (size_t i = 0; i < found.len && !is_full(&sheet); i++, sheet.count++) {
        struct err ignored = { 0 };
        struct json whole;
        struct str text;

        arena_reset(list->scratch);
        if (!cpe_entry_json(tx, is_match, found.at[i], list->scratch, &text, err))
            return PASS(err);
        if (json_read(text, list->scratch, &whole, &ignored))
            json_put_json(&list->w, text);
    }
    json_array_end(&list->w);
    return send(req, res, &sheet, err) ? true : PASS(err);
}

static bool nvd_cpes(struct request *req, struct response *res, struct err *err)
{
    return answer_cpe(req, res, false, err) ? true : PASS(err);
}

static bool nvd_matches(struct request *req, struct response *res, struct err *err)
{
    return answer_cpe(req, res, true, err) ? true : PASS(err);
}

/* ---- source ---- */

static void put_source(const struct nvd_source *source, struct json_writer *w)
{
    bool is_address = str_index(source->name, '@') < source->name.len;

    json_object_begin(w);
    json_pair(w, "name", source->name);
    if (is_address)
        json_pair(w, "contactEmail", source->name);
    json_key(w, "sourceIdentifiers");
    json_array_begin(w);
    json_put_text(w, source->name);
    json_array_end(w);
    json_pair(w, "lastModified", nvd_time(source->last, w->buf->arena));
    json_pair(w, "created", nvd_time(source->first, w->buf->arena));
    json_object_end(w);
}

static bool nvd_source_list(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(machine_free_var) struct machine *list = machine_new();
    struct sheet sheet = { .format = "NVD_SOURCE", .name = "sources" };
    struct nvd_sources sources;
    struct nvd_asked asked;

    nvd_parameters(NVD_SOURCES, &req->query, req->arena, &asked);
    if (asked.why.len > 0)
        return refuse(res, asked.why);
    if (!public_catalog_begin(req, &tx, err) ||
        !nvd_sources_list(tx, asked.source, asked.cves.modified, list->arena, &sources, err))
        return PASS(err);
    begin(&sheet, list, asked.cves.offset, (int64_t)sources.len);
    for (size_t i = asked.cves.offset; i < sources.len && (size_t)sheet.count < asked.cves.limit;
         i++, sheet.count++)
        put_source(&sources.at[i], &list->w);
    json_array_end(&list->w);
    return send(req, res, &sheet, err) ? true : PASS(err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET_OPEN("/rest/json/cves/2.0",       MAY_EVERYBODY, nvd_cves),
    ROUTE_GET_OPEN("/rest/json/cvehistory/2.0", MAY_EVERYBODY, nvd_history),
    ROUTE_GET_OPEN("/rest/json/cpes/2.0",       MAY_EVERYBODY, nvd_cpes),
    ROUTE_GET_OPEN("/rest/json/cpematch/2.0",   MAY_EVERYBODY, nvd_matches),
    ROUTE_GET_OPEN("/rest/json/source/2.0",     MAY_EVERYBODY, nvd_source_list),
};
/* clang-format on */

const struct route_list api_nvd_routes = ROUTES(routes);
