#include "faces/cli/machine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/tr.h"

enum { DATABASE_MAX = 128 << 20, PACKAGE_MAX = 4 << 20, NAME_PATH_MAX = 4096 };

struct gatherer {
    struct arena *arena;
    struct inventory_files *out;
    int root;
    dev_t device;
    size_t bytes;
    bool has_distribution; /* a database of dpkg, rpm or apk is there */
    bool is_full;          /* told once */
};

static void add_unread(struct gatherer *gatherer, struct str name, enum inventory_format format,
                       const char *why)
{
    VEC_PUSH(gatherer->arena, gatherer->out,
             (struct inventory_file){ .name = name, .format = format, .unread = why });
}

/* Relative to the root, whatever links say. */
static int open_inside(const struct gatherer *gatherer, const char *path, int flags)
{
    struct open_how how = { .flags = (unsigned)(flags | O_RDONLY | O_CLOEXEC | O_NONBLOCK),
                            .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
    long fd = syscall(SYS_openat2, gatherer->root, path, &how, sizeof how);

    if (fd < 0 && errno == ENOSYS) /* before Linux 5.6: then without links */
        fd = openat(gatherer->root, path, flags | O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    return (int)fd;
}

static bool has_room(struct gatherer *gatherer, size_t size)
{
    if (gatherer->is_full)
        return false;
    gatherer->is_full =
        gatherer->out->len >= MACHINE_FILES_MAX || size > MACHINE_BYTES_MAX - gatherer->bytes;
    if (gatherer->is_full)
        add_unread(gatherer, STR_NONE, INVENTORY_ANY,
                   N_("There is more than can be read at once; the rest was left out."));
    return !gatherer->is_full;
}

/* Takes what the descriptor gives, and closes it. */
static bool take(struct gatherer *gatherer, int fd, struct str name, enum inventory_format format,
                 size_t max)
{
    struct stat stat;
    ssize_t size;
    char *bytes;

    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
        close(fd);
        return false;
    }
    if ((size_t)stat.st_size > max) {
        add_unread(gatherer, name, format, N_("The file is too large."));
        close(fd);
        return true;
    }
    if (!has_room(gatherer, (size_t)stat.st_size)) {
        close(fd);
        return true;
    }
    bytes = arena_alloc(gatherer->arena, (size_t)stat.st_size + 1);
    size = fs_read_up_to(fd, bytes, (size_t)stat.st_size);
    close(fd);
    if (size < 0) {
        add_unread(gatherer, name, format, N_("The file cannot be read."));
        return true;
    }
    gatherer->bytes += (size_t)size;
    VEC_PUSH(gatherer->arena, gatherer->out,
             (struct inventory_file){ name, { bytes, (size_t)size }, format, NULL });
    return true;
}

/* name: with a '/' at its start. False when there is no such file. */
static bool gather_file(struct gatherer *gatherer, const char *path, enum inventory_format format)
{
    struct str name = arena_printf(gatherer->arena, "/%s", path);
    int fd = open_inside(gatherer, path, 0);

    if (fd >= 0)
        return take(gatherer, fd, name, format, DATABASE_MAX);
    if (errno == ENOENT || errno == ENOTDIR)
        return false;
    add_unread(gatherer, name, format, N_("The file cannot be read."));
    return true;
}

static DIR *open_folder(const struct gatherer *gatherer, const char *path)
{
    int fd = open_inside(gatherer, path, O_DIRECTORY);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);

    if (!folder && fd >= 0)
        close(fd);
    return folder;
}

/* Images without dpkg keep a stanza a file, beside files of other use. */
static void gather_status_folder(struct gatherer *gatherer)
{
    DIR *folder = open_folder(gatherer, "var/lib/dpkg/status.d");
    const struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        struct str name = str_from_z(entry->d_name);

        if (entry->d_name[0] == '.' || str_ends(name, STR(".md5sums")) ||
            str_ends(name, STR(".preinst")) || str_ends(name, STR(".postinst")) ||
            str_ends(name, STR(".prerm")) || str_ends(name, STR(".postrm")))
            continue;
        gather_file(
            gatherer,
            arena_z(gatherer->arena,
                    arena_printf(gatherer->arena, "var/lib/dpkg/status.d/%.*s", STR_ARG(name))),
            INVENTORY_DPKG_STATUS);
        gatherer->has_distribution = true;
    }
    if (folder)
        closedir(folder);
}

/* The program's own answer. Its database is in no format of ours. */
static bool ask_rpm(struct gatherer *gatherer, const char *program, struct str *out)
{
    static const char *const argv[] = { "rpm", "-qa", "--qf", INVENTORY_RPM_QUERY, NULL };
    static const char *const environment[] = { "LC_ALL=C", "PATH=/usr/bin:/bin", NULL };
    posix_spawn_file_actions_t actions;
    int ends[2], status = 0;
    ssize_t size = -1;
    char *bytes;
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&pid, program, &actions, NULL, (char *const *)argv,
                    (char *const *)environment) != 0)
        pid = -1;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (pid > 0) {
        bytes = arena_alloc(gatherer->arena, PACKAGE_MAX * 4 + 1);
        size = fs_read_up_to(ends[0], bytes, PACKAGE_MAX * 4 + 1);
        *out = (struct str){ bytes, size > 0 ? (size_t)size : 0 };
    }
    close(ends[0]);
    if (pid > 0 && waitpid(pid, &status, 0) != pid)
        return false;
    return size >= 0 && size <= PACKAGE_MAX * 4 && status == 0;
}

static void gather_rpm(struct gatherer *gatherer, bool is_this_machine)
{
    static const char *const databases[] = {
        "var/lib/rpm/rpmdb.sqlite",         "var/lib/rpm/Packages",
        "var/lib/rpm/Packages.db",          "usr/lib/sysimage/rpm/rpmdb.sqlite",
        "usr/lib/sysimage/rpm/Packages.db", "usr/lib/sysimage/rpm/Packages",
    };
    static const char *const programs[] = { "/usr/bin/rpm", "/bin/rpm" };
    struct str name = STR_NONE, answer;
    int fd = -1;

    for (size_t i = 0; i < COUNT(databases) && fd < 0; i++) {
        fd = open_inside(gatherer, databases[i], 0);
        name = arena_printf(gatherer->arena, "/%s", databases[i]);
    }
    if (fd < 0)
        return;
    close(fd);
    gatherer->has_distribution = true;
    for (size_t i = 0; i < COUNT(programs) && is_this_machine; i++) {
        if (!fs_exists(programs[i]))
            continue;
        if (ask_rpm(gatherer, programs[i], &answer))
            VEC_PUSH(gatherer->arena, gatherer->out,
                     (struct inventory_file){ name, answer, INVENTORY_RPM_LIST, NULL });
        else
            add_unread(gatherer, name, INVENTORY_RPM_LIST,
                       N_("The program rpm could not be asked."));
        return;
    }
    add_unread(gatherer, name, INVENTORY_RPM_LIST,
               N_("Only the program rpm reads this database; give its list instead: rpm -qa."));
}

static bool is_dot(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

/* Not the machine's own: made up by the kernel, of the moment, or other machines' images. */
static bool is_passed_over(const struct gatherer *gatherer, struct str path)
{
    static const char *const folders[] = {
        "proc", "sys", "dev", "run", "var/lib/docker", "var/lib/containers", "var/lib/containerd",
        "snap"
    };

    for (size_t i = 0; i < COUNT(folders) && gatherer->has_distribution; i++)
        if (str_eq_z(path, folders[i]))
            return true;
    return str_ends(path, STR("/.git")) || str_eq_z(path, ".git");
}

/* A folder without a system in it is a project: its lists are what it asks for. */
static enum inventory_format project_format(struct str name)
{
    static const struct {
        const char *name;
        enum inventory_format format;
    } lists[] = {
        { "package-lock.json", INVENTORY_NPM_LOCK },
        { "npm-shrinkwrap.json", INVENTORY_NPM_LOCK },
        { "requirements.txt", INVENTORY_PIP_LIST },
        { "Directory.Packages.props", INVENTORY_NUGET },
        { "Cargo.lock", INVENTORY_CARGO_LOCK },
        { "Gemfile.lock", INVENTORY_GEMFILE_LOCK },
        { "go.mod", INVENTORY_GO_MOD },
        { "composer.lock", INVENTORY_COMPOSER_LOCK },
    };

    for (size_t i = 0; i < COUNT(lists); i++)
        if (str_eq_z(name, lists[i].name))
            return lists[i].format;
    if (str_ends(name, STR(".cdx.json")))
        return INVENTORY_CYCLONEDX_JSON;
    if (str_ends(name, STR(".spdx.json")))
        return INVENTORY_SPDX_JSON;
    return INVENTORY_ANY;
}

/* Where distributions put the Python of their packages. */
static bool is_of_distribution(const struct gatherer *gatherer, struct str path)
{
    return gatherer->has_distribution &&
           (str_starts(path, STR("usr/lib/python3")) || str_starts(path, STR("usr/lib64/python3")));
}

static struct str name_in(struct gatherer *gatherer, struct str path, const char *file)
{
    return arena_printf(gatherer->arena, "/%.*s%s%s", STR_ARG(path), path.len > 0 ? "/" : "", file);
}

static void gather_at(struct gatherer *gatherer, int folder, const char *file, struct str path,
                      enum inventory_format format)
{
    struct stat before;
    int fd;

    /* The kind is looked at first: opening a device could do something. */
    if (fstatat(folder, file, &before, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(before.st_mode))
        return;
    fd = openat(folder, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0)
        take(gatherer, fd, name_in(gatherer, path, file), format, PACKAGE_MAX);
    else
        add_unread(gatherer, name_in(gatherer, path, file), format, N_("The file cannot be read."));
}

/* A distribution's own packages say no installer. */
static bool has_installer(int folder)
{
    struct stat stat;

    return fstatat(folder, "INSTALLER", &stat, AT_SYMLINK_NOFOLLOW) == 0;
}

/* What a folder that was just entered is worth, by its name and the one around it. */
static void look_at_folder(struct gatherer *gatherer, int folder, struct str path)
{
    struct str name = path, around = STR_NONE;
    size_t slash;

    while ((slash = str_index(name, '/')) < name.len) {
        around = str_take(name, slash);
        name = str_drop(name, slash + 1);
    }
    if (str_ends(name, STR(".dist-info"))) {
        if (!is_of_distribution(gatherer, path) || has_installer(folder))
            gather_at(gatherer, folder, "METADATA", path, INVENTORY_PYTHON);
    } else if (str_ends(name, STR(".egg-info"))) {
        if (!is_of_distribution(gatherer, path))
            gather_at(gatherer, folder, "PKG-INFO", path, INVENTORY_PYTHON);
    } else if (str_eq_z(around, "node_modules") || (around.len > 1 && around.ptr[0] == '@')) {
        gather_at(gatherer, folder, "package.json", path, INVENTORY_NPM_PACKAGE);
    }
}

static void walk(struct gatherer *gatherer, int fd, struct str path, unsigned depth);

static void enter(struct gatherer *gatherer, int folder, const char *name, struct str path,
                  unsigned depth)
{
    struct stat stat;
    int fd;

    if (is_passed_over(gatherer, path))
        return;
    fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return; /* not ours to read: nor are packages installed where their users cannot read them */
    if (fstat(fd, &stat) != 0 || stat.st_dev != gatherer->device) {
        add_unread(gatherer, arena_printf(gatherer->arena, "/%.*s", STR_ARG(path)), INVENTORY_ANY,
                   N_("Another file system begins here; it was not walked."));
        close(fd);
        return;
    }
    walk(gatherer, fd, path, depth + 1);
}

static void look_at_file(struct gatherer *gatherer, int folder, const char *name, struct str path)
{
    enum inventory_format format = project_format(str_from_z(name));

    if (str_ends(str_from_z(name), STR(".egg-info")) && !is_of_distribution(gatherer, path))
        gather_at(gatherer, folder, name, path, INVENTORY_PYTHON);
    else if (format != INVENTORY_ANY && !gatherer->has_distribution &&
             !str_contains(path, STR("node_modules")))
        gather_at(gatherer, folder, name, path, format);
}

/* A lock file beside it says the same and more. */
static bool is_locked(const struct gatherer *gatherer, int folder, const char *name)
{
    return !gatherer->has_distribution && str_eq_z(str_from_z(name), "node_modules") &&
           faccessat(folder, "package-lock.json", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Closes fd. The order of a folder is the order of names, so that two looks at one machine agree. */
static void walk(struct gatherer *gatherer, int fd, struct str path, unsigned depth)
{
    struct dirent **entries = NULL;
    int count;

    if (depth > MACHINE_DEPTH_MAX || gatherer->is_full || path.len > NAME_PATH_MAX) {
        close(fd);
        return;
    }
    look_at_folder(gatherer, fd, path);
    count = scandirat(fd, ".", &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;

        bool is_unknown = entries[i]->d_type == DT_UNKNOWN;

        if (entries[i]->d_type == DT_REG || is_unknown)
            look_at_file(gatherer, fd, name, path);
        if ((entries[i]->d_type == DT_DIR || is_unknown) && !is_dot(name) &&
            !is_locked(gatherer, fd, name))
            enter(gatherer, fd, name,
                  path.len == 0 ? arena_str(gatherer->arena, str_from_z(name))
                                : arena_printf(gatherer->arena, "%.*s/%s", STR_ARG(path), name),
                  depth);
        free(entries[i]);
    }
    free(entries);
    close(fd);
}

static bool is_slash(const char *root)
{
    struct stat given, slash;

    return stat(root, &given) == 0 && stat("/", &slash) == 0 && given.st_dev == slash.st_dev &&
           given.st_ino == slash.st_ino;
}

bool machine_gather(const char *root, struct arena *arena, struct inventory_files *out,
                    struct err *err)
{
    struct gatherer gatherer = { .arena = arena, .out = out };
    struct stat stat;
    int walked;

    gatherer.root = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (gatherer.root < 0 || fstat(gatherer.root, &stat) != 0)
        return FAIL(err, IO, str_from_z(root));
    gatherer.device = stat.st_dev;
    if (!gather_file(&gatherer, "etc/os-release", INVENTORY_OS_RELEASE))
        gather_file(&gatherer, "usr/lib/os-release", INVENTORY_OS_RELEASE);
    gatherer.has_distribution =
        gather_file(&gatherer, "var/lib/dpkg/status", INVENTORY_DPKG_STATUS);
    gather_status_folder(&gatherer);
    if (gather_file(&gatherer, "lib/apk/db/installed", INVENTORY_APK_STATUS) ||
        gather_file(&gatherer, "usr/lib/apk/db/installed", INVENTORY_APK_STATUS))
        gatherer.has_distribution = true;
    gather_rpm(&gatherer, is_slash(root));
    walked = fcntl(gatherer.root, F_DUPFD_CLOEXEC, 3);
    if (walked >= 0)
        walk(&gatherer, walked, STR_NONE, 0);
    close(gatherer.root);
    return true;
}
