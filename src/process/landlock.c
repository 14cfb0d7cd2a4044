/* Landlock by its raw calls: Debian 12 has no library for it, and its headers know only the first versions. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "base/err.h"
#include "process/sandbox.h"

/* By version of the interface, from the kernel's documentation. */
#define FS_V1                 ((UINT64_C(1) << 13) - 1)
#define FS_REFER              (UINT64_C(1) << 13) /* 2 */
#define FS_TRUNCATE           (UINT64_C(1) << 14) /* 3 */
#define FS_IOCTL              (UINT64_C(1) << 15) /* 5 */
#define NET_BIND              (UINT64_C(1) << 0)  /* 4 */
#define NET_CONNECT           (UINT64_C(1) << 1)
#define SCOPE_ABSTRACT_SOCKET (UINT64_C(1) << 0) /* 6 */
#define SCOPE_SIGNAL          (UINT64_C(1) << 1)

#define FS_OF_FILES                                                                              \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | \
     FS_TRUNCATE | FS_IOCTL)

struct ruleset {
    uint64_t files, net, scoped;
};

struct beneath {
    uint64_t allowed;
    int32_t parent_fd;
} __attribute__((packed));

int landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    return abi < 0 ? 0 : (int)abi;
}

static struct ruleset handled(int abi, unsigned calls)
{
    struct ruleset set = { .files = FS_V1 };

    if (abi >= 2)
        set.files |= FS_REFER;
    if (abi >= 3)
        set.files |= FS_TRUNCATE;
    if (abi >= 4)
        set.net = NET_BIND | (calls & CALLS_CONNECT ? 0 : NET_CONNECT);
    if (abi >= 5)
        set.files |= FS_IOCTL;
    if (abi >= 6)
        set.scoped = SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL;
    return set;
}

/* Older kernels know a shorter struct. */
static size_t size_for(int abi)
{
    return abi >= 6   ? sizeof(struct ruleset)
           : abi >= 4 ? offsetof(struct ruleset, scoped)
                      : offsetof(struct ruleset, net);
}

static uint64_t rights_of(unsigned rights)
{
    uint64_t fs = 0;

    if (rights & PATH_READ)
        fs |= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    if (rights & PATH_WRITE)
        fs |= LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
              LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
              LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | FS_TRUNCATE;
    if (rights & PATH_RUN)
        fs |= LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
    return fs;
}

static bool add_path(int set, const struct path_rule *rule, const char *state_folder,
                     uint64_t known, struct err *err)
{
    char path[4096];
    struct beneath beneath;
    struct stat st;
    int n = rule->path[0] == '/' ? snprintf(path, sizeof path, "%s", rule->path)
                                 : snprintf(path, sizeof path, "%s/%s", state_folder, rule->path);
    int fd = n > 0 && (size_t)n < sizeof path ? open(path, O_PATH | O_CLOEXEC) : -1;
    bool added;

    if (fd < 0)
        return errno == ENOENT ? true : FAIL(err, SANDBOX, STR("a path of Landlock"));
    beneath = (struct beneath){ .allowed = rights_of(rule->rights) & known, .parent_fd = fd };
    if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
        beneath.allowed &= FS_OF_FILES;
    added = syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
    close(fd);
    return added ? true : FAIL(err, SANDBOX, STR("a rule of Landlock"));
}

bool landlock_enter(const struct sandbox *sandbox, const char *state_folder, int abi_max,
                    struct err *err)
{
    int abi = landlock_abi(), set;
    struct ruleset rules;
    bool entered = true;

    if (abi_max != LANDLOCK_ABI_ANY && abi > abi_max)
        abi = abi_max;
    if (abi < 1)
        return FAIL(err, SANDBOX, STR("the kernel has no Landlock"));
    rules = handled(abi, sandbox->calls);
    set = (int)syscall(SYS_landlock_create_ruleset, &rules, size_for(abi), 0);
    if (set < 0)
        return FAIL(err, SANDBOX, STR("Landlock"));
    for (const struct path_rule *rule = sandbox->paths; entered && rule->path; rule++)
        entered = add_path(set, rule, state_folder, rules.files, err);
    if (entered && syscall(SYS_landlock_restrict_self, set, 0) != 0)
        entered = FAIL(err, SANDBOX, STR("Landlock"));
    close(set);
    return entered ? true : PASS(err);
}
