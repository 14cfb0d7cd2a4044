#include "domain/matching/platform.h"

#include "base/ascii.h"
#include "base/buf.h"

#define BETWEEN STR(" | ")

static bool next_platform(struct str *rest, struct str *out)
{
    size_t end = str_index_str(*rest, BETWEEN);

    if (rest->len == 0)
        return false;
    *out = str_trim(str_take(*rest, end));
    *rest = str_drop(*rest, end < rest->len ? end + BETWEEN.len : rest->len);
    return true;
}

static bool is_one_of(struct str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(word, str_from_z(words[i])))
            return true;
    }
    return false;
}

static bool is_everywhere(struct str platform)
{
    static const char *const words[] = { "",        "*",       "-",       "all",  "all platforms",
                                         "any",     "n/a",     "unknown", "none", "unspecified",
                                         "various", "multiple" };

    return is_one_of(platform, words, COUNT(words));
}

struct str platform_text(const struct catalog_strings *platforms, struct arena *arena)
{
    struct buf buf = buf_new(arena, PLATFORM_TEXT_MAX);

    for (size_t i = 0; i < platforms->len; i++) {
        struct str platform = str_trim(platforms->at[i]),
                   between = buf.len > 0 ? BETWEEN : STR_NONE;

        if (is_everywhere(platform))
            return STR_NONE;
        if (platform.len + between.len > PLATFORM_TEXT_MAX - buf.len)
            break;
        buf_add(&buf, between);
        buf_add(&buf, platform);
    }
    return buf_str(&buf);
}

/* Nothing but words of hardware: "x64-based Systems", "32 bit", "ARM". */
static bool is_hardware(struct str platform)
{
    static const char *const words[] = {
        "x86",     "x64",     "amd64",   "i386",    "i586",    "i686",       "ia32",   "ia64",
        "arm",     "arm64",   "armhf",   "armv7",   "armv8",   "aarch64",    "ppc",    "ppc64",
        "ppc64le", "powerpc", "s390",    "s390x",   "mips",    "mips64",     "riscv",  "riscv64",
        "sparc",   "32",      "64",      "bit",     "32bit",   "64bit",      "noarch", "based",
        "system",  "src",     "systems", "version", "edition", "processors", "cpu"
    };

    while (platform.len > 0) {
        size_t len = 0;

        while (len < platform.len && ascii_is_alnum(platform.ptr[len]))
            len++;
        if (len == 0 && (unsigned char)platform.ptr[0] >= 0x80)
            return false;
        if (len > 0 && !is_one_of(str_take(platform, len), words, COUNT(words)))
            return false;
        platform = str_drop(platform, len > 0 ? len : 1);
    }
    return true;
}

bool platform_narrows(struct str text)
{
    struct str platform;

    while (next_platform(&text, &platform)) {
        if (!is_hardware(platform))
            return true;
    }
    return false;
}

/* "12", "9" of "9.3" */
static bool is_release(struct str text, struct str version)
{
    return str_starts(version, text) && (text.len == version.len || version.ptr[text.len] == '.');
}

/* "Debian GNU/Linux 12", "debian", "Red Hat Enterprise Linux 9" on 9.3 */
static bool is_called(struct str platform, struct str name, struct str version)
{
    if (name.len == 0 || platform.len < name.len ||
        !str_eq_nocase(str_take(platform, name.len), name))
        return false;
    platform = str_drop(platform, name.len);
    return platform.len == 0 || (platform.ptr[0] == ' ' && is_release(str_trim(platform), version));
}

/* os-release is Linux's; these systems have it too. */
static bool is_linux(struct str id)
{
    static const char *const others[] = { "freebsd", "openbsd", "netbsd", "dragonfly", "illumos",
                                          "omnios",  "windows", "macos",  "darwin" };

    return id.len > 0 && !is_one_of(id, others, COUNT(others));
}

bool platform_is_met(struct str text, const struct operating_system *os)
{
    struct str platform;

    while (os && next_platform(&text, &platform)) {
        if ((is_linux(os->id) && str_eq_nocase(platform, STR("Linux"))) ||
            is_called(platform, os->id, os->version) || is_called(platform, os->name, os->version))
            return true;
    }
    return false;
}
