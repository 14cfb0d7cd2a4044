/* domain/matching/build_sources.c: where the records come from, and how new they are. */
#include "domain/matching/build_internal.h"

void build_note_source(struct index_builder *builder, struct str name, size_t records,
                       struct utc newest)
{
    struct built_source source = { name, (uint32_t)records, newest.ms };
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

void build_sources(struct index_builder *builder, struct built_sections *out)
{
    struct utc added = { 0 }, scored = { 0 };

    for (size_t i = 0; i < builder->kev.len; i++)
        added = builder->kev.at[i].added.ms > added.ms ? builder->kev.at[i].added : added;
    for (size_t i = 0; i < builder->epss.len; i++)
        scored = builder->epss.at[i].date.ms > scored.ms ? builder->epss.at[i].date : scored;
    if (builder->kev.len > 0)
        build_note_source(builder, STR("KEV"), builder->kev.len, added);
    if (builder->epss.len > 0)
        build_note_source(builder, STR("EPSS"), builder->epss.len, scored);
    for (size_t i = 0; i < builder->sources.len; i++) {
        const struct built_source *source = &builder->sources.at[i];

        SECTION_PUT(builder->arena, &out->at[SECTION_SOURCES],
                    pool_add(&builder->texts, source->name), source->records,
                    (uint32_t)(uint64_t)source->newest, (uint32_t)((uint64_t)source->newest >> 32));
    }
}
