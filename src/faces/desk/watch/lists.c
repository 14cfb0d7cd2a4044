/* The collection tool: the lists somebody has, and a new one. Rule: API-02, API-06 */
#include "base/err.h"
#include "base/log.h"
#include "faces/desk/form.h"
#include "faces/desk/watch/pages.h"
#include "faces/desk/watch/watch.html.h"

enum { SEARCHED_AT_ONCE = 200 /* products */, LINE_SHOWN = 80 };

/* ---- for all pages ---- */

bool watch_of(struct request *req, struct tx *tx, struct watch_list *out, struct err *err)
{
    return watch_list_find(tx, who_of(req), request_path(req, "id"), req->arena, out, err)
               ? true
               : PASS(err);
}

bool watch_own(struct request *req, struct tx *tx, struct watch_list *out, struct err *err)
{
    if (!watch_of(req, tx, out, err))
        return PASS(err);
    return out->is_own ? true : FAIL(err, ABSENT, STR("watch list"));
}

struct str watch_path(struct request *req, const struct watch_list *list, const char *more)
{
    return arena_printf(req->arena, "/watch/%.*s%s", STR_ARG(list->public_id), more);
}

void watch_crumbs(struct request *req, const struct watch_list *list, struct frame *frame)
{
    frame_crumb(req, frame, N_("Filtered vulnerability countermeasure information"), STR("/watch"));
    VEC_PUSH(req->arena, &frame->crumbs, (struct crumb){ list->name, watch_path(req, list, "") });
}

void watch_try_search(struct request *req, const struct watch_list *list)
{
    const struct watch_desk at = { .desk = desk_of(req)->store, .catalog = desk_of(req)->catalog };
    struct err why = { 0 };

    if (!at.catalog || list->products > SEARCHED_AT_ONCE)
        return;
    if (!watch_list_search(&at, list->id, req->now, &why))
        log_error("watch-search", req->id, &why);
}

struct str watch_record_href(struct request *req, struct str name)
{
    struct buf buf = buf_new(req->arena, 4096);

    buf_printf(&buf, "%.*s%.*s/records/", STR_ARG(desk_of(req)->settings->portal_url),
               STR_ARG(req->base));
    html_url_encode(&buf, name);
    return buf_str(&buf);
}

const char *watch_wrong_line(struct request *req, struct str line)
{
    return arena_z(req->arena,
                   tr_fill(req->arena, req->lang, N_("This line names no product: {line}"),
                           TR_ARGS({ "line", str_take_code_points(line, LINE_SHOWN) })));
}

/* ---- the lists ---- */

static struct watch_line line_of(struct request *req, const struct watch_list *list)
{
    return (struct watch_line){
        .href = watch_path(req, list, ""),
        .name = list->name,
        .whose = !list->is_own     ? list->owner
                 : list->is_shared ? say(req, N_("Mine, seen by my organisation"))
                                   : say(req, N_("Mine")),
        .searched =
            list->searched.ms ? tr_short_instant(req->arena, req->lang, list->searched) : STR("–"),
        .products = list->products,
        .findings = list->findings,
        .fresh = list->fresh,
        .is_waiting = list->is_waiting
    };
}

bool watch_index(struct request *req, struct response *res, struct err *err)
{
    static const struct done done_rows[] = {
        { "removed", N_("The list is deleted, with its checklist."), TONE_GOOD },
    };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct watch_lists_view view = {
        .empty = { .title = say(req, N_("You have no list yet.")),
                   .why = say(req, N_("Register the products you use once; what becomes known "
                                      "about them gathers in the list by itself.")),
                   .next = { say(req, N_("Make a list")), STR("/watch/new") } }
    };
    struct frame frame = { .title =
                               say(req, N_("Filtered vulnerability countermeasure information")) };
    struct page *body = frame_page(req);
    struct watch_lists lists;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !watch_lists_of(tx, who_of(req), req->arena, &lists, err))
        return PASS(err);
    for (size_t i = 0; i < lists.len; i++)
        VEC_PUSH(req->arena, &view.rows, line_of(req, &lists.at[i]));
    if (lists.len > 0)
        VEC_PUSH(req->arena, &view.acts,
                 (struct act){ .label = say(req, N_("Make a list")),
                               .href = STR("/watch/new"),
                               .look = LOOK_GO });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    watch_lists_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* ---- a new one ---- */

static bool show_new(struct request *req, struct response *res, const char *field,
                     const char *fault, struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Make a list")),
        .intro = say(req, N_("You can also pick products from the dictionary afterwards, or take "
                             "them from an SBOM.")),
        .href = STR("/watch"),
        .verb = say(req, N_("Make the list"))
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *f =
        form_field(req, group, FIELD_TEXT, "name", N_("Name of the list"),
                   N_("For example the system or the section it is for. Nobody else sees it."));

    f->required = true;
    f->max_length = WATCH_LIST_NAME_MAX;
    f = form_field(
        req, group, FIELD_TEXTAREA, "products", N_("Products"),
        N_("One a line: vendor:product as in the dictionary, a CPE name or a package URL. Versions do not count here. What stands behind # is a remark."));
    f->example = STR("apache:http_server");
    f->rows = 8;
    form_link(req, &form, N_("Back without making a list"), STR("/watch"));
    if (fault)
        form_tell(req, &form, field, fault);
    return form_send(req, res, &form, err);
}

bool watch_begin(struct request *req, struct response *res, struct err *err)
{
    return show_new(req, res, NULL, NULL, err);
}

static bool make(struct request *req, const struct watch_keys *keys, struct watch_list *out,
                 struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    size_t added;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!watch_list_make(&deed, str_trim(request_form(req, "name")), req->arena, out, err) ||
        !watch_list_add_products(&deed, out, keys, &added, err) || !tx_commit(&tx, err))
        return PASS(err);
    out->products = (int64_t)added;
    return true;
}

bool watch_make(struct request *req, struct response *res, struct err *err)
{
    struct watch_keys keys = { 0 };
    struct watch_list list;
    struct err why = { 0 };
    struct str wrong;

    if (!watch_keys_of_lines(request_form(req, "products"), req->arena, &keys, &wrong))
        return show_new(req, res, "products", watch_wrong_line(req, wrong), err);
    if (!make(req, &keys, &list, &why)) {
        switch (why.code) {
        case ERR_INPUT:
            return show_new(req, res, "name",
                            N_("Please give the list a name of at most 100 characters."), err);
        case ERR_TOO_MANY:
            return show_new(req, res, "name",
                            N_("You have 50 lists already. Please delete one first."), err);
        case ERR_TOO_LARGE:
            return show_new(req, res, "products",
                            N_("A list can have at most 10,000 products. Please make several."),
                            err);
        default:
            *err = why;
            return PASS(err);
        }
    }
    watch_try_search(req, &list);
    return frame_go(req, res, watch_path(req, &list, keys.len > 0 ? "?done=made" : "/products"));
}
