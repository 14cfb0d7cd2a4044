#include "domain/catalog/from_internal.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "formats/cpe/cpe.h"
#include "formats/cvss/cvss.h"

static size_t digits(struct str s)
{
    size_t n = 0;

    while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
        n++;
    return n;
}

bool from_is_cve_id(struct str id)
{
    size_t n;

    if (!str_skip(&id, STR("CVE-")) || digits(id) != 4 || id.len < 5 || id.ptr[4] != '-')
        return false;
    id = str_drop(id, 5);
    n = digits(id);
    return n == id.len && n >= 4 && n <= 19;
}

bool from_is_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++)
        if ((unsigned char)id.ptr[i] <= ' ')
            return false;
    return id.len > 0 && id.len <= CATALOG_ID_MAX && str_is_plain(id, false);
}

struct utc from_time(struct str text, struct arena *arena)
{
    bool has_zone = str_ends(text, STR("Z")) ||
                    str_index(str_drop(text, 10), '+') + 10 < text.len ||
                    str_index(str_drop(text, 10), '-') + 10 < text.len;
    struct err ignored = { 0 };
    struct utc t = { 0 };

    if (text.len < 10)
        return t;
    if (text.len == 10)
        text = arena_printf(arena, "%.*sT00:00:00Z", STR_ARG(text));
    else if (!has_zone)
        text = arena_printf(arena, "%.*s%sZ", STR_ARG(text), text.len == 16 ? ":00" : "");
    if (!utc_parse(text, &t, &ignored) || t.ms < 0)
        t.ms = 0;
    return t;
}

void from_add(struct catalog_strings *list, struct str text, struct arena *arena)
{
    if (text.len == 0)
        return;
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->at[i], text))
            return;
    VEC_PUSH(arena, list, text);
}

void from_add_indicator(struct catalog_record *record, struct str by, struct str scale,
                        struct str value, struct arena *arena)
{
    struct catalog_indicator indicator = { .by = by, .scale = scale, .value = str_trim(value) };

    if (indicator.value.len == 0 || indicator.value.len > CATALOG_INDICATOR_MAX ||
        scale.len > CATALOG_INDICATOR_MAX)
        return;
    for (size_t i = 0; i < record->indicators.len; i++) {
        const struct catalog_indicator *one = &record->indicators.at[i];

        if (str_eq(one->by, by) && str_eq(one->scale, scale) && str_eq(one->value, indicator.value))
            return;
    }
    VEC_PUSH(arena, &record->indicators, indicator);
}

void from_add_all(struct catalog_strings *list, struct json texts, struct arena *arena)
{
    struct json text;

    for (struct json_iter i = json_iter(texts); json_next(&i, NULL, &text);)
        from_add(list, json_text(text), arena);
}

void from_add_weakness(struct catalog_record *record, struct str text, struct arena *arena)
{
    struct str rest = text;
    size_t n;

    if (!str_skip(&rest, STR("CWE-")))
        return;
    n = digits(rest);
    if (n > 0 && n <= 6)
        from_add(&record->weaknesses, str_take(text, 4 + n), arena);
}

void from_add_tag(struct catalog_record *record, struct str tag, struct arena *arena)
{
    record->is_disputed |= str_eq(tag, STR("disputed"));
    from_add(&record->tags, tag, arena);
}

/* The shortest code of a language, as BCP 47 wants it: some authorities write that of ISO 639-2 ("eng"). Without one it is English. */
static struct str lang_of(struct str lang)
{
    static const char *const longer[][2] = {
        { "eng", "en" }, { "jpn", "ja" }, { "spa", "es" }, { "deu", "de" },
        { "fra", "fr" }, { "zho", "zh" }, { "kor", "ko" }, { "por", "pt" },
    };

    for (size_t i = 0; i < COUNT(longer); i++) {
        if (str_eq_z(lang, longer[i][0]))
            return str_from_z(longer[i][1]);
    }
    return lang.len > 0 ? lang : STR("en");
}

void from_add_text(struct catalog_record *record, enum catalog_text_kind kind, struct str lang,
                   struct str text, struct str by, struct arena *arena)
{
    if (text.len == 0)
        return;
    if (kind == TEXT_DESCRIPTION && str_starts(text, STR("** DISPUTED")))
        record->is_disputed = true;
    VEC_PUSH(arena, &record->texts,
             (struct catalog_text){ .kind = kind, .lang = lang_of(lang), .text = text, .by = by });
}

void from_add_texts(struct catalog_record *record, enum catalog_text_kind kind, struct json list,
                    struct str by, struct arena *arena)
{
    struct json text;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &text);)
        from_add_text(record, kind, json_text(json_get(text, "lang")),
                      json_text(json_get(text, "value")), by, arena);
}

struct str from_cvss_version(struct str vector)
{
    if (!str_skip(&vector, STR("CVSS:")))
        return STR("2.0");
    return str_take(vector, str_index(vector, '/'));
}

void from_add_score(struct catalog_record *record, struct json cvss, struct str by, bool is_primary,
                    struct arena *arena)
{
    struct str vector = json_text(json_get(cvss, "vectorString")),
               version = json_text(json_get(cvss, "version"));
    double base = json_number(json_get(cvss, "baseScore"), -1);
    int tenths = base >= 0 && base <= 10 ? (int)(base * 10 + 0.5) : CVSS_NO_SCORE;

    if (vector.len == 0 && tenths == CVSS_NO_SCORE)
        return;
    VEC_PUSH(
        arena, &record->scores,
        (struct catalog_score){ .by = by,
                                .vector = vector,
                                .version = version.len > 0 ? version : from_cvss_version(vector),
                                .tenths = tenths,
                                .is_primary = is_primary });
}

void from_add_vector(struct catalog_record *record, struct str vector, struct str by,
                     struct arena *arena)
{
    struct err ignored = { 0 };
    struct cvss cvss;

    VEC_PUSH(arena, &record->scores,
             (struct catalog_score){ .by = by,
                                     .vector = vector,
                                     .version = from_cvss_version(vector),
                                     .tenths = cvss_parse(vector, &cvss, &ignored)
                                                   ? cvss_base_tenths(&cvss)
                                                   : CVSS_NO_SCORE });
}

void from_add_names(struct catalog_record *record, const struct catalog_strings *cves)
{
    if (cves->len == 1)
        record->aliases = *cves;
    else
        record->upstream = *cves;
}

/* "Patch,Exploit" */
static struct str joined(struct json tags, struct arena *arena)
{
    struct buf buf = buf_new(arena, CATALOG_RECORD_MAX);
    struct json tag;

    if (json_count(tags) < 2) /* most have one at most */
        return json_text(json_at(tags, 0));
    for (struct json_iter i = json_iter(tags); json_next(&i, NULL, &tag);) {
        struct str word = json_text(tag);

        if (word.len > 0 && buf.len > 0)
            buf_byte(&buf, ',');
        buf_add(&buf, word);
    }
    return buf_str(&buf);
}

void from_add_references(struct catalog_record *record, struct json list, struct arena *arena)
{
    struct json reference;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &reference);) {
        struct str url = json_text(json_get(reference, "url"));

        if (url.len > 0)
            VEC_PUSH(arena, &record->references,
                     (struct catalog_reference){ url, joined(json_get(reference, "tags"), arena) });
    }
}

/* "Technical Impact", "technicalImpact" */
static bool is_word(struct str key, struct str want)
{
    size_t n = 0;

    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] == ' ' || key.ptr[i] == '_')
            continue;
        if (n == want.len || ascii_lower(key.ptr[i]) != want.ptr[n])
            return false;
        n++;
    }
    return n == want.len;
}

void from_set_ssvc(struct catalog_record *record, struct json options)
{
    struct json option, value;
    struct str key;

    for (struct json_iter i = json_iter(options); json_next(&i, NULL, &option);) {
        for (struct json_iter m = json_iter(option); json_next(&m, &key, &value);) {
            if (is_word(key, STR("exploitation")))
                record->ssvc.exploitation = json_text(value);
            else if (is_word(key, STR("automatable")))
                record->ssvc.automatable = json_text(value);
            else if (is_word(key, STR("technicalimpact")))
                record->ssvc.technical_impact = json_text(value);
        }
    }
}

/* ---- CPE configurations ---- */

struct str from_cpe(struct str text, struct arena *arena)
{
    struct err ignored = { 0 };
    struct cpe cpe;

    return cpe_parse(text, arena, &cpe, &ignored) ? cpe_text(&cpe, arena) : STR_NONE;
}

struct criterion from_criterion(struct json match)
{
    struct str from = json_text(json_get(match, "versionStartIncluding")),
               above = json_text(json_get(match, "versionStartExcluding")),
               to = json_text(json_get(match, "versionEndExcluding")),
               last = json_text(json_get(match, "versionEndIncluding"));

    return (struct criterion){ .cpe = json_text(json_get(match, "criteria")),
                               .id = json_text(json_get(match, "matchCriteriaId")),
                               .is_vulnerable = json_is_true(json_get(match, "vulnerable")),
                               .from = from.len > 0 ? from : above,
                               .from_is_excluded = from.len == 0 && above.len > 0,
                               .to = to.len > 0 ? to : last,
                               .to_is_included = to.len == 0 && last.len > 0 };
}

static bool set_configuration(struct json json, int depth, struct arena *arena,
                              struct configuration *out, struct err *err)
{
    static const char *const below[] = { "nodes", "children" };
    struct json item;

    if (depth > CATALOG_DEPTH_MAX)
        return FAIL(err, CATALOG_RECORD, STR("configurations: nested too deeply"));
    out->is_and = str_eq_nocase(json_text(json_get(json, "operator")), STR("AND"));
    out->is_negated = json_is_true(json_get(json, "negate"));
    for (struct json_iter i = json_iter(json_get(json, "cpeMatch")); json_next(&i, NULL, &item);) {
        struct criterion criterion = from_criterion(item);

        if (criterion.cpe.len > 0)
            VEC_PUSH(arena, &out->criteria, criterion);
    }
    for (size_t k = 0; k < COUNT(below); k++) {
        for (struct json_iter i = json_iter(json_get(json, below[k]));
             json_next(&i, NULL, &item);) {
            struct configuration node = { 0 };

            if (!set_configuration(item, depth + 1, arena, &node, err))
                return PASS(err);
            VEC_PUSH(arena, &out->nodes, node);
        }
    }
    return true;
}

bool from_add_configurations(struct catalog_record *record, struct json list, struct arena *arena,
                             struct err *err)
{
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct configuration configuration = { 0 };

        if (!set_configuration(item, 1, arena, &configuration, err))
            return PASS(err);
        VEC_PUSH(arena, &record->configurations, configuration);
    }
    return true;
}
