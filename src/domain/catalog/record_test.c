#include "domain/catalog/record.h"

#include <string.h>

#include "base/buf.h"
#include "base/testing.h"

enum { ROUNDS = 2000 };

static int setup(void **state)
{
    *state = arena_new(CATALOG_WORK_MAX);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

/* ---- records by chance ---- */

struct chance {
    uint64_t seed;
    struct arena *arena;
};

static uint64_t below(struct chance *chance, uint64_t n)
{
    chance->seed = chance->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (chance->seed >> 33) % n;
}

static struct str any_text(struct chance *chance)
{
    static const char *const words[] = { "", "a", "1.2.3", "脆弱性",
                                         "cpe:2.3:a:v:p:*:*:*:*:*:*:*:*" };
    struct str word = str_from_z(words[below(chance, COUNT(words))]);
    struct buf buf = buf_new(chance->arena, 1 << 20);

    /* Lengths around the borders of one, two and three bytes of length. */
    for (uint64_t n = below(chance, 20) ? 1 : below(chance, 2000); n > 0; n--)
        buf_add(&buf, word);
    return buf_str(&buf);
}

static void any_texts(struct chance *chance, struct catalog_strings *out)
{
    for (uint64_t n = below(chance, 4); n > 0; n--)
        VEC_PUSH(chance->arena, out, any_text(chance));
}

static struct utc any_time(struct chance *chance)
{
    return (struct utc){ (int64_t)below(chance, 1u << 31) * 1000 - (INT64_C(1) << 40) };
}

static struct span any_span(struct chance *chance)
{
    return (struct span){ .status = (enum span_status)below(chance, SPAN_UNKNOWN + 1),
                          .scheme = (enum version_scheme)below(chance, VERSION_SCHEMES),
                          .is_git = below(chance, 2),
                          .from_is_excluded = below(chance, 2),
                          .to_is_included = below(chance, 2),
                          .to_is_fix = below(chance, 2),
                          .from = any_text(chance),
                          .to = any_text(chance) };
}

static struct affected any_affected(struct chance *chance)
{
    struct affected affected = { .ecosystem = any_text(chance),
                                 .release = any_text(chance),
                                 .name = any_text(chance),
                                 .purl = any_text(chance),
                                 .vendor = any_text(chance),
                                 .product = any_text(chance),
                                 .severity = any_text(chance),
                                 .default_status = (enum span_status)below(chance, 3) };

    for (uint64_t n = below(chance, 4); n > 0; n--)
        VEC_PUSH(chance->arena, &affected.spans, any_span(chance));
    for (uint64_t n = below(chance, 2); n > 0; n--)
        VEC_PUSH(chance->arena, &affected.platforms, any_text(chance));
    for (uint64_t n = below(chance, 2); n > 0; n--)
        VEC_PUSH(chance->arena, &affected.modules, any_text(chance));
    for (uint64_t n = below(chance, 3); n > 0; n--)
        VEC_PUSH(chance->arena, &affected.files, any_text(chance));
    for (uint64_t n = below(chance, 2); n > 0; n--)
        VEC_PUSH(chance->arena, &affected.routines, any_text(chance));
    return affected;
}

static struct configuration any_configuration(struct chance *chance, int depth)
{
    struct configuration configuration = { .is_and = below(chance, 2),
                                           .is_negated = below(chance, 2) };

    for (uint64_t n = below(chance, 3); n > 0; n--)
        VEC_PUSH(chance->arena, &configuration.criteria,
                 (struct criterion){ any_text(chance), any_text(chance), below(chance, 2),
                                     below(chance, 2), below(chance, 2), any_text(chance),
                                     any_text(chance) });
    for (uint64_t n = depth < CATALOG_DEPTH_MAX ? below(chance, 3) : 0; n > 0; n--)
        VEC_PUSH(chance->arena, &configuration.nodes, any_configuration(chance, depth + 1));
    for (uint64_t n = depth == 1 ? below(chance, 2) : 0; n > 0; n--)
        VEC_PUSH(chance->arena, &configuration.platforms, any_text(chance));
    return configuration;
}

static struct catalog_record any_record(struct chance *chance)
{
    struct catalog_record record = { .source = (enum catalog_source)below(chance, CATALOG_SOURCES),
                                     .id = STR("CVE-2026-0001"),
                                     .origin = any_text(chance),
                                     .status = any_text(chance),
                                     .state = (enum catalog_state)below(chance, 3),
                                     .is_disputed = below(chance, 2),
                                     .published = any_time(chance),
                                     .modified = any_time(chance),
                                     .withdrawn = any_time(chance),
                                     .ssvc = { any_text(chance), any_text(chance),
                                               any_text(chance) } };

    any_texts(chance, &record.aliases);
    any_texts(chance, &record.upstream);
    any_texts(chance, &record.related);
    any_texts(chance, &record.weaknesses);
    for (uint64_t n = below(chance, 3); n > 0; n--)
        VEC_PUSH(chance->arena, &record.texts,
                 (struct catalog_text){ (enum catalog_text_kind)below(chance, TEXT_WORKAROUND + 1),
                                        any_text(chance), any_text(chance), any_text(chance) });
    for (uint64_t n = below(chance, 3); n > 0; n--)
        VEC_PUSH(chance->arena, &record.scores,
                 (struct catalog_score){ any_text(chance), any_text(chance), any_text(chance),
                                         (int)below(chance, 102) - 1, below(chance, 2) });
    for (uint64_t n = below(chance, 3); n > 0; n--)
        VEC_PUSH(
            chance->arena, &record.indicators,
            (struct catalog_indicator){ any_text(chance), any_text(chance), any_text(chance) });
    for (uint64_t n = below(chance, 3); n > 0; n--)
        VEC_PUSH(chance->arena, &record.references,
                 (struct catalog_reference){ any_text(chance), any_text(chance) });
    for (uint64_t n = below(chance, 3); n > 0; n--)
        VEC_PUSH(chance->arena, &record.affected, any_affected(chance));
    for (uint64_t n = below(chance, 3); n > 0; n--)
        VEC_PUSH(chance->arena, &record.configurations, any_configuration(chance, 1));
    return record;
}

/* ---- */

static struct str encode(struct arena *arena, const struct catalog_record *record)
{
    struct buf buf = buf_new(arena, CATALOG_RECORD_MAX);
    struct err err = { 0 };
    struct str bytes;

    if (!catalog_record_encode(record, &buf, &err) || !buf_done(&buf, &bytes, &err))
        fail_msg("%s: %s", err_name(err.code), err.subject);
    return bytes;
}

static struct catalog_record decode(struct arena *arena, struct str bytes)
{
    struct catalog_record record;
    struct err err = { 0 };

    if (!catalog_record_decode(bytes, arena, &record, &err))
        fail_msg("%s: %s", err_name(err.code), err.subject);
    return record;
}

/* VDB-01: what a record says is what comes back, and the same record gives the same bytes. */
static void record__comes_back_from_its_bytes_as_it_was(void **state)
{
    struct chance chance = { 7, *state };

    for (int i = 0; i < ROUNDS; i++) {
        struct catalog_record record = any_record(&chance), back;
        struct str bytes = encode(*state, &record);

        back = decode(*state, bytes);
        assert_true(str_eq(encode(*state, &back), bytes));
        assert_int_equal(back.source, record.source);
        assert_int_equal(back.published.ms, record.published.ms);
        assert_int_equal(back.affected.len, record.affected.len);
        for (size_t a = 0; a < record.affected.len; a++) {
            assert_true(str_eq(back.affected.at[a].name, record.affected.at[a].name));
            assert_int_equal(back.affected.at[a].spans.len, record.affected.at[a].spans.len);
            for (size_t s = 0; s < record.affected.at[a].spans.len; s++) {
                const struct span *want = &record.affected.at[a].spans.at[s],
                                  *got = &back.affected.at[a].spans.at[s];

                assert_int_equal(got->scheme, want->scheme);
                assert_int_equal(got->to_is_included, want->to_is_included);
                assert_true(str_eq(got->to, want->to));
            }
        }
        for (size_t s = 0; s < record.scores.len; s++)
            assert_int_equal(back.scores.at[s].tenths, record.scores.at[s].tenths);
        assert_true(str_eq(back.ssvc.automatable, record.ssvc.automatable));
        arena_reset(*state);
    }
}

/* Bytes from a worker are a stranger's: cut short or changed they are refused, or give a record that can be written again. */
static void record_decode__takes_no_harm_from_changed_bytes(void **state)
{
    struct chance chance = { 11, *state };
    int refused = 0;

    for (int i = 0; i < ROUNDS; i++) {
        struct catalog_record record = any_record(&chance), out;
        struct str bytes = encode(*state, &record);
        char *changed = (char *)(uintptr_t)arena_z(*state, bytes);
        struct err err = { 0 };

        for (uint64_t n = 1 + below(&chance, 3); n > 0; n--)
            changed[below(&chance, bytes.len)] = (char)below(&chance, 256);
        bytes = (struct str){ changed, below(&chance, 2) ? bytes.len : below(&chance, bytes.len) };
        if (catalog_record_decode(bytes, *state, &out, &err))
            encode(*state, &out);
        else
            refused += err.code == ERR_CATALOG_RECORD;
        arena_reset(*state);
    }
    assert_true(refused > ROUNDS / 4);
}

static void record_decode__passes_over_what_a_newer_writer_added(void **state)
{
    struct catalog_record record = { .id = STR("A-1"), .origin = STR("someone") }, back;
    struct buf buf = buf_new(*state, 1000);

    buf_add(&buf, encode(*state, &record));
    buf_add(&buf, STR("\x7e\x02\x7d\x03new")); /* field 63: the number 1; field 62: three bytes */
    back = decode(*state, buf_str(&buf));
    assert_str(back.origin, "someone");
}

static void record__has_limits(void **state)
{
    struct configuration deep = { .is_and = true };
    struct catalog_record record = { .id = STR("A-1") }, out;
    struct buf buf = buf_new(*state, CATALOG_RECORD_MAX * 2), many = buf_new(*state, 4 << 20);
    struct err err = { 0 };

    assert_false(catalog_record_encode(&(struct catalog_record){ 0 }, &buf, &err));
    assert_int_equal(err.code, ERR_CATALOG_RECORD);

    for (int i = 0; i < CATALOG_DEPTH_MAX; i++) {
        struct configuration outer = { 0 };

        VEC_PUSH((struct arena *)*state, &outer.nodes, deep);
        deep = outer;
    }
    VEC_PUSH((struct arena *)*state, &record.configurations, deep);
    err = (struct err){ 0 };
    assert_false(catalog_record_encode(&record, &buf, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    record.configurations.at[0] = deep.nodes.at[0];
    decode(*state, encode(*state, &record));

    record = (struct catalog_record){ .id = STR("a\0b") };
    err = (struct err){ 0 };
    assert_false(catalog_record_encode(&record, &buf, &err));
    assert_int_equal(err.code, ERR_NOT_UTF8);
    assert_int_equal(buf.len, 0);

    buf_add(&many, STR("\x01\x05\x03"
                       "A-1"));
    for (size_t i = 0; i <= CATALOG_LIST_MAX; i++)
        buf_add(&many, STR("\x23\x00")); /* field 17: one more affected package */
    err = (struct err){ 0 };
    assert_false(catalog_record_decode(buf_str(&many), *state, &out, &err));
    assert_int_equal(err.code, ERR_CATALOG_RECORD);
}

static void source__has_a_name(void **state)
{
    enum catalog_source source;
    (void)state;

    for (int i = 0; i < CATALOG_SOURCES; i++) {
        assert_true(catalog_source_from_name(catalog_source_name((enum catalog_source)i), &source));
        assert_int_equal(source, i);
    }
    assert_false(catalog_source_from_name(STR("nvd2"), &source));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(record__comes_back_from_its_bytes_as_it_was, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(record_decode__takes_no_harm_from_changed_bytes, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(record_decode__passes_over_what_a_newer_writer_added, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(record__has_limits, setup, teardown),
        cmocka_unit_test(source__has_a_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
