#include "domain/catalog/to.h"

#include "formats/testing.h"

#include "base/testing.h"
#include "domain/catalog/from.h"
#include "formats/csaf/csaf.h"
#include "formats/csaf/csaf_check.h"
#include "formats/cvss/cvss.h"
#include "formats/xml/wellformed.h"

/* Records are read, written in each format, and read again: what both can hold is the same. */

enum { SOME = 150 }; /* records of a file in the short check */

struct bench {
    struct arena *kept, *arena; /* of the file; of one record */
    size_t records, checked;
};

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);

    bench->kept = arena_new((size_t)2 << 30);
    bench->arena = arena_new((size_t)1 << 30);
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;

    arena_free(bench->kept);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

static const struct catalog_publisher publisher = { STR_INIT("Noroshi"),
                                                    STR_INIT("https://noroshi.example"),
                                                    STR_INIT("https://noroshi.example") };

/* ---- comparing ---- */

static struct str canonical(struct str vector, struct arena *arena)
{
    struct err ignored = { 0 };
    struct cvss cvss;

    return cvss_parse(vector, &cvss, &ignored) ? cvss_text(&cvss, arena) : STR_NONE;
}

static void same_text(const char *what, struct str want, struct str have)
{
    if (!str_eq(want, have))
        fail_msg("%s: \"%.*s\" became \"%.*s\"", what, STR_ARG(want), STR_ARG(have));
}

static void same_list(const char *what, const struct catalog_strings *want,
                      const struct catalog_strings *have)
{
    if (want->len != have->len)
        fail_msg("%s: %zu became %zu", what, want->len, have->len);
    for (size_t i = 0; i < want->len; i++)
        same_text(what, want->at[i], have->at[i]);
}

static size_t count_kind(const struct catalog_record *record, enum catalog_text_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < record->texts.len; i++)
        count += record->texts.at[i].kind == kind;
    return count;
}

static const struct catalog_text *text_of(const struct catalog_record *record,
                                          enum catalog_text_kind kind, size_t n)
{
    for (size_t i = 0; i < record->texts.len; i++)
        if (record->texts.at[i].kind == kind && n-- == 0)
            return &record->texts.at[i];
    return NULL;
}

static void same_texts(const struct catalog_record *want, const struct catalog_record *have,
                       enum catalog_text_kind kind, size_t max)
{
    if (count_kind(want, kind) > count_kind(have, kind))
        fail_msg("%zu texts of kind %d became %zu", count_kind(want, kind), (int)kind,
                 count_kind(have, kind));
    for (size_t i = 0; i < count_kind(want, kind); i++) {
        same_text("text", str_take_code_points(text_of(want, kind, i)->text, max),
                  text_of(have, kind, i)->text);
        same_text("language", text_of(want, kind, i)->lang, text_of(have, kind, i)->lang);
    }
}

/* By the vectors that can be read: each format has its own order of versions. */
static void same_scores(const struct catalog_record *want, const struct catalog_record *have,
                        struct arena *arena)
{
    for (size_t i = 0; i < want->scores.len; i++) {
        struct str vector = canonical(want->scores.at[i].vector, arena);
        bool is_there = vector.len == 0;

        for (size_t k = 0; k < have->scores.len && !is_there; k++)
            is_there = str_eq(canonical(have->scores.at[k].vector, arena), vector);
        if (!is_there)
            fail_msg("the score %.*s is lost", STR_ARG(vector));
    }
}

/* What is no URI has no place in these formats, but for NVD's. */
static void same_urls(const struct catalog_record *want, const struct catalog_record *have)
{
    for (size_t i = 0, k = 0; i < want->references.len; i++) {
        if (!csaf_is_uri(want->references.at[i].url))
            continue;
        if (k == have->references.len)
            fail_msg("%zu references became %zu", want->references.len, have->references.len);
        same_text("url", want->references.at[i].url, have->references.at[k++].url);
    }
}

static void same_span(const struct span *want, const struct span *have)
{
    same_text("from", want->from, have->from);
    same_text("to", want->to, have->to);
    assert_int_equal(want->status, have->status);
    assert_int_equal(want->is_git, have->is_git);
    assert_int_equal(want->to_is_included, have->to_is_included);
}

static void same_spans(const struct affected *want, const struct affected *have)
{
    assert_int_equal(want->default_status, have->default_status);
    if (want->spans.len != have->spans.len)
        fail_msg("%.*s: %zu spans became %zu", STR_ARG(want->product), want->spans.len,
                 have->spans.len);
    for (size_t i = 0; i < want->spans.len; i++)
        same_span(&want->spans.at[i], &have->spans.at[i]);
}

static void same_criteria(const struct configuration *want, const struct configuration *have)
{
    assert_int_equal(want->is_and, have->is_and);
    assert_int_equal(want->is_negated, have->is_negated);
    assert_int_equal(want->criteria.len, have->criteria.len);
    assert_int_equal(want->nodes.len, have->nodes.len);
    for (size_t i = 0; i < want->criteria.len; i++) {
        const struct criterion *a = &want->criteria.at[i], *b = &have->criteria.at[i];

        same_text("cpe", a->cpe, b->cpe);
        same_text("from", a->from, b->from);
        same_text("to", a->to, b->to);
        if (a->id.len > 0)
            same_text("id", a->id, b->id);
        assert_int_equal(a->is_vulnerable, b->is_vulnerable);
        assert_int_equal(a->from.len > 0 && a->from_is_excluded, b->from_is_excluded);
        assert_int_equal(a->to.len > 0 && a->to_is_included, b->to_is_included);
    }
    for (size_t i = 0; i < want->nodes.len; i++)
        same_criteria(&want->nodes.at[i], &have->nodes.at[i]);
}

static void same_configurations(const struct catalog_record *want,
                                const struct catalog_record *have)
{
    assert_int_equal(want->configurations.len, have->configurations.len);
    for (size_t i = 0; i < want->configurations.len; i++)
        same_criteria(&want->configurations.at[i], &have->configurations.at[i]);
}

static void same_dates(const struct catalog_record *want, const struct catalog_record *have)
{
    if (want->published.ms)
        assert_int_equal(want->published.ms, have->published.ms);
    if (want->modified.ms)
        assert_int_equal(want->modified.ms, have->modified.ms);
}

/* ---- one format and back ---- */

static struct catalog_record read_again(struct bench *bench, struct str text, catalog_from *from)
{
    struct catalog_record record;
    struct err err = { 0 };
    struct json json;

    if (!json_read(text, bench->arena, &json, &err) || !from(json, bench->arena, &record, &err))
        fail_msg("%s %s in %.*s", err_name(err.code), err.subject, STR_ARG(str_take(text, 2000)));
    return record;
}

static struct catalog_record
through(struct bench *bench, const struct catalog_record *record,
        void (*to)(const struct catalog_record *, struct json_writer *), catalog_from *from)
{
    struct buf buf = buf_new(bench->arena, 64 << 20);
    struct json_writer w = json_writer_new(&buf, false);

    to(record, &w);
    assert_false(buf.over);
    return read_again(bench, buf_str(&buf), from);
}

static void to_nvd(const struct catalog_record *record, struct json_writer *w)
{
    catalog_to_nvd(record, NULL, w);
}

/* The schema wants a repository beside commits, and whole ones. */
static bool is_kept_span(const struct affected *affected, const struct span *span)
{
    return !span->is_git ||
           (str_eq(affected->ecosystem, STR("GIT")) && (!span->from.len || span->from.len == 40) &&
            (!span->to.len || span->to.len == 40));
}

/* An OSV record says all of itself again, but for commits beside a package: which repository they are of is not kept. */
static void check_osv(struct bench *bench, const struct catalog_record *record)
{
    struct catalog_record again = through(bench, record, catalog_to_osv, catalog_from_osv);

    same_text("id", record->id, again.id);
    same_dates(record, &again);
    assert_int_equal(record->state, again.state);
    same_list("aliases", &record->aliases, &again.aliases);
    same_list("upstream", &record->upstream, &again.upstream);
    same_list("related", &record->related, &again.related);
    same_list("weaknesses", &record->weaknesses, &again.weaknesses);
    same_texts(record, &again, TEXT_TITLE, SIZE_MAX);
    same_texts(record, &again, TEXT_DESCRIPTION, SIZE_MAX);
    same_scores(record, &again, bench->arena);
    same_urls(record, &again);
    assert_int_equal(record->affected.len, again.affected.len);
    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *a = &record->affected.at[i], *b = &again.affected.at[i];
        size_t k = 0;

        same_text("ecosystem", a->ecosystem, b->ecosystem);
        same_text("release", a->release, b->release);
        same_text("name", a->name, b->name);
        same_text("purl", a->purl, b->purl);
        for (size_t s = 0; s < a->spans.len; s++) {
            if (!is_kept_span(a, &a->spans.at[s]))
                continue;
            if (k == b->spans.len)
                fail_msg("%.*s: the span from \"%.*s\" is lost", STR_ARG(record->id),
                         STR_ARG(a->spans.at[s].from));
            same_span(&a->spans.at[s], &b->spans.at[k]);
            assert_int_equal(a->spans.at[s].to_is_fix, b->spans.at[k].to_is_fix);
            if (!a->spans.at[s].is_git)
                assert_int_equal(a->spans.at[s].scheme, b->spans.at[k].scheme);
            k++;
        }
        assert_int_equal(k, b->spans.len);
    }
}

static void check_nvd(struct bench *bench, const struct catalog_record *record)
{
    struct catalog_record again = through(bench, record, to_nvd, catalog_from_nvd);

    same_text("id", catalog_cve_of(record), again.id);
    same_text("origin", record->origin, again.origin);
    same_dates(record, &again);
    assert_int_equal(record->state != CATALOG_PUBLISHED, again.state != CATALOG_PUBLISHED);
    assert_int_equal(record->is_disputed, again.is_disputed);
    same_list("weaknesses", &record->weaknesses, &again.weaknesses);
    same_texts(record, &again, TEXT_DESCRIPTION, SIZE_MAX);
    same_scores(record, &again, bench->arena);
    assert_int_equal(record->references.len, again.references.len);
    same_configurations(record, &again);
}

static void check_cve(struct bench *bench, const struct catalog_record *record)
{
    struct catalog_record again = through(bench, record, catalog_to_cve, catalog_from_cve);

    enum { SCHEMA_TEXT = 4096, SCHEMA_REFERENCES = 512 };

    same_text("id", catalog_cve_of(record), again.id);
    assert_int_equal(record->state != CATALOG_PUBLISHED, again.state != CATALOG_PUBLISHED);
    same_dates(record, &again);
    same_texts(record, &again, TEXT_DESCRIPTION, SCHEMA_TEXT);
    if (record->state != CATALOG_PUBLISHED)
        return;
    same_list("weaknesses", &record->weaknesses, &again.weaknesses);
    same_texts(record, &again, TEXT_IMPACT, SCHEMA_TEXT);
    same_texts(record, &again, TEXT_COUNTERMEASURE, SCHEMA_TEXT);
    same_texts(record, &again, TEXT_WORKAROUND, SCHEMA_TEXT);
    same_scores(record, &again, bench->arena);
    if (record->references.len <= SCHEMA_REFERENCES)
        same_urls(record, &again);
    same_configurations(record, &again);
    for (size_t i = 0; i < record->affected.len; i++)
        if (record->source == SOURCE_CVE)
            same_spans(&record->affected.at[i], &again.affected.at[i]);
}

/* CSAF: valid, and the flaw keeps its names and its words. */
static void check_csaf(struct bench *bench, const struct catalog_record *record)
{
    struct buf buf = buf_new(bench->arena, 64 << 20);
    struct catalog_records again;
    struct csaf_result result;
    struct err err = { 0 };
    struct json json;

    if (!catalog_to_csaf(record, &publisher, &buf, &err) ||
        !json_read(buf_str(&buf), bench->arena, &json, &err) ||
        !catalog_from_csaf(json, bench->arena, &again, &err))
        fail_msg("%.*s: %s %s", STR_ARG(record->id), err_name(err.code), err.subject);
    csaf_check(json, bench->arena, &result);
    for (size_t i = 0; i < result.findings.len; i++)
        fail_msg("%.*s: %.*s %.*s %s\n%.*s", STR_ARG(record->id),
                 STR_ARG(result.findings.at[i].test), STR_ARG(result.findings.at[i].pointer),
                 result.findings.at[i].message, STR_ARG(str_take(buf_str(&buf), 3000)));
    assert_int_equal(again.len, 1);
    same_text("cve", catalog_cve_of(record), catalog_cve_of(&again.at[0]));
    if (count_kind(record, TEXT_DESCRIPTION) > 0)
        same_text("description", text_of(record, TEXT_DESCRIPTION, 0)->text,
                  text_of(&again.at[0], TEXT_DESCRIPTION, 0)->text);
}

static size_t affected_spans(const struct catalog_record *record)
{
    size_t count = 0;

    for (size_t i = 0; i < record->affected.len; i++)
        for (size_t s = 0; s < record->affected.at[i].spans.len; s++)
            count += record->affected.at[i].spans.at[s].status == SPAN_AFFECTED;
    return count;
}

/* VULDEF: well-formed, and what is understood of the versions again is no more than was said. */
static void check_vuldef(struct bench *bench, const struct catalog_record *record, enum lang lang)
{
    struct buf buf = buf_new(bench->arena, 64 << 20);
    struct vuldef document = { .lang = lang }, again;
    struct catalog_record back;
    struct vuldef_info info;
    struct err err = { 0 };

    catalog_to_vuldef(record, lang, bench->arena, &info);
    VEC_PUSH(bench->arena, &document.infos, info);
    vuldef_write(&document, &buf);
    if (!vuldef_read(buf_str(&buf), bench->arena, &again, &err) || again.infos.len != 1 ||
        !catalog_from_vuldef(&again.infos.at[0], lang, bench->arena, &back, &err))
        fail_msg("%.*s: %s %s", STR_ARG(record->id), err_name(err.code), err.subject);
    same_text("id", record->id, back.id);
    if (catalog_cve_of(record).ptr)
        same_text("cve", catalog_cve_of(record), catalog_cve_of(&back));
    same_list("weaknesses", &record->weaknesses, &back.weaknesses);
    if (record->affected.len > 0)
        assert_true(affected_spans(&back) <= affected_spans(record));
}

static void check(struct bench *bench, const struct catalog_record *record)
{
    bench->records++;
    if (record->is_overlay)
        return;
    if (record->source == SOURCE_OSV)
        check_osv(bench, record);
    if (catalog_cve_of(record).ptr) {
        check_nvd(bench, record);
        check_cve(bench, record);
    }
    check_csaf(bench, record);
    check_vuldef(bench, record, LANG_JA);
    check_vuldef(bench, record, LANG_EN);
    bench->checked++;
}

/* ---- the data ---- */

static void check_file(struct bench *bench, const char *name, catalog_from *from)
{
    const char *path = testing_data(bench->kept, name);
    size_t max = getenv("NOROSHI_LONG") ? SIZE_MAX : SOME, n = 0;
    struct str rest, line;

    if (!path)
        return;
    rest = testing_read_zst(bench->kept, path);
    while (n++ < max && rest.len > 0 && str_split(&rest, '\n', &line)) {
        struct catalog_record record;
        struct err err = { 0 };
        struct json json;

        assert_true(json_read(line, bench->arena, &json, &err));
        if (from(json, bench->arena, &record, &err))
            check(bench, &record);
        arena_reset(bench->arena);
    }
    arena_reset(bench->kept);
}

/* STD-01, API-05 */
static void osv__says_the_same_in_every_format(void **state)
{
    static const char *const files[] = { "almalinux",
                                         "alpine",
                                         "bitnami",
                                         "cargo",
                                         "composer",
                                         "debian",
                                         "drupal",
                                         "erlang",
                                         "golang",
                                         "maven",
                                         "npm",
                                         "nuget",
                                         "pip",
                                         "psf",
                                         "pub",
                                         "redhat",
                                         "rocky",
                                         "swift",
                                         "rubygems",
                                         "mixed-fixtures",
                                         "go-vulndb-2026",
                                         "rustsec-branch" };
    struct bench *bench = *state;

    for (size_t i = 0; i < COUNT(files); i++) {
        print_message("osv/%s\n", files[i]);
        check_file(bench,
                   arena_z(bench->kept, arena_printf(bench->kept, "osv/%s.jsonl.zst", files[i])),
                   catalog_from_osv);
    }
    print_message("conformance: records written in other formats (OSV) %zu/%zu\n", bench->checked,
                  bench->records);
}

static void nvd__says_the_same_in_every_format(void **state)
{
    static const char *const files[] = { "nvd20-real-fixtures", "nvd20-from-1.1-2002",
                                         "nvd20-from-1.1-2014", "nvd20-from-1.1-2022",
                                         "nvd20-from-1.1-2025" };
    struct bench *bench = *state;

    for (size_t i = 0; i < COUNT(files); i++) {
        print_message("nvd/%s\n", files[i]);
        check_file(bench,
                   arena_z(bench->kept, arena_printf(bench->kept, "nvd/%s.jsonl.zst", files[i])),
                   catalog_from_nvd);
    }
    print_message("conformance: records written in other formats (NVD) %zu/%zu\n", bench->checked,
                  bench->records);
}

static void cve__says_the_same_in_every_format(void **state)
{
    static const char *const files[] = { "mixed-fixtures", "vulnrichment-2010-2019",
                                         "vulnrichment-2021", "vulnrichment-2024" };
    struct bench *bench = *state;

    for (size_t i = 0; i < COUNT(files); i++) {
        print_message("cve5bulk/%s\n", files[i]);
        check_file(
            bench,
            arena_z(bench->kept, arena_printf(bench->kept, "cve5bulk/%s.jsonl.zst", files[i])),
            catalog_from_cve);
    }
    print_message("conformance: records written in other formats (CVE) %zu/%zu\n", bench->checked,
                  bench->records);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(osv__says_the_same_in_every_format, setup, teardown),
        cmocka_unit_test_setup_teardown(nvd__says_the_same_in_every_format, setup, teardown),
        cmocka_unit_test_setup_teardown(cve__says_the_same_in_every_format, setup, teardown),
    };

    return cmocka_run_group_tests_name("to", tests, NULL, NULL);
}
