/* domain/advisory/check.c: what stops an advisory from being published; each fault says how to mend it. */
#include "base/err.h"
#include "base/record.h"
#include "base/str.h"
#include "domain/advisory/view.h"
#include "formats/cvss/cvss.h"
#include "formats/cwe/cwe.h"

enum { TITLE_MAX = 200, TEXT_MAX = 20000 };

struct check {
    const struct advisory_view *view;
    struct arena *arena;
    struct advisory_faults *faults;
};

static void fault(struct check *c, struct str field, const char *words)
{
    VEC_PUSH(c->arena, c->faults, (struct advisory_fault){ field, words });
}

static void fault_z(struct check *c, const char *field, const char *words)
{
    fault(c, str_from_z(field), words);
}

static bool is_blank(struct str s) { return str_trim(s).len == 0; }

/* ---- texts of both languages ---- */

/* clang-format off */
static const struct text_rule {
    const char *name;
    size_t offset;
    bool is_needed;
    size_t max;
} text_rules[] = {
    { "title",      offsetof(struct advisory_text, title),      true,  TITLE_MAX },
    { "action",     offsetof(struct advisory_text, action),     true,  TEXT_MAX },
    { "overview",   offsetof(struct advisory_text, overview),   true,  TEXT_MAX },
    { "details",    offsetof(struct advisory_text, details),    false, TEXT_MAX },
    { "impact",     offsetof(struct advisory_text, impact),     true,  TEXT_MAX },
    { "solution",   offsetof(struct advisory_text, solution),   false, TEXT_MAX },
    { "workaround", offsetof(struct advisory_text, workaround), false, TEXT_MAX },
    { "addendum",   offsetof(struct advisory_text, addendum),   false, TEXT_MAX },
    { "credit",     offsetof(struct advisory_text, credit),     false, TEXT_MAX },
    { "judgement",  offsetof(struct advisory_text, judgement),  false, TEXT_MAX },
};
/* clang-format on */

static struct str text_at(const struct advisory_text *text, const struct text_rule *rule)
{
    return *(const struct str *)(const void *)((const char *)text + rule->offset);
}

static void check_text(struct check *c, const char *lang, const struct advisory_text *text,
                       const struct advisory_text *other, const struct text_rule *rule)
{
    struct str value = text_at(text, rule),
               field = arena_printf(c->arena, "%s.%s", lang, rule->name);

    if (is_blank(value)) {
        if (rule->is_needed)
            fault(c, field, N_("Please write this section; it must be there in both languages."));
        else if (!is_blank(text_at(other, rule)))
            fault(
                c, field,
                N_("This section is written in one language only. Please write it in both or in neither."));
        return;
    }
    if (!str_is_utf8(value) || !str_is_plain(value, rule->max != TITLE_MAX))
        fault(
            c, field,
            N_("This text contains characters that cannot be shown. Please remove control characters."));
    else if (str_code_points(value) > rule->max)
        fault(c, field, N_("This text is too long. Please shorten it."));
}

static void check_texts(struct check *c)
{
    for (size_t i = 0; i < COUNT(text_rules); i++) {
        check_text(c, "ja", &c->view->ja, &c->view->en, &text_rules[i]);
        check_text(c, "en", &c->view->en, &c->view->ja, &text_rules[i]);
    }
}

/* CFD-04: not without a countermeasure, unless CB has decided so with the date. */
static void check_countermeasure(struct check *c)
{
    const struct advisory_view *v = c->view;
    bool is_there = (!is_blank(v->ja.solution) && !is_blank(v->en.solution)) ||
                    (!is_blank(v->ja.workaround) && !is_blank(v->en.workaround));

    if (!is_there && !v->no_countermeasure_by_decision)
        fault_z(
            c, "ja.solution",
            N_("A solution or a workaround must be written in both languages, or the coordinating body must have decided to publish without one."));
}

/* ---- rows ---- */

static bool is_web_address(struct str url)
{
    return (str_starts(url, STR("https://")) && url.len > 8) ||
           (str_starts(url, STR("http://")) && url.len > 7);
}

static void check_url(struct check *c, struct str field, struct str url, bool is_needed)
{
    if (url.len == 0 && !is_needed)
        return;
    if (!is_web_address(url) || !str_is_utf8(url) || !str_is_plain(url, false) ||
        str_index(url, ' ') < url.len || url.len > 2000)
        fault(c, field, N_("Only an address that starts with https:// or http:// can stand here."));
}

/* PSR-57: the product's name and version. */
static void check_products(struct check *c)
{
    if (c->view->products.len == 0)
        fault_z(c, "products", N_("Please name at least one affected product with its versions."));
    for (size_t i = 0; i < c->view->products.len; i++) {
        const struct advisory_product *p = &c->view->products.at[i];

        if (is_blank(p->vendor_ja) || is_blank(p->vendor_en))
            fault(c, arena_printf(c->arena, "products.%zu.vendor", i),
                  N_("Please give the developer's name in both languages."));
        if (is_blank(p->product))
            fault(c, arena_printf(c->arena, "products.%zu.product", i),
                  N_("Please give the product's name."));
        if (is_blank(p->versions) || is_blank(p->versions_en))
            fault(c, arena_printf(c->arena, "products.%zu.versions", i),
                  N_("Please say in both languages which versions are affected."));
        if (is_blank(p->note_ja) != is_blank(p->note_en))
            fault(c, arena_printf(c->arena, "products.%zu.note", i),
                  N_("This note is written in one language only."));
    }
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    }
    return s.len > 0;
}

static bool is_cve(struct str s)
{
    return str_skip(&s, STR("CVE-")) && s.len >= 9 && s.len <= 24 && all_digits(str_take(s, 4)) &&
           s.ptr[4] == '-' && all_digits(str_drop(s, 5));
}

static void check_weakness(struct check *c, size_t i)
{
    const struct advisory_weakness *w = &c->view->weaknesses.at[i];
    struct err ignored = { 0 };
    struct cvss cvss;
    unsigned number;

    if (w->cvss.len > 0 && !str_starts(w->cvss, STR("CVSS:")))
        fault(c, arena_printf(c->arena, "weaknesses.%zu.cvss", i),
              N_("Please use a vector of CVSS 3.0, 3.1 or 4.0."));
    else if (w->cvss.len > 0 && !cvss_parse(w->cvss, &cvss, &ignored))
        fault(c, arena_printf(c->arena, "weaknesses.%zu.cvss", i),
              N_("This is not a valid CVSS vector."));
    if (w->cve.len > 0 && !is_cve(w->cve))
        fault(c, arena_printf(c->arena, "weaknesses.%zu.cve", i),
              N_("This is not a CVE number such as CVE-2026-41234."));
    if (w->cwe.len > 0 && !cwe_parse(w->cwe, &number))
        fault(c, arena_printf(c->arena, "weaknesses.%zu.cwe", i),
              N_("This is not a CWE number such as CWE-79."));
    if (w->cwe.len > 0 && (is_blank(w->cwe_name_ja) || is_blank(w->cwe_name_en)))
        fault(c, arena_printf(c->arena, "weaknesses.%zu.cwe_name", i),
              N_("Please give the weakness's name in both languages."));
    for (size_t j = 0; w->cve.len > 0 && j < i; j++) {
        if (str_eq(c->view->weaknesses.at[j].cve, w->cve))
            fault(c, arena_printf(c->arena, "weaknesses.%zu.cve", i),
                  N_("This CVE number stands here twice."));
    }
}

static bool is_one_of(struct str s, const char *const *words)
{
    for (; *words; words++) {
        if (str_eq_z(s, *words))
            return true;
    }
    return false;
}

/* PUB-03: the status of every developer, in a word of the list. */
static void check_vendors(struct check *c)
{
    static const char *const statuses[] = {
        "vulnerable",    "vulnerable_investigating",
        "notvulnerable", "notvulnerable_investigating",
        "unknown",       "informed",
        "no_report",     NULL,
    };

    for (size_t i = 0; i < c->view->vendors.len; i++) {
        const struct advisory_vendor *v = &c->view->vendors.at[i];

        if (is_blank(v->name_ja))
            fault(c, arena_printf(c->arena, "vendors.%zu.name", i),
                  N_("Please give the developer's name in both languages."));
        if (!is_one_of(v->status, statuses))
            fault(c, arena_printf(c->arena, "vendors.%zu.status", i),
                  N_("This developer has no status."));
        check_url(c, arena_printf(c->arena, "vendors.%zu.url", i), v->url, false);
    }
}

static void check_references(struct check *c)
{
    for (size_t i = 0; i < c->view->references.len; i++) {
        const struct advisory_reference *r = &c->view->references.at[i];

        if (is_blank(r->title))
            fault(c, arena_printf(c->arena, "references.%zu.title", i),
                  N_("Please say what this reference is."));
        check_url(c, arena_printf(c->arena, "references.%zu.url", i), r->url, true);
    }
}

/* PSR-57, the fifth need: where else something is published. A reference, a developer's own page or a CVE number tells. */
static void check_elsewhere(struct check *c)
{
    bool is_there = c->view->references.len > 0;

    for (size_t i = 0; i < c->view->vendors.len; i++)
        is_there = is_there || c->view->vendors.at[i].url.len > 0;
    for (size_t i = 0; i < c->view->weaknesses.len; i++)
        is_there = is_there || c->view->weaknesses.at[i].cve.len > 0;
    if (!is_there)
        fault_z(
            c, "references",
            N_("Please give at least one reference, developer's page or CVE number, so that readers can find more."));
}

/* PSR-57, the second need: the times, once it is published. */
static void check_times(struct check *c)
{
    if (c->view->revision > 0 &&
        (c->view->published_at.ms <= 0 || c->view->updated_at.ms < c->view->published_at.ms))
        fault_z(c, "updated_at", N_("The dates of publication and update do not fit together."));
}

void advisory_check(const struct advisory_view *view, struct arena *arena,
                    struct advisory_faults *out)
{
    struct check c = { view, arena, out };

    *out = (struct advisory_faults){ 0 };
    check_texts(&c);
    check_countermeasure(&c);
    check_products(&c);
    for (size_t i = 0; i < view->weaknesses.len; i++)
        check_weakness(&c, i);
    check_vendors(&c);
    check_references(&c);
    check_elsewhere(&c);
    check_times(&c);
}

/* ---- kept ---- */

bool advisory_faults_to_record(const struct advisory_faults *faults, struct arena *arena,
                               struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, (size_t)64 << 10);

    *out = STR_NONE;
    if (faults->len == 0)
        return true;
    for (size_t i = 0; i < faults->len && i < ADVISORY_FAULTS_KEPT; i++) {
        record_put(&buf, "field", str_take_code_points(faults->at[i].field, 200));
        record_put(&buf, "words", str_from_z(faults->at[i].words));
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

void advisory_faults_from_record(struct str record, struct arena *arena,
                                 struct advisory_faults *out)
{
    struct str field, words;

    for (size_t i = 0;
         record_get_nth(record, "field", i, &field) && record_get_nth(record, "words", i, &words);
         i++)
        VEC_PUSH(arena, out, (struct advisory_fault){ field, arena_z(arena, words) });
}
