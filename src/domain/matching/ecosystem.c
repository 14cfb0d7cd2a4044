#include "domain/matching/ecosystem.h"

#include "base/ascii.h"
#include "formats/purl/purl.h"

/* How names that mean one package are brought to one spelling. */
enum fold {
    FOLD_NONE,
    FOLD_LOWER,  /* case does not count */
    FOLD_PYTHON, /* PEP 503: runs of - _ . are one '-' */
    FOLD_URL     /* a repository's address without its scheme and ".git" */
};
/* What of a release is compared. */
enum release {
    RELEASE_REPOSITORY, /* a language's package: the suffix names a repository */
    RELEASE_NONE,       /* the distribution rolls */
    RELEASE_MAJOR,      /* "12.5" is of "12" */
    RELEASE_MINOR,      /* "v3.20.1" is of "3.20" */
    RELEASE_UBUNTU,     /* "22.04:LTS" and "Pro:22.04:LTS" are of "22.04" */
    RELEASE_RED_HAT,    /* "enterprise_linux:9::appstream" is of "enterprise_linux:9" */
    RELEASE_SUSE, /* "Linux Enterprise Module for Basesystem 15 SP5" and "Leap 15.5" are of "15.5" */
    RELEASE_AMAZON, /* "2" and "2023"; the years before are all of "1" */
    RELEASE_WHOLE
};

struct ecosystem {
    const char *name;
    enum ecosystem_about about;
    enum fold fold;
    enum release release;
};
/* clang-format off */
static const struct ecosystem ecosystems[] = {
    { "npm",            ABOUT_PACKAGE, FOLD_NONE,   RELEASE_REPOSITORY },
    { "PyPI",           ABOUT_PACKAGE, FOLD_PYTHON, RELEASE_REPOSITORY },
    { "Maven",          ABOUT_PACKAGE, FOLD_NONE,   RELEASE_REPOSITORY },
    { "RubyGems",       ABOUT_PACKAGE, FOLD_NONE,   RELEASE_REPOSITORY },
    { "Go",             ABOUT_PACKAGE, FOLD_LOWER,  RELEASE_REPOSITORY },
    { "NuGet",          ABOUT_PACKAGE, FOLD_LOWER,  RELEASE_REPOSITORY },
    { "Packagist",      ABOUT_PACKAGE, FOLD_LOWER,  RELEASE_REPOSITORY },
    { "crates.io",      ABOUT_PACKAGE, FOLD_NONE,   RELEASE_REPOSITORY },
    { "Hex",            ABOUT_PACKAGE, FOLD_LOWER,  RELEASE_REPOSITORY },
    { "Pub",            ABOUT_PACKAGE, FOLD_LOWER,  RELEASE_REPOSITORY },
    { "SwiftURL",       ABOUT_PACKAGE, FOLD_URL,    RELEASE_REPOSITORY },
    { "GitHub Actions", ABOUT_PACKAGE, FOLD_LOWER,  RELEASE_REPOSITORY },
    { "CRAN",           ABOUT_PACKAGE, FOLD_NONE,   RELEASE_REPOSITORY },
    { "Hackage",        ABOUT_PACKAGE, FOLD_NONE,   RELEASE_REPOSITORY },
    { "ConanCenter",    ABOUT_PACKAGE, FOLD_LOWER,  RELEASE_REPOSITORY },
    { "Bitnami",        ABOUT_PACKAGE, FOLD_LOWER,  RELEASE_REPOSITORY },
    { "Debian",         ABOUT_SOURCE,  FOLD_NONE,   RELEASE_MAJOR },
    { "Ubuntu",         ABOUT_SOURCE,  FOLD_NONE,   RELEASE_UBUNTU },
    { "Alpine",         ABOUT_SOURCE,  FOLD_NONE,   RELEASE_MINOR },
    { "Wolfi",          ABOUT_SOURCE,  FOLD_NONE,   RELEASE_NONE },
    { "Chainguard",     ABOUT_SOURCE,  FOLD_NONE,   RELEASE_NONE },
    { "Red Hat",        ABOUT_BINARY,  FOLD_NONE,   RELEASE_RED_HAT },
    { "Rocky Linux",    ABOUT_BINARY,  FOLD_NONE,   RELEASE_MAJOR },
    { "AlmaLinux",      ABOUT_BINARY,  FOLD_NONE,   RELEASE_MAJOR },
    { "Mageia",         ABOUT_BINARY,  FOLD_NONE,   RELEASE_MAJOR },
    { "openEuler",      ABOUT_BINARY,  FOLD_NONE,   RELEASE_WHOLE },
    { "SUSE",           ABOUT_SOURCE,  FOLD_NONE,   RELEASE_SUSE },
    { "openSUSE",       ABOUT_SOURCE,  FOLD_NONE,   RELEASE_SUSE },
    { "Amazon Linux",   ABOUT_BINARY,  FOLD_NONE,   RELEASE_AMAZON },
};

/* A purl's type, and its namespace where that decides; an empty one stands for every namespace. */
static const struct {
    const char *type, *namespace, *os, *ecosystem;
    bool is_derived;
} purl_ecosystems[] = {
    { "npm",           "",            "",            "npm",            false },
    { "pypi",          "",            "",            "PyPI",           false },
    { "maven",         "",            "",            "Maven",          false },
    { "gem",           "",            "",            "RubyGems",       false },
    { "golang",        "",            "",            "Go",             false },
    { "nuget",         "",            "",            "NuGet",          false },
    { "composer",      "",            "",            "Packagist",      false },
    { "cargo",         "",            "",            "crates.io",      false },
    { "hex",           "",            "",            "Hex",            false },
    { "pub",           "",            "",            "Pub",            false },
    { "swift",         "",            "",            "SwiftURL",       false },
    { "githubactions", "",            "",            "GitHub Actions", false },
    { "cran",          "",            "",            "CRAN",           false },
    { "hackage",       "",            "",            "Hackage",        false },
    { "conan",         "",            "",            "ConanCenter",    false },
    { "bitnami",       "",            "",            "Bitnami",        false },
    { "deb",           "debian",      "debian",      "Debian",         false },
    { "deb",           "ubuntu",      "ubuntu",      "Ubuntu",         false },
    { "apk",           "alpine",      "alpine",      "Alpine",         false },
    { "apk",           "wolfi",       "wolfi",       "Wolfi",          false },
    { "apk",           "chainguard",  "chainguard",  "Chainguard",     false },
    { "rpm",           "redhat",      "rhel",        "Red Hat",        false },
    { "rpm",           "rhel",        "rhel",        "Red Hat",        false },
    { "rpm",           "centos",      "centos",      "Red Hat",        true  },
    { "rpm",           "rocky-linux", "rocky",       "Rocky Linux",    false },
    { "rpm",           "rocky",       "rocky",       "Rocky Linux",    false },
    { "rpm",           "rockylinux",  "rocky",       "Rocky Linux",    false },
    { "rpm",           "almalinux",   "almalinux",   "AlmaLinux",      false },
    { "rpm",           "mageia",      "mageia",      "Mageia",         false },
    { "rpm",           "openeuler",   "openeuler",   "openEuler",      false },
    { "rpm",           "suse",        "sles",        "SUSE",           false },
    { "rpm",           "sles",        "sles",        "SUSE",           false },
    { "rpm",           "sled",        "sled",        "SUSE",           false },
    { "rpm",           "sles_sap",    "sles_sap",    "SUSE",           false },
    { "rpm",           "sle-micro",   "sle-micro",   "SUSE",           false },
    { "rpm",           "sl-micro",    "sl-micro",    "SUSE",           false },
    { "rpm",           "opensuse",    "opensuse-leap","openSUSE",      false },
    { "rpm",           "opensuse-leap","opensuse-leap","openSUSE",     false },
    { "rpm",           "opensuse-tumbleweed","opensuse-tumbleweed","openSUSE", false },
    { "rpm",           "amzn",        "amzn",        "Amazon Linux",   false },
    { "rpm",           "amazon",      "amzn",        "Amazon Linux",   false },
};

/* Releases that a `distro` qualifier gives by name. */
static const struct {
    const char *codename, *version;
} codenames[] = {
    { "jessie", "8" },    { "stretch", "9" },    { "buster", "10" },   { "bullseye", "11" },
    { "bookworm", "12" }, { "trixie", "13" },    { "forky", "14" },
    { "trusty", "14.04" },{ "xenial", "16.04" }, { "bionic", "18.04" },{ "focal", "20.04" },
    { "jammy", "22.04" }, { "noble", "24.04" },
};
/* clang-format on */

static const struct ecosystem *ecosystem_named(struct str name)
{
    for (size_t i = 0; i < COUNT(ecosystems); i++) {
        if (str_eq_nocase(name, str_from_z(ecosystems[i].name)))
            return &ecosystems[i];
    }
    return NULL;
}

struct str ecosystem_name(struct str name)
{
    const struct ecosystem *row = ecosystem_named(name);

    return row ? str_from_z(row->name) : STR_NONE;
}

bool ecosystem_is_distribution(struct str ecosystem)
{
    const struct ecosystem *row = ecosystem_named(ecosystem);

    return row && row->about != ABOUT_PACKAGE;
}

/* ---- names ---- */

static struct str fold_lower(struct str name, struct arena *arena)
{
    size_t i = 0;
    char *to;

    while (i < name.len && !ascii_is_upper(name.ptr[i]))
        i++;
    if (i == name.len)
        return name;
    to = arena_alloc(arena, name.len);
    for (i = 0; i < name.len; i++)
        to[i] = ascii_lower(name.ptr[i]);
    return (struct str){ to, name.len };
}

static struct str fold_python(struct str name, struct arena *arena)
{
    char *to = arena_alloc(arena, name.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_dash = c == '-' || c == '_' || c == '.';

        if (!is_dash)
            to[len++] = ascii_lower(c);
        else if (len == 0 || to[len - 1] != '-')
            to[len++] = '-';
    }
    return (struct str){ to, len };
}

static struct str fold_url(struct str name, struct arena *arena)
{
    size_t scheme = str_index_str(name, STR("://"));

    if (scheme < name.len)
        name = str_drop(name, scheme + 3);
    if (str_ends(name, STR("/")))
        name.len--;
    if (str_ends(name, STR(".git")))
        name.len -= 4;
    return fold_lower(name, arena);
}

static struct str fold(const struct ecosystem *ecosystem, struct str name, struct arena *arena)
{
    switch (ecosystem ? ecosystem->fold : FOLD_NONE) {
    case FOLD_LOWER:
        return fold_lower(name, arena);
    case FOLD_PYTHON:
        return fold_python(name, arena);
    case FOLD_URL:
        return fold_url(name, arena);
    case FOLD_NONE:
        break;
    }
    return name;
}

struct str ecosystem_fold_name(struct str ecosystem, struct str name, struct arena *arena)
{
    return fold(ecosystem_named(ecosystem), name, arena);
}

/* ---- releases ---- */

/* The first n parts of a dotted number: "3.20.1" gives "3.20". */
static struct str dotted(struct str version, size_t parts)
{
    for (size_t i = 0; i < version.len; i++) {
        if (version.ptr[i] == '.' && --parts == 0)
            return str_take(version, i);
    }
    return version;
}

/* "enterprise_linux:9::appstream" without what follows the version. */
static struct str red_hat_product(struct str release)
{
    size_t product = str_index(release, ':');
    struct str version = str_drop(release, product + 1);

    return str_take(release, product + 1 + str_index(version, ':'));
}

static struct str leading_number(struct str word)
{
    size_t len = 0;

    while (len < word.len && (ascii_is_digit(word.ptr[len]) || (len > 0 && word.ptr[len] == '.')))
        len++;
    return str_take(word, len);
}

/* SUSE's products by what they are installed on: a server's packages come from modules of the same service pack. Micro is a system of its own; what has no number
 * ("Tumbleweed"), and what is installed on nothing else ("Manager Server 4.3"), stays as it is. */
static struct str suse_release(struct str release, struct arena *arena)
{
    struct str rest = release, word, version = STR_NONE, pack = STR_NONE;
    bool is_system = leading_number(release).len > 0, is_micro = false;

    while (str_split(&rest, ' ', &word)) {
        is_micro |= str_eq_nocase(word, STR("Micro"));
        is_system |= str_eq_z(word, "Linux") || str_eq_z(word, "Leap") || str_eq_z(word, "Hub");
        if (str_skip(&word, STR("SP")))
            pack = leading_number(word);
        else if (leading_number(word).len > 0)
            version = leading_number(word);
    }
    if (version.len == 0 || !(is_system || is_micro))
        return release;
    return arena_printf(arena, "%s%.*s%s%.*s", is_micro ? "Micro " : "", STR_ARG(version),
                        pack.len > 0 ? "." : "", STR_ARG(pack));
}

/* The first Amazon Linux had years and months for versions, up to 2018.03; 2 and 2023 came later. */
static struct str amazon_release(struct str release)
{
    release = dotted(release, 1);
    return release.len == 4 && str_starts(release, STR("201")) ? STR("1") : release;
}

struct str ecosystem_fold_release(struct str ecosystem, struct str release, struct arena *arena)
{
    const struct ecosystem *row = ecosystem_named(ecosystem);

    switch (row ? row->release : RELEASE_WHOLE) {
    case RELEASE_NONE:
        return STR_NONE;
    case RELEASE_MAJOR:
        return dotted(release, 1);
    case RELEASE_MINOR:
        (void)str_skip(&release, STR("v"));
        return dotted(release, 2);
    case RELEASE_UBUNTU:
        (void)str_skip(&release, STR("Pro:"));
        return str_take(release, str_index(release, ':'));
    case RELEASE_RED_HAT:
        return str_is_empty(release) ? release : red_hat_product(release);
    case RELEASE_REPOSITORY:
        return fold_url(release, arena);
    case RELEASE_SUSE:
        return suse_release(release, arena);
    case RELEASE_AMAZON:
        return amazon_release(release);
    case RELEASE_WHOLE:
        break;
    }
    return release;
}

/* "debian-12", "rhel-9.2", "bookworm" or nothing, with the machine's own where the purl is silent. */
static struct str release_version(struct str distro, struct str os_id, struct distribution os)
{
    size_t dash = distro.len;

    while (dash > 0 && distro.ptr[dash - 1] != '-')
        dash--;
    distro = str_drop(distro, dash);
    for (size_t i = 0; i < COUNT(codenames); i++) {
        if (str_eq_nocase(distro, str_from_z(codenames[i].codename)))
            return str_from_z(codenames[i].version);
    }
    if (!str_is_empty(distro))
        return distro;
    return str_eq_nocase(os.id, os_id) ? os.version : STR_NONE;
}

/* Beside the version, which of SUSE's systems it is. */
static struct str suse_system(struct str version, struct str distro, struct str os_id,
                              struct arena *arena)
{
    struct str system = str_is_empty(distro) ? os_id : distro;

    if (str_contains(system, STR("tumbleweed")))
        return STR("Tumbleweed");
    return !str_is_empty(version) && str_contains(system, STR("micro"))
               ? ARENA_JOIN(arena, STR("Micro "), version)
               : version;
}

static bool distribution_release(const struct ecosystem *ecosystem, struct str os_id,
                                 struct distribution os, const struct purl *purl,
                                 struct arena *arena, struct str *out)
{
    struct str version = release_version(purl_qualifier(purl, "distro"), os_id, os);

    if (ecosystem->release == RELEASE_NONE) {
        *out = STR_NONE;
        return true;
    }
    if (ecosystem->release == RELEASE_SUSE)
        version = suse_system(version, purl_qualifier(purl, "distro"), os.id, arena);
    if (ecosystem->release == RELEASE_RED_HAT)
        version = str_is_empty(version)
                      ? version
                      : arena_printf(arena, "enterprise_linux:%.*s", STR_ARG(dotted(version, 1)));
    *out = ecosystem_fold_release(str_from_z(ecosystem->name), version, arena);
    return !str_is_empty(*out);
}

/* ---- package URLs ---- */

static struct str name_of(const struct purl *purl, struct arena *arena)
{
    bool is_maven = str_eq_z(purl->type, "maven");

    if (str_is_empty(purl->namespace))
        return purl->name;
    return arena_printf(arena, "%.*s%s%.*s", STR_ARG(purl->namespace), is_maven ? ":" : "/",
                        STR_ARG(purl->name));
}

/* The row of a purl; a package of a distribution without a namespace belongs to the machine's own system. */
static size_t row_of(const struct purl *purl, struct distribution os)
{
    for (size_t i = 0; i < COUNT(purl_ecosystems); i++) {
        struct str os_id = str_from_z(purl_ecosystems[i].os);
        struct str namespace = str_from_z(purl_ecosystems[i].namespace);

        if (!str_eq_z(purl->type, purl_ecosystems[i].type))
            continue;
        if (str_is_empty(namespace) || str_eq_nocase(purl->namespace, namespace) ||
            (str_is_empty(purl->namespace) && str_eq_nocase(os.id, os_id)))
            return i;
    }
    return COUNT(purl_ecosystems);
}

bool ecosystem_of_purl(const struct purl *purl, struct distribution os, struct arena *arena,
                       struct package *out)
{
    size_t row = row_of(purl, os);
    const struct ecosystem *ecosystem;

    if (row == COUNT(purl_ecosystems))
        return false;
    ecosystem = ecosystem_named(str_from_z(purl_ecosystems[row].ecosystem));
    *out = (struct package){
        .ecosystem = str_from_z(ecosystem->name),
        .about = ecosystem->about,
        .is_derived = purl_ecosystems[row].is_derived,
    };
    if (ecosystem->about == ABOUT_PACKAGE) {
        out->name = fold(ecosystem, name_of(purl, arena), arena);
        out->release = fold_url(purl_qualifier(purl, "repository_url"), arena);
        return true;
    }
    out->name = fold(ecosystem, purl->name, arena);
    return distribution_release(ecosystem, str_from_z(purl_ecosystems[row].os), os, purl, arena,
                                &out->release);
}

/* ---- what software runs on ---- */

/* clang-format off */
static const struct {
    const char *type, *targets; /* what NVD and others write for the type, with ' ' between */
} type_targets[] = {
    { "npm",      "node.js javascript nodejs npm" },
    { "pypi",     "python pypi" },
    { "maven",    "java maven jenkins jre jdk android" },
    { "gem",      "ruby rails ruby_on_rails rubygems gem" },
    { "golang",   "go golang" },
    { "nuget",    ".net .net_core .net_framework asp.net nuget" },
    { "composer", "php composer packagist wordpress drupal joomla\\! joomla typo3 magento laravel moodle prestashop" },
    { "cargo",    "rust cargo" },
    { "hex",      "elixir erlang hex" },
    { "pub",      "dart flutter pub" },
    { "swift",    "swift iphone_os macos mac_os_x ipados" },
    { "cocoapods","iphone_os macos mac_os_x ipados" },
    { "cran",     "r" },
};
/* Systems that a language's package runs on like any other software: no contradiction. */
static const char any_system[] = "windows linux linux_kernel unix macos mac_os_x mac_os freebsd openbsd netbsd solaris aix docker kubernetes";
/* Systems that a package of a Linux distribution does not run on. */
static const char *const not_linux[] = { "windows", "macos", "mac_os_x", "mac_os", "iphone_os", "ipados", "android", "freebsd", "openbsd", "netbsd", "solaris", "aix" };
/* clang-format on */

static bool has_word(struct str words, struct str word)
{
    struct str one;

    while (str_split(&words, ' ', &one)) {
        if (str_eq_nocase(one, word))
            return true;
    }
    return false;
}

bool ecosystem_allows_target(struct str purl_type, struct str target_sw)
{
    for (size_t i = 0; i < COUNT(type_targets); i++) {
        if (str_eq_z(purl_type, type_targets[i].type))
            return has_word(str_from_z(type_targets[i].targets), target_sw) ||
                   has_word(STR(any_system), target_sw);
    }
    if (!str_eq_z(purl_type, "deb") && !str_eq_z(purl_type, "rpm") && !str_eq_z(purl_type, "apk") &&
        !str_eq_z(purl_type, "alpm"))
        return true;
    for (size_t i = 0; i < COUNT(not_linux); i++) {
        if (str_eq_nocase(target_sw, str_from_z(not_linux[i])))
            return false;
    }
    return true;
}
