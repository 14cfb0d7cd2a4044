#include "faces/public/document.h"

#include "faces/http/respond.h"
#include "faces/public/context.h"
#include "store/generation.h"

static void let_go(void *generation) { generation_close(generation); }

/* Sat, 21 Nov 2026 04:00:00 GMT */
static struct str http_date(struct utc t, struct arena *arena)
{
    static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct civil c = utc_to_civil(t);

    return arena_printf(arena, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[c.weekday], c.day,
                        months[c.month - 1], c.year, c.hour, c.minute, c.second);
}

static struct str whole_path(const struct request *req)
{
    return req->base.len
               ? arena_printf(req->arena, "%.*s%.*s", STR_ARG(req->base), STR_ARG(req->path))
               : req->path;
}

static bool answer(struct request *req, struct response *res, struct watch *watch, struct str path)
{
    struct generation *generation = watch_now(watch);
    struct segment_entry entry;

    if (!generation_find(generation, path, &entry)) {
        generation_close(generation);
        return false;
    }
    respond_bytes(res, entry.body, entry.type, entry.etag, entry.gzip);
    res->release = let_go;
    res->owner = generation;
    if (entry.modified.ms)
        response_header(res, "Last-Modified", http_date(entry.modified, req->arena));
    return true;
}

bool public_document(struct request *req, struct response *res)
{
    const struct public_face *face = public_of(req);
    struct str path = whole_path(req);

    if (path.len == 0 || path.ptr[0] != '/')
        return false;
    return answer(req, res, face->watch, path) ||
           (face->files && answer(req, res, face->files, path));
}
