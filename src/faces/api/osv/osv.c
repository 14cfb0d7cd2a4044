/* POST /v1/query, POST /v1/querybatch, GET /v1/vulns/{id} */
#include "faces/api/osv/osv.h"

#include "base/ascii.h"
#include "base/err.h"
#include "domain/catalog/nvd.h"
#include "domain/catalog/packages.h"
#include "domain/catalog/to.h"
#include "domain/matching/direct.h"
#include "domain/matching/entry.h"
#include "faces/http/respond.h"
#include "faces/public/catalog.h"
#include "faces/public/machine.h"

enum { MAY_EVERYBODY = 1 };
enum { INVALID = 3, NOT_THERE = 5 }; /* gRPC's codes, which OSV answers with */

/* ---- errors ---- */

static bool refuse(struct response *res, int status, int code, struct str why, struct err *err)
{
    struct buf buf = buf_new(res->arena, 4096);
    struct json_writer w = json_writer_new(&buf, false);
    struct str text;

    json_object_begin(&w);
    json_key(&w, "code");
    json_put_int(&w, code);
    json_pair(&w, "message", why);
    json_object_end(&w);
    if (!buf_done(&buf, &text, err))
        return PASS(err);
    res->status = status;
    res->cache = CACHE_NONE;
    return respond_json(res, text);
}

/* ---- does a record answer a query? ---- */

static bool names_commit(const struct affected *affected, struct str commit)
{
    for (size_t i = 0; i < affected->spans.len; i++) {
        const struct span *span = &affected->spans.at[i];

        if (span->is_git && span->status == SPAN_AFFECTED &&
            (str_eq_nocase(span->from, commit) ||
             (span->to_is_included && str_eq_nocase(span->to, commit))))
            return true;
    }
    return false;
}

static const struct str git = STR_INIT("GIT");

/* "curl-8_5_0" and "v8.5.0" are tags of 8.5.0: what stands behind the name, its parts with '-' between. */
static struct str tag_version(struct str tag, struct arena *arena)
{
    struct buf buf = buf_new(arena, tag.len + 1);
    size_t at = 0;

    while (at < tag.len &&
           !(ascii_is_digit(tag.ptr[at]) &&
             (at == 0 || !ascii_is_alnum(tag.ptr[at - 1]) || ascii_lower(tag.ptr[at - 1]) == 'v')))
        at++;
    for (size_t i = at; i < tag.len; i++)
        buf_byte(&buf, ascii_is_alnum(tag.ptr[i]) ? ascii_lower(tag.ptr[i]) : '-');
    return buf_str(&buf);
}

static bool has_tag(const struct affected *affected, struct str version, struct arena *arena)
{
    struct str wanted = tag_version(version, arena);

    for (size_t i = 0; i < affected->spans.len; i++) {
        const struct span *span = &affected->spans.at[i];

        if (!span->is_git && span->status == SPAN_AFFECTED && wanted.len > 0 &&
            str_eq(span->from, span->to) && str_eq(tag_version(span->from, arena), wanted))
            return true;
    }
    return false;
}

/* Of an ecosystem that we have rules for, by these; of others, by its words. A query without a release asks for all of them. */
static bool is_package(const struct affected *affected, const struct osv_query *query,
                       struct arena *arena)
{
    struct str known = ecosystem_name(affected->ecosystem), release = affected->release,
               name = affected->name;

    if (!str_eq(affected->ecosystem, query->ecosystem))
        return false;
    if (str_eq(query->ecosystem, git))
        return str_eq(listing_package_name(affected->name, arena),
                      listing_package_name(query->name, arena));
    if (known.len > 0) {
        release = ecosystem_fold_release(known, release, arena);
        name = ecosystem_fold_name(known, name, arena);
    }
    return str_eq(name, query->name) &&
           (query->release.len == 0 || release.len == 0 || str_eq(release, query->release));
}

static bool has_version(const struct affected *affected, struct str version, struct arena *arena)
{
    return version.len == 0 || entry_verdict(affected, version).says == ENTRY_AFFECTED ||
           (str_eq(affected->ecosystem, git) && has_tag(affected, version, arena));
}

static bool answers(const struct catalog_record *record, const struct osv_query *query,
                    struct arena *arena)
{
    if (record->state != CATALOG_PUBLISHED)
        return false;
    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *affected = &record->affected.at[i];

        if (query->commit.len > 0 ? names_commit(affected, query->commit)
                                  : is_package(affected, query, arena) &&
                                        has_version(affected, query->version, arena))
            return true;
    }
    return false;
}

/* ---- answering ---- */

struct asking {
    struct tx *tx;
    struct machine *to;
    size_t looked; /* records, by all queries of the request */
    bool is_whole; /* records as they are; otherwise their names and dates */
};

/* As it came where OSV's own bytes are kept, and no curator decided about its other names. */
static bool put_whole(struct asking *asking, int64_t id, const struct catalog_record *record,
                      struct err *err)
{
    struct str format, bytes;
    bool is_ruled;

    if (!catalog_source_text(asking->tx, id, asking->to->scratch, &format, &bytes, err) ||
        !catalog_record_is_ruled(asking->tx, id, &is_ruled, err))
        return PASS(err);
    if (str_eq(format, STR("osv")) && bytes.len > 0 && !is_ruled)
        json_put_json(&asking->to->w, bytes);
    else
        catalog_to_osv(record, &asking->to->w);
    return true;
}

static bool put_vuln(struct asking *asking, int64_t id, const struct catalog_record *record,
                     struct err *err)
{
    struct json_writer *w = &asking->to->w;

    if (asking->is_whole)
        return put_whole(asking, id, record, err) ? true : PASS(err);
    json_object_begin(w);
    json_pair(w, "id", record->id);
    json_pair(w, "modified", utc_iso(asking->to->scratch, record->modified));
    json_object_end(w);
    return true;
}

static bool is_full(const struct asking *asking, size_t count)
{
    return count == OSV_VULNS_MAX || asking->looked >= OSV_LOOKED_MAX ||
           asking->to->buf.len > MACHINE_MAX / 4;
}

/* The members of one result. What does not fit has a token: the name of the last record that was looked at. */
static bool put_result(struct asking *asking, const struct osv_query *query, struct arena *arena,
                       struct err *err)
{
    struct json_writer *w = &asking->to->w;
    struct package_records records = { 0 };
    struct str token = STR_NONE;
    size_t count = 0;
    bool is_commit = query->commit.len > 0;

    if (!query->is_nothing &&
        !packages_find(asking->tx, is_commit ? STR("commit") : query->ecosystem,
                       is_commit ? query->commit : query->name, arena, &records, err))
        return PASS(err);
    for (size_t i = 0; i < records.len; i++) {
        struct catalog_record record;

        if (str_cmp(records.at[i].name, query->after) <= 0)
            continue;
        if (is_full(asking, count)) {
            token = i > 0 ? records.at[i - 1].name : STR(" ");
            break;
        }
        asking->looked++;
        arena_reset(asking->to->scratch);
        if (!nvd_record(asking->tx, records.at[i].id, asking->to->scratch, &record, err))
            return PASS(err);
        if (!answers(&record, query, asking->to->scratch))
            continue;
        if (count++ == 0) {
            json_key(w, "vulns");
            json_array_begin(w);
        }
        if (!put_vuln(asking, records.at[i].id, &record, err))
            return PASS(err);
    }
    if (count > 0)
        json_array_end(w);
    json_pair(w, "next_page_token", token);
    return true;
}

static bool put_results(struct asking *asking, const struct osv_queries *queries,
                        struct arena *arena, struct err *err)
{
    struct json_writer *w = &asking->to->w;

    json_object_begin(w);
    json_key(w, "results");
    json_array_begin(w);
    for (size_t i = 0; i < queries->len; i++) {
        json_object_begin(w);
        if (!put_result(asking, &queries->at[i], arena, err))
            return PASS(err);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
    return true;
}

static bool put_one(struct asking *asking, const struct osv_query *query, struct arena *arena,
                    struct err *err)
{
    json_object_begin(&asking->to->w);
    if (!put_result(asking, query, arena, err))
        return PASS(err);
    json_object_end(&asking->to->w);
    return true;
}

static bool answer(struct request *req, struct response *res, bool is_batch, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(machine_free_var) struct machine *machine = machine_new();
    struct asking asking = { .to = machine, .is_whole = !is_batch };
    struct osv_queries queries;
    struct err syntax = { 0 };
    struct str why;

    if (!osv_read(req->body, is_batch, req->arena, &queries, &why, &syntax))
        return refuse(res, 400, INVALID, STR("The body is no JSON document."), err) ? true
                                                                                    : PASS(err);
    if (why.len > 0)
        return refuse(res, 400, INVALID, why, err) ? true : PASS(err);
    if (!public_catalog_begin(req, &tx, err))
        return PASS(err);
    asking.tx = tx;
    if (!(is_batch ? put_results(&asking, &queries, machine->arena, err)
                   : put_one(&asking, &queries.at[0], machine->arena, err)))
        return PASS(err);
    return machine_send(req, res, &machine, STR("application/json"), STR_NONE, err) ? true
                                                                                    : PASS(err);
}

static bool osv_query_one(struct request *req, struct response *res, struct err *err)
{
    return answer(req, res, false, err) ? true : PASS(err);
}

static bool osv_query_batch(struct request *req, struct response *res, struct err *err)
{
    return answer(req, res, true, err) ? true : PASS(err);
}

/* ---- one record ---- */

static bool put_own(struct asking *asking, struct str id, bool *is_put, struct err *err)
{
    struct catalog_record record;
    struct err why = { 0 };
    int64_t found;

    *is_put = false;
    if (!packages_record(asking->tx, id, asking->to->arena, &found, &why)) {
        if (why.code == ERR_ABSENT)
            return true;
        *err = why;
        return PASS(err);
    }
    *is_put = true;
    return nvd_record(asking->tx, found, asking->to->scratch, &record, err) &&
                   put_whole(asking, found, &record, err)
               ? true
               : PASS(err);
}

/* What other sources say of a vulnerability of that name, as OSV would write it. other: the name it has here, when it is another one */
static bool put_entry(struct asking *asking, struct str id, bool *is_put, struct str *other,
                      struct err *err)
{
    struct catalog_tellings tellings;
    struct catalog_record whole;
    struct catalog_entry entry;
    struct err why = { 0 };

    *is_put = false;
    *other = STR_NONE;
    if (!catalog_entry_find(asking->tx, id, asking->to->arena, &entry, &why)) {
        if (why.code == ERR_ABSENT)
            return true;
        *err = why;
        return PASS(err);
    }
    if (!str_eq(entry.name, id)) {
        *other = entry.name;
        return true;
    }
    if (!catalog_entry_tellings(asking->tx, entry.id, asking->to->arena, &tellings, err))
        return PASS(err);
    if (tellings.len == 0)
        return true;
    *is_put = true;
    whole = catalog_whole(&entry, &tellings, asking->to->arena);
    catalog_to_osv(&whole, &asking->to->w);
    return true;
}

static bool osv_vuln(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(machine_free_var) struct machine *machine = machine_new();
    struct asking asking = { .to = machine, .is_whole = true };
    struct str id = request_path(req, "id"), other = STR_NONE;
    bool is_put;

    if (!public_catalog_begin(req, &tx, err))
        return PASS(err);
    asking.tx = tx;
    if (!put_own(&asking, id, &is_put, err) ||
        (!is_put && !put_entry(&asking, id, &is_put, &other, err)))
        return PASS(err);
    if (is_put)
        return machine_send(req, res, &machine, STR("application/json"), STR_NONE, err) ? true
                                                                                        : PASS(err);
    return refuse(res, 404, NOT_THERE,
                  other.len == 0
                      ? STR("Bug not found.")
                      : arena_printf(req->arena,
                                     "Bug not found, but the following aliases were: %.*s",
                                     STR_ARG(other)),
                  err)
               ? true
               : PASS(err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_POST("/v1/query",          MAY_EVERYBODY, TOKEN_OPEN, BODY_ANY, OSV_BODY_MAX, osv_query_one),
    ROUTE_POST("/v1/querybatch",     MAY_EVERYBODY, TOKEN_OPEN, BODY_ANY, OSV_BODY_MAX, osv_query_batch),
    ROUTE_GET_OPEN("/v1/vulns/{id}", MAY_EVERYBODY,                                     osv_vuln),
};
/* clang-format on */

const struct route_list api_osv_routes = ROUTES(routes);
