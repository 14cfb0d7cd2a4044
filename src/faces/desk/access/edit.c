#include "faces/desk/access/edit.h"

#include "base/err.h"
#include "domain/access/address.h"
#include "faces/desk/frame.h"

static struct field_view *add(struct request *req, struct form_group *group, enum field_kind kind,
                              const char *name, const char *label, const char *help,
                              struct str value)
{
    struct field_view *field = form_field(req, group, kind, name, label, help);

    field->value = value;
    return field;
}

static void add_names(struct request *req, struct form_view *form,
                      const struct organisation_values *values)
{
    static const struct {
        const char *value, *words;
    } bases[] = {
        { "developer", N_("It develops the product") },
        { "processor", N_("It processes the product and is in substance the developer") },
        { "importer", N_("It imports the product and is in substance the developer") },
        { "seller", N_("It sells the product and is in substance the developer") },
        { "other", N_("Another reason") },
    };
    struct form_group *group = form_group(req, form, N_("Who it is"), NULL);
    struct field_view *field;

    add(req, group, FIELD_TEXT, "name_ja", N_("Name in Japanese"), NULL, values->name_ja)
        ->required = true;
    add(req, group, FIELD_TEXT, "kana", N_("Reading (kana)"), N_("The list is sorted by it."),
        values->kana);
    add(req, group, FIELD_TEXT, "name_en", N_("Name in English"),
        N_("Printed in English advisories."), values->name_en);
    add(req, group, FIELD_URL, "url", N_("Web site"), NULL, values->url);
    if (str_eq_z(values->kind, "PD")) {
        field = add(req, group, FIELD_SELECT, "developer_basis", N_("Why it is the developer"),
                    NULL, values->developer_basis);
        field->is_bare = true;
        for (size_t i = 0; i < COUNT(bases); i++)
            form_choice(req, field, str_from_z(bases[i].value), say(req, bases[i].words), false);
    } else {
        group = form_group(req, form, N_("Designation"), NULL);
        add(req, group, FIELD_TEXT, "designation_basis", N_("Legal basis of the designation"), NULL,
            values->designation_basis);
        add(req, group, FIELD_DATE, "designated_at", N_("Date of the designation"), NULL,
            values->designated_at.ms ? str_take(utc_iso_jst(req->arena, values->designated_at), 10)
                                     : STR_NONE);
    }
}

static void add_window(struct request *req, struct form_view *form,
                       const struct organisation_values *values)
{
    struct form_group *group = form_group(
        req, form, N_("Window"),
        N_("Each change is logged, so that it stays known until when which address was right."));
    struct field_view *field;

    add(req, group, FIELD_EMAIL, "window_email", N_("Mail address of the window"),
        N_("One for this purpose alone."), values->window_email);
    add(req, group, FIELD_TEL, "window_phone", N_("Telephone number of the window"), NULL,
        values->window_phone);
    field = add(req, group, FIELD_TEXTAREA, "postal_address", N_("Postal address"), NULL,
                values->postal_address);
    field->rows = 3;
    field = add(req, group, FIELD_SELECT, "languages", N_("Languages of correspondence"), NULL,
                values->languages);
    field->is_bare = true;
    form_choice(req, field, STR("ja"), say(req, N_("Japanese")), false);
    form_choice(req, field, STR("en"), say(req, N_("English")), false);
    form_choice(req, field, STR("ja en"), say(req, N_("Japanese or English")), false);
}

/* What was typed and is no number stays to be mended. */
static struct str days_typed(struct request *req, const struct organisation_values *values)
{
    if (values->discloses_after_days < 0)
        return request_form(req, "discloses_after_days");
    return values->discloses_after_days > 0
               ? arena_printf(req->arena, "%lld", (long long)values->discloses_after_days)
               : STR_NONE;
}

/* What a developer does once it is told, whatever is agreed: it knows best itself. */
static void add_policy(struct request *req, struct form_view *form,
                       const struct organisation_values *values, bool is_own)
{
    struct form_group *group =
        is_own
            ? form_group(
                  req, form, N_("Your own policy"),
                  N_("The bodies see it before they tell you of a case, and set the publication date by it. Each change is logged."))
            : form_group(
                  req, form, N_("Its own policy"),
                  N_("The developer enters it as well, and sees what stands here. Each change is logged."));

    add(req, group, FIELD_NUMBER, "discloses_after_days",
        is_own ? N_("Days after which you publish by yourselves")
               : N_("Days after which it publishes by itself"),
        is_own
            ? N_("Counted from when you are told. Empty: you wait for the agreed date.")
            : N_("By its own policy, counted from when it is told. Empty: it waits for the agreed date."),
        days_typed(req, values));
    add(req, group, FIELD_TEXT, "reports_to",
        is_own ? N_("Whom you must report to") : N_("Must report to"),
        N_("An authority or a customer, by law or contract, and within what time."),
        values->reports_to);
}

static void add_products(struct request *req, struct form_view *form,
                         const struct organisation_values *values, bool is_own)
{
    struct form_group *group = form_group(
        req, form, N_("Products"), N_("Developers are suggested by them when a report comes in."));

    add(req, group, FIELD_TEXTAREA, "products", N_("Products"),
        N_("One a line, as people call them."), values->products);
    add(req, group, FIELD_TEXTAREA, "keywords", N_("Further names"),
        N_("Brands, abbreviations, former names; one a line."), values->keywords)
        ->rows = 3;
    add_policy(req, form, values, is_own);
    if (is_own)
        return;
    group = form_group(req, form, N_("Handling"), NULL);
    add(req, group, FIELD_CHECK, "is_listed_publicly",
        N_("May be named in the public list of registered developers"), NULL,
        values->is_listed_publicly ? STR("1") : STR_NONE)
        ->is_bare = true;
    add(req, group, FIELD_CHECK, "takes_direct_reports", N_("Takes reports from finders directly"),
        NULL, values->takes_direct_reports ? STR("1") : STR_NONE)
        ->is_bare = true;
    add(req, group, FIELD_TEXTAREA, "note", N_("Note"), N_("Only the bodies see it."), values->note)
        ->rows = 4;
}

void edit_form(struct request *req, struct form_view *form,
               const struct organisation_values *values, bool is_own)
{
    if (!is_own)
        add_names(req, form, values);
    add_window(req, form, values);
    if (str_eq_z(values->kind, "PD"))
        add_products(req, form, values, is_own);
}

static struct str text(const struct request *req, const char *name)
{
    struct str sent = request_form(req, name);

    return sent.ptr ? str_trim(sent) : STR("");
}

/* Browsers send CR LF. */
static struct str lines(struct request *req, const char *name)
{
    struct str sent = text(req, name);
    char *out = arena_alloc(req->arena, sent.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < sent.len; i++) {
        if (sent.ptr[i] != '\r')
            out[len++] = sent.ptr[i];
    }
    return (struct str){ out, len };
}

void edit_read(struct request *req, struct organisation_values *values, bool is_own)
{
    struct str email = text(req, "window_email"), normal = address_normal(req->arena, email);
    struct err err = { 0 };

    values->window_email = normal.len > 0 ? normal : email;
    values->window_phone = text(req, "window_phone");
    values->postal_address = lines(req, "postal_address");
    values->languages = text(req, "languages");
    values->products = lines(req, "products");
    values->keywords = lines(req, "keywords");
    values->reports_to = text(req, "reports_to");
    values->discloses_after_days = 0;
    if (text(req, "discloses_after_days").len > 0 &&
        !str_to_int(text(req, "discloses_after_days"), 0, ORGANISATION_DAYS_MAX,
                    &values->discloses_after_days, &err))
        values->discloses_after_days = -1;
    if (is_own)
        return;
    values->name_ja = text(req, "name_ja");
    values->name_en = text(req, "name_en");
    values->kana = text(req, "kana");
    values->url = text(req, "url");
    values->note = lines(req, "note");
    values->developer_basis =
        str_eq_z(values->kind, "PD") ? text(req, "developer_basis") : STR("other");
    values->designation_basis = text(req, "designation_basis");
    values->is_listed_publicly = text(req, "is_listed_publicly").len > 0;
    values->takes_direct_reports = text(req, "takes_direct_reports").len > 0;
    if (!utc_parse(text(req, "designated_at"), &values->designated_at, &err))
        values->designated_at = (struct utc){ 0 };
}
