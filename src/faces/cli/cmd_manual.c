/* faces/cli/cmd_manual.c: the manual page, printed from the tables that the program works by: commands, settings, errors. */
#include "base/buf.h"
#include "base/err.h"
#include "faces/cli/cmd.h"

enum { MANUAL_MAX = 1 << 20 };

/* Text for roff: a backslash or hyphen means itself, a dot or quote at a line's start is no request. */
static void roff(struct buf *out, struct str text)
{
    bool at_start = out->len == 0 || out->ptr[out->len - 1] == '\n';

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (at_start && (c == '.' || c == '\''))
            buf_add(out, STR("\\&"));
        if (c == '\\')
            buf_add(out, STR("\\e"));
        else if (c == '-')
            buf_add(out, STR("\\-"));
        else
            buf_byte(out, c);
        at_start = c == '\n';
    }
}

static void put_commands(const struct app *app, struct buf *out)
{
    buf_add(out, STR(".SH COMMANDS\n"));
    for (size_t i = 0; i < command_count; i++) {
        struct str usage = str_from_z(commands[i].usage), line;

        if (!commands[i].summary)
            continue;
        buf_add(out, STR(".TP\n"));
        while (usage.len > 0 && str_split(&usage, '\n', &line)) {
            buf_add(out, STR(".B "));
            roff(out, line);
            buf_add(out, usage.len > 0 ? STR("\n.TQ\n") : STR("\n"));
        }
        roff(out, tr(app->lang, commands[i].summary));
        buf_byte(out, '\n');
    }
}

static void put_settings(const struct app *app, struct buf *out)
{
    static const char *const kinds[] = { "text", "path", "number", "true or false" };

    buf_add(out, STR(".SH SETTINGS\n"));
    roff(
        out,
        tr(app->lang,
           N_("One a line in the settings file, as name = value; or in the environment as NOROSHI_NAME, which counts more.")));
    buf_byte(out, '\n');
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting *s = &setting_table[i];

        buf_printf(out, ".TP\n.B %s\n(%s, default \"", s->name, kinds[s->kind]);
        roff(out, str_from_z(s->standard));
        buf_add(out, STR("\") "));
        roff(out, tr(app->lang, s->meaning));
        buf_byte(out, '\n');
    }
}

static void put_errors(const struct app *app, struct buf *out)
{
    buf_add(out, STR(".SH EXIT STATUS\n"));
    roff(out, tr(app->lang, N_("0 when all went well. Else the number of what stopped the work:")));
    buf_byte(out, '\n');
    for (int code = ERR_NONE + 1; code < ERR_COUNT; code++) {
        buf_printf(out, ".TP\n.B %d %s\n", err_exit_status((enum err_code)code),
                   err_name((enum err_code)code));
        roff(out, tr(app->lang, err_words((enum err_code)code)));
        buf_byte(out, '\n');
    }
}

bool cmd_manual(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    struct buf out = buf_new(app->arena, MANUAL_MAX);
    struct str text;

    (void)status;
    if (argc > 1)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    buf_add(
        &out,
        STR(".\\\" Printed by `noroshi manual` from the tables; do not edit.\n.TH NOROSHI 1\n.SH NAME\nnoroshi \\- "));
    roff(
        &out,
        tr(app->lang,
           N_("handles software vulnerabilities from the first report to the last patched machine")));
    buf_add(&out, STR("\n.SH SYNOPSIS\n.B noroshi\n[\\-\\-settings FILE] COMMAND\n"));
    put_commands(app, &out);
    put_settings(app, &out);
    put_errors(app, &out);
    if (!buf_done(&out, &text, err))
        return PASS(err);
    cli_print(text);
    return true;
}
