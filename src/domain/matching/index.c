#include "domain/matching/index_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "domain/matching/match.h"
#include "domain/matching/pool.h"
#include "seal/seal.h"

enum { AT_VERSION = 8, AT_SECTIONS = 12, AT_SIZE = 16, AT_BUILT = 24, AT_HASH = 32 };

const char tree_parts[4] = { 'a', 'o', 'h', '?' };

/* ---- opening ---- */

static bool read_table(struct matching_index *index, struct err *err)
{
    const unsigned char *head = (const unsigned char *)index->bytes.ptr;
    struct str table = { index->bytes.ptr + INDEX_HEAD, INDEX_SECTIONS * INDEX_TABLE_ROW };
    struct hash hash;

    if (index->bytes.len < INDEX_HEAD + table.len || memcmp(head, INDEX_MAGIC, AT_VERSION) != 0)
        return FAIL(err, MATCH_INDEX, STR("not a match index"));
    if (index_u32(head + AT_VERSION) != INDEX_VERSION ||
        index_u32(head + AT_SECTIONS) != INDEX_SECTIONS)
        return FAIL(err, MATCH_INDEX, STR("written by another version"));
    if (index_u64(head + AT_SIZE) != index->bytes.len)
        return FAIL(err, MATCH_INDEX, STR("cut off"));
    hash = hash_of(table);
    if (memcmp(hash.bytes, head + AT_HASH, SEAL_HASH_BYTES) != 0)
        return FAIL(err, MATCH_INDEX, STR("its table"));
    index->built.ms = (int64_t)index_u64(head + AT_BUILT);
    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        const unsigned char *row = (const unsigned char *)table.ptr + i * INDEX_TABLE_ROW;
        uint64_t place = index_u64(row), length = index_u64(row + 8);

        if (place > index->bytes.len || length > index->bytes.len - place)
            return FAIL(err, MATCH_INDEX, STR("its table"));
        index->sections[i].at = head + place;
        index->sections[i].len = (size_t)length;
    }
    return true;
}

/* Rows of a section without the one that ends the last row's run. */
static uint32_t owners(const struct matching_index *index, enum index_section section, size_t size)
{
    size_t rows = index->sections[section].len / size;

    return rows > 0 ? (uint32_t)(rows - 1) : 0;
}

static bool read_index(struct matching_index *index, struct err *err)
{
    if (!read_table(index, err))
        return PASS(err);
    index->products = owners(index, SECTION_PRODUCTS, sizeof(struct product_row));
    index->points = owners(index, SECTION_POINTS, sizeof(struct point_row));
    index->ranges = owners(index, SECTION_RANGES, sizeof(struct range_row));
    index->configurations = owners(index, SECTION_CONFIGURATIONS, sizeof(struct configuration_row));
    index->packages = owners(index, SECTION_PACKAGES, sizeof(struct package_row));
    index->entries = owners(index, SECTION_ENTRIES, sizeof(struct entry_row));
    index->groups = owners(index, SECTION_GROUPS, sizeof(struct group_row));
    index->records = (uint32_t)(index->sections[SECTION_RECORDS].len / sizeof(struct record_row));
    return true;
}

bool matching_index_read(struct str bytes, struct matching_index **out, struct err *err)
{
    CLEANUP(matching_index_close_var) struct matching_index *index = calloc(1, sizeof *index);

    if (!index)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    index->bytes = bytes;
    if (!read_index(index, err))
        return PASS(err);
    *out = TAKE(index);
    return true;
}

bool matching_index_open(const char *path, struct matching_index **out, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    void *at = MAP_FAILED;
    struct stat stat;

    if (fd < 0)
        return errno == ENOENT ? FAIL(err, MATCH_INDEX, str_from_z(path))
                               : FAIL(err, IO, str_from_z(path));
    if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_size >= INDEX_HEAD)
        at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return FAIL(err, MATCH_INDEX, str_from_z(path));
    if (!matching_index_read((struct str){ at, (size_t)stat.st_size }, out, err)) {
        munmap(at, (size_t)stat.st_size);
        return PASS(err);
    }
    (*out)->is_mapped = true;
    return true;
}

void matching_index_close(struct matching_index *index)
{
    if (!index)
        return;
    if (index->is_mapped)
        munmap((void *)index->bytes.ptr, index->bytes.len);
    free(index);
}

bool matching_index_verify(const struct matching_index *index, struct err *err)
{
    const unsigned char *table = (const unsigned char *)index->bytes.ptr + INDEX_HEAD;

    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        struct hash hash =
            hash_of((struct str){ (const char *)index->sections[i].at, index->sections[i].len });
        char subject[32];

        snprintf(subject, sizeof subject, "section %zu", i);
        if (memcmp(hash.bytes, table + i * INDEX_TABLE_ROW + 16, SEAL_HASH_BYTES) != 0)
            return FAIL(err, MATCH_INDEX, str_from_z(subject));
    }
    return true;
}

struct matching_index_facts matching_index_facts(const struct matching_index *index)
{
    return (struct matching_index_facts){
        .records = index->records,
        .groups = index->groups,
        .packages = index->packages,
        .products = index->products,
        .criteria = (size_t)index->points + index->ranges,
        .configurations = index->configurations,
        .bytes = index->bytes.len,
        .detail_bytes = index->sections[SECTION_DETAILS].len,
        .built = index->built,
    };
}

/* ---- texts ---- */

static struct str counted(const struct matching_index *index, enum index_section section,
                          uint32_t offset)
{
    const unsigned char *at = index->sections[section].at + offset;
    size_t room, len;

    if (offset == 0 || index->sections[section].len < 2 ||
        offset > index->sections[section].len - 2)
        return STR_NONE;
    room = index->sections[section].len - 2 - offset;
    len = at[0] | (size_t)at[1] << 8;
    return len <= room ? (struct str){ (const char *)at + 2, len } : STR_NONE;
}

struct str index_text(const struct matching_index *index, uint32_t offset)
{
    return counted(index, SECTION_TEXTS, offset);
}

struct str index_key(const struct matching_index *index, uint32_t offset)
{
    return counted(index, SECTION_KEYS, offset);
}

struct str matching_record_id(const struct matching_index *index, uint32_t record)
{
    struct record_row row;

    INDEX_ROW(index, SECTION_RECORDS, record, &row);
    return index_text(index, row.id);
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

static struct probe probe_of(const struct matching_index *index, enum index_section section,
                             uint64_t hash)
{
    size_t slots = index->sections[section].len / sizeof(uint32_t);

    /* slots are a power of two, unless damaged: then the mask leads nowhere outside all the same */
    return (struct probe){ slots ? slots - 1 : 0, (size_t)hash, slots, (uint32_t)(hash >> 56) };
}

/* The next candidate with the hash's own eight bits; false at a free slot. */
static bool probe_next(const struct matching_index *index, enum index_section section,
                       struct probe *probe, uint32_t *candidate)
{
    while (probe->left > 0) {
        uint32_t slot = index_word(index, section, probe->at & probe->mask);

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

bool index_find_product(const struct matching_index *index, const struct cpe *cpe, uint32_t *out)
{
    struct probe probe = probe_of(
        index, SECTION_PRODUCT_SLOTS,
        index_hash_product(cpe->field[CPE_PART], cpe->field[CPE_VENDOR], cpe->field[CPE_PRODUCT]));

    while (probe_next(index, SECTION_PRODUCT_SLOTS, &probe, out)) {
        struct product_row row;

        INDEX_ROW(index, SECTION_PRODUCTS, *out, &row);
        if (is_product(index_text(index, row.name), cpe))
            return true;
    }
    return false;
}

bool index_find_package(const struct matching_index *index, struct str ecosystem, struct str name,
                        uint32_t *out)
{
    struct probe probe =
        probe_of(index, SECTION_PACKAGE_SLOTS, index_hash_package(ecosystem, name));

    while (probe_next(index, SECTION_PACKAGE_SLOTS, &probe, out)) {
        struct package_row row;

        INDEX_ROW(index, SECTION_PACKAGES, *out, &row);
        if (str_eq(index_text(index, row.name), name) &&
            str_eq(index_text(index, row.ecosystem), ecosystem))
            return true;
    }
    return false;
}

/* ---- places of versions ---- */

struct asked_version {
    enum version_scheme scheme;
    struct str text, key;
};

static int compare_bound(const struct matching_index *index, enum index_section section,
                         uint32_t row, const struct asked_version *asked)
{
    struct bound_row bound;
    struct str key;

    INDEX_ROW(index, section, row, &bound);
    if (bound.scheme != (uint32_t)asked->scheme)
        return bound.scheme < (uint32_t)asked->scheme ? -1 : 1;
    key = index_key(index, bound.key);
    if (key.len > 0 && asked->key.len > 0)
        return str_cmp(key, asked->key);
    return version_compare(asked->scheme, index_text(index, bound.text), asked->text);
}

struct version_place index_place(const struct matching_index *index, enum index_section section,
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

        if (compare_bound(index, section, middle, &asked) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    place.first = low;
    while (low < bounds.end && compare_bound(index, section, low, &asked) == 0)
        low++; /* the same version, written in different ways */
    place.end = low;
    return place;
}

void matching_index_sources(const struct matching_index *index, struct arena *arena,
                            struct matching_sources *out)
{
    size_t count = index->sections[SECTION_SOURCES].len / sizeof(struct source_row);

    for (size_t i = 0; i < count; i++) {
        struct source_row row;

        INDEX_ROW(index, SECTION_SOURCES, i, &row);
        VEC_PUSH(arena, out,
                 (struct matching_source){
                     .name = index_text(index, row.name),
                     .newest = { (int64_t)((uint64_t)row.newest[1] << 32 | row.newest[0]) },
                     .records = row.records });
    }
}
