#include "domain/matching/index_internal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/err.h"
#include "domain/matching/match.h"
#include "domain/matching/pool.h"

/* Of the head. */
enum {
    AT_VERSION = 8,
    AT_SECTIONS = 12,
    AT_SIZE = 16,
    AT_BUILT = 24,
    AT_COVER = 32,
    AT_BELOW = AT_COVER + INDEX_COVER * 8,
    AT_IDENTITY = AT_BELOW + SEAL_HASH_BYTES
};
static_assert(AT_IDENTITY + SEAL_HASH_BYTES == INDEX_HEAD, "the head's layout");

const char tree_parts[4] = { 'a', 'o', 'h', '?' };

/* ---- opening ---- */

struct hash layer_identity(const unsigned char *head)
{
    unsigned char bytes[INDEX_HEAD + INDEX_SECTIONS * INDEX_TABLE_ROW];

    memcpy(bytes, head, sizeof bytes);
    memset(bytes + AT_IDENTITY, 0, SEAL_HASH_BYTES);
    return hash_of((struct str){ (const char *)bytes, sizeof bytes });
}

static bool read_table(struct index_layer *layer, struct err *err)
{
    const unsigned char *head = (const unsigned char *)layer->bytes.ptr;

    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        const unsigned char *row = head + INDEX_HEAD + i * INDEX_TABLE_ROW;
        uint64_t place = index_u64(row), length = index_u64(row + 8);

        if (place > layer->bytes.len || length > layer->bytes.len - place)
            return FAIL(err, MATCH_INDEX, STR("its table"));
        layer->sections[i].at = head + place;
        layer->sections[i].len = (size_t)length;
    }
    return true;
}

static bool read_head(struct index_layer *layer, struct err *err)
{
    const unsigned char *head = (const unsigned char *)layer->bytes.ptr;
    struct hash identity;

    if (layer->bytes.len < INDEX_HEAD + INDEX_SECTIONS * INDEX_TABLE_ROW ||
        memcmp(head, INDEX_MAGIC, AT_VERSION) != 0)
        return FAIL(err, MATCH_INDEX, STR("not a match index"));
    if (index_u32(head + AT_VERSION) != INDEX_VERSION ||
        index_u32(head + AT_SECTIONS) != INDEX_SECTIONS)
        return FAIL(err, MATCH_INDEX, STR("written by another version"));
    if (index_u64(head + AT_SIZE) != layer->bytes.len)
        return FAIL(err, MATCH_INDEX, STR("cut off"));
    identity = layer_identity(head);
    memcpy(layer->identity.bytes, head + AT_IDENTITY, SEAL_HASH_BYTES);
    if (!hash_eq(identity, layer->identity))
        return FAIL(err, MATCH_INDEX, STR("its head"));
    memcpy(layer->below.bytes, head + AT_BELOW, SEAL_HASH_BYTES);
    layer->built.ms = (int64_t)index_u64(head + AT_BUILT);
    for (size_t i = 0; i < INDEX_COVER; i++)
        layer->cover.at[i] = (int64_t)index_u64(head + AT_COVER + 8 * i);
    return true;
}

/* Rows of a section without the one that ends the last row's run. */
static uint32_t owners(const struct index_layer *layer, enum index_section section, size_t size)
{
    size_t rows = layer->sections[section].len / size;

    return rows > 0 ? (uint32_t)(rows - 1) : 0;
}

static bool layer_read(struct index_layer *layer, struct str bytes, struct err *err)
{
    layer->bytes = bytes;
    if (!read_head(layer, err) || !read_table(layer, err))
        return PASS(err);
    layer->products = owners(layer, SECTION_PRODUCTS, sizeof(struct product_row));
    layer->points = owners(layer, SECTION_POINTS, sizeof(struct point_row));
    layer->ranges = owners(layer, SECTION_RANGES, sizeof(struct range_row));
    layer->configurations = owners(layer, SECTION_CONFIGURATIONS, sizeof(struct configuration_row));
    layer->packages = owners(layer, SECTION_PACKAGES, sizeof(struct package_row));
    layer->entries = owners(layer, SECTION_ENTRIES, sizeof(struct entry_row));
    layer->groups = owners(layer, SECTION_GROUPS, sizeof(struct group_row));
    layer->records = (uint32_t)(layer->sections[SECTION_RECORDS].len / sizeof(struct record_row));
    return true;
}

/* Notes in the layers below which of their records hold no more. */
static bool mask_below(struct matching_index *index, const struct index_layer *by, struct err *err)
{
    size_t count = by->sections[SECTION_MASKED].len / sizeof(uint32_t);

    for (size_t i = 0; i < count; i++) {
        uint32_t record = index_word(by, SECTION_MASKED, i);
        struct index_layer *layer;

        if (record >= by->first_record)
            return FAIL(err, MATCH_INDEX, STR("its masks"));
        layer = &index->layers[index_layer_of_record(index, &record)->place];
        if (!layer->masked)
            layer->masked = calloc(layer->records / 64 + 1, sizeof *layer->masked);
        if (!layer->masked)
            return FAIL(err, UNAVAILABLE, STR("memory"));
        layer->masked[record / 64] |= UINT64_C(1) << record % 64;
    }
    return true;
}

bool index_add_layer(struct matching_index *index, struct str bytes, bool is_mapped,
                     struct err *err)
{
    struct index_layer *layer = &index->layers[index->count];
    const struct index_layer *below = index->count > 0 ? layer - 1 : NULL;
    static const struct hash nothing;

    if (index->count == INDEX_LAYERS_MAX)
        return FAIL(err, MATCH_INDEX, STR("too many segments"));
    *layer = (struct index_layer){ .place = (uint32_t)index->count };
    if (!layer_read(layer, bytes, err))
        return PASS(err);
    if (!hash_eq(layer->below, below ? below->identity : nothing))
        return FAIL(err, MATCH_INDEX, STR("a segment of another base"));
    if (below) {
        layer->first_record = below->first_record + below->records;
        layer->first_group = below->first_group + below->groups;
        if (layer->records > NUMBER_MAX - layer->first_record ||
            layer->groups > NUMBER_MAX - layer->first_group)
            return FAIL(err, MATCH_INDEX, STR("its table"));
    }
    if (!mask_below(index, layer, err))
        return PASS(err);
    layer->is_mapped = is_mapped;
    index->count++;
    return true;
}

bool matching_index_read(const struct str *layers, size_t count, struct matching_index **out,
                         struct err *err)
{
    CLEANUP(matching_index_close_var) struct matching_index *index = calloc(1, sizeof *index);

    if (!index)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    for (size_t i = 0; i < count; i++) {
        if (!index_add_layer(index, layers[i], false, err))
            return PASS(err);
    }
    if (count == 0)
        return FAIL(err, MATCH_INDEX, STR("no base"));
    *out = TAKE(index);
    return true;
}

void matching_index_close(struct matching_index *index)
{
    if (!index)
        return;
    for (size_t i = 0; i < INDEX_LAYERS_MAX; i++) {
        if (index->layers[i].is_mapped)
            munmap((void *)index->layers[i].bytes.ptr, index->layers[i].bytes.len);
        free(index->layers[i].masked);
    }
    free(index);
}

static bool verify_layer(const struct index_layer *layer, struct err *err)
{
    const unsigned char *table = (const unsigned char *)layer->bytes.ptr + INDEX_HEAD;

    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        struct hash hash =
            hash_of((struct str){ (const char *)layer->sections[i].at, layer->sections[i].len });
        char subject[48];

        snprintf(subject, sizeof subject, "layer %u, section %zu", layer->place, i);
        if (memcmp(hash.bytes, table + i * INDEX_TABLE_ROW + 16, SEAL_HASH_BYTES) != 0)
            return FAIL(err, MATCH_INDEX, str_from_z(subject));
    }
    return true;
}

bool matching_index_verify(const struct matching_index *index, struct err *err)
{
    for (size_t i = 0; i < index->count; i++) {
        if (!verify_layer(&index->layers[i], err))
            return PASS(err);
    }
    return true;
}

struct matching_index_facts matching_index_facts(const struct matching_index *index)
{
    struct matching_index_facts facts = { .segments = index->count - 1 };

    for (size_t i = 0; i < index->count; i++) {
        const struct index_layer *layer = &index->layers[i];

        facts.records += layer->records;
        facts.records -= layer->sections[SECTION_MASKED].len / sizeof(uint32_t);
        facts.groups += layer->groups;
        facts.packages += layer->packages;
        facts.products += layer->products;
        facts.criteria += (size_t)layer->points + layer->ranges;
        facts.configurations += layer->configurations;
        facts.bytes += layer->bytes.len;
        facts.detail_bytes += layer->sections[SECTION_DETAILS].len;
        facts.built = layer->built;
    }
    return facts;
}

struct index_cover matching_index_cover(const struct matching_index *index, size_t layers)
{
    return index->layers[layers - 1].cover;
}

/* ---- layers ---- */

const struct index_layer *index_layer_of_record(const struct matching_index *index,
                                                uint32_t *record)
{
    const struct index_layer *layer = &index->layers[index->count > 0 ? index->count - 1 : 0];

    while (layer->place > 0 && *record < layer->first_record)
        layer--;
    *record -= layer->first_record;
    return layer;
}

const struct index_layer *index_layer_of_group(const struct matching_index *index, uint32_t *group)
{
    const struct index_layer *layer = &index->layers[index->count - 1];

    while (layer->place > 0 && *group < layer->first_group)
        layer--;
    *group -= layer->first_group;
    return layer;
}

bool layer_find_record(const struct index_layer *layer, uint32_t number, uint32_t *out)
{
    uint32_t low = 0, high = layer->records;
    struct record_row row;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        INDEX_ROW(layer, SECTION_RECORDS, middle, &row);
        if (row.number < number)
            low = middle + 1;
        else
            high = middle;
    }
    INDEX_ROW(layer, SECTION_RECORDS, low, &row);
    *out = low;
    return low < layer->records && row.number == number;
}

bool index_find_record(const struct matching_index *index, size_t count, uint32_t number,
                       uint32_t *out)
{
    for (size_t i = count; i > 0; i--) {
        const struct index_layer *layer = &index->layers[i - 1];

        if (layer_find_record(layer, number, out)) {
            bool holds = !layer_is_masked(layer, *out);

            *out += layer->first_record;
            return holds;
        }
    }
    return false;
}

bool layer_group_of(const struct index_layer *layer, uint32_t id, uint32_t *out)
{
    uint32_t low = 0, high = layer->groups;
    struct group_row row;

    INDEX_ROW(layer, SECTION_GROUPS, layer->groups, &row);
    if (id >= row.ids || layer->groups == 0)
        return false;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;

        INDEX_ROW(layer, SECTION_GROUPS, middle, &row);
        if (row.ids <= id)
            low = middle;
        else
            high = middle;
    }
    *out = low;
    return true;
}

/* ---- texts ---- */

static struct str counted(const struct index_layer *layer, enum index_section section,
                          uint32_t offset)
{
    const unsigned char *at = layer->sections[section].at + offset;
    size_t room, len;

    if (offset == 0 || layer->sections[section].len < 2 ||
        offset > layer->sections[section].len - 2)
        return STR_NONE;
    room = layer->sections[section].len - 2 - offset;
    len = at[0] | (size_t)at[1] << 8;
    return len <= room ? (struct str){ (const char *)at + 2, len } : STR_NONE;
}

struct str index_text(const struct index_layer *layer, uint32_t offset)
{
    return counted(layer, SECTION_TEXTS, offset);
}

struct str index_key(const struct index_layer *layer, uint32_t offset)
{
    return counted(layer, SECTION_KEYS, offset);
}

struct str matching_record_id(const struct matching_index *index, uint32_t record)
{
    const struct index_layer *layer = index_layer_of_record(index, &record);
    struct record_row row;

    INDEX_ROW(layer, SECTION_RECORDS, record, &row);
    return index_text(layer, row.id);
}

/* ---- names ---- */

uint64_t index_hash_product(struct str part, struct str vendor, struct str product)
{
    return pool_hash(pool_hash(pool_hash(1, part), vendor), product);
}

uint64_t index_hash_package(struct str ecosystem, struct str name)
{
    return pool_hash(pool_hash(2, ecosystem), name);
}

static bool is_product(struct str name, const struct cpe *cpe)
{
    for (size_t i = CPE_PART; i <= CPE_PRODUCT; i++) {
        if (i > CPE_PART && !str_skip(&name, STR(":")))
            return false;
        if (!str_skip(&name, cpe->field[i]))
            return false;
    }
    return str_is_empty(name);
}

/* Slot by slot from the hash's place to the first free one. */
struct probe {
    size_t mask, at, left;
    uint32_t tag;
};

static struct probe probe_of(const struct index_layer *layer, enum index_section section,
                             uint64_t hash)
{
    size_t slots = layer->sections[section].len / sizeof(uint32_t);

    /* slots are a power of two, unless damaged: then the mask leads nowhere outside all the same */
    return (struct probe){ slots ? slots - 1 : 0, (size_t)hash, slots, (uint32_t)(hash >> 56) };
}

/* The next candidate with the hash's own eight bits; false at a free slot. */
static bool probe_next(const struct index_layer *layer, enum index_section section,
                       struct probe *probe, uint32_t *candidate)
{
    while (probe->left > 0) {
        uint32_t slot = index_word(layer, section, probe->at & probe->mask);

        if (slot == 0)
            return false;
        probe->at++;
        probe->left--;
        if (slot >> 24 == probe->tag) {
            *candidate = (slot & 0xffffff) - 1;
            return true;
        }
    }
    return false;
}

bool index_find_product(const struct index_layer *layer, const struct cpe *cpe, uint32_t *out)
{
    struct probe probe = probe_of(
        layer, SECTION_PRODUCT_SLOTS,
        index_hash_product(cpe->field[CPE_PART], cpe->field[CPE_VENDOR], cpe->field[CPE_PRODUCT]));

    while (probe_next(layer, SECTION_PRODUCT_SLOTS, &probe, out)) {
        struct product_row row;

        INDEX_ROW(layer, SECTION_PRODUCTS, *out, &row);
        if (is_product(index_text(layer, row.name), cpe))
            return true;
    }
    return false;
}

bool index_find_package(const struct index_layer *layer, struct str ecosystem, struct str name,
                        uint32_t *out)
{
    struct probe probe =
        probe_of(layer, SECTION_PACKAGE_SLOTS, index_hash_package(ecosystem, name));

    while (probe_next(layer, SECTION_PACKAGE_SLOTS, &probe, out)) {
        struct package_row row;

        INDEX_ROW(layer, SECTION_PACKAGES, *out, &row);
        if (str_eq(index_text(layer, row.name), name) &&
            str_eq(index_text(layer, row.ecosystem), ecosystem))
            return true;
    }
    return false;
}

uint64_t index_hash_id(struct str id) { return pool_hash(3, id); }

bool layer_find_group(const struct index_layer *layer, struct str id, uint32_t *out)
{
    struct probe probe = probe_of(layer, SECTION_ID_SLOTS, index_hash_id(id));
    uint32_t place;

    while (probe_next(layer, SECTION_ID_SLOTS, &probe, &place)) {
        if (str_eq(index_text(layer, index_word(layer, SECTION_IDS, place)), id))
            return layer_group_of(layer, place, out);
    }
    return false;
}

bool index_find_group(const struct matching_index *index, size_t count, struct str id,
                      uint32_t *out)
{
    for (size_t i = count; i > 0; i--) {
        const struct index_layer *layer = &index->layers[i - 1];

        if (layer_find_group(layer, id, out)) {
            *out += layer->first_group;
            return true;
        }
    }
    return false;
}

/* ---- places of versions ---- */

struct asked_version {
    enum version_scheme scheme;
    struct str text, key;
};

static int compare_bound(const struct index_layer *layer, enum index_section section, uint32_t row,
                         const struct asked_version *asked)
{
    struct bound_row bound;
    struct str key;

    INDEX_ROW(layer, section, row, &bound);
    if (bound.scheme != (uint32_t)asked->scheme)
        return bound.scheme < (uint32_t)asked->scheme ? -1 : 1;
    key = index_key(layer, bound.key);
    if (key.len > 0 && asked->key.len > 0)
        return str_cmp(key, asked->key);
    return version_compare(asked->scheme, index_text(layer, bound.text), asked->text);
}

struct version_place index_place(const struct index_layer *layer, enum index_section section,
                                 struct run bounds, enum version_scheme scheme, struct str version)
{
    unsigned char key[VERSION_KEY_MAX];
    struct asked_version asked = { scheme, version, STR_NONE };
    struct version_place place = { bounds.first, bounds.end };
    uint32_t low = bounds.first, high = bounds.end;

    if (low == high || (unsigned)scheme >= VERSION_SCHEMES)
        return place;
    asked.key = (struct str){ (const char *)key, version_key(scheme, version, key) };
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (compare_bound(layer, section, middle, &asked) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    place.first = low;
    while (low < bounds.end && compare_bound(layer, section, low, &asked) == 0)
        low++; /* the same version, written in different ways */
    place.end = low;
    return place;
}

void matching_index_sources(const struct matching_index *index, struct arena *arena,
                            struct matching_sources *out)
{
    const struct index_layer *layer = &index->layers[index->count - 1];
    size_t count = layer->sections[SECTION_SOURCES].len / sizeof(struct source_row);

    for (size_t i = 0; i < count; i++) {
        struct source_row row;

        INDEX_ROW(layer, SECTION_SOURCES, i, &row);
        VEC_PUSH(arena, out,
                 (struct matching_source){
                     .name = index_text(layer, row.name),
                     .newest = { (int64_t)((uint64_t)row.newest[1] << 32 | row.newest[0]) },
                     .records = row.records });
    }
}
