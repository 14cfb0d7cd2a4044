#include "base/settings.h"

#include <inttypes.h>
#include <stddef.h>

#include "base/ascii.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/tr.h"

enum { FILE_MAX = 256 * 1024, NAME_MAX_BYTES = 64 };

#define KIND_text SETTING_TEXT
#define KIND_path SETTING_PATH
#define KIND_int  SETTING_INT
#define KIND_bool SETTING_BOOL

const struct setting setting_table[SETTINGS] = {
#define SETTING(name, type, standard, min, max, meaning) \
    { #name, KIND_##type, standard, min, max, meaning },
#include "base/settings.def"
#undef SETTING
};

static const size_t offsets[SETTINGS] = {
#define SETTING(name, type, standard, min, max, meaning) offsetof(struct settings, name),
#include "base/settings.def"
#undef SETTING
};

/* Texts that are one of a few words. A setting that does not stand here takes any text. */
static const struct {
    enum setting_id id;
    const char *word;
} words[] = {
    { SETTING_ID_start_clock, "first_contact" },
    { SETTING_ID_start_clock, "handling_started" },
};

static void *place(struct settings *settings, enum setting_id id)
{
    return (char *)settings + offsets[id];
}

static const void *const_place(const struct settings *settings, enum setting_id id)
{
    return (const char *)settings + offsets[id];
}

static bool is_allowed_word(enum setting_id id, struct str value)
{
    bool is_free = true;

    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].id != id)
            continue;
        if (str_eq_z(value, words[i].word))
            return true;
        is_free = false;
    }
    return is_free;
}

static bool set_bool(bool *out, struct str value)
{
    if (!str_eq_z(value, "true") && !str_eq_z(value, "false"))
        return false;
    *out = str_eq_z(value, "true");
    return true;
}

/* False when the value is not one for this setting. */
static bool set_value(struct settings *settings, enum setting_id id, struct str value,
                      struct arena *arena)
{
    const struct setting *setting = &setting_table[id];
    struct err ignored;

    switch (setting->kind) {
    case SETTING_INT:
        return str_to_int(value, setting->min, setting->max, place(settings, id), &ignored);
    case SETTING_BOOL:
        return set_bool(place(settings, id), value);
    case SETTING_TEXT:
    case SETTING_PATH:
        if (value.len < (uint64_t)setting->min || value.len > (uint64_t)setting->max ||
            !str_is_plain(value, false) || !is_allowed_word(id, value))
            return false;
        if (setting->kind == SETTING_PATH && value.len > 0 && value.ptr[0] != '/')
            return false;
        *(struct str *)place(settings, id) = arena_str(arena, value);
        return true;
    }
    return false;
}

static int id_by_name(struct str name)
{
    for (int id = 0; id < SETTINGS; id++)
        if (str_eq_z(name, setting_table[id].name))
            return id;
    return -1;
}

static bool set_line(struct settings *settings, struct str line, struct arena *arena,
                     struct err *err)
{
    size_t equals = str_index(line, '=');
    struct str name = str_trim(str_take(line, equals));
    int id = id_by_name(name);

    if (id < 0 || equals == line.len || settings->source[id] != SETTING_DEFAULT)
        return FAIL(err, SETTING, name);
    if (!set_value(settings, (enum setting_id)id, str_trim(str_drop(line, equals + 1)), arena))
        return FAIL(err, SETTING, name);
    settings->source[id] = SETTING_FILE;
    return true;
}

static bool load_file(struct settings *settings, struct str path, struct arena *arena,
                      struct err *err)
{
    struct str rest, line;

    if (!fs_read_whole(arena_z(arena, path), FILE_MAX, arena, &rest, err))
        return PASS(err);
    for (unsigned number = 1; str_split(&rest, '\n', &line); number++) {
        line = str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (!set_line(settings, line, arena, err)) {
            err->line = number;
            return PASS(err);
        }
    }
    return true;
}

/* "NOROSHI_STATE_DIR" is state_dir; -1 for what is not ours. */
static int id_by_variable(struct str variable)
{
    char name[NAME_MAX_BYTES];

    if (!str_skip(&variable, STR("NOROSHI_")) || variable.len > sizeof name)
        return -1;
    for (size_t i = 0; i < variable.len; i++) {
        char c = variable.ptr[i];

        name[i] = ascii_lower(c);
    }
    return id_by_name((struct str){ name, variable.len });
}

static bool load_environment(struct settings *settings, const char *const *environment,
                             struct arena *arena, struct err *err)
{
    for (; environment && *environment; environment++) {
        struct str entry = str_from_z(*environment);
        size_t equals = str_index(entry, '=');
        int id = id_by_variable(str_take(entry, equals));

        if (id < 0)
            continue;
        if (!set_value(settings, (enum setting_id)id, str_drop(entry, equals + 1), arena))
            return FAIL(err, SETTING, str_take(entry, equals));
        settings->source[id] = SETTING_ENVIRONMENT;
    }
    return true;
}

bool settings_load(struct str path, const char *const *environment, struct arena *arena,
                   struct settings *out, struct err *err)
{
    struct settings settings = { 0 };

    for (int id = 0; id < SETTINGS; id++)
        if (!set_value(&settings, (enum setting_id)id, str_from_z(setting_table[id].standard),
                       arena))
            return FAIL(err, SETTING, str_from_z(setting_table[id].name));
    if (path.len > 0 && !load_file(&settings, path, arena, err))
        return PASS(err);
    if (!load_environment(&settings, environment, arena, err))
        return PASS(err);
    *out = settings;
    return true;
}

struct str settings_text(const struct settings *settings, enum setting_id id, struct arena *arena)
{
    const void *at = const_place(settings, id);

    switch (setting_table[id].kind) {
    case SETTING_INT:
        return arena_printf(arena, "%" PRId64, *(const int64_t *)at);
    case SETTING_BOOL:
        return *(const bool *)at ? STR("true") : STR("false");
    case SETTING_TEXT:
    case SETTING_PATH:
        return *(const struct str *)at;
    }
    return STR_NONE;
}

void settings_print(const struct settings *settings, struct buf *out)
{
    static const char *const sources[] = { "default", "file", "environment" };

    for (int id = 0; id < SETTINGS; id++) {
        struct str value = settings_text(settings, (enum setting_id)id, out->arena);

        buf_printf(out, "%s = %.*s\t%s\n", setting_table[id].name, STR_ARG(value),
                   sources[settings->source[id]]);
    }
}

void settings_print_example(struct buf *out)
{
    for (int id = 0; id < SETTINGS; id++)
        buf_printf(out, "# %s\n#%s = %s\n\n", setting_table[id].meaning, setting_table[id].name,
                   setting_table[id].standard);
}
