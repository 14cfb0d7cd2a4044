/* The interfaces of the catalogue in the description of ours. */
#include "faces/api/describe_internal.h"

#include "faces/api/nvd/parameters.h"

#define JSON_TYPE "application/json"

static void describe_nvd(struct json_writer *w, enum nvd_interface interface)
{
    const char *name;

    json_key(w, "parameters");
    json_array_begin(w);
    for (size_t i = 0; (name = nvd_parameter_name(interface, i)) != NULL; i++)
        describe_parameter(w, name, "query", "string", STR_NONE);
    json_array_end(w);
    describe_begin(w, "responses");
    describe_answer(w, "200", "A page of what is asked for.", JSON_TYPE, "Document");
    describe_begin(w, "404");
    json_pair(w, "description", STR("A parameter is wrong: the header `message` says which."));
    json_object_end(w);
    describe_limits(w);
    json_object_end(w);
}

void describe_nvd_cves(struct json_writer *w, const struct route *route)
{
    (void)route;
    describe_nvd(w, NVD_CVES);
}

void describe_nvd_changes(struct json_writer *w, const struct route *route)
{
    (void)route;
    describe_nvd(w, NVD_CHANGES);
}

void describe_nvd_cpes(struct json_writer *w, const struct route *route)
{
    (void)route;
    describe_nvd(w, NVD_CPES);
}

void describe_nvd_matches(struct json_writer *w, const struct route *route)
{
    (void)route;
    describe_nvd(w, NVD_MATCHES);
}

void describe_nvd_sources(struct json_writer *w, const struct route *route)
{
    (void)route;
    describe_nvd(w, NVD_SOURCES);
}

static void describe_osv(struct json_writer *w, const char *words)
{
    describe_begin(w, "requestBody");
    json_key(w, "required");
    json_put_bool(w, true);
    describe_begin(w, "content");
    describe_begin(w, JSON_TYPE);
    describe_begin(w, "schema");
    json_pair(w, "$ref", STR("#/components/schemas/Document"));
    for (int i = 0; i < 4; i++)
        json_object_end(w);
    describe_begin(w, "responses");
    describe_answer(w, "200", words, JSON_TYPE, "Document");
    describe_answer(w, "400", "The query is wrong: `message` says how.", JSON_TYPE, "Document");
    describe_limits(w);
    json_object_end(w);
}

void describe_osv_query(struct json_writer *w, const struct route *route)
{
    (void)route;
    describe_osv(w, "`vulns`; `next_page_token` where there are more.");
}

void describe_osv_batch(struct json_writer *w, const struct route *route)
{
    (void)route;
    describe_osv(w, "`results`, one for each of `queries`.");
}

void describe_osv_vuln(struct json_writer *w, const struct route *route)
{
    describe_path_parameters(w, route);
    describe_begin(w, "responses");
    describe_answer(w, "200", "The record.", JSON_TYPE, "Document");
    describe_answer(w, "404", "There is none of that id.", JSON_TYPE, "Document");
    describe_limits(w);
    json_object_end(w);
}

void describe_record(struct json_writer *w, const struct route *route)
{
    describe_path_parameters(w, route);
    describe_begin(w, "responses");
    describe_answer(
        w, "200",
        "`.json`: every telling with who says it (docs/schemas/record.schema.json); `.osv.json`, `.nvd.json`, `.cve.json`, `.csaf.json`, `.vuldef.xml`.",
        JSON_TYPE, "Document");
    describe_answer(w, "404", "There is no such record, or it has no form in that format.",
                    "application/problem+json", "Problem");
    describe_limits(w);
    json_object_end(w);
}
