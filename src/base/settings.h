/* base/settings.h: every setting is one row of settings.def; after start they are const. */
#pragma once
#include "base/buf.h"

enum setting_kind { SETTING_TEXT, SETTING_PATH, SETTING_INT, SETTING_BOOL };
enum setting_id {
#define SETTING(name, type, standard, min, max, meaning) SETTING_ID_##name,
#include "base/settings.def"
#undef SETTING
    SETTINGS
};
enum setting_source { SETTING_DEFAULT, SETTING_FILE, SETTING_ENVIRONMENT };

#define SETTING_TYPE_text struct str
#define SETTING_TYPE_path struct str
#define SETTING_TYPE_int  int64_t
#define SETTING_TYPE_bool bool

struct settings {
#define SETTING(name, type, standard, min, max, meaning) SETTING_TYPE_##type name;
#include "base/settings.def"
#undef SETTING
    enum setting_source source[SETTINGS];
};

struct setting {
    const char *name;
    enum setting_kind kind;
    const char *standard;
    int64_t min, max;
    const char *meaning; /* msgid */
};
extern const struct setting setting_table[SETTINGS];

/**
 * The effective settings: the defaults, over them the file, over it the environment (NOROSHI_STATE_DIR for state_dir).
 * The file has a `name = value` a line; a line that starts with # is a comment.
 *
 * path         empty: no file
 * environment  as main gets it ("NAME=value", NULL at the end); NULL: none. Unknown names there are somebody else's.
 * arena        holds the texts
 * err          ERR_SETTING with the file's line for an unknown or repeated name or a value out of range; ERR_IO, ERR_TOO_LARGE
 */
MUST_CHECK bool settings_load(struct str path, const char *const *environment, struct arena *arena,
                              struct settings *out, struct err *err);

/* One setting as the file would say it. Lives in arena. */
struct str settings_text(const struct settings *settings, enum setting_id id, struct arena *arena);

/* `name = value` a line with where it comes from (default, file, environment) behind a tab. */
void settings_print(const struct settings *settings, struct buf *out);

/* noroshi.conf with every setting at its default, commented out, under its meaning. */
void settings_print_example(struct buf *out);
