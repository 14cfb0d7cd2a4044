#include "domain/catalog/from_internal.h"
#include "domain/catalog/to.h"

/* Ours stands in tellings first, so that what was written here goes before what a source says. */

enum {
    COMPARED_MAX = 1024
}; /* of a list, when the next is asked whether it is there already: longer lists are a feed's fault and may repeat themselves */

static bool has_text(const struct catalog_record *record, enum catalog_text_kind kind,
                     struct str lang)
{
    for (size_t i = 0; i < record->texts.len; i++)
        if (record->texts.at[i].kind == kind && str_eq(record->texts.at[i].lang, lang))
            return true;
    return false;
}

static void take_texts(struct catalog_record *whole, const struct catalog_record *record,
                       struct arena *arena)
{
    const struct catalog_record before = *whole;

    for (size_t i = 0; i < record->texts.len; i++)
        if (!has_text(&before, record->texts.at[i].kind, record->texts.at[i].lang))
            VEC_PUSH(arena, &whole->texts, record->texts.at[i]);
}

static void take_scores(struct catalog_record *whole, const struct catalog_record *record,
                        struct arena *arena)
{
    for (size_t i = 0; i < record->scores.len; i++) {
        const struct catalog_score *score = &record->scores.at[i];
        bool is_there = false;

        for (size_t s = 0; s < whole->scores.len && s < COMPARED_MAX && !is_there; s++)
            is_there = str_eq(whole->scores.at[s].vector, score->vector) &&
                       str_eq(whole->scores.at[s].by, score->by);
        if (!is_there)
            VEC_PUSH(arena, &whole->scores, *score);
    }
}

static void take_references(struct catalog_record *whole, const struct catalog_record *record,
                            struct arena *arena)
{
    for (size_t i = 0; i < record->references.len; i++) {
        bool is_there = false;

        for (size_t r = 0; r < whole->references.len && r < COMPARED_MAX && !is_there; r++)
            is_there = str_eq(whole->references.at[r].url, record->references.at[i].url);
        if (!is_there)
            VEC_PUSH(arena, &whole->references, record->references.at[i]);
    }
}

static void take_names(struct catalog_strings *names, const struct catalog_strings *more,
                       struct str but, struct arena *arena)
{
    for (size_t i = 0; i < more->len; i++)
        if (!str_eq(more->at[i], but))
            from_add(names, more->at[i], arena);
}

static void take_facts(struct catalog_record *whole, const struct catalog_record *record)
{
    if (whole->origin.len == 0)
        whole->origin = record->origin;
    if (whole->status.len == 0)
        whole->status = record->status;
    if (record->published.ms != 0 &&
        (whole->published.ms == 0 || record->published.ms < whole->published.ms))
        whole->published = record->published;
    if (record->modified.ms > whole->modified.ms)
        whole->modified = record->modified;
    if (whole->withdrawn.ms == 0)
        whole->withdrawn = record->withdrawn;
    if (whole->ssvc.exploitation.len == 0)
        whole->ssvc = record->ssvc;
}

static void take_lists(struct catalog_record *whole, const struct catalog_record *record,
                       struct arena *arena)
{
    if (!str_eq(record->id, whole->id))
        from_add(&whole->aliases, record->id, arena);
    take_names(&whole->aliases, &record->aliases, whole->id, arena);
    take_names(&whole->upstream, &record->upstream, whole->id, arena);
    take_names(&whole->related, &record->related, whole->id, arena);
    take_names(&whole->weaknesses, &record->weaknesses, STR_NONE, arena);
    take_names(&whole->tags, &record->tags, STR_NONE, arena);
    for (size_t i = 0; i < record->affected.len; i++)
        VEC_PUSH(arena, &whole->affected, record->affected.at[i]);
    if (whole->configurations.len == 0)
        whole->configurations.at = record->configurations.at,
        whole->configurations.len = whole->configurations.cap = record->configurations.len;
}

struct catalog_record catalog_whole(const struct catalog_entry *entry,
                                    const struct catalog_tellings *tellings, struct arena *arena)
{
    struct catalog_record whole = { .source = tellings->at[0].record.source,
                                    .id = entry->name,
                                    .state = entry->state,
                                    .is_disputed = entry->is_disputed };

    for (size_t i = 0; i < tellings->len; i++) {
        const struct catalog_record *record = &tellings->at[i].record;

        take_facts(&whole, record);
        take_lists(&whole, record, arena);
        take_texts(&whole, record, arena);
        take_scores(&whole, record, arena);
        take_references(&whole, record, arena);
    }
    if (whole.modified.ms == 0) /* no source dates it: when it came here is what is known */
        whole.modified = tellings->at[0].last;
    return whole;
}
