#include "domain/casework/files.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/record.h"
#include "domain/casework/files.sql.h"
#include "store/store.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *const state_names[] = { "PART", "HELD", "RELEASED", "SHARED" };

/* ---- on the disk ---- */

static const char *folder_of(const struct cabinet *cabinet, struct str id, struct arena *arena)
{
    return arena_z(arena, arena_printf(arena, "%s/desk/files/%.2s", cabinet->folder, id.ptr));
}

static const char *path_of(const struct cabinet *cabinet, struct str id, struct arena *arena)
{
    return arena_z(arena, arena_printf(arena, "%s/desk/files/%.2s/%.*s", cabinet->folder, id.ptr,
                                       STR_ARG(id)));
}

/* Number and end are sealed in: pieces cannot be swapped, and a cut file does not open. */
static struct str about_piece(struct str id, int64_t index, bool is_last, struct arena *arena)
{
    return arena_printf(arena, "file %.*s piece %lld%s", STR_ARG(id), (long long)index,
                        is_last ? " last" : "");
}

static bool write_all(int fd, struct str bytes, off_t at)
{
    while (bytes.len > 0) {
        ssize_t n = pwrite(fd, bytes.ptr, bytes.len, at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = str_drop(bytes, (size_t)n);
        at += n;
    }
    return true;
}

static bool keep_on_disk(const struct cabinet *cabinet, struct str id, const struct seal_key *key,
                         int64_t index, bool is_last, struct str bytes, struct arena *arena,
                         struct err *err)
{
    CLEANUP(arena_free_var) struct arena *own = arena_new(8 << 20);
    struct str sealed = seal_text(key, about_piece(id, index, is_last, own), bytes, own);
    const char *folder = folder_of(cabinet, id, arena);
    off_t at = (off_t)(index * (CASE_FILE_PIECE + SEAL_OVERHEAD));
    bool ok;
    int fd;

    if (index == 0 && !fs_make_folder(folder, 0700, err))
        return PASS(err);
    fd = open(path_of(cabinet, id, arena),
              O_WRONLY | O_CLOEXEC | O_NOFOLLOW | (index == 0 ? O_CREAT | O_EXCL : 0), 0600);
    if (fd < 0)
        return FAIL(err, IO, STR("files"));
    ok = write_all(fd, sealed, at) && (!is_last || fsync(fd) == 0);
    ok = close(fd) == 0 && ok;
    if (!ok)
        return FAIL(err, IO, STR("files"));
    return !is_last || fs_sync_folder(folder, err) ? true : PASS(err);
}

static bool read_bytes(const struct cabinet *cabinet, struct str id, const struct seal_key *key,
                       int64_t size, struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *own = arena_new((size_t)size * 3 + (16 << 20));
    int64_t pieces = (size + CASE_FILE_PIECE - 1) / CASE_FILE_PIECE;
    char *whole = arena_alloc(arena, (size_t)size + 1);
    size_t len = 0;
    struct str sealed, plain;

    if (!fs_read_whole(path_of(cabinet, id, own), (size_t)(size + pieces * SEAL_OVERHEAD), own,
                       &sealed, err))
        return PASS(err);
    for (int64_t i = 0; i < pieces; i++) {
        struct str piece = str_take(sealed, CASE_FILE_PIECE + SEAL_OVERHEAD);

        if (!seal_open(key, about_piece(id, i, i == pieces - 1, own), piece, own, &plain, err))
            return PASS(err);
        if (plain.len > (size_t)size - len)
            return FAIL(err, SEAL_BROKEN, STR("a file"));
        memcpy(whole + len, plain.ptr, plain.len);
        len += plain.len;
        sealed = str_drop(sealed, piece.len);
    }
    *out = (struct str){ whole, len };
    return len == (size_t)size ? true : FAIL(err, SEAL_BROKEN, STR("a file"));
}

/* ---- keys ---- */

static struct seal_key drafts_key(const struct vault *vault)
{
    return seal_derive(&vault->cases, STR("files of drafts"));
}

static struct str about_key(struct str id, struct arena *arena)
{
    return arena_printf(arena, "file %.*s key", STR_ARG(id));
}

static struct str about_name(struct str id, struct arena *arena)
{
    return arena_printf(arena, "file %.*s name", STR_ARG(id));
}

/* ---- arriving ---- */

/* The last part of a path, as some browsers send one; a name of nothing gets one. */
static bool clean_name(struct str name, struct str *out)
{
    struct str part;

    *out = STR("file");
    while (str_split(&name, '/', &part)) {
        struct str rest = part;

        while (rest.len > 0 && str_split(&rest, '\\', &part)) {
        }
        if (str_trim(part).len > 0)
            *out = str_trim(part);
    }
    return out->len <= CASE_FILE_NAME_MAX && str_is_utf8(*out) && str_is_plain(*out, false);
}

struct place {
    int64_t case_id; /* 0: of a draft */
    struct hash draft_hash;
    const struct seal_key *wrapping;
    enum thread thread;
    int64_t participant_id;
};

struct arriving {
    int64_t id, size;
    struct str public_id, name_sealed;
    struct seal_key key;
};

static bool begin_file(struct tx *tx, const struct place *place, struct str name, struct utc now,
                       struct arena *arena, struct arriving *out, struct err *err)
{
    struct arriving file = { .public_id = public_id_new(arena), .key = seal_key_new() };

    if (name.len == 0 || !clean_name(name, &name))
        return FAIL(err, INPUT, STR("file"));
    if (!store_insert(
            tx, &sql_case_file_add,
            BINDS(bind_text("public_id", file.public_id), bind_id("case_id", place->case_id),
                  place->case_id ? bind_null("draft_hash")
                                 : bind_blob("draft_hash", hash_str(&place->draft_hash)),
                  bind_text("thread", str_from_z(thread_names[place->thread])),
                  bind_id("participant_id", place->participant_id),
                  bind_text("info_class", STR("X")),
                  bind_blob("wrapped", seal_wrap(place->wrapping, about_key(file.public_id, arena),
                                                 &file.key, arena)),
                  bind_blob("name_sealed",
                            seal_text(&file.key, about_name(file.public_id, arena), name, arena)),
                  bind_utc("now", now)),
            &file.id, err))
        return PASS(err);
    *out = file;
    return true;
}

static bool grow_file(const struct cabinet *cabinet, struct tx *tx, const struct arriving *file,
                      int64_t index, bool is_last, struct str bytes, struct arena *arena,
                      struct err *err)
{
    int64_t size = file->size + (int64_t)bytes.len, changed;

    if (bytes.len == 0 || bytes.len > CASE_FILE_PIECE ||
        (!is_last && bytes.len != CASE_FILE_PIECE) || file->size != index * CASE_FILE_PIECE)
        return FAIL(err, INPUT, STR("file"));
    if (size > cabinet->max_bytes)
        return FAIL(err, TOO_LARGE, STR("file"));
    if (!store_exec(tx, &sql_case_file_grow,
                    BINDS(bind_int("size", size),
                          bind_text("state", is_last ? STR("HELD") : STR("PART")),
                          bind_int("id", file->id), bind_int("before", file->size)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, STR("file"));
    return keep_on_disk(cabinet, file->public_id, &file->key, index, is_last, bytes, arena, err)
               ? true
               : PASS(err);
}

static bool find_draft(struct tx *tx, const struct place *place, struct str public_id,
                       struct str state, struct arena *arena, struct arriving *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_case_file_of_draft,
                      BINDS(bind_text("public_id", public_id),
                            bind_blob("draft_hash", hash_str(&place->draft_hash)),
                            bind_text("state", state)),
                      arena, &rows, err) ||
        !rows_one(rows, STR("a file"), err))
        return PASS(err);
    *out = (struct arriving){ .id = row_int(rows, "id"),
                              .size = row_int(rows, "size"),
                              .public_id = row_text(rows, "public_id"),
                              .name_sealed = row_text(rows, "name_sealed") };
    return seal_unwrap(place->wrapping, about_key(out->public_id, arena), row_text(rows, "wrapped"),
                       &out->key, err)
               ? true
               : PASS(err);
}

/* What strangers can fill is bounded: files of one draft, and all drafts together. */
static bool has_room(const struct cabinet *cabinet, struct tx *tx, const struct place *place,
                     struct utc now, struct arena *arena, struct err *err)
{
    int64_t files, pending;

    if (!case_files_purge(cabinet, tx, now, arena, err) ||
        !store_number(tx, &sql_case_file_draft_count,
                      BINDS(bind_blob("draft_hash", hash_str(&place->draft_hash))), 0, &files,
                      err) ||
        !store_number(tx, &sql_case_file_pending_bytes, NO_BINDS, 0, &pending, err))
        return PASS(err);
    if (files >= cabinet->max_files)
        return FAIL(err, INPUT, STR("files"));
    return pending < CASE_FILE_PENDING_MAX ? true : FAIL(err, UNAVAILABLE, STR("room for files"));
}

bool case_file_keep_piece(const struct cabinet *cabinet, struct tx *tx,
                          const struct case_file_piece *piece, struct utc now, struct arena *arena,
                          struct str *id, struct err *err)
{
    struct seal_key wrapping = drafts_key(cabinet->vault);
    struct place place = { .draft_hash = hash_keyed(&cabinet->vault->lookups, piece->draft),
                           .wrapping = &wrapping,
                           .thread = THREAD_FINDER };
    struct arriving file;
    bool ok;

    if (piece->index == 0)
        ok = has_room(cabinet, tx, &place, now, arena, err) &&
             begin_file(tx, &place, piece->name, now, arena, &file, err);
    else
        ok = find_draft(tx, &place, piece->id, STR("PART"), arena, &file, err);
    if (!ok ||
        !grow_file(cabinet, tx, &file, piece->index, piece->is_last, piece->bytes, arena, err))
        return PASS(err);
    *id = file.public_id;
    seal_key_wipe(&file.key);
    seal_key_wipe(&wrapping);
    return true;
}

bool case_file_read_draft(const struct cabinet *cabinet, struct tx *tx, struct str public_id,
                          struct str draft, struct arena *arena, struct str *name,
                          struct str *bytes, struct err *err)
{
    struct seal_key wrapping = drafts_key(cabinet->vault);
    struct place place = { .draft_hash = hash_keyed(&cabinet->vault->lookups, draft),
                           .wrapping = &wrapping };
    struct arriving file;
    bool ok =
        find_draft(tx, &place, public_id, STR("HELD"), arena, &file, err) &&
        seal_open(&file.key, about_name(public_id, arena), file.name_sealed, arena, name, err) &&
        read_bytes(cabinet, public_id, &file.key, file.size, arena, bytes, err);

    seal_key_wipe(&wrapping);
    return ok ? true : PASS(err);
}

bool case_files_purge(const struct cabinet *cabinet, struct tx *tx, struct utc now,
                      struct arena *arena, struct err *err)
{
    struct {
        VEC_OF(int64_t);
    } gone = { 0 };
    int got;

    {
        CLEANUP(rows_end_var) struct rows *rows = NULL;

        if (!store_select(tx, &sql_case_file_stale,
                          BINDS(bind_utc("before", utc_add_days(now, -CASE_FILE_DRAFT_DAYS))),
                          arena, &rows, err))
            return PASS(err);
        while ((got = rows_next(rows, err)) > 0) {
            (void)unlink(path_of(cabinet, row_text(rows, "public_id"),
                                 arena)); /* one that is not there is gone as well */
            VEC_PUSH(arena, &gone, row_int(rows, "id"));
        }
        if (got < 0)
            return PASS(err);
    }
    for (size_t i = 0; i < gone.len; i++) {
        if (!store_exec(tx, &sql_case_file_forget, BINDS(bind_int("id", gone.at[i])), NULL, err))
            return PASS(err);
    }
    return true;
}

/* ---- in a case ---- */

bool case_files_adopt(const struct vault *vault, struct tx *tx, struct hash draft_hash,
                      struct product_case *c, int64_t seq, struct arena *arena, int64_t *count,
                      struct err *err)
{
    struct seal_key wrapping = drafts_key(vault);
    struct {
        VEC_OF(struct arriving);
    } files = { 0 };
    int got;

    {
        CLEANUP(rows_end_var) struct rows *rows = NULL;

        if (!store_select(tx, &sql_case_file_drafts,
                          BINDS(bind_blob("draft_hash", hash_str(&draft_hash))), arena, &rows, err))
            return PASS(err);
        while ((got = rows_next(rows, err)) > 0) {
            struct arriving file = { .id = row_int(rows, "id"),
                                     .public_id = row_text(rows, "public_id") };

            if (!seal_unwrap(&wrapping, about_key(file.public_id, arena), row_text(rows, "wrapped"),
                             &file.key, err))
                return PASS(err);
            VEC_PUSH(arena, &files, file);
        }
        if (got < 0)
            return PASS(err);
    }
    for (size_t i = 0; i < files.len; i++) {
        struct arriving *file = &files.at[i];
        struct str wrapped =
            seal_wrap(&c->key.key, about_key(file->public_id, arena), &file->key, arena);

        seal_key_wipe(&file->key);
        if (!store_exec(tx, &sql_case_file_adopt,
                        BINDS(bind_int("case_id", c->id), bind_int("seq", seq),
                              bind_blob("wrapped", wrapped), bind_int("id", file->id)),
                        NULL, err))
            return PASS(err);
    }
    *count = (int64_t)files.len;
    return true;
}

bool case_files_count(struct tx *tx, struct str receipt, int64_t *count, struct err *err)
{
    return store_number(tx, &sql_case_file_count_of_receipt, BINDS(bind_text("receipt", receipt)),
                        0, count, err)
               ? true
               : PASS(err);
}

bool case_file_attach(const struct cabinet *cabinet, struct tx *tx, const struct subject *who,
                      struct product_case *c, enum thread thread,
                      const struct developer *participant, struct str name, struct str bytes,
                      struct utc now, struct arena *arena, struct str *id, struct err *err)
{
    int64_t participant_id = participant ? participant->id : 0;
    struct place place = { .case_id = c->id,
                           .wrapping = &c->key.key,
                           .thread = thread,
                           .participant_id = participant_id };
    struct details details = { .code = str_from_z(thread_names[thread]) };
    struct arriving file;
    struct entry entry;
    int64_t files;

    if (!talk_check_writer(who, c, thread, participant, err))
        return PASS(err);
    if (c->key.is_destroyed)
        return FAIL(err, ABSENT, STR("a thread"));
    if (!store_number(tx, &sql_case_file_count_of_case, BINDS(bind_int("case_id", c->id)), 0,
                      &files, err))
        return PASS(err);
    if (files >= CASE_FILES_MAX || bytes.len == 0)
        return FAIL(err, INPUT, STR("files"));
    if ((int64_t)bytes.len > cabinet->max_bytes)
        return FAIL(err, TOO_LARGE, STR("file"));
    if (!begin_file(tx, &place, name, now, arena, &file, err))
        return PASS(err);
    for (int64_t index = 0; bytes.len > 0; index++) {
        struct str piece = str_take(bytes, CASE_FILE_PIECE);

        bytes = str_drop(bytes, CASE_FILE_PIECE);
        if (!grow_file(cabinet, tx, &file, index, bytes.len == 0, piece, arena, err))
            return PASS(err);
        file.size += (int64_t)piece.len;
    }
    details.ref = file.id;
    if (!case_note(tx, who, c, participant_id, "attachment.added", &details, now, arena, &entry,
                   err) ||
        !store_exec(tx, &sql_case_file_attach,
                    BINDS(bind_int("seq", entry.seq), bind_int("id", file.id)), NULL, err))
        return PASS(err);
    *id = file.public_id;
    seal_key_wipe(&file.key);
    return true;
}

/* ---- who sees which ---- */

static unsigned class_of(char letter)
{
    switch (letter) {
    case 'V':
        return SEES_V;
    case 'T':
        return SEES_T;
    case 'M':
        return SEES_M;
    case 'S':
        return SEES_S;
    case 'X':
    default:
        return SEES_X;
    }
}

/* A file may name its sender where nobody looks: until a person has let it go, only those see it to whom it was sent. */
static bool may_see(const struct subject *who, const struct grant *grant,
                    const struct case_file *file)
{
    if (file->thread == THREAD_BODIES)
        return (who->roles & (ROLE_RB | ROLE_CB)) != 0;
    if (file->thread == THREAD_PARTICIPANT)
        return (who->roles & ROLE_CB) ||
               (file->participant_id && file->participant_id == grant->participant_id);
    if (file->thread != THREAD_FINDER)
        return false;
    if (who->kind == SUBJECT_FINDER || (who->roles & ROLE_RB))
        return true;
    if (!grant_sees(grant, class_of(file->info_class)))
        return false;
    return who->roles & (ROLE_CB | ROLE_OPERATOR) ? file->state >= FILE_RELEASED
                                                  : file->state == FILE_SHARED;
}

static enum case_file_state state_of(struct str name)
{
    for (size_t i = 0; i < COUNT(state_names); i++) {
        if (str_eq_z(name, state_names[i]))
            return (enum case_file_state)i;
    }
    return FILE_PART;
}

static enum thread thread_of(struct str name)
{
    for (int i = 0; i < THREADS; i++) {
        if (str_eq_z(name, thread_names[i]))
            return (enum thread)i;
    }
    return THREADS;
}

static bool read_row(struct rows *rows, const struct product_case *c, struct arena *arena,
                     struct case_file *out, struct err *err)
{
    *out = (struct case_file){
        .id = row_int(rows, "id"),
        .case_id = row_int(rows, "case_id"),
        .seq = row_int(rows, "seq"),
        .size = row_int(rows, "size"),
        .participant_id = row_int(rows, "participant_id"),
        .public_id = row_text(rows, "public_id"),
        .kind = row_text(rows, "kind"),
        .verdict = row_text(rows, "verdict"),
        .thread = thread_of(row_text(rows, "thread")),
        .info_class =
            row_text(rows, "info_class").len > 0 ? row_text(rows, "info_class").ptr[0] : 'X',
        .state = state_of(row_text(rows, "state")),
        .created_at = row_utc(rows, "created_at"),
    };
    return seal_unwrap(&c->key.key, about_key(out->public_id, arena), row_text(rows, "wrapped"),
                       &out->key, err) &&
                   seal_open(&out->key, about_name(out->public_id, arena),
                             row_text(rows, "name_sealed"), arena, &out->name, err)
               ? true
               : PASS(err);
}

bool case_files_list(struct tx *tx, const struct subject *who, const struct product_case *c,
                     const struct grant *grant, struct arena *arena, struct case_files *out,
                     struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct case_files){ 0 };
    if (c->key.is_destroyed)
        return true;
    if (!store_select(tx, &sql_case_file_list, BINDS(bind_int("case_id", c->id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct case_file file;

        if (!read_row(rows, c, arena, &file, err))
            return PASS(err);
        if (may_see(who, grant, &file))
            VEC_PUSH(arena, out, file);
    }
    return got == 0 ? true : PASS(err);
}

bool case_file_case(struct tx *tx, struct str public_id, struct arena *arena,
                    struct str *case_public_id, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_case_file_find, BINDS(bind_text("public_id", public_id)), arena,
                      &rows, err) ||
        !rows_one(rows, STR("a file"), err))
        return PASS(err);
    *case_public_id = row_text(rows, "case_public_id");
    return true;
}

bool case_file_pick(struct tx *tx, const struct subject *who, const struct product_case *c,
                    const struct grant *grant, struct str public_id, struct arena *arena,
                    struct case_file *out, struct err *err)
{
    struct case_files files;

    if (!case_files_list(tx, who, c, grant, arena, &files, err))
        return PASS(err);
    for (size_t i = 0; i < files.len; i++) {
        if (str_eq(files.at[i].public_id, public_id)) {
            *out = files.at[i];
            return true;
        }
    }
    return FAIL(err, ABSENT, STR("a file"));
}

bool case_file_read(const struct cabinet *cabinet, const struct case_file *file,
                    struct arena *arena, struct str *out, struct err *err)
{
    return read_bytes(cabinet, file->public_id, &file->key, file->size, arena, out, err)
               ? true
               : PASS(err);
}

/* ---- the look at a file, and its release ---- */

bool case_file_judge(struct tx *tx, struct str public_id, struct str kind, struct str verdict,
                     struct err *err)
{
    return store_exec(tx, &sql_case_file_judge,
                      BINDS(bind_text("kind", kind), bind_text("verdict", verdict),
                            bind_text("public_id", public_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

static bool next_state(const struct subject *who, const struct case_file *file,
                       enum case_file_state *out)
{
    if (file->thread != THREAD_FINDER)
        return false;
    if (file->state == FILE_HELD && (who->roles & ROLE_RB)) {
        *out = FILE_RELEASED;
        return true;
    }
    if (file->state == FILE_RELEASED && (who->roles & ROLE_CB)) {
        *out = FILE_SHARED;
        return true;
    }
    return false;
}

bool case_file_may_release(const struct subject *who, const struct case_file *file)
{
    enum case_file_state to;

    return next_state(who, file, &to);
}

bool case_file_release(struct tx *tx, const struct subject *who, struct product_case *c,
                       const struct case_file *file, struct utc now, struct arena *arena,
                       struct err *err)
{
    struct details details = { .ref = file->id };
    enum case_file_state to;
    struct entry entry;
    int64_t changed;

    if (!next_state(who, file, &to))
        return FAIL(err, NOT_YOUR_MOVE, STR("release"));
    details.code = str_from_z(state_names[to]);
    if (!store_exec(tx, &sql_case_file_release,
                    BINDS(bind_text("to", details.code), bind_int("account_id", who->account_id),
                          bind_int("id", file->id),
                          bind_text("from", str_from_z(state_names[file->state]))),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, STR("file"));
    return case_note(tx, who, c, 0, "attachment.released", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}
