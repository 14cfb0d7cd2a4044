/* formats/archive/archive.h: the files in what a stream is packed in: gzip, zstd or xz, around or inside a tar or zip, recognised by their first bytes. All
 * streams: nothing is held whole, and what swells beyond its limits is refused. Pure: bytes are pulled from a function. */
#pragma once
#include <sys/types.h>

#include "base/attr.h"
#include "base/str.h"

struct err;
struct archive;

/* Up to size bytes; 0 at the end, -1 with *err set. */
typedef ssize_t archive_source(void *context, char *at, size_t size, struct err *err);

struct archive_limits {
    uint64_t bytes; /* unpacked, of all files */
    uint64_t ratio; /* unpacked bytes for each packed one; counts beyond ARCHIVE_FREE */
    uint64_t files;
};
enum { ARCHIVE_FREE = 64 << 20, ARCHIVE_LAYERS_MAX = 3, ARCHIVE_NAME_MAX = 255 };

/* NULL when the machine has no memory left. */
struct archive *archive_new(archive_source *source, void *context,
                            const struct archive_limits *limits);
void archive_free(struct archive *archive);
DEFINE_CLEANUP(struct archive, archive_free)

/**
 * The next file; what was not read of the one before is passed over. Folders, links and devices are none.
 *
 * name   its path in the archive, made plain; empty when the stream is one file. Borrowed until the next call
 * Gives 1, 0 at the end, -1 with ERR_ARCHIVE (damaged, encrypted, of a kind we do not unpack), ERR_TOO_LARGE (a limit) or the source's error.
 */
int archive_next(struct archive *archive, struct str *name, struct err *err);
/* Up to size bytes of the present file; 0 at its end, -1 as above. */
ssize_t archive_read(struct archive *archive, char *at, size_t size, struct err *err);
/* After ERR_ARCHIVE: only the present file is damaged, in its own packing; archive_next passes over it. */
bool archive_has_more(const struct archive *archive);
/* Before the first file: the whole stream is to be one, only unpacked, whatever it holds. Errors as above */
MUST_CHECK bool archive_unpack(struct archive *archive, struct err *err);
/* By its first bytes, 6 of them: packed, so that archive_unpack changes something. */
bool archive_is_packed(struct str head);
/* By its first bytes, 512 of them: an archive of files, or packed. */
bool archive_is_one(struct str head);
/* Bytes taken from the source so far. */
uint64_t archive_used(const struct archive *archive);

/* ---- for bundles of our own: a tar of small files ---- */

enum { TAR_BLOCK = 512 };
/* The block before a file of that size; behind it come its bytes, filled up to a whole block with zeros. name: at most 99 bytes */
void tar_write_header(struct str name, uint64_t size, char block[TAR_BLOCK]);
