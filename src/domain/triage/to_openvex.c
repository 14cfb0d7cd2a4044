/* domain/triage/to_openvex.c: a report as an OpenVEX document: what was said, and what is still to be looked into. */
#include "base/buf.h"
#include "domain/triage/report_internal.h"
#include "formats/openvex/openvex.h"

static enum openvex_status status_of(const struct finding_statement *said)
{
    switch (said->verdict) {
    case VERDICT_AFFECTED:
        return OPENVEX_AFFECTED;
    case VERDICT_NOT_AFFECTED:
        return OPENVEX_NOT_AFFECTED;
    case VERDICT_FIXED:
        return OPENVEX_FIXED;
    default:
        return OPENVEX_UNDER_INVESTIGATION;
    }
}

static struct openvex_product product_of(const struct component *component)
{
    struct openvex_product product = { .id = component->purl.len > 0 ? component->purl
                                                                     : component->ref };

    if (component->purl.len == 0 && component->cpes.len > 0)
        product.cpe23 = component->cpes.at[0];
    return product;
}

static struct openvex_statement statement_of(const struct report *report, size_t place,
                                             struct arena *arena)
{
    const struct finding *finding = &report->findings->at[place];
    const struct finding_statement *said = &finding->statement;
    struct openvex_statement out = { .vulnerability = finding->id,
                                     .description = finding->title,
                                     .status = status_of(said) };

    for (size_t i = 0; i < finding->ids.len; i++)
        if (!str_eq(finding->ids.at[i], finding->id))
            VEC_PUSH(arena, &out.aliases, finding->ids.at[i]);
    if (out.status == OPENVEX_NOT_AFFECTED) {
        bool is_known = openvex_is_justification(said->justification);

        out.justification = is_known ? said->justification : STR_NONE;
        out.impact = said->reason.len > 0 || is_known ? said->reason : said->justification;
        if (out.justification.len == 0 && out.impact.len == 0)
            out.impact = said->from;
    } else if (out.status == OPENVEX_AFFECTED) {
        out.action = said->reason.len > 0 ? said->reason : report_remedy(finding, arena);
    } else if (said->verdict != VERDICT_NONE) {
        out.notes = report_why(said, arena);
    }
    VEC_PUSH(arena, &out.products,
             product_of(&report->inventory->components.at[finding->component]));
    return out;
}

void report_to_openvex(const struct report *report, const struct report_author *author,
                       struct arena *arena, struct buf *buf)
{
    struct report_places all = report_by_id(report, arena);
    struct openvex_document document = { .id = report_uri(report, author, arena),
                                         .author = author->name,
                                         .timestamp = report->made,
                                         .version = 1,
                                         .tooling = STR("noroshi " NOROSHI_VERSION) };

    for (size_t i = 0; i < all.len; i++)
        VEC_PUSH(arena, &document.statements, statement_of(report, all.at[i], arena));
    openvex_write(&document, buf);
}
