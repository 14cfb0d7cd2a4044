/* domain/triage/to_json.c: a report as JSON; its schema is docs/schemas/scan.schema.json. */
#include "domain/triage/report.h"
#include "formats/json/json.h"

struct writing {
    struct json_writer w;
    const struct report *report;
    struct arena *arena;
};

static void begin(struct json_writer *w, const char *key)
{
    json_key(w, key);
    json_object_begin(w);
}

static void put_count(struct json_writer *w, const char *key, size_t n)
{
    json_key(w, key);
    json_put_int(w, (int64_t)n);
}

static void put_flag(struct json_writer *w, const char *key, bool b)
{
    json_key(w, key);
    json_put_bool(w, b);
}

static void put_time(struct writing *j, const char *key, struct utc t)
{
    if (t.ms != 0)
        json_pair(&j->w, key, utc_iso(j->arena, t));
}

static void put_day(struct writing *j, const char *key, struct utc t)
{
    if (t.ms != 0)
        json_pair(&j->w, key, str_take(utc_iso_jst(j->arena, t), sizeof "2026-11-21" - 1));
}

static void put_texts(struct json_writer *w, const char *key, const struct str *at, size_t len)
{
    json_key(w, key);
    json_array_begin(w);
    for (size_t i = 0; i < len; i++)
        json_put_text(w, at[i]);
    json_array_end(w);
}

/* ---- one finding ---- */

static const char *const kinds[] = {
    [FINDING_AFFECTED] = "affected",
    [FINDING_CONDITIONAL] = "conditional",
    [FINDING_NO_RANGE] = "no_range",
    [FINDING_UNKNOWN_VERSION] = "unknown_version",
};

static void put_component(struct json_writer *w, const struct component *component)
{
    begin(w, "component");
    json_pair(w, "ref", component->ref);
    json_pair(w, "type", component->type);
    json_pair(w, "group", component->group);
    json_pair(w, "name", component->name);
    json_pair(w, "version", component->version);
    json_pair(w, "purl", component->purl);
    json_pair(w, "path", component->path);
    json_object_end(w);
}

static void put_scores(struct writing *j, const struct finding *finding,
                       const struct priority *priority)
{
    json_key(&j->w, "scores");
    json_array_begin(&j->w);
    for (size_t i = 0; i < finding->scores.len; i++) {
        const struct catalog_score *score = &finding->scores.at[i];
        int tenths = triage_tenths(score);

        json_object_begin(&j->w);
        json_pair(&j->w, "version", score->version);
        json_pair(&j->w, "vector", score->vector);
        if (tenths != CVSS_NO_SCORE) {
            json_key(&j->w, "score");
            json_put_tenths(&j->w, tenths);
        }
        json_pair(&j->w, "by", score->by);
        put_flag(&j->w, "primary", score->is_primary);
        put_flag(&j->w, "used", score == priority->score);
        json_object_end(&j->w);
    }
    json_array_end(&j->w);
}

static void put_indicators(struct writing *j, const struct finding *finding)
{
    if (finding->indicators.len == 0)
        return;
    json_key(&j->w, "indicators");
    json_array_begin(&j->w);
    for (size_t i = 0; i < finding->indicators.len; i++) {
        json_object_begin(&j->w);
        json_pair(&j->w, "by", finding->indicators.at[i].by);
        json_pair(&j->w, "scale", finding->indicators.at[i].scale);
        json_pair(&j->w, "value", finding->indicators.at[i].value);
        json_object_end(&j->w);
    }
    json_array_end(&j->w);
}

static void put_attacks(struct writing *j, const struct finding *finding)
{
    if (finding->is_in_kev) {
        begin(&j->w, "kev");
        put_day(j, "added", finding->kev_added);
        put_day(j, "due", finding->kev_due);
        put_flag(&j->w, "ransomware", finding->kev_ransomware);
        json_object_end(&j->w);
    }
    if (finding->epss >= 0) {
        begin(&j->w, "epss");
        json_key(&j->w, "probability");
        json_put_decimal(&j->w, finding->epss, 5);
        if (finding->epss_percentile >= 0) {
            json_key(&j->w, "percentile");
            json_put_decimal(&j->w, finding->epss_percentile, 5);
        }
        put_day(j, "date", finding->epss_date);
        json_object_end(&j->w);
    }
}

static void put_decision(struct json_writer *w, const struct priority *priority)
{
    begin(w, "ssvc");
    json_pair(w, "decision", triage_decision_word(priority->decision));
    json_key(w, "path");
    json_array_begin(w);
    for (size_t i = 0; i < TRIAGE_POINTS; i++) {
        json_object_begin(w);
        json_pair(w, "point", str_from_z(priority->path[i].point->name));
        json_pair(w, "value", str_from_z(priority->path[i].value->name));
        json_pair(w, "because", str_from_z(priority->path[i].because));
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
}

static void put_statement(struct writing *j, const struct finding_statement *statement)
{
    if (statement->verdict == VERDICT_NONE)
        return;
    begin(&j->w, "statement");
    json_pair(&j->w, "verdict", triage_verdict_word(statement->verdict));
    json_pair(&j->w, "justification", statement->justification);
    json_pair(&j->w, "reason", statement->reason);
    json_pair(&j->w, "from", statement->from);
    put_day(j, "until", statement->until);
    json_object_end(&j->w);
}

static void put_reason(struct json_writer *w, const struct finding_reason *reason)
{
    json_object_begin(w);
    json_pair(w, "kind", str_from_z(kinds[reason->kind]));
    json_pair(w, "source", catalog_source_name(reason->source));
    json_pair(w, "record", reason->record);
    json_pair(w, "origin", reason->origin);
    json_pair(w, "criterion", reason->criterion);
    json_pair(w, "range", reason->range);
    json_pair(w, "comparison", reason->comparison);
    json_pair(w, "subject", reason->subject);
    json_pair(w, "platform", reason->platform);
    json_pair(w, "fixed", reason->fixed);
    json_key(w, "confidence");
    json_put_int(w, reason->confidence);
    json_object_end(w);
}

static void put_finding(struct writing *j, size_t place)
{
    const struct finding *finding = &j->report->findings->at[place];
    const struct priority *priority = &j->report->priorities[place];
    struct json_writer *w = &j->w;

    json_object_begin(w);
    json_pair(w, "id", finding->id);
    put_texts(w, "ids", finding->ids.at, finding->ids.len);
    put_component(w, &j->report->inventory->components.at[finding->component]);
    json_pair(w, "kind", str_from_z(kinds[finding->kind]));
    json_key(w, "confidence");
    json_put_int(w, finding->confidence);
    json_pair(w, "title", finding->title);
    put_flag(w, "disputed", finding->is_disputed);
    put_time(j, "published", finding->published);
    put_time(j, "modified", finding->modified);
    json_pair(w, "severity", triage_severity_word(priority));
    if (priority->score) {
        json_key(w, "score");
        json_put_tenths(w, priority->tenths);
    }
    put_scores(j, finding, priority);
    put_indicators(j, finding);
    put_attacks(j, finding);
    put_decision(w, priority);
    put_texts(w, "fixed", finding->fixed.at, finding->fixed.len);
    put_texts(w, "weaknesses", finding->weaknesses.at, finding->weaknesses.len);
    put_texts(w, "urls", finding->urls.at, finding->urls.len);
    put_statement(j, &finding->statement);
    json_key(w, "reasons");
    json_array_begin(w);
    for (size_t i = 0; i < finding->reasons.len; i++)
        put_reason(w, &finding->reasons.at[i]);
    json_array_end(w);
    json_object_end(w);
}

static void put_part(struct writing *j, const char *key, const struct report_places *places)
{
    json_key(&j->w, key);
    json_array_begin(&j->w);
    for (size_t i = 0; i < places->len; i++)
        put_finding(j, places->at[i]);
    json_array_end(&j->w);
}

/* ---- the whole ---- */

static void put_inventory(struct writing *j)
{
    const struct inventory *inventory = j->report->inventory;
    struct json_writer *w = &j->w;

    begin(w, "inventory");
    json_pair(w, "format", inventory->format);
    json_pair(w, "serial", inventory->serial);
    json_pair(w, "subject", inventory->subject.name);
    json_pair(w, "subjectVersion", inventory->subject.version);
    json_pair(w, "os", inventory->os.id);
    json_pair(w, "osVersion", inventory->os.version);
    put_count(w, "components", inventory->components.len);
    put_count(w, "unnamed", j->report->unnamed);
    json_key(w, "problems");
    json_array_begin(w);
    for (size_t i = 0; i < inventory->problems.len; i++) {
        const struct inventory_problem *problem = &inventory->problems.at[i];

        json_object_begin(w);
        if (problem->line > 0)
            put_count(w, "line", problem->line);
        json_pair(w, "where", problem->where);
        json_pair(w, "what", problem->what);
        json_pair(w, "subject", problem->subject);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
}

static void put_sources(struct writing *j)
{
    json_key(&j->w, "sources");
    json_array_begin(&j->w);
    for (size_t i = 0; i < j->report->sources.len; i++) {
        const struct report_source *source = &j->report->sources.at[i];

        json_object_begin(&j->w);
        json_pair(&j->w, "name", source->name);
        put_time(j, "newest", source->newest);
        json_key(&j->w, "records");
        json_put_int(&j->w, source->records);
        json_object_end(&j->w);
    }
    json_array_end(&j->w);
}

static void put_summary(struct writing *j)
{
    static const char *const severities[] = { "none", "low", "medium", "high", "critical" };
    const struct report_counts *counts = &j->report->counts;
    struct json_writer *w = &j->w;

    begin(w, "summary");
    put_count(w, "findings", j->report->open.len);
    put_count(w, "possible", j->report->possible.len);
    put_count(w, "suppressed", j->report->suppressed.len);
    put_count(w, "components", counts->components);
    put_count(w, "kev", counts->in_kev);
    put_count(w, "fix", counts->with_fix);
    begin(w, "severity");
    for (size_t i = COUNT(severities); i > 0; i--)
        put_count(w, severities[i - 1], counts->by_severity[i - 1]);
    put_count(w, "unknown", counts->unrated);
    json_object_end(w);
    begin(w, "ssvc");
    for (int i = TRIAGE_DECISIONS; i > 0; i--)
        put_count(w, triage_decision_word((enum triage_decision)(i - 1)).ptr,
                  counts->by_decision[i - 1]);
    json_object_end(w);
    json_object_end(w);
}

static void put_conditions(struct writing *j)
{
    json_key(&j->w, "conditions");
    json_array_begin(&j->w);
    for (size_t i = 0; i < j->report->conditions.len; i++) {
        json_object_begin(&j->w);
        json_pair(&j->w, "condition", j->report->conditions.at[i].text);
        put_count(&j->w, "met", j->report->conditions.at[i].met);
        json_object_end(&j->w);
    }
    json_array_end(&j->w);
}

static void put_rules(struct writing *j)
{
    const struct ignore_rules *rules = j->report->rules;

    json_key(&j->w, "rules");
    json_array_begin(&j->w);
    for (size_t i = 0; rules && i < rules->len; i++) {
        const struct ignore_rule *rule = &rules->at[i];

        json_object_begin(&j->w);
        put_count(&j->w, "line", rule->line);
        json_pair(&j->w, "id", rule->id);
        json_pair(&j->w, "component", rule->component);
        put_day(j, "until", rule->until);
        json_pair(&j->w, "reason", rule->reason);
        put_flag(&j->w, "expired", ignore_is_over(rule, j->report->made));
        put_flag(&j->w, "used", rule->was_used);
        json_object_end(&j->w);
    }
    json_array_end(&j->w);
}

void report_to_json(const struct report *report, struct arena *arena, struct buf *buf)
{
    struct writing j = { json_writer_new(buf, true), report, arena };
    struct json_writer *w = &j.w;

    json_object_begin(w);
    json_pair(w, "format", STR("noroshi-scan"));
    put_count(w, "formatVersion", 1);
    begin(w, "tool");
    json_pair(w, "name", STR("noroshi"));
    json_pair(w, "version", STR(NOROSHI_VERSION));
    json_object_end(w);
    put_time(&j, "made", report->made);
    json_pair(w, "target", report->target);
    put_inventory(&j);
    put_sources(&j);
    begin(w, "site");
    json_pair(w, "exposure", report->site.exposure);
    json_pair(w, "impact", report->site.impact);
    json_object_end(w);
    put_summary(&j);
    put_conditions(&j);
    put_rules(&j);
    put_part(&j, "findings", &report->open);
    put_part(&j, "possible", &report->possible);
    put_part(&j, "suppressed", &report->suppressed);
    json_object_end(w);
    buf_byte(buf, '\n');
}
