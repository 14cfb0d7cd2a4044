/* faces/desk/tracker/talk.c: what was said between a developer and the coordinating body, the files of a case, and what happened in all of them. */
#include "domain/casework/talk.h"
#include "base/err.h"
#include "domain/casework/files.h"
#include "domain/casework/list.h"
#include "faces/desk/tracker/tracker.h"
#include "faces/http/respond.h"

static bool open_own(struct request *req, struct scene *s, struct err *err)
{
    if (!scene_open(req, TX_READ, s, err))
        return PASS(err);
    return s->has_own ? true : FAIL(err, ABSENT, STR("a case"));
}

/* Towards a developer the body speaks, not its officers. */
static void put_message(struct json_writer *w, const struct subject *who, const struct talk *t)
{
    bool is_ours = t->organisation_id == who->organisation_id;

    json_object_begin(w);
    json_key(w, "seq");
    json_put_int(w, t->seq);
    tracker_put_time(w, "at", t->at);
    json_pair(w, "from", is_ours ? STR("DEVELOPER") : STR("COORDINATING_BODY"));
    json_pair(w, "author", is_ours ? t->author_name : STR_NONE);
    json_pair(w, "kind", str_from_z(talk_kind_names[t->kind]));
    json_key(w, "unread");
    json_put_bool(w, t->is_unread);
    json_pair(w, "text", t->text);
    json_object_end(w);
}

/* What is unread stays so: a program that fetches is nobody who has read. */
bool tracker_messages(struct request *req, struct response *res, struct err *err)
{
    static const char *const names[] = { "before", "limit", NULL };
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct buf buf = buf_new(req->arena, TRACKER_ANSWER_MAX);
    struct json_writer w = json_writer_new(&buf, false);
    int64_t before, limit;
    struct talks talks;

    if (!tracker_query(req, names, err) ||
        !tracker_number(req, "before", INT64_MAX, 0, &before, err) ||
        !tracker_number(req, "limit", TALK_PAGE, TALK_PAGE, &limit, err) ||
        !open_own(req, &s, err) ||
        !talk_page(s.tx, who_of(req), &s.c, THREAD_PARTICIPANT, &s.own, before, limit, req->arena,
                   &talks, err))
        return PASS(err);
    json_object_begin(&w);
    json_key(&w, "messages");
    json_array_begin(&w);
    for (size_t i = 0; i < talks.len; i++)
        put_message(&w, who_of(req), &talks.at[i]);
    json_array_end(&w);
    if (talks.older > 0) {
        json_key(&w, "before");
        json_put_int(&w, talks.at[0].seq);
    }
    json_object_end(&w);
    return tracker_send(res, &buf, err) ? true : PASS(err);
}

bool tracker_files(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct buf buf = buf_new(req->arena, TRACKER_ANSWER_MAX);
    struct json_writer w = json_writer_new(&buf, false);
    struct case_files files;

    if (!tracker_query(req, (const char *const[]){ NULL }, err) || !open_own(req, &s, err) ||
        !case_files_list(s.tx, who_of(req), &s.c, &s.grant, req->arena, &files, err))
        return PASS(err);
    json_object_begin(&w);
    json_key(&w, "files");
    json_array_begin(&w);
    for (size_t i = 0; i < files.len; i++) {
        const struct case_file *file = &files.at[i];

        json_object_begin(&w);
        json_pair(&w, "id", file->public_id);
        json_pair(&w, "name", file->name);
        json_key(&w, "size");
        json_put_int(&w, file->size);
        tracker_put_time(&w, "at", file->created_at);
        json_object_end(&w);
    }
    json_array_end(&w);
    json_object_end(&w);
    return tracker_send(res, &buf, err) ? true : PASS(err);
}

bool tracker_changes(struct request *req, struct response *res, struct err *err)
{
    static const char *const names[] = { "since", "limit", NULL };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct buf buf = buf_new(req->arena, TRACKER_ANSWER_MAX);
    struct json_writer w = json_writer_new(&buf, false);
    struct case_changes changes;
    int64_t since, limit;

    if (!tracker_query(req, names, err) ||
        !tracker_number(req, "since", INT64_MAX, 0, &since, err) ||
        !tracker_number(req, "limit", TRACKER_PAGE_MAX, TRACKER_PAGE, &limit, err) ||
        !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !cases_changes(tx, who_of(req), since, limit, req->arena, &changes, err))
        return PASS(err);
    json_object_begin(&w);
    json_key(&w, "changes");
    json_array_begin(&w);
    for (size_t i = 0; i < changes.len; i++) {
        json_object_begin(&w);
        json_key(&w, "seq");
        json_put_int(&w, changes.at[i].seq);
        tracker_put_time(&w, "at", changes.at[i].at);
        json_pair(&w, "case", changes.at[i].case_public_id);
        json_pair(&w, "kind", changes.at[i].kind);
        json_object_end(&w);
    }
    json_array_end(&w);
    json_key(&w, "since");
    json_put_int(&w, changes.seq);
    json_key(&w, "more");
    json_put_bool(&w, changes.has_more);
    json_object_end(&w);
    return tracker_send(res, &buf, err) ? true : PASS(err);
}
