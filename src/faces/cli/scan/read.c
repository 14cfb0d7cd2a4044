#include "faces/cli/scan/read.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/jail.h"
#include "faces/cli/machine.h"

enum { READ_FIRST = 1 << 16, SECONDS_MAX = 120, STEP_MS = 60000 };
#define JAIL_MEMORY (UINT64_C(3) << 30)
#define ANSWER_MAX  (UINT32_C(1) << 30)

struct reading {
    const char *name;
    const struct inventory_options *options;
    const struct inventory_files *files; /* NULL: the bytes come through the descriptor */
    size_t size;                         /* of a file that can be mapped; 0 else */
    size_t max;
    bool (*convert)(const struct reading *reading, struct str bytes, struct arena *arena,
                    struct buf *out, struct err *err);
    struct arena *arena; /* the parent's */
    struct str answer;
};

/* ---- in the jail ---- */

/* A file is mapped: its bytes are looked at where the system has them. One that is cut off meanwhile ends the child alone. */
static bool map_all(int fd, const struct reading *reading, struct str *out)
{
    void *at = reading->size == 0
                   ? MAP_FAILED
                   : mmap(NULL, reading->size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);

    if (at == MAP_FAILED)
        return false;
    *out = (struct str){ at, reading->size };
    return true;
}

/* All that the descriptor gives, at most max bytes. */
static bool read_all(int fd, const struct reading *reading, struct arena *arena, struct str *out,
                     struct err *err)
{
    size_t room = READ_FIRST, len = 0;
    char *bytes = arena_alloc(arena, room);

    for (;;) {
        ssize_t got = fs_read_up_to(fd, bytes + len, room - len);

        if (got < 0)
            return FAIL_IO(err, str_from_z(reading->name));
        len += (size_t)got;
        if (len > reading->max)
            return FAIL(err, TOO_LARGE, str_from_z(reading->name));
        if (len < room)
            break;
        bytes = vec_grow(arena, bytes, len, &room, 1);
    }
    *out = (struct str){ bytes, len };
    return true;
}

/* The arena ends with the child, which ends with the answer: wiping it first would take as long as reading the list. */
static bool work(struct jail *jail, void *task, struct err *err)
{
    struct arena *arena = arena_new(JAIL_MEMORY);
    const struct reading *reading = task;
    struct buf buf = buf_new(arena, ANSWER_MAX);
    struct str bytes = STR_NONE, answer;

    if (!reading->files && !map_all(jail_input(jail), reading, &bytes) &&
        !read_all(jail_input(jail), reading, arena, &bytes, err))
        return PASS(err);
    if (!reading->convert(reading, bytes, arena, &buf, err) || !buf_done(&buf, &answer, err))
        return PASS(err);
    return jail_answer(jail, answer, err) ? true : PASS(err);
}

static bool convert_list(const struct reading *reading, struct str bytes, struct arena *arena,
                         struct buf *out, struct err *err)
{
    struct inventory inventory;

    if (reading->files
            ? !inventory_read_files(reading->files, reading->options, arena, &inventory, err)
            : !inventory_read(bytes, str_from_z(reading->name), reading->options, arena, &inventory,
                              err))
        return PASS(err);
    return inventory_encode(&inventory, out, err) ? true : PASS(err);
}

static bool convert_vex(const struct reading *reading, struct str bytes, struct arena *arena,
                        struct buf *out, struct err *err)
{
    struct vex vex;
    (void)reading;

    if (!vex_read(bytes, arena, &vex, err))
        return PASS(err);
    return vex_encode(&vex, out, err) ? true : PASS(err);
}

/* ---- outside ---- */

static bool take(void *task, struct str answer, struct err *err)
{
    struct reading *reading = task;
    (void)err;

    reading->answer = arena_str(reading->arena, answer);
    return true;
}

static bool run(const struct app *app, struct reading *reading, int input, struct err *err)
{
    const struct jail_job job = { .input = input,
                                  .limits = { JAIL_MEMORY, STEP_MS, SECONDS_MAX, ANSWER_MAX },
                                  .work = work,
                                  .take = take,
                                  .task = reading };

    return jail_run(app, &job, NULL, err) == JAIL_DONE ? true : PASS(err);
}

/* Opens the file and has it read; a folder is none. */
static bool run_file(const struct app *app, struct reading *reading, struct err *err)
{
    bool is_stdin = str_eq_z(STR("-"), reading->name), is_read;
    int fd = is_stdin ? STDIN_FILENO : open(reading->name, O_RDONLY | O_CLOEXEC);
    struct stat facts;

    if (fd < 0 || fstat(fd, &facts) != 0) {
        if (fd > STDIN_FILENO)
            close(fd);
        return FAIL_IO(err, str_from_z(reading->name));
    }
    if (!is_stdin && S_ISREG(facts.st_mode) && facts.st_size > 0 &&
        (uint64_t)facts.st_size <= reading->max)
        reading->size = (size_t)facts.st_size;
    is_read = run(app, reading, fd, err);
    if (!is_stdin)
        close(fd);
    return is_read ? true : PASS(err);
}

static bool is_folder(const char *path)
{
    struct stat facts;

    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

bool scan_read_list(const struct app *app, struct str path, const struct inventory_options *options,
                    struct arena *arena, struct inventory *out, struct err *err)
{
    struct reading reading = { .name = arena_z(arena, path),
                               .options = options,
                               .max = INVENTORY_TEXT_MAX,
                               .convert = convert_list,
                               .arena = arena };
    struct inventory_files files = { 0 };

    if (is_folder(reading.name)) {
        if (!machine_gather(reading.name, arena, &files, err))
            return PASS(err);
        reading.files = &files;
        if (!run(app, &reading, -1, err))
            return PASS(err);
    } else if (!run_file(app, &reading, err)) {
        return PASS(err);
    }
    return inventory_decode(reading.answer, arena, out, err) ? true : PASS(err);
}

bool scan_read_vex(const struct app *app, struct str path, struct arena *arena, struct vex *out,
                   struct err *err)
{
    struct reading reading = {
        .name = arena_z(arena, path), .max = VEX_TEXT_MAX, .convert = convert_vex, .arena = arena
    };

    if (!run_file(app, &reading, err))
        return PASS(err);
    return vex_decode(reading.answer, arena, out, err) ? true : PASS(err);
}
