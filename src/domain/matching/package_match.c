#include "domain/matching/index_internal.h"

#include "domain/matching/direct.h"

/* A package against the entries of its ecosystem. */

struct asking {
    const struct index_layer *layer;
    struct str version;
    bool is_modular;
    struct run bounds;          /* of the package */
    enum version_scheme scheme; /* the version is placed among the bounds of this one */
    struct version_place place;
    bool is_placed;
};

static bool is_inside(struct asking *asking, const struct span_row *row)
{
    enum version_scheme scheme = (enum version_scheme)(row->flags / SPAN_SCHEME);

    if (row->from == 0 && row->to == 0)
        return true;
    if (str_is_empty(asking->version))
        return false;
    if (!asking->is_placed || asking->scheme != scheme) {
        asking->place = index_place(asking->layer, SECTION_PACKAGE_BOUNDS, asking->bounds, scheme,
                                    asking->version);
        asking->scheme = scheme;
        asking->is_placed = true;
    }
    return place_is_inside(asking->place, asking->bounds.first, row->from,
                           (row->flags & SPAN_FROM_EXCLUDED) != 0, row->to,
                           (row->flags & SPAN_TO_INCLUDED) != 0);
}

static int confidence_of(const struct span_row *row)
{
    if (!row)
        return CONFIDENCE_GENERIC;
    return row->flags & SPAN_IS_POINT || (row->from == 0 && row->to == 0) ||
                   row->flags / SPAN_SCHEME != VERSION_GENERIC
               ? CONFIDENCE_EXACT
               : CONFIDENCE_GENERIC;
}

/* As entry_verdict, with the places of the bounds instead of their texts. */
static enum entry_says says(struct asking *asking, const struct entry_row *entry, struct run spans,
                            int *confidence)
{
    struct entry_facts facts = {
        .default_status = entry->flags & ENTRY_DEFAULT,
        .had_spans = (entry->flags & ENTRY_HAD_SPANS) != 0,
        .has_gap = (entry->flags & ENTRY_GAP) != 0,
    };
    enum entry_says said;

    for (uint32_t i = spans.first; i < spans.end; i++) {
        enum span_status status;
        struct span_row row;
        bool is_modular;

        INDEX_ROW(asking->layer, SECTION_SPANS, i, &row);
        is_modular = (row.flags & SPAN_IS_MODULAR) != 0;
        if ((row.from != 0 || row.to != 0) && is_modular != asking->is_modular)
            continue;
        status = (enum span_status)(row.flags & SPAN_STATUS);
        if (is_inside(asking, &row)) {
            *confidence = confidence_of(&row);
            return entry_judge(&facts, &status, !str_is_empty(asking->version));
        }
        facts.any_applies = true;
        facts.any_affected_applies |= status == SPAN_AFFECTED;
    }
    *confidence = confidence_of(NULL);
    said = entry_judge(&facts, NULL, !str_is_empty(asking->version));
    return said;
}

void index_ask_package(const struct index_layer *layer, const struct asked_entry *asked,
                       void (*say)(void *of, const struct said *said), void *of)
{
    struct asking asking = { .layer = layer, .version = asked->version };
    struct package_row package, after;
    struct run entries;
    uint32_t number;

    if (!index_find_package(layer, asked->ecosystem, asked->name, &number))
        return;
    INDEX_ROW(layer, SECTION_PACKAGES, number, &package);
    INDEX_ROW(layer, SECTION_PACKAGES, (size_t)number + 1, &after);
    asking.is_modular = version_is_modular(asked->version);
    asking.bounds =
        index_run(package.bounds, after.bounds,
                  layer->sections[SECTION_PACKAGE_BOUNDS].len / sizeof(struct bound_row));
    entries = index_run(package.entries, after.entries, layer->entries);
    for (uint32_t i = entries.first; i < entries.end; i++) {
        struct said said = { .layer = layer, .entry = i, .package_bounds = package.bounds };
        struct entry_row next;

        INDEX_ROW(layer, SECTION_ENTRIES, i, &said.row);
        INDEX_ROW(layer, SECTION_ENTRIES, (size_t)i + 1, &next);
        said.record = layer->first_record + said.row.record;
        if (layer_is_masked(layer, said.row.record) ||
            !entry_release_fits(asked->ecosystem, index_text(layer, said.row.release),
                                asked->release))
            continue;
        said.says = says(&asking, &said.row,
                         index_run(said.row.spans, next.spans,
                                   layer->sections[SECTION_SPANS].len / sizeof(struct span_row)),
                         &said.confidence);
        if (said.says != ENTRY_SILENT)
            say(of, &said);
    }
}

/* ---- entries as texts ---- */

struct str index_entry_label(const struct index_layer *layer, const struct entry_row *row,
                             struct str *platforms)
{
    struct str label = index_text(layer, row->label);
    size_t end = row->flags & ENTRY_ON_PLATFORMS ? str_index(label, '\n') : label.len;

    *platforms = str_drop(label, end < label.len ? end + 1 : label.len);
    return str_take(label, end);
}

bool index_entry_is_away(const struct said *said, const struct operating_system *os)
{
    struct str platforms;

    if (!(said->row.flags & ENTRY_ON_PLATFORMS))
        return false;
    (void)index_entry_label(said->layer, &said->row, &platforms);
    return platform_narrows(platforms) && !platform_is_met(platforms, os);
}

static struct str bound_text(const struct index_layer *layer, uint32_t first, uint32_t place)
{
    struct bound_row row;

    if (place == 0)
        return STR_NONE;
    INDEX_ROW(layer, SECTION_PACKAGE_BOUNDS, (size_t)first + place - 1, &row);
    return index_text(layer, row.text);
}

struct affected index_entry(const struct index_layer *layer, uint32_t entry,
                            uint32_t package_bounds, struct arena *arena)
{
    struct affected out = { 0 };
    struct entry_row row, next;
    struct run spans;

    INDEX_ROW(layer, SECTION_ENTRIES, entry, &row);
    INDEX_ROW(layer, SECTION_ENTRIES, (size_t)entry + 1, &next);
    spans = index_run(row.spans, next.spans,
                      layer->sections[SECTION_SPANS].len / sizeof(struct span_row));
    out.default_status = (enum span_status)(row.flags & ENTRY_DEFAULT);
    for (uint32_t i = spans.first; i < spans.end; i++) {
        struct span_row span;

        INDEX_ROW(layer, SECTION_SPANS, i, &span);
        VEC_PUSH(arena, &out.spans,
                 (struct span){
                     .status = (enum span_status)(span.flags & SPAN_STATUS),
                     .scheme = (enum version_scheme)(span.flags / SPAN_SCHEME % VERSION_SCHEMES),
                     .from_is_excluded = (span.flags & SPAN_FROM_EXCLUDED) != 0,
                     .to_is_included = (span.flags & SPAN_TO_INCLUDED) != 0,
                     .to_is_fix = (span.flags & SPAN_IS_FIX) != 0,
                     .from = bound_text(layer, package_bounds, span.from),
                     .to = bound_text(layer, package_bounds, span.to),
                 });
    }
    return out;
}

struct str index_words_of(const struct cpe *cpe, char room[WORDS_MAX])
{
    struct str vendor = cpe->field[CPE_VENDOR], product = cpe->field[CPE_PRODUCT];

    if (vendor.len + product.len + 1 > WORDS_MAX)
        return STR_NONE;
    memcpy(room, vendor.ptr, vendor.len);
    room[vendor.len] = ':';
    memcpy(room + vendor.len + 1, product.ptr, product.len);
    return (struct str){ room, vendor.len + 1 + product.len };
}
