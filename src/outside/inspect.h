/* outside/inspect.h: what a file that a stranger sent seems to be. Pure: bytes in, values out; runs in the parse process. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum file_kind {
    FILE_UNKNOWN,
    FILE_EMPTY,
    FILE_TEXT,
    FILE_HTML,
    FILE_SVG,
    FILE_XML,
    FILE_PNG,
    FILE_JPEG,
    FILE_GIF,
    FILE_WEBP,
    FILE_PDF,
    FILE_ZIP,
    FILE_OFFICE,
    FILE_OLE,
    FILE_GZIP,
    FILE_BZIP2,
    FILE_XZ,
    FILE_ZSTD,
    FILE_7Z,
    FILE_RAR,
    FILE_TAR,
    FILE_MP4,
    FILE_PCAP,
    FILE_ELF,
    FILE_PE,
    FILE_MACH_O,
    FILE_JAVA_CLASS,
    FILE_SCRIPT,
    FILE_KINDS
};

/* Why a file is held back until an officer releases it. Rule: C16, C42, INT-19 */
enum held_reason {
    HELD_METADATA = 1 << 0,   /* may name a person or a machine: EXIF, XMP, document properties */
    HELD_MISMATCH = 1 << 1,   /* the name says something else than the bytes */
    HELD_ARCHIVE = 1 << 2,    /* holds further files nobody has looked at */
    HELD_EXECUTABLE = 1 << 3, /* a program, or a page or document that can run one */
    HELD_NAME = 1 << 4,       /* control or direction characters, or a hidden ending */
    HELD_UNKNOWN = 1 << 5,    /* we cannot tell what it is */
    HELD_REASONS = 6
};

enum verdict { VERDICT_CLEAN_TEXT, VERDICT_HELD, VERDICT_CLEAN_MEDIA };

struct inspection {
    enum file_kind kind;
    enum verdict verdict; /* CLEAN_MEDIA: an image without metadata */
    unsigned reasons;     /* enum held_reason, or-ed; 0 unless HELD */
    struct str
        safe_name; /* the name's last part without what deceives; never empty; in the arena */
};

/* Looks at the bytes themselves; declared_name is what the sender called it. Cannot fail: what it cannot tell is held. */
void inspect_file(struct str bytes, struct str declared_name, struct arena *arena,
                  struct inspection *out);

const char *file_kind_name(enum file_kind kind);       /* "png" */
const char *held_reason_name(enum held_reason reason); /* "metadata"; of one bit */
const char *verdict_name(enum verdict verdict);        /* "clean-text" */
