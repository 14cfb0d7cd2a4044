/* A developer asks to be on the list in advance (COO-05), and what the coordinating body does with it. */
#include "faces/desk/access/join.h"

#include "base/err.h"
#include "domain/access/application.h"
#include "faces/desk/access/edit.h"
#include "faces/desk/access/enrol.h"
#include "faces/desk/access/join.html.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/http/respond.h"

static bool show(struct request *req, struct response *res, const struct form_faults *faults,
                 struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Registration as a developer")),
        .intro = say(
            req,
            N_("Information that reaches a developer through us takes longer when its window is not known yet. Registering in advance saves "
               "that time. We answer to the address of the window.")),
        .href = STR("/join"),
        .verb = say(req, N_("Send the application")),
    };
    struct form_group *group;
    struct field_view *field;

    door_visitor(req, res);
    group = form_group(req, &form, NULL, NULL);
    form_field(req, group, FIELD_TEXT, "name_ja", N_("Name in Japanese"), NULL)->required = true;
    (void)form_field(req, group, FIELD_TEXT, "kana", N_("Reading (kana)"), NULL);
    (void)form_field(req, group, FIELD_TEXT, "name_en", N_("Name in English"), NULL);
    (void)form_field(req, group, FIELD_URL, "url", N_("Web site"), NULL);
    form_field(req, group, FIELD_EMAIL, "window_email", N_("Mail address of the window"),
               N_("One for this purpose alone."))
        ->required = true;
    form_field(req, group, FIELD_TEL, "window_phone", N_("Telephone number of the window"), NULL)
        ->required = true;
    form_field(req, group, FIELD_TEXT, "person", N_("Name of the countermeasure manager"), NULL)
        ->required = true;
    field = form_field(req, group, FIELD_TEXTAREA, "products", N_("Products"),
                       N_("One a line, as people call them."));
    field->rows = 5;
    field = form_field(req, group, FIELD_TEXTAREA, "words", N_("What else you wish to say"),
                       N_("Please do not write about vulnerabilities here."));
    field->rows = 4;
    form_link(req, &form, N_("Back to the login"), STR("/login"));
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err);
}

bool join_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, err);
}

bool join_send(struct request *req, struct response *res, struct err *err)
{
    struct application application = { .values = { .kind = STR("PD") } };
    struct form_faults faults = { 0 };
    struct visit visit = visit_of(req);
    struct str person = request_form(req, "person"), words = request_form(req, "words");
    struct page *body;
    struct note_view note;
    struct frame frame = { .title = say(req, N_("Registration as a developer")),
                           .is_narrow = true };

    edit_read(req, &application.values, false);
    application.values.developer_basis = STR("developer");
    application.values.languages = STR("ja");
    application.values.note = STR("");
    application.person = person.ptr ? str_trim(person) : STR("");
    application.words = words.ptr ? str_trim(words) : STR("");
    application_check(&application, req->arena, &faults);
    if (faults.len > 0)
        return show(req, res, &faults, err);
    if (!application_send(&desk_of(req)->gate, &visit, &application, req->arena, err))
        return PASS(err);
    note = (struct note_view){
        TONE_GOOD, say(req, N_("Your application has been received.")),
        say(req, N_("The coordinating body looks at it and writes to the address of the window."))
    };
    body = frame_page(req);
    join_done_page(body, &note);
    return frame_send(req, res, body, &frame, err);
}

/* ---- the coordinating body's side ---- */
static void add_fact(struct request *req, struct join_card *card, const char *name,
                     struct str value)
{
    if (value.len > 0)
        VEC_PUSH(req->arena, &card->facts, (struct fact){ .name = say(req, name), .value = value });
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct join_row, name_ja, N_("Name")),
    SHEET_COLUMN(struct join_row, name_en, N_("Name in English")),
    SHEET_COLUMN(struct join_row, url, N_("Web site")),
    SHEET_COLUMN(struct join_row, window_email, N_("Mail address of the window")),
    SHEET_COLUMN(struct join_row, window_phone, N_("Telephone number of the window")),
    SHEET_FIELD ("manager", struct join_row, person, N_("Manager")),
    SHEET_COLUMN(struct join_row, products, N_("Products")),
    SHEET_FIELD ("note", struct join_row, words, N_("Note")),
    SHEET_FIELD ("received_at", struct join_row, received, N_("Application received")),
};
/* clang-format on */

static bool send_sheet(struct request *req, struct response *res, enum sheet_format format,
                       const struct applications *open, struct err *err)
{
    struct {
        VEC_OF(struct join_row);
    } rows = { 0 };

    for (size_t i = 0; i < open->len; i++) {
        const struct application *one = &open->at[i];

        VEC_PUSH(req->arena, &rows,
                 (struct join_row){
                     .name_ja = one->values.name_ja,
                     .name_en = one->values.name_en,
                     .url = one->values.url,
                     .window_email = one->values.window_email,
                     .window_phone = one->values.window_phone,
                     .person = one->person,
                     .products = one->values.products,
                     .words = one->words,
                     .received = { tr_instant(req->arena, req->lang, one->created_at),
                                   utc_iso(req->arena, one->created_at), TONE_NEUTRAL } });
    }
    return sheet_send(req, res, format, SHEET("applications", columns, rows), false, err)
               ? true
               : PASS(err);
}

bool join_list(struct request *req, struct response *res, struct err *err)
{
    static const struct done done_rows[] = {
        { "declined", N_("The application has been declined. Nothing was sent."), TONE_GOOD }
    };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct applications open = { 0 };
    struct join_view view = { .nothing = { .title = say(req, N_("No application waits.")) } };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("Applications")), .is_narrow = true };
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !application_list(tx, req->arena, &open, err))
        return PASS(err);
    if (format != SHEET_PAGE)
        return send_sheet(req, res, format, &open, err) ? true : PASS(err);
    view.file = sheet_links(req);
    for (size_t i = 0; i < open.len; i++) {
        const struct application *one = &open.at[i];
        struct join_card card = { .title = one->values.name_ja };

        add_fact(req, &card, N_("Application received"),
                 tr_instant(req->arena, req->lang, one->created_at));
        add_fact(req, &card, N_("Name in English"), one->values.name_en);
        add_fact(req, &card, N_("Web site"), one->values.url);
        add_fact(req, &card, N_("Mail address of the window"), one->values.window_email);
        add_fact(req, &card, N_("Telephone number of the window"), one->values.window_phone);
        add_fact(req, &card, N_("Manager"), one->person);
        add_fact(req, &card, N_("Products"), one->values.products);
        add_fact(req, &card, N_("Note"), one->words);
        VEC_PUSH(
            req->arena, &card.acts,
            (struct act){ .label = say(req, N_("Add to the list")),
                          .href = arena_printf(req->arena, "/developers/applications/%.*s/take",
                                               STR_ARG(one->public_id)),
                          .look = LOOK_GO,
                          .posts = true });
        VEC_PUSH(
            req->arena, &card.acts,
            (struct act){
                .label = say(req, N_("Decline")),
                .href = arena_printf(req->arena, "/developers/applications/%.*s/decline",
                                     STR_ARG(one->public_id)),
                .look = LOOK_BAD,
                .posts = true,
                .help = say(
                    req, N_("Nothing is sent; please write to the window yourself if need be.")) });
        VEC_PUSH(req->arena, &view.cards, card);
    }
    frame_crumb(req, &frame, N_("Developer list"), STR("/developers"));
    frame_crumb(req, &frame, N_("Applications"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    join_list_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

bool join_take(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str organisation;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !application_take(&(struct deed){ tx, who_of(req), req->now, req->arena },
                          request_path(req, "application"), &organisation, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res,
                    arena_printf(req->arena, "/developers/%.*s?done=added", STR_ARG(organisation)));
}

bool join_decline(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !application_decline(&(struct deed){ tx, who_of(req), req->now, req->arena },
                             request_path(req, "application"), err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, STR("/developers/applications?done=declined"));
}
