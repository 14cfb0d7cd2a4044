/* domain/triage/report_testing.h: a list and findings that have one of everything, for the tests of what is written about them. */
#pragma once
#include "base/err.h"
#include "domain/triage/report.h"
#include "domain/triage/vex.h"

struct sample {
    struct arena *arena;
    struct inventory inventory;
    struct findings findings;
    struct ignore_rules rules;
    struct conditions conditions;
    struct order order;
    struct report report;
};

/* 21 November 2026, 13:00 JST */
static const struct utc sample_now = { INT64_C(1795233600000) };

static inline struct utc sample_day(const char *day)
{
    struct err err = { 0 };
    struct utc t = { 0 };

    (void)!utc_parse(str_from_z(day), &t, &err);
    return t;
}

static inline void sample_component(struct sample *s, const char *name, const char *version,
                                    const char *purl, const char *cpe)
{
    struct component c = { .ref = arena_printf(s->arena, "%s@%s", name, version),
                           .type = STR("library"),
                           .name = str_from_z(name),
                           .version = str_from_z(version),
                           .purl = str_from_z(purl),
                           .line = 10 + s->inventory.components.len };

    if (*cpe)
        VEC_PUSH(s->arena, &c.cpes, str_from_z(cpe));
    VEC_PUSH(s->arena, &s->inventory.components, c);
}

static inline struct finding *sample_finding(struct sample *s, size_t component, const char *id,
                                             const char *alias, const char *title)
{
    struct finding f = { .component = component,
                         .id = str_from_z(id),
                         .title = str_from_z(title),
                         .confidence = 100,
                         .epss = -1,
                         .epss_percentile = -1,
                         .published = sample_day("2026-01-05T00:00:00Z"),
                         .modified = sample_day("2026-02-06T00:00:00Z") };

    VEC_PUSH(s->arena, &f.ids, f.id);
    if (*alias)
        VEC_PUSH(s->arena, &f.ids, str_from_z(alias));
    VEC_PUSH(s->arena, &s->findings, f);
    return &s->findings.at[s->findings.len - 1];
}

static inline void sample_score(struct sample *s, struct finding *f, const char *version,
                                const char *vector, int tenths, const char *by, bool is_primary)
{
    VEC_PUSH(s->arena, &f->scores,
             (struct catalog_score){ .by = str_from_z(by),
                                     .vector = str_from_z(vector),
                                     .version = str_from_z(version),
                                     .tenths = tenths,
                                     .is_primary = is_primary });
}

static inline void sample_reason(struct sample *s, struct finding *f, struct finding_reason reason)
{
    f->kind = reason.kind;
    f->confidence = reason.confidence;
    if (reason.fixed.len > 0)
        VEC_PUSH(s->arena, &f->fixed, reason.fixed);
    VEC_PUSH(s->arena, &f->reasons, reason);
}

static inline void sample_affected(struct sample *s)
{
    struct finding *f = sample_finding(s, 0, "CVE-2026-1001", "GHSA-aaaa-bbbb-cccc",
                                       "A name in a template is run as code.");

    sample_score(s, f, "3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98, "nvd@nist.gov",
                 true);
    sample_score(s, f, "2.0", "AV:N/AC:L/Au:N/C:P/I:P/A:P", 75, "nvd@nist.gov", true);
    sample_reason(s, f,
                  (struct finding_reason){ .source = SOURCE_OSV,
                                           .record = STR("GHSA-aaaa-bbbb-cccc"),
                                           .origin = STR("GHSA"),
                                           .criterion = STR("npm leftpad"),
                                           .range = STR("< 1.3.1"),
                                           .comparison = STR("1.3.0 < 1.3.1 (npm)"),
                                           .subject = STR("pkg:npm/leftpad@1.3.0"),
                                           .fixed = STR("1.3.1"),
                                           .confidence = 100 });
    f->is_in_kev = f->kev_ransomware = true;
    f->kev_added = sample_day("2026-03-01");
    f->kev_due = sample_day("2026-03-22");
    f->epss = 94321;
    f->epss_percentile = 99870;
    f->epss_date = sample_day("2026-11-20");
    VEC_PUSH(s->arena, &f->weaknesses, STR("CWE-94"));
    VEC_PUSH(s->arena, &f->urls, STR("https://example.org/advisories/1001"));

    f = sample_finding(s, 0, "CVE-2026-1002", "", "A long number takes all memory.");
    sample_score(s, f, "4.0", "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", 82,
                 "GHSA", false);
    sample_reason(s, f,
                  (struct finding_reason){ .source = SOURCE_OSV,
                                           .record = STR("GHSA-dddd-eeee-ffff"),
                                           .origin = STR("GHSA"),
                                           .criterion = STR("npm leftpad"),
                                           .range = STR(">= 1.0.0"),
                                           .comparison = STR("1.0.0 <= 1.3.0 (npm)"),
                                           .confidence = 100 });
    f->epss = 40;
    f->ssvc = (struct ssvc_points){ STR("poc"), STR("no"), STR("partial") };
    f->is_disputed = true;
}

static inline void sample_uncertain(struct sample *s)
{
    struct finding *f = sample_finding(s, 2, "CVE-2026-3001", "", "ルーターの管理画面に脆弱性");

    sample_reason(
        s, f,
        (struct finding_reason){ .kind = FINDING_CONDITIONAL,
                                 .source = SOURCE_NVD,
                                 .record = STR("CVE-2026-3001"),
                                 .origin = STR("nvd@nist.gov"),
                                 .criterion = STR("cpe:2.3:a:example:tool:*:*:*:*:*:*:*:*"),
                                 .platform = STR("cpe:2.3:o:example:os:-:*:*:*:*:*:*:*"),
                                 .confidence = 80 });
    f = sample_finding(s, 2, "CVE-2026-3002", "", "");
    sample_reason(s, f,
                  (struct finding_reason){ .kind = FINDING_NO_RANGE,
                                           .source = SOURCE_CVE,
                                           .record = STR("CVE-2026-3002"),
                                           .origin = STR("cna"),
                                           .criterion = STR("example tool"),
                                           .confidence = 10 });
}

/* One that VEX says is not affected, one that a rule passes over, one that VEX says is. */
static inline void sample_said(struct sample *s)
{
    static const struct {
        const char *id, *fixed;
        enum finding_verdict verdict;
        const char *justification, *reason, *from;
    } said[] = {
        { "CVE-2026-2001", "2.0.1", VERDICT_NOT_AFFECTED, "vulnerable_code_not_in_execute_path",
          "The parser is switched off.", "maker.vex.json (Example Maker)" },
        { "CVE-2026-2002", "2.1.0", VERDICT_IGNORED, "", "Used by a build script alone.",
          "noroshi.ignore:3" },
        { "CVE-2026-2003", "", VERDICT_AFFECTED, "", "Switch the cache off.",
          "maker.vex.json (Example Maker)" },
    };

    for (size_t i = 0; i < COUNT(said); i++) {
        struct finding *f =
            sample_finding(s, 1, said[i].id, "", "The cache tells another's answer.");

        sample_score(s, f, "3.1", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N", CVSS_NO_SCORE,
                     "cna", false);
        sample_reason(s, f,
                      (struct finding_reason){ .source = SOURCE_OSV,
                                               .record = str_from_z(said[i].id),
                                               .origin = STR("Debian"),
                                               .criterion = STR("Debian:12 cachelib"),
                                               .range = STR("< 2.0.1-1"),
                                               .comparison = STR("2.0.0-3 < 2.0.1-1 (deb)"),
                                               .fixed = str_from_z(said[i].fixed),
                                               .confidence = 100 });
        f->statement = (struct finding_statement){
            .verdict = said[i].verdict,
            .justification = str_from_z(said[i].justification),
            .reason = str_from_z(said[i].reason),
            .from = str_from_z(said[i].from),
        };
        if (said[i].verdict == VERDICT_IGNORED)
            f->statement.until = sample_day("2026-12-31");
    }
}

/* The whole; lives in arena. */
static inline struct sample *sample_new(struct arena *arena)
{
    static const char rules[] =
        "CVE-2026-2002 cachelib until 2026-12-31: Used by a build script alone.\n"
        "CVE-2025-1 * until 2026-01-31: Until the next release.\n";
    struct sample *s = ARENA_NEW(arena, struct sample);
    struct err err = { 0 };

    s->arena = arena;
    s->inventory.format = STR("CycloneDX 1.6");
    s->inventory.serial = STR("urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79");
    s->inventory.subject = (struct component){ .ref = STR("shop"),
                                               .type = STR("application"),
                                               .name = STR("shop"),
                                               .version = STR("4.2"),
                                               .purl = STR("pkg:generic/shop@4.2") };
    sample_component(s, "leftpad", "1.3.0", "pkg:npm/leftpad@1.3.0", "");
    sample_component(s, "cachelib", "2.0.0-3", "pkg:deb/debian/cachelib@2.0.0-3?arch=amd64", "");
    sample_component(s, "tool", "", "", "cpe:2.3:a:example:tool:*:*:*:*:*:*:*:*");
    sample_component(s, "内製部品", "1.0", "", "");
    sample_affected(s);
    sample_said(s);
    sample_uncertain(s);
    (void)!ignore_read(STR(rules), arena, &s->rules, &err);
    s->rules.at[0].was_used = true;
    (void)!conditions_parse(STR("kev,severity>=critical+fix,epss>=0.99"), arena, &s->conditions,
                            &err);
    (void)!order_parse(STR("priority"), arena, &s->order, &err);
    report_make(&(struct report_input){ .target = STR("shop.cdx.json"),
                                        .now = sample_now,
                                        .inventory = &s->inventory,
                                        .findings = &s->findings,
                                        .order = &s->order,
                                        .conditions = &s->conditions,
                                        .rules = &s->rules },
                arena, &s->report);
    VEC_PUSH(arena, &s->report.sources,
             (struct report_source){ STR("NVD"), sample_day("2026-11-20"), 122359 });
    VEC_PUSH(arena, &s->report.sources,
             (struct report_source){ STR("GHSA"), sample_day("2026-11-19"), 20123 });
    return s;
}
