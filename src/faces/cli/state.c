#include "faces/cli/state.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/fs.h"
#include "seal/vault.h"

enum { USER_ROOM = 4096 };

const char *state_path(const struct settings *settings, struct arena *arena, const char *name)
{
    return arena_z(arena, arena_printf(arena, "%.*s/%s", STR_ARG(settings->state_dir), name));
}

static bool give(const char *path, const struct passwd *user, struct err *err)
{
    struct stat st;

    if (lstat(path, &st) != 0 || (st.st_uid == 0 && lchown(path, user->pw_uid, user->pw_gid) != 0))
        return FAIL_IO(err, str_from_z(path));
    return true;
}

/* Who we are to become; NULL when we are not root and stay who we are. */
static bool find_user(const struct settings *settings, struct arena *arena, struct passwd *user,
                      struct passwd **found, struct err *err)
{
    char *room = arena_alloc(arena, USER_ROOM);

    *found = NULL;
    if (geteuid() != 0)
        return true;
    if (getpwnam_r(arena_z(arena, settings->run_user), user, room, USER_ROOM, found) != 0 ||
        !*found || user->pw_uid == 0)
        return FAIL(err, RUN_USER, settings->run_user);
    return true;
}

bool state_give(const struct settings *settings, const char *path, struct arena *arena,
                struct err *err)
{
    struct passwd user, *found;

    if (!find_user(settings, arena, &user, &found, err))
        return PASS(err);
    return !found || give(path, found, err) ? true : PASS(err);
}

bool state_become_user(const struct settings *settings, struct arena *arena, struct err *err)
{
    struct passwd user, *found;

    if (!find_user(settings, arena, &user, &found, err))
        return PASS(err);
    if (!found)
        return true;
    if (!fs_make_folder(arena_z(arena, settings->state_dir), 0700, err) ||
        !give(arena_z(arena, settings->state_dir), found, err))
        return PASS(err);
    if (setgroups(0, NULL) != 0 || setgid(found->pw_gid) != 0 || setuid(found->pw_uid) != 0 ||
        setuid(0) == 0)
        return FAIL(err, RUN_USER, settings->run_user);
    return true;
}

static const char *master_path(const struct settings *settings, struct arena *arena)
{
    return settings->master_key_file.len > 0 ? arena_z(arena, settings->master_key_file)
                                             : state_path(settings, arena, "keys/master");
}

bool state_master_key(const struct settings *settings, struct arena *arena, struct seal_key *out,
                      struct err *err)
{
    return seal_key_read(master_path(settings, arena), out, err) ? true : PASS(err);
}

struct str state_command_token(const struct seal_key *master, struct arena *arena)
{
    struct seal_key key = seal_derive(master, STR("command-socket"));
    struct str token = hash_hex(hash_keyed(&key, STR("noroshi command")), arena);

    seal_key_wipe(&key);
    return token;
}

/* What the public process seals to; it cannot open it again. */
static bool write_intake_key(const struct settings *settings, struct arena *arena, struct err *err)
{
    struct seal_key master;
    struct vault vault;
    struct buf hex = buf_new(arena, 128);

    if (!state_master_key(settings, arena, &master, err))
        return PASS(err);
    vault = vault_from(&master);
    seal_key_wipe(&master);
    for (size_t i = 0; i < SEAL_KEY_BYTES; i++)
        buf_printf(&hex, "%02x", vault.intake.public_key.bytes[i]);
    buf_byte(&hex, '\n');
    vault_wipe(&vault);
    return fs_write_whole(state_path(settings, arena, "public/intake.key"), buf_str(&hex), 0600,
                          err)
               ? true
               : PASS(err);
}

bool state_prepare(const struct settings *settings, struct arena *arena, struct err *err)
{
    static const char *const folders[] = { "keys",   "desk", "public",  "pgp",
                                           "backup", "run",  "incoming" };
    const char *key = master_path(settings, arena);

    for (size_t i = 0; i < COUNT(folders); i++)
        if (!fs_make_folder(state_path(settings, arena, folders[i]), 0700, err))
            return PASS(err);
    if (!fs_exists(key)) {
        /* A new key beside old databases would look like a start and be a loss. */
        if (settings->master_key_file.len > 0 ||
            fs_exists(state_path(settings, arena, "desk/desk.db")))
            return FAIL(err, KEY_MISSING, str_from_z(key));
        if (!seal_key_make(key, err))
            return PASS(err);
    }
    return write_intake_key(settings, arena, err) ? true : PASS(err);
}

bool state_lock(const struct settings *settings, struct arena *arena, int *fd, struct err *err)
{
    int lock;

    if (!fs_make_folder(state_path(settings, arena, "run"), 0700, err))
        return PASS(err);
    lock = open(state_path(settings, arena, "run/lock"), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                0600);
    if (lock < 0)
        return FAIL_IO(err, settings->state_dir);
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        bool is_held = errno == EWOULDBLOCK;

        close(lock);
        return is_held ? FAIL(err, RUNNING, settings->state_dir)
                       : FAIL_IO(err, settings->state_dir);
    }
    *fd = lock;
    return true;
}
