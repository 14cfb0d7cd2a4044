#include "domain/matching/build_internal.h"

#include "base/buf.h"
#include "domain/matching/direct.h"
#include "domain/matching/explain.h"

#define SORTING_MEMORY ((size_t)1 << 33)

/* Packages of ecosystems and distributions, and vendor and product in words: entries with their spans. */

/* ---- adding ---- */

static uint32_t add_package(struct index_builder *builder, struct str ecosystem, struct str name)
{
    struct str key =
        arena_printf(builder->scratch, "%.*s\n%.*s", STR_ARG(ecosystem), STR_ARG(name));
    uint32_t number = pool_number(&builder->package_names, key);

    if (number == builder->packages.len)
        OWN_PUSH(&builder->packages, (struct built_package){ pool_add(&builder->texts, ecosystem),
                                                             pool_add(&builder->texts, name) });
    return number;
}

static void add_span(struct index_builder *builder, const struct span *span)
{
    OWN_PUSH(&builder->spans, (struct built_span){
                                  .from = pool_add(&builder->texts, span->from),
                                  .to = pool_add(&builder->texts, span->to),
                                  .flags = (uint32_t)span->status |
                                           (span->from_is_excluded ? SPAN_FROM_EXCLUDED : 0) |
                                           (span->to_is_included ? SPAN_TO_INCLUDED : 0) |
                                           (span->to_is_fix ? SPAN_IS_FIX : 0) |
                                           (span_is_modular(span) ? SPAN_IS_MODULAR : 0) |
                                           (span_is_point(span) ? SPAN_IS_POINT : 0) |
                                           (uint32_t)span->scheme * SPAN_SCHEME,
                              });
}

struct ranges {
    VEC_OF(const struct span *);
};

static struct ranges ranges_of(struct index_builder *builder, const struct affected *entry)
{
    struct ranges ranges = { 0 };

    for (size_t i = 0; i < entry->spans.len; i++) {
        const struct span *span = &entry->spans.at[i];

        if (span_is_usable(span) && !span_is_point(span))
            VEC_PUSH(builder->scratch, &ranges, span);
    }
    return ranges;
}

/* A single version that a range of the same entry holds as well says nothing more: OSV lists millions of them. */
static bool is_redundant(const struct ranges *ranges, const struct span *point)
{
    for (size_t i = 0; i < ranges->len; i++) {
        const struct span *span = ranges->at[i];

        if (span->scheme == point->scheme &&
            (span_is_unbounded(span) || span_is_modular(span) == span_is_modular(point)) &&
            span_holds(span, point->from))
            return true;
    }
    return false;
}

/* In the order in which the first that holds decides; where the order does not count, ranges before single versions. */
static void add_spans(struct index_builder *builder, const struct affected *entry)
{
    struct ranges ranges = ranges_of(builder, entry);
    bool is_union = entry_is_union(entry);

    for (size_t i = 0; is_union && i < ranges.len; i++)
        add_span(builder, ranges.at[i]);
    for (size_t i = 0; i < entry->spans.len; i++) {
        const struct span *span = &entry->spans.at[i];

        if (!span_is_usable(span) ||
            (is_union && (!span_is_point(span) || is_redundant(&ranges, span))))
            continue;
        add_span(builder, span);
    }
}

static uint32_t flags_of(const struct affected *entry, enum statement_rank rank,
                         struct str platforms)
{
    uint32_t flags = (uint32_t)entry->default_status | (uint32_t)rank * ENTRY_RANK |
                     (platforms.len > 0 ? ENTRY_ON_PLATFORMS : 0);

    if (entry->spans.len > 0)
        flags |= ENTRY_HAD_SPANS;
    for (size_t i = 0; i < entry->spans.len; i++) {
        if (span_is_gap(&entry->spans.at[i]))
            flags |= ENTRY_GAP;
    }
    return flags;
}

/* What a reason calls the entry: direct_reason says the same. */
static struct str label_of(const struct affected *entry, struct arena *arena)
{
    return str_is_empty(entry->name)
               ? entry->purl
               : explain_package(entry->ecosystem, entry->release, entry->name, arena);
}

static uint32_t add_label(struct index_builder *builder, struct str label, struct str platforms)
{
    return pool_add(&builder->texts,
                    platforms.len == 0 ? label
                                       : ARENA_JOIN(builder->scratch, label, STR("\n"), platforms));
}

/* Commits alone, without the graph that they are in, say nothing about any version. */
static bool says_anything(const struct affected *entry)
{
    for (size_t i = 0; i < entry->spans.len; i++) {
        if (!entry->spans.at[i].is_git)
            return true;
    }
    return entry->spans.len == 0;
}

static void add_entry(struct index_builder *builder, const struct catalog_record *record,
                      uint32_t number, size_t place, struct built_entry built)
{
    const struct affected *entry = &record->affected.at[place];

    built.record = number;
    built.number = (uint32_t)place;
    built.spans = (uint32_t)builder->spans.len;
    add_spans(builder, entry);
    built.span_count = (uint32_t)builder->spans.len - built.spans;
    OWN_PUSH(&builder->entries, built);
}

void build_add_entries(struct index_builder *builder, const struct catalog_record *record,
                       uint32_t number)
{
    struct arena *scratch = builder->scratch;

    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *entry = &record->affected.at[i];
        struct str platforms = platform_text(&entry->platforms, scratch);
        struct package package;

        if (!says_anything(entry))
            continue;
        if (entry_package(entry, scratch, &package))
            add_entry(builder, record, number, i,
                      (struct built_entry){
                          .package = add_package(builder, package.ecosystem, package.name),
                          .release = pool_add(&builder->texts, package.release),
                          .label = add_label(builder, label_of(entry, scratch), platforms),
                          .flags = flags_of(entry, entry_rank(record), platforms),
                      });
        if (!str_is_empty(entry->vendor) && !str_is_empty(entry->product)) {
            struct str vendor = criterion_word(entry->vendor, scratch);
            struct str product = criterion_word(entry->product, scratch);
            struct str label =
                arena_printf(scratch, "%.*s %.*s", STR_ARG(entry->vendor), STR_ARG(entry->product));

            add_entry(builder, record, number, i,
                      (struct built_entry){
                          .package = add_package(builder, STR(WORDS_ECOSYSTEM),
                                                 arena_printf(scratch, "%.*s:%.*s", STR_ARG(vendor),
                                                              STR_ARG(product))),
                          .label = add_label(builder, label, platforms),
                          .flags = flags_of(entry, RANK_NAME, platforms),
                      });
        }
    }
}

/* ---- sorting ---- */

/* The entries by package; of one package they stay in the order of the records. */
static uint32_t *sort_entries(struct index_builder *builder, struct arena *arena)
{
    size_t packages = builder->packages.len, count = builder->entries.len;
    uint32_t *next = ARENA_NEW_N(arena, packages + 2, uint32_t);
    uint32_t *order = ARENA_NEW_N(arena, count + 1, uint32_t);

    for (size_t i = 0; i < count; i++)
        next[builder->entries.at[i].package + 1]++;
    for (size_t i = 0; i < packages; i++)
        next[i + 1] += next[i];
    for (uint32_t i = 0; i < count; i++)
        order[next[builder->entries.at[i].package]++] = i;
    return order;
}

/* The entries of one package, their spans and the bounds of these. */
static void put_entries(struct index_builder *builder, struct built_sections *out,
                        const uint32_t *order, size_t first, size_t end)
{
    struct section *spans = &out->at[SECTION_SPANS];
    size_t count = 0;
    struct built_bounds bounds = { 0 };
    uint32_t *places;

    for (size_t i = first; i < end; i++)
        count += builder->entries.at[order[i]].span_count;
    places = ARENA_NEW_N(builder->scratch, count * 2 + 1, uint32_t);
    count = 0;
    for (size_t i = first; i < end; i++) {
        const struct built_entry *entry = &builder->entries.at[order[i]];

        for (uint32_t n = 0; n < entry->span_count; n++, count += 2) {
            const struct built_span *span = &builder->spans.at[entry->spans + n];
            enum version_scheme scheme = (enum version_scheme)(span->flags / SPAN_SCHEME);

            build_note_bound(builder, &bounds, span->from, scheme, &places[count]);
            build_note_bound(builder, &bounds, span->to, scheme, &places[count + 1]);
        }
    }
    build_bounds(builder, &bounds, &out->at[SECTION_PACKAGE_BOUNDS]);
    count = 0;
    for (size_t i = first; i < end; i++) {
        const struct built_entry *entry = &builder->entries.at[order[i]];

        SECTION_PUT(&out->at[SECTION_ENTRIES], entry->record, entry->release, entry->label,
                    entry->flags, (uint32_t)(spans->len / 3));
        for (uint32_t n = 0; n < entry->span_count; n++, count += 2)
            SECTION_PUT(spans, places[count], places[count + 1],
                        builder->spans.at[entry->spans + n].flags);
    }
}

static uint64_t hash_of_row(const void *of, uint32_t row)
{
    const struct index_builder *builder = of;
    const struct built_package *package = &builder->packages.at[row];

    return index_hash_package(pool_at(&builder->texts, package->ecosystem),
                              pool_at(&builder->texts, package->name));
}

void build_packages(struct index_builder *builder, struct built_sections *out)
{
    struct section *rows = &out->at[SECTION_PACKAGES];
    CLEANUP(arena_free_var) struct arena *arena = arena_new(SORTING_MEMORY);
    const uint32_t *order = sort_entries(builder, arena);
    size_t entry = 0;

    for (uint32_t i = 0; i < builder->packages.len; i++) {
        size_t first = entry;

        while (entry < builder->entries.len && builder->entries.at[order[entry]].package == i)
            entry++;
        SECTION_PUT(rows, builder->packages.at[i].ecosystem, builder->packages.at[i].name,
                    (uint32_t)first, (uint32_t)(out->at[SECTION_PACKAGE_BOUNDS].len / 3));
        arena_reset(builder->scratch);
        put_entries(builder, out, order, first, entry);
    }
    arena_reset(builder->scratch);
    SECTION_PUT(rows, 0, 0, (uint32_t)entry, (uint32_t)(out->at[SECTION_PACKAGE_BOUNDS].len / 3));
    SECTION_PUT(&out->at[SECTION_ENTRIES], 0, 0, 0, 0, (uint32_t)(out->at[SECTION_SPANS].len / 3));
    build_slots(builder->packages.len, hash_of_row, builder, &out->at[SECTION_PACKAGE_SLOTS]);
    OWN_DONE(&builder->entries);
    OWN_DONE(&builder->spans);
    OWN_DONE(&builder->packages);
    pool_done(&builder->package_names);
}
