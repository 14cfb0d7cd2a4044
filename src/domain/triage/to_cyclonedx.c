/* domain/triage/to_cyclonedx.c: a report as a CycloneDX document with vulnerabilities (VEX). */
#include "base/buf.h"
#include "base/err.h"
#include "domain/triage/report_internal.h"
#include "formats/cyclonedx/cyclonedx_vex.h"

static enum cyclonedx_state state_of(enum finding_verdict verdict)
{
    switch (verdict) {
    case VERDICT_AFFECTED:
        return CYCLONEDX_EXPLOITABLE;
    case VERDICT_NOT_AFFECTED:
        return CYCLONEDX_NOT_AFFECTED;
    case VERDICT_FIXED:
        return CYCLONEDX_RESOLVED;
    default:
        return CYCLONEDX_IN_TRIAGE;
    }
}

/* OpenVEX's and CSAF's words for a reason in CycloneDX's, where it has them. */
static struct str justification_of(struct str word)
{
    static const struct {
        const char *theirs, *ours;
    } words[] = {
        { "component_not_present", "code_not_present" },
        { "vulnerable_code_not_present", "code_not_present" },
        { "vulnerable_code_not_in_execute_path", "code_not_reachable" },
        { "vulnerable_code_cannot_be_controlled_by_adversary", "requires_environment" },
        { "inline_mitigations_already_exist", "protected_by_mitigating_control" },
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq_z(word, words[i].theirs))
            return str_from_z(words[i].ours);
    return cyclonedx_is_justification(word) ? word : STR_NONE;
}

static struct cyclonedx_rating rating_of(const struct catalog_score *score)
{
    static const struct {
        const char *version, *method;
    } methods[] = {
        { "2.0", "CVSSv2" }, { "3.0", "CVSSv3" }, { "3.1", "CVSSv31" }, { "4.0", "CVSSv4" }
    };
    struct cyclonedx_rating rating = { .source = score->by,
                                       .vector = score->vector,
                                       .method = STR("other"),
                                       .tenths = triage_tenths(score) };

    for (size_t i = 0; i < COUNT(methods); i++)
        if (str_eq_z(score->version, methods[i].version))
            rating.method = str_from_z(methods[i].method);
    return rating;
}

static void put_ratings(const struct finding *finding, const struct priority *priority,
                        struct arena *arena, struct cyclonedx_vulnerability *out)
{
    for (size_t i = 0; i < finding->scores.len; i++) {
        struct cyclonedx_rating rating = rating_of(&finding->scores.at[i]);

        if (&finding->scores.at[i] == priority->score)
            rating.severity = triage_severity_word(priority);
        VEC_PUSH(arena, &out->ratings, rating);
    }
}

static void put_weaknesses(const struct finding *finding, struct arena *arena,
                           struct cyclonedx_vulnerability *out)
{
    for (size_t i = 0; i < finding->weaknesses.len; i++) {
        struct str number = finding->weaknesses.at[i];
        struct err ignored = { 0 };
        int64_t n;

        if (str_skip(&number, STR("CWE-")) && str_to_int(number, 1, 99999, &n, &ignored))
            VEC_PUSH(arena, &out->cwes, n);
    }
}

/* One component's: what is said may differ from one to the next. */
static struct cyclonedx_vulnerability vulnerability_of(const struct report *report, size_t place,
                                                       struct arena *arena)
{
    const struct finding *finding = &report->findings->at[place];
    const struct finding_statement *said = &finding->statement;
    const struct component *component = &report->inventory->components.at[finding->component];
    struct cyclonedx_vulnerability out = {
        .id = finding->id,
        .source_name = finding->reasons.len > 0 ? finding->reasons.at[0].origin : STR_NONE,
        .description = finding->title,
        .recommendation = report_remedy(finding, arena),
        .published = finding->published,
        .updated = finding->modified,
        .state = state_of(said->verdict),
        .analysed = report->made,
    };

    for (size_t i = 0; i < finding->ids.len; i++)
        if (!str_eq(finding->ids.at[i], finding->id))
            VEC_PUSH(arena, &out.aliases, finding->ids.at[i]);
    for (size_t i = 0; i < finding->urls.len; i++)
        VEC_PUSH(arena, &out.advisories, finding->urls.at[i]);
    put_ratings(finding, &report->priorities[place], arena, &out);
    put_weaknesses(finding, arena, &out);
    if (said->verdict != VERDICT_NONE) {
        if (out.state == CYCLONEDX_NOT_AFFECTED)
            out.justification = justification_of(said->justification);
        out.analysis = report_why(said, arena);
    }
    if (said->verdict == VERDICT_IGNORED)
        VEC_PUSH(arena, &out.responses, STR("will_not_fix"));
    VEC_PUSH(arena, &out.affects, (struct cyclonedx_affected){ .ref = component->ref });
    return out;
}

static struct cyclonedx_vex_component component_of(const struct component *component)
{
    return (struct cyclonedx_vex_component){
        .ref = component->ref,
        .type = component->type.len > 0 ? component->type : STR("library"),
        .group = component->group,
        .name = component->name.len > 0 ? component->name : component->ref,
        .version = component->version,
        .purl = report_is_purl(component->purl) ? component->purl : STR_NONE,
        .cpe = component->cpes.len > 0 ? component->cpes.at[0] : STR_NONE
    };
}

void report_to_cyclonedx(const struct report *report, const struct report_author *author,
                         struct arena *arena, struct buf *buf)
{
    const struct inventory *inventory = report->inventory;
    struct report_places all = report_by_id(report, arena);
    struct cyclonedx_vex vex = { .timestamp = report->made,
                                 .tool = STR("noroshi"),
                                 .tool_version = STR(NOROSHI_VERSION),
                                 .author = author->name };
    size_t last = SIZE_MAX;

    if (inventory->subject.name.len > 0)
        vex.subject = component_of(&inventory->subject);
    for (size_t i = 0; i < report->findings->len; i++) {
        size_t place = report->findings->at[i].component;

        if (place != last)
            VEC_PUSH(arena, &vex.components, component_of(&inventory->components.at[place]));
        last = place;
    }
    for (size_t i = 0; i < all.len; i++)
        VEC_PUSH(arena, &vex.vulnerabilities, vulnerability_of(report, all.at[i], arena));
    cyclonedx_vex_write(&vex, buf);
}
