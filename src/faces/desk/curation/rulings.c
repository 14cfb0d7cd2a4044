/* Which records are about the same: those of an entry with their names, what was decided about them, and the forms to decide. Rule: VDB-14, VDB-01 */
#include "domain/curation/rulings.h"

#include "base/err.h"
#include "domain/catalog/entry.h"
#include "faces/desk/context.h"
#include "faces/desk/curation/curation.html.h"
#include "faces/desk/curation/routes.h"
#include "faces/desk/curation/shared.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"

enum { SMALL = 64 << 10, NAMES_MAX = 8 << 10 };

/* ---- what is there ---- */

static bool load(struct request *req, struct str name, struct catalog_entry *entry,
                 struct catalog_tellings *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!desk_of(req)->catalog)
        return FAIL(err, ABSENT, STR("entry"));
    return tx_begin(desk_of(req)->catalog, TX_READ, &tx, err) &&
                   catalog_entry_find(tx, name, req->arena, entry, err) &&
                   catalog_entry_tellings(tx, entry->id, req->arena, out, err)
               ? true
               : PASS(err);
}

static bool load_rulings(struct request *req, struct str name, struct rulings_list *out,
                         struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk_of(req)->store, TX_READ, &tx, err) &&
                   ruling_list(tx, name, req->arena, out, err)
               ? true
               : PASS(err);
}

static struct str names_of(struct request *req, const struct catalog_record *record)
{
    struct buf buf = buf_new(req->arena, NAMES_MAX);
    struct err ignored = { 0 };
    struct str text;

    for (size_t i = 0; i < record->aliases.len; i++) {
        if (i > 0)
            buf_add_z(&buf, ", ");
        buf_add(&buf, record->aliases.at[i]);
    }
    return buf.len == 0 ? STR("–") : buf_done(&buf, &text, &ignored) ? text : STR("…");
}

static struct str words_of(struct request *req, const struct ruling *ruling)
{
    return ruling->source.len > 0
               ? tr_fill(req->arena, req->lang,
                         N_("{alias} is no name of what {record} ({source}) is about."),
                         TR_ARGS({ "alias", ruling->other }, { "record", ruling->name },
                                 { "source", ruling->source }))
               : tr_fill(req->arena, req->lang, N_("{name} is the same as {other}."),
                         TR_ARGS({ "name", ruling->name }, { "other", ruling->other }));
}

static void tell_records(struct request *req, const struct catalog_tellings *tellings,
                         struct ruling_page_view *view)
{
    for (size_t i = 0; i < tellings->len; i++) {
        const struct catalog_told *told = &tellings->at[i];
        struct ruling_record row = { .by = catalog_source_name(told->record.source),
                                     .id = told->record.id,
                                     .names = names_of(req, &told->record),
                                     .date = curation_instant(req, told->last) };

        if (told->is_ruled)
            row.state = (struct tag_view){ say(req, N_("decided here")), TONE_EMBER };
        VEC_PUSH(req->arena, &view->records, row);
    }
}

static void tell_rulings(struct request *req, const struct rulings_list *list,
                         struct ruling_page_view *view)
{
    for (size_t i = 0; i < list->len; i++) {
        const struct ruling *ruling = &list->at[i];
        bool holds = ruling->state == RULING_HOLDS;
        struct ruling_row row = { .what = words_of(req, ruling),
                                  .reason = ruling->reason,
                                  .date = curation_instant(req, ruling->made),
                                  .who = ruling->who,
                                  .undone_reason = ruling->undone_reason,
                                  .undone_who = ruling->undone_who };

        row.state = holds ? (struct tag_view){ say(req, N_("holds")), TONE_GOOD }
                          : (struct tag_view){ say(req, N_("taken back")), TONE_NEUTRAL };
        if (holds)
            row.undo_href = arena_printf(req->arena, "%.*s/%lld",
                                         STR_ARG(curation_href(req, ruling->entry, "/rulings")),
                                         (long long)ruling->id);
        else
            row.undone_date = curation_instant(req, ruling->undone);
        VEC_PUSH(req->arena, &view->rulings, row);
    }
}

static bool ruling_show(struct request *req, struct response *res, struct err *err)
{
    static const struct done done_rows[] = {
        { "joined", N_("They are one entry now, also for what is imported later."), TONE_GOOD },
        { "parted", N_("The name is taken apart, also from what is imported later."), TONE_GOOD },
        { "undone", N_("The decision is taken back; all is as the sources have it."), TONE_GOOD },
    };
    struct str name = request_path(req, "name");
    struct catalog_tellings tellings = { 0 };
    struct rulings_list rulings = { 0 };
    struct catalog_entry entry;
    struct ruling_page_view view = {
        .empty = { .title = say(req, N_("Nothing was decided about these records.")),
                   .why = say(req, N_("They stand together, or apart, as their sources say.")) }
    };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("Records and names")) };

    if (!load(req, name, &entry, &tellings, err))
        return PASS(err);
    if (!str_eq(entry.name, name))
        return frame_go(req, res, curation_href(req, entry.name, "/records"));
    if (!load_rulings(req, name, &rulings, err))
        return PASS(err);
    view.name = name;
    tell_records(req, &tellings, &view);
    tell_rulings(req, &rulings, &view);
    VEC_PUSH(req->arena, &view.acts,
             (struct act){ .label = say(req, N_("Join with another entry")),
                           .href = curation_href(req, name, "/join") });
    VEC_PUSH(req->arena, &view.acts,
             (struct act){ .label = say(req, N_("Take a wrong name apart")),
                           .href = curation_href(req, name, "/part") });
    frame_crumb(req, &frame, N_("Translation"), STR("/curation"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ name, curation_href(req, name, "") });
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ frame.title, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    ruling_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* ---- forms ---- */

static void add_reason(struct request *req, struct form_view *form, struct form_group *group)
{
    struct field_view *reason =
        form_field(req, group, FIELD_TEXTAREA, "reason", N_("Reason"),
                   N_("It stands in the list of decisions for the officers of both bodies."));

    reason->required = true;
    reason->max_length = RULING_REASON_MAX;
    form_link(req, form, N_("Go back without deciding"),
              curation_href(req, request_path(req, "name"), "/records"));
}

static bool send_join(struct request *req, struct response *res, const struct form_faults *faults,
                      struct err *err)
{
    struct str name = request_path(req, "name");
    struct form_view form = {
        .title = say(req, N_("Join with another entry")),
        .intro = tr_fill(
            req->arena, req->lang,
            N_("{name} and the other one become one entry with all records of both. A CVE keeps its name; every number leads to it."),
            TR_ARGS({ "name", name })),
        .href = curation_href(req, name, "/join"),
        .verb = say(req, N_("Join them")),
        .is_box = true
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *other = form_field(req, group, FIELD_CODE, "other", N_("The other entry"),
                                          N_("Its CVE, GHSA, JVNDB or other number."));

    other->required = true;
    other->max_length = CATALOG_ID_MAX;
    add_reason(req, &form, group);
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err) ? true : PASS(err);
}

/* A record and one of its names, as one value of a list: "osv GHSA-… CVE-…". */
static struct str naming_value(struct request *req, const struct catalog_record *record,
                               struct str alias)
{
    return arena_printf(req->arena, "%.*s %.*s %.*s", STR_ARG(catalog_source_name(record->source)),
                        STR_ARG(record->id), STR_ARG(alias));
}

static void add_namings(struct request *req, const struct catalog_tellings *tellings,
                        struct field_view *field)
{
    struct str chosen = request_form(req, "naming");

    form_choice(req, field, STR(""), say(req, N_("Please choose")), chosen.len == 0);
    for (size_t i = 0; i < tellings->len; i++) {
        const struct catalog_record *record = &tellings->at[i].record;

        for (size_t k = 0; k < record->aliases.len && !record->is_overlay; k++) {
            struct str alias = record->aliases.at[k], value = naming_value(req, record, alias);

            form_choice(req, field, value,
                        arena_printf(req->arena, "%.*s %.*s → %.*s",
                                     STR_ARG(catalog_source_name(record->source)),
                                     STR_ARG(record->id), STR_ARG(alias)),
                        str_eq(chosen, value));
        }
    }
}

static bool send_part(struct request *req, struct response *res, const struct form_faults *faults,
                      struct err *err)
{
    struct str name = request_path(req, "name");
    struct form_view form = {
        .title = say(req, N_("Take a wrong name apart")),
        .intro = say(
            req,
            N_("The record does not speak of that name any more, and stands where its other names lead. What its source wrote is kept.")),
        .href = curation_href(req, name, "/part"),
        .verb = say(req, N_("Take it apart")),
        .is_box = true
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *naming;
    struct catalog_tellings tellings = { 0 };
    struct catalog_entry entry;

    if (!load(req, name, &entry, &tellings, err))
        return PASS(err);
    naming = form_field(req, group, FIELD_SELECT, "naming", N_("Record and wrong name"), NULL);
    naming->required = true;
    add_namings(req, &tellings, naming);
    add_reason(req, &form, group);
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err) ? true : PASS(err);
}

static struct str typed(const struct request *req, const char *name)
{
    struct str text = request_form(req, name);

    return text.ptr ? str_trim(text) : STR("");
}

typedef bool ruling_decide(const struct deed *deed, const struct curation_place *place,
                           struct ruling *ruling, struct form_faults *faults, struct err *err);

/* In one transaction of the desk; with faults nothing was done. */
static bool decide(struct request *req, ruling_decide *what, struct ruling *ruling,
                   struct form_faults *faults, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct curation_place place = curation_place_of(req);
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };

    if (!desk_of(req)->catalog)
        return FAIL(err, UNAVAILABLE, STR("catalog"));
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!what(&deed, &place, ruling, faults, err))
        return PASS(err);
    return faults->len > 0 || tx_commit(&tx, err) ? true : PASS(err);
}

static bool ruling_join_ask(struct request *req, struct response *res, struct err *err)
{
    struct catalog_tellings tellings = { 0 };
    struct catalog_entry entry;

    return load(req, request_path(req, "name"), &entry, &tellings, err) &&
                   send_join(req, res, NULL, err)
               ? true
               : PASS(err);
}

static bool ruling_join_do(struct request *req, struct response *res, struct err *err)
{
    struct ruling ruling = { .entry = request_path(req, "name"),
                             .other = typed(req, "other"),
                             .reason = typed(req, "reason") };
    struct form_faults faults = { 0 };

    if (!decide(req, ruling_join, &ruling, &faults, err))
        return PASS(err);
    return faults.len > 0
               ? send_join(req, res, &faults, err)
               : frame_go(req, res, curation_href(req, ruling.other, "/records?done=joined"));
}

static bool ruling_part_ask(struct request *req, struct response *res, struct err *err)
{
    return send_part(req, res, NULL, err) ? true : PASS(err);
}

/* What was chosen, among what could be; nothing: empty texts. */
static void find_naming(struct request *req, const struct catalog_tellings *tellings,
                        struct ruling *out)
{
    struct str chosen = typed(req, "naming");

    out->source = out->name = out->other = STR("");
    for (size_t i = 0; i < tellings->len; i++) {
        const struct catalog_record *record = &tellings->at[i].record;

        for (size_t k = 0; k < record->aliases.len; k++) {
            if (!str_eq(chosen, naming_value(req, record, record->aliases.at[k])))
                continue;
            out->source = catalog_source_name(record->source);
            out->name = record->id;
            out->other = record->aliases.at[k];
        }
    }
}

static bool ruling_part_do(struct request *req, struct response *res, struct err *err)
{
    struct ruling ruling = { .entry = request_path(req, "name"), .reason = typed(req, "reason") };
    struct catalog_tellings tellings = { 0 };
    struct form_faults faults = { 0 };
    struct catalog_entry entry;

    if (!load(req, ruling.entry, &entry, &tellings, err))
        return PASS(err);
    find_naming(req, &tellings, &ruling);
    if (!decide(req, ruling_part, &ruling, &faults, err))
        return PASS(err);
    return faults.len > 0
               ? send_part(req, res, &faults, err)
               : frame_go(req, res, curation_href(req, ruling.entry, "/records?done=parted"));
}

/* ---- taking back ---- */

static bool find(struct request *req, struct ruling *out, struct err *err)
{
    struct rulings_list list = { 0 };
    int64_t id;

    if (!str_to_int(request_path(req, "id"), 1, INT64_MAX, &id, err) ||
        !load_rulings(req, request_path(req, "name"), &list, err))
        return PASS(err);
    for (size_t i = 0; i < list.len; i++) {
        if (list.at[i].id != id)
            continue;
        *out = list.at[i];
        return true;
    }
    return FAIL(err, ABSENT, STR("ruling"));
}

static bool send_undo(struct request *req, struct response *res, const struct ruling *ruling,
                      const struct form_faults *faults, struct err *err)
{
    struct form_view form = { .title = say(req, N_("Take the decision back")),
                              .intro = words_of(req, ruling),
                              .verb = say(req, N_("Take it back")),
                              .is_box = true };
    struct form_group *group = form_group(req, &form, NULL, NULL);

    form.href = arena_printf(req->arena, "%.*s/%lld",
                             STR_ARG(curation_href(req, request_path(req, "name"), "/rulings")),
                             (long long)ruling->id);
    add_reason(req, &form, group);
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err) ? true : PASS(err);
}

static bool ruling_undo_ask(struct request *req, struct response *res, struct err *err)
{
    struct ruling ruling;

    return find(req, &ruling, err) && send_undo(req, res, &ruling, NULL, err) ? true : PASS(err);
}

static bool undo(const struct deed *deed, const struct curation_place *place, struct ruling *ruling,
                 struct form_faults *faults, struct err *err)
{
    return ruling_undo(deed, place, ruling->id, ruling->undone_reason, faults, err) ? true
                                                                                    : PASS(err);
}

static bool ruling_undo_do(struct request *req, struct response *res, struct err *err)
{
    struct form_faults faults = { 0 };
    struct ruling ruling;

    if (!find(req, &ruling, err))
        return PASS(err);
    ruling.undone_reason = typed(req, "reason");
    if (!decide(req, undo, &ruling, &faults, err))
        return PASS(err);
    return faults.len > 0
               ? send_undo(req, res, &ruling, &faults, err)
               : frame_go(req, res,
                          curation_href(req, request_path(req, "name"), "/records?done=undone"));
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET ("/curation/{name}/records",      MAY_BODIES, ruling_show),
    ROUTE_GET ("/curation/{name}/join",         MAY_BODIES, ruling_join_ask),
    ROUTE_POST("/curation/{name}/join",         MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, ruling_join_do),
    ROUTE_GET ("/curation/{name}/part",         MAY_BODIES, ruling_part_ask),
    ROUTE_POST("/curation/{name}/part",         MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, ruling_part_do),
    ROUTE_GET ("/curation/{name}/rulings/{id}", MAY_BODIES, ruling_undo_ask),
    ROUTE_POST("/curation/{name}/rulings/{id}", MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, ruling_undo_do),
};
/* clang-format on */

const struct route_list desk_ruling_routes = ROUTES(routes);
