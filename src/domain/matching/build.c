#include "domain/matching/build_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fs.h"
#include "domain/matching/direct.h"
#include "seal/seal.h"

enum { DETAILS_MAX = INT32_MAX, SCRATCH_MAX = 1 << 30, ROWS_MAX = 1 << 24 };
#define BUILDER_MEMORY ((size_t)1 << 34)

struct index_builder *index_builder_new(void)
{
    struct arena *arena = arena_new(BUILDER_MEMORY);
    struct index_builder *builder = ARENA_NEW(arena, struct index_builder);

    builder->arena = arena;
    builder->scratch = arena_new(SCRATCH_MAX);
    builder->aliases = aliases_new();
    builder->details = buf_new(builder->arena, DETAILS_MAX);
    (void)pool_add(&builder->texts, STR("*:*:*:*:*:*:*")); /* the first: INDEX_ANY_TAIL */
    return builder;
}

void index_builder_free(struct index_builder *builder)
{
    if (!builder)
        return;
    pool_done(&builder->texts);
    pool_done(&builder->keys);
    pool_done(&builder->criterion_names);
    pool_done(&builder->product_names);
    pool_done(&builder->package_names);
    aliases_free(builder->aliases);
    arena_free(builder->scratch);
    arena_free(builder->arena); /* itself too */
}

/* ---- adding ---- */

static bool add_detail(struct index_builder *builder, const struct catalog_record *record,
                       uint32_t *place, struct err *err)
{
    struct buf bytes = buf_new(builder->scratch, CATALOG_RECORD_MAX);
    struct detail detail = detail_of(record, builder->scratch);
    uint32_t length;

    if (!detail_encode(&detail, &bytes, err))
        return PASS(err);
    *place = (uint32_t)builder->details.len;
    length = htole32((uint32_t)bytes.len);
    buf_add(&builder->details, (struct str){ (const char *)&length, sizeof length });
    buf_add(&builder->details, buf_str(&bytes));
    return builder->details.over ? FAIL(err, TOO_LARGE, STR("the match index")) : true;
}

/* OSV gathers many databases, each with a pace of its own; of the others the one who publishes counts. */
static struct str source_of(const struct catalog_record *record)
{
    static const struct str names[CATALOG_SOURCES] = {
        [SOURCE_NVD] = STR_INIT("NVD"), [SOURCE_CVE] = STR_INIT("CVE"),
        [SOURCE_OSV] = STR_INIT("OSV"), [SOURCE_CSAF] = STR_INIT("CSAF"),
        [SOURCE_JVN] = STR_INIT("JVN"), [SOURCE_OURS] = STR_INIT("noroshi"),
    };

    return record->source == SOURCE_OSV && record->origin.len > 0 ? record->origin
                                                                  : names[record->source];
}

bool index_builder_add(struct index_builder *builder, const struct catalog_record *record,
                       struct err *err)
{
    uint32_t number = (uint32_t)builder->records.len;
    struct built_record built = {
        .id = pool_add(&builder->texts, record->id),
        .origin = pool_add(&builder->texts, record->origin),
        .source = record->source,
        .is_published = record->state == CATALOG_PUBLISHED,
        .claim = aliases_add(builder->aliases, record, builder->arena),
    };

    if (!built.is_published)
        return true; /* its aliases alone: that its CVE is rejected */
    arena_reset(builder->scratch);
    if (!add_detail(builder, record, &built.detail, err))
        return PASS(err);
    VEC_PUSH(builder->arena, &builder->records, built);
    build_note_source(builder, source_of(record), 1, record->modified);
    if (record_can_match(record)) {
        build_add_configurations(builder, record, number);
        build_add_entries(builder, record, number);
    }
    if (builder->texts.is_full || builder->keys.is_full || builder->products.len >= ROWS_MAX ||
        builder->packages.len >= ROWS_MAX || builder->criteria.len >= TREE_CRITERION)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    return true;
}

void index_builder_add_kev(struct index_builder *builder, const struct kev_entry *entry)
{
    struct kev_entry kept = *entry;

    kept.cve = arena_str(builder->arena, entry->cve);
    VEC_PUSH(builder->arena, &builder->kev, kept);
}

void index_builder_add_epss(struct index_builder *builder, const struct epss_entry *entry)
{
    struct epss_entry kept = *entry;

    kept.cve = arena_str(builder->arena, entry->cve);
    VEC_PUSH(builder->arena, &builder->epss, kept);
}

/* ---- shared by the parts ---- */

void build_slots(struct arena *arena, size_t count, uint64_t (*hash)(const void *of, uint32_t row),
                 const void *of, struct section *out)
{
    size_t slots = 2;
    uint32_t *at;

    while (slots < count + count / 2)
        slots *= 2;
    at = ARENA_NEW_N(arena, slots, uint32_t);
    for (uint32_t row = 0; row < count; row++) {
        uint64_t h = hash(of, row);
        size_t i = (size_t)h & (slots - 1);

        while (at[i] != 0)
            i = (i + 1) & (slots - 1);
        at[i] = (uint32_t)(h >> 56) << 24 | (row + 1);
    }
    *out = (struct section){ at, slots, slots };
}

/* Fields end at an unescaped ':'. */
static int next_weight(struct str s, size_t *i)
{
    if (*i >= s.len)
        return -1;
    if (s.ptr[*i] == ':' && (*i == 0 || s.ptr[*i - 1] != '\\'))
        return 0;
    return 1 + (unsigned char)s.ptr[*i];
}

int build_compare_fields(struct str a, struct str b)
{
    for (size_t i = 0;; i++) {
        int left = next_weight(a, &i), right = next_weight(b, &i);

        if (left != right)
            return left < right ? -1 : 1;
        if (left < 0)
            return 0;
    }
}

static int compare_bounds(const void *left, const void *right, void *of)
{
    const struct built_bound *a = left, *b = right;
    const struct index_builder *builder = of;
    struct str a_text = pool_at(&builder->texts, a->text),
               b_text = pool_at(&builder->texts, b->text);
    int order;

    if (a->scheme != b->scheme)
        return a->scheme < b->scheme ? -1 : 1;
    order = version_compare(a->scheme, a_text, b_text);
    return order == 0 ? str_cmp(a_text, b_text) : order;
}

void build_bounds(struct index_builder *builder, struct built_bounds *bounds, struct section *out)
{
    size_t kept = 0;

    if (bounds->len > 1)
        qsort_r(bounds->at, bounds->len, sizeof *bounds->at, compare_bounds, builder);
    for (size_t i = 0; i < bounds->len; i++) {
        const struct built_bound *bound = &bounds->at[i];
        unsigned char key[VERSION_KEY_MAX];
        struct str bytes = { (const char *)key, 0 };

        if (kept > 0 && bounds->at[kept - 1].text == bound->text &&
            bounds->at[kept - 1].scheme == bound->scheme)
            continue;
        bytes.len = version_key(bound->scheme, pool_at(&builder->texts, bound->text), key);
        SECTION_PUT(builder->arena, out, bound->text, pool_add(&builder->keys, bytes),
                    (uint32_t)bound->scheme);
        bounds->at[kept++] = *bound;
    }
    bounds->len = kept;
}

uint32_t build_bound_place(const struct index_builder *builder, const struct built_bounds *bounds,
                           uint32_t text, enum version_scheme scheme)
{
    struct built_bound wanted = { text, scheme };
    size_t low = 0, high = bounds->len;

    if (text == 0)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_bounds(&bounds->at[middle], &wanted, (void *)(uintptr_t)builder) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low + 1;
}

/* ---- writing ---- */

struct layout {
    unsigned char head[INDEX_HEAD + INDEX_SECTIONS * INDEX_TABLE_ROW];
    struct str parts[INDEX_SECTIONS];
    uint64_t places[INDEX_SECTIONS], size;
};

static void put32(unsigned char *at, uint32_t n)
{
    n = htole32(n);
    memcpy(at, &n, sizeof n);
}

static void put64(unsigned char *at, uint64_t n)
{
    n = htole64(n);
    memcpy(at, &n, sizeof n);
}

static struct str bytes_of(struct section *section)
{
    for (size_t i = 0; BYTE_ORDER == BIG_ENDIAN && i < section->len; i++)
        section->at[i] = htole32(section->at[i]);
    return (struct str){ (const char *)section->at, section->len * sizeof(uint32_t) };
}

static void write_head(struct layout *layout, struct utc built)
{
    struct str table = { (const char *)layout->head + INDEX_HEAD,
                         INDEX_SECTIONS * INDEX_TABLE_ROW };
    uint64_t at = sizeof layout->head;
    struct hash hash;

    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        unsigned char *row = layout->head + INDEX_HEAD + i * INDEX_TABLE_ROW;

        at = (at + INDEX_ALIGN - 1) / INDEX_ALIGN * INDEX_ALIGN;
        layout->places[i] = at;
        put64(row, at);
        put64(row + 8, layout->parts[i].len);
        hash = hash_of(layout->parts[i]);
        memcpy(row + 16, hash.bytes, SEAL_HASH_BYTES);
        at += layout->parts[i].len;
    }
    layout->size = at;
    hash = hash_of(table);
    memcpy(layout->head, INDEX_MAGIC, 8);
    put32(layout->head + 8, INDEX_VERSION);
    put32(layout->head + 12, INDEX_SECTIONS);
    put64(layout->head + 16, at);
    put64(layout->head + 24, (uint64_t)built.ms);
    memcpy(layout->head + 32, hash.bytes, SEAL_HASH_BYTES);
}

static void lay_out(struct index_builder *builder, struct utc built, struct layout *layout)
{
    struct built_sections sections = { 0 };

    *layout = (struct layout){ 0 };
    build_names(builder, &sections);
    build_packages(builder, &sections);
    build_groups(builder, &sections);
    build_sources(builder, &sections);
    for (size_t i = 0; i < INDEX_SECTIONS; i++)
        layout->parts[i] = bytes_of(&sections.at[i]);
    layout->parts[SECTION_TEXTS] = (struct str){ builder->texts.bytes, builder->texts.len };
    layout->parts[SECTION_KEYS] = (struct str){ builder->keys.bytes, builder->keys.len };
    layout->parts[SECTION_DETAILS] = buf_str(&builder->details);
    write_head(layout, built);
}

bool index_builder_bytes(struct index_builder *builder, struct utc built, struct arena *arena,
                         struct str *out, struct err *err)
{
    struct layout layout;
    char *bytes;

    lay_out(builder, built, &layout);
    if (builder->texts.is_full || builder->keys.is_full)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    bytes = arena_alloc(arena, (size_t)layout.size);
    memcpy(bytes, layout.head, sizeof layout.head);
    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        if (layout.parts[i].len > 0)
            memcpy(bytes + layout.places[i], layout.parts[i].ptr, layout.parts[i].len);
    }
    *out = (struct str){ bytes, (size_t)layout.size };
    return true;
}

static bool write_at(int fd, struct str bytes, uint64_t at, const char *path, struct err *err)
{
    while (bytes.len > 0) {
        ssize_t n = pwrite(fd, bytes.ptr, bytes.len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FAIL(err, IO, str_from_z(path));
        at += (uint64_t)n;
        bytes = str_drop(bytes, (size_t)n);
    }
    return true;
}

static bool write_layout(const struct layout *layout, int fd, const char *path, struct err *err)
{
    struct str head = { (const char *)layout->head, sizeof layout->head };

    if (!write_at(fd, head, 0, path, err))
        return PASS(err);
    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        if (!write_at(fd, layout->parts[i], layout->places[i], path, err))
            return PASS(err);
    }
    if (ftruncate(fd, (off_t)layout->size) != 0 || fsync(fd) != 0)
        return FAIL(err, IO, str_from_z(path));
    return true;
}

bool index_builder_write(struct index_builder *builder, const char *path, struct utc built,
                         struct err *err)
{
    char temporary[PATH_MAX], folder[PATH_MAX];
    struct layout layout;
    bool is_written;
    char *slash;
    int fd;

    if (snprintf(temporary, sizeof temporary, "%s.new-%ld", path, (long)getpid()) >=
        (int)sizeof temporary)
        return FAIL(err, TOO_LARGE, str_from_z(path));
    snprintf(folder, sizeof folder, "%s", path);
    slash = strrchr(folder, '/');
    snprintf(slash ? slash + (slash == folder) : folder, 2, "%s", slash ? "" : ".");
    lay_out(builder, built, &layout);
    if (builder->texts.is_full || builder->keys.is_full)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    (void)unlink(temporary); /* of a process of the same number that was killed */
    fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return FAIL(err, IO, str_from_z(path));
    is_written = write_layout(&layout, fd, path, err);
    close(fd);
    if (is_written && rename(temporary, path) != 0)
        is_written = FAIL(err, IO, str_from_z(path));
    if (!is_written) {
        unlink(temporary);
        return PASS(err);
    }
    return fs_sync_folder(folder, err) || PASS(err);
}
