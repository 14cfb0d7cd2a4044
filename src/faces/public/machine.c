#include "faces/public/machine.h"

#include "base/err.h"
#include "faces/http/respond.h"
#include "formats/archive/pack.h"
#include "seal/seal.h"
#include <stdlib.h>

enum { ARENA_MAX = 1 << 30, GZIP_FROM = 1024 };

struct machine *machine_new(void)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct machine *machine = ARENA_NEW(arena, struct machine);

    machine->arena = arena;
    machine->scratch = arena_new(ARENA_MAX);
    machine->buf = buf_new(arena, MACHINE_MAX);
    machine->w = json_writer_new(&machine->buf, false);
    return machine;
}

void machine_free(struct machine *machine)
{
    if (!machine)
        return;
    arena_free(machine->scratch);
    arena_free(machine->arena); /* itself too */
}

static void release(void *machine) { machine_free(machine); }

void machine_open(struct response *res)
{
    response_header(res, "Access-Control-Allow-Origin", STR("*"));
    response_header(res, "Access-Control-Expose-Headers", STR("message"));
}

static struct str tag_of(struct str content, struct arena *arena)
{
    return arena_printf(arena, "\"%.32s\"", hash_hex(hash_of(content), arena).ptr);
}

bool machine_send(struct request *req, struct response *res, struct machine **machine,
                  struct str type, struct str content, struct err *err)
{
    struct str accepted = request_header(req, "Accept-Encoding"), body, gzip = STR_NONE;
    struct machine *sent = *machine;

    if (!buf_done(&sent->buf, &body, err))
        return PASS(err);
    if (body.len >= GZIP_FROM && str_contains(accepted, STR("gzip")))
        gzip = pack_gzip(body, sent->arena);
    respond_bytes(res, body, type, tag_of(content.len > 0 ? content : body, req->arena), gzip);
    machine_open(res);
    res->release = release;
    res->owner = TAKE(*machine);
    return true;
}
