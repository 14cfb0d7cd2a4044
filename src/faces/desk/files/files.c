#include "faces/desk/files/files.h"

#include "base/err.h"
#include "domain/casework/website_visibility.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "faces/http/respond.h"
#include "store/store.h"

enum { SMALL = 16 * 1024 };

static struct str size_words(struct arena *arena, int64_t bytes)
{
    return bytes < 1024
               ? arena_printf(arena, "%lld B", (long long)bytes)
               : arena_printf(arena, "%.*s KB", STR_ARG(tr_number(arena, (bytes + 1023) / 1024)));
}

/* ---- the list ---- */

static struct tag_view state_tag(const struct request *req, const struct case_file *file)
{
    if (file->thread == THREAD_BODIES)
        return (struct tag_view){ tr(req->lang, N_("Both bodies see it")), TONE_NEUTRAL };
    if (file->thread == THREAD_PARTICIPANT)
        return (struct tag_view){
            tr(req->lang, N_("The coordinating body and this developer see it")), TONE_NEUTRAL
        };
    switch (file->state) {
    case FILE_RELEASED:
        return (struct tag_view){ tr(req->lang, N_("Coordinating body sees it")), TONE_GOOD };
    case FILE_SHARED:
        return (struct tag_view){ tr(req->lang, N_("Developers with the detail see it")),
                                  TONE_GOOD };
    default:
        return (struct tag_view){ tr(req->lang, N_("Receiving body and finder")), TONE_WARN };
    }
}

/* What the look at it found, for those who decide. */
static struct str found_words(const struct request *req, const struct case_file *file)
{
    if (file->verdict.len == 0)
        return tr(req->lang, N_("It has not been looked at yet; open it with care."));
    if (str_eq(file->verdict, STR("held")))
        return tr_fill(
            req->arena, req->lang,
            N_("Seems to be: {kind}. It may hold a program, further files, or traces of who made it; open it with care."),
            TR_ARGS({ "kind", file->kind }));
    return tr_fill(req->arena, req->lang, N_("Seems to be: {kind}."),
                   TR_ARGS({ "kind", file->kind }));
}

static void add_release(const struct request *req, const struct case_file *file,
                        struct act_list *acts)
{
    const char *words = file->state == FILE_HELD
                            ? N_("Let the coordinating body see \"{name}\"")
                            : N_("Let the developers who have the detail see \"{name}\"");

    VEC_PUSH(
        req->arena, acts,
        (struct act){
            .label = tr_fill(req->arena, req->lang, words, TR_ARGS({ "name", file->name })),
            .href = arena_printf(req->arena, "/files/%.*s/release", STR_ARG(file->public_id)),
            .posts = true,
            .help = tr(req->lang,
                       N_("Please make sure first that nothing in it tells who the finder is.")) });
}

static bool belongs_here(const struct subject *who, const struct case_file *file,
                         const struct developer *of)
{
    if (of)
        return file->thread == THREAD_PARTICIPANT && file->participant_id == of->id;
    return file->thread != THREAD_PARTICIPANT || !(who->roles & ROLE_CB);
}

struct field_view desk_files_field(const struct request *req, const char *id)
{
    struct cabinet cabinet = desk_cabinet(desk_of(req));

    return (struct field_view){
        .id = str_from_z(id),
        .name = STR("files"),
        .label = tr(req->lang, N_("Files")),
        .help = tr_fill(
            req->arena, req->lang,
            N_("Number of files: at most {count}, each of at most {size} MB. Whoever reads this conversation can open them."),
            TR_ARGS({ "count", tr_number(req->arena, cabinet.max_files) },
                    { "size", tr_number(req->arena, cabinet.max_bytes >> 20) })),
        .kind = FIELD_FILE,
        .multiple = true,
        .is_bare = true,
    };
}

bool desk_files_fill(const struct request *req, struct tx *tx, const struct product_case *c,
                     const struct grant *grant, const struct developer *of, const char *download,
                     struct attachment_list *files, struct act_list *acts, struct err *err)
{
    const struct subject *who = who_of(req);
    bool is_body = (who->roles & (ROLE_RB | ROLE_CB)) != 0;
    struct case_files list;

    if (!case_files_list(tx, who, c, grant, req->arena, &list, err))
        return PASS(err);
    for (size_t i = 0; i < list.len; i++) {
        const struct case_file *file = &list.at[i];
        struct attachment one = {
            .name = file->name,
            .size = size_words(req->arena, file->size),
            .href = arena_printf(req->arena, "%s/%.*s", download, STR_ARG(file->public_id)),
        };

        if (!belongs_here(who, file, of))
            continue;
        if (is_body) {
            one.tag = state_tag(req, file);
            one.note = found_words(req, file);
        }
        VEC_PUSH(req->arena, files, one);
        if (case_file_may_release(who, file))
            add_release(req, file, acts);
    }
    return true;
}

/* ---- download and release ---- */

bool desk_file_send(const struct request *req, struct response *res, struct tx *tx,
                    const struct product_case *c, const struct grant *grant, struct err *err)
{
    struct cabinet cabinet = desk_cabinet(desk_of(req));
    struct case_file file;
    struct str bytes;

    if (!case_file_pick(tx, who_of(req), c, grant, request_path(req, "file"), req->arena, &file,
                        err) ||
        !case_file_read(&cabinet, &file, req->arena, &bytes, err))
        return PASS(err);
    return respond_download(res, bytes, file.name);
}

struct found {
    struct tx *tx;
    struct product_case c;
    struct grant grant;
};

static void found_end(struct found *found) { tx_end(found->tx); }

/* A website's case, as far as this subject may see it; *is_website false: it is none. */
static bool website_by_public_id(struct request *req, struct found *f, struct str case_id,
                                 bool *is_website, struct err *err)
{
    struct website_grant grant;
    struct err absent = { 0 };
    struct website site;

    *is_website = website_load(&desk_of(req)->casework, f->tx, case_id, req->arena, &site, &absent);
    if (!*is_website) {
        if (absent.code == ERR_ABSENT)
            return true;
        *err = absent;
        return PASS(err);
    }
    if (!website_grant(who_of(req), &site, &grant, err))
        return PASS(err);
    f->c = site.c;
    f->grant = grant.report;
    return true;
}

/* The case of the route's {file}, as far as this subject may see it; else as if it were not there. */
static bool find(struct request *req, enum tx_kind kind, struct found *f, struct err *err)
{
    const struct desk *desk = desk_of(req);
    const struct subject *who = who_of(req);
    struct developers developers;
    struct developer own;
    struct str case_id;
    bool has_own = false, is_website;

    if (!tx_begin(desk->store, kind, &f->tx, err) ||
        !case_file_case(f->tx, request_path(req, "file"), req->arena, &case_id, err) ||
        !website_by_public_id(req, f, case_id, &is_website, err))
        return PASS(err);
    if (is_website)
        return true;
    if (!case_load(&desk->casework, f->tx, case_id, req->arena, &f->c, err) ||
        !developers_load(f->tx, f->c.id, req->arena, &developers, err))
        return PASS(err);
    for (size_t i = 0; i < developers.len && (who->roles & (ROLE_PM | ROLE_PD)); i++) {
        if (developers.at[i].organisation_id == who->organisation_id) {
            own = developers.at[i];
            has_own = true;
        }
    }
    return visibility_grant(who, &f->c, &developers, has_own ? &own : NULL, &f->grant, err)
               ? true
               : PASS(err);
}

bool desk_file_download(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(found_end) struct found f = { 0 };

    return find(req, TX_READ, &f, err) && desk_file_send(req, res, f.tx, &f.c, &f.grant, err)
               ? true
               : PASS(err);
}

/* Back to the page the button stood on. */
static bool file_release(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(found_end) struct found f = { 0 };
    const struct subject *who = who_of(req);
    struct case_file file;

    if (!find(req, TX_WRITE, &f, err) ||
        !case_file_pick(f.tx, who, &f.c, &f.grant, request_path(req, "file"), req->arena, &file,
                        err) ||
        !case_file_release(f.tx, who, &f.c, &file, req->now, req->arena, err) ||
        !tx_commit(&f.tx, err))
        return PASS(err);
    return frame_go(req, res,
                    arena_printf(req->arena, "/%s/%.*s?done=released",
                                 file.state == FILE_HELD ? "reports" : "cases",
                                 STR_ARG(f.c.public_id)));
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/files/{file}",          MAY_CASES,                               desk_file_download),
    ROUTE_POST("/files/{file}/release", MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, file_release),
};
/* clang-format on */

const struct route_list desk_files_routes = ROUTES(routes);
