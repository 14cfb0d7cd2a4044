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

static struct str tag_of(struct str content, struct arena *arena)
{
    return arena_printf(arena, "\"%.32s\"", hash_hex(hash_of(content), arena).ptr);
}

/* Packing is for who takes it; what is packed lives with the arena. */
static void fill(struct request *req, struct response *res, struct arena *arena, struct str text,
                 struct str type, struct str content)
{
    struct str accepted = request_header(req, "Accept-Encoding"), gzip = STR_NONE;

    if (text.len >= GZIP_FROM && str_contains(accepted, STR("gzip")))
        gzip = pack_gzip(text, arena);
    respond_bytes(res, text, type, tag_of(content.len > 0 ? content : text, req->arena), gzip);
}

bool machine_send_text(struct request *req, struct response *res, struct str text, struct str type,
                       struct str content)
{
    fill(req, res, req->arena, text, type, content);
    return true;
}

bool machine_send(struct request *req, struct response *res, struct machine **machine,
                  struct str type, struct str content, struct err *err)
{
    struct machine *sent = *machine;
    struct str body;

    if (!buf_done(&sent->buf, &body, err))
        return PASS(err);
    fill(req, res, sent->arena, body, type, content);
    res->release = release;
    res->owner = TAKE(*machine);
    return true;
}
