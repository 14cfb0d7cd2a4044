#include "faces/api/describe_internal.h"

#include "base/ascii.h"
#include "base/err.h"
#include "domain/casework/report_form.h"
#include "faces/api/describe.h"
#include "faces/api/myjvn/myjvn.h"
#include "faces/api/nvd/nvd.h"
#include "faces/api/osv/osv.h"
#include "faces/api/reports.h"
#include "faces/public/context.h"
#include "faces/public/machine.h"
#include "formats/json/json.h"

enum { MAY_EVERYBODY = 1, DOCUMENT_MAX = 512 << 10 };
#define PROBLEM "application/problem+json"

void describe_limits(struct json_writer *w)
{
    describe_answer(w, "429",
                    "Too many requests a minute from this address; Retry-After says when to go on.",
                    PROBLEM, "Problem");
    describe_answer(w, "503", "Busy; Retry-After says when to try again.", PROBLEM, "Problem");
}

/* ---- the report, from the table of its fields ---- */

static void put_field(struct json_writer *w, const struct form_field *field)
{
    static const char *const formats[] = {
        [FORM_EMAIL] = "email", [FORM_URL] = "uri", [FORM_DATE] = "date", [FORM_CHECK] = NULL
    };

    describe_begin(w, field->name);
    json_pair(w, "type", field->kind == FORM_CHECK ? STR("boolean") : STR("string"));
    json_pair(w, "title", tr(LANG_EN, field->label));
    if (field->help[0])
        json_pair(w, "description", tr(LANG_EN, field->help));
    if (field->kind < COUNT(formats) && formats[field->kind])
        json_pair(w, "format", str_from_z(formats[field->kind]));
    if (field->kind != FORM_CHECK && !field->options) {
        json_key(w, "maxLength");
        json_put_int(w, (int64_t)field->max);
    }
    if (field->options) {
        json_key(w, "enum");
        json_array_begin(w);
        for (const struct form_option *o = field->options; o->value; o++)
            json_put_text(w, str_from_z(o->value));
        json_array_end(w);
    }
    json_object_end(w);
}

static void put_report(struct json_writer *w)
{
    const struct form_field *field = NULL;

    describe_begin(w, "Report");
    json_pair(w, "type", STR("object"));
    json_key(w, "additionalProperties");
    json_put_bool(w, false);
    describe_begin(w, "properties");
    while ((field = report_field_next(REPORT_PRODUCT, field)))
        put_field(w, field);
    json_object_end(w);
    json_key(w, "required");
    json_array_begin(w);
    while ((field = report_field_next(REPORT_PRODUCT, field))) {
        if (field->is_required)
            json_put_text(w, str_from_z(field->name));
    }
    json_array_end(w);
    json_object_end(w);
}

static void put_texts(struct json_writer *w, const char *name, const char *const keys[])
{
    describe_begin(w, name);
    json_pair(w, "type", STR("object"));
    describe_begin(w, "properties");
    for (size_t i = 0; keys[i]; i++)
        describe_type(w, keys[i], "string");
    json_object_end(w);
    json_object_end(w);
}

/* RFC 9457, with the faults of a form by their fields. */
static void put_problem(struct json_writer *w)
{
    static const char *const texts[] = { "type", "title", "code", "instance" };
    static const char *const parts[] = { "field", "detail" };

    describe_begin(w, "Problem");
    json_pair(w, "type", STR("object"));
    describe_begin(w, "properties");
    for (size_t i = 0; i < COUNT(texts); i++)
        describe_type(w, texts[i], "string");
    describe_type(w, "status", "integer");
    describe_begin(w, "errors");
    json_pair(w, "type", STR("array"));
    describe_begin(w, "items");
    json_pair(w, "type", STR("object"));
    describe_begin(w, "properties");
    for (size_t i = 0; i < COUNT(parts); i++)
        describe_type(w, parts[i], "string");
    for (int i = 0; i < 5; i++)
        json_object_end(w);
}

static void put_components(struct json_writer *w)
{
    describe_begin(w, "components");
    describe_begin(w, "schemas");
    put_report(w);
    put_texts(w, "Receipt", (const char *const[]){ "receipt", "passphrase", "mailbox", NULL });
    put_problem(w);
    describe_type(w, "Document", "object");
    describe_type(w, "Text", "string");
    json_object_end(w);
    json_object_end(w);
}

/* ---- the operations ---- */

static void describe_send(struct json_writer *w, const struct route *route)
{
    static const struct {
        const char *status, *words;
    } refusals[] = {
        { "400", "Not JSON, or the Idempotency-Key is not 32 to 200 characters long." },
        { "403", "The request comes from a page of another origin." },
        { "413", "The body is larger than is taken." },
        { "415", "The body is not application/json." },
        { "422", "Fields have to be mended; errors names each." },
        { "429", "Too many reports from this address; Retry-After says when to try again." },
        { "503",
          "The desk cannot be reached; nothing was taken. Retry-After says when to try again." },
    };

    (void)route;
    json_key(w, "parameters");
    json_array_begin(w);
    json_object_begin(w);
    json_pair(w, "name", STR("Idempotency-Key"));
    json_pair(w, "in", STR("header"));
    json_pair(
        w, "description",
        STR("The same key with the same report gives the same receipt again, so that a report can be repeated safely."));
    describe_begin(w, "schema");
    json_pair(w, "type", STR("string"));
    json_key(w, "minLength");
    json_put_int(w, API_KEY_MIN);
    json_key(w, "maxLength");
    json_put_int(w, API_KEY_MAX);
    json_object_end(w);
    json_object_end(w);
    json_array_end(w);
    describe_begin(w, "requestBody");
    json_key(w, "required");
    json_put_bool(w, true);
    describe_begin(w, "content");
    describe_begin(w, "application/json");
    describe_begin(w, "schema");
    json_pair(w, "$ref", STR("#/components/schemas/Report"));
    for (int i = 0; i < 4; i++)
        json_object_end(w);
    describe_begin(w, "responses");
    describe_answer(w, "201", "Taken and kept. The passphrase is shown this once.",
                    "application/json", "Receipt");
    for (size_t i = 0; i < COUNT(refusals); i++)
        describe_answer(w, refusals[i].status, refusals[i].words, PROBLEM, "Problem");
    json_object_end(w);
}

static void describe_document(struct json_writer *w, const struct route *route)
{
    (void)route;
    describe_begin(w, "responses");
    describe_answer(w, "200", "The document.", "application/json", "Document");
    describe_limits(w);
    json_object_end(w);
}

/* id: NULL where several addresses have one handler: made of the address. */
static const struct operation {
    const char *route, *id, *summary;
    describe_operation *describe;
} operations[] = {
    { "api_report_send", "sendReport", "Reports a vulnerability of a software product.",
      describe_send },
    { "api_report_form", "reportForm",
      "The fields of a report, with their classes and their labels in Japanese and English.",
      describe_document },
    { "api_describe_get", "describe", "This document.", describe_document },
    { "api_myjvn", NULL, "JVN iPedia's interface MyJVN: every method.", describe_myjvn },
    { "myjvn_cve_search", NULL, "Leads to the record of a CVE, as JVN iPedia's search does.",
      describe_cve_search },
    { "myjvn_contents", NULL, "Leads to the record of an entry, from its address at JVN iPedia.",
      describe_contents },
    { "myjvn_file", NULL, "JVN iPedia's feed files: JVNRSS, VULDEF, the dictionary, checksums.",
      describe_myjvn_file },
    { "myjvn_search_feed", NULL, "A search as a feed in JVNRSS.", describe_myjvn_search },
    { "nvd_cves", "nvdCves", "CVE, as NVD's interface 2.0 answers.", describe_nvd_cves },
    { "nvd_history", "nvdHistory", "What changed in CVE, as NVD's interface 2.0 answers.",
      describe_nvd_changes },
    { "nvd_cpes", "nvdCpes", "NVD's dictionary of CPE names.", describe_nvd_cpes },
    { "nvd_matches", "nvdMatches", "NVD's match criteria.", describe_nvd_matches },
    { "nvd_source_list", "nvdSources", "Whose CVE there are, as NVD's interface 2.0 answers.",
      describe_nvd_sources },
    { "osv_query_one", "osvQuery", "Vulnerabilities of a package or a commit, as OSV answers.",
      describe_osv_query },
    { "osv_query_batch", "osvQueryBatch", "The same for many; names and dates alone.",
      describe_osv_batch },
    { "osv_vuln", "osvVuln", "One vulnerability in OSV's format.", describe_osv_vuln },
    { "portal_record", "record",
      "A record of the catalogue; the ending of its address, or Accept, chooses the format.",
      describe_record },
};

/* "getJaRssYearsFile" of GET /ja/rss/years/{file} */
static struct str id_of(const struct route *route, struct arena *arena)
{
    struct buf buf = buf_new(arena, HTTP_URL_MAX);
    bool is_first = true; /* letter of a word */

    buf_add_z(&buf, route->method == METHOD_POST ? "post" : "get");
    for (const char *c = route->path; *c; c++) {
        bool is_letter = ascii_is_alnum(*c);

        if (is_letter)
            buf_byte(&buf, is_first && *c >= 'a' ? (char)(*c - 'a' + 'A') : *c);
        is_first = !is_letter;
    }
    return buf_str(&buf);
}

static bool put_operation(struct json_writer *w, const struct route *route, struct err *err)
{
    for (size_t i = 0; i < COUNT(operations); i++) {
        const struct operation *o = &operations[i];

        if (!str_eq_z(str_from_z(route->name), o->route))
            continue;
        describe_begin(w, route->method == METHOD_POST ? "post" : "get");
        json_pair(w, "operationId", o->id ? str_from_z(o->id) : id_of(route, w->buf->arena));
        json_pair(w, "summary", str_from_z(o->summary));
        o->describe(w, route);
        json_object_end(w);
        return true;
    }
    return FAIL(err, BUG, str_from_z(route->path));
}

static bool is_at(const struct route *route, const char *path)
{
    return str_eq_z(str_from_z(route->path), path);
}

/* All that stands at the address of a list's route, unless an earlier route of the list has done so. */
static bool put_path(struct json_writer *w, const struct route_list *list, size_t at,
                     struct err *err)
{
    const char *path = list->at[at].path;

    for (size_t i = 0; i < at; i++)
        if (is_at(&list->at[i], path))
            return true;
    describe_begin(w, path);
    for (size_t i = at; i < list->len; i++)
        if (is_at(&list->at[i], path) && !put_operation(w, &list->at[i], err))
            return PASS(err);
    json_object_end(w);
    return true;
}

bool api_describe(const struct route_list *lists, size_t count, struct str portal_url,
                  struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, DOCUMENT_MAX);
    struct json_writer w = json_writer_new(&buf, true);

    json_object_begin(&w);
    json_pair(&w, "openapi", STR("3.1.0"));
    describe_begin(&w, "info");
    json_pair(&w, "title", STR("Noroshi"));
    json_pair(&w, "version", STR(NOROSHI_VERSION));
    json_pair(
        &w, "description",
        STR("Reports and the catalogue of known vulnerabilities. Below /en the words of answers are English, else Japanese."));
    json_object_end(&w);
    json_key(&w, "servers");
    json_array_begin(&w);
    for (int i = 0; i < 2; i++) {
        json_object_begin(&w);
        json_pair(&w, "url",
                  arena_printf(arena, "%.*s%s", STR_ARG(portal_url), i == 0 ? "" : "/en"));
        json_object_end(&w);
    }
    json_array_end(&w);
    describe_begin(&w, "paths");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < lists[i].len; j++)
            if (!put_path(&w, &lists[i], j, err))
                return PASS(err);
    json_object_end(&w);
    put_components(&w);
    json_object_end(&w);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool api_describe_get(struct request *req, struct response *res, struct err *err)
{
    const struct route_list lists[] = { api_report_routes, api_describe_routes, api_myjvn_routes,
                                        api_nvd_routes,    api_osv_routes,      api_page_routes };
    struct str text;

    return api_describe(lists, COUNT(lists), public_of(req)->settings->portal_url, req->arena,
                        &text, err)
               ? machine_send_text(req, res, text, STR("application/json"), text)
               : PASS(err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET_OPEN("/api/v1/openapi.json", MAY_EVERYBODY, api_describe_get),
};
/* clang-format on */

const struct route_list api_describe_routes = ROUTES(routes);

static const struct route pages[] = { { .path = "/records/{id}", .name = "portal_record" } };

const struct route_list api_page_routes = ROUTES(pages);
