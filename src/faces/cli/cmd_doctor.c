#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/backup.h"
#include "faces/cli/cmd.h"
#include "faces/cli/facts.sql.h"
#include "faces/cli/open.h"
#include "faces/cli/state.h"

enum { BACKUP_DAYS = 2, FREE_PERCENT = 10, UNWELL = 69 };
static const int64_t free_bytes_min = INT64_C(1) << 30;

enum finding { FINE, WARNING, FAILURE };
struct doctor {
    const struct app *app;
    struct opened opened;
    bool is_open, has_failed;
};

static void say(struct doctor *d, enum finding finding, const char *msgid,
                const struct tr_arg *args, size_t count)
{
    static const char *const words[] = { "OK  ", "WARN", "FAIL" };

    printf("%s  %.*s\n", words[finding],
           STR_ARG(tr_fill(d->app->arena, d->app->lang, msgid, args, count)));
    d->has_failed |= finding == FAILURE;
}
#define SAY(d, finding, msgid) say((d), (finding), (msgid), NULL, 0)

static void say_error(struct doctor *d, const struct err *err)
{
    struct str words = tr_fill(d->app->arena, d->app->lang, err_words(err->code),
                               TR_ARGS({ "subject", str_from_z(err->subject) }));

    printf("FAIL  %.*s\n", STR_ARG(words));
    d->has_failed = true;
}

static struct str number(struct doctor *d, int64_t n) { return tr_number(d->app->arena, n); }

/* ---- the folder and its keys ---- */

static void look_at_mode(struct doctor *d, const char *name, bool is_needed)
{
    const char *path = name[0] ? state_path(d->app->settings, d->app->arena, name)
                               : arena_z(d->app->arena, d->app->settings->state_dir);
    struct str subject = str_from_z(path);
    struct stat st;

    if (lstat(path, &st) != 0) {
        if (is_needed)
            say(d, FAILURE, N_("{path} is missing. Run \"noroshi init\"."),
                TR_ARGS({ "path", subject }));
        return;
    }
    if (st.st_mode & 077)
        say(d, FAILURE, N_("{path} can be read by others. Run \"chmod go= {path}\"."),
            TR_ARGS({ "path", subject }));
    else if (st.st_uid != geteuid())
        say(d, FAILURE,
            N_("{path} belongs to somebody else. Give it to the user the service runs as."),
            TR_ARGS({ "path", subject }));
    else
        say(d, FINE, N_("{path} is closed to others."), TR_ARGS({ "path", subject }));
}

static void look_at_folder(struct doctor *d)
{
    look_at_mode(d, "", true);
    look_at_mode(d, "desk", true);
    look_at_mode(d, "desk/desk.db", true);
    look_at_mode(d, "keys", false);
    look_at_mode(d, "pgp", true);
}

static void look_at_key(struct doctor *d)
{
    struct seal_key master;
    struct err err = { 0 };

    if (!state_master_key(d->app->settings, d->app->arena, &master, &err)) {
        say_error(d, &err);
        return;
    }
    seal_key_wipe(&master);
    SAY(d, FINE, N_("The master key is there and closed to others."));
}

/* ---- databases ---- */

static void look_at_desk(struct doctor *d)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct arena *arena = d->app->arena;
    struct err err = { 0 };
    struct hash head;
    int64_t entries;

    if (!opened_open(d->app, OPEN_TO_READ, &d->opened, &err) ||
        !store_check(d->opened.desk, &err)) {
        say_error(d, &err);
        return;
    }
    d->is_open = true;
    say(d, FINE, N_("desk.db is whole, at version {version}."),
        TR_ARGS({ "version", number(d, store_version(d->opened.desk)) }));
    if (!tx_begin(d->opened.desk, TX_READ, &tx, &err) ||
        !ledger_verify(tx, &d->opened.vault, &entries, &head, &err)) {
        say_error(d, &err);
        return;
    }
    say(d, FINE, N_("The ledger's {entries} entries verify; the newest has the hash {hash}."),
        TR_ARGS({ "entries", number(d, entries) }, { "hash", hash_hex(head, arena) }));
}

static void look_at_advisories(struct doctor *d)
{
    CLEANUP(store_close_var) struct store *store = NULL;
    struct store_options options = { .path = advisories_path(d->app->settings, d->app->arena),
                                     .kind = &store_advisories,
                                     .connections = 2 };
    struct err err = { 0 };

    if (!store_open(&options, &store, &err) || !store_check(store, &err))
        say_error(d, &err);
    else
        say(d, FINE, N_("advisories.db is whole, at version {version}."),
            TR_ARGS({ "version", number(d, store_version(store)) }));
}

/* ---- what the desk knows ---- */

static void judge_marks(struct doctor *d, struct rows *rows)
{
    int64_t latest = row_int(rows, "newest") > row_int(rows, "high_water")
                         ? row_int(rows, "newest")
                         : row_int(rows, "high_water");

    if (latest > d->app->now.ms + UTC_MINUTE)
        say(d, FAILURE,
            N_("The clock says {now}, but something was written at {newest}. Set the clock right before anything falls due."),
            TR_ARGS({ "now", utc_iso_jst(d->app->arena, d->app->now) },
                    { "newest", utc_iso_jst(d->app->arena, (struct utc){ latest }) }));
    else
        say(d, FINE, N_("The clock says {now}, later than all that was written."),
            TR_ARGS({ "now", utc_iso_jst(d->app->arena, d->app->now) }));
    if (row_int(rows, "held"))
        SAY(d, WARNING,
            N_("This is a restored system: mail and publication wait for \"noroshi restore --release\"."));
    if (row_int(rows, "failed"))
        say(d, WARNING,
            N_("Mails that could not be delivered: {count}. Look at the addresses at the desk."),
            TR_ARGS({ "count", number(d, row_int(rows, "failed")) }));
    if (row_int(rows, "people") == 0)
        SAY(d, WARNING,
            N_("Nobody can log in yet. Run \"noroshi account\" to add the first administrator."));
    if (d->app->settings->mail_smarthost.len == 0)
        say(d, WARNING,
            N_("No mail leaves: mail_smarthost is not set. Mails waiting in the outbox: {count}."),
            TR_ARGS({ "count", number(d, row_int(rows, "queued")) }));
    else
        say(d, FINE, N_("Mail goes to {host}. Mails waiting: {count}."),
            TR_ARGS({ "host", d->app->settings->mail_smarthost },
                    { "count", number(d, row_int(rows, "queued")) }));
}

static void look_at_marks(struct doctor *d)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err err = { 0 };

    if (!d->is_open)
        return;
    if (!tx_begin(d->opened.desk, TX_READ, &tx, &err) ||
        !store_select(tx, &sql_cli_marks, NO_BINDS, d->app->arena, &rows, &err) ||
        rows_next(rows, &err) != 1)
        say_error(d, &err);
    else
        judge_marks(d, rows);
}

static void look_at_backup(struct doctor *d)
{
    struct utc at = { 0 };
    struct str text;
    struct err err = { 0 };
    const char *note = state_path(d->app->settings, d->app->arena, BACKUP_NOTE);

    if (!fs_exists(note) || !fs_read_whole(note, 100, d->app->arena, &text, &err) ||
        !utc_parse(str_trim(text), &at, &err))
        SAY(d, WARNING,
            N_("There is no backup. Run \"noroshi backup DIR\" every day, and keep the master key's copy apart from it."));
    else if (d->app->now.ms - at.ms > BACKUP_DAYS * UTC_DAY)
        say(d, WARNING, N_("The last backup is of {time}. Run \"noroshi backup DIR\" every day."),
            TR_ARGS({ "time", tr_instant(d->app->arena, d->app->lang, at) }));
    else
        say(d, FINE, N_("The last backup is of {time}."),
            TR_ARGS({ "time", tr_instant(d->app->arena, d->app->lang, at) }));
}

/* ---- the machine ---- */

static void look_at_sandbox(struct doctor *d)
{
    long abi =
        syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
    unsigned action = SECCOMP_RET_KILL_PROCESS;
    bool has_seccomp = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
    enum finding worst = d->app->settings->sandbox_required ? FAILURE : WARNING;

    if (abi > 0)
        say(d, FINE, N_("The kernel has Landlock, version {version}."),
            TR_ARGS({ "version", number(d, abi) }));
    else
        SAY(d, worst,
            N_("The kernel has no Landlock. Start it with lsm=landlock,... or use a newer kernel."));
    if (has_seccomp)
        SAY(d, FINE, N_("The kernel has seccomp filters."));
    else
        SAY(d, worst, N_("The kernel has no seccomp filters. Use a kernel that has them."));
#ifdef NOROSHI_NO_SANDBOX
    SAY(d, WARNING, N_("This build leaves the sandbox out; it is for tests alone."));
#endif
}

static void look_at_disk(struct doctor *d)
{
    struct statvfs fs;
    int64_t room, percent;

    if (statvfs(arena_z(d->app->arena, d->app->settings->state_dir), &fs) != 0)
        return; /* the folder is missing: said above */
    room = (int64_t)(fs.f_bavail * fs.f_frsize);
    percent = fs.f_blocks > 0 ? (int64_t)(fs.f_bavail * 100 / fs.f_blocks) : 100;
    if (room < free_bytes_min || percent < FREE_PERCENT)
        say(d, WARNING,
            N_("{room} MB are free on the disk. Make room: a full disk stops every writer."),
            TR_ARGS({ "room", number(d, room >> 20) }));
    else
        say(d, FINE, N_("{room} MB are free on the disk."),
            TR_ARGS({ "room", number(d, room >> 20) }));
}

static void look_at_rest(struct doctor *d)
{
    const struct settings *s = d->app->settings;

    SAY(d, WARNING, N_("The second factor is TOTP; security keys (WebAuthn) are not there yet."));
    say(d, FINE, N_("JSON is read by {library}."), TR_ARGS({ "library", STR("yyjson") }));
    if (str_starts(s->desk_url, STR("http://")) && !str_contains(s->desk_url, STR("localhost")))
        SAY(d, FAILURE,
            N_("The desk has no encrypted connection: cookies work over https alone. Put a proxy with TLS before it and set desk_url."));
    if (s->source[SETTING_ID_publisher_namespace] == SETTING_DEFAULT)
        SAY(d, WARNING,
            N_("publisher_name_ja, publisher_name_en and publisher_namespace are not set: advisories name no publisher."));
}

bool cmd_doctor(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    static void (*const looks[])(struct doctor *) = {
        look_at_folder, look_at_key,  look_at_desk,    look_at_advisories, look_at_marks,
        look_at_backup, look_at_disk, look_at_sandbox, look_at_rest
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct app own = *app;
    struct doctor d = { .app = &own, .opened = { .lock = -1 } };

    if (argc > 1)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    own.arena = arena;
    if (!seal_start(err) || !state_become_user(app->settings, arena, err))
        return PASS(err);
    for (size_t i = 0; i < COUNT(looks); i++)
        looks[i](&d);
    opened_close(&d.opened);
    *status = d.has_failed ? UNWELL : 0;
    return true;
}
