#include "faces/desk/tracker/writes.h"

#include "base/err.h"
#include "domain/access/repeat.h"
#include "domain/casework/answer.h"
#include "faces/desk/tracker/tracker.h"
#include "faces/http/respond.h"

enum { ANSWER_MAX = 64 << 10 };

/* ---- the statement alone: all else that was reported stands ---- */

static struct str given_or(const struct request *req, const char *name, struct str before)
{
    struct str given = request_form(req, name);

    return given.ptr ? given : before;
}

static bool statement_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer_report last;
    struct status_report report;

    if (req->form.len == 0)
        return FAIL(err, INPUT, STR("statement_ja"));
    if (!s->own.status_seq)
        return FAIL(err, NOT_READY, STR("countermeasure"));
    if (!answer_load(s->tx, &s->c, &s->own, req->arena, &last, err))
        return PASS(err);
    report =
        (struct status_report){ .countermeasure = s->own.countermeasure,
                                .words = last.status_words,
                                .statement_ja = given_or(req, "statement_ja", last.statement_ja),
                                .statement_en = given_or(req, "statement_en", last.statement_en),
                                .url = given_or(req, "url", last.url) };
    return answer_status(s->tx, who_of(req), &s->c, &s->own, &report, req->now, req->arena, err)
               ? true
               : PASS(err);
}

static bool files_deed(struct request *req, struct scene *s, struct err *err)
{
    return request_upload(req, "files", 0) ? own_say_deed(req, s, err)
                                           : FAIL(err, INPUT, STR("files"));
}

/* ---- the rows ---- */

/* clang-format off */
static const struct member no_product[] = {
    { "name_consent", MEMBER_YES, false, NULL, "You may be named at publication as not affected.", NULL },
    { "words", MEMBER_TEXT, false, NULL, "A remark to the coordinating body.", NULL },
    { 0 },
};
static const struct member detail[] = {
    { "acknowledged", MEMBER_YES, true, NULL, "A developer that has received the detail may have its name and its response status published, and keeps the detail secret until the publication date.", NULL },
    { 0 },
};
static const struct member result[] = {
    { "affected", MEMBER_TEXT, true, "YES NO INVESTIGATING", "Whether any of your products is affected.", NULL },
    { "novelty", MEMBER_TEXT, true, "NEW KNOWN", "Whether the vulnerability was known already.", NULL },
    { "words", MEMBER_TEXT, true, NULL, "How you verified it; if it is known, where it has been published.", NULL },
    { "products", MEMBER_PRODUCTS, false, NULL, "Product by product.", NULL },
    { 0 },
};
static const struct member status[] = {
    { "countermeasure", MEMBER_TEXT, true, "PLANNED WORKAROUND FIX STOP_USE", "What users can do.", NULL },
    { "words", MEMBER_TEXT, true, NULL, "State of the work; for the two bodies, not published.", NULL },
    { "statement_ja", MEMBER_TEXT, false, NULL, "For publication, in Japanese.", NULL },
    { "statement_en", MEMBER_TEXT, false, NULL, "For publication, in English.", NULL },
    { "url", MEMBER_TEXT, false, NULL, "Address of your own advisory.", NULL },
    { 0 },
};
static const struct member statement[] = {
    { "statement_ja", MEMBER_TEXT, false, NULL, "For publication, in Japanese; left out, it stays.", NULL },
    { "statement_en", MEMBER_TEXT, false, NULL, "For publication, in English; left out, it stays.", NULL },
    { "url", MEMBER_TEXT, false, NULL, "Address of your own advisory; left out, it stays.", NULL },
    { 0 },
};
static const struct member date[] = {
    { "proposed", MEMBER_TIME, true, NULL, "The date and time you propose.", NULL },
    { "reason", MEMBER_TEXT, true, NULL, "Why.", NULL },
    { 0 },
};
static const struct member refusal[] = {
    { "reason", MEMBER_TEXT, true, NULL, "For example: support of the product has ended.", NULL },
    { 0 },
};
static const struct member hint[] = {
    { "developer_name", MEMBER_TEXT, true, NULL, "Who else may be affected.", NULL },
    { "product", MEMBER_TEXT, false, NULL, "Of that developer.", NULL },
    { "reason", MEMBER_TEXT, true, NULL, "Why you think so.", NULL },
    { 0 },
};
static const struct member message[] = {
    { "text", MEMBER_TEXT, true, NULL, "To the coordinating body, which alone can read it.", NULL },
    { 0 },
};

const struct tracker_write tracker_writes[] = {
    { TRACKER_PATH "/cases/{id}/detail",     detail,     own_request_detail_deed, false, "requestDetail", "Asks for the detail." },
    { TRACKER_PATH "/cases/{id}/no-product", no_product, own_no_product_deed,     false, "reportNoProduct", "Says that no product of yours is affected." },
    { TRACKER_PATH "/cases/{id}/result",     result,     own_result_deed,         false, "reportResult", "Reports the verification result, product by product." },
    { TRACKER_PATH "/cases/{id}/status",     status,     own_status_deed,         false, "reportStatus", "Reports the response status and the statement." },
    { TRACKER_PATH "/cases/{id}/statement",  statement,  statement_deed,          false, "putStatement", "Changes the statement alone; the status that was reported stands." },
    { TRACKER_PATH "/cases/{id}/date",       date,       own_wish_deed,           false, "wishDate", "Wishes for another publication date; the coordinating body decides." },
    { TRACKER_PATH "/cases/{id}/refusal",    refusal,    own_refuse_deed,         false, "refuse", "Says that you will not act." },
    { TRACKER_PATH "/cases/{id}/hint",       hint,       own_hint_deed,           true,  "giveHint", "Names somebody else who may be affected." },
    { TRACKER_PATH "/cases/{id}/messages",   message,    own_say_deed,            true,  "sendMessage", "Writes to the coordinating body." },
    { TRACKER_PATH "/cases/{id}/files",      NULL,       files_deed,              true,  "sendFiles", "Sends files to the coordinating body, with a message." },
};
/* clang-format on */
const size_t tracker_write_count = COUNT(tracker_writes);

const struct tracker_write *tracker_write_at(const char *path)
{
    for (size_t i = 0; i < COUNT(tracker_writes); i++) {
        if (str_eq_z(str_from_z(path), tracker_writes[i].path))
            return &tracker_writes[i];
    }
    return NULL;
}

/* ---- reading ---- */

static bool is_plain_ascii(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7f)
            return false;
    }
    return true;
}

static bool read_form(const struct request *req, struct err *err)
{
    for (size_t i = 0; i < req->form.len; i++) {
        if (!str_eq(req->form.at[i].name, STR("text")))
            return FAIL(err, INPUT, req->form.at[i].name);
    }
    for (size_t i = 0; i < req->uploads.len; i++) {
        if (!str_eq(req->uploads.at[i].field, STR("files")))
            return FAIL(err, INPUT, req->uploads.at[i].field);
    }
    return true;
}

static void hash_fields(struct hash_stream *stream, const struct request *req)
{
    hash_add(stream, req->path);
    for (size_t i = 0; i < req->form.len; i++) {
        hash_add(stream, req->form.at[i].name);
        hash_add(stream, req->form.at[i].value);
    }
    for (size_t i = 0; i < req->uploads.len; i++) {
        hash_add(stream, req->uploads.at[i].name);
        hash_add(stream, req->uploads.at[i].bytes);
    }
}

/* What it is known by when it is sent again. */
static bool read_repeat(const struct request *req, struct repeat *out, struct err *err)
{
    struct str key = request_header(req, "Idempotency-Key");
    struct hash_stream stream;

    if (key.len < REPEAT_KEY_MIN || key.len > REPEAT_KEY_MAX || !is_plain_ascii(key))
        return FAIL(err, BAD_REQUEST, STR("Idempotency-Key"));
    hash_begin(&stream);
    hash_fields(&stream, req);
    *out = (struct repeat){ .key = hash_of(key), .request = hash_end(&stream) };
    return true;
}

/* ---- doing ---- */

/* Is the case still what the program saw? *res is filled when it is not. */
static bool is_as_seen(struct request *req, struct scene *s, struct response *res, bool *as_seen,
                       struct err *err)
{
    struct str seen = str_trim(request_header(req, "If-Match")), json, etag;
    struct err why = { 0 };

    if (seen.len == 0)
        return FAIL(err, UNCONDITIONAL, STR_NONE);
    if (!tracker_case(req, s, &json, &etag, err))
        return PASS(err);
    *as_seen = str_eq(seen, STR("*")) || str_eq(seen, etag);
    if (*as_seen)
        return true;
    (void)FAIL(&why, CHANGED_MEANWHILE, STR_NONE);
    response_header(res, "ETag", etag);
    return respond_problem(res, req, &why);
}

/* Ids alone: this is kept. */
static bool answer_of(struct request *req, const struct scene *s, struct str *out, struct err *err)
{
    struct buf buf = buf_new(req->arena, ANSWER_MAX);
    struct json_writer w = json_writer_new(&buf, false);

    json_object_begin(&w);
    json_pair(&w, "case", s->c.public_id);
    if (s->said) {
        json_key(&w, "seq");
        json_put_int(&w, s->said);
    }
    if (s->new_files.len > 0) {
        json_key(&w, "files");
        json_array_begin(&w);
        for (size_t i = 0; i < s->new_files.len; i++)
            json_put_text(&w, s->new_files.at[i]);
        json_array_end(&w);
    }
    json_object_end(&w);
    buf_byte(&buf, '\n');
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool send(struct response *res, const struct repeat *repeat)
{
    res->status = (int)repeat->status;
    res->etag = repeat->etag;
    return respond_json(res, repeat->answer);
}

/* In one transaction with what is kept for its repetition. */
static bool carry_out(struct request *req, const struct tracker_write *row, struct scene *s,
                      struct repeat *repeat, struct err *err)
{
    struct deed deed = { s->tx, who_of(req), req->now, req->arena };
    struct str json;

    repeat->status = row->is_creating ? 201 : 200;
    return row->act(req, s, err) && answer_of(req, s, &repeat->answer, err) &&
                   scene_load(req, s, err) && tracker_case(req, s, &json, &repeat->etag, err) &&
                   repeat_keep(&deed, repeat, err) && tx_commit(&s->tx, err)
               ? true
               : PASS(err);
}

bool tracker_write(struct request *req, struct response *res, struct err *err)
{
    const struct tracker_write *row = tracker_write_at(req->route->path);
    struct repeat repeat;
    bool is_known, as_seen = true;

    if (!row)
        return FAIL(err, BUG, str_from_z(req->route->path));
    if (!(row->members ? members_read(req->body, row->members, req->arena, &req->form, err)
                       : read_form(req, err)) ||
        !read_repeat(req, &repeat, err))
        return PASS(err);
    {
        __attribute__((cleanup(scene_end))) struct scene s = { 0 };

        if (!scene_open(req, TX_WRITE, &s, err))
            return PASS(err);
        if (!repeat_find(&(struct deed){ s.tx, who_of(req), req->now, req->arena }, &repeat,
                         &is_known, err))
            return PASS(err);
        if (is_known) {
            response_header(res, "Idempotency-Replayed", STR("true"));
            return send(res, &repeat);
        }
        if (!row->is_creating && !is_as_seen(req, &s, res, &as_seen, err))
            return PASS(err);
        if (!as_seen)
            return true;
        if (!carry_out(req, row, &s, &repeat, err))
            return PASS(err);
        scene_look_at_files(req, &s);
    }
    return send(res, &repeat);
}
