/* faces/desk/tracker/describe.c: the interface for developers' programs as OpenAPI 3.1, printed from its routes and the rows of what may be written. */
#include "base/err.h"
#include "domain/access/hook.h"
#include "domain/access/repeat.h"
#include "domain/casework/answer.h"
#include "domain/casework/product_case.h"
#include "domain/casework/report_form.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/tracker/routes.h"
#include "faces/desk/tracker/tracker.h"
#include "faces/desk/tracker/writes.h"
#include "faces/http/openapi.h"
#include "faces/http/respond.h"

enum { DOCUMENT_MAX = 512 << 10 };
#define PROBLEM "application/problem+json"

/* ---- schemas ---- */

static void begin_object(struct json_writer *w, const char *name)
{
    describe_begin(w, name);
    json_pair(w, "type", STR("object"));
    describe_begin(w, "properties");
}

static void end_object(struct json_writer *w)
{
    json_object_end(w);
    json_object_end(w);
}

static void begin_list(struct json_writer *w, const char *name)
{
    describe_begin(w, name);
    json_pair(w, "type", STR("array"));
    describe_begin(w, "items");
}

static void put_text(struct json_writer *w, const char *name, const char *format, const char *words)
{
    describe_begin(w, name);
    json_pair(w, "type", STR("string"));
    if (format)
        json_pair(w, "format", str_from_z(format));
    if (words)
        json_pair(w, "description", str_from_z(words));
    json_object_end(w);
}

static void put_states(struct json_writer *w, const char *name, const struct life *life)
{
    describe_begin(w, name);
    json_pair(w, "type", STR("string"));
    json_key(w, "enum");
    json_array_begin(w);
    for (size_t i = 1; i < life->state_count; i++) /* the first is before the beginning */
        json_put_text(w, str_from_z(life->states[i]));
    json_array_end(w);
    json_object_end(w);
}

static void put_choices(struct json_writer *w, const char *choices)
{
    struct str rest = str_from_z(choices), one;

    json_key(w, "enum");
    json_array_begin(w);
    while (rest.len > 0 && str_split(&rest, ' ', &one))
        json_put_text(w, one);
    json_array_end(w);
}

static void put_reference(struct json_writer *w, const char *component)
{
    json_pair(w, "$ref", arena_printf(w->buf->arena, "#/components/schemas/%s", component));
}

static void put_header(struct json_writer *w, const char *name, const char *words)
{
    json_object_begin(w);
    json_pair(w, "name", str_from_z(name));
    json_pair(w, "in", STR("header"));
    json_key(w, "required");
    json_put_bool(w, true);
    json_pair(w, "description", str_from_z(words));
    describe_type(w, "schema", "string");
    json_object_end(w);
}

static void put_members(struct json_writer *w, const struct member *members);

static void put_member(struct json_writer *w, const struct member *m)
{
    describe_begin(w, m->name);
    json_pair(w, "description", str_from_z(m->words));
    switch (m->kind) {
    case MEMBER_YES:
        json_pair(w, "type", STR("boolean"));
        if (m->is_required) {
            json_key(w, "const");
            json_put_bool(w, true);
        }
        break;
    case MEMBER_PRODUCTS:
        json_pair(w, "type", STR("array"));
        json_key(w, "maxItems");
        json_put_int(w, PRODUCT_RESULTS_MAX);
        json_key(w, "items");
        json_object_begin(w);
        put_members(w, product_members);
        json_object_end(w);
        break;
    case MEMBER_TIME:
        json_pair(w, "format", STR("date-time"));
        json_pair(w, "type", STR("string"));
        break;
    case MEMBER_TEXT:
        json_pair(w, "type", STR("string"));
        if (m->choices)
            put_choices(w, m->choices);
        break;
    }
    json_object_end(w);
}

/* The inside of a schema. */
static void put_members(struct json_writer *w, const struct member *members)
{
    json_pair(w, "type", STR("object"));
    json_key(w, "additionalProperties");
    json_put_bool(w, false);
    describe_begin(w, "properties");
    for (const struct member *m = members; m->name; m++)
        put_member(w, m);
    json_object_end(w);
    json_key(w, "required");
    json_array_begin(w);
    for (const struct member *m = members; m->name; m++) {
        if (m->is_required)
            json_put_text(w, str_from_z(m->name));
    }
    json_array_end(w);
}

static void put_line_members(struct json_writer *w)
{
    put_text(w, "id", NULL, "What the case is called in addresses.");
    put_text(w, "number", NULL, NULL);
    put_text(w, "title", NULL, NULL);
    put_states(w, "state", &product_life);
    put_text(w, "publication_date", "date-time", "The agreed date; publish nothing before it.");
    put_text(w, "page", "uri", "The case at the desk, for people.");
}

static void put_own(struct json_writer *w)
{
    begin_object(w, "own");
    put_states(w, "state", &developer_life);
    put_text(w, "answer_due", "date-time", NULL);
    put_text(w, "affected", NULL, NULL);
    put_text(w, "novelty", NULL, NULL);
    put_text(w, "words", NULL, NULL);
    begin_list(w, "products");
    put_members(w, product_members);
    json_object_end(w);
    json_object_end(w);
    put_text(w, "countermeasure", NULL, NULL);
    put_text(w, "status_words", NULL, NULL);
    put_text(w, "statement_ja", NULL, NULL);
    put_text(w, "statement_en", NULL, NULL);
    put_text(w, "url", "uri", NULL);
    end_object(w);
}

static void put_case(struct json_writer *w)
{
    const struct form_field *field = NULL;

    begin_object(w, "Case");
    put_line_members(w);
    put_text(w, "published_at", "date-time", NULL);
    put_text(w, "summary", NULL, "What the coordinating body wrote for developers.");
    put_own(w);
    begin_object(w, "report");
    while ((field = report_field_next(REPORT_PRODUCT, field))) {
        if (fill_shows(field, false) && field->info_class != 'I')
            put_text(w, field->name, NULL, arena_z(w->buf->arena, tr(LANG_EN, field->label)));
    }
    end_object(w);
    end_object(w);
}

static void put_cases(struct json_writer *w)
{
    begin_object(w, "Cases");
    begin_list(w, "cases");
    json_pair(w, "type", STR("object"));
    describe_begin(w, "properties");
    put_line_members(w);
    put_states(w, "own_state", &developer_life);
    put_text(w, "answer_due", "date-time", NULL);
    describe_type(w, "unread", "integer");
    json_object_end(w);
    json_object_end(w);
    json_object_end(w);
    put_text(w, "next", NULL, "There are more: ask again with this as `after`.");
    end_object(w);
}

/* A list under one name, and what stands beside it. */
static void put_page(struct json_writer *w, const char *component, const char *list,
                     const char *const texts[], const char *const numbers[],
                     const char *const beside[])
{
    begin_object(w, component);
    begin_list(w, list);
    json_pair(w, "type", STR("object"));
    describe_begin(w, "properties");
    for (size_t i = 0; texts[i]; i++)
        put_text(w, texts[i], str_eq_z(STR("at"), texts[i]) ? "date-time" : NULL, NULL);
    for (size_t i = 0; numbers[i]; i++)
        describe_type(w, numbers[i], "integer");
    json_object_end(w);
    json_object_end(w);
    json_object_end(w);
    for (size_t i = 0; beside[i]; i++)
        describe_type(w, beside[i], str_eq_z(STR("more"), beside[i]) ? "boolean" : "integer");
    end_object(w);
}

static void put_problem(struct json_writer *w)
{
    begin_object(w, "Problem");
    put_text(w, "type", NULL, NULL);
    put_text(w, "title", NULL, "In the language that Accept-Language asks for.");
    describe_type(w, "status", "integer");
    put_text(w, "code", NULL, NULL);
    put_text(w, "instance", NULL, NULL);
    end_object(w);
}

static void put_done(struct json_writer *w)
{
    begin_object(w, "Done");
    put_text(w, "case", NULL, NULL);
    describe_type(w, "seq", "integer");
    begin_list(w, "files");
    json_pair(w, "type", STR("string"));
    json_object_end(w);
    json_object_end(w);
    end_object(w);
}

static void put_event(struct json_writer *w)
{
    begin_object(w, "Event");
    put_text(w, "type", NULL, "As `kind` of the changes; `test`: somebody has pressed the button.");
    put_text(w, "timestamp", "date-time", NULL);
    begin_object(w, "data");
    put_text(w, "case", NULL, NULL);
    describe_type(w, "seq", "integer");
    end_object(w);
    end_object(w);
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void put_components(struct json_writer *w)
{
    describe_begin(w, "components");
    describe_begin(w, "schemas");
    put_cases(w);
    put_case(w);
    put_page(w, "Messages", "messages", WORDS("at", "from", "author", "kind", "text"), WORDS("seq"),
             WORDS("before"));
    put_page(w, "Files", "files", WORDS("id", "name", "at"), WORDS("size"), WORDS(NULL));
    put_page(w, "Changes", "changes", WORDS("case", "kind", "at"), WORDS("seq"),
             WORDS("since", "more"));
    put_done(w);
    put_event(w);
    put_problem(w);
    describe_type(w, "Document", "object");
    json_object_end(w);
    describe_begin(w, "securitySchemes");
    describe_begin(w, "token");
    json_pair(w, "type", STR("http"));
    json_pair(w, "scheme", STR("bearer"));
    json_pair(
        w, "description",
        STR("Made at the desk under Connections. A cookie of the desk's pages counts for nothing here."));
    json_object_end(w);
    json_object_end(w);
    json_object_end(w);
}

/* ---- what comes of itself ---- */

static void put_call(struct json_writer *w, const struct hook_event *event)
{
    static const char *const headers[][2] = {
        { "webhook-id", "The same when it comes again." },
        { "webhook-timestamp", "Seconds since 1970; refuse what is old." },
        { "webhook-signature",
          "\"v1,\" and the base64 of HMAC-SHA-256 over id, timestamp and body, with dots between." },
    };

    describe_begin(w, event->name);
    describe_begin(w, "post");
    json_pair(w, "summary", tr(LANG_EN, event->words));
    json_key(w, "parameters");
    json_array_begin(w);
    for (size_t i = 0; i < COUNT(headers); i++)
        put_header(w, headers[i][0], headers[i][1]);
    json_array_end(w);
    describe_begin(w, "requestBody");
    describe_begin(w, "content");
    describe_begin(w, "application/json");
    describe_begin(w, "schema");
    put_reference(w, "Event");
    for (int i = 0; i < 4; i++)
        json_object_end(w);
    describe_begin(w, "responses");
    describe_begin(w, "2XX");
    json_pair(w, "description", STR("Taken. Anything else is tried again later."));
    for (int i = 0; i < 4; i++)
        json_object_end(w);
}

static void put_webhooks(struct json_writer *w)
{
    describe_begin(w, "webhooks");
    for (const struct hook_event *event = hook_events; event->name; event++)
        put_call(w, event);
    json_object_end(w);
}

/* ---- operations ---- */

/* clang-format off */
static const struct reading {
    const char *path, *id, *summary, *component; /* component NULL: a file */
    struct {
        const char *name, *type, *words;
    } query[5];
} readings[] = {
    { TRACKER_PATH "/openapi.json", "describe", "This document.", "Document", { { 0 } } },
    { TRACKER_PATH "/cases", "listCases", "Your cases, the newest first.", "Cases",
      { { "state", "string", "open, closed or all" }, { "q", "string", "Words of title or number." },
        { "after", "string", "Go on behind this case." }, { "limit", "integer", "At most 200." } } },
    { TRACKER_PATH "/changes", "listChanges", "What happened in your cases, in the order in which it happened.", "Changes",
      { { "since", "integer", "The `since` of the last answer." }, { "limit", "integer", "At most 200." } } },
    { TRACKER_PATH "/cases/{id}", "getCase", "One case, as its page shows it to you. Its ETag is what If-Match wants.", "Case", { { 0 } } },
    { TRACKER_PATH "/cases/{id}/messages", "listMessages", "The newest messages with the coordinating body, oldest first.", "Messages",
      { { "before", "integer", "The `before` of the last answer: older ones." }, { "limit", "integer", "At most 50." } } },
    { TRACKER_PATH "/cases/{id}/files", "listFiles", "The files you may have.", "Files", { { 0 } } },
    { TRACKER_PATH "/files/{file}", "getFile", "One file, as it came. Handle it with care.", NULL, { { 0 } } },
};
static const struct refusal {
    const char *status, *words;
    bool of_writes, of_changes;
} refusals[] = {
    { "400", "The request cannot be understood.", false, false },
    { "401", "The token is missing, wrong, ended or expired.", false, false },
    { "403", "The token or its person may not write.", true, false },
    { "404", "There is no such case or file, or it is not yours: one answer for both.", false, false },
    { "409", "It changed since you saw it (CHANGED_MEANWHILE; the ETag is the present one), or this is not possible now.", true, false },
    { "413", "It is larger than is taken.", true, false },
    { "415", "The body has another type than is taken.", true, false },
    { "422", "Something sent has to be mended (INPUT), or the Idempotency-Key was used for another request (REPEATED).", true, false },
    { "428", "If-Match is missing.", true, true },
    { "429", "Too many requests a minute; Retry-After says when to go on.", false, false },
    { "503", "Busy; Retry-After says when to try again.", false, false },
};
/* clang-format on */

static void put_refusals(struct json_writer *w, bool writes, bool changes)
{
    for (size_t i = 0; i < COUNT(refusals); i++) {
        const struct refusal *r = &refusals[i];

        if ((writes || !r->of_writes) && (changes || !r->of_changes))
            describe_answer(w, r->status, r->words, PROBLEM, "Problem");
    }
}

static void put_security(struct json_writer *w)
{
    json_key(w, "security");
    json_array_begin(w);
    json_object_begin(w);
    json_key(w, "token");
    json_array_begin(w);
    json_array_end(w);
    json_object_end(w);
    json_array_end(w);
}

static void put_path_parameters(struct json_writer *w, const char *path)
{
    struct str rest = str_from_z(path), part;

    while (rest.len > 0 && str_split(&rest, '/', &part)) {
        if (str_skip(&part, STR("{")))
            describe_parameter(w, arena_z(w->buf->arena, str_take(part, str_index(part, '}'))),
                               "path", "string", STR_NONE);
    }
}

static void put_reading(struct json_writer *w, const struct reading *r)
{
    describe_begin(w, "get");
    json_pair(w, "operationId", str_from_z(r->id));
    json_pair(w, "summary", str_from_z(r->summary));
    json_key(w, "parameters");
    json_array_begin(w);
    put_path_parameters(w, r->path);
    for (size_t i = 0; i < COUNT(r->query) && r->query[i].name; i++)
        describe_parameter(w, r->query[i].name, "query", r->query[i].type,
                           str_from_z(r->query[i].words));
    json_array_end(w);
    if (!str_eq_z(STR("describe"), r->id))
        put_security(w);
    describe_begin(w, "responses");
    if (r->component) {
        describe_answer(w, "200", "The answer.", "application/json", r->component);
    } else {
        describe_begin(w, "200");
        json_pair(w, "description", STR("Its bytes."));
        describe_begin(w, "content");
        describe_begin(w, "application/octet-stream");
        json_object_end(w);
        json_object_end(w);
        json_object_end(w);
    }
    put_refusals(w, false, false);
    json_object_end(w);
    json_object_end(w);
}

static void put_body(struct json_writer *w, const struct tracker_write *row)
{
    describe_begin(w, "requestBody");
    json_key(w, "required");
    json_put_bool(w, true);
    describe_begin(w, "content");
    describe_begin(w, row->members ? "application/json" : "multipart/form-data");
    describe_begin(w, "schema");
    if (row->members) {
        put_members(w, row->members);
    } else {
        json_pair(w, "type", STR("object"));
        describe_begin(w, "properties");
        put_text(w, "text", NULL, "The message they come with.");
        begin_list(w, "files");
        json_pair(w, "type", STR("string"));
        json_pair(w, "format", STR("binary"));
        json_object_end(w);
        json_object_end(w);
        json_object_end(w);
    }
    for (int i = 0; i < 4; i++)
        json_object_end(w);
}

static void put_write(struct json_writer *w, const struct tracker_write *row)
{
    describe_begin(w, "post");
    json_pair(w, "operationId", str_from_z(row->id));
    json_pair(w, "summary", str_from_z(row->summary));
    json_key(w, "parameters");
    json_array_begin(w);
    put_path_parameters(w, row->path);
    put_header(
        w, "Idempotency-Key",
        arena_z(
            w->buf->arena,
            arena_printf(
                w->buf->arena,
                "%d to %d characters of your choice. The same request with the same key is answered the same and does nothing, for %d days.",
                REPEAT_KEY_MIN, REPEAT_KEY_MAX, REPEAT_DAYS)));
    if (!row->is_creating)
        put_header(w, "If-Match", "The ETag of the case as you saw it; \"*\": as it is now.");
    json_array_end(w);
    put_security(w);
    put_body(w, row);
    describe_begin(w, "responses");
    describe_answer(w, row->is_creating ? "201" : "200",
                    "Done. The ETag is that of the case as it is now.", "application/json", "Done");
    put_refusals(w, true, !row->is_creating);
    json_object_end(w);
    json_object_end(w);
}

static bool put_operation(struct json_writer *w, const struct route *route, struct err *err)
{
    const struct tracker_write *row =
        route->method == METHOD_POST ? tracker_write_at(route->path) : NULL;

    if (row) {
        put_write(w, row);
        return true;
    }
    for (size_t i = 0; i < COUNT(readings) && route->method == METHOD_GET; i++) {
        if (str_eq_z(str_from_z(readings[i].path), route->path)) {
            put_reading(w, &readings[i]);
            return true;
        }
    }
    return FAIL(err, BUG, str_from_z(route->path));
}

static bool is_same_path(const struct route *a, const struct route *b)
{
    return str_eq_z(str_from_z(a->path), b->path);
}

/* All that stands at the address, unless an earlier route has done so. */
static bool put_path(struct json_writer *w, const struct route_list *list, size_t at,
                     struct err *err)
{
    for (size_t i = 0; i < at; i++) {
        if (is_same_path(&list->at[i], &list->at[at]))
            return true;
    }
    describe_begin(w, list->at[at].path);
    for (size_t i = at; i < list->len; i++) {
        if (is_same_path(&list->at[i], &list->at[at]) && !put_operation(w, &list->at[i], err))
            return PASS(err);
    }
    json_object_end(w);
    return true;
}

bool tracker_describe(const struct route_list *routes, struct str desk_url, struct arena *arena,
                      struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, DOCUMENT_MAX);
    struct json_writer w = json_writer_new(&buf, true);

    json_object_begin(&w);
    json_pair(&w, "openapi", STR("3.1.0"));
    describe_begin(&w, "info");
    json_pair(&w, "title", STR("Noroshi, for developers' programs"));
    json_pair(&w, "version", STR(NOROSHI_VERSION));
    json_pair(
        &w, "description",
        STR("Your own cases: what you see and do on their pages, for your tracker. Answers are as confidential as the pages are."));
    json_object_end(&w);
    json_key(&w, "servers");
    json_array_begin(&w);
    json_object_begin(&w);
    json_pair(&w, "url", desk_url);
    json_object_end(&w);
    json_array_end(&w);
    describe_begin(&w, "paths");
    for (size_t i = 0; i < routes->len; i++) {
        if (!put_path(&w, routes, i, err))
            return PASS(err);
    }
    json_object_end(&w);
    put_webhooks(&w);
    put_components(&w);
    json_object_end(&w);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool tracker_describe_get(struct request *req, struct response *res, struct err *err)
{
    struct str text;

    return tracker_describe(&desk_tracker_routes, desk_of(req)->settings->desk_url, req->arena,
                            &text, err)
               ? respond_json(res, text)
               : PASS(err);
}
