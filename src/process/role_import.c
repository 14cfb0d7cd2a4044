#include <unistd.h>

#include "base/err.h"
#include "base/record.h"
#include "faces/cli/cli.h"
#include "faces/cli/import/import.h"
#include "faces/cli/state.h"
#include "outside/peer.h"
#include "process/roles.h"
#include "store/kinds.h"

enum { QUESTION_MS = 10000, REPLY_MAX = 4096, CONNECTIONS = 2 };

static bool import_one(const struct role_context *context, struct str question, struct str *reply,
                       struct err *err)
{
    CLEANUP(store_close_var) struct store *store = NULL;
    struct arena *arena = context->arena;
    struct app app = { .settings = context->settings,
                       .arena = arena,
                       .now = utc_now(),
                       .confine = role_confine_worker };
    struct store_options catalog = { .path =
                                         state_path(context->settings, arena, "public/catalog.db"),
                                     .kind = &store_catalog,
                                     .create = true,
                                     .migrate = true,
                                     .connections = CONNECTIONS };
    struct import_files files = { 0 };
    struct import_options options = { .files = &files,
                                      .from = record_get(question, "from"),
                                      .folder = str_from_z(
                                          state_path(context->settings, arena, "public")) };
    struct str format = record_get(question, "format"), name = record_get(question, "name");
    struct buf answer = buf_new(arena, REPLY_MAX);
    struct catalog_counts counts = { 0 };

    if (format.len > 0 && !import_format_from_name(format, &options.format))
        return FAIL(err, UNKNOWN_FORMAT, format);
    if (!import_list(arena_z(arena, arena_printf(arena, "%s/incoming/%.*s", context->state_folder,
                                                 STR_ARG(name))),
                     arena, &files, err) ||
        !store_open(&catalog, &store, err) || !import_run(&app, store, &options, &counts, err))
        return PASS(err);
    record_put_int(&answer, "read", counts.read);
    record_put_int(&answer, "added", counts.added);
    record_put_int(&answer, "changed", counts.changed);
    record_put_int(&answer, "unchanged", counts.unchanged);
    record_put_int(&answer, "refused", counts.refused);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

/* One file that the courier brought, then the end. It writes the public world and reads what came, nothing else; the file itself is read by a child that has
 * neither (faces/cli/jail.h). */
bool role_import_main(struct role_context *context, struct err *err)
{
    CLEANUP(peer_free_var) struct peer *desk = peer_new(FD_DESK);
    struct message message;
    struct err why = { 0 };
    struct str reply;

    (void)!nice(10); /* pages first */
    if (!role_confine(context, err))
        return PASS(err);
    switch (peer_receive(desk, QUESTION_MS, context->arena, &message, err)) {
    case 0:
        return true;
    case 1:
        break;
    default:
        return PASS(err);
    }
    if (message.type != PEER_IMPORT)
        return FAIL(err, PEER, STR("a process is asked to import"));
    if (import_one(context, message.body, &reply, &why))
        return peer_reply(desk, &message, reply, err) ? true : PASS(err);
    return peer_reply_error(desk, &message, &why, err) ? true : PASS(err);
}
