/* domain/casework/files.h: what people attach. A file lies in STATE/desk/files, sealed in pieces under a key of its own; that key is wrapped
 * under the case's (before there is a case: under the drafts'), so that deleting the case's key deletes its files. Nothing here ever
 * opens what is in a file: it goes out as a download, as it came (C16). A file of a thread is seen by whoever reads the thread. What came
 * from the finder goes further when a person lets it: the receiving body to the coordinating body, that to the developers who have the
 * detail (C42). */
#pragma once
#include "domain/casework/talk.h"
#include "domain/casework/visibility.h"

enum {
    CASE_FILE_PIECE = 1 << 20,
    CASE_FILE_NAME_MAX = 255,
    CASE_FILES_MAX = 200,     /* of one case */
    CASE_FILE_DRAFT_DAYS = 7, /* then a file whose report never came is deleted */
};
#define CASE_FILE_PENDING_MAX (INT64_C(4) << 30) /* bytes of all files without a case */

/* Where the files lie, and how large they may be. */
struct cabinet {
    const struct vault *vault;
    const char *folder;           /* the state folder */
    int64_t max_bytes, max_files; /* of one file; of one report or message */
};

enum case_file_state { FILE_PART, FILE_HELD, FILE_RELEASED, FILE_SHARED };

struct case_file {
    int64_t id, case_id, seq, size, participant_id; /* participant_id: of a developer's thread */
    struct str public_id, name, kind,
        verdict; /* kind, verdict: what the look at it found; empty: not looked at yet */
    enum thread thread;
    char info_class;
    enum case_file_state state;
    struct utc created_at;
    struct seal_key key;
};
struct case_files {
    VEC_OF(struct case_file);
};

/* A piece of a file that arrives before its report. All pieces but the last have CASE_FILE_PIECE bytes. */
struct case_file_piece {
    struct str draft; /* the token its report travels under */
    struct str id;    /* of the file; empty for the first piece */
    struct str name;  /* with the first piece */
    struct str bytes;
    int64_t index;
    bool is_last;
};
/* Keeps it; *id is the file's. When the last piece is there, the file is on the disk for good before the caller commits.
 * ERR_TOO_LARGE, ERR_INPUT (too many files, a name or piece that cannot be), ERR_UNAVAILABLE (too much lies here already) */
MUST_CHECK bool case_file_keep_piece(const struct cabinet *cabinet, struct tx *write,
                                     const struct case_file_piece *piece, struct utc now,
                                     struct arena *arena, struct str *id, struct err *err);

/* The whole files of a draft join its case, with an entry each. */
MUST_CHECK bool case_files_adopt(const struct vault *vault, struct tx *write,
                                 struct hash draft_hash, struct product_case *c, int64_t seq,
                                 struct arena *arena, int64_t *count, struct err *err);
MUST_CHECK bool case_files_count(struct tx *tx, struct str receipt, int64_t *count,
                                 struct err *err);

/* A file from somebody who is in the case, for a thread he may write to; participant: of THREAD_PARTICIPANT, else NULL. Whoever reads the
 * thread sees it. ERR_ABSENT, ERR_NOT_YOUR_MOVE, ERR_INPUT, ERR_TOO_LARGE. */
MUST_CHECK bool case_file_attach(const struct cabinet *cabinet, struct tx *write,
                                 const struct subject *who, struct product_case *c,
                                 enum thread thread, const struct developer *participant,
                                 struct str name, struct str bytes, struct utc now,
                                 struct arena *arena, struct str *id, struct err *err);

/* Those this subject may see by its grant. Rule: C16 C42 GEN-05 */
MUST_CHECK bool case_files_list(struct tx *tx, const struct subject *who,
                                const struct product_case *c, const struct grant *grant,
                                struct arena *arena, struct case_files *out, struct err *err);
/* The case a file belongs to; ERR_ABSENT. Whether it may be seen is then case_file_pick's question. */
MUST_CHECK bool case_file_case(struct tx *tx, struct str public_id, struct arena *arena,
                               struct str *case_public_id, struct err *err);
MUST_CHECK bool case_file_pick(struct tx *tx, const struct subject *who,
                               const struct product_case *c, const struct grant *grant,
                               struct str public_id, struct arena *arena, struct case_file *out,
                               struct err *err);
/* Its bytes; all pieces are there and in order, or ERR_SEAL_BROKEN. ERR_IO */
MUST_CHECK bool case_file_read(const struct cabinet *cabinet, const struct case_file *file,
                               struct arena *arena, struct str *out, struct err *err);

/* Name and bytes of a whole file of a draft, for the look at it. */
MUST_CHECK bool case_file_read_draft(const struct cabinet *cabinet, struct tx *tx,
                                     struct str public_id, struct str draft, struct arena *arena,
                                     struct str *name, struct str *bytes, struct err *err);
/* What the look at it found: names of outside/inspect. */
MUST_CHECK bool case_file_judge(struct tx *write, struct str public_id, struct str kind,
                                struct str verdict, struct err *err);

/* True when this subject can let it go one step further. */
bool case_file_may_release(const struct subject *who, const struct case_file *file);
/* RB lets CB see it, CB lets the developers who have the detail see it. ERR_NOT_YOUR_MOVE, ERR_CHANGED_MEANWHILE. Rule: C42 */
MUST_CHECK bool case_file_release(struct tx *write, const struct subject *who,
                                  struct product_case *c, const struct case_file *file,
                                  struct utc now, struct arena *arena, struct err *err);

/* Deletes files whose report never came; at most a hundred at once. */
MUST_CHECK bool case_files_purge(const struct cabinet *cabinet, struct tx *write, struct utc now,
                                 struct arena *arena, struct err *err);
