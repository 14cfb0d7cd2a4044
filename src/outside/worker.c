#include "outside/worker.h"

#include "base/err.h"
#include "base/record.h"
#include "outside/peer.h"

enum { SPAWN_MS = 5000, WORK_MS = 10000, REPLY_MAX = 4096 };

static struct str question_about(struct str bytes, struct str name, struct arena *arena)
{
    struct buf question = buf_new(arena, PEER_BODY_MAX);

    record_put(&question, "what", STR("file"));
    record_put(&question, "name", name);
    record_put(&question, "bytes", bytes);
    return question.over ? STR_NONE : buf_str(&question);
}

/* What a worker says is checked like a stranger's words: it has read them. */
static bool read_findings(struct str reply, struct arena *arena, struct inspection *out,
                          struct err *err)
{
    int64_t kind = record_get_int(reply, "kind", -1),
            verdict = record_get_int(reply, "verdict", -1);
    int64_t reasons = record_get_int(reply, "reasons", -1);
    struct str name = record_get(reply, "name");

    if (kind < 0 || kind >= FILE_KINDS || verdict < 0 || verdict > VERDICT_CLEAN_MEDIA ||
        reasons < 0 || reasons >= 1 << HELD_REASONS)
        return FAIL(err, WORKER, STR("its findings make no sense"));
    if ((verdict == VERDICT_HELD) != (reasons != 0) || name.len == 0 || name.len > 1024 ||
        !str_is_utf8(name) || !str_is_plain(name, false))
        return FAIL(err, WORKER, STR("its findings make no sense"));
    *out = (struct inspection){ .kind = (enum file_kind)kind,
                                .verdict = (enum verdict)verdict,
                                .reasons = (unsigned)reasons,
                                .safe_name = arena_str(arena, name) };
    return true;
}

bool worker_ask(struct peer *supervisor, struct str question, struct arena *arena,
                struct str *reply, struct err *err)
{
    CLEANUP(peer_free_var) struct peer *worker = NULL;
    struct err why = { 0 };
    int fd;

    if (!peer_call_fd(supervisor, PEER_SPAWN_PARSE, STR(""), SPAWN_MS, arena, reply, &fd, err))
        return PASS(err);
    if (fd < 0)
        return FAIL(err, PEER, STR("no worker came"));
    worker = peer_new(fd);
    return peer_call(worker, PEER_PARSE, question, WORK_MS, arena, reply, &why)
               ? true
               : FAIL(err, WORKER, str_from_z(why.subject));
}

bool worker_inspect(struct peer *supervisor, struct str bytes, struct str name, struct arena *arena,
                    struct inspection *out, struct err *err)
{
    struct str question = question_about(bytes, name, arena), reply;

    if (!question.ptr)
        return FAIL(err, TOO_LARGE, STR("a file"));
    return worker_ask(supervisor, question, arena, &reply, err) &&
                   read_findings(reply, arena, out, err)
               ? true
               : PASS(err);
}

bool worker_answer(struct str question, struct arena *arena, struct str *reply, struct err *err)
{
    struct buf answer = buf_new(arena, REPLY_MAX);
    struct inspection found;

    if (!str_eq_z(record_get(question, "what"), "file"))
        return FAIL(err, WORKER, STR("this kind is not known"));
    inspect_file(record_get(question, "bytes"), record_get(question, "name"), arena, &found);
    record_put_int(&answer, "kind", found.kind);
    record_put_int(&answer, "verdict", found.verdict);
    record_put_int(&answer, "reasons", found.reasons);
    record_put(&answer, "name", found.safe_name);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}
