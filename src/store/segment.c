#include "store/segment.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/vec.h"

/*
 * The file, numbers little-endian:
 *   head     magic (8), version u32, entries u32, place of the table u64, size of the file u64, BLAKE2b-256 of all after the head
 *   bytes    of the entries, one after another
 *   table    sorted by path: five times (place u64, length u64) for path, type, etag, body, gzip; modified i64; flags u64
 */
enum {
    HEAD = 64,
    ROW = 96,
    PARTS = 5,
    VERSION = 1,
    AT_HASH = 32,
    FLAG_GONE = 1,
    GZIP_FROM = 200,
    WRITER_MEMORY = 1 << 30
};

static const char magic[8] = "NRSHSEG\n";

static uint64_t get64(const char *at)
{
    uint64_t n;

    memcpy(&n, at, sizeof n);
    return le64toh(n);
}

static uint32_t get32(const char *at)
{
    uint32_t n;

    memcpy(&n, at, sizeof n);
    return le32toh(n);
}

static void put64(char *at, uint64_t n)
{
    n = htole64(n);
    memcpy(at, &n, sizeof n);
}

static void put32(char *at, uint32_t n)
{
    n = htole32(n);
    memcpy(at, &n, sizeof n);
}

static void name_of(struct hash hash, struct segment_name *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < 16; i++) {
        out->z[2 * i] = digits[hash.bytes[i] >> 4];
        out->z[2 * i + 1] = digits[hash.bytes[i] & 15];
    }
    memcpy(out->z + 32, ".seg", sizeof ".seg");
    out->hash = hash;
}

/* ---- reading ---- */

struct segment {
    struct str bytes;
    const char *table;
    size_t count;
    struct segment_name name;
    bool is_mapped;
    atomic_uint holders;
};

static struct str part(const struct segment *segment, size_t row, size_t number)
{
    const char *at = segment->table + row * ROW + number * 16;

    return (struct str){ segment->bytes.ptr + get64(at), (size_t)get64(at + 8) };
}

static bool row_is_sound(const struct segment *segment, size_t row, size_t table_at)
{
    for (size_t i = 0; i < PARTS; i++) {
        const char *at = segment->table + row * ROW + i * 16;
        uint64_t place = get64(at), length = get64(at + 8);

        if (place < HEAD || place > table_at || length > table_at - place)
            return false;
    }
    if (part(segment, row, 0).len == 0 || part(segment, row, 0).len > SEGMENT_PATH_MAX)
        return false;
    return row == 0 || str_cmp(part(segment, row - 1, 0), part(segment, row, 0)) < 0;
}

/* Everything a look-up relies on. */
static bool is_sound(struct segment *segment)
{
    struct str bytes = segment->bytes;
    uint64_t table_at;

    if (bytes.len < HEAD || memcmp(bytes.ptr, magic, sizeof magic) != 0 ||
        get32(bytes.ptr + 8) != VERSION)
        return false;
    segment->count = get32(bytes.ptr + 12);
    table_at = get64(bytes.ptr + 16);
    if (get64(bytes.ptr + 24) != bytes.len || segment->count > SEGMENT_ENTRIES_MAX ||
        table_at < HEAD || table_at > bytes.len || bytes.len - table_at != segment->count * ROW)
        return false;
    segment->table = bytes.ptr + table_at;
    for (size_t i = 0; i < segment->count; i++) {
        if (!row_is_sound(segment, i, (size_t)table_at))
            return false;
    }
    return true;
}

static struct segment *segment_of(struct str bytes)
{
    struct segment *segment = calloc(1, sizeof *segment);

    if (!segment)
        return NULL;
    segment->bytes = bytes;
    atomic_init(&segment->holders, 1);
    return segment;
}

bool segment_read(struct str bytes, struct segment **out, struct err *err)
{
    CLEANUP(segment_close_var) struct segment *segment = segment_of(bytes);
    struct hash hash;

    if (!segment)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    if (!is_sound(segment))
        return FAIL(err, SEGMENT, STR("its table"));
    hash = hash_of(str_drop(bytes, HEAD));
    if (memcmp(hash.bytes, bytes.ptr + AT_HASH, SEAL_HASH_BYTES) != 0)
        return FAIL(err, SEGMENT, STR("its hash"));
    name_of(hash, &segment->name);
    *out = TAKE(segment);
    return true;
}

/* The whole file, mapped. */
static bool map_file(const char *path, struct str *out, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat stat;
    void *at = MAP_FAILED;

    if (fd < 0)
        return FAIL_IO(err, str_from_z(path));
    if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_size >= HEAD)
        at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return FAIL(err, IO, str_from_z(path));
    *out = (struct str){ at, (size_t)stat.st_size };
    return true;
}

bool segment_open(const char *folder, const struct segment_name *name, struct segment **out,
                  struct err *err)
{
    CLEANUP(segment_close_var) struct segment *segment = NULL;
    struct str bytes;
    char path[PATH_MAX];

    if (snprintf(path, sizeof path, "%s/%s", folder, name->z) >= (int)sizeof path)
        return FAIL(err, TOO_LARGE, str_from_z(folder));
    if (!map_file(path, &bytes, err))
        return PASS(err);
    if (!segment_read(bytes, &segment, err)) {
        munmap((void *)bytes.ptr, bytes.len);
        return PASS(err);
    }
    segment->is_mapped = true;
    if (!hash_eq(segment->name.hash, name->hash))
        return FAIL(err, SEGMENT, str_from_z(name->z));
    *out = TAKE(segment);
    return true;
}

struct segment *segment_hold(struct segment *segment)
{
    atomic_fetch_add(&segment->holders, 1);
    return segment;
}

void segment_close(struct segment *segment)
{
    if (!segment || atomic_fetch_sub(&segment->holders, 1) != 1)
        return;
    if (segment->is_mapped)
        munmap((void *)segment->bytes.ptr, segment->bytes.len);
    free(segment);
}

size_t segment_count(const struct segment *segment) { return segment->count; }

const struct segment_name *segment_name_of(const struct segment *segment) { return &segment->name; }

struct segment_entry segment_at(const struct segment *segment, size_t index)
{
    const char *row = segment->table + index * ROW;

    return (struct segment_entry){
        .path = part(segment, index, 0),
        .type = part(segment, index, 1),
        .etag = part(segment, index, 2),
        .body = part(segment, index, 3),
        .gzip = part(segment, index, 4),
        .modified = { (int64_t)get64(row + 80) },
        .is_gone = (get64(row + 88) & FLAG_GONE) != 0,
    };
}

bool segment_find(const struct segment *segment, struct str path, struct segment_entry *out)
{
    size_t low = 0, high = segment->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(path, part(segment, middle, 0));

        if (order == 0) {
            *out = segment_at(segment, middle);
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* ---- writing ---- */

struct row {
    struct str path;
    char bytes[ROW];
};

struct segment_writer {
    char folder[PATH_MAX], temporary[PATH_MAX + 32];
    int fd;
    uint64_t at;
    struct arena *arena;
    struct {
        VEC_OF(struct row);
    } rows;
};

bool segment_writer_new(const char *folder, struct segment_writer **out, struct err *err)
{
    CLEANUP(segment_writer_free_var) struct segment_writer *writer = calloc(1, sizeof *writer);

    if (!writer)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    writer->fd = -1;
    if (snprintf(writer->folder, sizeof writer->folder, "%s", folder) >= (int)sizeof writer->folder)
        return FAIL(err, TOO_LARGE, str_from_z(folder));
    snprintf(writer->temporary, sizeof writer->temporary, "%s/segment.new-XXXXXX", folder);
    writer->fd = fs_open_new(writer->temporary, 0644);
    if (writer->fd < 0)
        return FAIL_IO(err, str_from_z(folder));
    writer->arena = arena_new(WRITER_MEMORY);
    writer->at = HEAD;
    *out = TAKE(writer);
    return true;
}

void segment_writer_free(struct segment_writer *writer)
{
    if (!writer)
        return;
    if (writer->fd >= 0) {
        close(writer->fd);
        unlink(writer->temporary);
    }
    arena_free(writer->arena);
    free(writer);
}

static bool write_at(struct segment_writer *writer, struct str bytes, uint64_t at, struct err *err)
{
    while (bytes.len > 0) {
        ssize_t n = pwrite(writer->fd, bytes.ptr, bytes.len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FAIL_IO(err, str_from_z(writer->folder));
        at += (uint64_t)n;
        bytes = str_drop(bytes, (size_t)n);
    }
    return true;
}

/* The next bytes of the file, with their place in the row. */
static bool write_part(struct segment_writer *writer, struct row *row, size_t number,
                       struct str bytes, struct err *err)
{
    put64(row->bytes + number * 16, writer->at);
    put64(row->bytes + number * 16 + 8, bytes.len);
    if (!write_at(writer, bytes, writer->at, err))
        return PASS(err);
    writer->at += bytes.len;
    return true;
}

static bool is_worth_packing(const struct segment_entry *entry)
{
    static const char *const kinds[] = { "text/", "application/json", "application/xml",
                                         "application/rdf+xml" };

    if (entry->body.len < GZIP_FROM || entry->body.len > UINT_MAX / 2)
        return false;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_starts(entry->type, str_from_z(kinds[i])))
            return true;
    }
    return false;
}

/* The same bytes give the same packing: no time, no name in the head. Empty when it would not be smaller. */
static struct str pack(struct str body, struct arena *arena)
{
    z_stream stream = { 0 };
    size_t room = body.len - 32;
    unsigned char *to = arena_alloc(arena, room);
    bool is_done;

    if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return STR_NONE;
    stream.next_in = (unsigned char *)body.ptr;
    stream.avail_in = (unsigned)body.len;
    stream.next_out = to;
    stream.avail_out = (unsigned)room;
    is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&stream);
    return is_done ? (struct str){ (const char *)to, stream.total_out } : STR_NONE;
}

static struct str etag_of(struct str body, struct arena *arena)
{
    return arena_printf(arena, "\"%.32s\"", hash_hex(hash_of(body), arena).ptr);
}

bool segment_writer_add(struct segment_writer *writer, const struct segment_entry *entry,
                        struct err *err)
{
    CLEANUP(arena_free_var) struct arena *scratch = arena_new(WRITER_MEMORY);
    struct str etag = entry->etag.len ? entry->etag : etag_of(entry->body, scratch);
    struct str gzip =
        entry->gzip.len || !is_worth_packing(entry) ? entry->gzip : pack(entry->body, scratch);
    struct row row = { .path = entry->path };

    if (entry->path.len == 0 || entry->path.len > SEGMENT_PATH_MAX ||
        writer->rows.len >= SEGMENT_ENTRIES_MAX)
        return FAIL(err, TOO_LARGE, entry->path);
    if (!write_part(writer, &row, 0, entry->path, err) ||
        !write_part(writer, &row, 1, entry->type, err) || !write_part(writer, &row, 2, etag, err) ||
        !write_part(writer, &row, 3, entry->body, err) || !write_part(writer, &row, 4, gzip, err))
        return PASS(err);
    put64(row.bytes + 80, (uint64_t)entry->modified.ms);
    put64(row.bytes + 88, entry->is_gone ? FLAG_GONE : 0);
    row.path = arena_str(writer->arena, entry->path);
    VEC_PUSH(writer->arena, &writer->rows, row);
    return true;
}

static int by_path(const void *a, const void *b)
{
    return str_cmp(((const struct row *)a)->path, ((const struct row *)b)->path);
}

static bool write_table(struct segment_writer *writer, struct err *err)
{
    if (writer->rows.len > 0)
        qsort(writer->rows.at, writer->rows.len, sizeof *writer->rows.at, by_path);
    for (size_t i = 0; i < writer->rows.len; i++) {
        if (i > 0 && str_eq(writer->rows.at[i - 1].path, writer->rows.at[i].path))
            return FAIL(err, BUG, writer->rows.at[i].path);
        if (!write_at(writer, (struct str){ writer->rows.at[i].bytes, ROW }, writer->at + i * ROW,
                      err))
            return PASS(err);
    }
    return true;
}

static bool write_head(struct segment_writer *writer, struct segment_name *out, struct err *err)
{
    uint64_t size = writer->at + writer->rows.len * ROW;
    char head[HEAD] = { 0 };
    struct hash hash;
    void *all;

    memcpy(head, magic, sizeof magic);
    put32(head + 8, VERSION);
    put32(head + 12, (uint32_t)writer->rows.len);
    put64(head + 16, writer->at);
    put64(head + 24, size);
    if (!write_at(writer, (struct str){ head, HEAD }, 0, err))
        return PASS(err);
    all = mmap(NULL, size, PROT_READ, MAP_SHARED, writer->fd, 0);
    if (all == MAP_FAILED)
        return FAIL_IO(err, str_from_z(writer->folder));
    hash = hash_of(str_drop((struct str){ all, size }, HEAD));
    munmap(all, size);
    name_of(hash, out);
    return write_at(writer, hash_str(&hash), AT_HASH, err) ? true : PASS(err);
}

bool segment_writer_end(struct segment_writer *writer, struct segment_name *out, struct err *err)
{
    char path[PATH_MAX + 64];
    bool is_done;

    if (!write_table(writer, err) || !write_head(writer, out, err))
        return PASS(err);
    snprintf(path, sizeof path, "%s/%s", writer->folder, out->z);
    is_done = fsync(writer->fd) == 0 && rename(writer->temporary, path) == 0;
    if (!is_done)
        return FAIL_IO(err, str_from_z(path));
    close(writer->fd);
    writer->fd = -1;
    return fs_sync_folder(writer->folder, err) ? true : PASS(err);
}
