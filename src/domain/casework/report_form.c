#include "domain/casework/report_form.h"

#include "base/err.h"
#include "base/record.h"
#include "base/utc.h"
#include "formats/mailaddr/mailaddr.h"

/* GEN-02: packages, components, devices with software inside. */
static const struct form_option categories[] = {
    { "web_app", N_("Web application software") },
    { "router", N_("Router or network device") },
    { "iot", N_("Home appliance, camera or other IoT product") },
    { "mobile_app", N_("Smartphone application") },
    { "os", N_("Operating system") },
    { "browser", N_("Browser or mail software") },
    { "groupware", N_("Groupware or business software") },
    { "control", N_("Industrial control product") },
    { "library", N_("Library or component built into other products") },
    { "other", N_("Other") },
    { NULL, NULL },
};
static const struct form_option reproducibility[] = {
    { "always", N_("Always") },
    { "sometimes", N_("Sometimes") },
    { "unknown", N_("Not known") },
    { NULL, NULL },
};

#define REQUIRED true
#define OPTIONAL false

/* clang-format off */
const struct form_field report_fields[] = {
    { "product_name",    FORM_PRODUCT, 'P', FORM_TEXT,   REQUIRED, 200, N_("Name of the product"), N_("As written on the device or the package. Example: Sample Router RX-100"), NULL },
    { "product_version", FORM_PRODUCT, 'P', FORM_TEXT,   REQUIRED, 300, N_("Version"), N_("Every version you have checked. If you do not know it, please write \"unknown\"."), NULL },
    { "product_vendor",  FORM_PRODUCT, 'P', FORM_TEXT,   OPTIONAL, 200, N_("Product developer"), N_("The company, group or person that offers the product, as far as you know."), NULL },
    { "product_url",     FORM_PRODUCT, 'P', FORM_URL,    OPTIONAL, 500, N_("Web page of the product"), "", NULL },
    { "category",        FORM_PRODUCT, 'P', FORM_CHOICE, REQUIRED, 20,  N_("Kind of product"), N_("Please choose the nearest one. A single website is not reported here; the first page of the report says where."), categories },
    { "told_nobody",     FORM_PRODUCT, 'P', FORM_CHECK,  OPTIONAL, 3,   N_("I have not told anybody yet"), "", NULL },
    { "told_developer",  FORM_PRODUCT, 'P', FORM_CHECK,  OPTIONAL, 3,   N_("I have told the product developer"), "", NULL },
    { "told_other",      FORM_PRODUCT, 'P', FORM_CHECK,  OPTIONAL, 3,   N_("I have told another body, or it is public"), "", NULL },
    { "told_details",    FORM_PRODUCT, 'P', FORM_LINES,  OPTIONAL, 2000, N_("Whom you told, when, and what they answered"), N_("If it has been published, please write where and when."), NULL },
    { "intends_to_publish", FORM_PRODUCT, 'P', FORM_CHECK, OPTIONAL, 3, N_("I intend to publish it myself"), N_("For example in a paper, at a conference or on a web page."), NULL },
    { "publication_means", FORM_PRODUCT, 'P', FORM_TEXT, OPTIONAL, 500, N_("How you intend to publish it"), N_("Example: a talk at a conference"), NULL },
    { "planned_publication_at", FORM_PRODUCT, 'P', FORM_DATE, OPTIONAL, 10, N_("When you intend to publish it"), N_("Example: 2027-02-15"), NULL },

    { "vuln_kind",       FORM_VULNERABILITY, 'V', FORM_TEXT,  OPTIONAL, 200, N_("Kind of vulnerability"), N_("For example: cross-site scripting, OS command injection, CWE-78. If you do not know it, you may leave it empty."), NULL },
    { "vuln_info",       FORM_VULNERABILITY, 'V', FORM_LINES, REQUIRED, 20000, N_("Vulnerability information"), N_("What is wrong, where in the product, and under which conditions. Please keep the steps to confirm it and ways to attack it for the next page."), NULL },
    { "vuln_impact",     FORM_VULNERABILITY, 'V', FORM_LINES, REQUIRED, 5000, N_("What can happen"), N_("For example: a third party can read the settings without logging in."), NULL },
    { "workaround",      FORM_VULNERABILITY, 'M', FORM_LINES, OPTIONAL, 5000, N_("A way to avoid the damage, if you know one"), "", NULL },

    { "verification",    FORM_METHODS, 'T', FORM_LINES,  REQUIRED, 20000, N_("Verification method"), N_("How the existence of the vulnerability can be confirmed: environment, settings, steps and the result you saw."), NULL },
    { "reproducibility", FORM_METHODS, 'T', FORM_CHOICE, REQUIRED, 12, N_("Does it always happen?"), "", reproducibility },
    { "attack",          FORM_METHODS, 'X', FORM_LINES,  OPTIONAL, 20000, N_("Attack method"), N_("A program, command or data that exploits the vulnerability, and how it is used. It is never published."), NULL },

    { "finder_name",     FORM_FINDER, 'I', FORM_TEXT,  REQUIRED, 100, N_("Your name"), N_("A name by which we may call you. It is told to nobody unless you agree below."), NULL },
    { "finder_organisation", FORM_FINDER, 'I', FORM_TEXT, OPTIONAL, 200, N_("Organisation"), "", NULL },
    { "finder_email",    FORM_FINDER, 'I', FORM_EMAIL, REQUIRED, 254, N_("Mail address"), N_("We only write that there is news for you; the content stays in your mailbox here."), NULL },
    { "finder_phone",    FORM_FINDER, 'I', FORM_TEXT,  OPTIONAL, 40, N_("Telephone number"), "", NULL },
    { "consent_coordinator", FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("My name and contact may be told to the coordinating body"), "", NULL },
    { "consent_developer", FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("My name and contact may be told to the product developers"), "", NULL },
    { "consent_direct",  FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("The product developers may write to me directly"), "", NULL },
    { "consent_credit",  FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("My name may be printed in the acknowledgement when it is published"), "", NULL },
    { "credit_name",     FORM_FINDER, 'I', FORM_TEXT,  OPTIONAL, 200, N_("Name to be printed in the acknowledgement"), N_("In the form in which it is to appear, with your organisation if you wish."), NULL },
    { "second_way",      FORM_FINDER, 'I', FORM_TEXT,  OPTIONAL, 300, N_("How we can recognise you if you lose your passphrase"), N_("For example a question and an answer that only you know."), NULL },
    /* COO-31, GEN-12: asked, and handled like any report */
    { "finder_is_developer", FORM_FINDER, 'P', FORM_CHECK, OPTIONAL, 3, N_("I report as a product developer"), N_("If the vulnerability is not limited to your own products, it is handled like any other report."), NULL },

    { "read_notes",      FORM_CONSENT, 'P', FORM_CHECK, REQUIRED, 3, N_("I have read the notes above"), "", NULL },
    { "declares_legal",  FORM_CONSENT, 'P', FORM_CHECK, REQUIRED, 3, N_("I have not found or obtained this information by illegal means"), "", NULL },
    { "keeps_silent",    FORM_CONSENT, 'P', FORM_CHECK, REQUIRED, 3, N_("Until it is published I will not tell third parties without a good reason, and I will ask the receiving body first"), "", NULL },
};
/* clang-format on */
const size_t report_field_count = COUNT(report_fields);

const struct form_field *report_field(struct str name)
{
    for (size_t i = 0; i < report_field_count; i++) {
        if (str_eq_z(name, report_fields[i].name))
            return &report_fields[i];
    }
    return NULL;
}

static void add_fault(struct arena *arena, struct form_faults *faults, const char *field,
                      const char *words)
{
    VEC_PUSH(arena, faults, (struct form_fault){ field, words });
}

static bool is_option(const struct form_field *field, struct str value)
{
    for (const struct form_option *o = field->options; o->value; o++) {
        if (str_eq_z(value, o->value))
            return true;
    }
    return false;
}

static bool is_web_address(struct str value)
{
    return (str_starts(value, STR("https://")) || str_starts(value, STR("http://"))) &&
           str_index(value, ' ') == value.len;
}

/* What is wrong with a value that is there; NULL when nothing is. */
static const char *fault_of(const struct form_field *field, struct str value)
{
    struct err err = { 0 };
    struct utc t;

    if (!str_is_utf8(value) || !str_is_plain(value, field->kind == FORM_LINES))
        return N_("Please remove the characters that cannot be shown (control characters).");
    if (str_code_points(value) > field->max)
        return N_("This is too long. Please shorten it, or attach a file.");
    switch (field->kind) {
    case FORM_EMAIL:
        return mailaddr_check(value, &err)
                   ? NULL
                   : N_("Please enter a mail address in the form name@example.jp.");
    case FORM_URL:
        return is_web_address(value)
                   ? NULL
                   : N_("Please enter an address that begins with https:// or http://.");
    case FORM_DATE:
        return utc_parse(value, &t, &err) ? NULL
                                          : N_("Please enter a date in the form 2027-02-15.");
    case FORM_CHOICE:
        return is_option(field, value) ? NULL : N_("Please choose one of the answers.");
    case FORM_CHECK:
        return str_eq(value, STR("yes")) ? NULL : N_("Please choose one of the answers.");
    case FORM_TEXT:
    case FORM_LINES:
        break;
    }
    return NULL;
}

static const char *missing_words(const struct form_field *field)
{
    if (field->kind == FORM_CHECK)
        return N_("Please read this and tick the box if you agree.");
    if (field->kind == FORM_CHOICE)
        return N_("Please choose one of the answers.");
    return N_("This has not been entered. Please enter it.");
}

static bool has(struct str record, const char *name) { return record_get(record, name).len > 0; }

/* INT-15, INT-16: the recipients must be able to check to whom it was told and whether it is to be published. */
static void check_circumstances(struct str record, struct arena *arena, struct form_faults *out)
{
    bool told = has(record, "told_developer") || has(record, "told_other");

    if (!told && !has(record, "told_nobody"))
        add_fault(arena, out, "told_nobody",
                  N_("Please tick whom you have told; if nobody, tick that."));
    if (told && has(record, "told_nobody"))
        add_fault(arena, out, "told_nobody",
                  N_("\"Nobody\" and somebody are both ticked. Please tick what is right."));
    if (told && !has(record, "told_details"))
        add_fault(arena, out, "told_details", N_("Please write whom you told and when."));
    if (has(record, "intends_to_publish") && !has(record, "publication_means"))
        add_fault(arena, out, "publication_means",
                  N_("Please write how you intend to publish it."));
}

const char *report_form_fault(const struct form_field *field, struct str value, bool is_required)
{
    if (value.len == 0)
        return is_required ? missing_words(field) : NULL;
    return fault_of(field, value);
}

bool report_is_iot(struct str category)
{
    return str_eq(category, STR("iot")) || str_eq(category, STR("router"));
}

void report_form_check(struct str record, int step, struct arena *arena, struct form_faults *out)
{
    for (size_t i = 0; i < report_field_count; i++) {
        const struct form_field *field = &report_fields[i];
        const char *words;

        if (step && (int)field->step != step)
            continue;
        words =
            report_form_fault(field, str_trim(record_get(record, field->name)), field->is_required);
        if (words)
            add_fault(arena, out, field->name, words);
    }
    if (!step || step == FORM_PRODUCT)
        check_circumstances(record, arena, out);
    if ((!step || step == FORM_FINDER) && has(record, "consent_credit") &&
        !has(record, "credit_name"))
        add_fault(arena, out, "credit_name", N_("Please enter the name to be printed."));
}

bool report_form_clean(struct str record, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);

    for (size_t i = 0; i < report_field_count; i++) {
        struct str value = str_trim(record_get(record, report_fields[i].name));

        if (value.len > 0)
            record_put(&buf, report_fields[i].name, value);
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}
