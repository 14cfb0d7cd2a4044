#include "domain/matching/build_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/matching/direct.h"
#include "domain/matching/manifest.h"

enum { DETAILS_KEPT = 1 << 20, SCRATCH_MAX = 1 << 30, ROWS_MAX = 1 << 24 };
#define BUILDER_MEMORY ((size_t)1 << 34)

/* An arena's memory is aligned for less than a hash asks for. */
static struct hash_stream *stream_new(struct arena *arena)
{
    enum { ALIGN = _Alignof(struct hash_stream) };
    char *at = arena_alloc(arena, sizeof(struct hash_stream) + ALIGN);
    struct hash_stream *stream = (void *)(at + (ALIGN - (uintptr_t)at % ALIGN) % ALIGN);

    hash_begin(stream);
    return stream;
}

static struct index_builder *builder_new(const struct matching_index *below)
{
    struct arena *arena = arena_new(BUILDER_MEMORY);
    struct index_builder *builder = ARENA_NEW(arena, struct index_builder);

    builder->arena = arena;
    builder->below = below;
    builder->scratch = arena_new(SCRATCH_MAX);
    builder->aliases = aliases_new();
    builder->details.fd = -1;
    builder->details.hash = stream_new(arena);
    (void)pool_add(&builder->texts, STR("*:*:*:*:*:*:*")); /* the first: INDEX_ANY_TAIL */
    if (below)
        build_begin_sources(builder);
    return builder;
}

struct index_builder *index_builder_new(void) { return builder_new(NULL); }

struct index_builder *index_builder_upon(const struct matching_index *below)
{
    return builder_new(below);
}

void index_builder_free(struct index_builder *builder)
{
    if (!builder)
        return;
    if (builder->details.fd >= 0) {
        close(builder->details.fd);
        (void)unlink(builder->temporary);
    }
    pool_done(&builder->texts);
    pool_done(&builder->keys);
    pool_done(&builder->product_names);
    pool_done(&builder->package_names);
    aliases_free(builder->aliases);
    OWN_DONE(&builder->records);
    OWN_DONE(&builder->subjects);
    OWN_DONE(&builder->speakers);
    OWN_DONE(&builder->changed);
    OWN_DONE(&builder->criteria);
    OWN_DONE(&builder->criterion_slots);
    OWN_DONE(&builder->wild);
    OWN_DONE(&builder->postings);
    OWN_DONE(&builder->configurations);
    OWN_DONE(&builder->trees);
    OWN_DONE(&builder->packages);
    OWN_DONE(&builder->entries);
    OWN_DONE(&builder->spans);
    OWN_DONE(&builder->kev);
    OWN_DONE(&builder->epss);
    OWN_DONE(&builder->details.bytes);
    arena_drop(builder->scratch);
    arena_drop(builder->arena); /* itself too */
}

void index_builder_cover(struct index_builder *builder, struct index_cover cover)
{
    builder->cover = cover;
}

/* ---- details ---- */

/* Where they begin in the file: first of all sections. */
enum {
    DETAILS_AT = (INDEX_HEAD + INDEX_SECTIONS * INDEX_TABLE_ROW + INDEX_ALIGN - 1) / INDEX_ALIGN *
                 INDEX_ALIGN
};

static struct str details_kept(const struct details *details)
{
    return (struct str){ details->bytes.at, details->bytes.len };
}

static bool write_at(int fd, struct str bytes, uint64_t at, const char *path, struct err *err)
{
    while (bytes.len > 0) {
        ssize_t n = pwrite(fd, bytes.ptr, bytes.len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FAIL_IO(err, str_from_z(path));
        at += (uint64_t)n;
        bytes = str_drop(bytes, (size_t)n);
    }
    return true;
}

/* What is kept goes to the file. */
static bool flush_details(struct index_builder *builder, struct err *err)
{
    struct details *details = &builder->details;
    struct str kept = details_kept(details);

    if (!write_at(details->fd, kept, DETAILS_AT + details->written, builder->path, err))
        return PASS(err);
    hash_add_bytes(details->hash, kept);
    details->written += kept.len;
    details->bytes.len = 0;
    return true;
}

static bool add_detail(struct index_builder *builder, const struct catalog_record *record,
                       uint32_t *place, struct err *err)
{
    struct buf bytes = buf_new(builder->scratch, CATALOG_RECORD_MAX);
    struct detail detail = detail_of(record, builder->scratch);
    struct details *details = &builder->details;
    uint64_t at = details->written + details->bytes.len;
    uint32_t length;

    if (!detail_encode(&detail, &bytes, err))
        return PASS(err);
    if (at + sizeof length + bytes.len > UINT32_MAX)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    *place = (uint32_t)at;
    length = htole32((uint32_t)bytes.len);
    OWN_ROOM(&details->bytes, details->bytes.len + sizeof length + bytes.len);
    memcpy(details->bytes.at + details->bytes.len, &length, sizeof length);
    memcpy(details->bytes.at + details->bytes.len + sizeof length, bytes.ptr, bytes.len);
    details->bytes.len += sizeof length + bytes.len;
    return details->fd < 0 || details->bytes.len < DETAILS_KEPT || flush_details(builder, err)
               ? true
               : PASS(err);
}

/* ---- adding ---- */

/* What the record says it is about. */
static void add_claim(struct index_builder *builder, const struct catalog_record *record,
                      struct alias_claim *claim, struct built_record *built)
{
    *claim = aliases_add(builder->aliases, record, builder->scratch);
    built->subjects = (uint32_t)builder->subjects.len;
    built->subject_count = (uint32_t)claim->ids.len;
}

bool index_builder_add(struct index_builder *builder, uint32_t number,
                       const struct catalog_record *record, struct err *err)
{
    uint32_t place = (uint32_t)builder->records.len;
    struct built_record built = { .number = number, .source = record->source };
    struct alias_claim claim;

    if (number > NUMBER_MAX)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    arena_reset(builder->scratch);
    add_claim(builder, record, &claim, &built);
    if (builder->below)
        OWN_PUSH(&builder->changed, number);
    build_note_source(builder, build_source_name(record->source, record->origin),
                      record->state == CATALOG_PUBLISHED, record->modified);
    if (record->state != CATALOG_PUBLISHED)
        return true; /* its aliases alone: that its CVE is rejected */
    for (size_t i = 0; i < claim.ids.len; i++)
        OWN_PUSH(&builder->subjects, claim.ids.at[i]);
    OWN_PUSH(&builder->speakers, (struct built_speaker){ claim.own, place });
    built.id = pool_add(&builder->texts, record->id);
    built.origin = pool_add(&builder->texts, record->origin);
    if (!add_detail(builder, record, &built.detail, err))
        return PASS(err);
    OWN_PUSH(&builder->records, built);
    if (record_can_match(record)) {
        build_add_configurations(builder, record, place);
        build_add_entries(builder, record, place);
    }
    if (builder->texts.is_full || builder->keys.is_full || builder->wild.len >= ROWS_MAX ||
        builder->packages.len >= ROWS_MAX || aliases_count(builder->aliases) >= ROWS_MAX ||
        builder->criteria.len >= TREE_CRITERION)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    return true;
}

void index_builder_add_relative(struct index_builder *builder, uint32_t number,
                                const struct catalog_record *record)
{
    struct alias_claim claim;

    arena_reset(builder->scratch);
    claim = aliases_add(builder->aliases, record, builder->scratch);
    if (record->state == CATALOG_PUBLISHED)
        OWN_PUSH(&builder->speakers, (struct built_speaker){ claim.own, MEMBER_BELOW | number });
}

void index_builder_touch(struct index_builder *builder, struct str id)
{
    aliases_touch(builder->aliases, id);
}

void index_builder_add_kev(struct index_builder *builder, const struct kev_entry *entry)
{
    struct kev_entry kept = *entry;

    kept.cve = arena_str(builder->arena, entry->cve);
    OWN_PUSH(&builder->kev, kept);
}

void index_builder_add_epss(struct index_builder *builder, const struct epss_entry *entry)
{
    struct epss_entry kept = *entry;

    kept.cve = arena_str(builder->arena, entry->cve);
    OWN_PUSH(&builder->epss, kept);
}

/* ---- shared by the parts ---- */

void build_slots(size_t count, uint64_t (*hash)(const void *of, uint32_t row), const void *of,
                 struct section *out)
{
    size_t slots = 2;
    uint32_t *at;

    while (slots < count + count / 2)
        slots *= 2;
    OWN_ROOM(out, slots);
    out->len = slots;
    at = out->at;
    for (uint32_t row = 0; row < count; row++) {
        uint64_t h = hash(of, row);
        size_t i = (size_t)h & (slots - 1);

        while (at[i] != 0)
            i = (i + 1) & (slots - 1);
        at[i] = (uint32_t)(h >> 56) << 24 | (row + 1);
    }
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
    int order;

    if (a->scheme != b->scheme)
        return a->scheme < b->scheme ? -1 : 1;
    order = a->key.len > 0 && b->key.len > 0
                ? str_cmp(a->key, b->key)
                : version_compare(a->scheme, pool_at(&builder->texts, a->text),
                                  pool_at(&builder->texts, b->text));
    if (order != 0 || a->text == b->text)
        return order;
    return str_cmp(pool_at(&builder->texts, a->text), pool_at(&builder->texts, b->text));
}

void build_note_bound(struct index_builder *builder, struct built_bounds *bounds, uint32_t text,
                      enum version_scheme scheme, uint32_t *place)
{
    unsigned char key[VERSION_KEY_MAX];
    struct str bytes = { (const char *)key, 0 };

    if (text == 0)
        return;
    bytes.len = version_key(scheme, pool_at(&builder->texts, text), key);
    VEC_PUSH(builder->scratch, bounds,
             (struct built_bound){ text, scheme, arena_str(builder->scratch, bytes), place });
}

void build_bounds(struct index_builder *builder, struct built_bounds *bounds, struct section *out)
{
    uint32_t place = 0;

    if (bounds->len > 1)
        qsort_r(bounds->at, bounds->len, sizeof *bounds->at, compare_bounds, builder);
    for (size_t i = 0; i < bounds->len; i++) {
        const struct built_bound *bound = &bounds->at[i];

        if (i == 0 || bound[-1].text != bound->text || bound[-1].scheme != bound->scheme) {
            SECTION_PUT(out, bound->text, pool_add(&builder->keys, bound->key),
                        (uint32_t)bound->scheme);
            place++;
        }
        *bound->place = place;
    }
}

/* ---- the file ---- */

struct layout {
    unsigned char head[INDEX_HEAD + INDEX_SECTIONS * INDEX_TABLE_ROW];
    struct str
        parts[INDEX_SECTIONS]; /* that of SECTION_DETAILS without what the file has already */
    uint64_t places[INDEX_SECTIONS], size;
    struct built_sections sections;
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

static uint64_t place_section(struct layout *layout, enum index_section section, uint64_t at,
                              uint64_t length, struct hash hash)
{
    unsigned char *row = layout->head + INDEX_HEAD + (size_t)section * INDEX_TABLE_ROW;

    if (length > 0)
        at = (at + INDEX_ALIGN - 1) / INDEX_ALIGN * INDEX_ALIGN;
    layout->places[section] = at;
    put64(row, at);
    put64(row + 8, length);
    memcpy(row + 16, hash.bytes, SEAL_HASH_BYTES);
    return at + length;
}

static void write_head(struct layout *layout, const struct index_builder *builder, struct utc built)
{
    unsigned char *at = layout->head;
    struct hash identity;

    memcpy(at, INDEX_MAGIC, 8);
    put32(at + 8, INDEX_VERSION);
    put32(at + 12, INDEX_SECTIONS);
    put64(at + 16, layout->size);
    put64(at + 24, (uint64_t)built.ms);
    at += 32;
    for (size_t i = 0; i < INDEX_COVER; i++, at += 8)
        put64(at, (uint64_t)builder->cover.at[i]);
    if (builder->below)
        memcpy(at, builder->below->layers[builder->below->count - 1].identity.bytes,
               SEAL_HASH_BYTES);
    identity = layer_identity(layout->head);
    memcpy(at + SEAL_HASH_BYTES, identity.bytes, SEAL_HASH_BYTES);
}

/* Sorts what was gathered into sections; the builder can only be freed after that. */
static bool lay_out(struct index_builder *builder, struct utc built, struct layout *layout,
                    struct err *err)
{
    struct details *details = &builder->details;
    struct hash_stream hash = *details->hash;
    uint64_t at;

    build_names(builder, &layout->sections);
    build_packages(builder, &layout->sections);
    build_groups(builder, &layout->sections);
    build_sources(builder, &layout->sections);
    if (builder->texts.is_full || builder->keys.is_full)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    for (size_t i = 0; i < INDEX_SECTIONS; i++)
        layout->parts[i] = bytes_of(&layout->sections.at[i]);
    layout->parts[SECTION_TEXTS] = pool_bytes(&builder->texts);
    layout->parts[SECTION_KEYS] = pool_bytes(&builder->keys);
    layout->parts[SECTION_DETAILS] = details_kept(details);
    hash_add_bytes(&hash, layout->parts[SECTION_DETAILS]);
    at = place_section(layout, SECTION_DETAILS, DETAILS_AT,
                       details->written + layout->parts[SECTION_DETAILS].len, hash_end(&hash));
    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        if (i != SECTION_DETAILS)
            at = place_section(layout, (enum index_section)i, at, layout->parts[i].len,
                               hash_of(layout->parts[i]));
    }
    layout->places[SECTION_DETAILS] += details->written;
    layout->size = at;
    write_head(layout, builder, built);
    return true;
}

static void layout_done(struct layout *layout)
{
    for (size_t i = 0; i < INDEX_SECTIONS; i++)
        OWN_DONE(&layout->sections.at[i]);
}

bool index_builder_bytes(struct index_builder *builder, struct utc built, struct arena *arena,
                         struct str *out, struct err *err)
{
    CLEANUP(layout_done) struct layout layout = { 0 };
    char *bytes;

    if (!lay_out(builder, built, &layout, err))
        return PASS(err);
    bytes = arena_alloc(arena, (size_t)layout.size);
    memcpy(bytes, layout.head, sizeof layout.head);
    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        if (layout.parts[i].len > 0)
            memcpy(bytes + layout.places[i], layout.parts[i].ptr, layout.parts[i].len);
    }
    *out = (struct str){ bytes, (size_t)layout.size };
    return true;
}

bool index_builder_spill(struct index_builder *builder, const char *path, struct err *err)
{
    builder->path = arena_z(builder->arena, str_from_z(path));
    builder->temporary =
        arena_printf(builder->arena, "%s.new-%ld", builder->path, (long)getpid()).ptr;
    (void)unlink(builder->temporary); /* of a process of the same number that was killed */
    builder->details.fd =
        open(builder->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (builder->details.fd < 0)
        return FAIL_IO(err, str_from_z(path));
    return true;
}

static bool write_layout(struct index_builder *builder, const struct layout *layout,
                         struct err *err)
{
    struct str head = { (const char *)layout->head, sizeof layout->head };
    int fd = builder->details.fd;

    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        if (!write_at(fd, layout->parts[i], layout->places[i], builder->path, err))
            return PASS(err);
    }
    if (!write_at(fd, head, 0, builder->path, err))
        return PASS(err);
    if (ftruncate(fd, (off_t)layout->size) != 0 || fsync(fd) != 0)
        return FAIL_IO(err, str_from_z(builder->path));
    return true;
}

bool index_builder_write(struct index_builder *builder, const char *path, struct utc built,
                         struct err *err)
{
    CLEANUP(layout_done) struct layout layout = { 0 };
    struct manifest manifest = { 0 };
    char name[PATH_MAX];

    if ((builder->details.fd < 0 && !index_builder_spill(builder, path, err)) ||
        !flush_details(builder, err) || !lay_out(builder, built, &layout, err) ||
        !write_layout(builder, &layout, err))
        return PASS(err);
    for (size_t i = 0; builder->below && i < builder->below->count; i++)
        manifest.layers[manifest.count++] = builder->below->layers[i].identity;
    manifest.layers[manifest.count++] = layer_identity(layout.head);
    if (!manifest_layer_path(path, manifest.layers[manifest.count - 1], name, err))
        return PASS(err);
    if (rename(builder->temporary, name) != 0)
        return FAIL_IO(err, str_from_z(path));
    close(builder->details.fd);
    builder->details.fd = -1;
    return manifest_write(path, &manifest, err) ? true : PASS(err);
}
