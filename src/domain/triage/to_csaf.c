/* domain/triage/to_csaf.c: a report as a CSAF 2.0 document of the profile VEX (section 4.5). */
#include "base/buf.h"
#include "base/err.h"
#include "domain/triage/report_internal.h"
#include "formats/cpe/cpe.h"
#include "formats/csaf/csaf.h"

struct writing {
    const struct report *report;
    const struct report_author *author;
    struct arena *arena;
    struct csaf_document out;
};

static void put_head(struct writing *c)
{
    const struct report *report = c->report;
    struct csaf_document *out = &c->out;
    struct str uri = report_uri(report, c->author, c->arena);

    out->category = STR("csaf_vex");
    out->title = arena_printf(c->arena, "Known vulnerabilities of %.*s", STR_ARG(report->target));
    out->lang = STR("en");
    out->publisher = (struct csaf_publisher){ .category = STR("user"),
                                              .name = c->author->name,
                                              .namespace_uri = c->author->namespace_uri };
    out->tracking = (struct csaf_tracking){
        .id = str_drop(uri, c->author->namespace_uri.len + 1),
        .status = STR("final"),
        .version = STR("1"),
        .initial_release_date = report->made,
        .current_release_date = report->made,
        .generator_name = STR("noroshi"),
        .generator_version = STR(NOROSHI_VERSION),
    };
    VEC_PUSH(c->arena, &out->tracking.revision_history,
             (struct csaf_revision){ report->made, STR("1"), STR("Result of a scan.") });
    VEC_PUSH(c->arena, &out->notes,
             (struct csaf_note){
                 .category = STR("legal_disclaimer"),
                 .text = STR("What is under investigation was found by comparing names and "
                             "versions; nobody has judged it yet.") });
}

/* ---- products ---- */

static struct csaf_product product_of(const struct component *component, struct arena *arena)
{
    struct str vendor = component->group.len > 0 ? component->group : component->supplier,
               name = component->name.len > 0 ? component->name : component->ref;
    struct csaf_product out = {
        .vendor = vendor.len > 0 ? vendor : STR("-"),
        .name = name,
        .version = component->version,
        .full_name =
            arena_printf(arena, "%.*s%s%.*s", STR_ARG(name), component->version.len > 0 ? " " : "",
                         STR_ARG(component->version)),
        .product_id = component->ref,
        .purl = report_is_purl(component->purl) ? component->purl : STR_NONE,
    };
    struct err ignored = { 0 };
    struct cpe cpe;

    if (component->cpes.len > 0 && cpe_parse(component->cpes.at[0], arena, &cpe, &ignored))
        out.cpe = cpe_text(&cpe, arena);
    return out;
}

static void put_products(struct writing *c)
{
    const struct report *report = c->report;
    size_t last = SIZE_MAX;

    for (size_t i = 0; i < report->findings->len; i++) {
        size_t place = report->findings->at[i].component;

        if (place != last)
            VEC_PUSH(c->arena, &c->out.products,
                     product_of(&report->inventory->components.at[place], c->arena));
        last = place;
    }
}

/* ---- vulnerabilities ---- */

/* Of several scores of a family the one a severity would be taken from; CSAF 2.0 has no place for 4.0. */
static void put_score(struct writing *c, const struct finding *finding, bool is_v2,
                      const struct csaf_texts *products, struct csaf_vulnerability *out)
{
    struct finding family = { 0 };
    const struct catalog_score *best;
    struct err ignored = { 0 };
    struct cvss cvss;
    int tenths;

    for (size_t i = 0; i < finding->scores.len; i++) {
        const struct catalog_score *score = &finding->scores.at[i];

        if (cvss_parse(score->vector, &cvss, &ignored) && cvss.version != CVSS_4_0 &&
            (cvss.version == CVSS_2_0) == is_v2)
            VEC_PUSH(c->arena, &family.scores, *score);
    }
    best = triage_score(&family, &tenths);
    if (best)
        VEC_PUSH(c->arena, &out->scores, (struct csaf_score){ best->vector, *products });
}

static bool is_flag(struct str word)
{
    static const char *const labels[] = { "component_not_present",
                                          "inline_mitigations_already_exist",
                                          "vulnerable_code_cannot_be_controlled_by_adversary",
                                          "vulnerable_code_not_in_execute_path",
                                          "vulnerable_code_not_present" };

    for (size_t i = 0; i < COUNT(labels); i++)
        if (str_eq_z(word, labels[i]))
            return true;
    return false;
}

/* Who is not affected says why: a flag, or the impact in words (section 4.5). */
static void put_not_affected(struct writing *c, const struct finding_statement *said,
                             const struct csaf_texts *one, struct csaf_vulnerability *out)
{
    if (is_flag(said->justification))
        VEC_PUSH(c->arena, &out->flags,
                 (struct csaf_flag){ .label = said->justification, .product_ids = *one });
    VEC_PUSH(c->arena, &out->threats,
             (struct csaf_threat){ .category = STR("impact"),
                                   .details = report_why(said, c->arena),
                                   .product_ids = *one });
}

static void put_finding(struct writing *c, const struct finding *finding,
                        struct csaf_vulnerability *out)
{
    const struct finding_statement *said = &finding->statement;
    struct str ref = c->report->inventory->components.at[finding->component].ref;
    struct csaf_texts one = { 0 };

    VEC_PUSH(c->arena, &one, ref);
    switch (said->verdict) {
    case VERDICT_NOT_AFFECTED:
        VEC_PUSH(c->arena, &out->status.known_not_affected, ref);
        put_not_affected(c, said, &one, out);
        return;
    case VERDICT_FIXED:
        VEC_PUSH(c->arena, &out->status.fixed, ref);
        return;
    case VERDICT_AFFECTED:
        VEC_PUSH(c->arena, &out->status.known_affected, ref);
        VEC_PUSH(c->arena, &out->remediations,
                 (struct csaf_remediation){
                     .category = finding->fixed.len > 0 ? STR("vendor_fix") : STR("none_available"),
                     .details = report_remedy(finding, c->arena),
                     .product_ids = one });
        return;
    default:
        VEC_PUSH(c->arena, &out->status.under_investigation, ref);
    }
    if (said->verdict == VERDICT_IGNORED)
        VEC_PUSH(c->arena, &out->notes,
                 (struct csaf_note){ .category = STR("other"),
                                     .title = STR("Passed over by a rule"),
                                     .text = arena_printf(c->arena, "%.*s: %.*s", STR_ARG(ref),
                                                          STR_ARG(report_why(said, c->arena))) });
}

static struct csaf_vulnerability
vulnerability_of(struct writing *c, const struct report_places *all, size_t from, size_t end)
{
    const struct finding *first = &c->report->findings->at[all->at[from]];
    bool is_cve = str_starts(first->id, STR("CVE-"));
    struct csaf_vulnerability out = { .cve = is_cve ? first->id : STR_NONE, .title = first->title };
    struct csaf_texts products = { 0 };

    for (size_t i = 0; i < first->ids.len; i++)
        if (!is_cve || !str_eq(first->ids.at[i], first->id))
            VEC_PUSH(c->arena, &out.ids,
                     (struct csaf_id){ .system_name = first->reasons.len > 0 &&
                                                              first->reasons.at[0].origin.len > 0
                                                          ? first->reasons.at[0].origin
                                                          : STR("-"),
                                       .text = first->ids.at[i] });
    VEC_PUSH(c->arena, &out.notes,
             (struct csaf_note){ .category = STR("description"),
                                 .text = first->title.len > 0 ? first->title : first->id });
    for (size_t i = from; i < end; i++) {
        const struct finding *finding = &c->report->findings->at[all->at[i]];

        VEC_PUSH(c->arena, &products, c->report->inventory->components.at[finding->component].ref);
        put_finding(c, finding, &out);
    }
    put_score(c, first, true, &products, &out);
    put_score(c, first, false, &products, &out);
    for (size_t i = 0; i < first->urls.len; i++)
        VEC_PUSH(c->arena, &out.references,
                 (struct csaf_reference){ .category = STR("external"),
                                          .summary = first->urls.at[i],
                                          .url = first->urls.at[i] });
    return out;
}

bool report_to_csaf(const struct report *report, const struct report_author *author,
                    struct arena *arena, struct buf *buf, struct err *err)
{
    struct writing c = { .report = report, .author = author, .arena = arena };
    struct report_places all = report_by_id(report, arena);

    if (all.len == 0)
        return FAIL(err, CSAF_INVALID, STR("no finding, no statement"));
    put_head(&c);
    put_products(&c);
    for (size_t from = 0, end; from < all.len; from = end) {
        end = report_run_end(report, &all, from);
        VEC_PUSH(arena, &c.out.vulnerabilities, vulnerability_of(&c, &all, from, end));
    }
    return csaf_write(&c.out, buf, err) ? true : PASS(err);
}
