/* What the owner says of a list: its name, who sees it, its conditions, the mails; and its end. Rule: API-02, API-03 */
#include "base/err.h"
#include "faces/desk/form.h"
#include "faces/desk/watch/pages.h"
#include "faces/desk/watch/watch.html.h"
#include "faces/html/ratings.h"

enum { CONDITION_MAX = 400 };

static const struct {
    enum watch_rhythm rhythm;
    const char *label;
} rhythms[] = {
    { WATCH_NEVER, N_("No mails") },
    { WATCH_HOURLY, N_("As soon as there is something, at most once an hour") },
    { WATCH_DAILY, N_("Every morning at seven, when there is something") },
    { WATCH_WEEKLY, N_("Mondays at seven, when there is something") },
};

/* ---- the form ---- */

static struct str value_of(const struct watch *watch, enum search_param param)
{
    for (size_t i = 0; i < watch->conditions.len; i++)
        if (str_eq_z(watch->conditions.at[i].name, search_param_name(param)))
            return watch->conditions.at[i].value;
    return STR_NONE;
}

static struct field_view *ask(struct request *req, struct form_group *group, enum field_kind kind,
                              enum search_param param, const char *label, const char *help,
                              const struct watch *watch)
{
    struct field_view *field = form_field(req, group, kind, search_param_name(param), label, help);

    if (req->method == METHOD_GET)
        field->value = value_of(watch, param);
    return field;
}

static bool is_severity_asked(struct request *req, const struct watch *watch, struct str name)
{
    struct str rest = value_of(watch, PARAM_SEVERITY), one;

    if (req->method == METHOD_GET) {
        while (rest.len > 0 && str_split(&rest, ',', &one))
            if (str_eq(one, name))
                return true;
        return false;
    }
    for (size_t i = 0; i < request_form_count(req, search_param_name(PARAM_SEVERITY)); i++)
        if (str_eq(request_form_nth(req, search_param_name(PARAM_SEVERITY), i), name))
            return true;
    return false;
}

static void ask_conditions(struct request *req, struct form_view *form, const struct watch *watch)
{
    struct form_group *group = form_group(
        req, form, N_("Conditions"),
        N_("Only what meets all of them joins the list. What does not meet them any more goes, if nobody has said anything of it."));
    struct field_view *field = ask(req, group, FIELD_CHECKS, PARAM_SEVERITY, N_("Severity"),
                                   N_("None chosen: any."), watch);

    for (int i = CATALOG_SEVERITIES - 1; i >= 0; i--) {
        struct str name = catalog_severity_name((enum catalog_severity)i);

        form_choice(req, field, name,
                    catalog_severity_tag(req->lang, (enum catalog_severity)i).word,
                    is_severity_asked(req, watch, name));
    }
    (void)ask(req, group, FIELD_CHECK, PARAM_KEV, N_("Only what is known to be exploited (KEV)"),
              NULL, watch);
    field = ask(req, group, FIELD_TEXT, PARAM_EPSS, N_("Least probability of attack (EPSS)"),
                N_("From 0 to 1, for example 0.1. Empty: any."), watch);
    field->max_length = 7;
    (void)ask(req, group, FIELD_CHECK, PARAM_JA, N_("Only what has a Japanese text"), NULL, watch);
    (void)ask(req, group, FIELD_DATE, PARAM_FROM, N_("First published on this day or later"), NULL,
              watch);
    field = ask(req, group, FIELD_TEXT, PARAM_WORDS, N_("Words"),
                N_("In numbers, titles and texts. Empty: any."), watch);
    field->max_length = SEARCH_WORDS_MAX;
}

static void ask_list(struct request *req, struct form_view *form, const struct watch_list *list)
{
    struct form_group *group = form_group(req, form, N_("The list"), NULL);
    struct field_view *field =
        form_field(req, group, FIELD_TEXT, "name", N_("Name of the list"), NULL);

    field->required = true;
    field->max_length = WATCH_LIST_NAME_MAX;
    if (req->method == METHOD_GET)
        field->value = list->name;
    field = form_field(req, group, FIELD_CHECK, "shared",
                       N_("Everybody of my organisation sees the list and works off its checklist"),
                       NULL);
    if (req->method == METHOD_GET && list->is_shared)
        field->value = STR("1");
}

static void ask_mails(struct request *req, struct form_view *form, const struct watch_list *list)
{
    struct form_group *group = form_group(
        req, form, N_("News by mail"),
        N_("To you alone. Without a PGP key a mail says that there is something to read here, and nothing else."));
    struct field_view *field = form_field(req, group, FIELD_RADIO, "rhythm", N_("How often"), NULL);

    field->required = true;
    if (req->method == METHOD_GET)
        field->value = watch_rhythm_name(list->rhythm);
    for (size_t i = 0; i < COUNT(rhythms); i++)
        form_choice(req, field, watch_rhythm_name(rhythms[i].rhythm), say(req, rhythms[i].label),
                    str_eq(field->value, watch_rhythm_name(rhythms[i].rhythm)));
    field =
        form_field(req, group, FIELD_CHECK, "names_records",
                   N_("Name the list and its records in the mail, although it is not encrypted"),
                   N_("Whoever can read the mail on its way then learns what you watch."));
    if (req->method == METHOD_GET && list->names_records)
        field->value = STR("1");
}

static bool show(struct request *req, struct response *res, const struct watch_list *list,
                 const struct watch *watch, const char *field, const char *fault, struct err *err)
{
    struct form_view form = { .title = say(req, N_("Settings of the list")),
                              .href = watch_path(req, list, "/settings"),
                              .verb = say(req, N_("Keep the settings")) };

    ask_list(req, &form, list);
    ask_conditions(req, &form, watch);
    ask_mails(req, &form, list);
    form_link(req, &form, N_("Feed of this list"), watch_path(req, list, "/feed"));
    form_link(req, &form, N_("Delete the list"), watch_path(req, list, "/removal"));
    form_link(req, &form, N_("Back to the checklist"), watch_path(req, list, ""));
    if (fault)
        form_tell(req, &form, field, fault);
    return form_send(req, res, &form, err);
}

bool watch_settings(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct watch_list list;
    struct watch watch;

    return tx_begin(desk_of(req)->store, TX_READ, &tx, err) && watch_own(req, tx, &list, err) &&
                   watch_list_terms(tx, list.id, req->arena, &watch, err)
               ? show(req, res, &list, &watch, NULL, NULL, err)
               : PASS(err);
}

/* ---- what was sent ---- */

static void put_condition(struct request *req, struct watch *watch, enum search_param param,
                          struct str value)
{
    if (value.len > 0)
        VEC_PUSH(req->arena, &watch->conditions,
                 (struct watch_condition){ str_from_z(search_param_name(param)), value });
}

static void read_conditions(struct request *req, struct watch *out)
{
    static const enum search_param ticks[] = { PARAM_KEV, PARAM_JA },
                                   texts[] = { PARAM_EPSS, PARAM_FROM, PARAM_WORDS };
    struct buf severities = buf_new(req->arena, CONDITION_MAX);

    for (size_t i = 0; i < request_form_count(req, search_param_name(PARAM_SEVERITY)); i++) {
        if (i > 0)
            buf_byte(&severities, ',');
        buf_add(&severities, request_form_nth(req, search_param_name(PARAM_SEVERITY), i));
    }
    put_condition(req, out, PARAM_SEVERITY, buf_str(&severities));
    for (size_t i = 0; i < COUNT(ticks); i++)
        put_condition(req, out, ticks[i],
                      request_form(req, search_param_name(ticks[i])).len > 0 ? STR("yes")
                                                                             : STR_NONE);
    for (size_t i = 0; i < COUNT(texts); i++)
        put_condition(req, out, texts[i], str_trim(request_form(req, search_param_name(texts[i]))));
}

/* The first condition that cannot be asked for, in words; NULL: there is none. */
static const char *wrong_condition(struct request *req, const struct watch *watch,
                                   const char **field)
{
    for (size_t i = 0; i < watch->conditions.len; i++) {
        const struct watch_condition *one = &watch->conditions.at[i];
        struct search ignored = { 0 };
        enum search_param param;

        if (!search_param_from_name(one->name, &param))
            continue;
        if (search_param_read(param, one->value, &ignored))
            continue;
        *field = search_param_name(param);
        return arena_z(req->arena,
                       tr_fill(req->arena, req->lang, search_param_wrong(param),
                               TR_ARGS({ "value", str_take_code_points(one->value, 40) },
                                       { "name", one->name })));
    }
    return NULL;
}

static bool keep(struct request *req, struct tx *tx, struct watch_list *list,
                 const struct watch *watch, struct err *err)
{
    struct deed deed = { tx, who_of(req), req->now, req->arena };

    list->name = str_trim(request_form(req, "name"));
    list->is_shared = request_form(req, "shared").len > 0;
    list->names_records = request_form(req, "names_records").len > 0;
    if (!watch_rhythm_from_name(request_form(req, "rhythm"), &list->rhythm))
        return FAIL(err, BAD_REQUEST, STR("rhythm"));
    return watch_list_set(&deed, list, err) && watch_list_set_conditions(&deed, list, watch, err)
               ? true
               : PASS(err);
}

bool watch_settings_keep(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const char *field = "name", *fault;
    struct watch_list list;
    struct watch watch = { 0 };
    struct err why = { 0 };

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !watch_own(req, tx, &list, err))
        return PASS(err);
    read_conditions(req, &watch);
    fault = wrong_condition(req, &watch, &field);
    if (!fault && !keep(req, tx, &list, &watch, &why)) {
        if (why.code != ERR_INPUT) {
            *err = why;
            return PASS(err);
        }
        fault = N_("Please give the list a name of at most 100 characters.");
    }
    if (fault) {
        res->status = 422;
        return show(req, res, &list, &watch, field, fault, err);
    }
    if (!tx_commit(&tx, err))
        return PASS(err);
    watch_try_search(req, &list);
    return frame_go(req, res, watch_path(req, &list, "?done=set"));
}

/* ---- its end ---- */

bool watch_removal(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct confirm_view confirm_it = { .title = say(req, N_("Delete the list")),
                                       .verb = say(req, N_("Delete the list")),
                                       .is_dangerous = true };
    struct page *body = frame_page(req);
    struct frame frame = { .title = confirm_it.title, .is_narrow = true };
    struct watch_list list;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) || !watch_own(req, tx, &list, err))
        return PASS(err);
    confirm_it.href = watch_path(req, &list, "/removal");
    confirm_it.back_href = watch_path(req, &list, "");
    VEC_PUSH(req->arena, &confirm_it.consequences,
             tr_fill(req->arena, req->lang,
                     N_("The list \"{name}\" goes, with its products, its checklist, all states "
                        "and notes. Its feed ends."),
                     TR_ARGS({ "name", list.name })));
    watch_crumbs(req, &list, &frame);
    frame_crumb(req, &frame, N_("Delete the list"), STR_NONE);
    confirm(body, &confirm_it);
    return frame_send(req, res, body, &frame, err);
}

bool watch_remove_it(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    struct watch_list list;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !watch_own(req, tx, &list, err))
        return PASS(err);
    deed.tx = tx;
    return watch_list_remove(&deed, &list, err) && tx_commit(&tx, err)
               ? frame_go(req, res, STR("/watch?done=removed"))
               : PASS(err);
}
