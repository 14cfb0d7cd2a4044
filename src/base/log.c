#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/utc.h"

/* Below PIPE_BUF, so that one write(2) is one whole line, whoever else writes to the same pipe. */
enum { LINE_MAX_BYTES = 3000, ROLE_MAX = 16 };

/* The process's own name: set once, before threads, by log_role. */
static char role_name[ROLE_MAX] = "main";

struct line {
    size_t len;
    char bytes[LINE_MAX_BYTES + 16]; /* the rest is for " cut=1" and the line's end */
    bool over;
};

void log_role(const char *role) { snprintf(role_name, sizeof role_name, "%s", role); }

static void add(struct line *line, const char *bytes, size_t len)
{
    if (line->over || len > LINE_MAX_BYTES - line->len) {
        line->over = true;
        return;
    }
    memcpy(line->bytes + line->len, bytes, len);
    line->len += len;
}

static void add_z(struct line *line, const char *z) { add(line, z, strlen(z)); }

static bool needs_quotes(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];

        if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\')
            return true;
    }
    return value.len == 0;
}

/* Characters of other scripts stand as they are when the whole value is harmless, else all of it as \xNN. */
static void add_value(struct line *line, struct str value)
{
    bool is_plain = str_is_plain(value, false);

    if (!needs_quotes(value)) {
        add(line, value.ptr, value.len);
        return;
    }
    add_z(line, "\"");
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        char hex[8];

        if (c == '"' || c == '\\')
            add_z(line, "\\");
        if (c < ' ' || c == 0x7f || (c > 0x7f && !is_plain)) {
            snprintf(hex, sizeof hex, "\\x%02x", c);
            add_z(line, hex);
        } else {
            add(line, value.ptr + i, 1);
        }
    }
    add_z(line, "\"");
}

static void add_field(struct line *line, const char *key, struct str value)
{
    add_z(line, " ");
    add_z(line, key);
    add_z(line, "=");
    add_value(line, value);
}

static void put_line(struct line *line)
{
    const char *end = line->over ? " cut=1\n" : "\n";
    size_t len = strlen(end);

    memcpy(line->bytes + line->len, end, len);
    line->len += len;
    while (write(STDERR_FILENO, line->bytes, line->len) < 0 && errno == EINTR)
        ;
}

void log_event(const char *event, const struct log_field *fields, size_t count)
{
    struct line line = { 0 };
    struct utc now = utc_now();
    struct civil c = utc_to_civil(now);
    char time[64];
    int saved = errno;

    snprintf(time, sizeof time, "time=%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day,
             c.hour, c.minute, c.second, (int)(now.ms % UTC_SECOND));
    add_z(&line, time);
    add_field(&line, "role", str_from_z(role_name));
    add_field(&line, "event", str_from_z(event));
    for (size_t i = 0; i < count; i++)
        add_field(&line, fields[i].key, fields[i].value);
    put_line(&line);
    errno = saved;
}

void log_plain(const char *event) { log_event(event, NULL, 0); }

void log_error(const char *event, struct str request, const struct err *err)
{
    char line[16];
    struct log_field fields[4];
    size_t count = 0;

    if (request.len > 0)
        fields[count++] = (struct log_field){ "request", request };
    fields[count++] = (struct log_field){ "error", str_from_z(err_name(err->code)) };
    if (err->line > 0) {
        snprintf(line, sizeof line, "%u", err->line);
        fields[count++] = (struct log_field){ "line", str_from_z(line) };
    }
    fields[count++] = (struct log_field){ "trail", str_from_z(err->trail) };
    log_event(event, fields, count);
}
