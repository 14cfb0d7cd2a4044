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

#define PRODUCT  REPORT_PRODUCT
#define WEBSITE  REPORT_WEBSITE
#define BOTH     (REPORT_PRODUCT | REPORT_WEBSITE)
#define REQUIRED true
#define OPTIONAL false

/* clang-format off */
static const struct form_field fields[] = {
    { WEBSITE, "site_name",      FORM_PRODUCT, 'P', FORM_TEXT,   REQUIRED, 200, N_("Name of the website"), N_("As the website calls itself. Example: Sample City, library reservations"), NULL },
    { WEBSITE, "site_url",       FORM_PRODUCT, 'P', FORM_URL,    REQUIRED, 500, N_("Address of the page (URL)"), N_("Where the weakness is. The operator is told this address before anything else."), NULL },
    { WEBSITE, "site_operator",  FORM_PRODUCT, 'P', FORM_TEXT,   OPTIONAL, 200, N_("Operator of the website"), N_("The company, group, office or person that runs it, as far as you know."), NULL },
    { WEBSITE, "site_contact",   FORM_PRODUCT, 'P', FORM_TEXT,   OPTIONAL, 300, N_("Contact that the website shows"), N_("A mail address, telephone number or form, if you have seen one there."), NULL },
    { PRODUCT, "product_name",    FORM_PRODUCT, 'P', FORM_TEXT,   REQUIRED, 200, N_("Name of the product"), N_("As written on the device or the package. Example: Sample Router RX-100"), NULL },
    { PRODUCT, "product_version", FORM_PRODUCT, 'P', FORM_TEXT,   REQUIRED, 300, N_("Version"), N_("Every version you have checked. If you do not know it, please write \"unknown\"."), NULL },
    { PRODUCT, "product_vendor",  FORM_PRODUCT, 'P', FORM_TEXT,   OPTIONAL, 200, N_("Product developer"), N_("The company, group or person that offers the product, as far as you know."), NULL },
    { PRODUCT, "product_url",     FORM_PRODUCT, 'P', FORM_URL,    OPTIONAL, 500, N_("Web page of the product"), "", NULL },
    { PRODUCT, "category",        FORM_PRODUCT, 'P', FORM_CHOICE, REQUIRED, 20,  N_("Kind of product"), N_("Please choose the nearest one. A single website is not reported here; the first page of the report leads to the form for it."), categories },
    { BOTH,    "told_nobody",     FORM_PRODUCT, 'P', FORM_CHECK,  OPTIONAL, 3,   N_("I have not told anybody yet"), "", NULL },
    { PRODUCT, "told_developer",  FORM_PRODUCT, 'P', FORM_CHECK,  OPTIONAL, 3,   N_("I have told the product developer"), "", NULL },
    { WEBSITE, "told_developer",  FORM_PRODUCT, 'P', FORM_CHECK,  OPTIONAL, 3,   N_("I have told the operator of the website"), "", NULL },
    { BOTH,    "told_other",      FORM_PRODUCT, 'P', FORM_CHECK,  OPTIONAL, 3,   N_("I have told another body, or it is public"), "", NULL },
    { BOTH,    "told_details",    FORM_PRODUCT, 'P', FORM_LINES,  OPTIONAL, 2000, N_("Whom you told, when, and what they answered"), N_("If it has been published, please write where and when."), NULL },
    { BOTH,    "referral",        FORM_PRODUCT, 'P', FORM_TEXT,   OPTIONAL, 20,  N_("Referral number"), N_("If the developer or the operator has asked you to report here, the number it gave you, for example T-7K3M-92QF."), NULL },
    { BOTH,    "intends_to_publish", FORM_PRODUCT, 'P', FORM_CHECK, OPTIONAL, 3, N_("I intend to publish it myself"), N_("For example in a paper, at a conference or on a web page."), NULL },
    { BOTH,    "publication_means", FORM_PRODUCT, 'P', FORM_TEXT, OPTIONAL, 500, N_("How you intend to publish it"), N_("Example: a talk at a conference"), NULL },
    { BOTH,    "planned_publication_at", FORM_PRODUCT, 'P', FORM_DATE, OPTIONAL, 10, N_("When you intend to publish it"), N_("Example: 2027-02-15"), NULL },

    { BOTH,    "vuln_kind",       FORM_VULNERABILITY, 'V', FORM_TEXT,  OPTIONAL, 200, N_("Kind of vulnerability"), N_("For example: cross-site scripting, OS command injection, CWE-78. If you do not know it, you may leave it empty."), NULL },
    { PRODUCT, "vuln_info",       FORM_VULNERABILITY, 'V', FORM_LINES, REQUIRED, 20000, N_("Vulnerability information"), N_("What is wrong, where in the product, and under which conditions. Please keep the steps to confirm it and ways to attack it for the next page."), NULL },
    { WEBSITE, "vuln_info",      FORM_VULNERABILITY, 'V', FORM_LINES, REQUIRED, 20000, N_("Vulnerability information"), N_("What is wrong, on which page, and under which conditions. Please keep the steps to confirm it and ways to attack it for the next page."), NULL },
    { PRODUCT, "vuln_impact",     FORM_VULNERABILITY, 'V', FORM_LINES, REQUIRED, 5000, N_("What can happen"), N_("For example: a third party can read the settings without logging in."), NULL },
    { WEBSITE, "vuln_impact",    FORM_VULNERABILITY, 'V', FORM_LINES, REQUIRED, 5000, N_("What can happen"), N_("For example: a third party can read what other visitors have entered."), NULL },
    { BOTH,    "workaround",      FORM_VULNERABILITY, 'M', FORM_LINES, OPTIONAL, 5000, N_("A way to avoid the damage, if you know one"), "", NULL },

    { BOTH,    "verification",    FORM_METHODS, 'T', FORM_LINES,  REQUIRED, 20000, N_("Verification method"), N_("How the existence of the vulnerability can be confirmed: environment, settings, steps and the result you saw."), NULL },
    { BOTH,    "reproducibility", FORM_METHODS, 'T', FORM_CHOICE, REQUIRED, 12, N_("Does it always happen?"), "", reproducibility },
    { BOTH,    "attack",          FORM_METHODS, 'X', FORM_LINES,  OPTIONAL, 20000, N_("Attack method"), N_("A program, command or data that exploits the vulnerability, and how it is used. It is never published."), NULL },

    { BOTH,    "finder_name",     FORM_FINDER, 'I', FORM_TEXT,  REQUIRED, 100, N_("Your name"), N_("A name by which we may call you. It is told to nobody unless you agree below."), NULL },
    { BOTH,    "finder_organisation", FORM_FINDER, 'I', FORM_TEXT, OPTIONAL, 200, N_("Organisation"), "", NULL },
    { BOTH,    "finder_email",    FORM_FINDER, 'I', FORM_EMAIL, REQUIRED, 254, N_("Mail address"), N_("We only write that there is news for you; the content stays in your mailbox here."), NULL },
    { BOTH,    "finder_phone",    FORM_FINDER, 'I', FORM_TEXT,  OPTIONAL, 40, N_("Telephone number"), "", NULL },
    { PRODUCT, "consent_coordinator", FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("My name and contact may be told to the coordinating body"), "", NULL },
    { PRODUCT, "consent_developer", FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("My name and contact may be told to the product developers"), "", NULL },
    { WEBSITE, "consent_developer", FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("My name and contact may be told to the operator of the website"), "", NULL },
    { PRODUCT, "consent_direct",  FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("The product developers may write to me directly"), "", NULL },
    { WEBSITE, "consent_direct", FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("The operator may ask to exchange messages with me directly; the receiving body gets a copy of each"), "", NULL },
    { PRODUCT, "consent_credit",  FORM_FINDER, 'I', FORM_CHECK, OPTIONAL, 3, N_("My name may be printed in the acknowledgement when it is published"), "", NULL },
    { PRODUCT, "credit_name",     FORM_FINDER, 'I', FORM_TEXT,  OPTIONAL, 200, N_("Name to be printed in the acknowledgement"), N_("In the form in which it is to appear, with your organisation if you wish."), NULL },
    { BOTH,    "second_way",      FORM_FINDER, 'I', FORM_TEXT,  OPTIONAL, 300, N_("How we can recognise you if you lose your passphrase"), N_("For example a question and an answer that only you know."), NULL },
    /* COO-31, GEN-12: asked, and handled like any report */
    { PRODUCT, "finder_is_developer", FORM_FINDER, 'P', FORM_CHECK, OPTIONAL, 3, N_("I report as a product developer"), N_("If the vulnerability is not limited to your own products, it is handled like any other report."), NULL },

    { BOTH,    "read_notes",      FORM_CONSENT, 'P', FORM_CHECK, REQUIRED, 3, N_("I have read the notes above"), "", NULL },
    { BOTH,    "declares_legal",  FORM_CONSENT, 'P', FORM_CHECK, REQUIRED, 3, N_("I have not found or obtained this information by illegal means"), "", NULL },
    { PRODUCT, "keeps_silent",    FORM_CONSENT, 'P', FORM_CHECK, REQUIRED, 3, N_("Until it is published I will not tell third parties without a good reason, and I will ask the receiving body first"), "", NULL },
    { WEBSITE, "keeps_silent",   FORM_CONSENT, 'P', FORM_CHECK, REQUIRED, 3, N_("Until the website has been fixed I will not tell third parties without a good reason, and I will ask the receiving body first"), "", NULL },
};
/* clang-format on */

const struct form_field *report_field_next(enum report_target target,
                                           const struct form_field *field)
{
    for (size_t i = field ? (size_t)(field - fields) + 1 : 0; i < COUNT(fields); i++) {
        if (fields[i].targets & (unsigned)target)
            return &fields[i];
    }
    return NULL;
}

size_t report_field_count(enum report_target target)
{
    size_t n = 0;

    for (size_t i = 0; i < COUNT(fields); i++)
        n += (fields[i].targets & (unsigned)target) != 0;
    return n;
}

const struct form_field *report_field(enum report_target target, struct str name)
{
    for (size_t i = 0; i < COUNT(fields); i++) {
        if ((fields[i].targets & (unsigned)target) && str_eq_z(name, fields[i].name))
            return &fields[i];
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

void report_form_check(enum report_target target, struct str record, int step, struct arena *arena,
                       struct form_faults *out)
{
    const struct form_field *field = NULL;

    while ((field = report_field_next(target, field))) {
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

bool report_form_clean(enum report_target target, struct str record, struct arena *arena,
                       struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);
    const struct form_field *field = NULL;

    while ((field = report_field_next(target, field))) {
        struct str value = str_trim(record_get(record, field->name));

        if (value.len > 0)
            record_put(&buf, field->name, value);
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}
