/* domain/matching/testing.h: what the tests of matching share. */
#pragma once
#include "base/buf.h"
#include "base/err.h"
#include "domain/matching/match.h"
#include "domain/matching/slow.h"

enum { TESTING_TEXT = 256 << 20 };

/* Everything a finding says, as text: two answers are the same when their texts are. */
static inline struct str testing_findings(const struct findings *findings, struct arena *arena)
{
    struct buf buf = buf_new(arena, TESTING_TEXT);

    for (size_t i = 0; i < findings->len; i++) {
        const struct finding *f = &findings->at[i];

        buf_printf(&buf, "%zu %.*s kind %d confidence %d disputed %d %lld %lld title \"%.*s\"",
                   f->component, STR_ARG(f->id), f->kind, f->confidence, f->is_disputed,
                   (long long)f->published.ms, (long long)f->modified.ms, STR_ARG(f->title));
        buf_printf(&buf, " kev %d %d %lld %lld epss %d %d %lld ssvc %.*s statement %d %.*s %.*s",
                   f->is_in_kev, f->kev_ransomware, (long long)f->kev_added.ms,
                   (long long)f->kev_due.ms, f->epss, f->epss_percentile,
                   (long long)f->epss_date.ms, STR_ARG(f->ssvc.exploitation), f->statement.verdict,
                   STR_ARG(f->statement.from), STR_ARG(f->statement.reason));
        for (size_t n = 0; n < f->ids.len; n++)
            buf_printf(&buf, " id %.*s", STR_ARG(f->ids.at[n]));
        for (size_t n = 0; n < f->fixed.len; n++)
            buf_printf(&buf, " fixed %.*s", STR_ARG(f->fixed.at[n]));
        for (size_t n = 0; n < f->weaknesses.len; n++)
            buf_printf(&buf, " %.*s", STR_ARG(f->weaknesses.at[n]));
        for (size_t n = 0; n < f->urls.len; n++)
            buf_printf(&buf, " %.*s", STR_ARG(f->urls.at[n]));
        for (size_t n = 0; n < f->scores.len; n++)
            buf_printf(&buf, " score %.*s", STR_ARG(f->scores.at[n].vector));
        for (size_t n = 0; n < f->indicators.len; n++)
            buf_printf(&buf, " indicator %.*s by %.*s (%.*s)", STR_ARG(f->indicators.at[n].value),
                       STR_ARG(f->indicators.at[n].by), STR_ARG(f->indicators.at[n].scale));
        buf_byte(&buf, '\n');
        for (size_t n = 0; n < f->reasons.len; n++) {
            const struct finding_reason *r = &f->reasons.at[n];

            buf_printf(
                &buf,
                "    kind %d source %d %.*s origin %.*s [%.*s] range %.*s, %.*s, of %.*s, on %.*s, fixed %.*s, %d\n",
                r->kind, r->source, STR_ARG(r->record), STR_ARG(r->origin), STR_ARG(r->criterion),
                STR_ARG(r->range), STR_ARG(r->comparison), STR_ARG(r->subject),
                STR_ARG(r->platform), STR_ARG(r->fixed), r->confidence);
        }
    }
    return buf_str(&buf);
}

/* Prints the lines of one text that the other has not. */
static inline void testing_difference(const char *who, struct str text, struct str other)
{
    struct str line;

    while (str_split(&text, '\n', &line)) {
        if (!str_contains(other, line))
            print_error("%s: %.*s\n", who, STR_ARG(line));
    }
}

/* An index of these records, in arena. */
static inline struct matching_index *testing_index(struct slow_input input, struct arena *arena)
{
    CLEANUP(index_builder_free_var) struct index_builder *builder = index_builder_new();
    struct matching_index *index = NULL;
    struct err err = { 0 };
    struct str bytes;

    for (size_t i = 0; i < input.record_count; i++)
        assert_true(index_builder_add(builder, (uint32_t)i, &input.records[i], &err));
    for (size_t i = 0; i < input.kev_count; i++)
        index_builder_add_kev(builder, &input.kev[i]);
    for (size_t i = 0; i < input.epss_count; i++)
        index_builder_add_epss(builder, &input.epss[i]);
    assert_true(index_builder_bytes(builder, (struct utc){ 1 }, arena, &bytes, &err));
    assert_true(matching_index_read(&bytes, 1, &index, &err));
    assert_true(matching_index_verify(index, &err));
    return index;
}
