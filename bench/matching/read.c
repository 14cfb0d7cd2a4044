#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "domain/catalog/from.h"
#include "formats/archive/archive.h"
#include "formats/json/json_split.h"
#include "formats/kev/kev.h"

static ssize_t read_file(void *context, char *at, size_t size, struct err *err)
{
    (void)err;
    return read(*(int *)context, at, size);
}

static ssize_t read_packed(void *context, char *at, size_t size, struct err *err)
{
    return archive_read(context, at, size, err);
}

static catalog_from *from_of(const char *format)
{
    return strcmp(format, "nvd") == 0   ? catalog_from_nvd
           : strcmp(format, "cve") == 0 ? catalog_from_cve
                                        : catalog_from_osv;
}

void bench_read(const char *format, const char *path, bench_take *take, void *of)
{
    struct archive_limits limits = { UINT64_C(1) << 36, 10000, 1 << 20 };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(BENCH_ARENA);
    CLEANUP(json_reader_free_var) struct json_reader *reader = json_reader_new();
    CLEANUP(archive_free_var) struct archive *archive = NULL;
    CLEANUP(json_split_free_var) struct json_split *split = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct json_piece piece;
    struct err err = { 0 };
    struct str name;
    size_t refused = 0;

    archive = archive_new(read_file, &fd, &limits);
    if (fd < 0 || archive_next(archive, &name, &err) != 1)
        bench_fail(path, &err);
    split = json_split_new(read_packed, archive, STR("vulnerabilities"), CATALOG_RECORD_MAX);
    while (json_split_next(split, &piece, &err) == 1) {
        struct err wrong = { 0 };
        struct catalog_record record;
        struct json json;

        arena_reset(arena);
        if (!piece.fault && json_reader_read(reader, piece.text, piece.len, &json, &wrong) &&
            from_of(format)(json, arena, &record, &wrong))
            take(of, &record);
        else
            refused++;
    }
    close(fd);
    if (err.code)
        bench_fail(path, &err);
    if (refused > 0)
        fprintf(stderr, "%s: %zu records refused\n", path, refused);
}
