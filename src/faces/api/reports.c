#include "faces/api/reports.h"

#include "base/err.h"
#include "base/log.h"
#include "base/record.h"
#include "domain/casework/report_form.h"
#include "faces/http/rate.h"
#include "faces/http/respond.h"
#include "faces/public/context.h"
#include "faces/public/machine.h"
#include "formats/json/json.h"

enum { MAY_EVERYBODY = 1, ANSWER_MAX = 512 << 10 };

/* ---- reading ---- */

bool api_report_read(struct str text, struct arena *arena, struct str *record, struct str *wrong,
                     struct err *err)
{
    struct buf buf = buf_new(arena, INTAKE_FORM_MAX);
    struct json whole, value;
    struct str key;

    *wrong = STR_NONE;
    if (!json_read(text, arena, &whole, err))
        return PASS(err);
    if (json_kind(whole) != JSON_OBJECT)
        return FAIL(err, JSON_SYNTAX, STR("an object is needed"));
    for (struct json_iter i = json_iter(whole); json_next(&i, &key, &value);) {
        const struct form_field *field = report_field(REPORT_PRODUCT, key);

        if (!field ||
            (json_kind(value) != JSON_TEXT && json_kind(value) != JSON_BOOL &&
             json_kind(value) != JSON_NULL) ||
            (json_kind(value) == JSON_BOOL && field->kind != FORM_CHECK)) {
            *wrong = arena_str(arena, str_take(key, 100));
            return true;
        }
        if (json_kind(value) == JSON_BOOL && json_is_true(value))
            record_put(&buf, field->name, STR("yes"));
        else if (json_kind(value) == JSON_TEXT)
            record_put(&buf, field->name, json_text(value));
    }
    return buf_done(&buf, record, err) ? true : PASS(err);
}

/* ---- answering ---- */

static bool send_json(struct response *res, struct buf *buf, int status, struct err *err)
{
    struct str text;

    buf_byte(buf, '\n');
    if (!buf_done(buf, &text, err))
        return PASS(err);
    res->status = status;
    res->cache = CACHE_NONE;
    return respond_json(res, text);
}

/* RFC 9457, with every fault by its field. */
static bool send_faults(struct request *req, struct response *res, const struct form_faults *faults,
                        struct err *err)
{
    struct buf buf = buf_new(req->arena, ANSWER_MAX);
    struct json_writer w = json_writer_new(&buf, false);

    json_object_begin(&w);
    json_pair(&w, "type", STR("about:blank"));
    json_pair(&w, "title", tr(req->lang, N_("Some fields of the report have to be mended.")));
    json_key(&w, "status");
    json_put_int(&w, 422);
    json_pair(&w, "code", STR("INPUT"));
    json_key(&w, "errors");
    json_array_begin(&w);
    for (size_t i = 0; i < faults->len; i++) {
        json_object_begin(&w);
        json_pair(&w, "field", str_from_z(faults->at[i].field));
        json_pair(&w, "detail", tr(req->lang, faults->at[i].words));
        json_object_end(&w);
    }
    json_array_end(&w);
    json_object_end(&w);
    if (!send_json(res, &buf, 422, err))
        return PASS(err);
    res->type = STR("application/problem+json");
    return true;
}

static bool send_problem(struct request *req, struct response *res, enum err_code code,
                         struct str subject)
{
    struct err why = { 0 };

    (void)err_set(&why, code, subject, HERE);
    res->cache = CACHE_NONE;
    return respond_problem(res, req, &why);
}

static bool send_receipt(struct request *req, struct response *res,
                         const struct intake_receipt *receipt, struct err *err)
{
    struct buf buf = buf_new(req->arena, 4096);
    struct json_writer w = json_writer_new(&buf, false);

    json_object_begin(&w);
    json_pair(&w, "receipt", receipt->number);
    json_pair(&w, "passphrase", receipt->passphrase);
    json_pair(&w, "mailbox",
              arena_printf(req->arena, "%.*s%.*s/mailbox",
                           STR_ARG(public_of(req)->settings->desk_url), STR_ARG(req->base)));
    json_object_end(&w);
    return send_json(res, &buf, 201, err) ? true : PASS(err);
}

/* ---- POST /api/v1/reports ---- */

/* The draft a repetition is known by. The passphrase comes from it, so it is made of the key and of the content together: whoever
 * guesses a key still lacks the report. */
static struct str draft_of(const struct request *req, struct str key, struct str form)
{
    struct hash_stream stream;

    if (!key.ptr)
        return random_token(req->arena);
    hash_begin(&stream);
    hash_add(&stream, STR("report by interface"));
    hash_add(&stream, key);
    hash_add(&stream, form);
    return hash_hex(hash_end(&stream), req->arena);
}

/* Rule: INT-01 INT-15 INT-16 FND-02 FND-13 */
static bool api_report_send(struct request *req, struct response *res, struct err *err)
{
    const struct public_face *face = public_of(req);
    struct str key = request_header(req, "Idempotency-Key"), record, wrong;
    struct form_faults faults = { 0 };
    struct intake_receipt receipt;
    struct err why = { 0 };

    if (key.ptr && (key.len < API_KEY_MIN || key.len > API_KEY_MAX))
        return send_problem(req, res, ERR_BAD_REQUEST, STR("Idempotency-Key"));
    if (face->reports &&
        !rate_take(face->reports, req->peer_address, req->now, &req->wait_seconds)) {
        response_header(res, "Retry-After", arena_printf(req->arena, "%u", req->wait_seconds));
        return send_problem(req, res, ERR_TOO_MANY, STR_NONE);
    }
    if (!api_report_read(req->body, req->arena, &record, &wrong, &why))
        return send_problem(req, res, why.code, str_from_z(why.subject));
    if (wrong.ptr)
        return send_problem(req, res, ERR_INPUT, wrong);
    report_form_check(REPORT_PRODUCT, record, 0, req->arena, &faults);
    if (faults.len > 0)
        return send_faults(req, res, &faults, err) ? true : PASS(err);
    if (!report_form_clean(REPORT_PRODUCT, record, req->arena, &record, err))
        return PASS(err);
    if (!intake_send_form(&face->intake,
                          &(struct intake_form){ .draft = draft_of(req, key, record),
                                                 .form = record,
                                                 .channel = STR("API"),
                                                 .lang = req->lang },
                          req->arena, &receipt, &why)) {
        log_error("intake", req->id, &why);
        response_header(res, "Retry-After", STR("10"));
        return send_problem(req, res, why.code == ERR_INPUT ? ERR_INPUT : ERR_UNAVAILABLE,
                            STR("intake"));
    }
    return send_receipt(req, res, &receipt, err) ? true : PASS(err);
}

/* ---- GET /api/v1/reports/form ---- */

static void put_both(struct json_writer *w, const char *key, const char *msgid)
{
    json_key(w, key);
    json_object_begin(w);
    json_pair(w, "ja", tr(LANG_JA, msgid));
    json_pair(w, "en", tr(LANG_EN, msgid));
    json_object_end(w);
}

static const char *kind_name(enum form_kind kind)
{
    static const char *const names[] = {
        "text", "lines", "email", "url", "date", "choice", "check"
    };

    return names[kind];
}

static void put_field(struct json_writer *w, const struct form_field *field)
{
    json_object_begin(w);
    json_pair(w, "name", str_from_z(field->name));
    json_pair(w, "kind", str_from_z(kind_name(field->kind)));
    json_pair(w, "class", (struct str){ &field->info_class, 1 });
    json_key(w, "required");
    json_put_bool(w, field->is_required);
    json_key(w, "max");
    json_put_int(w, (int64_t)field->max);
    put_both(w, "label", field->label);
    if (field->help[0])
        put_both(w, "help", field->help);
    if (field->options) {
        json_key(w, "options");
        json_array_begin(w);
        for (const struct form_option *o = field->options; o->value; o++) {
            json_object_begin(w);
            json_pair(w, "value", str_from_z(o->value));
            put_both(w, "label", o->label);
            json_object_end(w);
        }
        json_array_end(w);
    }
    json_object_end(w);
}

static bool api_report_form(struct request *req, struct response *res, struct err *err)
{
    struct buf buf = buf_new(req->arena, ANSWER_MAX);
    struct json_writer w = json_writer_new(&buf, false);
    const struct form_field *field = NULL;
    struct str text;

    json_object_begin(&w);
    json_key(&w, "fields");
    json_array_begin(&w);
    while ((field = report_field_next(REPORT_PRODUCT, field)))
        put_field(&w, field);
    json_array_end(&w);
    json_object_end(&w);
    return buf_done(&buf, &text, err)
               ? machine_send_text(req, res, text, STR("application/json"), text)
               : PASS(err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET_OPEN("/api/v1/reports/form", MAY_EVERYBODY,                                   api_report_form),
    ROUTE_POST("/api/v1/reports",          MAY_EVERYBODY, TOKEN_API, BODY_JSON, API_REPORT_MAX, api_report_send),
};
/* clang-format on */

const struct route_list api_report_routes = ROUTES(routes);
