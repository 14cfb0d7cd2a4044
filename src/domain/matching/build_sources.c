/* domain/matching/build_sources.c: where the records come from, and how new they are. */
#include "domain/matching/build_internal.h"

struct str build_source_name(enum catalog_source source, struct str origin)
{
    static const struct str names[CATALOG_SOURCES] = {
        [SOURCE_NVD] = STR_INIT("NVD"), [SOURCE_CVE] = STR_INIT("CVE"),
        [SOURCE_OSV] = STR_INIT("OSV"), [SOURCE_CSAF] = STR_INIT("CSAF"),
        [SOURCE_JVN] = STR_INIT("JVN"), [SOURCE_OURS] = STR_INIT("noroshi"),
    };

    /* OSV gathers many databases, each with a pace of its own; of the others the one who publishes counts. */
    return source == SOURCE_OSV && origin.len > 0 ? origin : names[source];
}

void build_note_source(struct index_builder *builder, struct str name, int64_t records,
                       struct utc newest)
{
    struct built_source source = { name, records, newest.ms };
    size_t place = 0;

    while (place < builder->sources.len && str_cmp(builder->sources.at[place].name, name) < 0)
        place++;
    if (place < builder->sources.len && str_eq(builder->sources.at[place].name, name)) {
        struct built_source *known = &builder->sources.at[place];

        known->records += source.records;
        known->newest = newest.ms > known->newest ? newest.ms : known->newest;
        return;
    }
    source.name = arena_str(builder->arena, name);
    VEC_PUSH(builder->arena, &builder->sources, source);
    for (size_t i = builder->sources.len - 1; i > place; i--)
        builder->sources.at[i] = builder->sources.at[i - 1];
    builder->sources.at[place] = source;
}

void index_builder_total(struct index_builder *builder, struct str name, size_t records,
                         struct utc newest)
{
    build_note_source(builder, name, 0, newest);
    for (size_t i = 0; i < builder->sources.len; i++) {
        if (str_eq(builder->sources.at[i].name, name))
            builder->sources.at[i] =
                (struct built_source){ builder->sources.at[i].name, (int64_t)records, newest.ms };
    }
}

/* A segment goes on from what the layers below counted. */
void build_begin_sources(struct index_builder *builder)
{
    struct matching_sources sources = { 0 };

    matching_index_sources(builder->below, builder->arena, &sources);
    for (size_t i = 0; i < sources.len; i++)
        build_note_source(builder, sources.at[i].name, (int64_t)sources.at[i].records,
                          sources.at[i].newest);
}

/* Of exploitation a base counts its own rows; a segment is told (index_builder_total). */
static void note_exploitation(struct index_builder *builder)
{
    struct utc added = { 0 }, scored = { 0 };

    for (size_t i = 0; i < builder->kev.len; i++)
        added = builder->kev.at[i].added.ms > added.ms ? builder->kev.at[i].added : added;
    for (size_t i = 0; i < builder->epss.len; i++)
        scored = builder->epss.at[i].date.ms > scored.ms ? builder->epss.at[i].date : scored;
    if (builder->kev.len > 0)
        build_note_source(builder, STR("KEV"), (int64_t)builder->kev.len, added);
    if (builder->epss.len > 0)
        build_note_source(builder, STR("EPSS"), (int64_t)builder->epss.len, scored);
}

/* Records that hold no more are no longer counted where they came from. */
static void leave_masked(struct index_builder *builder, const struct section *masked)
{
    for (size_t i = 0; i < masked->len; i++) {
        uint32_t record = masked->at[i];
        const struct index_layer *layer = index_layer_of_record(builder->below, &record);
        struct record_row row;

        INDEX_ROW(layer, SECTION_RECORDS, record, &row);
        if (row.source < CATALOG_SOURCES)
            build_note_source(
                builder,
                build_source_name((enum catalog_source)row.source, index_text(layer, row.origin)),
                -1, (struct utc){ 0 });
    }
}

void build_sources(struct index_builder *builder, struct built_sections *out)
{
    if (builder->below)
        leave_masked(builder, &out->at[SECTION_MASKED]);
    else
        note_exploitation(builder);
    for (size_t i = 0; i < builder->sources.len; i++) {
        const struct built_source *source = &builder->sources.at[i];

        if (source->records > 0)
            SECTION_PUT(&out->at[SECTION_SOURCES], pool_add(&builder->texts, source->name),
                        (uint32_t)source->records, (uint32_t)(uint64_t)source->newest,
                        (uint32_t)((uint64_t)source->newest >> 32));
    }
}
